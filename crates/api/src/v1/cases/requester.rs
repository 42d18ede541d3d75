//! Who asks, as a program says it: a customer it registered, or a mail address.

use base::id::{AddressId, CustomerId};
use base::{Env, Kind, Language, Refusal, Stop};
use desk::people::{self, AddressKind, Audience, Hint, Person};
use serde::{Deserialize, Serialize};
use store::Tx;
use utoipa::ToSchema;

/// Neither, or both.
const ONE: Refusal = Refusal::new(
    Kind::Malformed,
    "requester_not_valid",
    "a requester is a customer's id or a mail address, not both",
);

/// Who asks: give one of the two.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CaseRequester, example = json!({"customer": "cus_01k2h7v3b5d8m9xq4r6s2t1w0y"}))]
pub struct Requester {
    /// A customer.
    #[schema(value_type = Option<String>)]
    customer: Option<CustomerId>,
    /// A mail address. It counts as nobody's until they prove it.
    mail: Option<String>,
    /// What to call whoever has that mail address.
    name: Option<String>,
}

impl Requester {
    /// The person, and where they are answered.
    ///
    /// # Errors
    /// Refused unless there is one of the two, and it exists.
    pub async fn meet(
        &self,
        tx: &mut Tx,
        env: &Env,
        language: Language,
        audience: Audience,
    ) -> Result<(Person, Option<AddressId>), Stop> {
        match (self.customer, &self.mail) {
            (Some(customer), None) => {
                let person = people::of_customer(tx, env, customer).await?;
                let all = people::addresses_of(tx, person.id).await?;
                let known = all.iter().find(|it| it.verified_at.is_some());
                Ok((person, known.map(|address| address.id)))
            }
            (None, Some(mail)) => {
                let hint = Hint { name: self.name.clone(), language, audience };
                let met = people::meet(tx, env, AddressKind::Mail, mail, &hint).await?;
                Ok((met.0, Some(met.1.id)))
            }
            (Some(_), Some(_)) | (None, None) => Err(ONE.at("requester").into()),
        }
    }
}
