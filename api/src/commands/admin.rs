//! The admin listener of a running server, as the commands ask it.

use std::io::Read;
use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use serde::de::DeserializeOwned;
use ureq::http::Response;
use ureq::typestate::{WithBody, WithoutBody};
use ureq::{Body, RequestBuilder, SendBody};

use crate::registry::import::Author;
use crate::registry::{Id, Text};

/// Longest answer that is read, in bytes: a hundred thousand codes with long links.
const MAX_ANSWER_BYTES: u64 = 256 * 1024 * 1024;

/// Longest wait for a connection. How long an answer takes depends on the work, and has no bound unless one is given.
const CONNECT: Duration = Duration::from_secs(10);

/// Address of an admin listener: `http://` and a host.
///
/// Plain HTTP: the listener is on a loopback address, or behind a tunnel that encrypts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AdminUrl(String);

impl FromStr for AdminUrl {
    type Err = &'static str;

    fn from_str(raw: &str) -> Result<Self, &'static str> {
        const SAY: &str =
            "write an address such as http://127.0.0.1:8081, without path (for a server elsewhere, through a tunnel)";
        let origin = raw.strip_suffix('/').unwrap_or(raw);
        let host = origin.strip_prefix("http://").ok_or(SAY)?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']');
        if host.is_empty() || !host.bytes().all(plain) { Err(SAY) } else { Ok(Self(origin.to_owned())) }
    }
}

/// Which server, and the token that it asks for.
#[derive(Clone, Debug, Args)]
pub(super) struct AdminArgs {
    /// Address of the admin listener of a running server.
    #[arg(long, env = "NGUON_ADMIN_URL", default_value = "http://127.0.0.1:8081", value_name = "URL", global = true)]
    via: AdminUrl,

    /// Token that the admin listener asks for.
    #[arg(long, env = "NGUON_ADMIN_TOKEN", value_name = "TOKEN", hide_env_values = true, global = true)]
    token: Option<String>,
}

impl AdminArgs {
    /// The server, and how long it may take over an answer.
    pub(super) fn server(&self, patience: Duration) -> Server {
        Server { patience: Some(patience), ..Server::of(self.via.clone(), self.token.clone()) }
    }
}

/// On whose behalf something is done, for the evidence log.
#[derive(Clone, Debug, Args)]
pub(super) struct AuthorArgs {
    /// Publisher on whose behalf: 1 to 64 letters, digits, `.`, `_`, `-`.
    #[arg(long, default_value = "operator", value_name = "ID", value_parser = parsed::<Id>)]
    publisher: Id,

    /// Who approved it, for the evidence log.
    #[arg(long, value_name = "NAME", value_parser = parsed::<Text>)]
    approved_by: Option<Text>,

    /// Why, for the evidence log.
    #[arg(long, value_name = "TEXT", value_parser = parsed::<Text>)]
    why: Option<Text>,
}

impl AuthorArgs {
    pub(super) fn author(&self) -> Author {
        let Self { publisher, approved_by, why } = self.clone();
        Author { approved_by, why, ..Author::of(publisher) }
    }
}

/// A value of an argument.
pub(super) fn parsed<T: TryFrom<String>>(raw: &str) -> Result<T, String>
where
    T::Error: core::fmt::Display,
{
    T::try_from(raw.to_owned()).map_err(|error| error.to_string())
}

/// Why a server did not do what it was asked, as far as is known.
#[derive(Debug, thiserror::Error)]
pub(super) enum AdminError {
    #[error("cannot be read: {0}")]
    File(#[from] std::io::Error),
    #[error("the server did not answer: {0}")]
    Http(#[from] ureq::Error),
    #[error("the server refused it ({status}): {said}")]
    Refused { status: u16, said: String },
    #[error("the server answered something else than was asked for: {0}")]
    Answer(#[from] serde_json::Error),
}

/// A running server. Its calls block. They follow no redirect and go through no proxy: they bear a token.
#[derive(Clone, Debug)]
pub(super) struct Server {
    url: AdminUrl,
    token: Option<String>,
    patience: Option<Duration>,
}

impl Server {
    /// A server that may take any time over an answer.
    pub(super) const fn of(url: AdminUrl, token: Option<String>) -> Self {
        Self { url, token, patience: None }
    }

    pub(super) fn get(&self, path: &str) -> RequestBuilder<WithoutBody> {
        self.with_token(self.agent().get(self.address(path)))
    }

    pub(super) fn post(&self, path: &str) -> RequestBuilder<WithBody> {
        self.with_token(self.agent().post(self.address(path)))
    }

    /// A request that changes something on behalf of an author.
    pub(super) fn post_for(&self, path: &str, author: &Author) -> RequestBuilder<WithBody> {
        let mut request = self.post(path).query("publisher", author.publisher.as_str());
        for (name, text) in [("approved_by", &author.approved_by), ("why", &author.why)] {
            if let Some(text) = text {
                request = request.query(name, text.as_str());
            }
        }
        request
    }

    pub(super) fn delete(&self, path: &str) -> RequestBuilder<WithoutBody> {
        self.with_token(self.agent().delete(self.address(path)))
    }

    fn agent(&self) -> ureq::Agent {
        ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(CONNECT))
            .timeout_global(self.patience)
            .proxy(None)
            .build()
            .new_agent()
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url.0)
    }

    fn with_token<B>(&self, request: RequestBuilder<B>) -> RequestBuilder<B> {
        match &self.token {
            Some(token) => request.header("Authorization", format!("Bearer {token}")),
            None => request,
        }
    }
}

/// What came for a request without a body.
pub(super) fn asked<T: DeserializeOwned>(request: RequestBuilder<WithoutBody>) -> Result<T, AdminError> {
    Ok(serde_json::from_str(&body(request.call()?)?)?)
}

/// What came for a request with a JSON document.
pub(super) fn sent<T: DeserializeOwned>(
    request: RequestBuilder<WithBody>,
    document: &impl serde::Serialize,
) -> Result<T, AdminError> {
    let request = request.content_type("application/json");
    Ok(serde_json::from_str(&body(request.send(serde_json::to_string(document)?)?)?)?)
}

/// What came for a request whose body is read from a source.
pub(super) fn streamed<T: DeserializeOwned>(
    request: RequestBuilder<WithBody>,
    mut source: impl Read,
) -> Result<T, AdminError> {
    Ok(serde_json::from_str(&body(request.send(SendBody::from_reader(&mut source))?)?)?)
}

/// The body of an answer, or what the server had against the request.
pub(super) fn body(mut answer: Response<Body>) -> Result<String, AdminError> {
    let status = answer.status();
    let body = answer.body_mut().with_config().limit(MAX_ANSWER_BYTES).read_to_string()?;
    if status.is_success() {
        Ok(body)
    } else {
        Err(AdminError::Refused { status: status.as_u16(), said: refusal(&body) })
    }
}

/// What a problem document says, in one line; else the beginning of what came.
fn refusal(body: &str) -> String {
    #[derive(serde::Deserialize)]
    struct Said {
        title: String,
        detail: String,
        #[serde(default)]
        errors: Vec<nguon_openapi::FieldError>,
    }
    match serde_json::from_str::<Said>(body) {
        Ok(said) => {
            let fields = said.errors.iter().map(|error| format!(" {}: {}.", error.field, error.message));
            printable(&format!("{}. {}{}", said.title, said.detail, fields.collect::<String>()))
        }
        Err(_) => printable(&body.chars().take(300).collect::<String>()),
    }
}

/// Without what a terminal would obey.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_origin_is_an_address() {
        assert!("http://127.0.0.1:8081/".parse::<AdminUrl>().is_ok());
        assert!("http://[::1]:8081".parse::<AdminUrl>().is_ok());
        for bad in ["127.0.0.1:8081", "https://a", "http://", "http://a/b", "http://u@h", "http://a?b"] {
            assert!(bad.parse::<AdminUrl>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_refusal_is_one_line_without_control_characters() {
        let body = r#"{"title":"Not allowed","detail":"Give a token.","errors":[{"field":"strict","message":"true\nor false"}]}"#;
        assert_eq!(refusal(body), "Not allowed. Give a token. strict: true or false.");
        assert_eq!(refusal("\u{1b}[31mred"), " [31mred");
    }
}
