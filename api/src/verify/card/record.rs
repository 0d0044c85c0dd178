//! What is on record, as a reader sees it: product, producer, lot, unit, certificates, stages, what to compare.

use jiff::Timestamp;
use jiff::civil::Date;
use nguon_openapi::{
    Batch, Certificate, CertificateKind, CertificateState, Compare, Item, ItemState, Lang, Place, Producer, Product,
    Source, TimelineEvent,
};

use crate::registry::{self, LotEntry, MediaHash, ProducerEntry, ProductEntry};
use crate::verify::day::today;
use crate::verify::facts::{Facts, ItemFacts};
use crate::verify::rules::state;
use crate::verify::texts;

pub(super) fn product(entry: &ProductEntry, lang: Lang, by: Option<&str>) -> Product {
    let product = &entry.product;
    let name = product.name.pick(lang);
    Product {
        name: name.to_owned(),
        name_is_claim: entry.claims_in(lang),
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

pub(super) fn producer(entry: &ProducerEntry, lang: Lang) -> Producer {
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

pub(super) fn batch(lot: &LotEntry, by: Option<&str>) -> Batch {
    Batch {
        lot: lot.batch.lot.to_string(),
        produced: lot.batch.produced,
        expires: lot.batch.expires,
        best_before: lot.batch.best_before,
        source: source(&lot.batch.source, by),
    }
}

pub(super) fn unit(facts: &Facts) -> Option<Item> {
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

pub(super) fn certificates(
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

pub(super) fn timeline(lot: &LotEntry, lang: Lang, by: Option<&str>) -> Vec<TimelineEvent> {
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

pub(super) fn compare(entry: &ProductEntry, lang: Lang) -> Vec<Compare> {
    entry
        .product
        .compare
        .iter()
        .map(|note| Compare { text: note.text.pick(lang).to_owned(), image: note.image.as_ref().map(media) })
        .collect()
}

/// A statement without a name behind it is its producer's.
fn source(source: &Source, by: Option<&str>) -> Source {
    Source { level: source.level, by: source.by.clone().or_else(|| by.map(str::to_owned)) }
}

/// A path on this service: a card is small, and is read where it came from.
fn media(hash: &MediaHash) -> String {
    format!("/v1/media/{hash}")
}
