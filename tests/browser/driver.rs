//! A real Chromium without a screen, driven through `WebDriver`: Debian's `chromium` and
//! `chromium-driver`. Where they are missing, [`Browser::open`] says so and gives none.
//!
//! Knows nothing of the program: it goes where it is told and tells what it sees.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// How long the browser itself looks for what is not there yet.
const PATIENCE_MS: u32 = 30_000;
/// How long an answer of the driver's may take.
const ANSWER_PATIENCE: Duration = Duration::from_mins(1);
/// How often a page is put to the printer: one that renews itself meanwhile is not printed.
const PRINTINGS: usize = 10;
/// How long the browser has to end.
const LAST_PATIENCE: Duration = Duration::from_secs(5);
/// What `WebDriver` calls an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A screen somebody reads on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    Phone,
    Desk,
}

impl Screen {
    pub const ALL: [Screen; 2] = [Screen::Phone, Screen::Desk];

    pub fn width(self) -> u32 {
        match self {
            Screen::Phone => 390,
            Screen::Desk => 1440,
        }
    }
}

pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    client: reqwest::Client,
}

impl Browser {
    pub async fn open() -> Option<Self> {
        Self::open_with(None).await
    }

    /// On a machine that nobody made ready for Chinese: it has plain Latin letters alone.
    pub async fn open_without_chinese() -> Option<Self> {
        let Some(fonts) = plain_fonts() else {
            eprintln!("skipped: there are no plain letters to be alone with");
            return None;
        };
        Self::open_with(Some(fonts)).await
    }

    async fn open_with(fonts: Option<PathBuf>) -> Option<Self> {
        for program in ["chromium", "chromedriver"] {
            let version = Command::new(program).arg("--version").output();
            if !version.is_ok_and(|answer| answer.status.success()) {
                eprintln!("skipped: {program} is not installed");
                return None;
            }
        }
        let mut command = Command::new("chromedriver");
        command
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Some(fonts) = fonts {
            command.env("FONTCONFIG_FILE", fonts);
        }
        let mut driver = command.spawn().expect("the driver starts");
        let port = port_of(&mut driver);
        let client = reqwest::Client::builder().timeout(ANSWER_PATIENCE).build();
        let client = client.expect("a client that waits so long");
        let asked = json!({"capabilities": {"alwaysMatch": {
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "timeouts": {"implicit": PATIENCE_MS},
            "goog:chromeOptions": {"args": [
                "--headless=new",
                // Tests may run as root, and in containers with little shared memory.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--hide-scrollbars",
                "--lang=zh-CN",
            ]},
        }}});
        let url = format!("http://127.0.0.1:{port}/session");
        let made = answer(client.post(url).body(asked.to_string())).await;
        let session = made["sessionId"].as_str().expect("a session").to_owned();
        Some(Self {
            driver,
            port,
            session,
            client,
        })
    }

    pub async fn goes(&self, url: &str) {
        self.post("url", &json!({ "url": url })).await;
    }

    pub async fn takes(&self, screen: Screen) {
        let (width, is_phone) = (screen.width(), screen == Screen::Phone);
        let metrics =
            json!({"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": is_phone});
        self.tells("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }

    /// From now on no page's script runs.
    pub async fn forbids_scripts(&self) {
        let off = json!({"value": true});
        self.tells("Emulation.setScriptExecutionDisabled", off)
            .await;
    }

    /// Shows pages as on this medium to somebody with these wishes.
    pub async fn emulates(&self, medium: &str, wishes: &[(&str, &str)]) {
        let wishes = wishes
            .iter()
            .map(|(name, value)| json!({"name": name, "value": value}));
        let wishes: Vec<Value> = wishes.collect();
        let manner = json!({"media": medium, "features": wishes});
        self.tells("Emulation.setEmulatedMedia", manner).await;
    }

    /// The page as it comes out of a printer, as PDF on A4.
    pub async fn prints(&self, name: &str) {
        let sheet = json!({"printBackground": true, "preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69});
        let order = json!({"cmd": "Page.printToPDF", "params": sheet});
        let mut printings = 0;
        let printed = loop {
            printings += 1;
            match self.try_post("goog/cdp/execute", &order).await {
                Ok(printed) => break printed,
                Err(error) if printings < PRINTINGS && error.contains("Printing failed") => {}
                Err(error) => panic!("{name}: {error}"),
            }
        };
        let pdf = STANDARD.decode(printed["data"].as_str().unwrap_or_default());
        std::fs::write(pages().join(format!("{name}.pdf")), pdf.expect("a PDF")).expect("kept");
    }

    /// Waits until the page says `words`.
    pub async fn sees(&self, words: &str) {
        let place = format!("//body[contains(normalize-space(.), '{words}')]");
        self.finds("xpath", &place).await;
    }

    /// What a function of ours, run in the page, returns.
    pub async fn asks(&self, function: &str) -> Value {
        let script = json!({"script": function, "args": []});
        self.post("execute/sync", &script).await
    }

    /// What the link that says `label` leads to, as this page's own session gets it.
    pub async fn takes_along(&self, label: &str) -> Vec<u8> {
        let script = format!(
            "const link = [...document.links].find((a) => a.textContent.includes('{label}'));
            return fetch(link.href).then(async (answer) => {{
                const bytes = new Uint8Array(await answer.arrayBuffer());
                return answer.status + ' ' + btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));
            }});"
        );
        let said = self.asks(&script).await;
        let said = said.as_str().expect("a text");
        let bytes = said.strip_prefix("200 ").map(|text| STANDARD.decode(text));
        let bytes = bytes.unwrap_or_else(|| panic!("{label}: {said}"));
        bytes.expect("bytes")
    }

    /// What the browser has complained of since it was asked last.
    pub async fn complaints(&self) -> Vec<String> {
        let lines = self.log("browser").await;
        let message = |line: Value| line["message"].as_str().unwrap_or_default().to_owned();
        lines.into_iter().map(message).collect()
    }

    /// Where its pages have sent requests since it was asked last.
    pub async fn requests(&self) -> Vec<String> {
        let lines = self.log("performance").await;
        let sent = lines.into_iter().filter_map(|line| {
            let event: Value = serde_json::from_str(line["message"].as_str()?).ok()?;
            let event = &event["message"];
            let is_request = event["method"] == "Network.requestWillBeSent";
            let url = event["params"]["request"]["url"].as_str()?;
            is_request.then(|| url.to_owned())
        });
        sent.collect()
    }

    /// The whole page as a picture, kept beside the build for whoever wants to look.
    pub async fn keeps_picture(&self, name: &str) {
        let all = json!({"captureBeyondViewport": true, "format": "png"});
        let shot = self.tells("Page.captureScreenshot", all).await;
        let png = STANDARD.decode(shot["data"].as_str().unwrap_or_default());
        let file = pages().join(format!("{name}.png"));
        std::fs::write(file, png.expect("a picture")).expect("a picture is kept");
    }

    /// The upper part of the page, twice as fine and well compressed, for people to look at.
    pub async fn keeps_view(&self, file: &Path, (width, height): (u32, u32)) {
        let clip = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": 1.5});
        let manner =
            json!({"captureBeyondViewport": true, "format": "webp", "quality": 72, "clip": clip});
        let shot = self.tells("Page.captureScreenshot", manner).await;
        let bytes = STANDARD.decode(shot["data"].as_str().unwrap_or_default());
        std::fs::write(file, bytes.expect("a picture")).expect("a picture is kept");
    }

    pub(super) async fn tells(&self, method: &str, params: Value) -> Value {
        let order = json!({"cmd": method, "params": params});
        self.post("goog/cdp/execute", &order).await
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let lines = self.post("se/log", &json!({ "type": kind })).await;
        lines.as_array().cloned().unwrap_or_default()
    }

    pub(super) async fn finds(&self, using: &str, place: &str) -> String {
        let found = self
            .try_post("element", &json!({"using": using, "value": place}))
            .await;
        match found {
            Ok(found) => found[ELEMENT].as_str().expect("an element").to_owned(),
            Err(error) => {
                let page = self.asks("return document.body.innerText").await;
                panic!("{place}: {error}\n{}", page.as_str().unwrap_or_default());
            }
        }
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Value {
        let answered = self.try_post(path, body).await;
        answered.unwrap_or_else(|error| panic!("{path} {body}: {error}"))
    }

    pub(super) async fn try_post(&self, path: &str, body: &Value) -> Result<Value, String> {
        try_answer(self.client.post(self.url(path)).body(body.to_string())).await
    }

    fn url(&self, path: &str) -> String {
        format!(
            "http://127.0.0.1:{}/session/{}/{path}",
            self.port, self.session
        )
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver takes its browser with it only when it is told to.
        if let Ok(mut line) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = write!(
                line,
                "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
                self.session
            );
            // It answers once the browser is gone, and then keeps the line open.
            let _ = line.set_read_timeout(Some(LAST_PATIENCE));
            let _ = line.read(&mut [0; 64]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Where pages are kept for whoever wants to look.
fn pages() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    folder
}

/// Settings by which nothing but plain Latin letters is found, where there are such.
fn plain_fonts() -> Option<PathBuf> {
    let latin = Path::new("/usr/share/fonts/truetype/dejavu");
    if !latin.is_dir() {
        return None;
    }
    let file = pages().join("fonts.conf");
    let conf = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>\
         <dir>{}</dir><cachedir>{}</cachedir></fontconfig>",
        latin.display(),
        pages().join("fonts-cache").display(),
    );
    std::fs::write(&file, conf).ok()?;
    Some(file)
}

/// The driver says where it listens once it does.
fn port_of(driver: &mut Child) -> u16 {
    let said = driver.stdout.take().expect("the driver speaks");
    let mut lines = BufReader::new(said).lines().map_while(Result::ok);
    let port = lines.find_map(|line| {
        let (_, rest) = line.split_once("started successfully on port ")?;
        rest.trim_end_matches('.').parse().ok()
    });
    port.expect("the driver says its port")
}

async fn answer(request: reqwest::RequestBuilder) -> Value {
    try_answer(request)
        .await
        .unwrap_or_else(|error| panic!("the browser refuses: {error}"))
}

async fn try_answer(request: reqwest::RequestBuilder) -> Result<Value, String> {
    let response = request.send().await.expect("the driver answers");
    let is_success = response.status().is_success();
    let text = response.text().await.expect("the driver answers in text");
    let mut answer: Value = serde_json::from_str(&text).expect("the driver answers in JSON");
    let value = answer["value"].take();
    if is_success {
        Ok(value)
    } else {
        Err(value["message"].as_str().unwrap_or(&text).to_owned())
    }
}
