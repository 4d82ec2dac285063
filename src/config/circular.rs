//! `[circular]`: what the office's papers bear, and whose word they go out on.

use serde::Deserialize;

use super::service::{Unfit, fit, written};
use crate::decide::Letterhead;
use crate::report::Head;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CircularSettings {
    /// Whose papers they are.
    pub office: Option<String>,
    /// Whom they are to.
    pub to: Option<String>,
    /// Who approves them, by name.
    pub approver: Option<String>,
    #[serde(deserialize_with = "written")]
    pub red_head: Option<String>,
}

impl CircularSettings {
    pub(super) fn letterhead(&self) -> Result<Letterhead, Unfit> {
        let filled = |text: &Option<String>| {
            let text = text.as_deref().map(str::trim);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let red = self.red_head.as_deref();
        let head = fit("circular.red_head", red, "true, false", |red| match red {
            "true" => Some(Head::Red),
            "false" => Some(Head::Plain),
            _ => None,
        })?;
        Ok(Letterhead {
            office: filled(&self.office),
            to: filled(&self.to),
            approver: filled(&self.approver),
            head: head.unwrap_or_default(),
        })
    }
}
