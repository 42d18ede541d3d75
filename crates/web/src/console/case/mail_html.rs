//! A mail as it looks: its cleaned page alone, under a policy in which nothing runs and nothing
//! loads. Its own pictures stand in it; those from elsewhere we fetch ourselves, once somebody has
//! pressed for them, so that no browser of ours ever speaks to whoever sent the mail.

use std::collections::HashMap;

use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use base::id::{CaseId, MessageId};
use desk::cases::{self, Message};
use desk::letters::{self, Wanted};
use desk::permits::Permit;
use desk::{files, outside};

use super::file::is_picture;
use crate::answer::Answer;
use crate::console::shift::Shift;
use crate::guard::{Policy, Trouble};

/// The pictures of one mail, together.
const LARGEST: i64 = 20 * 1024 * 1024;

/// `GET /console/cases/{case}/messages/{message}/html`: with the pictures that came with it.
pub(crate) async fn html(shift: Shift, Path((case, id)): Path<(CaseId, MessageId)>) -> Answer {
    let (message, body) = find(&shift, case, id).await?;
    let pictures = enclosed(&shift, &message, &body).await?;
    Ok(page(&message, &body, &pictures))
}

/// `POST /console/cases/{case}/messages/{message}/html`: with those from elsewhere as well.
pub(crate) async fn html_with_pictures(
    shift: Shift,
    Path((case, id)): Path<(CaseId, MessageId)>,
) -> Answer {
    shift.must(Permit::Reply)?;
    let (message, body) = find(&shift, case, id).await?;
    let mut pictures = enclosed(&shift, &message, &body).await?;
    let remote: Vec<String> = letters::wanted(&body)
        .into_iter()
        .filter_map(|one| match one {
            Wanted::Remote(address) => Some(address),
            Wanted::Part(_) => None,
        })
        .collect();
    let fetched = outside::pictures(shift.house.desk.settings.reach, &remote).await;
    let shown = |(address, picture): (String, outside::Picture)| {
        (Wanted::Remote(address), letters::in_page(picture.kind, &picture.bytes))
    };
    pictures.extend(fetched.into_iter().map(shown));
    Ok(page(&message, &body, &pictures))
}

async fn find(shift: &Shift, case: CaseId, id: MessageId) -> Result<(Message, String), Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    let seen = cases::seen(&mut reader, &shift.eyes(), case).await?;
    seen.ok_or(Trouble::NotFound)?;
    let message = cases::message(&mut reader, id).await?;
    let message = message.filter(|one| one.case == case && one.redacted_at.is_none());
    let mut message = message.ok_or(Trouble::NotFound)?;
    let body = message.html.take().ok_or(Trouble::NotFound)?;
    Ok((message, body))
}

/// The pictures that came with the mail and that it shows.
async fn enclosed(
    shift: &Shift,
    message: &Message,
    body: &str,
) -> Result<HashMap<Wanted, String>, Trouble> {
    let wanted = letters::wanted(body);
    let mut pictures = HashMap::new();
    let mut reader = shift.house.billing.store.read().await?;
    let mut left = LARGEST;
    for file in cases::files_of(&mut reader, message.id).await? {
        let Some(id) = file.inline_id.clone().map(Wanted::Part) else { continue };
        if !is_picture(&file.kind) || !wanted.contains(&id) || file.size > left {
            continue;
        }
        left -= file.size;
        let bytes = files::bytes(&mut reader, &file).await?;
        pictures.insert(id, letters::in_page(&file.kind, &bytes));
    }
    Ok(pictures)
}

fn page(
    message: &Message,
    body: &str,
    pictures: &HashMap<Wanted, String>,
) -> axum::response::Response {
    let body = letters::with_pictures(body, &|one| pictures.get(one).cloned());
    let page = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <title>Mail</title><style>body{{font:15px/1.5 system-ui,sans-serif;margin:1rem;\
         background:#fff;color:#16211c;overflow-wrap:anywhere}}img{{max-width:100%;height:auto}}\
         </style></head><body>{body}</body></html>",
        message.language.tag()
    );
    let mut response = Html(page).into_response();
    response.extensions_mut().insert(Policy::Sealed);
    response
}
