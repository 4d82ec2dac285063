-- The schema that the session looks in, where there is none of that name. Several processes may start
-- at once, and whoever may not make one may still use one that is there.
DO $do$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('zaigang'), hashtext(current_setting('search_path')));
    IF current_schema() IS NULL THEN
        EXECUTE format('CREATE SCHEMA %I', current_setting('search_path'));
    END IF;
END
$do$;
