//! What goes with a mail of a case at each try, and what is told when it has left or was given up.

use base::{Env, Fault, Stop};
use store::{Store, Tx};

use super::super::message::Enclosed;
use super::super::post::Outcome;
use super::super::{Outgoing, State};
use crate::cases::{self, Delivery};
use crate::people;
use crate::{files, mail_in};

/// The class of a mail that no server would take for its reader.
const REFUSED: &str = "permanent";

/// The files that go with a mail. One that is gone meanwhile stays away.
pub(in crate::mail) async fn enclosed(
    store: &Store,
    mail: &Outgoing,
) -> Result<Vec<Enclosed>, Fault> {
    let Some(carriage) = mail.carriage.as_ref().filter(|one| !one.files.is_empty()) else {
        return Ok(Vec::new());
    };
    let mut reader = store.read().await?;
    let mut all = Vec::new();
    for id in &carriage.files {
        let Some(file) = files::find(&mut reader, *id).await? else { continue };
        let bytes = files::bytes(&mut reader, &file).await?;
        all.push(Enclosed { name: file.safe_name.clone(), kind: file.kind.clone(), bytes });
    }
    Ok(all)
}

/// Tells a message how far its mail has come. An address whose server knows nobody there is
/// marked, so that the next answer goes elsewhere; whatever else went wrong says nothing of it.
pub(in crate::mail) async fn told(
    tx: &mut Tx,
    env: &Env,
    mail: &Outgoing,
    outcome: &Outcome,
) -> Result<(), Stop> {
    let Some(carriage) = &mail.carriage else { return Ok(()) };
    let delivery = match mail.state {
        State::Sent | State::Kept => Delivery::Sent,
        State::Failed => Delivery::Failed,
        State::Queued => return Ok(()),
    };
    if let Some(message) = carriage.message {
        let why = (delivery == Delivery::Failed).then_some("mail_not_taken");
        cases::note_delivery(tx, env, message, delivery, why).await?;
    }
    if let (Outcome::NoReader(_), Some(address)) = (outcome, carriage.address) {
        people::note_bounce(tx, env, address, REFUSED).await?;
        let lasts = Some(base::SignedDuration::from_hours(30 * 24));
        mail_in::suppress(tx, env, &mail.to, "bounce", lasts, None).await?;
    }
    Ok(())
}
