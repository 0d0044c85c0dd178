//! Rules on dates: expiry, best before, registration, certificates.
//!
//! A date holds until the end of its day in Viet Nam. The earlier of the recorded expiry and AI (17) in the
//! code counts; best before (15) only warns.

use jiff::Timestamp;
use jiff::civil::Date;
use nguon_openapi::{ReasonCode, Verdict};

use super::super::day::{century_changes_at, end_of, printed, start_of, today};
use super::super::facts::{Facts, ItemFacts};
use super::{Finding, Found};

/// The last day of use that the record holds: the unit's own, else the earliest of the lots that it may be of.
fn recorded_expiry(facts: &Facts) -> Option<Date> {
    let own = match &facts.item {
        ItemFacts::Known { exception: Some(exception), .. } => exception.expires,
        _ => None,
    };
    own.or_else(|| facts.lot_entries().filter_map(|lot| lot.batch.expires).min())
}

/// Expiry, best before, and a code that disagrees with the record.
pub(crate) fn use_by(facts: &Facts, now: Timestamp, found: &mut Found) {
    let Some(item) = facts.trade_item() else { return };
    let day = today(now);
    let on_record = recorded_expiry(facts);
    let in_code = item.expiry.and_then(|date| printed(date, now));
    for date in [item.expiry, item.best_before].into_iter().flatten() {
        if let Some(instant) = century_changes_at(date, now) {
            found.changes_at(instant, now);
        }
    }
    for date in [on_record, in_code].into_iter().flatten() {
        found.changes_at(start_of(date), now);
        found.changes_at(end_of(date), now);
    }

    if let Some(date) = on_record.filter(|date| day > *date) {
        found.add(Finding::asks(ReasonCode::Expired, Verdict::Expired).on(Some(date)));
    }
    if let Some(date) = in_code.filter(|date| day > *date) {
        found.add(Finding::asks(ReasonCode::ExpiredByCode, Verdict::Expired).on(Some(date)));
    }
    if [on_record, in_code].into_iter().flatten().min() == Some(day) {
        found.add(Finding::said(ReasonCode::ExpiresToday).on(Some(day)));
    }
    if let (Some(code), Some(record)) = (in_code, on_record)
        && code != record
    {
        found.add(Finding::asks(ReasonCode::ExpiryMismatch, Verdict::DataMismatch).compares(code, record));
    }

    let best_before = facts.lot_entries().filter_map(|lot| lot.batch.best_before).min();
    let printed_best_before = item.best_before.and_then(|date| printed(date, now));
    if let Some(date) = [best_before, printed_best_before].into_iter().flatten().min() {
        found.changes_at(end_of(date), now);
        if day > date {
            found.add(Finding::said(ReasonCode::BestBeforePassed).on(Some(date)));
        }
    }
}

/// A registration or certificate that has ended.
pub(crate) fn registration(facts: &Facts, now: Timestamp, found: &mut Found) {
    let Some(entry) = &facts.product else { return };
    let withdrawn = entry.product.withdrawn.then(|| entry.withdrawn_at.map_or_else(|| today(entry.stamp.at), today));
    let ended = entry.product.registered_until.filter(|date| today(now) > *date);
    if let Some(date) = entry.product.registered_until {
        found.changes_at(end_of(date), now);
    }
    if let Some(date) = [withdrawn, ended].into_iter().flatten().min() {
        found.add(Finding::asks(ReasonCode::RegistrationEnded, Verdict::Lapsed).on(Some(date)));
    }

    let producer = facts.producer.iter().filter(|producer| !producer.producer.withdrawn);
    let of_producer = producer.flat_map(|producer| &producer.certificates);
    let mut certificate_ended = None;
    for certificate in entry.certificates.iter().chain(of_producer).filter(|c| !c.withdrawn) {
        if let Some(from) = certificate.from {
            found.changes_at(start_of(from), now);
        }
        if let Some(to) = certificate.to {
            found.changes_at(end_of(to), now);
            if today(now) > to {
                certificate_ended = certificate_ended.max(Some(to));
            }
        }
    }
    if certificate_ended.is_some() {
        found.add(Finding::said(ReasonCode::CertificateEnded).on(certificate_ended));
    }
}
