use serde::{Deserialize, Serialize};

/// What a unit's daily report is about, where it is not quiet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heading {
    /// 安全生产.
    Safety,
    /// 信访.
    Petition,
    Other,
}
