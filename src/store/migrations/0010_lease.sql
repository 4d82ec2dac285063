-- Who leads, where several processes share one database: each new leader has the next epoch, and
-- what an earlier one still wants to keep is refused. The beat is counted on while it lives.
CREATE TABLE lease (
    only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
    epoch    BIGINT NOT NULL,
    beat     BIGINT NOT NULL
);
