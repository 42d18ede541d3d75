//! The form is sent.

use axum::extract::multipart::Multipart;
use base::Stop;
use desk::contact::{self, Form, Paper, TOO_OFTEN};

use super::files::{self, Kept};
use super::sheet::Sheet;
use super::{form, sending, told};
use crate::answer::{Answer, html};
use crate::guard::Room;
use crate::guard::session::Visit;
use crate::parts::form::Slips;

/// `POST /{language}/contact`.
pub(crate) async fn send(visit: Visit, body: Multipart) -> Answer {
    visit.house.limits.count(Room::Secret, visit.address.0, visit.now)?;
    let desk = &visit.house.desk;
    let sheet = Sheet::read(body).await;
    let written = sending::written(&sheet);
    let admitted = contact::admit(desk, &sending::from(&visit)).await;
    let often = is_too_often(&admitted);
    if !often {
        admitted?;
    }
    let mut slips = Slips::default();
    let kept = if often { Vec::new() } else { files::keep(&visit, &sheet, &mut slips).await? };
    let Some(paper) = sending::paper(&visit, &sheet) else {
        slips.add("form", visit.words.text("contact-slip-broken"));
        let paper = Paper::fresh(&visit.house.billing.env);
        return again(&visit, written, &paper, slips, kept).await;
    };
    let ask = match written.read(sending::known(&visit), desk.settings.contact.words) {
        Ok(ask) => Some(ask),
        Err(wrong) => {
            told::told(visit.words, &wrong, &mut slips);
            None
        }
    };
    if sheet.broken {
        slips.add("files", visit.words.text("contact-slip-broken"));
    }
    if often {
        slips.add("form", often_sentence(&visit));
    }
    if slips.is_empty() && paper.is_too_quick(visit.now) {
        slips.add("form", visit.words.text("contact-slip-quick"));
    }
    let writer = ask.as_ref().and_then(|ask| sending::writer(&visit, ask.mail.clone()));
    let (Some(ask), Some(writer), true) = (ask, writer, slips.is_empty()) else {
        return again(&visit, written, &paper, slips, kept).await;
    };
    let ids: Vec<_> = kept.iter().map(|kept| kept.file).collect();
    let whose = (&writer, sending::trap(&sheet));
    let sent = contact::submit(desk, &paper.id, &ask, whose, visit.language(), &ids).await;
    if is_too_often(&sent) {
        slips.add("form", often_sentence(&visit));
        return again(&visit, written, &paper, slips, kept).await;
    }
    sending::to_case(&visit, &sent?)
}

pub(in crate::customer) fn is_too_often<T>(done: &Result<T, Stop>) -> bool {
    let refusal = done.as_ref().err().and_then(Stop::refusal);
    refusal.is_some_and(|refusal| refusal.code == TOO_OFTEN.code)
}

pub(in crate::customer) fn often_sentence(visit: &Visit) -> String {
    let mail = [("mail", (&visit.house.billing.site.support_mail).into())];
    visit.words.text_with("contact-slip-often", &mail)
}

/// The form once more, with everything that was written.
async fn again(
    visit: &Visit,
    written: Form,
    paper: &Paper,
    slips: Slips,
    kept: Vec<Kept>,
) -> Answer {
    let page = form::page(visit, written, paper, slips, kept).await?;
    html(visit.language(), &page)
}
