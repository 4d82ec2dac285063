-- Portable between SQLite and PostgreSQL: BIGINT for numbers and for moments (epoch
-- milliseconds), TEXT for JSON, BYTEA for bytes (SQLite keeps bytes as bytes under any name).
-- A column of its own only for what SQL must find; the rest is versioned JSON: {"v":1,"state":…}.

CREATE TABLE account (id BIGINT PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE upload  (id BIGINT PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE roster  (id BIGINT PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE version (id BIGINT PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE round   (id BIGINT PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE check_  (id BIGINT PRIMARY KEY, state TEXT NOT NULL);

-- What there is one of: bot, hearing, cursor, key.
CREATE TABLE fact (name TEXT PRIMARY KEY, state TEXT NOT NULL);

-- The files themselves, as they were sent.
CREATE TABLE upload_bytes (
    upload BIGINT PRIMARY KEY REFERENCES upload (id),
    sha256 BYTEA  NOT NULL,
    bytes  BYTEA  NOT NULL
);

-- Updates to the letter. Ids may restart lower after a quiet week, so an id alone is no name.
CREATE TABLE inbox (
    update_id   BIGINT NOT NULL,
    sha256      BYTEA  NOT NULL,
    raw         TEXT   NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (update_id, sha256)
);

-- Rows are never deleted: an id stays the name of one message for ever.
CREATE TABLE notice (
    id            BIGINT PRIMARY KEY,
    state         TEXT   NOT NULL
        CHECK (state IN ('queued', 'sent', 'dead', 'withdrawn', 'replaced')),
    chat          BIGINT NOT NULL,
    urgency       BIGINT NOT NULL,
    slot          TEXT,
    notice        TEXT   NOT NULL,
    queued_at     BIGINT NOT NULL,
    not_before    BIGINT NOT NULL,
    tries         BIGINT NOT NULL,
    unknown_tries BIGINT NOT NULL,
    settled_at    BIGINT,
    message       BIGINT,
    why           TEXT
);
CREATE INDEX notice_in_order ON notice (urgency, id) WHERE state = 'queued';
CREATE INDEX notice_of_chat ON notice (chat, urgency, id) WHERE state = 'queued';
CREATE INDEX notice_of_slot ON notice (slot, chat, id) WHERE state = 'queued';

-- The message on the phone that stands for a slot.
CREATE TABLE slot_message (
    slot    TEXT   NOT NULL,
    chat    BIGINT NOT NULL,
    message BIGINT NOT NULL,
    PRIMARY KEY (slot, chat)
);

-- Each line's link is made of the link before and its own entry.
CREATE TABLE journal (
    number BIGINT PRIMARY KEY,
    at     BIGINT NOT NULL,
    entry  TEXT   NOT NULL,
    link   BYTEA  NOT NULL
);

-- Kept apart from the lines, so that a tail cut off them shows.
CREATE TABLE journal_head (
    only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
    number   BIGINT NOT NULL,
    link     BYTEA  NOT NULL
);
