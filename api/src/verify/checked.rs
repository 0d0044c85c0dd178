//! What a consumer's check has come to, as facts for a judgement.

use jiff::Timestamp;
use nguon_openapi::{Card, Checks, ChecksState, Level, Reason, ReasonCode, Tone, Verdict};

use super::rules::Finding;
use super::texts;

/// A check by a consumer with the unit in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Whether it was counted, and how many there are.
    pub counting: Counting,
    /// What came of the PIN that was given with it.
    pub pin: Option<PinSeen>,
    /// The receipt that was given with it is the one for which the PIN was used.
    pub same_receipt: bool,
}

/// Whether a check was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// It is on record: only then may an answer be positive.
    Counted {
        /// Checks counted so far, this one included.
        count: u64,
        /// When the first was.
        first_at: Timestamp,
        /// This is the first.
        first: bool,
    },
    /// It could not be recorded, and nothing is known of others.
    NotCounted {
        /// It waits on this node's disk and will be.
        kept: bool,
    },
}

/// What came of a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinSeen {
    /// It is the right one, and was used by this check.
    Accepted,
    /// It is the right one, and had been used before.
    UsedBefore,
    /// It is not the right one.
    Mismatch,
    /// There is none on record for this unit.
    NoneOnRecord,
    /// It was not compared: too many were tried.
    TooOften,
    /// It could not be compared.
    NotCompared,
}

/// Whether a card is of one unit on record: something that can be checked.
#[must_use]
pub fn is_one_unit(card: &Card) -> bool {
    card.level == Level::Item && card.product.is_some()
}

/// A card from before, as the answer to a check that could not be recorded.
/// `receipt`: the one for it, if it was kept for later.
pub fn not_counted(card: &mut Card, pin_given: bool, receipt: Option<&str>) {
    let mut add = |finding: &Finding| {
        card.reasons.push(Reason {
            code: finding.reason,
            text: texts::reason(finding, card.lang),
            in_code: None,
            on_record: None,
        });
    };
    add(&Finding::said(ReasonCode::NotCounted));
    if receipt.is_some() {
        add(&Finding::said(ReasonCode::CountedLater));
    }
    if pin_given {
        add(&Finding::said(ReasonCode::PinNotCompared));
    }
    if card.verdict == Verdict::RegisteredItem && card.tone == Tone::Info {
        texts::headline(texts::Key::ItemNotCounted, card.lang).clone_into(&mut card.headline);
        card.advice = texts::advice(texts::Key::ItemNotCounted, texts::Filling::default(), card.lang);
    }
    card.checks = Some(Checks { receipt: receipt.map(str::to_owned), ..Checks::of(ChecksState::NotCounted) });
}
