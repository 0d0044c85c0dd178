//! Small texts that records are made of: bounded, without control characters, parsed once.
//!
//! What a publisher writes is shown as text and never interpreted; the bounds keep a card readable and a store
//! small. Lengths are counted in Unicode scalar values.

use core::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Why a text was refused, in words that say what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but blanks.
    #[error("is empty: give a value or leave the field out")]
    Empty,
    /// Longer than the bound.
    #[error("is longer than {max} characters: shorten it")]
    TooLong {
        /// The bound, in characters.
        max: usize,
    },
    /// A control character, or one that turns the direction of the text around.
    #[error("holds a control or direction character (U+{0:04X}): remove it")]
    Control(u32),
    /// Not of the form that the field asks for.
    #[error("{0}")]
    Form(&'static str),
}

/// Characters that a label never needs and a forger does: controls and line breaks, invisible characters, the
/// marks, overrides and isolates of UAX #9, and tags.
pub(crate) fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E007F}')
}

/// Unicode normalisation form C (UAX #15): what two keyboards write for one word is one text here.
pub(crate) fn composed(raw: String) -> String {
    if is_nfc_quick(raw.chars()) == IsNormalized::Yes { raw } else { raw.nfc().collect() }
}

fn checked(raw: &str, max: usize) -> Result<&str, TextError> {
    let text = raw.trim();
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    // Letters that show as nothing (Hangul fillers) do not make a name.
    if !text.chars().any(|c| c.is_alphanumeric() && !matches!(c, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}')) {
        return Err(TextError::Empty);
    }
    match text.chars().find(|c| is_forbidden(*c)) {
        Some(c) => Err(TextError::Control(u32::from(c))),
        None => Ok(text),
    }
}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $pattern:literal, |$raw:ident| $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;
            fn try_from(raw: String) -> Result<Self, TextError> {
                let $raw = composed(raw);
                $check.map(|text: &str| Self(text.to_owned()))
            }
        }

        impl TryFrom<&str> for $name {
            type Error = TextError;
            fn try_from(raw: &str) -> Result<Self, TextError> {
                Self::try_from(raw.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}

text_type! {
    /// A line of text, 1–500 characters, no control or direction characters.
    Text, r"^\S(.{0,498}\S)?$", |raw| checked(&raw, 500)
}

text_type! {
    /// An identifier that a publisher chooses: 1–64 of `A–Z a–z 0–9 . _ -`, beginning with a letter or digit.
    Id, r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", |raw| checked(&raw, 64).and_then(|id| {
        let mut bytes = id.bytes();
        if bytes.next().is_some_and(|b| b.is_ascii_alphanumeric())
            && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
        {
            Ok(id)
        } else {
            Err(TextError::Form("may hold letters, digits, '.', '_' and '-' and begins with a letter or digit"))
        }
    })
}

text_type! {
    /// 2–5 digits: a province (2) or ward (5) code of the General Statistics Office.
    Digits, r"^[0-9]{2,5}$", |raw| checked(&raw, 5).and_then(|digits| {
        if digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(digits)
        } else {
            Err(TextError::Form("is a code of 2 to 5 digits; keep leading zeros"))
        }
    })
}

text_type! {
    /// A host name as printed on labels: lower case, optional port, no scheme and no path.
    HostName, r"^[a-z0-9.-]{1,253}(:[0-9]{1,5})?$", |raw| checked(&raw, 259).and_then(|host| {
        let name = host.split_once(':').map_or(host, |(name, _)| name);
        let port_fits = host.split_once(':').is_none_or(|(_, port)| port.parse::<u16>().is_ok());
        if port_fits
            && !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
        {
            Ok(host)
        } else {
            Err(TextError::Form("is a host name in lower case, such as id.example.vn, without https:// and path"))
        }
    })
}

text_type! {
    /// An address on the web that a reader may be sent to: https, a public host name, no user, no port below 1.
    HttpsUrl, r"^https://", |raw| checked(&raw, 500).and_then(https_url)
}

/// RFC 3986 with a registered name: no user information, no literal IP, nothing that ends a redirect header.
fn https_url(url: &str) -> Result<&str, TextError> {
    const SAY: TextError = TextError::Form("is an address that begins with https:// and a public host name");
    let rest = url.strip_prefix("https://").ok_or(SAY)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').map_or((authority, None), |(h, p)| (h, Some(p)));
    let labels: Vec<&str> = host.split('.').collect();
    let named = labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty() && label.len() <= 63 && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        && labels.last().is_some_and(|tld| !tld.bytes().all(|b| b.is_ascii_digit()));
    let private = ["localhost", "local", "internal", "lan", "home", "arpa"]
        .iter()
        .any(|end| labels.last().is_some_and(|tld| tld.eq_ignore_ascii_case(end)));
    let port_fits = port.is_none_or(|p| p.parse::<u16>().is_ok_and(|p| p > 0));
    let clean = url
        .bytes()
        .all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}'));
    if named && !private && port_fits && clean { Ok(url) } else { Err(SAY) }
}

/// A text in Vietnamese, with its English where there is one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Localised {
    /// Vietnamese.
    pub vi: Text,
    /// English; Vietnamese is shown where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<Text>,
}

impl Localised {
    /// The text for a reader.
    #[must_use]
    pub fn pick(&self, lang: nguon_openapi::Lang) -> &str {
        match (lang, &self.en) {
            (nguon_openapi::Lang::En, Some(en)) => en.as_str(),
            _ => self.vi.as_str(),
        }
    }
}
