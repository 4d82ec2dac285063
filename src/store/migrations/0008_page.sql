-- Whose own page was opened, and how many of their links were taken back.
CREATE TABLE page (id BIGINT PRIMARY KEY, state TEXT NOT NULL);
