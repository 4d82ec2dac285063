//! One call of the Bot API: a payload as JSON out, the server's answer or what went wrong back.

use std::fmt;
use std::time::Duration;

use reqwest::header::{self, HeaderMap};
use reqwest::multipart::Form;
use reqwest::{Client, Proxy, RequestBuilder, Url, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use teloxide::payloads::{GetMe, SetMyCommands};
use teloxide::requests::Payload;
use teloxide::types::BotCommand;

use super::errors::{BotError, CallError};
use super::refusal::{Failure, answered};
use crate::decide::Lang;
use crate::time::Moment;

/// For a connection to stand, TLS included.
const CONNECT_PATIENCE: Duration = Duration::from_secs(8);
/// For an ordinary call, from its first byte to the last of its answer.
pub(super) const CALL_PATIENCE: Duration = Duration::from_secs(20);
/// For a call that carries a file: some megabytes over a slow line.
pub(super) const UPLOAD_PATIENCE: Duration = Duration::from_secs(90);
/// Shorter than servers keep an idle connection: a request written into a connection that was
/// just closed has an unknown outcome.
const IDLE_KEPT: Duration = Duration::from_secs(20);

/// A bot's end of the Bot API. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Bot {
    pub(super) client: Client,
    api: Url,
    token: SecretString,
}

impl fmt::Debug for Bot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.api.host_str().unwrap_or_default();
        f.debug_struct("Bot")
            .field("api", &host)
            .finish_non_exhaustive()
    }
}

impl Bot {
    /// A bot that speaks to the server at `api_url`, through `proxy` where one is given. Nothing
    /// is sent yet.
    pub fn new(token: SecretString, api_url: &str, proxy: Option<&str>) -> Result<Bot, BotError> {
        if token.expose_secret().trim().is_empty() {
            return Err(BotError::NoToken);
        }
        let api = Url::parse(api_url)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or(BotError::ApiUrl)?;
        // No redirects: the token is part of the path and would travel along.
        let mut client = Client::builder()
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT_PATIENCE)
            .pool_idle_timeout(IDLE_KEPT);
        if let Some(proxy) = proxy {
            client = client.proxy(Proxy::all(proxy).map_err(|_| BotError::Proxy)?);
        } else if is_local(&api) {
            client = client.no_proxy();
        }
        Ok(Bot {
            client: client.build().map_err(|_| BotError::Client)?,
            api,
            token,
        })
    }

    /// The bot's name, as links bear it: without `@`.
    pub async fn me(&self) -> Result<String, CallError> {
        let answer = self.call(&GetMe::new(), CALL_PATIENCE).await?;
        let me: Me = serde_json::from_str(answer.get()).map_err(|_| Failure::Unknown)?;
        Ok(me.username)
    }

    /// What time the server has, where it says so. Nothing secret is sent.
    pub async fn server_time(&self, patience: Duration) -> Option<Moment> {
        let asked = self.client.head(self.api.clone()).timeout(patience);
        date_of(asked.send().await.ok()?.headers())
    }

    /// Sets the menu of commands that accounts of `lang` see; without one, all accounts whose
    /// language has no menu of its own.
    pub async fn set_commands(
        &self,
        commands: Vec<BotCommand>,
        lang: Option<Lang>,
    ) -> Result<(), CallError> {
        let mut payload = SetMyCommands::new(commands);
        payload.language_code = lang.map(|lang| {
            let code = match lang {
                Lang::Zh => "zh",
                Lang::En => "en",
            };
            code.to_owned()
        });
        self.call(&payload, CALL_PATIENCE).await?;
        Ok(())
    }

    /// The `result` of one call, to the letter.
    pub(super) async fn call<P: Payload + Serialize>(
        &self,
        payload: &P,
        patience: Duration,
    ) -> Result<Box<RawValue>, Failure> {
        self.ask(P::NAME, payload, patience).await
    }

    /// As [`Bot::call`], for parameters teloxide has no fitting payload for.
    pub(super) async fn ask(
        &self,
        method: &str,
        parameters: &impl Serialize,
        patience: Duration,
    ) -> Result<Box<RawValue>, Failure> {
        let answer = self.ask_timed(method, parameters, patience).await?;
        Ok(answer.result)
    }

    /// As [`Bot::ask`], with what time the server had.
    pub(super) async fn ask_timed(
        &self,
        method: &str,
        parameters: &impl Serialize,
        patience: Duration,
    ) -> Result<Answer, Failure> {
        let request = self.client.post(self.method_url(method)).json(parameters);
        self.asked(method, request, patience).await
    }

    /// As [`Bot::ask`], with files among the parameters.
    pub(super) async fn upload(
        &self,
        method: &str,
        parameters: Form,
        patience: Duration,
    ) -> Result<Box<RawValue>, Failure> {
        let request = self.client.post(self.method_url(method));
        let request = request.multipart(parameters);
        Ok(self.asked(method, request, patience).await?.result)
    }

    async fn asked(
        &self,
        method: &str,
        request: RequestBuilder,
        patience: Duration,
    ) -> Result<Answer, Failure> {
        let request = request.timeout(patience);
        let answer = async {
            let response = request.send().await?;
            let (status, dated) = (response.status().as_u16(), date_of(response.headers()));
            Ok((status, dated, response.bytes().await?))
        };
        let result = match answer.await {
            Ok((status, dated, body)) => {
                answered(status, &body).map(|result| Answer { result, dated })
            }
            Err(error) => Err(Failure::of_transport(method, error)),
        };
        if let Err(failure) = &result {
            tracing::debug!(method, ?failure, "the Bot API did not do it");
        }
        result
    }

    /// Where the server has the file at `path`, as `getFile` named it.
    pub(super) fn file_url(&self, path: &str) -> Url {
        let bot = format!("bot{}", self.token.expose_secret().trim());
        self.below_api(["file", &bot].into_iter().chain(path.split('/')))
    }

    fn method_url(&self, method: &str) -> Url {
        let bot = format!("bot{}", self.token.expose_secret().trim());
        self.below_api([bot.as_str(), &camel_case(method)])
    }

    fn below_api<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Url {
        let mut url = self.api.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

/// The `result` of a call, to the letter.
pub(super) struct Answer {
    pub result: Box<RawValue>,
    /// What time the server had when it answered, where it says so; in whole seconds, cut off.
    pub dated: Option<Moment>,
}

fn date_of(headers: &HeaderMap) -> Option<Moment> {
    let date = headers.get(header::DATE)?.to_str().ok()?;
    let date = chrono::DateTime::parse_from_rfc2822(date).ok()?;
    Some(date.to_utc())
}

#[derive(Deserialize)]
struct Me {
    username: String,
}

/// teloxide names methods in `PascalCase`; the documented names begin small.
fn camel_case(method: &str) -> String {
    let mut letters = method.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// A Bot API server on this machine is never behind the proxy the environment names.
fn is_local(api: &Url) -> bool {
    api.host_str().is_some_and(|host| {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let address = bare.parse::<std::net::IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "7000000001:secret-token-of-a-test";

    fn bot(api_url: &str) -> Result<Bot, BotError> {
        Bot::new(SecretString::from(TOKEN), api_url, None)
    }

    #[test]
    fn methods_are_called_by_their_documented_names() {
        let bot = bot("http://127.0.0.1:8081/prefix/").unwrap();
        assert_eq!(
            bot.method_url("SendMessage").as_str(),
            format!("http://127.0.0.1:8081/prefix/bot{TOKEN}/sendMessage")
        );
    }

    #[test]
    fn a_file_path_cannot_leave_the_bots_own_files() {
        let bot = bot("https://api.example").unwrap();
        assert_eq!(
            bot.file_url("documents/../file 1.csv").as_str(),
            format!("https://api.example/file/bot{TOKEN}/documents/file%201.csv")
        );
    }

    #[test]
    fn a_bot_prints_no_token() {
        let bot = bot("https://api.example").unwrap();
        let printed = format!("{bot:?}");
        assert!(printed.contains("api.example"));
        assert!(!printed.contains("secret"));
    }

    #[test]
    fn an_address_or_a_token_that_cannot_be_is_refused_at_once() {
        assert_eq!(bot("api.example").unwrap_err(), BotError::ApiUrl);
        assert_eq!(bot("file:///tmp/api").unwrap_err(), BotError::ApiUrl);
        let empty = Bot::new(SecretString::from(" "), "https://api.example", None);
        assert_eq!(empty.unwrap_err(), BotError::NoToken);
        let token = SecretString::from(TOKEN);
        let proxied = Bot::new(token, "https://api.example", Some("http://:no port:"));
        assert_eq!(proxied.unwrap_err(), BotError::Proxy);
    }

    #[test]
    fn a_server_on_this_machine_is_asked_without_a_proxy() {
        for local in ["http://127.0.0.1:1", "http://[::1]:1", "http://localhost"] {
            assert!(is_local(&Url::parse(local).unwrap()), "{local}");
        }
        assert!(!is_local(&Url::parse("https://api.example").unwrap()));
    }

    #[tokio::test]
    async fn a_request_that_was_taken_and_never_answered_has_an_unknown_outcome() {
        let silent = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let bot = bot(&format!("http://{}", silent.local_addr().unwrap())).unwrap();
        let answer = bot.call(&GetMe::new(), Duration::from_millis(30)).await;
        assert_eq!(answer.unwrap_err(), Failure::Unknown);
    }
}
