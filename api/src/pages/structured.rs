//! The record as data for search engines (schema.org): `Product`, `SomeProducts` for a lot, `IndividualProduct` for a
//! unit. On our own page only.
//!
//! Data have no tone of voice: what is said here is shown without the words around it. So there are none where the
//! card warns or the name makes a claim, and a certificate is there only while it holds and if more than its holder
//! says so.

use std::fmt::Write as _;

use gs1::TradeItem;
use maud::PreEscaped;
use nguon_openapi::{
    Card, Certificate, CertificateKind, CertificateState, Level, Producer, Product, SourceLevel, Tone,
};
use nguon_view::{LONGEST, clean};
use serde_json::{Map, Value, json};

/// The data of a card, ready to stand inside a `script` element. `item` is what its code names.
pub(super) fn product_data(card: &Card, item: &TradeItem, base_url: &str) -> Option<PreEscaped<String>> {
    let product = card.product.as_ref().filter(|product| !product.name_is_claim)?;
    if !matches!(card.tone, Tone::Info | Tone::Positive) {
        return None;
    }
    let mut data = Map::new();
    let mut put = |name: &str, value: Value| data.insert(name.to_owned(), value);
    put("@context", "https://schema.org".into());
    put("@type", kind(card.level).into());
    put("name", text(&product.name));
    put("gtin", item.gtin.to_string().into());
    if let Some(canonical) = &card.code.canonical {
        put("hasGS1DigitalLink", text(canonical));
    }
    if let (Level::Item, Some(serial)) = (card.level, &item.serial) {
        put("serialNumber", serial.to_string().into());
    }
    put("image", pictures(product, base_url));
    if let Some(brand) = &product.brand {
        put("brand", json!({ "@type": "Brand", "name": text(brand) }));
    }
    if let Some(model) = &product.model {
        put("model", text(model));
    }
    if let Some(producer) = &card.producer {
        put("manufacturer", organization(producer));
    }
    if let Some(batch) = &card.batch {
        // Schema.org has no word of its own for a lot.
        let lot = text(&batch.lot);
        let property = "https://ref.gs1.org/voc/hasBatchLotNumber";
        put(
            "additionalProperty",
            json!([{ "@type": "PropertyValue", "propertyID": property, "name": "lot", "value": lot }]),
        );
        if let Some(produced) = batch.produced {
            put("productionDate", produced.to_string().into());
        }
    }
    let certificates: Vec<Value> = card.certificates.iter().filter(|c| may_be_told(c)).map(certificate).collect();
    put("hasCertification", certificates.into());
    data.retain(|_, value| value.as_array().is_none_or(|list| !list.is_empty()));
    Some(PreEscaped(inert(&Value::Object(data).to_string())))
}

const fn kind(level: Level) -> &'static str {
    match level {
        Level::Item => "IndividualProduct",
        Level::Batch => "SomeProducts",
        Level::Gtin | Level::None => "Product",
    }
}

fn pictures(product: &Product, base_url: &str) -> Value {
    own_pictures(product).map(|path| Value::from(format!("{base_url}{path}"))).collect()
}

/// Paths of pictures on this service; an address elsewhere is none of ours to point at.
fn own_pictures(product: &Product) -> impl Iterator<Item = &str> {
    product.images.iter().map(String::as_str).filter(|path| path.starts_with("/v1/media/") && path.is_ascii())
}

fn organization(producer: &Producer) -> Value {
    let mut organization = json!({ "@type": "Organization", "name": text(&producer.name) });
    if let Some(phone) = &producer.phone {
        organization["telephone"] = text(phone);
    }
    if let Some(gln) = &producer.gln {
        organization["globalLocationNumber"] = text(gln);
    }
    if let Some(place) = &producer.place {
        organization["address"] = text(&place.address);
    }
    organization
}

/// A trademark or a protected name is no certification.
fn may_be_told(certificate: &Certificate) -> bool {
    certificate.state == CertificateState::Valid
        && certificate.source.level != SourceLevel::Declared
        && !matches!(
            certificate.kind,
            CertificateKind::Trademark
                | CertificateKind::CollectiveMark
                | CertificateKind::GeographicalIndication
                | CertificateKind::PlantingArea
        )
}

fn certificate(certificate: &Certificate) -> Value {
    let mut data = json!({
        "@type": "Certification",
        "name": text(&certificate.name),
        "certificationStatus": "https://schema.org/CertificationActive",
    });
    if let Some(number) = &certificate.number {
        data["certificationIdentification"] = text(number);
    }
    if let Some(issuer) = &certificate.issuer {
        data["issuedBy"] = json!({ "@type": "Organization", "name": text(issuer) });
    }
    if let Some(from) = certificate.from {
        data["validFrom"] = from.to_string().into();
    }
    if let Some(to) = certificate.to {
        data["expires"] = to.to_string().into();
    }
    data
}

fn text(text: &str) -> Value {
    clean(text, LONGEST).into()
}

/// JSON that can stand inside `<script>`: no `<` that could end the element or begin a comment (HTML §4.12.1.3), no
/// line separator that older scripts stumble over. All of these stand inside strings only, so escapes mean the same.
fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                // All of these are in the basic plane: one escape each. Writing into a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
