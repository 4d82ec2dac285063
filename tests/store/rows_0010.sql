-- The third leader, some minutes in.
INSERT INTO lease (only_row, epoch, beat) VALUES (1, 3, 240);
