//! The web desk over real HTTP: coming in once, forms of its own alone, the clerk's round by forms.

use reqwest::header::{COOKIE, HeaderMap, LOCATION, RETRY_AFTER, SET_COOKIE};
use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};

use super::roster::{two_towns, two_towns_with_a_gap};
use super::{House, Settings, bind};
use crate::botapi::Person;

/// A browser with nothing but a cookie, which follows every answer on.
pub struct Browser {
    client: Client,
    home: String,
    cookie: String,
}

/// A page as it came.
pub struct Page {
    pub status: StatusCode,
    headers: HeaderMap,
    path: String,
    pub html: String,
}

impl Browser {
    pub async fn at(house: &House) -> Self {
        let line = house.running.expect_line("listening on http://").await;
        let home = line.trim_start_matches("listening on ").trim().to_owned();
        let client = Client::builder().redirect(Policy::none()).build();
        Self {
            client: client.expect("a client"),
            home,
            cookie: String::new(),
        }
    }

    /// Logged in by the link printed at the start.
    pub async fn logged_in(house: &House) -> Self {
        let mut browser = Self::at(house).await;
        let page = browser.get(&login_path(house).await).await;
        assert_eq!((page.status, page.path.as_str()), (StatusCode::OK, "/"));
        browser
    }

    pub async fn get(&mut self, path: &str) -> Page {
        let asked = self.client.get(format!("{}{path}", self.home));
        self.followed(asked, path).await
    }

    /// Logged in by the link the chat sends.
    pub async fn by_the_chat(house: &House, clerk: &Person) -> Self {
        clerk.says("/desk");
        let sent = clerk.expect_saying("/login/").await;
        let mut browser = Self::at(house).await;
        let page = browser.get(&path_of(&sent)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        browser
    }

    /// The program listens elsewhere since its last start.
    fn moves_to(&mut self, house: &House) {
        let said = house.running.said().text();
        let mut lines = said.lines().rev();
        let line = lines.find_map(|line| line.strip_prefix("listening on "));
        line.expect("it listens").trim().clone_into(&mut self.home);
    }

    /// The kind and the bytes of what lies there.
    pub async fn fetches(&mut self, path: &str) -> (String, Vec<u8>) {
        let asked = self.client.get(format!("{}{path}", self.home));
        let answer = self.sends(asked).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let kind = answer.headers()["content-type"].to_str().expect("plain");
        let kind = kind.to_owned();
        (kind, answer.bytes().await.expect("a body").to_vec())
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let asked = self.client.post(format!("{}{path}", self.home));
        self.followed(asked.form(fields), path).await
    }

    async fn sends(&mut self, asked: reqwest::RequestBuilder) -> Response {
        let answer = asked.header(COOKIE, &self.cookie).send().await;
        let answer = answer.expect("an answer");
        if let Some(cookie) = answer.headers().get(SET_COOKIE) {
            let cookie = cookie.to_str().expect("a plain cookie");
            assert!(
                cookie.contains("HttpOnly") && cookie.contains("SameSite"),
                "{cookie}"
            );
            cookie
                .split(';')
                .next()
                .unwrap_or_default()
                .clone_into(&mut self.cookie);
        }
        answer
    }

    async fn followed(&mut self, asked: reqwest::RequestBuilder, path: &str) -> Page {
        let mut path = path.to_owned();
        let mut answer = self.sends(asked).await;
        while let Some(way) = answer.headers().get(LOCATION) {
            way.to_str().expect("a plain way").clone_into(&mut path);
            let asked = self.client.get(format!("{}{path}", self.home));
            answer = self.sends(asked).await;
        }
        Page {
            status: answer.status(),
            headers: answer.headers().clone(),
            path,
            html: answer.text().await.expect("a text"),
        }
    }

    /// What the forms of this clerk's pages carry.
    async fn token(&mut self) -> String {
        let page = self.get("/").await;
        page.value_of("token").expect("a form with a token")
    }

    /// Presses the button `label` on `page`.
    async fn presses(&mut self, page: &Page, label: &str) -> Page {
        let fields = page.form_with(label);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        self.post("/press", &fields).await
    }

    /// Asks for `path` again until it has `words`, each time the desk tells of news.
    async fn expect(&mut self, path: &str, words: &str) -> Page {
        let mut news = self.news().await;
        loop {
            let page = self.get(path).await;
            if page.html.contains(words) {
                return page;
            }
            let heard = news.chunk();
            let heard = tokio::time::timeout(std::time::Duration::from_secs(20), heard).await;
            assert!(
                heard.is_ok(),
                "“{words}” never came on {path}:\n{}",
                page.text()
            );
        }
    }

    async fn news(&mut self) -> Response {
        let asked = self.client.get(format!("{}/live", self.home));
        self.sends(asked).await
    }

    async fn uploads(&mut self, name: &str, contents: String) -> Page {
        let token = self.token().await;
        let file = Part::bytes(contents.into_bytes()).file_name(name.to_owned());
        let form = Form::new().text("token", token).part("file", file);
        let asked = self
            .client
            .post(format!("{}/rosters", self.home))
            .multipart(form);
        self.followed(asked, "/rosters").await
    }
}

impl Page {
    fn value_of(&self, name: &str) -> Option<String> {
        value_in(&self.html, name)
    }

    /// The hidden fields of the form whose button is `label`.
    fn form_with(&self, label: &str) -> Vec<(String, String)> {
        let mut forms = self.html.split("<form").skip(1);
        let form = forms.find(|form| {
            let form = form.split("</form>").next().unwrap_or_default();
            form.contains(&format!(">{label}</button>"))
        });
        let form = form.unwrap_or_else(|| panic!("no button {label}:\n{}", self.text()));
        let names = ["token", "press", "order", "of", "back"];
        let fields = names.iter().filter_map(|name| {
            let value = value_in(form.split("</form>").next()?, name)?;
            Some(((*name).to_owned(), value))
        });
        fields.collect()
    }

    /// Without its markup.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut in_tag = false;
        for c in self.html.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                c if !in_tag => text.push(c),
                _ => {}
            }
        }
        text
    }
}

fn value_in(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("name=\"{name}\" value=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("&quot;", "\"").replace("&amp;", "&"))
}

async fn login_path(house: &House) -> String {
    let line = house.running.expect_line("/login/").await;
    path_of(&line)
}

fn path_of(text: &str) -> String {
    let (_, rest) = text.split_once("/login/").expect("a login link");
    let token: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    format!("/login/{token}")
}

#[tokio::test]
async fn the_printed_link_opens_the_desk_once() {
    let house = House::open(Settings::default()).await;
    let mut stranger = Browser::at(&house).await;
    let shut = stranger.get("/").await;
    assert_eq!(shut.status, StatusCode::UNAUTHORIZED);
    assert!(shut.html.contains("/desk"), "{}", shut.text());

    let mut clerk = Browser::logged_in(&house).await;
    let page = clerk.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page
        .headers
        .get("content-security-policy")
        .expect("a policy");
    let policy = policy.to_str().expect("plain");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(!page.html.contains("style=\"") && !page.html.contains("<style"));

    let second = stranger.get(&login_path(&house).await).await;
    assert_eq!(second.status, StatusCode::GONE);
    assert!(
        second.html.contains("/desk"),
        "what to do: {}",
        second.text()
    );
    assert_eq!(stranger.get("/").await.status, StatusCode::UNAUTHORIZED);
    house.closes().await;
}

#[tokio::test]
async fn a_form_that_is_not_the_desks_changes_nothing() {
    let house = House::open(Settings::default()).await;
    let mut clerk = Browser::logged_in(&house).await;
    let order = [("order", "check_all"), ("of", ""), ("back", "/checks")];
    let refused = clerk.post("/order", &order).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    let mut other = Browser::at(&house).await;
    let token = clerk.token().await;
    let stolen = [("token", token.as_str()), order[0], order[1], order[2]];
    let refused = other.post("/order", &stolen).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    let done = clerk.post("/order", &stolen).await;
    assert_eq!(
        done.status,
        StatusCode::OK,
        "with both it is: {}",
        done.text()
    );
    house.closes().await;
}

#[tokio::test]
async fn who_guesses_links_has_to_wait() {
    let house = House::open(Settings::default()).await;
    let mut guesser = Browser::at(&house).await;
    for _ in 0..10 {
        let page = guesser.get("/login/AAAAAAAAAAAAAAAAAAAAAA").await;
        assert_eq!(page.status, StatusCode::GONE);
    }
    let page = guesser.get(&login_path(&house).await).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.headers.contains_key(RETRY_AFTER));
    house.closes().await;
}

#[tokio::test]
async fn a_clerk_comes_in_by_the_link_of_the_chat_and_goes_out_everywhere() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    clerk.says("/desk");
    let sent = clerk.expect_saying("/login/").await;
    let mut office = Browser::at(&house).await;
    let page = office.get(&path_of(&sent)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let journal = office.get("/journal").await;
    assert!(journal.html.contains("登录值班台"), "{}", journal.text());

    let mut copy = Browser::at(&house).await;
    copy.cookie.clone_from(&office.cookie);
    let token = office.token().await;
    office.post("/logout", &[("token", &token)]).await;
    assert_eq!(copy.get("/").await.status, StatusCode::UNAUTHORIZED);
    house.closes().await;
}

#[tokio::test]
async fn the_clerks_round_is_done_by_forms() {
    let settings = Settings {
        window: "3s",
        ..Settings::default()
    };
    let mut house = House::open(settings).await;
    let mut desk = Browser::logged_in(&house).await;
    let token = desk.token().await;
    desk.post("/name", &[("token", &token), ("name", "周文员")])
        .await;

    let sent = desk
        .uploads("国庆值班表.csv", two_towns_with_a_gap().csv(&house.plan))
        .await;
    let read = desk.expect(&sent.path, "有空档也启用").await;
    assert!(read.html.contains("东河乡"), "{}", read.text());
    let used = desk.presses(&read, "有空档也启用").await;
    assert!(used.text().contains("第 1 版已启用"), "{}", used.text());

    let mut officers = Vec::new();
    for (name, phone) in two_towns().people() {
        let officer = house.person(name, &format!("86{phone}"));
        bind(&officer).await;
        officers.push(officer);
    }
    let checks = desk.get("/checks").await;
    let fields = checks.form_with("抽查全部");
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let started = desk.post("/order", &fields).await;
    assert!(
        started.text().contains("第 1 轮抽查已发出"),
        "{}",
        started.text()
    );
    officers[0].expect_button("在岗").await;
    officers[0].presses("在岗");

    let board = desk.expect("/", ">没答<").await;
    assert!(
        board.text().contains("没有收到回答，待核实"),
        "{}",
        board.text()
    );
    assert!(!board.html.contains("脱岗") && !board.html.contains("13800000002"));
    assert!(
        board.html.find("许刚") < board.html.find("王建国"),
        "silence on top"
    );

    let sheet = desk.presses(&board, "核实").await;
    let asked = desk.presses(&sheet, "定为：脱岗").await;
    let reason = [
        ("token", token.as_str()),
        ("text", "值班电话没人接，派人看了不在"),
        ("back", "/"),
    ];
    assert!(asked.html.contains("name=\"text\""), "{}", asked.text());
    let ruled = desk.post("/say", &reason).await;
    assert!(ruled.text().contains("周文员"), "signed: {}", ruled.text());
    let journal = desk.get("/journal").await;
    assert!(journal.html.contains("核实结论"), "{}", journal.text());
    let metrics = desk.get("/metrics").await;
    assert!(
        metrics
            .html
            .contains("zaigang_checks{outcome=\"no_answer\"} 1"),
        "{}",
        metrics.html
    );
    assert!(
        metrics
            .html
            .contains("zaigang_checks{outcome=\"present\"} 1"),
        "{}",
        metrics.html
    );
    house.closes().await;
}

#[tokio::test]
async fn an_open_stream_does_not_hold_the_program_up() {
    let house = House::open(Settings::default()).await;
    let mut clerk = Browser::logged_in(&house).await;
    let mut news = clerk.news().await;
    assert_eq!(news.status(), StatusCode::OK);
    let token = clerk.token().await;
    clerk
        .post("/name", &[("token", &token), ("name", "周文员")])
        .await;
    let told = news.chunk().await.expect("a stream").expect("an event");
    assert!(told.starts_with(b"event: changed"), "{told:?}");
    house.closes().await;
}

#[tokio::test]
async fn the_desk_goes_on_where_it_was_after_a_restart() {
    let (mut house, clerk) = House::with_clerk(Settings::default()).await;
    let mut desk = Browser::by_the_chat(&house, &clerk).await;
    let token = desk.token().await;
    clerk.says("/desk");
    let unused = clerk
        .expect("a second link", |view| {
            let links = view.bots().filter(|seen| seen.text.contains("/login/"));
            let links: Vec<String> = links.map(|seen| path_of(&seen.text)).collect();
            links.get(1).cloned()
        })
        .await;
    house.killed().await;
    house.restarted().await;

    desk.moves_to(&house);
    let page = desk.get("/").await;
    assert_eq!(page.status, StatusCode::OK, "who is in stays in");
    let order = [("order", "who"), ("of", ""), ("back", "/people")];
    let foreign = desk.post("/order", &order).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let signed = [("token", token.as_str()), order[0], order[1], order[2]];
    let done = desk.post("/order", &signed).await;
    assert_eq!(
        done.status,
        StatusCode::OK,
        "a form from before still counts"
    );
    let mut news = desk.news().await;
    clerk.says("/lang zh");
    let told = news.chunk().await.expect("a stream").expect("an event");
    assert!(told.starts_with(b"event: changed"), "{told:?}");

    let mut other = Browser::at(&house).await;
    other.moves_to(&house);
    assert_eq!(other.get(&unused).await.status, StatusCode::OK);
    for _ in 0..10 {
        let again = other.get(&unused).await;
        assert_eq!(again.status, StatusCode::GONE, "it opens once");
    }
    let limited = other.get(&unused).await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    house.closes().await;
}

#[tokio::test]
async fn the_other_language_is_the_same_page() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    let mut desk = Browser::by_the_chat(&house, &clerk).await;
    let page = desk.get("/journal?before=3").await;
    let (_, way) = page.html.split_once("href=\"/lang/en?").expect("a way");
    let (way, _) = way.split_once('"').expect("an end");
    let answer = desk.client.get(format!("{}/lang/en?{way}", desk.home));
    let answer = answer.send().await.expect("an answer");
    assert_eq!(answer.headers()[LOCATION], "/journal?before=3");
    let foreign = desk
        .client
        .get(format!("{}/lang/en?back=//x.example", desk.home));
    let foreign = foreign.send().await.expect("an answer");
    assert_eq!(foreign.headers()[LOCATION], "/");
    house.closes().await;
}
