-- A word brought to a process that stands by, which answers the check that is open.
INSERT INTO brought (update_id, sha256, raw) VALUES
    (503, X'4b12d9c8ad3ca09241ae3cff82d27a152e2b9705336fcb53eb21ec88f35c05d1', '{"update_id":503,"message":{"message_id":90,"from":{"id":2001,"is_bot":false,"first_name":"Zhang"},"chat":{"id":2001,"type":"private","first_name":"Zhang"},"date":1790920920,"text":"在岗"}}');
