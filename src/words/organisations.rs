//! Why several organisations cannot be served by one process.

use super::Lang;

/// What is wrong with their folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unserved {
    /// Nobody is in the folder `path`.
    Nobody { path: String },
    /// It cannot be looked into.
    Unopened {
        path: String,
        cause: std::io::ErrorKind,
    },
    /// A folder's name that cannot be an organisation's.
    Name { name: String },
    /// Two would keep what they have in one place.
    Shared {
        other: String,
        name: String,
        at: String,
    },
}

#[must_use]
pub fn unserved(unserved: &Unserved, lang: Lang) -> String {
    match (unserved, lang) {
        (Unserved::Nobody { path }, Lang::Zh) => format!(
            "{path} 里一个单位也没有。每个单位建一个文件夹，里面放它自己的 zaigang.toml，例如 {path}/longshan/zaigang.toml"
        ),
        (Unserved::Nobody { path }, Lang::En) => format!(
            "there is no organisation in {path}. Make a folder for each, with its own zaigang.toml, such as {path}/longshan/zaigang.toml"
        ),
        (Unserved::Unopened { path, cause }, Lang::Zh) => {
            format!("放各单位的文件夹打不开：{path}（{cause}）")
        }
        (Unserved::Unopened { path, cause }, Lang::En) => {
            format!("the folder of the organisations cannot be opened: {path} ({cause})")
        }
        (Unserved::Name { name }, Lang::Zh) => {
            format!("单位的文件夹不能叫“{name}”：只用小写字母、数字和连字符，例如 longshan")
        }
        (Unserved::Name { name }, Lang::En) => format!(
            "an organisation's folder cannot be called \"{name}\": small letters, digits and hyphens only, such as longshan"
        ),
        (Unserved::Shared { other, name, at }, Lang::Zh) => format!(
            "{other} 和 {name} 的数据放在了同一处：{at}。各用各的；在同一台数据库服务器上，就在 store.url 末尾写 ?schema={}",
            schema_for(name)
        ),
        (Unserved::Shared { other, name, at }, Lang::En) => format!(
            "{other} and {name} would keep their data in one place: {at}. Give each its own; on one database server, end store.url in ?schema={}",
            schema_for(name)
        ),
    }
}

/// A schema that fits an organisation's name.
fn schema_for(name: &str) -> String {
    name.replace('-', "_")
}
