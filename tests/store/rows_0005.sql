-- A leave in force, and a swap whose partner was asked.

INSERT INTO leave (id, state) VALUES
    (1, '{"v":1,"state":{"id":1,"kind":"leave","by":2001,"asker":"oneself","at":"2026-09-30T01:00:00Z","unit":"青山镇","person":{"name":"张三","phone":"13800000001"},"amendment":{"turn":{"unit":"青山镇","post":"值班人员","span":{"start":"2026-10-02T00:00:00Z","end":"2026-10-03T00:00:00Z"},"person":{"name":"张三","phone":"13800000001"}},"span":{"start":"2026-10-02T00:00:00Z","end":"2026-10-03T00:00:00Z"},"stand_in":{"name":"李四","phone":null},"in_return":null},"reason":{"other":"搬家"},"offered":[],"declined":[{"name":"王五","phone":null}],"agreed":{"by":2002,"at":"2026-09-30T01:05:00Z"},"state":{"ended":{"approved":{"consent":{"by":1001,"at":"2026-09-30T01:06:00Z"}}}}}}'),
    (2, '{"v":1,"state":{"id":2,"kind":"swap","by":2001,"asker":"oneself","at":"2026-10-01T01:00:00Z","unit":"青山镇","person":{"name":"张三","phone":"13800000001"},"amendment":null,"reason":null,"offered":[{"turn":[{"unit":"青山镇","post":"值班人员","span":{"start":"2026-10-04T00:00:00Z","end":"2026-10-05T00:00:00Z"},"person":{"name":"张三","phone":null}},{"start":"2026-10-04T00:00:00Z","end":"2026-10-05T00:00:00Z"}]}],"declined":[],"agreed":null,"state":"choosing_turn"}}');

INSERT INTO contact (id, state) VALUES
    (2001, '{"v":1,"state":{"account":2001,"tested":"2026-09-30T02:00:00Z","answered":null,"gone":"blocked"}}');

INSERT INTO daily_report (id, state) VALUES
    (1, '{"v":1,"state":{"id":1,"unit":"青山镇","day":"2026-10-01","asked":[2001],"quiet":null,"matters":[{"heading":"petition","words":"来访 1 批","told":{"by":2001,"at":"2026-10-01T06:30:00Z"}}],"writing":[2001,"safety"]}}');

INSERT INTO fact (name, state) VALUES
    ('daily_mark', '{"v":1,"state":"2026-10-02T00:00:00Z"}');
