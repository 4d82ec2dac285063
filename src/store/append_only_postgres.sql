-- PostgreSQL's own words; the migrations keep to what SQLite understands too. All of it is one
-- transaction, and several processes may start at once.
SELECT pg_advisory_xact_lock('journal'::regclass::oid::int, 1);
DO $do$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger
        WHERE tgrelid = 'journal'::regclass AND tgname = 'journal_is_only_added_to') THEN
        CREATE OR REPLACE FUNCTION journal_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS
        $body$ BEGIN RAISE EXCEPTION 'the journal is only ever added to'; END $body$;
        CREATE TRIGGER journal_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
            FOR EACH STATEMENT EXECUTE FUNCTION journal_is_only_added_to();
    END IF;
END
$do$;
