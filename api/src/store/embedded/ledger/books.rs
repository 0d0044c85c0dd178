//! The ledger's tables, and the rows in them.
//!
//! | table | key | value |
//! |---|---|---|
//! | `standing` | unit | where it stands |
//! | `check_unit` | unit | count, first check, visits |
//! | `check_key` | day, unit, 0, key | what that check came to |
//! | `check_client` | hour, unit, 0, client | when the client was counted |
//! | `check_visit_day` | day, unit | nothing: the unit has visits of that day |
//! | `check_tally` | day as text, product, province | checks counted |
//! | `pin`, `pin_try` | unit | keyed hash; tries |
//! | `client_key` | day as text | the key under which clients are hashed |
//! | `secret_fingerprint` | `it` | tells the secret of PINs and receipts from others |
//! | `alert` | sequence number | an alert |
//! | `held` | unit | what is held of it |
//!
//! A unit is its key of `store::key`; numbers are big endian. What outlives its time stands together by the day or the
//! hour, at the front.

use jiff::Timestamp;
use redb::{ReadableTable, Table, WriteTransaction};

use crate::registry::{ClientHash, Digest, Standing};
use crate::store::codec::{self, ledger as packed};
use crate::store::embedded::table::{self, Bytes, failed, lost};
use crate::store::ledger::checks::Checks;
use crate::store::ledger::{AGAIN_S, REPEAT_S, Unit, time};
use crate::store::{Entry, Key, Kind, StoreError};

pub(super) const UNITS: Bytes = Bytes::new("check_unit");
pub(super) const KEYS: Bytes = Bytes::new("check_key");
pub(super) const CLIENTS: Bytes = Bytes::new("check_client");
pub(super) const VISIT_DAYS: Bytes = Bytes::new("check_visit_day");
pub(super) const TALLIES: Bytes = Bytes::new("check_tally");
pub(super) const PINS: Bytes = Bytes::new("pin");
pub(super) const TRIES: Bytes = Bytes::new("pin_try");
pub(super) const CLIENT_KEYS: Bytes = Bytes::new("client_key");
pub(super) const FINGERPRINTS: Bytes = Bytes::new("secret_fingerprint");
/// The one key of [`FINGERPRINTS`].
pub(super) const FINGERPRINT: &[u8] = b"it";
pub(super) const ALERTS: Bytes = Bytes::new("alert");
pub(super) const HELD: Bytes = Bytes::new("held");

/// All of them.
pub(in crate::store::embedded) const ALL: [Bytes; 12] = [
    table::of(Kind::Standing),
    UNITS,
    KEYS,
    CLIENTS,
    VISIT_DAYS,
    TALLIES,
    PINS,
    TRIES,
    CLIENT_KEYS,
    FINGERPRINTS,
    ALERTS,
    HELD,
];

/// A table that is being written.
pub(super) type Rows<'t> = Table<'t, &'static [u8], &'static [u8]>;

/// The tables in one transaction.
pub(super) struct Books<'t> {
    pub(super) standings: Rows<'t>,
    pub(super) units: Rows<'t>,
    pub(super) keys: Rows<'t>,
    pub(super) clients: Rows<'t>,
    pub(super) visit_days: Rows<'t>,
    pub(super) tallies: Rows<'t>,
    pub(super) pins: Rows<'t>,
    pub(super) tries: Rows<'t>,
    pub(super) client_keys: Rows<'t>,
    pub(super) fingerprint: Rows<'t>,
    pub(super) alerts: Rows<'t>,
    pub(super) held: Rows<'t>,
}

/// The row of a unit.
pub(super) fn unit(unit: &Unit) -> Vec<u8> {
    Key::Standing(unit.gtin, unit.serial).to_bytes()
}

/// The beginning of the rows of a day or an hour.
pub(super) fn bucket(number: u64) -> Vec<u8> {
    number.to_be_bytes().to_vec()
}

/// A row of a unit in a day or an hour.
fn in_bucket(number: u64, unit: &[u8], rest: &[u8]) -> Vec<u8> {
    // No serial has a byte 0: one unit's rows are never another's.
    [&number.to_be_bytes()[..], unit, &[0], rest].concat()
}

/// Put a row.
pub(super) fn put(rows: &mut Rows<'_>, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
    rows.insert(key, value).map_err(failed).map(|_| ())
}

/// A row, decoded.
pub(super) fn get<T>(
    rows: &impl ReadableTable<&'static [u8], &'static [u8]>,
    key: &[u8],
    decode: impl FnOnce(&[u8]) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    rows.get(key).map_err(failed)?.map(|value| decode(value.value())).transpose()
}

impl<'t> Books<'t> {
    pub(super) fn open(txn: &'t WriteTransaction) -> Result<Self, StoreError> {
        let open = |table| txn.open_table(table).map_err(lost);
        Ok(Self {
            standings: open(table::of(Kind::Standing))?,
            units: open(UNITS)?,
            keys: open(KEYS)?,
            clients: open(CLIENTS)?,
            visit_days: open(VISIT_DAYS)?,
            tallies: open(TALLIES)?,
            pins: open(PINS)?,
            tries: open(TRIES)?,
            client_keys: open(CLIENT_KEYS)?,
            fingerprint: open(FINGERPRINTS)?,
            alerts: open(ALERTS)?,
            held: open(HELD)?,
        })
    }

    /// Where a unit stands.
    pub(super) fn standing(&self, unit: &[u8]) -> Result<Standing, StoreError> {
        let entry = get(&self.standings, unit, |value| codec::decode(Kind::Standing, value))?;
        Ok(match entry {
            Some(Entry::Standing(standing)) => Standing::clone(&standing),
            _ => Standing::default(),
        })
    }

    /// The checks of a unit.
    pub(super) fn checks(&self, unit: &[u8]) -> Result<Checks, StoreError> {
        Ok(get(&self.units, unit, packed::decode_checks)?.unwrap_or_default())
    }

    /// What a check of this key has come to. It is under the day on which it was made, which may not be today.
    pub(super) fn known(&self, unit: &[u8], key: Digest, at: Timestamp) -> Result<Option<packed::Known>, StoreError> {
        let today = time::day(at);
        for day in [today, today.saturating_sub(1), today + 1] {
            let known = get(&self.keys, &in_bucket(day, unit, &key.0), packed::decode_known)?;
            if let Some(known) = known.filter(|known| !time::is_over(known.at, AGAIN_S, at)) {
                return Ok(Some(known));
            }
        }
        Ok(None)
    }

    /// Keep what a check has come to.
    pub(super) fn know(&mut self, unit: &[u8], key: Digest, known: &packed::Known) -> Result<(), StoreError> {
        let row = in_bucket(time::day(known.at), unit, &key.0);
        put(&mut self.keys, &row, &packed::encode_known(known)?)
    }

    /// Whether a client has been counted within an hour before or after.
    pub(super) fn has_counted(&self, unit: &[u8], client: ClientHash, at: Timestamp) -> Result<bool, StoreError> {
        let now = time::hour(at);
        for hour in [now, now.saturating_sub(1), now + 1] {
            let row = in_bucket(hour, unit, &client.0.to_be_bytes());
            let counted = get(&self.clients, &row, packed::decode_time)?;
            if counted.is_some_and(|counted| !time::is_over(counted.min(at), REPEAT_S, counted.max(at))) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A client has been counted.
    pub(super) fn count_client(&mut self, unit: &[u8], client: ClientHash, at: Timestamp) -> Result<(), StoreError> {
        let row = in_bucket(time::hour(at), unit, &client.0.to_be_bytes());
        put(&mut self.clients, &row, &packed::encode_time(at)?)
    }
}
