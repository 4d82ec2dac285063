-- Circulars on their way: drafted, units heard, approved, read.
CREATE TABLE circular (id BIGINT PRIMARY KEY, state TEXT NOT NULL);
