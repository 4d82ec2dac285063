//! Days nobody would think of: people press and say anything, and everything goes wrong around
//! them. The laws hold all the same. `ZAIGANG_DAYS` says how many; `ZAIGANG_SEED` where to begin.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use zaigang::decide::Lang;
use zaigang::time::TimeDelta;

use super::play::played;
use super::script::{Deed, Script, Step};

const DAYS: u64 = 6;

const HEAD: &str = "A day at random.

单位,日期,开始,结束,角色,姓名,手机
东河乡,2026-10-03,08:00,20:00,值班员,许刚,13800000002
东河乡,2026-10-03,08:00,20:00,值班员,李秀英,13800000004
东河乡,2026-10-03,08:00,20:00,带班领导,张建国,13800000003
城关镇,2026-10-03,08:00,20:00,值班员,王建国,13800000001
城关镇,2026-10-03,08:00,20:00,值班员,赵敏,13800000005
县政府,2026-10-03,08:00,20:00,总带班,李明,13800000009

14:28 文书: /check all
";

const PEOPLE: [&str; 6] = ["许刚", "李秀英", "张建国", "王建国", "赵敏", "李明"];

#[test]
fn the_laws_hold_on_days_at_random() {
    let from = from_env("ZAIGANG_SEED").unwrap_or(0);
    let days = from_env("ZAIGANG_DAYS").unwrap_or(DAYS);
    for seed in from..from + days {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let script = day(seed);
        let play = || runtime.block_on(played(&script));
        match catch_unwind(AssertUnwindSafe(play)) {
            Ok(played) => println!("{}", played.told),
            Err(why) => {
                for step in &script.steps {
                    eprintln!("{} {:?}", step.at, step.deed);
                }
                eprintln!("ZAIGANG_SEED={seed} ZAIGANG_DAYS=1");
                std::panic::resume_unwind(why);
            }
        }
    }
}

/// An hour and a half of whatever `seed` says.
fn day(seed: u64) -> Script {
    let mut script = Script::parsed(HEAD.trim_end());
    let mut rng = StdRng::seed_from_u64(seed);
    if rng.random_range(0..4) == 0 {
        script.language = Lang::En;
    }
    let unbound = PEOPLE.iter().filter(|_| rng.random_range(0..6) == 0);
    script.unbound = unbound.map(|name| (*name).to_owned()).collect();
    let mut at = script.steps[0].at;
    for _ in 0..rng.random_range(15..40) {
        at += TimeDelta::seconds(rng.random_range(5..300));
        let deed = deed(&mut rng, at);
        let told = format!("{deed:?}");
        script.steps.push(Step { at, deed, told });
    }
    script
}

fn deed(rng: &mut StdRng, at: zaigang::time::Moment) -> Deed {
    let person = |rng: &mut StdRng| PEOPLE[rng.random_range(0..PEOPLE.len())].to_owned();
    let place = rng.random_range(0..1_000);
    let until = at + TimeDelta::seconds(rng.random_range(5..600));
    match rng.random_range(0..20) {
        0..=6 => Deed::PressesAny {
            who: person(rng),
            place,
        },
        7..=12 => Deed::PressesAny {
            who: "文书".to_owned(),
            place,
        },
        13 | 14 => {
            let words = [
                "在岗",
                "here",
                "去楼下取文件了",
                "0001",
                "/cancel",
                "/phone",
            ];
            Deed::Says {
                who: person(rng),
                text: words[rng.random_range(0..words.len())].to_owned(),
                held_back: TimeDelta::seconds(rng.random_range(0..2) * 400),
            }
        }
        15 => Deed::Says {
            who: "文书".to_owned(),
            text: ["/check 2", "/phone", "县里另有安排"][place % 3].to_owned(),
            held_back: TimeDelta::zero(),
        },
        16 => Deed::Unwritable { until },
        17 => Deed::Unreadable { until },
        18 => Deed::ClockSet(TimeDelta::minutes([-60, -5, 5, 60][place % 4])),
        _ => [Deed::Crash, Deed::Start][place % 2].clone(),
    }
}

fn from_env(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}
