use crate::roster::Code;

const DAY_AND_NIGHT: &str = "\
date,time,duty officer
2026-10-03,08:30-20:30,John Smith
2026-10-03,20:30-next day 08:30,Mary Jones
2026-10-04,08:30-20:30,Peter Brown";

const WITH_LEADER: &str = "\
date,duty leader,duty officer
2026-10-03,Alan Clark,John Smith
2026-10-04,Ruth Evans,Mary Jones";

const WITH_PHONES: &str = "\
date,duty officer,phone
2026-10-03,John Smith,13800000001
2026-10-04,Mary Jones,13800000002";

const UNITS: &str = "\
units.csv:
unit,min_staff,duty_line
Stonebridge,1,0000-5550301

unit,date,duty officer
Stonebridge,2026-10-03,John Smith";

/// See [`super::examples`].
#[expect(clippy::too_many_lines, reason = "every rule once, in order")]
pub(super) fn examples(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::G001 => (
            "date,time,duty officer\n2026-10-03,08:30-20:30,John Smith\n2026-10-04,08:30-20:30,Peter Brown",
            DAY_AND_NIGHT,
        ),
        Code::G002 => (
            "date,duty leader,duty officer\n2026-10-03,Alan Clark,John Smith\n2026-10-04,,Mary Jones",
            WITH_LEADER,
        ),
        Code::G003 => (
            "date,time,duty officer\n2026-10-03,08:00-20:00,John Smith\n2026-10-03,20:10-next day 08:00,Mary Jones",
            "date,time,duty officer\n2026-10-03,08:00-20:00,John Smith\n2026-10-03,20:00-next day 08:00,Mary Jones",
        ),
        Code::G004 => (
            "date,time,duty officer\n2026-10-01,08:00-next day 08:00,John Smith",
            "date,time,duty officer\n2026-09-30,08:00-next day 08:00,Ann White\n2026-10-01,08:00-next day 08:00,John Smith",
        ),
        Code::G005 => (
            "need.csv:\nunit,role,required\nStonebridge,duty officer,2\n\nunit,date,duty officer\nStonebridge,2026-10-03,John Smith",
            "need.csv:\nunit,role,required\nStonebridge,duty officer,2\n\nunit,date,duty officer\nStonebridge,2026-10-03,John Smith/Mary Jones",
        ),
        Code::G006 => (
            "units.csv:\nunit\nStonebridge\nGreat Bay\n\nunit,date,duty officer\nStonebridge,2026-10-03,John Smith",
            "units.csv:\nunit\nStonebridge\nGreat Bay\n\nunit,date,duty officer\nStonebridge,2026-10-03,John Smith\nGreat Bay,2026-10-03,Mary Jones",
        ),
        Code::C101 => (
            "unit,date,time,duty officer,phone\nStonebridge,2026-10-03,08:00-20:00,John Smith,13800000001\nWillow River,2026-10-03,08:00-20:00,John Smith,13800000001",
            "unit,date,time,duty officer,phone\nStonebridge,2026-10-03,08:00-20:00,John Smith,13800000001\nWillow River,2026-10-03,08:00-20:00,Mary Jones,13800000002",
        ),
        Code::C102 => (
            "date,duty officer\n2026-10-05,Paul Green\n2026-10-05,Peter Brown",
            "date,duty officer\n2026-10-05,Paul Green/Peter Brown",
        ),
        Code::C103 => (
            "date,duty officer\n2026-10-04,Jane Moore\n2026-10-04,Jane Moore",
            "date,duty officer\n2026-10-04,Jane Moore\n2026-10-05,Paul Green",
        ),
        Code::C104 => (
            "date,time,duty officer\n2026-10-02,08:00-20:00,Alan Clark\n2026-10-02,20:00-next day 08:00,Alan Clark\n2026-10-03,08:00-20:00,Alan Clark",
            "date,time,duty officer\n2026-10-02,08:00-20:00,Alan Clark\n2026-10-02,20:00-next day 08:00,Ruth Evans\n2026-10-03,08:00-20:00,Alan Clark",
        ),
        Code::C105 => (
            "date,duty leader,duty officer\n2026-10-03,Alan Clark,Alan Clark",
            WITH_LEADER,
        ),
        Code::C106 => (
            "date,time,duty officer\n2026-10-02,20:00-next day 08:00,John Smith\n2026-10-03,14:00-20:00,John Smith",
            "date,time,duty officer\n2026-10-02,20:00-next day 08:00,John Smith\n2026-10-03,20:00-next day 08:00,John Smith",
        ),
        Code::C107 => (
            "need.csv:\nunit,role,required\nStonebridge,duty officer,1\n\nunit,date,duty officer\nStonebridge,2026-10-03,John Smith/Mary Jones",
            "need.csv:\nunit,role,required\nStonebridge,duty officer,1\n\nunit,date,duty officer\nStonebridge,2026-10-03,John Smith",
        ),
        Code::P201 => (
            "date,duty officer,phone\n2026-10-03,John Smith,1380000070",
            WITH_PHONES,
        ),
        Code::P202 => (
            "date,duty officer,phone\n2026-10-03,John Smith,13800000001\n2026-10-04,Mary Jones,13800000001",
            WITH_PHONES,
        ),
        Code::P203 => (
            "date,duty officer,phone\n2026-10-03,John Smith,13800000001\n2026-10-05,John Smith,13800000009",
            "date,duty officer,phone\n2026-10-03,John Smith,13800000001\n2026-10-05,John Smith,13800000001",
        ),
        Code::P204 => (
            "units.csv:\nunit,min_staff,duty_line\nStonebridge,1,\n\nunit,date,duty officer\nStonebridge,2026-10-03,John Smith",
            UNITS,
        ),
        Code::P205 => (
            "date,duty officer\n2026-10-03,TBD\n2026-10-04,John Smith",
            "date,duty officer\n2026-10-03,Mary Jones\n2026-10-04,John Smith",
        ),
        Code::F301 => ("roster.csv: GB18030", "roster.csv: UTF-8"),
        Code::F302 => (
            "date,phone nubmer,duty officer\n2026-10-03,13800000001,John Smith",
            "date,phone number,duty officer\n2026-10-03,13800000001,John Smith",
        ),
        Code::F303 => (
            "date,duty officer\n2026-09-31,John Smith",
            "date,duty officer\n2026-10-01,John Smith",
        ),
        Code::F304 => (
            "start,end,duty officer\n2026-10-02 08:00,2026-10-01 08:00,John Smith",
            "start,end,duty officer\n2026-10-02 08:00,2026-10-03 08:00,John Smith",
        ),
        Code::F305 => (
            "date,time,duty leader,duty officer\n2026-10-03,08:00-20:00,Alan Clark,John Smith\n,20:00-next day 08:00,,Mary Jones\n2026-10-04,08:00-20:00,Ruth Evans,Peter Brown\n,20:00-next day 08:00,,Paul Green",
            "date,time,duty leader,duty officer\n2026-10-03,08:00-20:00,Alan Clark,John Smith\n2026-10-03,20:00-next day 08:00,Alan Clark,Mary Jones\n2026-10-04,08:00-20:00,Ruth Evans,Peter Brown\n2026-10-04,20:00-next day 08:00,Ruth Evans,Paul Green",
        ),
        Code::F306 => (
            "date,duty officer,phone\n2026-10-03,John Smith,1.38E+10",
            WITH_PHONES,
        ),
        Code::F307 => (
            "units.csv:\nunit\nStonebridge\n\nunit,date,duty officer\nStonebrige,2026-10-03,John Smith",
            "units.csv:\nunit\nStonebridge\n\nunit,date,duty officer\nStonebridge,2026-10-03,John Smith",
        ),
        Code::F308 => (
            "date,duty officer\n2026-10-03,John Smith",
            "date,time,duty officer\n2026-10-03,08:00-next day 08:00,John Smith",
        ),
        Code::F309 => (
            "date,duty officer,XQ7\n2026-10-03,John Smith,ok",
            "date,duty officer,remark\n2026-10-03,John Smith,ok",
        ),
        Code::F310 => (
            "date,time,duty officer\n2026-10-03,08:00-25:00,John Smith",
            "date,time,duty officer\n2026-10-03,08:00-next day 01:00,John Smith",
        ),
        Code::F311 => ("roster.csv: 0 B", WITH_LEADER),
        Code::F312 => ("roster.csv: \\x89PNG…", WITH_LEADER),
        Code::F313 => ("roster.csv: 6 MB, 60,000", "roster.csv: 5 MB, 50,000"),
        Code::F314 => ("roster.csv: \\xff\\xff\\xfe…", WITH_LEADER),
        Code::F315 => (
            "date,duty officer\n2026-10-03,\"John Smith\n2026-10-04,Mary Jones",
            "date,duty officer\n2026-10-03,John Smith\n2026-10-04,Mary Jones",
        ),
        Code::F316 => ("roster.csv: \\0\\0\\0\\0…", WITH_LEADER),
        Code::F317 => ("duty officer,phone\nJohn Smith,13800000001", WITH_PHONES),
        Code::F318 => (
            "date,duty officer\n2026-10-32,John Smith\n2026-10-33,Mary Jones",
            WITH_LEADER,
        ),
        Code::F319 => (
            "date,shift,duty officer\n2026-10-03,XQ,John Smith",
            "date,time,duty officer\n2026-10-03,20:00-next day 08:00,John Smith",
        ),
        Code::F320 => (
            "date,duty officer\n3 Oct,John Smith",
            "date,duty officer\n3 Oct 2026,John Smith",
        ),
        Code::F321 => (
            "date,duty officer\n2026-10-01,Alan Clark,Mary Jones",
            "date,duty leader,duty officer\n2026-10-01,Alan Clark,Mary Jones",
        ),
        Code::F322 => (
            "date,start,end,duty officer\n2026-10-04,06:00,06:00,Peter Brown",
            "date,start,end,duty officer\n2026-10-04,06:00,next day 06:00,Peter Brown",
        ),
        Code::F323 => (
            "start,end,duty officer\n2026-10-06 08:00,2026-10-16 08:00,Alan Clark",
            "start,end,duty officer\n2026-10-06 08:00,2026-10-07 08:00,Alan Clark",
        ),
        Code::F324 => (
            "date,duty officer\n03/10,John Smith",
            "date,duty officer\n2026-10-03,John Smith",
        ),
        Code::F325 => (
            "roster.xlsx: October, September",
            "roster.xlsx: October\nseptember.xlsx: September",
        ),
        Code::F326 => (
            "date,senior,duty officer\n2026-10-01,Ann Lee,John Smith",
            "date,duty leader,duty officer\n2026-10-01,Ann Lee,John Smith",
        ),
        Code::F327 => (
            "roster.xlsx: row 3 (2026-10-02,Mary Jones) is hidden",
            "roster.xlsx: row 3 is deleted, or shown again",
        ),
        Code::H401 => (
            "date,duty officer\n2026-10-07,John Smith\n2026-11-08,Mary Jones",
            "date,duty officer\n2026-10-06,John Smith\n2026-10-07,Mary Jones",
        ),
        Code::H402 => (
            "zaigang check 2031.csv",
            "zaigang check 2031.csv --from 2031-10-01T00:00 --to 2031-10-08T00:00",
        ),
        Code::H403 => (
            "date,weekday,duty officer\n2026-10-02,Thursday,John Smith",
            "date,weekday,duty officer\n2026-10-02,Friday,John Smith",
        ),
        Code::R501 => (
            "John Smith 13800000001 → ?",
            "John Smith 13800000001 → /start",
        ),
        Code::R502 => ("John Smith 13800000001 → 403", "John Smith 13800000001 → ✓"),
        Code::X901 => (
            "zaigang.toml:\n[lint]\nignore = [\"C102\"]\n\ndate,duty officer\n2026-10-05,Paul Green",
            "zaigang.toml:\n[lint]\nignore = []\n\ndate,duty officer\n2026-10-05,Paul Green",
        ),
        Code::X902 => (
            "date,duty officer,remark\n2026-10-05,Paul Green,\n2026-10-05,Peter Brown,ignore C102",
            "date,duty officer,remark\n2026-10-05,Paul Green,\n2026-10-05,Peter Brown,ignore C102: two are meant to be on",
        ),
    }
}
