//! Which fields a type of settings has, as serde knows them.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// The names of `T`'s fields in a file.
pub(super) fn fields_of<'de, T: Deserialize<'de>>() -> Vec<&'static str> {
    match T::deserialize(Asking) {
        Err(Told(fields)) => fields,
        Ok(_) => Vec::new(),
    }
}

/// Asks for a type's fields and gives it nothing.
struct Asking;

#[derive(Debug)]
struct Told(Vec<&'static str>);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for Told {}

impl de::Error for Told {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Told(Vec::new())
    }
}

impl<'de> Deserializer<'de> for Asking {
    type Error = Told;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Told> {
        Err(Told(Vec::new()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Told> {
        Err(Told(fields.to_vec()))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
