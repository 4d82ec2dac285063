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
    /// `postgres://user@host/database`. A database in memory is refused: it would outlive nothing.
    pub fn of(url: &str, data: &Path) -> Result<Place, StoreError> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            // Its own error may repeat what stands in the url.
            let options = PgConnectOptions::from_str(url).map_err(|_| StoreError::Url)?;
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

/// `sqlite:/data/zaigang.db`, `postgres://host:5432/zaigang`: what may be printed of it.
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::File(file) => write!(f, "sqlite:{}", file.display()),
            Place::Server(options) => {
                let database = options.get_database().unwrap_or(options.get_username());
                if let Some(folder) = options.get_socket() {
                    return write!(f, "postgres://{}/{database}", folder.display());
                }
                let (host, port) = (options.get_host(), options.get_port());
                write!(f, "postgres://{host}:{port}/{database}")
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
