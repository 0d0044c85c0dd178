//! From facts to a judgement: which finding is the verdict, how far the record reaches, how it should sound.

use jiff::Timestamp;
use nguon_openapi::{Level, ReasonCode, SafetyStatus, Tone, Verdict};

use super::checked::{Checked, Counting, PinSeen};
use super::facts::{CodeFacts, Facts, ItemFacts};
use super::rules::recalls::Matched;
use super::rules::{Finding, Found, checks, dates, identity, recalls, state};

/// What is to be said, before it is put into words.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// How far the record reaches.
    pub level: Level,
    /// How it should sound.
    pub tone: Tone,
    /// For a till.
    pub safety: SafetyStatus,
    /// The next instant at which something on the card changes by itself.
    pub valid_until: Option<Timestamp>,
    pub(super) findings: Vec<Finding>,
    pub(super) recalls: Vec<Matched>,
}

/// Judge a lookup. Never `positive`, whatever the facts: only a counted check may be.
#[must_use]
pub fn judge(facts: &Facts, now: Timestamp) -> Judgement {
    judgement(facts, None, now)
}

/// Judge a check. `positive` if it was counted, the unit is on record, and nothing speaks against it.
#[must_use]
pub fn judge_check(facts: &Facts, checked: &Checked, now: Timestamp) -> Judgement {
    let judgement = judgement(facts, Some(checked), now);
    let nothing_against = judgement.verdict == Verdict::RegisteredItem
        && judgement.tone == Tone::Info
        && judgement.safety == SafetyStatus::NoneKnown
        && matches!(checked.pin, None | Some(PinSeen::Accepted))
        && judgement.findings.iter().all(|finding| casts_no_doubt(finding.reason))
        && facts.producer.as_ref().is_none_or(|producer| !producer.producer.withdrawn);
    match checked.counting {
        Counting::Counted { .. } if nothing_against => Judgement { tone: Tone::Positive, ..judgement },
        _ => judgement,
    }
}

/// Findings beside which an answer may be positive. Whatever is not here (a lot that is not on record, a date that has
/// passed, a dispute) is no warning by itself and no praise either.
const fn casts_no_doubt(reason: ReasonCode) -> bool {
    matches!(
        reason,
        ReasonCode::SerialOnRecord
            | ReasonCode::LotOnRecord
            | ReasonCode::GtinOnRecord
            | ReasonCode::FirstCheck
            | ReasonCode::CheckedBefore
            | ReasonCode::PinAccepted
            | ReasonCode::InputTrimmed
            | ReasonCode::ClaimInName
            | ReasonCode::CertificateEnded
            | ReasonCode::ExpiresToday
            | ReasonCode::RecallWithdrawn
            | ReasonCode::RecallOtherLots
            | ReasonCode::OtherScheme
    )
}

fn judgement(facts: &Facts, checked: Option<&Checked>, now: Timestamp) -> Judgement {
    let mut found = Found::default();
    let (recalls, mut safety) = recalls::matched(facts, now, &mut found);
    match &facts.code {
        CodeFacts::TradeItem { .. } => {
            state::of_unit(facts, &mut found);
            checks::of_unit(facts, checked, now, &mut found);
            dates::use_by(facts, now, &mut found);
            identity::named(facts, &mut found);
            dates::registration(facts, now, &mut found);
        }
        CodeFacts::Opaque => found.add(Finding::asks(ReasonCode::OtherScheme, Verdict::Unknown)),
        CodeFacts::NotProduct(reason) => found.add(not_a_product(*reason)),
        CodeFacts::Malformed(error) => found.add(Finding::asks(fault(error), Verdict::Malformed)),
    }

    let Found { mut findings, valid_until } = found;
    let verdict = findings.iter().filter_map(|f| f.verdict).min().unwrap_or(Verdict::Unknown);
    let tone = findings.iter().filter_map(|f| f.at_least).fold(tone_of(verdict), Tone::max);
    if safety != SafetyStatus::Affected && findings.iter().any(|f| f.verdict == Some(Verdict::Expired)) {
        safety = SafetyStatus::Expired;
    }
    // The weightiest first: what asks for the verdict, then what warns, then what is only said.
    findings.sort_by_key(|f| (f.verdict.is_none_or(says_only_that_it_is_on_record), f.verdict, f.at_least.is_none()));
    Judgement { verdict, level: level_of(facts), tone, safety, valid_until, findings, recalls }
}

const fn says_only_that_it_is_on_record(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::RegisteredItem | Verdict::RegisteredBatch | Verdict::RegisteredGtin)
}

/// The tone of a verdict in a lookup.
#[must_use]
pub const fn tone_of(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Malformed | Verdict::Unknown => Tone::Neutral,
        Verdict::Recalled | Verdict::Revoked | Verdict::SuspectedClone | Verdict::Expired => Tone::Danger,
        Verdict::AlreadyConsumed
        | Verdict::DataMismatch
        | Verdict::UnknownSerial
        | Verdict::UnusualActivity
        | Verdict::NotActivated
        | Verdict::Lapsed => Tone::Caution,
        Verdict::RegisteredItem | Verdict::RegisteredBatch | Verdict::RegisteredGtin => Tone::Info,
    }
}

fn level_of(facts: &Facts) -> Level {
    match (&facts.item, &facts.product) {
        (_, None) => Level::None,
        (ItemFacts::Known { .. }, _) => Level::Item,
        _ if facts.lot_on_record().is_some() => Level::Batch,
        _ => Level::Gtin,
    }
}

fn not_a_product(reason: gs1::Reason) -> Finding {
    let code = match reason {
        gs1::Reason::PaymentCode => ReasonCode::PaymentCode,
        gs1::Reason::PersonalDocument => ReasonCode::PersonalDocument,
        gs1::Reason::RestrictedCirculation => ReasonCode::RestrictedCirculation,
        gs1::Reason::LogisticUnit => ReasonCode::LogisticUnit,
        gs1::Reason::SeveralCodes => return Finding::asks(ReasonCode::SeveralCodes, Verdict::Malformed),
        _ => ReasonCode::OtherScheme,
    };
    Finding::asks(code, Verdict::Unknown)
}

fn fault(error: &gs1::ParseError) -> ReasonCode {
    if error.expected_check_digit().is_some() { ReasonCode::CheckDigit } else { ReasonCode::Structure }
}
