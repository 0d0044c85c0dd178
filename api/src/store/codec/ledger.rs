//! What the ledger keeps, as bytes.
//!
//! A time is milliseconds since 1970 in six bytes, a client eight, a province one (`FF`: not known); numbers are big
//! endian. Visits are the same in every engine, oldest first, 15 bytes each: client, time, province.

use crate::registry::ClientHash;
use crate::store::ledger::checks::Checks;
use crate::store::ledger::held::Held;
use crate::store::ledger::tries::Try;
use crate::store::ledger::{Alert, Counted, Province, Unit, VISITS_KEPT, Visit, time};
use crate::store::{Key, Kind, StoreError};

use super::{from_json, json, open, seal};

const CHECKS: u8 = 0x43;
const KNOWN: u8 = 0x44;
const TRIES: u8 = 0x45;
const ALERT: u8 = 0x46;
const PIN: u8 = 0x47;
const CLIENT_KEY: u8 = 0x48;
const TIME: u8 = 0x49;
const TALLY: u8 = 0x4A;
const FINGERPRINT: u8 = 0x4B;
const HELD: u8 = 0x4C;

/// Bytes of a time.
const TIME_BYTES: usize = 6;
const VISIT_BYTES: usize = 15;
const TRY_BYTES: usize = 14;
const NO_PROVINCE: u8 = 0xFF;

type Result<T> = core::result::Result<T, StoreError>;

fn damaged(what: &str) -> StoreError {
    StoreError::Corrupt(format!("ledger: {what}"))
}

/// What a check came to, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// When it was made.
    pub(crate) at: jiff::Timestamp,
    /// What it changed.
    pub(crate) counted: Counted,
    /// Checks counted by then.
    pub(crate) count: u64,
}

fn time_bytes(at: jiff::Timestamp) -> [u8; TIME_BYTES] {
    let [_, _, bytes @ ..] = time::ms(at).to_be_bytes();
    bytes
}

fn time_of(bytes: &[u8]) -> Option<jiff::Timestamp> {
    let bytes: &[u8; TIME_BYTES] = bytes.try_into().ok()?;
    time::at_ms(bytes.iter().fold(0, |ms, &byte| (ms << 8) | u64::from(byte)))
}

/// The byte of a province.
pub(crate) fn province_byte(province: Option<Province>) -> u8 {
    province.map_or(NO_PROVINCE, |province| province.0)
}

/// The province of a byte.
pub(crate) fn province_of(byte: u8) -> Option<Province> {
    (byte != NO_PROVINCE).then_some(Province(byte))
}

fn pack_visits(visits: &[Visit]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(visits.len() * VISIT_BYTES);
    for visit in visits {
        bytes.extend_from_slice(&visit.client.0.to_be_bytes());
        bytes.extend_from_slice(&time_bytes(visit.at));
        bytes.push(province_byte(visit.province));
    }
    bytes
}

/// Visits from their bytes.
///
/// # Errors
/// `Corrupt` when they are none, or more than are kept.
pub(crate) fn unpack_visits(bytes: &[u8]) -> Result<Vec<Visit>> {
    let (visits, rest) = bytes.as_chunks::<VISIT_BYTES>();
    if !rest.is_empty() || visits.len() > VISITS_KEPT {
        return Err(damaged("visits"));
    }
    let visit = |bytes: &[u8; VISIT_BYTES]| {
        let (client, rest) = bytes.split_first_chunk::<8>()?;
        let (at, province) = rest.split_at_checked(TIME_BYTES)?;
        let client = ClientHash(u64::from_be_bytes(*client));
        Some(Visit { at: time_of(at)?, client, province: province_of(*province.first()?) })
    };
    visits.iter().map(|bytes| visit(bytes).ok_or_else(|| damaged("a visit"))).collect()
}

/// The checks of a unit as bytes.
pub(crate) fn encode_checks(checks: &Checks) -> Result<Vec<u8>> {
    let mut bytes = checks.count.to_be_bytes().to_vec();
    bytes.extend_from_slice(&time_bytes(checks.first_at));
    bytes.extend(pack_visits(&checks.visits));
    seal(CHECKS, &bytes)
}

/// The checks of a unit from their bytes.
pub(crate) fn decode_checks(bytes: &[u8]) -> Result<Checks> {
    let parsed = open(CHECKS, bytes)?.split_first_chunk::<8>();
    let (count, rest) = parsed.ok_or_else(|| damaged("checks"))?;
    let (first, visits) = rest.split_at_checked(TIME_BYTES).ok_or_else(|| damaged("checks"))?;
    let first_at = time_of(first).ok_or_else(|| damaged("a first check"))?;
    Ok(Checks { count: u64::from_be_bytes(*count), first_at, visits: unpack_visits(visits)? })
}

/// What a check came to, as bytes.
pub(crate) fn encode_known(known: &Known) -> Result<Vec<u8>> {
    let mut bytes = time_bytes(known.at).to_vec();
    bytes.push(u8::from(known.counted == Counted::New));
    bytes.extend_from_slice(&known.count.to_be_bytes());
    seal(KNOWN, &bytes)
}

/// What a check came to, from its bytes.
pub(crate) fn decode_known(bytes: &[u8]) -> Result<Known> {
    let parse = |bytes: &[u8]| {
        let (at, rest) = bytes.split_at_checked(TIME_BYTES)?;
        let (counted, count) = rest.split_first()?;
        let counted = match counted {
            0 => Counted::Repeat,
            1 => Counted::New,
            _ => return None,
        };
        Some(Known { at: time_of(at)?, counted, count: u64::from_be_bytes(count.try_into().ok()?) })
    };
    parse(open(KNOWN, bytes)?).ok_or_else(|| damaged("the key of a check"))
}

/// Tries as bytes.
pub(crate) fn encode_tries(tries: &[Try]) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(tries.len() * TRY_BYTES);
    for one in tries {
        bytes.extend_from_slice(&one.client.0.to_be_bytes());
        bytes.extend_from_slice(&time_bytes(one.at));
    }
    seal(TRIES, &bytes)
}

/// Tries from their bytes.
pub(crate) fn decode_tries(bytes: &[u8]) -> Result<Vec<Try>> {
    let (tries, rest) = open(TRIES, bytes)?.as_chunks::<TRY_BYTES>();
    let one = |bytes: &[u8; TRY_BYTES]| {
        let (client, at) = bytes.split_first_chunk::<8>()?;
        Some(Try { client: ClientHash(u64::from_be_bytes(*client)), at: time_of(at)? })
    };
    let tries: Option<Vec<Try>> = tries.iter().map(one).collect();
    tries.filter(|_| rest.is_empty()).ok_or_else(|| damaged("tries of a PIN"))
}

/// What is held of a unit, as bytes.
pub(crate) fn encode_held(held: &Held) -> Result<Vec<u8>> {
    json(HELD, held)
}

/// What is held of a unit, from its bytes.
pub(crate) fn decode_held(bytes: &[u8]) -> Result<Held> {
    from_json(HELD, bytes)
}

/// The unit whose row this is.
pub(crate) fn unit_of(row: &[u8]) -> Result<Unit> {
    match Key::from_bytes(Kind::Standing, row)? {
        Key::Standing(gtin, serial) => Ok(Unit { gtin, serial }),
        _ => Err(damaged("a unit")),
    }
}

/// An alert as bytes.
pub(crate) fn encode_alert(alert: &Alert) -> Result<Vec<u8>> {
    json(ALERT, alert)
}

/// An alert from its bytes.
pub(crate) fn decode_alert(bytes: &[u8]) -> Result<Alert> {
    from_json(ALERT, bytes)
}

/// The keyed hash of a PIN as bytes.
pub(crate) fn encode_pin(pin: &[u8; 16]) -> Result<Vec<u8>> {
    seal(PIN, pin)
}

/// The keyed hash of a PIN from its bytes.
pub(crate) fn decode_pin(bytes: &[u8]) -> Result<[u8; 16]> {
    open(PIN, bytes)?.try_into().map_err(|_| damaged("a PIN"))
}

/// A day's key for clients as bytes.
pub(crate) fn encode_client_key(key: &[u8; 32]) -> Result<Vec<u8>> {
    seal(CLIENT_KEY, key)
}

/// A day's key for clients from its bytes.
pub(crate) fn decode_client_key(bytes: &[u8]) -> Result<[u8; 32]> {
    open(CLIENT_KEY, bytes)?.try_into().map_err(|_| damaged("a key for clients"))
}

/// The fingerprint of a secret as bytes.
pub(crate) fn encode_fingerprint(fingerprint: &[u8; 32]) -> Result<Vec<u8>> {
    seal(FINGERPRINT, fingerprint)
}

/// The fingerprint of a secret from its bytes.
pub(crate) fn decode_fingerprint(bytes: &[u8]) -> Result<[u8; 32]> {
    open(FINGERPRINT, bytes)?.try_into().map_err(|_| damaged("the fingerprint of the secret"))
}

/// A time as bytes.
pub(crate) fn encode_time(at: jiff::Timestamp) -> Result<Vec<u8>> {
    seal(TIME, &time_bytes(at))
}

/// A time from its bytes.
pub(crate) fn decode_time(bytes: &[u8]) -> Result<jiff::Timestamp> {
    time_of(open(TIME, bytes)?).ok_or_else(|| damaged("a time"))
}

/// A number of checks as bytes.
pub(crate) fn encode_tally(checks: u64) -> Result<Vec<u8>> {
    seal(TALLY, &checks.to_be_bytes())
}

/// A number of checks from its bytes.
pub(crate) fn decode_tally(bytes: &[u8]) -> Result<u64> {
    let bytes = open(TALLY, bytes)?.try_into().map_err(|_| damaged("a tally"))?;
    Ok(u64::from_be_bytes(bytes))
}
