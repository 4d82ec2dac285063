//! What `demo` says between the scenes.

use super::Lang;

/// Where the story stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scene {
    Opening {
        roster: String,
        seed: u64,
    },
    /// The clerk takes the place and sends the roster.
    Roster,
    /// People bind their accounts.
    Binding {
        people: usize,
        left_out: usize,
    },
    /// A round of checks, at this local time.
    Round {
        at: String,
    },
    /// Who will do what; the program does not know it.
    Casting {
        late: Option<String>,
        silent: Option<String>,
        blocked: Option<String>,
    },
    MoreLikeThis {
        people: usize,
    },
    NothingRead,
    NobodyOnDuty,
    Closing {
        seed: u64,
    },
    /// The desk is open: its one-time login link, and somebody's own page to answer on.
    Open {
        desk: String,
        page: Option<(String, String)>,
    },
}

#[must_use]
pub fn scene(scene: &Scene, lang: Lang) -> String {
    match (scene, lang) {
        (Scene::Opening { roster, seed }, Lang::Zh) => format!(
            "演示：{roster}，种子 {seed}。人是虚构的，时间是模拟的；读表、判断、抽查、存盘都是真的。"
        ),
        (Scene::Opening { roster, seed }, Lang::En) => format!(
            "Demo: {roster}, seed {seed}. The people are invented and the time is simulated; \
             reading, judging, checking and storing are real."
        ),
        (Scene::Roster, Lang::Zh) => "一、办公室发来值班表".to_owned(),
        (Scene::Roster, Lang::En) => "1. The office sends its roster".to_owned(),
        (Scene::Binding { people, left_out }, Lang::Zh) => {
            format!("二、{people} 人绑定手机，{left_out} 人没有绑定")
        }
        (Scene::Binding { people, left_out }, Lang::En) => {
            format!("2. Phones bound: {people}; not bound: {left_out}")
        }
        (Scene::Round { at }, Lang::Zh) => format!("三、{at}，抽查此刻在班的人"),
        (Scene::Round { at }, Lang::En) => format!("3. {at}: a check of everybody on duty"),
        (
            Scene::Casting {
                late,
                silent,
                blocked,
            },
            lang,
        ) => casting(late.as_deref(), silent.as_deref(), blocked.as_deref(), lang),
        (Scene::MoreLikeThis { people }, Lang::Zh) => format!("（另有 {people} 人照此）"),
        (Scene::MoreLikeThis { people }, Lang::En) => format!("({people} more likewise)"),
        (Scene::NothingRead, Lang::Zh) => "这份表一个班也没读出来，故事讲不下去。".to_owned(),
        (Scene::NothingRead, Lang::En) => {
            "Not one shift could be read from this roster, so there is no story.".to_owned()
        }
        (Scene::NobodyOnDuty, Lang::Zh) => "这份表里没有可抽查的人。".to_owned(),
        (Scene::NobodyOnDuty, Lang::En) => "This roster has nobody to check.".to_owned(),
        (Scene::Closing { seed }, Lang::Zh) => format!(
            "完。换一个种子换一个故事：zaigang demo --seed {}；换一份表：zaigang demo 你的表.csv",
            seed.wrapping_add(1)
        ),
        (Scene::Closing { seed }, Lang::En) => format!(
            "The end. Another seed tells another story: zaigang demo --seed {}; \
             another roster too: zaigang demo YOURS.csv",
            seed.wrapping_add(1)
        ),
        (Scene::Open { desk, page }, Lang::Zh) => {
            let page = page.as_ref().map_or_else(String::new, |(who, page)| {
                format!("\n抽查刚刚发出，两分钟内回答。您可以扮演 {who}，在手机或另一个窗口打开：\n  {page}")
            });
            format!("值班台开着，在浏览器里打开（只能用一次）：\n  {desk}{page}\n按 Ctrl-C 结束。")
        }
        (Scene::Open { desk, page }, Lang::En) => {
            let page = page.as_ref().map_or_else(String::new, |(who, page)| {
                format!(
                    "\nA check has just gone out, with two minutes to answer. You may play {who}: \
                     open this on a phone or in another window:\n  {page}"
                )
            });
            format!(
                "The desk is open; open it in a browser (the link works once):\n  {desk}{page}\n\
                 Ctrl-C ends it."
            )
        }
    }
}

fn casting(late: Option<&str>, silent: Option<&str>, blocked: Option<&str>, lang: Lang) -> String {
    let parts: Vec<String> = [
        late.map(|who| match lang {
            Lang::Zh => format!("{who} 会答晚"),
            Lang::En => format!("{who} will be late"),
        }),
        silent.map(|who| match lang {
            Lang::Zh => format!("{who} 不答"),
            Lang::En => format!("{who} will not answer"),
        }),
        blocked.map(|who| match lang {
            Lang::Zh => format!("{who} 停用了机器人"),
            Lang::En => format!("{who} has stopped the bot"),
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    match lang {
        Lang::Zh => format!("（程序不知道的：{}）", parts.join("，")),
        Lang::En => format!("(What the program does not know: {})", parts.join(", ")),
    }
}

/// What the button that puts a roster in force has in its label.
#[must_use]
pub fn use_label(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "启用",
        Lang::En => "Use",
    }
}

/// The clerk of the story.
#[must_use]
pub fn clerk(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "县政府办",
        Lang::En => "County office",
    }
}
