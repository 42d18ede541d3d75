//! Arguments of a statement: the few shapes both databases can store.

use base::id::IdKind;
use base::{Currency, Id, Timestamp, Tokens};

/// One argument. Ids are text, amounts and times are 64-bit integers, everything else is bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text, or none.
    Text(Option<String>),
    /// A whole number, a time in microseconds, or a yes or no as 1 or 0; or none.
    Int(Option<i64>),
    /// Bytes, or none.
    Blob(Option<Vec<u8>>),
    /// A list of texts for `IN texts($n)`.
    Texts(Vec<String>),
    /// A list of numbers for `IN ints($n)`.
    Ints(Vec<i64>),
    /// A list of byte strings for `IN blobs($n)`.
    Blobs(Vec<Vec<u8>>),
}

macro_rules! into_value {
    ($($from:ty => |$it:ident| $variant:ident($what:expr);)*) => {
        $(
            impl From<$from> for Value {
                fn from($it: $from) -> Value {
                    Value::$variant(Some($what))
                }
            }
            impl From<Option<$from>> for Value {
                fn from(option: Option<$from>) -> Value {
                    Value::$variant(option.map(|$it| $what))
                }
            }
        )*
    };
}

into_value! {
    String => |it| Text(it);
    &str => |it| Text(it.to_owned());
    &String => |it| Text(it.clone());
    i64 => |it| Int(it);
    i32 => |it| Int(i64::from(it));
    u32 => |it| Int(i64::from(it));
    u16 => |it| Int(i64::from(it));
    bool => |it| Int(i64::from(it));
    Timestamp => |it| Int(it.as_microsecond());
    Tokens => |it| Int(it.count());
    Currency => |it| Text(it.code().to_owned());
    base::Language => |it| Text(it.tag().to_owned());
    Vec<u8> => |it| Blob(it);
    &[u8] => |it| Blob(it.to_vec());
}

impl<K: IdKind> From<Id<K>> for Value {
    fn from(id: Id<K>) -> Value {
        Value::Text(Some(id.to_string()))
    }
}

impl<K: IdKind> From<Option<Id<K>>> for Value {
    fn from(id: Option<Id<K>>) -> Value {
        Value::Text(id.map(|id| id.to_string()))
    }
}

impl From<Vec<String>> for Value {
    fn from(list: Vec<String>) -> Value {
        Value::Texts(list)
    }
}

impl From<Vec<i64>> for Value {
    fn from(list: Vec<i64>) -> Value {
        Value::Ints(list)
    }
}

impl From<Vec<Vec<u8>>> for Value {
    fn from(list: Vec<Vec<u8>>) -> Value {
        Value::Blobs(list)
    }
}

/// Arguments in order: a tuple of anything that becomes a [`Value`], or `()`.
pub trait Args {
    /// The values, `$1` first.
    fn values(self) -> Vec<Value>;
}

impl Args for () {
    fn values(self) -> Vec<Value> {
        Vec::new()
    }
}

impl Args for Vec<Value> {
    fn values(self) -> Vec<Value> {
        self
    }
}

macro_rules! tuples {
    ($($($letter:ident)*;)*) => {
        $(
            impl<$($letter: Into<Value>),*> Args for ($($letter,)*) {
                #[expect(non_snake_case, reason = "the letters name types and values alike")]
                fn values(self) -> Vec<Value> {
                    let ($($letter,)*) = self;
                    vec![$($letter.into()),*]
                }
            }
        )*
    };
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
    A B C D E F G H I J K L M;
    A B C D E F G H I J K L M N;
    A B C D E F G H I J K L M N O;
    A B C D E F G H I J K L M N O P;
    A B C D E F G H I J K L M N O P Q;
    A B C D E F G H I J K L M N O P Q R;
    A B C D E F G H I J K L M N O P Q R S;
    A B C D E F G H I J K L M N O P Q R S T;
}
