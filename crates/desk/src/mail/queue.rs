//! A mail is written, within the transaction that causes it.

use base::id::MailId;
use base::{Env, Fault, Language};
use identity::Email;
use store::{Tx, jobs};

use super::send::{KIND, Sending};
use super::{Carriage, Letter, Outgoing, Post, State, rows};

/// A mail to be written.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// Whom it goes to.
    pub to: Email,
    /// The language it is written in.
    pub language: Language,
    /// What it is: `receipt`.
    pub kind: &'static str,
    /// The id of what it is about. The same kind about the same thing is written once.
    pub about: Option<String>,
    /// What it says.
    pub letter: Letter,
}

/// Writes a mail and the job that sends it; none if the same was written before.
///
/// `host` is the site's, for the Message-ID. Without a mail server the mail is kept only.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn queue(
    tx: &mut Tx,
    env: &Env,
    post: &Post,
    host: &str,
    new: NewMail,
) -> Result<Option<MailId>, Fault> {
    write(tx, env, post, host, (new, None)).await
}

/// As [`queue`], for a mail that belongs to a case.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn queue_in_case(
    tx: &mut Tx,
    env: &Env,
    post: &Post,
    host: &str,
    (new, carriage): (NewMail, Carriage),
) -> Result<Option<MailId>, Fault> {
    write(tx, env, post, host, (new, Some(carriage))).await
}

async fn write(
    tx: &mut Tx,
    env: &Env,
    post: &Post,
    host: &str,
    (new, carriage): (NewMail, Option<Carriage>),
) -> Result<Option<MailId>, Fault> {
    let (id, now) = (env.id(), env.now());
    let state = if matches!(post, Post::Kept) { State::Kept } else { State::Queued };
    let mail = Outgoing {
        id,
        to: new.to.into_string(),
        language: new.language,
        kind: new.kind.to_owned(),
        about: new.about,
        subject: new.letter.subject,
        text: new.letter.text,
        html: new.letter.html,
        message_id: carriage
            .as_ref()
            .and_then(|carriage| carriage.message_id.clone())
            .unwrap_or_else(|| format!("{id}@{host}")),
        state,
        attempts: 0,
        last_error: None,
        created_at: now,
        sent_at: None,
        carriage,
    };
    if !rows::insert(tx, &mail).await? {
        return Ok(None);
    }
    if state == State::Queued {
        jobs::enqueue(tx, env, KIND, &Sending { mail: id }, now).await?;
    }
    Ok(Some(id))
}
