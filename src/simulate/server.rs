//! What befalls a database on a server: it fails, and an older copy of it is put back.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use super::kept::TABLES;

/// Everything but the form of the database and who leads there.
const KEPT: &str = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()
    AND tablename NOT IN ('_sqlx_migrations', 'lease')";

/// From now on every commit fails.
pub(super) async fn fail(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let failing = "CREATE OR REPLACE FUNCTION failing() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'failing'; END $$";
    let triggers = TABLES.map(|table| {
        format!(
            "CREATE OR REPLACE TRIGGER failing BEFORE INSERT ON {table}
             FOR EACH STATEMENT EXECUTE FUNCTION failing()"
        )
    });
    let all = [failing.to_owned()].into_iter().chain(triggers);
    run(options, all).await
}

pub(super) async fn mend(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let drop = TABLES.map(|table| format!("DROP TRIGGER IF EXISTS failing ON {table}"));
    run(options, drop).await
}

pub(super) async fn back_up(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let copy = format!(
        "DO $$ DECLARE t text; BEGIN
            DROP SCHEMA IF EXISTS backup CASCADE;
            CREATE SCHEMA backup;
            FOR t IN {KEPT} LOOP
                EXECUTE format('CREATE TABLE backup.%I AS TABLE %I', t, t);
            END LOOP;
         END $$"
    );
    run(options, [copy]).await
}

/// The copy takes the place of what there is; the process must be down.
pub(super) async fn restore(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    // As a replica, the server minds neither the order of tables nor the journal's guard.
    let put_back = format!(
        "DO $$ DECLARE t text; BEGIN
            SET LOCAL session_replication_role = replica;
            FOR t IN {KEPT} LOOP
                EXECUTE format('DELETE FROM %I', t);
                EXECUTE format('INSERT INTO %I SELECT * FROM backup.%I', t, t);
            END LOOP;
         END $$"
    );
    run(options, [put_back]).await
}

async fn run(
    options: &PgConnectOptions,
    all: impl IntoIterator<Item = String>,
) -> Result<(), sqlx::Error> {
    let mut connection: PgConnection = options.connect().await?;
    for sql in all {
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await?;
    }
    connection.close().await
}
