-- A stranger's word beside what was kept before.

INSERT INTO inbox (update_id, sha256, raw, received_at, stranger) VALUES
    (880099, X'0000000000000000000000000000000000000000000000000000000000000099', '{"update_id":880099,"message":{"message_id":9,"from":{"id":9001,"first_name":"路人"},"chat":{"id":9001,"type":"private"},"date":1790000000,"text":"有人吗"}}', 1790000000000, 1);
