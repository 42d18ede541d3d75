//! The form for a new article: where it stands, before a word of it is written.

use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::{Language, Stop};
use desk::help::{self, Doors, NewArticle, NextStep, Setting};
use desk::people::Audience;
use serde::Deserialize;

use super::around::{Shelf, shelves};
use crate::answer::{Answer, html};
use crate::console::permit::{Deed, who_may};
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;

/// The page.
#[derive(Template)]
#[template(path = "console/help/new.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) categories: Vec<Shelf>,
    pub(crate) placed: Placed,
    pub(crate) slip: Option<String>,
    pub(crate) no_edit: Option<&'static str>,
}

/// Where an article stands, as a form says it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Placed {
    #[serde(default)]
    pub(crate) category: String,
    /// A box that is not ticked is not sent.
    customer: Option<String>,
    creator: Option<String>,
    studio: Option<String>,
    #[serde(default)]
    pub(crate) next: String,
    #[serde(default)]
    pub(crate) top: String,
    #[serde(default)]
    pub(crate) position: String,
}

/// What a ticked box says.
const ON: &str = "on";

impl Default for Placed {
    fn default() -> Placed {
        Placed {
            category: String::new(),
            customer: Some(ON.to_owned()),
            creator: None,
            studio: None,
            next: String::new(),
            top: "0".to_owned(),
            position: "1000".to_owned(),
        }
    }
}

impl Placed {
    /// As a form would say it.
    pub(super) fn of(article: &help::Article) -> Placed {
        let ticked = |door| article.doors.has(door).then(|| ON.to_owned());
        Placed {
            category: article.category.clone(),
            customer: ticked(Audience::Customer),
            creator: ticked(Audience::Creator),
            studio: ticked(Audience::Studio),
            next: article.next.map_or(String::new(), |next| next.as_str().to_owned()),
            top: article.top.to_string(),
            position: article.position.to_string(),
        }
    }

    /// Whether it stands behind that door.
    pub(crate) fn has(&self, door: &Audience) -> bool {
        match door {
            Audience::Customer => self.customer.is_some(),
            Audience::Creator => self.creator.is_some(),
            Audience::Studio => self.studio.is_some(),
        }
    }

    /// Whether it stands in that category.
    pub(crate) fn is_in(&self, key: &str) -> bool {
        self.category == key
    }

    /// Whether that is its button.
    pub(crate) fn leads_to(&self, next: &NextStep) -> bool {
        self.next == next.as_str()
    }

    /// As the help centre takes it, or what is wrong with it.
    pub(super) fn setting(&self) -> Result<Setting, String> {
        let doors: Vec<Audience> =
            Audience::ALL.iter().copied().filter(|door| self.has(door)).collect();
        let number = |text: &str, name: &str| {
            let number = text.trim().parse::<i64>().ok();
            let number = number.filter(|number| (0..=1_000_000).contains(number));
            number.ok_or_else(|| format!("{name} is a number from 0 to 1,000,000"))
        };
        Ok(Setting {
            category: self.category.clone(),
            doors: Doors::checked(&doors).map_err(|no| no.detail.into_owned())?,
            next: self.next.parse::<NextStep>().ok(),
            top: number(&self.top, "the place among the first articles")?,
            position: number(&self.position, "the place in its category")?,
        })
    }
}

/// `GET /console/help/new`.
pub(crate) async fn show(shift: Shift) -> Answer {
    html(Language::En, &page(&shift, Placed::default(), None).await?)
}

async fn page(shift: &Shift, placed: Placed, slip: Option<String>) -> Result<Page, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    Ok(Page {
        frame: shift.frame("New article"),
        categories: shelves(&mut reader).await?,
        placed,
        slip,
        no_edit: (!shift.may(Deed::EditHelp)).then(|| who_may(Deed::EditHelp)),
    })
}

/// `POST /console/help`.
pub(crate) async fn make(shift: Shift, Form(placed): Form<Placed>) -> Answer {
    shift.must(Deed::EditHelp)?;
    let made = match placed.setting() {
        Err(why) => Err(why),
        Ok(setting) => {
            let (env, by) = (&shift.house.billing.env, shift.actor());
            let new = NewArticle { key: None, setting };
            let made = store::write!(shift.house.billing.store, |tx| {
                help::make(tx, env, &new, by).await
            });
            match made {
                Err(Stop::Refused(no)) => Err(no.detail.into_owned()),
                made => Ok(made?),
            }
        }
    };
    match made {
        Ok(article) => Ok(Redirect::to(&format!("/console/help/{}", article.id)).into_response()),
        Err(why) => {
            let mut response = html(Language::En, &page(&shift, placed, Some(why)).await?)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}
