//! Loading through the admin listener of a running server.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use nguon_openapi::Lang;
use ureq::typestate::WithBody;
use ureq::{RequestBuilder, SendBody};

use super::form::Form;
use crate::registry::import::{Author, Format, ImportOrder, Report};
use crate::sheets::SheetFormat;

/// Longest answer that is read, in bytes. A report lists at most 2,000 findings.
const MAX_ANSWER_BYTES: u64 = 16 * 1024 * 1024;

/// Longest wait for a connection. The answer comes when the import is done and has no bound.
const CONNECT: Duration = Duration::from_secs(10);

/// Address of an admin listener: `http://` and a host.
///
/// Plain HTTP: the listener is on a loopback address, or behind a tunnel that encrypts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::commands) struct AdminUrl(String);

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

/// Why a server did not take a file.
#[derive(Debug, thiserror::Error)]
pub(super) enum ViaError {
    #[error("cannot be read: {0}")]
    File(#[from] io::Error),
    #[error("the server did not answer: {0}")]
    Http(#[from] ureq::Error),
    #[error("the server refused it ({status}): {body}")]
    Refused { status: u16, body: String },
    #[error("the server answered something that is no report: {0}")]
    Answer(#[from] serde_json::Error),
}

/// What a file is sent as.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    media_type: &'static str,
    /// Files that go along with it.
    images: Vec<PathBuf>,
    /// Language of the report, where a server can choose.
    lang: Option<Lang>,
}

impl Sent {
    /// Records.
    pub(super) fn records(file: &Path) -> Self {
        let format = if file == Path::new("-") { Format::Ndjson } else { Format::of_name(file) };
        Self { media_type: format.media_type(), images: Vec::new(), lang: None }
    }

    /// A spreadsheet, with its pictures.
    pub(super) const fn sheet(format: SheetFormat, images: Vec<PathBuf>, lang: Lang) -> Self {
        Self { media_type: format.media_type(), images, lang: Some(lang) }
    }

    fn open(&self, file: &Path) -> io::Result<(String, Box<dyn Read>)> {
        if self.images.is_empty() {
            let source: Box<dyn Read> =
                if file == Path::new("-") { Box::new(io::stdin().lock()) } else { Box::new(File::open(file)?) };
            return Ok((self.media_type.to_owned(), source));
        }
        let mut form = Form::default();
        form.file("file", file, self.media_type)?;
        for image in &self.images {
            form.file("images", image, "application/octet-stream")?;
        }
        Ok((Form::media_type(), Box::new(form.finish())))
    }
}

/// Send a file and wait for the report. Blocks.
pub(super) fn send(
    url: &AdminUrl,
    token: Option<&str>,
    file: &Path,
    sent: &Sent,
    order: &ImportOrder,
) -> Result<Report, ViaError> {
    let (media_type, mut source) = sent.open(file)?;
    let mut request = posting(url, "/v1/import", token, &order.author)
        .content_type(media_type)
        .query("strict", order.strict.to_string())
        .query("dry_run", order.dry_run.to_string());
    if let Some(lang) = sent.lang {
        request = request.query("lang", lang.as_str());
    }
    let mut answer = request.send(SendBody::from_reader(&mut source))?;
    let status = answer.status().as_u16();
    let body = answer.body_mut().with_config().limit(MAX_ANSWER_BYTES).read_to_string()?;
    if status == 200 {
        Ok(serde_json::from_str(&body)?)
    } else {
        Err(ViaError::Refused { status, body: refusal(&body) })
    }
}

/// A request that changes something on behalf of an author. It follows no redirect and goes through no proxy: it bears a
/// token.
pub(in crate::commands) fn posting(
    url: &AdminUrl,
    path: &str,
    token: Option<&str>,
    author: &Author,
) -> RequestBuilder<WithBody> {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_connect(Some(CONNECT))
        .proxy(None)
        .build()
        .new_agent();
    let mut request = agent.post(format!("{}{path}", url.0)).query("publisher", author.publisher.as_str());
    for (name, text) in [("approved_by", &author.approved_by), ("why", &author.why)] {
        if let Some(text) = text {
            request = request.query(name, text.as_str());
        }
    }
    match token {
        Some(token) => request.header("Authorization", format!("Bearer {token}")),
        None => request,
    }
}

/// What a problem document says, in one line; else the beginning of what came.
pub(in crate::commands) fn refusal(body: &str) -> String {
    #[derive(serde::Deserialize)]
    struct Said {
        title: String,
        detail: String,
        #[serde(default)]
        errors: Vec<nguon_openapi::FieldError>,
    }
    let said = match serde_json::from_str::<Said>(body) {
        Ok(said) => {
            let fields = said.errors.iter().map(|error| format!(" {}: {}.", error.field, error.message));
            format!("{}. {}{}", said.title, said.detail, fields.collect::<String>())
        }
        Err(_) => body.chars().take(300).collect(),
    };
    said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
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
