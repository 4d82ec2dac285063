//! One county as it stands in the middle of a holiday: its roster in force, everybody bound, and a
//! round of checks under way.

use std::fmt::Write as _;
use std::path::Path;

use chrono::TimeDelta;
use zaigang::config::Settings;
use zaigang::decide::{AccountId, Policy};
use zaigang::engine::Keeper;
use zaigang::rehearsal::Rehearsal;
use zaigang::roster::Asked;
use zaigang::time::Moment;

pub const UNITS: usize = 120;
const DAYS: u32 = 8;
const CLERK: AccountId = AccountId(1);

pub fn policy() -> Policy {
    let settings = Settings::default().service(Path::new(""));
    settings.expect("nothing set is right").policy
}

/// Plays it at the empty database `url`; until when.
pub async fn played(url: &str, data: &Path) -> Moment {
    let begins: Moment = "2026-10-01T01:00:00Z".parse().expect("a moment");
    let asked = Asked {
        zone: policy().zone,
        ..Asked::default()
    };
    let place = (url.to_owned(), data.to_owned());
    let county = Rehearsal::begin_at(place, policy(), asked, 7, begins).await;
    let mut county = county.expect("an empty database");
    county.introduce(CLERK, "陈静");
    let claim = county.keeper().map(|keeper| keeper.world().claim_payload());
    county.says(CLERK, &format!("/start {}", claim.unwrap_or_default()));
    passes(&mut county, 5).await;
    county.sends_file(CLERK, "国庆值班表.csv", roster().into_bytes());
    passes(&mut county, 30).await;
    let _ = county.presses(CLERK, "启用");
    passes(&mut county, 60).await;
    for at in 0..UNITS * 2 {
        let account = AccountId(1_000 + i64::try_from(at).unwrap_or_default());
        county.introduce(account, &name(at));
        county.says(account, "/start");
        county.shares_contact(account, &phone(at));
    }
    passes(&mut county, 120).await;
    county.says(CLERK, "/check all");
    passes(&mut county, 20).await;
    let world = county.keeper().map(Keeper::world);
    assert!(world.is_some_and(|world| world.checks.len() >= UNITS));
    let now = county.now();
    county.crash().await;
    now
}

async fn passes(county: &mut Rehearsal, secs: i64) {
    let end = county.now() + TimeDelta::seconds(secs);
    county.pass_to(end).await.expect("the database is there");
}

/// Two officers of each unit, by turns day and night.
fn roster() -> String {
    let mut csv = String::from("单位,岗位,姓名,手机,开始时间,结束时间\r\n");
    for unit in 0..UNITS {
        for day in 1..=DAYS {
            let (one, other) = (unit * 2, unit * 2 + 1);
            for (who, from, to) in [
                (one, format!("{day:02} 08:00"), format!("{day:02} 20:00")),
                (
                    other,
                    format!("{day:02} 20:00"),
                    format!("{:02} 08:00", day + 1),
                ),
            ] {
                let _ = write!(
                    csv,
                    "第{}单位,值班员,{},{},2026-10-{from},2026-10-{to}\r\n",
                    unit + 1,
                    name(who),
                    phone(who),
                );
            }
        }
    }
    csv
}

fn name(at: usize) -> String {
    let family = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'];
    let given = [
        '建', '红', '立', '志', '海', '云', '晓', '文', '明', '春', '国', '军',
    ];
    let pick = |from: &[char], at: usize| from[at % from.len()];
    [
        pick(&family, at),
        pick(&given, at / family.len()),
        pick(&given, at / family.len() / given.len() + at),
    ]
    .iter()
    .collect()
}

fn phone(at: usize) -> String {
    format!("1380000{at:04}")
}
