//! From a judgement to the public card: stored fields become public by being copied here, and only here.

mod notice;
mod record;

use jiff::Timestamp;
use nguon_openapi::{Card, Checks, ChecksState, CodeInfo, CodeKind, Context, Lang, Level, Links, Reason, Safety};

use super::checked::{Checked, Counting};
use super::completeness::completeness;
use super::day::{printed, today};
use super::facts::{CodeFacts, Facts, ItemFacts};
use super::judge::Judgement;
use super::rules::Finding;
use super::{RULES_VERSION, texts};
use crate::registry::Stamp;

/// Most recalls that a card shows in full.
const MAX_RECALLS: usize = 20;

/// What the reader asked, and where the answer stands.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The code as it was given, blanks around it removed.
    pub input: &'a str,
    /// Language of the texts.
    pub lang: Lang,
    /// Where the card will be shown.
    pub context: Context,
    /// The public origin, without a slash at its end.
    pub base_url: &'a str,
    /// This service counts checks: a card of one unit offers one. Otherwise it must not speak of it.
    pub checks: bool,
    /// The whole registry is a demonstration.
    pub demo: bool,
    /// The check that is answered, and the receipt for it if there is one; `None` in a lookup.
    pub checked: Option<(&'a Checked, Option<&'a str>)>,
}

/// Put a judgement into words.
#[must_use]
pub fn card(facts: &Facts, judgement: &Judgement, asked: Asked<'_>, now: Timestamp) -> Card {
    let lang = asked.lang;
    let product = facts.product.as_deref();
    let producer = facts.producer.as_deref().filter(|p| !p.producer.withdrawn);
    let lot = facts.lot_on_record().map(|lot| &**lot);
    let by = producer.map(|p| p.producer.name.pick(lang));
    let (key, with) = texts::key(judgement, asked.context, asked.checks);
    let declared = declared(facts).max_by_key(|stamp| stamp.revision);
    let recalls = judgement.recalls.iter().map(|matched| matched.entry.stamp);
    let newest = recalls.chain(declared).max_by_key(|stamp| stamp.revision);
    Card {
        demo: asked.demo || product.is_some_and(|p| p.product.demo),
        lang,
        code: code_info(facts, asked, now),
        verdict: judgement.verdict,
        level: judgement.level,
        tone: judgement.tone,
        headline: texts::headline(key, lang).to_owned(),
        advice: texts::advice(key, with, lang),
        reasons: judgement.findings.iter().map(|finding| reason(facts, finding, lang)).collect(),
        safety: Safety {
            status: judgement.safety,
            recalls: judgement
                .recalls
                .iter()
                .take(MAX_RECALLS)
                .map(|matched| notice::of(facts, matched, lang))
                .collect(),
            more_recalls: judgement.recalls.len().saturating_sub(MAX_RECALLS) as u64,
        },
        product: product.map(|p| record::product(p, lang, by)),
        producer: producer.map(|p| record::producer(p, lang)),
        batch: lot.map(|lot| record::batch(lot, by)),
        item: record::unit(facts),
        certificates: product.map(|p| record::certificates(p, producer, lang, by, now)).unwrap_or_default(),
        timeline: lot.map(|lot| record::timeline(lot, lang, by)).unwrap_or_default(),
        compare: product.map(|p| record::compare(p, lang)).unwrap_or_default(),
        completeness: product.map(|p| completeness(p, producer, lot, lang)),
        checks: product.map(|_| checks(judgement.level, asked)),
        links: Some(links(facts, asked)).filter(|links| *links != Links::default()),
        footer: declared.filter(|_| product.is_some()).map(|stamp| footer(by, stamp, lang)),
        record_version: newest.map_or(0, |stamp| stamp.revision),
        rules_version: RULES_VERSION.to_owned(),
        as_of: newest.map(|stamp| stamp.at),
        valid_until: judgement.valid_until,
        stale: false,
        checked_at: None,
    }
}

/// Stamps of what the publisher declared.
fn declared(facts: &Facts) -> impl Iterator<Item = Stamp> {
    let product = facts.product.iter().map(|p| p.stamp);
    let producer = facts.producer.iter().map(|p| p.stamp);
    let lots = facts.lot_entries().map(|lot| lot.stamp);
    product.chain(producer).chain(lots)
}

fn code_info(facts: &Facts, asked: Asked<'_>, now: Timestamp) -> CodeInfo {
    let (kind, input) = match &facts.code {
        CodeFacts::TradeItem { opaque: false, .. } => (CodeKind::Gs1, asked.input),
        CodeFacts::TradeItem { opaque: true, .. } | CodeFacts::Opaque => (CodeKind::Opaque, asked.input),
        CodeFacts::Malformed(_) => (CodeKind::Malformed, asked.input),
        CodeFacts::NotProduct(gs1::Reason::LogisticUnit) => (CodeKind::Gs1Other, asked.input),
        // An identity card or a bank account is nobody's to repeat.
        CodeFacts::NotProduct(reason) if reason.is_private() => (CodeKind::NotProduct, ""),
        CodeFacts::NotProduct(_) => (CodeKind::NotProduct, asked.input),
    };
    let item = facts.trade_item();
    CodeInfo {
        input: input.to_owned(),
        kind,
        canonical: item.map(|item| address(asked.base_url, |out| item.write_canonical(out))),
        gtin: item.map(|item| item.gtin.to_string()),
        lot: item.and_then(|item| item.lot).map(|lot| lot.to_string()),
        serial: item.and_then(|item| item.serial).map(|serial| serial.to_string()),
        expiry: item.and_then(|item| item.expiry).and_then(|date| printed(date, now)),
        best_before: item.and_then(|item| item.best_before).and_then(|date| printed(date, now)),
    }
}

fn reason(facts: &Facts, finding: &Finding, lang: Lang) -> Reason {
    let text = match &facts.code {
        CodeFacts::Malformed(error) => error
            .message(match lang {
                Lang::Vi => gs1::Language::Vi,
                Lang::En => gs1::Language::En,
            })
            .to_string(),
        _ => texts::reason(finding, lang),
    };
    Reason {
        code: finding.reason,
        text,
        in_code: finding.in_code.as_ref().map(ToString::to_string),
        on_record: finding.on_record.as_ref().map(ToString::to_string),
    }
}

fn checks(level: Level, asked: Asked<'_>) -> Checks {
    let possible = level == Level::Item && asked.context == Context::Unit;
    let Some((checked, receipt)) = asked.checked.filter(|_| possible) else {
        return Checks::of(if asked.checks && possible { ChecksState::Available } else { ChecksState::NotPossible });
    };
    let receipt = receipt.map(str::to_owned);
    match checked.counting {
        Counting::Counted { count, first_at, first } => Checks {
            count: Some(count),
            first_at: Some(first_at),
            first_check: Some(first),
            receipt,
            ..Checks::of(ChecksState::Counted)
        },
        Counting::NotCounted { .. } => Checks { receipt, ..Checks::of(ChecksState::NotCounted) },
    }
}

fn links(facts: &Facts, asked: Asked<'_>) -> Links {
    let Some(item) = facts.trade_item() else { return Links::default() };
    let page = |item: &gs1::TradeItem| address(&format!("{}/card", asked.base_url), |out| item.write_canonical(out));
    let CodeFacts::TradeItem { trade_unit, .. } = &facts.code else { return Links::default() };
    let case_variant = match &facts.item {
        ItemFacts::Unknown { case_variant: Some(serial) } => {
            Some(page(&gs1::TradeItem { serial: Some(*serial), ..*item }))
        }
        _ => None,
    };
    Links {
        card: Some(page(item)),
        case_variant,
        trade_unit: trade_unit.map(|gtin| page(&gs1::TradeItem::of_gtin(gtin))),
    }
}

fn footer(by: Option<&str>, stamp: Stamp, lang: Lang) -> String {
    let day = texts::day(today(stamp.at), lang);
    match (lang, by) {
        (Lang::Vi, Some(by)) => format!("Thông tin do {by} khai báo, cập nhật lần cuối ngày {day}."),
        (Lang::Vi, None) => format!("Thông tin do nhà sản xuất khai báo, cập nhật lần cuối ngày {day}."),
        (Lang::En, Some(by)) => format!("Declared by {by}; last updated on {day}."),
        (Lang::En, None) => format!("Declared by the producer; last updated on {day}."),
    }
}

fn address(base: &str, write: impl FnOnce(&mut String) -> core::fmt::Result) -> String {
    let mut out = base.to_owned();
    // Writing into a String cannot fail.
    let _ = write(&mut out);
    out
}
