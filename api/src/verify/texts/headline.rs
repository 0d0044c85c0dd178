//! Headline and advice for every verdict and its variants: which row of the table it is.

mod table;

use nguon_openapi::{Context, Lang, MatchedBy, ReasonCode, RecallStatus, Verdict};

use super::{Filling, fill};
use crate::verify::judge::Judgement;
use table::{TABLE, Text};

/// A row of the table: a verdict, or a variant of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::verify) enum Key {
    Malformed,
    Recalled,
    RecallClosed,
    RecallElsewhere,
    Revoked,
    SuspectedClone,
    Expired,
    ExpiredByCode,
    AlreadyConsumed,
    SameReceipt,
    DataMismatch,
    UnknownSerial,
    UnusualActivity,
    NotActivated,
    Lapsed,
    ItemChecked,
    ItemNotCounted,
    PinMismatch,
    PinNotOnRecord,
    PinTooOften,
    ItemLookup,
    ItemWithoutCheck,
    Batch,
    Gtin,
    Unknown,
    Shop,
}

/// The row for a judgement, and the day that it speaks of.
pub(in crate::verify) fn key(judgement: &Judgement, context: Context, checks: bool) -> (Key, Filling) {
    let of = |reason| judgement.findings.iter().find(|f| f.reason == reason).map(Filling::of).unwrap_or_default();
    let has = |reason| judgement.findings.iter().any(|f| f.reason == reason);
    let nothing = Filling::default();
    match judgement.verdict {
        Verdict::Malformed => (Key::Malformed, nothing),
        Verdict::Recalled => {
            let active =
                judgement.recalls.iter().any(|m| m.is_direct() && m.entry.recall.status == RecallStatus::Active);
            if active { (Key::Recalled, nothing) } else { (Key::RecallClosed, of(ReasonCode::RecallClosed)) }
        }
        Verdict::Revoked => (Key::Revoked, of(ReasonCode::CodeRevoked)),
        Verdict::SuspectedClone => (Key::SuspectedClone, nothing),
        Verdict::Expired => match (of(ReasonCode::Expired), of(ReasonCode::ExpiredByCode)) {
            (Filling { date: None, .. }, in_code) => (Key::ExpiredByCode, in_code),
            (record, in_code) if in_code.date.is_some_and(|day| Some(day) < record.date) => {
                (Key::ExpiredByCode, in_code)
            }
            (on_record, _) => (Key::Expired, on_record),
        },
        Verdict::AlreadyConsumed if has(ReasonCode::SameReceipt) => (Key::SameReceipt, of(ReasonCode::PinRedeemed)),
        Verdict::AlreadyConsumed => (Key::AlreadyConsumed, of(ReasonCode::PinRedeemed)),
        Verdict::DataMismatch => (Key::DataMismatch, nothing),
        Verdict::UnknownSerial => (Key::UnknownSerial, nothing),
        Verdict::UnusualActivity => (Key::UnusualActivity, of(ReasonCode::CloneSoftRule)),
        Verdict::NotActivated => (Key::NotActivated, nothing),
        Verdict::Lapsed => (Key::Lapsed, of(ReasonCode::RegistrationEnded)),
        Verdict::RegisteredItem | Verdict::RegisteredBatch | Verdict::RegisteredGtin
            if lots_are_recalled(judgement) =>
        {
            (Key::RecallElsewhere, nothing)
        }
        Verdict::RegisteredItem | Verdict::RegisteredBatch | Verdict::RegisteredGtin if context == Context::Shop => {
            (Key::Shop, nothing)
        }
        Verdict::RegisteredItem => (item(judgement, checks), nothing),
        Verdict::RegisteredBatch => (Key::Batch, nothing),
        Verdict::RegisteredGtin => (Key::Gtin, nothing),
        Verdict::Unknown if lots_are_recalled(judgement) => (Key::RecallElsewhere, nothing),
        Verdict::Unknown => (Key::Unknown, nothing),
    }
}

/// The row for a unit on record that nothing speaks against but, perhaps, the PIN that was given.
fn item(judgement: &Judgement, checks: bool) -> Key {
    let has = |reasons: &[ReasonCode]| judgement.findings.iter().any(|f| reasons.contains(&f.reason));
    if has(&[ReasonCode::PinMismatch]) {
        Key::PinMismatch
    } else if has(&[ReasonCode::PinNotOnRecord]) {
        Key::PinNotOnRecord
    } else if has(&[ReasonCode::PinTooOften]) {
        Key::PinTooOften
    } else if has(&[ReasonCode::FirstCheck, ReasonCode::CheckedBefore]) {
        Key::ItemChecked
    } else if has(&[ReasonCode::NotCounted]) {
        Key::ItemNotCounted
    } else if checks {
        Key::ItemLookup
    } else {
        Key::ItemWithoutCheck
    }
}

fn lots_are_recalled(judgement: &Judgement) -> bool {
    judgement.recalls.iter().any(|m| m.by == MatchedBy::OtherLots && m.entry.recall.status == RecallStatus::Active)
}

/// The row of a key. Every key has one (a test holds that); the first row stands in for none.
fn row(key: Key) -> &'static Text {
    TABLE.iter().find(|text| text.key == key).unwrap_or(&TABLE[0])
}

/// One line.
pub(in crate::verify) fn headline(key: Key, lang: Lang) -> &'static str {
    let text = row(key);
    match lang {
        Lang::Vi => text.vi.0,
        Lang::En => text.en.0,
    }
}

/// What to do.
pub(in crate::verify) fn advice(key: Key, with: Filling, lang: Lang) -> String {
    let text = row(key);
    let template = match lang {
        Lang::Vi => text.vi.1,
        Lang::En => text.en.1,
    };
    fill(template, with, lang)
}

#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    TABLE.iter().flat_map(|t| [t.vi.0, t.vi.1, t.en.0, t.en.1]).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_keep_to_45_characters_and_advice_to_110() {
        let full = Filling {
            date: Some(jiff::civil::date(2026, 11, 23)),
            moment: "2026-11-23T05:00:00Z".parse().ok(),
            count: Some(1_234),
        };
        for text in TABLE {
            for lang in Lang::ALL {
                let (headline, advice) = (headline(text.key, lang), advice(text.key, full, lang));
                assert!(headline.chars().count() <= 45, "{headline}");
                assert!(advice.chars().count() <= 110, "{advice}");
            }
        }
    }

    #[test]
    fn a_sentence_without_its_day_is_left_out() {
        assert_eq!(
            advice(Key::Revoked, Filling::default(), Lang::Vi),
            "Tạm chưa dùng sản phẩm, hỏi lại nơi bán, giữ hoá đơn và bao bì."
        );
        assert_eq!(
            advice(Key::Expired, Filling::default(), Lang::En),
            "Do not use it; check the date printed on the pack."
        );
    }

    #[test]
    fn the_shared_table_of_texts_is_ours_word_for_word() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/verdict-texts.csv");
        let Ok(csv) = std::fs::read_to_string(path) else {
            println!("reference texts are absent: 0 rows compared");
            return;
        };
        let ours = all();
        let mut compared = 0;
        for line in csv.lines().skip(1).filter(|line| !line.starts_with("(could not check)")) {
            for cell in cells(line).into_iter().skip(1) {
                assert!(ours.contains(&cell), "not in the table: {cell}");
                compared += 1;
            }
        }
        println!("{compared} texts compared");
        assert!(compared > 60);
    }

    fn cells(line: &str) -> Vec<String> {
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                _ => cell.push(c),
            }
        }
        cells.push(cell);
        cells
    }
}
