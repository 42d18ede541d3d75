//! What was said in a case, as its customer reads it.

use base::Timestamp;
use base::id::MessageId;
use desk::cases::{self, Author, Direction, Message, Origin};
use desk::contact::UNPROVED;
use desk::files::{self, File};

use super::seat::{Seat, Sight};
use crate::guard::Trouble;
use crate::guard::session::Visit;

/// How many events back the page looks if nobody asks for more.
const USUAL: i64 = 300;
/// More messages are never shown.
const MOST: u32 = 2_000;

/// A message.
pub(crate) struct Line {
    pub(crate) id: MessageId,
    pub(crate) from: String,
    pub(crate) whose: Whose,
    pub(crate) at: Timestamp,
    /// Its language, if that is not the page's.
    pub(crate) language: Option<&'static str>,
    /// None if it was removed.
    pub(crate) text: Option<String>,
    pub(crate) files: Vec<Attached>,
}

/// On whose side of the page a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// The customer's.
    Theirs,
    /// Somebody's whom the customer or staff let take part.
    Others,
    /// The desk's.
    Ours,
}

impl Line {
    /// The word of the side in style sheets.
    pub(crate) fn side(&self) -> &'static str {
        match self.whose {
            Whose::Theirs => "said-theirs",
            Whose::Others | Whose::Ours => "said-ours",
        }
    }
}

/// A file that came with a message.
pub(crate) struct Attached {
    pub(crate) path: String,
    /// Name and size.
    pub(crate) name: String,
    /// Words for the picture, if it is one that browsers show.
    pub(crate) picture: Option<String>,
}

/// What is shown, and whether there is more before it.
pub(crate) struct Said {
    pub(crate) lines: Vec<Line>,
    pub(crate) earlier: bool,
    /// Something is not shown to whoever came by this way.
    pub(crate) hidden: bool,
}

/// How far back the page looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Back {
    /// As far as usual.
    Usual,
    /// To the beginning.
    Beginning,
}

/// What was said, the oldest first.
pub(crate) async fn said(visit: &Visit, seat: &Seat, back: Back) -> Result<Said, Trouble> {
    let after = match back {
        Back::Usual => (seat.case.seq - USUAL).max(0),
        Back::Beginning => 0,
    };
    let mut reader = visit.house.billing.store.read().await?;
    let all = cases::shown(&mut reader, seat.case.id, after, MOST).await?;
    let all = all.into_iter().filter(|message| message.direction != Direction::System);
    let (seen, hidden): (Vec<_>, Vec<_>) = all.partition(|message| may_see(seat.sight, message));
    let ids: Vec<MessageId> = seen.iter().map(|message| message.id).collect();
    let files = files::of_messages(&mut reader, &ids).await?;
    drop(reader);
    let of = |message: &Message| files.get(&message.id).map(Vec::as_slice).unwrap_or_default();
    let lines = seen.into_iter().map(|message| {
        let files = of(&message);
        line(visit, seat, message, files)
    });
    let lines = lines.collect();
    Ok(Said { lines, earlier: after > 0, hidden: !hidden.is_empty() })
}

/// Whether somebody who came this way may read a message.
pub(super) fn may_see(sight: Sight, message: &Message) -> bool {
    match sight {
        Sight::Whole => true,
        Sight::OwnWords => {
            message.direction == Direction::In
                && message.channel == Origin::Form
                && message.verdict.as_deref() == Some(UNPROVED)
        }
    }
}

fn line(visit: &Visit, seat: &Seat, message: Message, files: &[File]) -> Line {
    let attached = files.iter().map(|file| attached(visit, seat, &message, file)).collect();
    let site = [("site", (&visit.house.billing.site.name).into())];
    let whose = match message.author {
        Author::Person(person) if person == seat.person => Whose::Theirs,
        Author::Person(_) => Whose::Others,
        Author::Staff(_) | Author::Program(_) | Author::Rule | Author::Billing | Author::System => {
            Whose::Ours
        }
    };
    let from = match (whose, message.automatic.is_some()) {
        (Whose::Theirs, _) => visit.words.text("cases-from-you").into_owned(),
        (Whose::Others, _) => visit.words.text("cases-from-copy").into_owned(),
        (Whose::Ours, false) => visit.words.text_with("cases-from-us", &site),
        (Whose::Ours, true) => visit.words.text_with("cases-from-rule", &site),
    };
    let text = if message.fresh.trim().is_empty() { message.text } else { message.fresh };
    let language = (message.language != visit.language()).then(|| message.language.tag());
    Line {
        id: message.id,
        from,
        whose,
        at: message.created_at,
        language,
        text: message.redacted_at.is_none().then_some(text),
        files: if message.redacted_at.is_none() { attached } else { Vec::new() },
    }
}

fn attached(visit: &Visit, seat: &Seat, message: &Message, file: &File) -> Attached {
    let path = visit.path(&format!("{}/file/{}/{}", seat.rest, message.id, file.id));
    let values = [("name", (&file.safe_name).into()), ("size", size(visit, file.size).into())];
    let picture = super::file::is_picture(&file.kind)
        .then(|| visit.words.text_with("cases-picture", &[("name", (&file.safe_name).into())]));
    Attached { path, name: visit.words.text_with("cases-file", &values), picture }
}

/// A size in the unit that people read, rounded up.
fn size(visit: &Visit, bytes: i64) -> String {
    const KB: i64 = 1024;
    const MB: i64 = KB * 1024;
    let up = |unit: i64| bytes.saturating_add(unit - 1) / unit;
    if bytes < MB {
        visit.words.text_with("cases-size-kb", &[("count", up(KB).into())])
    } else {
        visit.words.text_with("cases-size-mb", &[("count", up(MB).into())])
    }
}
