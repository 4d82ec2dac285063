-- What nobody known has said is evidence of nothing: of those updates only the newest are kept.
ALTER TABLE inbox ADD COLUMN stranger BIGINT NOT NULL DEFAULT 0;
CREATE INDEX inbox_of_strangers ON inbox (received_at) WHERE stranger = 1;
