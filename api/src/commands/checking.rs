//! What checks need from the machine: a secret, random bytes, the numbers of the rules.

use std::error::Error;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use actix_web::http::header::HeaderName;

use crate::checks::Secret;
use crate::checks::place::Place;
use crate::checks::rules::Thresholds;
use crate::config::{Checking, StoreAddress};
use crate::journal::{self, Bounds, Journal};

/// Random bytes from the system.
///
/// # Panics
/// When the system has none: nothing that depends on them may go on.
#[expect(clippy::expect_used, reason = "without randomness every key would be known")]
pub(super) fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

/// The secret of this service: from its file, or, for a registry in a file, made beside it the first time. `None`: there
/// is none, and no checks are offered.
///
/// # Errors
/// When the file cannot be read or made, or holds no secret.
pub(super) fn secret(checking: &Checking, store: &StoreAddress) -> Result<Option<Secret>, Box<dyn Error>> {
    let path = match (&checking.secret_file, store) {
        (Some(path), _) => path.clone(),
        (None, StoreAddress::Embedded(registry)) => beside(registry)?,
        (None, StoreAddress::Redis(_)) => return Ok(None),
    };
    let said = |error: &dyn Error| format!("--secret-file {}: {error}", path.display());
    let text = fs::read_to_string(&path).map_err(|error| said(&error))?;
    let secret: Secret = text.parse().map_err(|error| format!("--secret-file {}: {error}", path.display()))?;
    Ok(Some(secret))
}

/// The file beside a registry, made if there is none.
fn beside(registry: &Path) -> io::Result<PathBuf> {
    let mut name = registry.as_os_str().to_owned();
    name.push(".secret");
    let path = PathBuf::from(name);
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => {
            for byte in random() {
                write!(file, "{byte:02x}")?;
            }
            writeln!(file)?;
            file.sync_all()?;
            Ok(path)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(path),
        Err(error) => Err(error),
    }
}

/// The numbers that the rules go by.
///
/// # Errors
/// When the file cannot be read, or its numbers do not fit together.
pub(super) fn thresholds(checking: &Checking) -> Result<Thresholds, Box<dyn Error>> {
    let Some(path) = &checking.check_rules else { return Ok(Thresholds::default()) };
    let said = |error: &dyn Error| format!("--check-rules {}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| said(&error))?;
    Ok(serde_json::from_str(&text).map_err(|error| said(&error))?)
}

/// Where checks and reports wait that could not be recorded.
#[derive(Default)]
pub(super) struct Journals {
    /// Checks.
    pub(super) checks: Option<Journal>,
    /// Reports: a file of their own, so that photos leave room for checks.
    pub(super) reports: Option<Journal>,
}

/// The journals: the file that is named, and one beside it (`PATH.reports`).
///
/// # Errors
/// When a file cannot be read or made, or another process has it.
pub(super) fn journals(checking: &Checking) -> Result<Journals, Box<dyn Error>> {
    let Some(path) = &checking.journal else { return Ok(Journals::default()) };
    let mut beside = path.as_os_str().to_owned();
    beside.push(".reports");
    let checks = Some(journal(path, Bounds::CHECKS)?);
    Ok(Journals { checks, reports: Some(journal(Path::new(&beside), Bounds::REPORTS)?) })
}

fn journal(path: &Path, bounds: Bounds) -> Result<Journal, Box<dyn Error>> {
    let opened = Journal::open(path, bounds);
    let (journal, found) = opened.map_err(|error| format!("--journal {}: {error}", path.display()))?;
    if found != journal::Opened::default() {
        tracing::warn!(
            waiting = found.waiting,
            damaged = found.damaged,
            torn = found.torn,
            path = %path.display(),
            "the journal was not empty"
        );
    }
    Ok(journal)
}

/// Where the places of checks come from, and the header that says so.
///
/// # Errors
/// When the database cannot be read, or the header's name is none.
pub(super) fn place(checking: &Checking) -> Result<(Place, Option<HeaderName>), Box<dyn Error>> {
    match (&checking.geoip, &checking.place_header) {
        (Some(path), _) => Ok((Place::by_database(path)?, None)),
        (None, Some(name)) => {
            let name = name.parse().map_err(|_| format!("--place-header {name}: is no name of a header"))?;
            Ok((Place::by_proxy(), Some(name)))
        }
        (None, None) => Ok((Place::nowhere(), None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_in_a_file_gets_a_secret_that_stays_and_that_nobody_else_reads() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let registry = dir.path().join("registry.redb");
        let path = beside(&registry).unwrap();
        let first = fs::read_to_string(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        beside(&registry).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), first);
        assert!(first.parse::<Secret>().is_ok());
    }
}
