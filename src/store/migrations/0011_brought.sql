-- Updates that were brought to a process that stands by: confirmed to Telegram, and not yet heard by
-- the one that leads.
CREATE TABLE brought (
    update_id BIGINT NOT NULL,
    sha256    BYTEA  NOT NULL,
    raw       TEXT   NOT NULL,
    PRIMARY KEY (update_id, sha256)
);
