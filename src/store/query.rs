//! A statement with its values, and the rows it brings, from either database.
//!
//! Three kinds of value are all there is: whole numbers, text and bytes.

use std::borrow::Cow;
use std::fmt::Write as _;

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, AssertSqlSafe, FromRow, Row as _};

use super::link::Link;

/// What a `$n` or a `?` stands for.
pub(super) enum Value<'q> {
    Number(Option<i64>),
    Text(Option<Cow<'q, str>>),
    Bytes(Cow<'q, [u8]>),
}

/// What a column holds.
#[derive(Clone, Copy)]
pub(super) enum Column {
    Number,
    Text,
    Bytes,
}

/// A row as a tuple of its columns.
pub(super) trait Columns:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Columns for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

/// A statement being put together. Its text is the program's own; all else is a value. Either all of
/// its values stand at a `$n` of the text, or all at a `?`: of hundreds that bear numbers `SQLite`
/// looks each up among all others.
pub(super) struct Query<'q> {
    sql: Cow<'static, str>,
    values: Vec<Value<'q>>,
    /// Whether the same text comes again, so that the database may remember it.
    comes_again: bool,
}

pub(super) fn query<'q>(sql: &'static str) -> Query<'q> {
    Query {
        sql: Cow::Borrowed(sql),
        values: Vec::new(),
        comes_again: true,
    }
}

macro_rules! arguments {
    ($database:ty, $values:expr) => {{
        let mut arguments = <$database>::default();
        for value in $values {
            let added = match value {
                Value::Number(number) => arguments.add(number),
                Value::Text(None) => arguments.add(None::<&str>),
                Value::Text(Some(Cow::Borrowed(text))) => arguments.add(text),
                Value::Text(Some(Cow::Owned(text))) => arguments.add(text),
                Value::Bytes(Cow::Borrowed(bytes)) => arguments.add(bytes),
                Value::Bytes(Cow::Owned(bytes)) => arguments.add(bytes),
            };
            added.map_err(sqlx::Error::Encode)?;
        }
        arguments
    }};
}

macro_rules! values {
    ($row:expr, $columns:expr) => {{
        let row = $row;
        let columns = $columns.iter().enumerate();
        let values = columns.map(|(nth, column)| {
            Ok(match column {
                Column::Number => Value::Number(row.try_get(nth)?),
                Column::Text => row.try_get::<Option<String>, _>(nth)?.into(),
                Column::Bytes => Value::Bytes(Cow::Owned(row.try_get(nth)?)),
            })
        });
        values.collect()
    }};
}

/// The same call on the connection there is, and what is wanted of its answer.
macro_rules! asked {
    ($query:expr, $link:expr, $as:path, $fetch:ident, $answer:ident => $wanted:expr) => {{
        let Query {
            sql,
            values,
            comes_again,
        } = $query;
        match $link {
            Link::Sqlite(connection) => {
                let sql = AssertSqlSafe(sql);
                let arguments = arguments!(SqliteArguments, values);
                let query = $as(sql, arguments).persistent(comes_again);
                let answer = query.$fetch(&mut **connection).await;
                answer.map(|$answer| $wanted)
            }
            Link::Postgres(connection) => {
                let sql = AssertSqlSafe(numbered(sql));
                let arguments = arguments!(PgArguments, values);
                let query = $as(sql, arguments).persistent(comes_again);
                let answer = query.$fetch(&mut **connection).await;
                answer.map(|$answer| $wanted)
            }
        }
    }};
}

impl<'q> Query<'q> {
    /// The value of the next `$n` of the text.
    pub fn bind(mut self, value: impl Into<Value<'q>>) -> Self {
        self.values.push(value.into());
        self
    }

    pub fn push(mut self, sql: &'static str) -> Self {
        self.sql.to_mut().push_str(sql);
        self
    }

    /// A value where the text has come to.
    pub fn push_bind(mut self, value: impl Into<Value<'q>>) -> Self {
        self.values.push(value.into());
        self.push("?")
    }

    /// `VALUES (?, ?), (?, ?)`.
    pub fn push_rows<R>(mut self, rows: impl IntoIterator<Item = R>) -> Self
    where
        R: IntoIterator<Item = Value<'q>>,
    {
        let mut before = "VALUES ";
        for row in rows {
            self = self.push(before).push_list(row);
            before = ", ";
        }
        self
    }

    /// `(?, ?, ?)`.
    pub fn push_list<V: Into<Value<'q>>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.comes_again = false;
        let mut before = "(";
        for value in values {
            self = self.push(before).push_bind(value);
            before = ", ";
        }
        self.push(")")
    }

    /// How many rows it changed.
    pub async fn run(self, link: &mut Link<'_>) -> Result<u64, sqlx::Error> {
        asked!(self, link, sqlx::query_with, execute, done => done.rows_affected())
    }

    pub async fn rows<T: Columns>(self, link: &mut Link<'_>) -> Result<Vec<T>, sqlx::Error> {
        asked!(self, link, sqlx::query_as_with, fetch_all, rows => rows)
    }

    pub async fn row<T: Columns>(self, link: &mut Link<'_>) -> Result<Option<T>, sqlx::Error> {
        asked!(self, link, sqlx::query_as_with, fetch_optional, row => row)
    }

    /// Its rows one after another, their columns holding `columns`.
    pub fn stream<'l>(
        self,
        columns: Vec<Column>,
        link: &'l mut Link<'_>,
    ) -> BoxStream<'l, Result<Vec<Value<'static>>, sqlx::Error>> {
        let sql = AssertSqlSafe(self.sql);
        match link {
            Link::Sqlite(connection) => sqlx::query(sql)
                .fetch(&mut **connection)
                .map(move |row| values!(row?, columns))
                .boxed(),
            Link::Postgres(connection) => sqlx::query(sql)
                .fetch(&mut **connection)
                .map(move |row| values!(row?, columns))
                .boxed(),
        }
    }

    /// The one column of the one row there always is.
    pub async fn value<T>(self, link: &mut Link<'_>) -> Result<T, sqlx::Error>
    where
        (T,): Columns,
    {
        asked!(self, link, sqlx::query_as_with, fetch_one, row => {
            let (value,): (T,) = row;
            value
        })
    }
}

/// `PostgreSQL` knows no `?`.
fn numbered(sql: Cow<'static, str>) -> Cow<'static, str> {
    let mut parts = sql.split('?');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    if whole.len() == sql.len() {
        return sql;
    }
    for (number, part) in (1..).zip(parts) {
        let _ = write!(whole, "${number}{part}");
    }
    Cow::Owned(whole)
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Number(Some(number))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        Value::Number(number)
    }
}

impl<'q> From<&'q str> for Value<'q> {
    fn from(text: &'q str) -> Self {
        Value::Text(Some(Cow::Borrowed(text)))
    }
}

impl<'q> From<&'q String> for Value<'q> {
    fn from(text: &'q String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::Text(Some(Cow::Owned(text)))
    }
}

impl From<Option<String>> for Value<'_> {
    fn from(text: Option<String>) -> Self {
        Value::Text(text.map(Cow::Owned))
    }
}

impl<'q> From<&'q [u8]> for Value<'q> {
    fn from(bytes: &'q [u8]) -> Self {
        Value::Bytes(Cow::Borrowed(bytes))
    }
}

impl From<[u8; 32]> for Value<'_> {
    fn from(bytes: [u8; 32]) -> Self {
        Value::Bytes(Cow::Owned(bytes.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_for_whom_wants_them_so() {
        let (bound, pushed) = ("id = $1", query("id IN ").push_list([7, 8, 9]));
        assert_eq!(numbered(Cow::Borrowed(bound)), bound);
        assert_eq!(pushed.sql, "id IN (?, ?, ?)");
        assert_eq!(numbered(pushed.sql), "id IN ($1, $2, $3)");
    }
}
