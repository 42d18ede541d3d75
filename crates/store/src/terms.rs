//! Enums whose values are words: one for each value, in rows, in events, in the API and on pages.

/// Defines an enum whose values are words: `terms! { Name { One = "one", Two = "two", } }`, each
/// with its doc comment.
///
/// It has `ALL` and `as_str`, is read from its word and kept as it.
#[macro_export]
macro_rules! terms {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $value:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$doc])* $value,)*
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &[$name] = &[$($name::$value),*];

            /// The word, as stored and as the API writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($name::$value => $word,)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownTerm;

            fn from_str(text: &str) -> Result<$name, $crate::UnknownTerm> {
                let known = $name::ALL.iter().find(|value| value.as_str() == text);
                known.copied().ok_or($crate::UnknownTerm)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<$name, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl From<$name> for $crate::Value {
            fn from(value: $name) -> $crate::Value {
                $crate::Value::Text(Some(value.as_str().to_owned()))
            }
        }
    };
}

/// The text is none of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a word of this list")]
pub struct UnknownTerm;
