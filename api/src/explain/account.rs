//! What comes of it: the card as it was, the rule behind each reason, and who said what it rests on.

use jiff::Timestamp;
use nguon_openapi::{Card, ReasonCode};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::reasons::{Subject, rests_on, rule_of};
use super::said::Said;
use super::{Asked, Unexplained};
use crate::store::Evidence;

/// What no account holds.
pub const UNSAID: &str = "Not in the log, and so not here: the bytes of pictures; cards that were shown as old while the \
                          store was away. The words are those of this version of the program.";

/// What no account of a unit holds.
pub const UNSAID_OF_UNITS: &str = "Not in the log either: checks by consumers. That a code was looked at too often, or that \
                                   its PIN was used, may have stood on the card and does not stand here.";

/// A card of the past, and what it rests on.
#[derive(Debug, Serialize, Deserialize)]
pub struct Account {
    /// The code.
    pub code: String,
    /// The instant.
    pub at: Timestamp,
    /// The card, byte by byte as it was answered.
    pub card: Box<RawValue>,
    /// Its reasons, in their order.
    pub reasons: Vec<Rested>,
    /// The lines of the log that were replayed, in order.
    pub lines: Vec<Line>,
    /// Lines that could not be: where there are any, the card may have been another one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_replayed: Vec<NotReplayed>,
    /// What is not in the log.
    pub unsaid: Vec<String>,
}

/// A reason on the card, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rested {
    /// Its stable name.
    pub code: ReasonCode,
    /// As it stood on the card.
    pub text: String,
    /// The family of rules that found it.
    pub rule: String,
    /// Numbers of the lines that it rests on.
    pub lines: Vec<u64>,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number.
    pub n: u64,
    /// When it was accepted.
    pub at: Timestamp,
    /// What was done.
    pub act: String,
    /// What it is about.
    pub about: String,
    /// On whose behalf.
    pub publisher: String,
    /// By which person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Who approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// SHA-256 of the file that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line in that file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

/// A line that could not be replayed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotReplayed {
    /// Its number.
    pub n: u64,
    /// What was in the way.
    pub why: String,
}

impl Line {
    /// A line of the log, without what was declared.
    pub(crate) fn of(n: u64, line: &Evidence, said: &Said) -> Self {
        let Evidence { at, publisher, by, act, why, approved_by, file, line, .. } = line.clone();
        Self { n, at, act, about: said.about(), publisher, by, approved_by, why, file, line }
    }
}

impl Account {
    /// Of what was replayed.
    pub(super) fn of(
        asked: &Asked,
        card: &Card,
        replayed: &[(u64, Evidence, Said)],
        not_replayed: Vec<NotReplayed>,
    ) -> Result<Self, Unexplained> {
        let subject = Subject {
            gtin: card.code.gtin.as_deref().and_then(|gtin| gtin.parse().ok()),
            lot: card.code.lot.as_deref().or(card.batch.as_ref().map(|batch| batch.lot.as_str())),
        };
        let rested = |code: ReasonCode| {
            replayed.iter().filter(|(_, _, said)| rests_on(code, subject, said)).map(|(n, ..)| *n).collect()
        };
        let reasons = card.reasons.iter().map(|reason| Rested {
            code: reason.code,
            text: reason.text.clone(),
            rule: rule_of(reason.code).to_owned(),
            lines: rested(reason.code),
        });
        let mut unsaid = vec![UNSAID.to_owned()];
        if card.code.serial.is_some() {
            unsaid.push(UNSAID_OF_UNITS.to_owned());
        }
        Ok(Self {
            code: asked.code.clone(),
            at: asked.at,
            card: RawValue::from_string(serde_json::to_string(card)?)?,
            reasons: reasons.collect(),
            lines: replayed.iter().map(|(n, line, said)| Line::of(*n, line, said)).collect(),
            not_replayed,
            unsaid,
        })
    }
}
