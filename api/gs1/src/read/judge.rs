//! From the elements of a message to what it is about.

use alloc::borrow::Cow;

use crate::ai::Ai;
use crate::date::AiDate;
use crate::elements::Elements;
use crate::error::{ErrorCode, ParseError};
use crate::gs1_prefix::Gs1Prefix;
use crate::gtin::Gtin14;
use crate::other_key::{KeyKind, OtherKey};
use crate::reading::{NotProduct, Outcome};
use crate::reason::Reason;
use crate::text::{Cpv, Lot, Serial, Tpx};
use crate::tidied::Tidied;
use crate::trade_item::TradeItem;

/// What the elements are about.
pub(super) fn outcome<'a>(
    elements: &Elements<'_>,
    text: &'a str,
    tidied: &mut Tidied,
) -> Result<Outcome<'a>, ParseError> {
    if let Err(error) = elements.check_repetitions() {
        if error.ai() == Some(Ai::of(1)) {
            return Ok(Outcome::NotProduct(NotProduct {
                reason: Reason::SeveralCodes,
                text: Some(Cow::Borrowed(text)),
                key: None,
                gtin: None,
            }));
        }
        return Err(error);
    }
    tidied.add_if(Tidied::ASSOCIATION, elements.check_exclusions().is_err() || elements.check_requirements().is_err());
    match subject(elements)? {
        Subject::TradeItem(gtin) => {
            let item = trade_item(gtin, elements)?;
            Ok(of_trade_item(item, text))
        }
        Subject::LogisticUnit(key) => Ok(Outcome::NotProduct(NotProduct {
            reason: Reason::LogisticUnit,
            text: Some(Cow::Borrowed(text)),
            key,
            gtin: None,
        })),
        Subject::Key(key) => Ok(Outcome::Key(key)),
    }
}

enum Subject {
    TradeItem(Gtin14),
    LogisticUnit(Option<OtherKey>),
    Key(OtherKey),
}

/// The key that a message is about: the first one of a link, which is its path's; otherwise the
/// GTIN before any other.
fn subject(elements: &Elements<'_>) -> Result<Subject, ParseError> {
    let first = elements.iter().next().map(|element| element.ai());
    let path_key = first.filter(|_| elements.is_link()).and_then(KeyKind::of).filter(|kind| *kind != KeyKind::Sscc);
    if let Some(key) = path_key.and_then(|kind| OtherKey::of(kind, elements)) {
        return Ok(Subject::Key(key));
    }
    for number in [1, 3] {
        if let Some(element) = elements.number(number) {
            let gtin = Gtin14::from_digits(element.value().as_bytes())?;
            return Ok(Subject::TradeItem(gtin));
        }
    }
    let sscc = OtherKey::of(KeyKind::Sscc, elements);
    if sscc.is_some() || elements.number(2).is_some() || elements.number(8026).is_some() {
        return Ok(Subject::LogisticUnit(sscc));
    }
    elements
        .iter()
        .filter_map(|element| KeyKind::of(element.ai()))
        .find_map(|kind| OtherKey::of(kind, elements))
        .map(Subject::Key)
        .ok_or(ParseError::new(ErrorCode::NoKey, 0))
}

/// A product with what a message says of it.
pub(crate) fn trade_item(gtin: Gtin14, elements: &Elements<'_>) -> Result<TradeItem, ParseError> {
    let mut item = TradeItem::of_gtin(gtin);
    for element in elements.iter() {
        let (ai, value) = (element.ai(), element.value());
        let bytes = value.as_bytes();
        match ai.number() {
            10 => item.lot = Some(Lot::from_bytes(bytes)?),
            21 => item.serial = Some(Serial::from_bytes(bytes)?),
            22 => item.cpv = Some(Cpv::from_bytes(bytes)?),
            235 => item.tpx = Some(Tpx::from_bytes(bytes)?),
            11 => item.produced = Some(AiDate::from_digits(bytes, ai)?),
            13 => item.packed = Some(AiDate::from_digits(bytes, ai)?),
            15 => item.best_before = Some(AiDate::from_digits(bytes, ai)?),
            16 => item.sell_by = Some(AiDate::from_digits(bytes, ai)?),
            17 => item.expiry = Some(AiDate::from_digits(bytes, ai)?),
            _ => {}
        }
    }
    if item.tpx.is_some() && (item.serial.is_some() || item.cpv.is_some()) {
        let at = elements.number(235).map_or(0, |element| element.start());
        return Err(ParseError::in_ai(ErrorCode::Without, at, Ai::of(235)));
    }
    Ok(item)
}

/// A trade item, unless its number is not for trade items.
pub(super) fn of_trade_item(item: TradeItem, text: &str) -> Outcome<'_> {
    let reason = match item.gtin.gs1_prefix() {
        Gs1Prefix::RestrictedCirculation => Reason::RestrictedCirculation,
        Gs1Prefix::Coupon => Reason::OtherScheme,
        _ => return Outcome::TradeItem(item),
    };
    Outcome::NotProduct(NotProduct { reason, text: Some(Cow::Borrowed(text)), key: None, gtin: Some(item.gtin) })
}
