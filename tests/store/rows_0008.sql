-- A page that is used, and one whose first link was taken back.

INSERT INTO page (id, state) VALUES
    (1, '{"v":1,"state":{"id":1,"unit":"青山镇","name":"张三","taken_back":0,"opened":"2026-09-30T03:00:00Z"}}'),
    (2, '{"v":1,"state":{"id":2,"unit":"青山镇","name":"李四","taken_back":1,"opened":null}}');
