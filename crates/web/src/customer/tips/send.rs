//! The tip is given: once, however often the button is pressed.

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect};
use base::id::CreatorId;
use billing::tips::{self, Ask};

use super::ask::Written;
use super::form::{creator, form, missing};
use crate::answer::{Answer, html};
use crate::guard::Trouble;
use crate::guard::session::Visit;
use crate::parts::form::Slips;

/// `POST /{language}/tip/{creator}/send`.
pub(crate) async fn send(
    visit: Visit,
    Path((_, to)): Path<(String, CreatorId)>,
    Form(written): Form<Written>,
) -> Answer {
    let who = visit.customer()?;
    let person = creator(&visit, to).await?;
    let (Some(id), Ok(read)) = (written.tip, written.read(visit.words)) else {
        return Err(Trouble::Forbidden);
    };
    let ask = Ask {
        id,
        customer: who.customer.id,
        creator: to,
        tokens: read.tokens,
        note: read.note,
        replay: None,
    };
    let refusal = match tips::leave(&visit.house.billing, ask).await?.outcome {
        Ok(_) => {
            let receipt = visit.path(&format!("/tip/{to}/{id}"));
            return Ok(Redirect::to(&receipt).into_response());
        }
        Err(refusal) => refusal,
    };
    if refusal.code != tips::NOT_ENOUGH_TOKENS.code {
        return Err(refusal.into());
    }
    // Spent elsewhere since the review: the balance is read again and the form says what is short.
    let wallet = billing::tokens::wallet(&visit.house.billing, who.customer.id).await?;
    let missing = missing(&visit, wallet.balance, read.tokens).await?;
    html(visit.language(), &form(&visit, person, &written, Slips::default(), Some(missing))?)
}
