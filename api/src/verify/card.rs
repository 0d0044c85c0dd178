//! From a judgement to the public card: stored fields become public by being copied here, and only here.

use jiff::Timestamp;
use jiff::civil::Date;
use nguon_openapi::{
    Batch, Card, Certificate, CertificateKind, CertificateState, Checks, ChecksState, CodeInfo, CodeKind, Compare,
    Context, Item, ItemState, Lang, Level, Links, Place, Producer, Product, Reason, RecallNotice, RecalledSerials,
    Safety, Source, TimelineEvent,
};

use super::completeness::completeness;
use super::day::{printed, today};
use super::facts::{CodeFacts, Facts, ItemFacts};
use super::judge::Judgement;
use super::rules::recalls::Matched;
use super::rules::{Finding, state};
use super::{RULES_VERSION, texts};
use crate::registry::claim::is_claim;
use crate::registry::{self, LotEntry, LotRef, MediaHash, ProducerEntry, ProductEntry, Stamp};

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
}

/// Put a judgement into words.
#[must_use]
pub fn card(facts: &Facts, judgement: &Judgement, asked: Asked<'_>, now: Timestamp) -> Card {
    let lang = asked.lang;
    let product = facts.product.as_deref();
    let producer = facts.producer.as_deref().filter(|p| !p.producer.withdrawn);
    let lot = facts.lot_on_record().map(|lot| &**lot);
    let by = producer.map(|p| p.producer.name.pick(lang));
    let (key, date) = texts::key(judgement, asked.context);
    let newest = stamps(facts).max_by_key(|stamp| stamp.revision);
    Card {
        demo: product.is_some_and(|p| p.product.demo),
        lang,
        code: code_info(facts, asked, now),
        verdict: judgement.verdict,
        level: judgement.level,
        tone: judgement.tone,
        headline: texts::headline(key, lang).to_owned(),
        advice: texts::advice(key, date, lang),
        reasons: judgement.findings.iter().map(|finding| reason(facts, finding, lang)).collect(),
        safety: Safety {
            status: judgement.safety,
            recalls: judgement.recalls.iter().map(|matched| recall(matched, lang)).collect(),
        },
        product: product.map(|p| public_product(p, lang, by)),
        producer: producer.map(|p| public_producer(p, lang)),
        batch: lot.map(|lot| batch(lot, by)),
        item: unit(facts),
        certificates: product.map(|p| certificates(p, producer, lang, by, now)).unwrap_or_default(),
        timeline: lot.map(|lot| timeline(lot, lang, by)).unwrap_or_default(),
        compare: product.map(|p| compare(p, lang)).unwrap_or_default(),
        completeness: product.map(|p| completeness(p, producer, lot, lang)),
        checks: product.map(|_| Checks { state: checks_state(judgement.level, asked.context) }),
        links: Some(links(facts, asked)).filter(|links| *links != Links::default()),
        footer: newest.filter(|_| product.is_some()).map(|stamp| footer(by, stamp, lang)),
        record_version: newest.map_or(0, |stamp| stamp.revision),
        rules_version: RULES_VERSION.to_owned(),
        as_of: newest.map(|stamp| stamp.at),
        valid_until: judgement.valid_until,
        stale: false,
    }
}

/// Stamps of every record that the card stands on.
fn stamps(facts: &Facts) -> impl Iterator<Item = Stamp> {
    let product = facts.product.iter().map(|p| p.stamp);
    let producer = facts.producer.iter().map(|p| p.stamp);
    let lots = facts.lot_entries().map(|lot| lot.stamp);
    let recalls = facts.recalls.iter().map(|recall| recall.stamp);
    product.chain(producer).chain(lots).chain(recalls)
}

fn code_info(facts: &Facts, asked: Asked<'_>, now: Timestamp) -> CodeInfo {
    let (kind, input) = match &facts.code {
        CodeFacts::TradeItem { opaque: false, .. } => (CodeKind::Gs1, asked.input),
        CodeFacts::TradeItem { opaque: true, .. } | CodeFacts::Opaque => (CodeKind::Opaque, asked.input),
        CodeFacts::Malformed(_) => (CodeKind::Malformed, asked.input),
        CodeFacts::NotProduct(gs1::Reason::LogisticUnit) => (CodeKind::Gs1Other, asked.input),
        // An identity card or a bank account is nobody's to repeat.
        CodeFacts::NotProduct(gs1::Reason::PersonalDocument | gs1::Reason::PaymentCode) => (CodeKind::NotProduct, ""),
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

fn recall(matched: &Matched, lang: Lang) -> RecallNotice {
    let recall = &matched.entry.recall;
    let pick = |text: &Option<registry::Localised>| text.as_ref().map(|text| text.pick(lang).to_owned());
    RecallNotice {
        id: recall.id.to_string(),
        status: recall.status,
        matched_by: matched.by,
        class: recall.class,
        reason: recall.reason.pick(lang).to_owned(),
        hazard: pick(&recall.hazard),
        gtin: recall.scope.gtin.to_string(),
        whole_product: recall.scope.whole_product,
        lots: recall.scope.lots.iter().map(ToString::to_string).collect(),
        serials: recall
            .scope
            .serials
            .iter()
            .map(|range| RecalledSerials { from: range.from.to_string(), to: range.to.to_string() })
            .collect(),
        where_to_find_lot: pick(&recall.where_to_find_lot),
        remedy: pick(&recall.remedy),
        return_to: pick(&recall.return_to),
        phone: recall.phone.as_ref().map(ToString::to_string),
        issuer: recall.issuer.to_string(),
        document_no: recall.document_no.as_ref().map(ToString::to_string),
        from: recall.from,
        ended: recall.ended,
        path: matched.path.iter().map(lot_path).collect(),
    }
}

fn lot_path(lot: &LotRef) -> String {
    let item = gs1::TradeItem { lot: Some(lot.lot), ..gs1::TradeItem::of_gtin(lot.gtin) };
    address("", |out| item.write_path(out))
}

fn public_product(entry: &ProductEntry, lang: Lang, by: Option<&str>) -> Product {
    let product = &entry.product;
    let name = product.name.pick(lang);
    Product {
        name: name.to_owned(),
        name_is_claim: is_claim(name),
        brand: product.brand.as_ref().map(ToString::to_string),
        model: product.model.as_ref().map(ToString::to_string),
        category: product.category.as_ref().map(|text| text.pick(lang).to_owned()),
        origin: product.origin.as_ref().map(|text| text.pick(lang).to_owned()),
        net_content: product.net_content.as_ref().map(ToString::to_string),
        standards: product.standards.iter().map(ToString::to_string).collect(),
        warnings: product.warnings.iter().map(|text| text.pick(lang).to_owned()).collect(),
        images: product.images.iter().map(media).collect(),
        source: source(&product.source, by),
    }
}

fn public_producer(entry: &ProducerEntry, lang: Lang) -> Producer {
    let producer = &entry.producer;
    let name = producer.name.pick(lang);
    Producer {
        name: name.to_owned(),
        gln: producer.id.gln().map(|gln| gln.to_string()),
        place: producer.address.as_ref().map(|address| Place {
            address: address.text.to_string(),
            ward_code: address.ward_code.as_ref().map(ToString::to_string),
            province_code: address.province_code.as_ref().map(ToString::to_string),
            legacy_address: address.legacy.as_ref().map(ToString::to_string),
        }),
        phone: producer.phone.as_ref().map(ToString::to_string),
        email: producer.email.as_ref().map(ToString::to_string),
        website: producer.website.as_ref().map(ToString::to_string),
        source: source(&producer.source, Some(name)),
    }
}

fn batch(lot: &LotEntry, by: Option<&str>) -> Batch {
    Batch {
        lot: lot.batch.lot.to_string(),
        produced: lot.batch.produced,
        expires: lot.batch.expires,
        best_before: lot.batch.best_before,
        source: source(&lot.batch.source, by),
    }
}

fn unit(facts: &Facts) -> Option<Item> {
    let ItemFacts::Known { entry, exception, .. } = &facts.item else { return None };
    Some(Item {
        serial: facts.trade_item()?.serial?.to_string(),
        state: match entry.state {
            registry::ItemState::Issued => ItemState::Issued,
            registry::ItemState::Active => ItemState::Active,
            registry::ItemState::Specimen => ItemState::Specimen,
            registry::ItemState::Consumed => ItemState::Consumed,
            registry::ItemState::Revoked => ItemState::Revoked,
        },
        since: state::since(entry),
        expires: exception.as_ref().and_then(|exception| exception.expires),
    })
}

fn certificates(
    product: &ProductEntry,
    producer: Option<&ProducerEntry>,
    lang: Lang,
    by: Option<&str>,
    now: Timestamp,
) -> Vec<Certificate> {
    let of_producer = producer.into_iter().flat_map(|p| &p.certificates);
    let all = product.certificates.iter().chain(of_producer).filter(|c| !c.withdrawn);
    let mut all: Vec<Certificate> = all.map(|c| certificate(c, lang, by, today(now))).collect();
    // What holds today stands before what has ended.
    all.sort_by_key(|c| c.state != CertificateState::Valid);
    all
}

fn certificate(c: &registry::Certificate, lang: Lang, by: Option<&str>, today: Date) -> Certificate {
    let family = texts::certificate_kind(c.kind, lang);
    let name = match (&c.name, c.kind, c.stars) {
        (Some(name), _, _) => name.pick(lang).to_owned(),
        (None, CertificateKind::Ocop, Some(stars)) => format!("{family} {stars} {}", lang.pick("sao", "stars")),
        (None, _, _) => family.to_owned(),
    };
    Certificate {
        kind: c.kind,
        name,
        stars: c.stars,
        number: c.number.as_ref().map(ToString::to_string),
        issuer: c.issuer.as_ref().map(ToString::to_string),
        scope: c.scope.as_ref().map(|scope| scope.pick(lang).to_owned()),
        from: c.from,
        to: c.to,
        state: if c.to.is_some_and(|to| today > to) {
            CertificateState::Ended
        } else if c.from.is_some_and(|from| today < from) {
            CertificateState::NotYet
        } else {
            CertificateState::Valid
        },
        url: c.url.as_ref().map(ToString::to_string),
        source: source(&c.source, by),
    }
}

fn timeline(lot: &LotEntry, lang: Lang, by: Option<&str>) -> Vec<TimelineEvent> {
    lot.events
        .iter()
        .filter(|event| !event.withdrawn)
        .map(|event| TimelineEvent {
            stage: event.stage,
            text: event
                .text
                .as_ref()
                .map_or_else(|| texts::stage(event.stage, lang).to_owned(), |text| text.pick(lang).to_owned()),
            date: event.date,
            place: event.place.as_ref().map(ToString::to_string),
            source: source(&event.source, by),
        })
        .collect()
}

fn compare(entry: &ProductEntry, lang: Lang) -> Vec<Compare> {
    entry
        .product
        .compare
        .iter()
        .map(|note| Compare { text: note.text.pick(lang).to_owned(), image: note.image.as_ref().map(media) })
        .collect()
}

fn checks_state(level: Level, context: Context) -> ChecksState {
    if level == Level::Item && context == Context::Unit { ChecksState::Available } else { ChecksState::NotPossible }
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

/// A statement without a name behind it is its producer's.
fn source(source: &Source, by: Option<&str>) -> Source {
    Source { level: source.level, by: source.by.clone().or_else(|| by.map(str::to_owned)) }
}

/// A path on this service: a card is small, and is read where it came from.
fn media(hash: &MediaHash) -> String {
    format!("/v1/media/{hash}")
}

fn address(base: &str, write: impl FnOnce(&mut String) -> core::fmt::Result) -> String {
    let mut out = base.to_owned();
    // Writing into a String cannot fail.
    let _ = write(&mut out);
    out
}
