-- Requests for leave, stand-ins and swaps, each with its dialogue.
CREATE TABLE leave (id BIGINT PRIMARY KEY, state TEXT NOT NULL);

-- What is known of reaching each account.
CREATE TABLE contact (id BIGINT PRIMARY KEY, state TEXT NOT NULL);

-- One row for each unit and day; that the clock's work is done until some moment is a fact.
CREATE TABLE daily_report (id BIGINT PRIMARY KEY, state TEXT NOT NULL);
