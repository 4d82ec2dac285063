-- A draw as the program of this migration's day wrote it: one lot held, one missed, one to come,
-- its seed still secret.

INSERT INTO draw (id, state) VALUES
    (1, '{"v":1,"state":{"id":1,"seed":"abababababababababababababababababababababababababababababababab","commitments":[{"at":"2026-09-28T02:01:00Z","version":1,"roll":"0707070707070707070707070707070707070707070707070707070707070707","terms":{"period":{"start":"2026-09-30T16:00:00Z","end":"2026-10-07T16:00:00Z"},"zone":"Asia/Shanghai","measure":{"per_unit":3,"per_shift_max":2,"nights":"at_least_one","quiet":{"from_minute":1380,"to_minute":360}}},"before":"0000000000000000000000000000000000000000000000000000000000000000","digest":"0909090909090909090909090909090909090909090909090909090909090909"}],"lots":[{"unit":"青山镇","number":1,"at":"2026-10-02T06:00:00Z","state":{"held":{"check":1,"name":"张三","shift":{"start":"2026-10-02T00:00:00Z","end":"2026-10-03T00:00:00Z"}}}},{"unit":"青山镇","number":2,"at":"2026-10-01T18:10:11Z","state":{"not_held":{"why":"missed"}}},{"unit":"青山镇","number":3,"at":"2026-10-05T07:08:09Z","state":"pending"}],"revealed":null}}');

INSERT INTO fact (name, state) VALUES
    ('head_told', '{"v":1,"state":{"lines":1,"next":"2026-10-03T00:00:00Z"}}');
