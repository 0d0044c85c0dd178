//! From a reading to what the page does about it: where it leads, what is said, and what must stay on the device.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt::Write as _;

use gs1::{Language, Message, Outcome, Reason, TradeItem};

/// What a page does with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A trade item: its card is at `Judgement::path`.
    Product,
    /// To be looked up as it is: another key, a code of another scheme, a link of somebody else's.
    Code,
    /// Claims GS1 form and has none. May still be looked up: a code that is registered as it stands wins.
    Malformed,
    /// A document of a person, or a payment: nothing of it may leave the device.
    Private,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Code => "code",
            Self::Malformed => "malformed",
            Self::Private => "private",
        }
    }
}

/// What a code is, for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What to do with it.
    pub kind: Kind,
    /// Canonical path of a trade item that came without a host, percent-encoded: what follows `/card`. Empty for
    /// everything else, which goes to the service as it was read: there the host of a link counts too.
    pub path: String,
    /// One sentence for people; empty where there is nothing to say.
    pub sentence: String,
}

impl Judgement {
    /// The three of them, a line each. None holds a line break: a path is encoded, the sentences are ours.
    #[must_use]
    pub fn lines(&self) -> String {
        format!("{}\n{}\n{}", self.kind.as_str(), self.path, self.sentence)
    }
}

/// Judges a code as it was read or typed.
#[must_use]
pub fn judge(code: &[u8], language: Language) -> Judgement {
    let reading = gs1::read(code);
    let said = |reason: Option<Reason>| reason.map_or("", |reason| reason.text(language)).into();
    match &reading.outcome {
        Outcome::TradeItem(item) => Judgement {
            kind: Kind::Product,
            path: if reading.host.is_none() { path(item) } else { String::new() },
            sentence: match reading.outcome.reason() {
                Some(reason) => reason.text(language).into(),
                None => understood(code, item, language),
            },
        },
        Outcome::NotProduct(not) => Judgement {
            kind: if not.text.is_none() { Kind::Private } else { Kind::Code },
            path: String::new(),
            sentence: said(Some(not.reason)),
        },
        Outcome::Malformed(malformed) => Judgement {
            kind: Kind::Malformed,
            path: String::new(),
            sentence: at_fault(code, malformed.error.message(language)),
        },
        Outcome::Opaque(opaque) => Judgement {
            kind: Kind::Code,
            path: String::new(),
            sentence: so_far(code, language).unwrap_or_else(|| said(opaque.reason())),
        },
        Outcome::Key(_) => Judgement { kind: Kind::Code, path: String::new(), sentence: String::new() },
    }
}

fn path(item: &TradeItem) -> String {
    let mut path = String::new();
    // Writing into a String cannot fail.
    let _ = item.write_canonical(&mut path);
    path
}

/// What is wrong. Of a bare number without the identifier in front: who types digits knows nothing of AIs.
fn at_fault(code: &[u8], message: Message) -> String {
    let sentence = message.to_string();
    match sentence.split_once(") ") {
        Some((ai, rest)) if ai.starts_with('(') && only_digits(code).is_some() => rest.into(),
        _ => sentence,
    }
}

/// What was understood: that a number is complete, or the parts that a longer code names.
fn understood(code: &[u8], item: &TradeItem, language: Language) -> String {
    if let Some(digits) = only_digits(code) {
        return match language {
            Language::Vi => format!("Đủ {digits} chữ số, chữ số kiểm tra khớp."),
            Language::En => format!("All {digits} digits are there and the check digit fits."),
        };
    }
    let (lot, serial) = match language {
        Language::Vi => ("lô", "số sê-ri"),
        Language::En => ("lot", "serial number"),
    };
    let mut parts = format!("GTIN {}", item.gtin);
    let named =
        [(lot, item.lot.as_ref().map(gs1::Lot::as_str)), (serial, item.serial.as_ref().map(gs1::Serial::as_str))];
    for (name, value) in named {
        if let Some(value) = value {
            // Writing into a String cannot fail.
            let _ = write!(parts, " · {name} {value}");
        }
    }
    parts
}

/// How far a number has come that is not a GTIN yet.
fn so_far(code: &[u8], language: Language) -> Option<String> {
    let digits = only_digits(code).filter(|digits| *digits < 14)?;
    Some(match language {
        Language::Vi => format!("Đã có {digits} chữ số; mã vạch có 8, 12, 13 hoặc 14."),
        Language::En => format!("{digits} digits so far; a barcode has 8, 12, 13 or 14."),
    })
}

/// How many digits a code has that is nothing but digits, blanks and hyphens.
fn only_digits(code: &[u8]) -> Option<usize> {
    let (digits, others): (Vec<u8>, Vec<u8>) = code.iter().partition(|byte| byte.is_ascii_digit());
    (!digits.is_empty() && others.iter().all(|byte| matches!(byte, b' ' | b'-'))).then_some(digits.len())
}
