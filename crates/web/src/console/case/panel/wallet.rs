//! The wallet: what is in it, and giving tokens out of goodwill.

use askama::Template;
use async_trait::async_trait;
use desk::credits;
use desk::permits::Permit;

use super::{About, Part, Standing, drawn};
use crate::guard::Trouble;
use crate::parts::Markup;

/// The part about tokens.
pub(super) struct Tokens;

#[derive(Template)]
#[template(path = "console/case/panel/wallet.html")]
struct Piece {
    case: String,
    balance: String,
    held: String,
    /// What whoever looks may give at once.
    most: String,
    /// What they may still give within a day.
    left: String,
    /// Why nothing can be given.
    no: Option<&'static str>,
    /// Sent twice, it gives once.
    key: String,
}

#[async_trait]
impl Part for Tokens {
    fn key(&self) -> &'static str {
        "wallet"
    }

    fn title(&self) -> &'static str {
        "Wallet"
    }

    async fn gather(&self, about: &About<'_>) -> Result<Option<Markup>, Trouble> {
        let Some(customer) = &about.customer else { return Ok(None) };
        let shift = about.shift;
        if !shift.may(Permit::ReadPayment) {
            return Ok(None);
        }
        let words = words::Words::of(base::Language::En);
        let wallet = billing::tokens::wallet(&shift.house.billing, customer.id).await?;
        let mut reader = shift.house.billing.store.read().await?;
        let (id, role) = (shift.staff.id, shift.staff.role);
        let room = credits::room(&mut reader, &shift.house.desk, id, role).await?;
        let most = room.left.count().min(room.limit.deed.count());
        let not_proved = (about.proof != Standing::Proved)
            .then_some("It is not proved that they are this customer.");
        let nothing = (most < 1).then_some("You have given all that you may today.");
        let key: base::id::CreditId = shift.house.billing.env.id();
        drawn(&Piece {
            case: about.case.id.to_string(),
            balance: words.number(wallet.balance.count()),
            held: words.number(wallet.held.count()),
            most: words.number(most),
            left: words.number(room.left.count()),
            no: shift.no(Permit::CreditWallet).or(not_proved).or(nothing),
            key: key.to_string(),
        })
    }
}
