//! Where a check comes from: a province or nothing, and nothing wherever it is not known well.
//!
//! Only fixed lines have a place. Databases put mobile addresses hundreds of kilometres away, where a carrier's
//! gateway is, and a rule that counts provinces would count gateways. So a database says something only of addresses
//! that it knows to be a fixed line: its records must carry a `connection_type`, in `traits` (`GeoIP2` Enterprise) or
//! beside them (a Connection Type database merged with one of places). A database of cities alone stays silent.
//!
//! An address is asked for its province and forgotten.

use core::net::IpAddr;
use std::path::{Path, PathBuf};

use maxminddb::{MaxMindDbError, Reader, WithinOptions};
use serde::Deserialize;

use crate::store::ledger::Province;

/// Connections of which it is known where they end.
const FIXED_LINES: [&str; 2] = ["Cable/DSL", "Corporate"];
/// How many networks are looked at for whether a database knows of fixed lines and places at all.
const LOOKED_AT: usize = 100_000;

/// Where the places of checks come from.
#[derive(Debug, Default)]
pub struct Place(Source);

#[derive(Debug, Default)]
enum Source {
    #[default]
    Nowhere,
    Proxy,
    Database(Box<Reader<Vec<u8>>>),
}

/// A database of places could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("the database of places {path}: {why}", path = path.display())]
pub struct PlaceError {
    path: PathBuf,
    #[source]
    why: MaxMindDbError,
}

impl Place {
    /// No place is known of any check.
    pub fn nowhere() -> Self {
        Self(Source::Nowhere)
    }

    /// A trusted proxy says in a header which province a fixed line is in. What others send in it is not for here: the
    /// caller drops it.
    pub fn by_proxy() -> Self {
        Self(Source::Proxy)
    }

    /// A file in the `MaxMind` DB format, read into memory. Says in the log if it will stay silent.
    ///
    /// # Errors
    /// The file cannot be read or is no such database.
    pub fn by_database(path: &Path) -> Result<Self, PlaceError> {
        let reader = Reader::open_readfile(path).map_err(|why| PlaceError { path: path.to_owned(), why })?;
        if !speaks(&reader) {
            tracing::warn!(
                database.path = %path.display(),
                database.kind = reader.metadata().database_type,
                "the database of places does not say which addresses are fixed lines: no check will have a place"
            );
        }
        Ok(Self(Source::Database(Box::new(reader))))
    }

    /// The province of a client, if that is known: by the header's value (two digits, from a trusted proxy) or by the
    /// client's address.
    pub fn of(&self, client: IpAddr, header: Option<&str>) -> Option<Province> {
        match &self.0 {
            Source::Nowhere => None,
            Source::Proxy => Province::of_digits(header?.as_bytes()),
            // A record that cannot be read says nothing.
            Source::Database(reader) => reader.lookup(client.to_canonical()).ok()?.decode::<Record>().ok()??.province(),
        }
    }
}

/// Whether any of the first networks has a record that says what kind of connection it is, and any where it is.
fn speaks(reader: &Reader<Vec<u8>>) -> bool {
    let Ok(networks) = reader.networks(WithinOptions::default()) else {
        return false;
    };
    let (mut connections, mut places) = (false, false);
    for network in networks.take(LOOKED_AT) {
        if let Ok(Some(record)) = network.and_then(|network| network.decode::<Record>()) {
            connections |= record.connection_type().is_some();
            places |= record.subdivisions.is_some_and(|subdivisions| !subdivisions.is_empty());
        }
        if connections && places {
            return true;
        }
    }
    false
}

/// What is read of a record.
#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow, default)]
    country: Option<Named<'a>>,
    #[serde(borrow, default)]
    subdivisions: Option<Vec<Named<'a>>>,
    #[serde(borrow, default)]
    traits: Option<Traits<'a>>,
    #[serde(borrow, default)]
    connection_type: Option<&'a str>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow, default)]
    iso_code: Option<&'a str>,
}

#[derive(Deserialize)]
struct Traits<'a> {
    #[serde(borrow, default)]
    connection_type: Option<&'a str>,
    /// Somebody who hides where they are.
    #[serde(default)]
    is_anonymous: bool,
}

impl<'a> Record<'a> {
    fn connection_type(&self) -> Option<&'a str> {
        self.traits.as_ref().and_then(|traits| traits.connection_type).or(self.connection_type)
    }

    fn province(&self) -> Option<Province> {
        let hidden = self.traits.as_ref().is_some_and(|traits| traits.is_anonymous);
        let fixed = self.connection_type().is_some_and(|kind| FIXED_LINES.contains(&kind));
        let in_viet_nam = self.country.as_ref()?.iso_code? == "VN";
        if hidden || !fixed || !in_viet_nam {
            return None;
        }
        // The largest subdivision comes first.
        let iso = self.subdivisions.as_ref()?.first()?.iso_code?;
        Province::of_iso_3166_2(iso.strip_prefix("VN-").unwrap_or(iso))
    }
}

#[cfg(test)]
mod tests;
