-- The random draw of each period, its seed among it: secret until the period is over.
CREATE TABLE draw (id BIGINT PRIMARY KEY, state TEXT NOT NULL);
