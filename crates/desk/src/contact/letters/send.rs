//! A case came by the form: its link goes to the address that was given.

use base::Stop;
use base::id::AddressId;
use identity::Email;
use store::Tx;

use super::super::links;
use super::letter::{self, Facts};
use crate::cases::Case;
use crate::mail::{NewMail, queue};
use crate::people::{self, AddressKind, Person};
use crate::{Desk, mail_in};

/// The kind of mail.
const KIND: &str = "case_link";

/// Writes the mail, once for each case. Without a mail address nothing is written.
pub(in crate::contact) async fn send(
    tx: &mut Tx,
    desk: &Desk,
    case: &Case,
    person: &Person,
    address: Option<AddressId>,
) -> Result<(), Stop> {
    let all = people::addresses_of(tx, person.id).await?;
    let known = all.into_iter().find(|known| Some(known.id) == address);
    let Some(address) = known.filter(|known| known.kind == AddressKind::Mail) else {
        return Ok(());
    };
    let Ok(to) = Email::checked(&address.value) else { return Ok(()) };
    let billing = &desk.billing;
    if mail_in::suppressed(tx, &address.value, billing.env.now()).await?.is_some() {
        return Ok(());
    }
    let (env, site) = (&billing.env, &billing.site);
    let link =
        links::make_for_address(tx, env, case.id, person.id, address.id, links::USUAL).await?;
    let until = env.now().checked_add(links::USUAL).unwrap_or(case.created_at);
    let verified = address.verified_at.is_some();
    let facts = Facts {
        reference: case.reference.as_str(),
        // A stranger's address may be somebody else's: their name stays with us until it is known.
        name: person.name.as_deref().filter(|_| verified),
        due: case.due_at,
        link: site.address(&format!("/{}/case/{}", case.language, link.reveal())),
        until,
        proves: if verified { letter::Proves::Nothing } else { letter::Proves::TheAddress },
    };
    let mail = NewMail {
        to,
        language: case.language,
        kind: KIND,
        about: Some(case.id.to_string()),
        letter: letter::write(site, case.language, &facts)?,
    };
    let host = site.base_url.host_str().unwrap_or("localhost");
    if queue(tx, env, &desk.post, host, mail).await?.is_some() {
        metrics::counter!("paydesk_mails", "outcome" => "written").increment(1);
    }
    Ok(())
}
