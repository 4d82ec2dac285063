//! Where a database is: what `store.url` names.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use sqlx::postgres::PgConnectOptions;

use super::StoreError;

/// A database, open or not, there or not. It never shows a password.
#[derive(Clone)]
pub enum Place {
    /// A file of `SQLite`'s.
    File(PathBuf),
    /// A database on a server of `PostgreSQL`'s.
    Server(Box<PgConnectOptions>),
}

impl Place {
    /// What `url` names: `sqlite:zaigang.db`, a file relative to `data`, or
    /// `postgres://user@host/database`, there with `?schema=longshan` a schema of its own: whoever
    /// opens it sees no other. A database in memory is refused: it would outlive nothing.
    pub fn of(url: &str, data: &Path) -> Result<Place, StoreError> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let (url, schema) = without_schema(url);
            // Its own error may repeat what stands in the url.
            let options = PgConnectOptions::from_str(&url).map_err(|_| StoreError::Url)?;
            let options = match schema {
                None => options,
                Some(schema) if is_plain(&schema) => options.options([(SEARCH_PATH, schema)]),
                Some(_) => return Err(StoreError::Url),
            };
            return Ok(Place::Server(Box::new(options)));
        }
        let name = url.strip_prefix("sqlite:").ok_or(StoreError::Url)?;
        let name = name.strip_prefix("//").unwrap_or(name);
        if name.is_empty() || name.starts_with(':') || name.contains('?') {
            return Err(StoreError::Url);
        }
        Ok(Place::File(data.join(name)))
    }
}

/// Where a session looks for tables whose names say no schema, as ours do: nowhere else.
const SEARCH_PATH: &str = "search_path";

/// `url`, and the schema that it names.
fn without_schema(url: &str) -> (String, Option<String>) {
    let Some((base, asked)) = url.split_once('?') else {
        return (url.to_owned(), None);
    };
    let mut schema = None;
    let others: Vec<&str> = asked
        .split('&')
        .filter(|part| match part.strip_prefix("schema=") {
            Some(name) => {
                schema = Some(name.to_owned());
                false
            }
            None => true,
        })
        .collect();
    (format!("{base}?{}", others.join("&")), schema)
}

/// A name that needs no quotes, and that the server does not cut short.
fn is_plain(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
    begins && name.len() < 64 && name.chars().all(fits)
}

/// The schema that a place of ours names.
pub(super) fn schema(options: &PgConnectOptions) -> Option<&str> {
    let set = options.get_options()?;
    let (_, after) = set.split_once("search_path=")?;
    after.split(' ').next()
}

/// `sqlite:/data/zaigang.db`, `postgres://host:5432/zaigang`: what may be printed of it.
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::File(file) => write!(f, "sqlite:{}", file.display()),
            Place::Server(options) => {
                let database = options.get_database().unwrap_or(options.get_username());
                if let Some(folder) = options.get_socket() {
                    write!(f, "postgres://{}/{database}", folder.display())?;
                } else {
                    let (host, port) = (options.get_host(), options.get_port());
                    write!(f, "postgres://{host}:{port}/{database}")?;
                }
                match schema(options) {
                    Some(schema) => write!(f, "?schema={schema}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let url = "postgres://clerk:hush@db.example:6000/duty?sslmode=require";
        let place = Place::of(url, Path::new("data")).unwrap();
        assert_eq!(place.to_string(), "postgres://db.example:6000/duty");
        assert!(!format!("{place:?}").contains("hush"));
        let broken = Place::of("postgres://clerk:hush@db:port/duty", Path::new("data"));
        let error = broken.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hush"));
    }

    #[test]
    fn a_schema_is_named_plainly_or_not_at_all() {
        let of = |schema: &str| {
            let url = format!("postgres://db.example/duty?sslmode=require&schema={schema}");
            Place::of(&url, Path::new("data"))
        };
        let place = of("longshan_2").unwrap().to_string();
        assert_eq!(place, "postgres://db.example:5432/duty?schema=longshan_2");
        let long = "a".repeat(64);
        for other in [
            "", "a,public", "Longshan", "2nd", "a%20b", "a b", "a\"b", &long,
        ] {
            assert!(matches!(of(other), Err(StoreError::Url)), "{other}");
        }
    }

    #[test]
    fn a_file_lies_in_the_data_folder_unless_it_says_otherwise() {
        for (url, shown) in [
            ("sqlite:zaigang.db", "sqlite:data/zaigang.db"),
            ("sqlite:///elsewhere/duty.db", "sqlite:/elsewhere/duty.db"),
        ] {
            let place = Place::of(url, Path::new("data")).unwrap();
            assert_eq!(place.to_string(), shown);
        }
    }
}
