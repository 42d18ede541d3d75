//! The categories: their names in each language and their order.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::Language;
use desk::help::{self, Category};
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::console::permit::{Deed, who_may};
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;

/// The page.
#[derive(Template)]
#[template(path = "console/help/categories.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) categories: Vec<Row>,
    /// For the names of a new one.
    pub(crate) languages: [Language; 5],
    pub(crate) wrong: Option<String>,
    pub(crate) no_publish: Option<&'static str>,
}

/// A category with all its names.
pub(crate) struct Row {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) position: i64,
    pub(crate) names: Vec<(Language, String)>,
}

impl Row {
    fn of(category: Category) -> Row {
        let name = |language: Language| {
            let words = category.words.get(&language);
            (language, words.map_or(String::new(), |words| words.name.clone()))
        };
        Row {
            title: category.name(Language::En).to_owned(),
            position: category.position,
            names: Language::ALL.into_iter().map(name).collect(),
            key: category.key,
        }
    }
}

/// `GET /console/help/categories`.
pub(crate) async fn show(shift: Shift) -> Answer {
    html(Language::En, &page(&shift, None).await?)
}

async fn page(shift: &Shift, wrong: Option<String>) -> Result<Page, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    Ok(Page {
        frame: shift.frame("Categories"),
        categories: help::categories(&mut reader).await?.into_iter().map(Row::of).collect(),
        languages: Language::ALL,
        wrong,
        no_publish: (!shift.may(Deed::PublishHelp)).then(|| who_may(Deed::PublishHelp)),
    })
}

/// A category as a form says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Named {
    key: String,
    position: String,
    en: String,
    fr: String,
    de: String,
    da: String,
    fil: String,
}

/// `POST /console/help/categories`: names a new one, or one that there is.
pub(crate) async fn save(shift: Shift, Form(named): Form<Named>) -> Answer {
    shift.must(Deed::PublishHelp)?;
    let Named { key, position, en, fr, de, da, fil } = named;
    let names: BTreeMap<Language, String> =
        Language::ALL.into_iter().zip([en, fr, de, da, fil]).collect();
    let position = position.trim().parse().unwrap_or(1_000);
    match Category::checked(key.trim(), position, &names) {
        Ok(category) => {
            store::write!(shift.house.billing.store, |tx| {
                Ok(help::put_category(tx, &category).await?)
            })?;
            Ok(Redirect::to("/console/help?done=category").into_response())
        }
        Err(refusal) => {
            let page = page(&shift, Some(refusal.detail.into_owned())).await?;
            let mut response = html(Language::En, &page)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}
