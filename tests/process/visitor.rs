//! Somebody with a link and a browser that knows no script: it reads pages and sends their forms.

use reqwest::{Client, StatusCode};

/// What came back.
pub struct Seen {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

pub struct Visitor {
    client: Client,
    /// Where the program listens.
    address: String,
    /// The page's path.
    pub path: String,
}

impl Visitor {
    /// `link` leads to the page; the program listens where it said.
    pub fn new(said: &str, link: &str) -> Self {
        Self {
            client: Client::new(),
            address: address(said),
            path: path_of(link),
        }
    }

    /// Where the program listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The program listens elsewhere now.
    pub fn moves_to(&mut self, said: &str) {
        self.address = address(said);
    }

    pub async fn opens(&self) -> Seen {
        self.gets(&self.path).await
    }

    pub async fn gets(&self, path: &str) -> Seen {
        let url = format!("{}{path}", self.address);
        seen(self.client.get(url)).await
    }

    /// Presses the one button of the page that says `label`.
    pub async fn presses(&self, label: &str) -> Seen {
        let page = self.opens().await.text;
        let (name, value) = button(&page, label);
        self.sends(&page, &[(&name, &value)]).await
    }

    /// Writes into the page's one field.
    pub async fn writes(&self, words: &str) -> Seen {
        let page = self.opens().await.text;
        assert!(page.contains("name=\"words\""), "no field in: {page}");
        self.sends(&page, &[("words", words)]).await
    }

    async fn sends(&self, page: &str, fields: &[(&str, &str)]) -> Seen {
        let token = between(page, "name=\"token\" value=\"", "\"");
        let token = token.unwrap_or_else(|| panic!("no token in: {page}"));
        self.posts(token, fields).await
    }

    pub async fn posts(&self, token: &str, fields: &[(&str, &str)]) -> Seen {
        let url = format!("{}{}", self.address, self.path);
        let body: Vec<(&str, &str)> = [("token", token)]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        seen(self.client.post(url).form(&body)).await
    }
}

async fn seen(request: reqwest::RequestBuilder) -> Seen {
    let response = request.send().await.expect("the program answers");
    Seen {
        status: response.status(),
        headers: response.headers().clone(),
        text: response.text().await.expect("a page is text"),
    }
}

fn address(said: &str) -> String {
    let line = said
        .lines()
        .rev()
        .find(|line| line.contains("listening on "));
    let (_, address) = line
        .and_then(|line| line.split_once("listening on "))
        .unwrap_or_else(|| panic!("it listens nowhere: {said}"));
    address.trim().to_owned()
}

/// What stands behind the host of a link in `text`.
pub fn path_of(link: &str) -> String {
    let (_, rest) = link.split_once("://").expect("an address");
    let (_, path) = rest.split_once('/').expect("an address with a path");
    format!("/{}", path.trim())
}

/// The button's name and value.
fn button(page: &str, label: &str) -> (String, String) {
    let buttons: Vec<&str> = page
        .split("<button ")
        .skip(1)
        .filter(|rest| {
            let text = between(rest, ">", "</button>");
            text.is_some_and(|text| text.contains(label))
        })
        .collect();
    let [only] = buttons[..] else {
        panic!("{} buttons say {label}: {page}", buttons.len());
    };
    let name = between(only, "name=\"", "\"").expect("a button with a name");
    let value = between(only, "value=\"", "\"").expect("a button with a value");
    (name.to_owned(), value.replace("&quot;", "\""))
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inner, _)| inner)
}

/// The first line of `text` that holds `part` of an address.
pub fn link_with<'t>(text: &'t str, part: &str) -> &'t str {
    let mut words = text.split_whitespace();
    words
        .find(|word| word.contains(part))
        .unwrap_or_else(|| panic!("no link with {part} in: {text}"))
}
