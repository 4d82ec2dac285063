//! A clerk's browser without a script: it keeps a cookie, follows every answer on, and presses the
//! buttons of pages as forms.

use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};

use crate::botapi::Person;
use crate::process::House;

/// A browser with nothing but a cookie, which follows every answer on.
pub struct Browser {
    pub client: Client,
    pub home: String,
    pub cookie: String,
}

/// A page as it came.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub path: String,
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
    pub fn moves_to(&mut self, house: &House) {
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

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let asked = self.client.post(format!("{}{path}", self.home));
        self.followed(asked.form(fields), path).await
    }

    pub async fn sends(&mut self, asked: reqwest::RequestBuilder) -> Response {
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
    pub async fn token(&mut self) -> String {
        let page = self.get("/").await;
        page.value_of("token").expect("a form with a token")
    }

    /// Presses the button `label` on `page`.
    pub async fn presses(&mut self, page: &Page, label: &str) -> Page {
        self.sends_form(page, label, "/press").await
    }

    /// Gives the order that the button `label` on `page` stands for.
    pub async fn orders(&mut self, page: &Page, label: &str) -> Page {
        self.sends_form(page, label, "/order").await
    }

    async fn sends_form(&mut self, page: &Page, label: &str, path: &str) -> Page {
        let fields = page.form_with(label);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        self.post(path, &fields).await
    }

    /// Asks for `path` again until it has `words`, each time the desk tells of news.
    pub async fn expect(&mut self, path: &str, words: &str) -> Page {
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

    pub async fn news(&mut self) -> Response {
        self.news_of("/live").await
    }

    /// The stream of one page.
    pub async fn news_of(&mut self, stream: &str) -> Response {
        let asked = self.client.get(format!("{}{stream}", self.home));
        self.sends(asked).await
    }

    pub async fn uploads(&mut self, name: &str, contents: String) -> Page {
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
    pub fn value_of(&self, name: &str) -> Option<String> {
        value_in(&self.html, name)
    }

    /// The hidden fields of the form whose button is `label`.
    pub fn form_with(&self, label: &str) -> Vec<(String, String)> {
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

    /// The whole of the one button that says `words` somewhere.
    pub fn button_with(&self, words: &str) -> String {
        let ends = self.html.split("</button>");
        let labels = ends.filter_map(|part| Some(part.rsplit_once('>')?.1));
        let fitting: Vec<&str> = labels.filter(|label| label.contains(words)).collect();
        let [only] = fitting[..] else {
            panic!("{} buttons say {words}:\n{}", fitting.len(), self.text());
        };
        only.to_owned()
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

pub async fn login_path(house: &House) -> String {
    let line = house.running.expect_line("/login/").await;
    path_of(&line)
}

pub fn path_of(text: &str) -> String {
    let (_, rest) = text.split_once("/login/").expect("a login link");
    let token: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    format!("/login/{token}")
}
