//! Query strings, read as strictly as bodies: known names, each once, lists as `name[]`.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use base::{Kind, Refusal};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use store::Page;

use super::read;
use crate::problem::Problem;

/// A name stands there twice.
const TWICE: Refusal = Refusal::new(
    Kind::Malformed,
    "parameter_twice",
    "this parameter stands there twice; only those that end in [] may",
);
/// Too many of them.
const TOO_MANY: Refusal =
    Refusal::new(Kind::Malformed, "parameters_too_many", "a query has 50 parameters at most");

/// How many parameters are looked at.
const MOST: usize = 50;

/// The query, read into a known shape.
pub struct Asked<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked<T>, Problem> {
        Ok(Asked(parse(parts.uri.query().unwrap_or_default())?))
    }
}

/// Reads a query string.
///
/// # Errors
/// A refusal that names the parameter.
pub fn parse<T: DeserializeOwned>(query: &str) -> Result<T, Refusal> {
    let mut map = Map::new();
    for (nth, (name, value)) in url::form_urlencoded::parse(query.as_bytes()).enumerate() {
        if nth >= MOST {
            return Err(TOO_MANY);
        }
        let value = Value::String(value.into_owned());
        if name.ends_with("[]") {
            let list = map.entry(name).or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(list) = list {
                list.push(value);
            }
        } else if map.contains_key(name.as_ref()) {
            return Err(TWICE.at(name.into_owned()));
        } else {
            map.insert(name.into_owned(), value);
        }
    }
    serde_path_to_error::deserialize(Value::Object(map)).map_err(|error| read::field(&error))
}

/// Which page of a list.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// How many at most, 1 to 100.
    #[serde(default, deserialize_with = "number")]
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// The id behind which the page begins: older ones.
    #[serde(default)]
    pub after: Option<String>,
    /// The id before which the page ends: newer ones.
    #[serde(default)]
    pub before: Option<String>,
}

/// The page that was asked for, checked.
///
/// # Errors
/// Refused if the limit or a cursor is not valid.
pub fn page(
    limit: Option<u32>,
    after: Option<String>,
    before: Option<String>,
) -> Result<Page, Refusal> {
    Page::checked(limit, after, before)
}

impl PageQuery {
    /// The page, checked.
    ///
    /// # Errors
    /// Refused if the limit or a cursor is not valid.
    pub fn page(self) -> Result<Page, Refusal> {
        page(self.limit, self.after, self.before)
    }
}

/// A number that came as text.
///
/// # Errors
/// The deserializer's, if it is none.
pub fn number<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    let text = <String as serde::Deserialize>::deserialize(from)?;
    let no = |_| serde::de::Error::custom("a whole number without sign is needed");
    text.parse().map(Some).map_err(no)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Query {
        #[serde(default, deserialize_with = "number")]
        limit: Option<u32>,
        #[serde(default, rename = "expand[]")]
        expand: Vec<String>,
    }

    #[test]
    fn known_parameters_are_read() {
        let query: Query = parse("limit=5&expand[]=a&expand%5B%5D=b").unwrap();
        assert_eq!((query.limit, query.expand), (Some(5), vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(parse::<Query>("").unwrap().limit, None);
    }

    #[test]
    fn others_are_refused_by_name() {
        let table = [
            ("limit=x", "field_not_valid", Some("limit")),
            ("limit=-1", "field_not_valid", Some("limit")),
            ("limit=99999999999", "field_not_valid", Some("limit")),
            ("limit=1&limit=2", "parameter_twice", Some("limit")),
            ("offset=10", "field_unknown", Some("offset")),
        ];
        for (query, code, param) in table {
            let refusal = parse::<Query>(query).unwrap_err();
            assert_eq!((refusal.code, refusal.param.as_deref()), (code, param), "{query}");
        }
    }
}
