-- A small deployment as the program of this migration's day wrote it: one clerk, one bound
-- officer, a roster in force, a check that waits. Frozen: later programs must read it.

INSERT INTO account (id, state) VALUES
    (1001, '{"v":1,"state":{"id":1001,"name":"文员","lang":"zh","clerk_since":"2026-09-28T01:00:00Z","bound":null,"told_at":null}}'),
    (2001, '{"v":1,"state":{"id":2001,"name":"Zhang","lang":null,"clerk_since":null,"bound":{"unit":"青山镇","name":"张三","phone":"13800000001","at":"2026-09-29T02:00:00Z"},"told_at":null}}'),
    (3001, '{"v":1,"state":{"id":3001,"name":"<b>","lang":null,"clerk_since":null,"bound":null,"told_at":"2026-10-02T05:00:00.250Z"}}');

INSERT INTO upload (id, state) VALUES
    (1, '{"v":1,"state":{"id":1,"by":1001,"at":"2026-09-28T02:00:00Z","file":"BQACAgUAAx","file_name":"国庆值班表.csv","state":{"in_force":{"version":1}}}}'),
    (2, '{"v":1,"state":{"id":2,"by":1001,"at":"2026-10-02T05:59:00Z","file":"BQACAgUAAy","file_name":"补充.csv","state":{"fetching":{"tries":1,"next":"2026-10-02T06:05:00Z"}}}}');

INSERT INTO roster (id, state) VALUES
    (1, '{"v":1,"state":{"posts":[{"unit":"青山镇","name":"值班人员","role":"duty_officer","presence":"on_post"}],"shifts":[{"post":0,"span":{"start":"2026-10-02T00:00:00Z","end":"2026-10-03T00:00:00Z"},"people":[{"name":"张三","phone":"13800000001"}],"assumed_hours":false,"source":{"file":0,"row":2,"column":3}}],"unread":[{"post":0,"span":null,"place":{"file":0,"row":2,"column":3}}],"not_submitted":["白云乡"],"declared":[[0,[{"start":"2026-10-01T00:00:00Z","end":"2026-10-01T12:00:00Z"}]]],"duty_lines":[["青山镇","0000-1234567"]]}}');

INSERT INTO version (id, state) VALUES
    (1, '{"v":1,"state":{"number":1,"roster":1,"since":"2026-09-28T02:01:00Z","by":1001,"upload":1}}');

INSERT INTO round (id, state) VALUES
    (1, '{"v":1,"state":{"id":1,"by":1001,"at":"2026-10-02T06:00:00.500Z","order":"all","checks":[1],"summary":"pending"}}');

INSERT INTO check_ (id, state) VALUES
    (1, '{"v":1,"state":{"id":1,"round":1,"asked":{"unit":"青山镇","post":"值班人员","role":"duty_officer","presence":"on_post","shift":{"start":"2026-10-02T00:00:00Z","end":"2026-10-03T00:00:00Z"},"name":"张三","phone":"13800000001","account":2001,"version":1},"ladder":{"window_ms":300000,"reminder_ms":150000,"drain_ms":60000,"asking_patience_ms":600000},"state":{"waiting":{"delivery":{"dated":"2026-10-02T06:00:01Z","confirmed":"2026-10-02T06:00:01.300Z","queued":"2026-10-02T06:00:00.500Z"},"reminded":"not_yet","blind":null}}}}');

INSERT INTO fact (name, state) VALUES
    ('bot', '{"v":1,"state":"zaigang_test_bot"}'),
    ('cursor', '{"v":1,"state":502}'),
    ('hearing', '{"v":1,"state":{"dry_from":"2026-10-02T06:00:20.125Z"}}'),
    ('key', '{"v":1,"state":[9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9]}');

INSERT INTO upload_bytes (upload, sha256, bytes) VALUES
    (1, x'5ee6f58d66d274d831ef0f01fb72684fd537da860730f4beea0f4ddfc4768eb3', x'e58d95e4bd8d2ce5a793e5908d0ae99d92e5b1b1e995872ce5bca0e4b8890a');

INSERT INTO inbox (update_id, sha256, raw, received_at) VALUES
    (501, x'98b4e2485501bc112f859b3ebb37861fb7989c69ac8abac6632711eb47d835d0', '{"update_id":501,"message":{"message_id":3,"date":1790920800,"chat":{"id":1001,"type":"private"},"from":{"id":1001,"is_bot":false,"first_name":"文员"},"text":"/check all"}}', 1790920800500);

INSERT INTO notice (id, state, chat, urgency, slot, notice, queued_at, not_before, tries, unknown_tries, settled_at, message, why) VALUES
    (1, 'sent', 2001, 1, 'ping/1', '{"v":1,"state":{"to":2001,"lang":"zh","urgency":"ping","slot":{"ping":1},"say":{"ping":{"check":1,"name":"张三","role":"duty_officer","presence":"on_post","window_ms":300000,"deadline":null}}}}', 1790920800500, 0, 0, 0, 1790920801300, 70, NULL),
    (2, 'queued', 2001, 1, 'ping/1', '{"v":1,"state":{"to":2001,"lang":"zh","urgency":"ping","slot":{"ping":1},"say":{"ping":{"check":1,"name":"张三","role":"duty_officer","presence":"on_post","window_ms":300000,"deadline":"2026-10-02T06:05:01Z"}}}}', 1790920801300, 0, 0, 0, NULL, NULL, NULL);

INSERT INTO slot_message (slot, chat, message) VALUES
    ('ping/1', 2001, 70);

INSERT INTO journal (number, at, entry, link) VALUES
    (1, 1790557200000, '{"at":"2026-09-28T01:00:00Z","deed":{"clerk_claimed":{"account":1001}}}', x'108ba14520be90dc87c01cf7884663fe3a8a908098dea4520773658dab828576');

INSERT INTO journal_head (only_row, number, link) VALUES
    (1, 1, x'108ba14520be90dc87c01cf7884663fe3a8a908098dea4520773658dab828576');
