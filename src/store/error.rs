/// Why keeping or reading back failed. None of them shows what was to be kept: names and
/// numbers of people stay out of logs, and so do passwords.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    #[error("another process is using this data")]
    InUse,
    /// Another process leads by a later epoch.
    #[error("another process leads now")]
    Superseded,
    #[error(
        "the store's url is not understood: write sqlite: and the name of a file, or postgres://user@host/database"
    )]
    Url,
    #[error("the data folder cannot be used")]
    Folder(#[source] std::io::Error),
    /// Nobody answers at the address.
    #[error("the database server of {at} does not answer")]
    Away {
        at: String,
        #[source]
        cause: sqlx::Error,
    },
    /// The server lets us not into the database, in words of its own.
    #[error("the database server refuses {at}")]
    Refused {
        at: String,
        #[source]
        cause: sqlx::Error,
    },
    #[error("the database could not be brought to this program's form")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    #[error("{what} {id} was written by a newer program (form {form})")]
    Newer {
        what: &'static str,
        id: i64,
        form: u32,
    },
    #[error("{what} {id} cannot be read back")]
    Damaged { what: &'static str, id: i64 },
    #[error("{what} {id} cannot be written down")]
    Unwritable { what: &'static str, id: i64 },
}
