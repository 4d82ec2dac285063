//! State as JSON that says which form it is in: `{"v":1,"state":…}`.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::StoreError;

/// The form written today. A later one reads the earlier ones too.
const FORM: u32 = 1;

#[derive(Serialize)]
struct Written<'a, T> {
    v: u32,
    state: &'a T,
}

#[derive(Deserialize)]
struct Read<'a> {
    v: u32,
    #[serde(borrow)]
    state: &'a RawValue,
}

/// `what` and `id` name the row in errors.
pub(super) fn written<T: Serialize>(
    state: &T,
    what: &'static str,
    id: i64,
) -> Result<String, StoreError> {
    serde_json::to_string(&Written { v: FORM, state })
        .map_err(|_| StoreError::Unwritable { what, id })
}

/// What [`written`] wrote.
pub(super) fn read<T: DeserializeOwned>(
    json: &str,
    what: &'static str,
    id: i64,
) -> Result<T, StoreError> {
    // The parser's own words quote what they trip over, so they are not passed on.
    let damaged = |_| StoreError::Damaged { what, id };
    let read: Read = serde_json::from_str(json).map_err(damaged)?;
    if read.v != FORM {
        return Err(StoreError::Newer {
            what,
            id,
            form: read.v,
        });
    }
    serde_json::from_str(read.state.get()).map_err(damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let json = written(&vec![1, 2], "list", 7).unwrap();
        assert_eq!(json, r#"{"v":1,"state":[1,2]}"#);
        assert_eq!(read::<Vec<u32>>(&json, "list", 7).unwrap(), [1, 2]);
    }

    #[test]
    fn a_newer_form_is_named_as_such() {
        let error = read::<u32>(r#"{"v":2,"state":{"x":0}}"#, "list", 7).unwrap_err();
        assert!(matches!(error, StoreError::Newer { id: 7, form: 2, .. }));
    }

    #[test]
    fn an_error_does_not_tell_what_the_row_held() {
        let error = read::<u32>(r#"{"v":1,"state":"13800000001"}"#, "list", 7).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("138"));
    }
}
