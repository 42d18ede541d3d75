//! Who asks: their names and addresses, with what proves that they are theirs.

use askama::Template;
use async_trait::async_trait;
use desk::people::Proof;
use desk::permits::Permit;

use super::{About, Part, Standing, drawn, kind_name, masked};
use crate::guard::Trouble;
use crate::parts::Markup;

/// The part about the person.
pub(super) struct Who;

#[derive(Template)]
#[template(path = "console/case/panel/person.html")]
struct Piece {
    name: String,
    audience: String,
    language: &'static str,
    since: String,
    customer: Option<CustomerLine>,
    addresses: Vec<AddressLine>,
    /// Why parts of the addresses are hidden.
    hidden: Option<&'static str>,
    is_blocked: bool,
    /// Where it is shown what goes and what stays if they are forgotten.
    forget: Option<String>,
}

struct CustomerLine {
    id: String,
    external: Option<String>,
    proved: bool,
}

struct AddressLine {
    kind: &'static str,
    value: String,
    proof: Option<&'static str>,
    bounced: bool,
}

#[async_trait]
impl Part for Who {
    fn key(&self) -> &'static str {
        "person"
    }

    fn title(&self) -> &'static str {
        "Who asks"
    }

    async fn gather(&self, about: &About<'_>) -> Result<Option<Markup>, Trouble> {
        let Some(person) = &about.person else { return Ok(None) };
        let hidden = about.shift.no(Permit::ReadContact);
        let address = |one: &desk::people::Address| AddressLine {
            kind: kind_name(one.kind),
            value: if hidden.is_some() { masked(&one.value) } else { one.value.clone() },
            proof: one.verified_by.map(proved_by),
            bounced: one.bounced_at.is_some(),
        };
        drawn(&Piece {
            name: person.name.clone().unwrap_or_else(|| "Without a name".to_owned()),
            audience: person.audience.to_string(),
            language: person.language.own_name(),
            since: person.created_at.strftime("%Y-%m-%d").to_string(),
            customer: about.customer.as_ref().map(|customer| CustomerLine {
                id: customer.id.to_string(),
                external: customer.external_ref.clone(),
                proved: about.proof == Standing::Proved,
            }),
            addresses: about.addresses.iter().map(address).collect(),
            hidden,
            is_blocked: person.blocked_at.is_some(),
            forget: about
                .shift
                .may(Permit::Hold)
                .then(|| format!("/console/erasures/person/{}", person.id)),
        })
    }
}

const fn proved_by(proof: Proof) -> &'static str {
    match proof {
        Proof::HostSite => "proved by the site",
        Proof::Link => "proved by a link",
        Proof::Code => "proved by a code",
        Proof::Payment => "proved by a payment",
        Proof::Staff => "vouched for by staff",
    }
}
