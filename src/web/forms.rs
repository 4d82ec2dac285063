//! Forms: taken only from a page of ours, in the hands of the clerk it was made for.

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Request};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq as _;

use super::Desk;
use super::refusal::Refusal;
use super::visit::Visit;

/// A form of the clerk's own page, and who sent it.
pub(super) struct Signed<T> {
    pub visit: Visit,
    pub form: T,
}

/// What every form carries beside its own fields.
#[derive(Deserialize)]
struct Sealed<T> {
    #[serde(default)]
    token: String,
    #[serde(flatten)]
    form: T,
}

/// A form that says nothing but that it was sent.
#[derive(Deserialize)]
pub(super) struct Nothing {}

impl<T: DeserializeOwned> FromRequest<Desk> for Signed<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, desk).await?;
        let request = Request::from_parts(parts, body);
        let form = Form::<Sealed<T>>::from_request(request, desk).await;
        let Ok(Form(sealed)) = form else {
            return Err(Refusal::Unfit(visit.lang));
        };
        if !is_of(&visit, &sealed.token) {
            return Err(Refusal::Foreign(visit.lang));
        }
        Ok(Self {
            visit,
            form: sealed.form,
        })
    }
}

/// Whether `token` is the one that the clerk's forms carry.
pub(super) fn is_of(visit: &Visit, token: &str) -> bool {
    visit.form_token.as_bytes().ct_eq(token.as_bytes()).into()
}
