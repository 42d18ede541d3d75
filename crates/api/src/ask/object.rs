//! A JSON object where an object is meant.
//!
//! The reader we use would also take a list with the fields in their order, which nobody means.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// A `T` that came as an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Object<T>, D::Error> {
        from.deserialize_map(OfMap(PhantomData)).map(Object)
    }
}

struct OfMap<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OfMap<T> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

#[cfg(test)]
mod tests {
    use base::{Money, Tokens};

    use super::*;

    #[test]
    fn lists_in_the_place_of_objects_are_refused() {
        let read = |text: &str| serde_json::from_str::<Object<Tokens>>(text);
        assert_eq!(read(r#"{"amount":5,"unit":"TOK"}"#).unwrap().0.count(), 5);
        assert!(serde_json::from_str::<Tokens>(r#"[5,"TOK"]"#).is_ok(), "what this is for");
        let no = read(r#"[5,"TOK"]"#).unwrap_err().to_string();
        assert!(no.contains("expected an object"), "{no}");
        assert!(serde_json::from_str::<Object<Money>>(r#"[5,"USD"]"#).is_err());
    }
}
