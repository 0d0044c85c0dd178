//! The register: every publisher, no two of which may number the same thing.

use std::sync::Arc;

use gs1::Gtin14;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::office::Refused;
use super::publisher::{MOST_SPACES, Publisher, PublisherDraft};
use crate::registry::import::OPERATOR;
use crate::registry::{Id, OpaqueCode};

/// Most publishers of a register.
pub const MOST_PUBLISHERS: usize = 10_000;

/// Every publisher.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// Grows by one with each change: what a change is compared against. 0: nobody was ever registered.
    pub version: u64,
    /// In order of their identifiers.
    pub publishers: Vec<Publisher>,
}

/// What an author may declare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Anything: the operator, or anybody while no publisher is registered.
    #[default]
    Open,
    /// What is the publisher's own.
    Of(Arc<Publisher>),
    /// Nothing: others are registered and this one is not.
    Unregistered,
}

impl Scope {
    /// Whether a product may be declared under a GTIN.
    #[must_use]
    pub fn covers(&self, gtin: Gtin14) -> bool {
        match self {
            Self::Open => true,
            Self::Of(publisher) => publisher.covers(gtin),
            Self::Unregistered => false,
        }
    }

    /// Whether a code of another scheme may be declared.
    #[must_use]
    pub fn covers_code(&self, code: &OpaqueCode) -> bool {
        match self {
            Self::Open => true,
            Self::Of(publisher) => publisher.covers_code(code),
            Self::Unregistered => false,
        }
    }
}

impl Register {
    /// A publisher.
    #[must_use]
    pub fn publisher(&self, id: &Id) -> Option<&Publisher> {
        self.publishers.iter().find(|publisher| publisher.id == *id)
    }

    /// What may be declared on behalf of a publisher.
    #[must_use]
    pub fn scope_of(&self, publisher: &Id) -> Scope {
        if publisher.as_str() == OPERATOR || self.publishers.is_empty() {
            return Scope::Open;
        }
        self.publisher(publisher).map_or(Scope::Unregistered, |found| Scope::Of(Arc::new(found.clone())))
    }

    /// The register with this publisher in it, as the next version; one of the same identifier is amended.
    ///
    /// # Errors
    /// When it is the operator's identifier, when it holds what another publisher holds, or when there are too many.
    pub fn with(&self, draft: PublisherDraft, now: Timestamp) -> Result<Self, Refused> {
        let PublisherDraft { id, name, mut prefixes, mut code_spaces, contact } = draft;
        if id.as_str() == OPERATOR {
            return Err(Refused::conflict("id", "is the operator's own: choose another"));
        }
        for (field, count) in [("prefixes", prefixes.len()), ("code_spaces", code_spaces.len())] {
            if count > MOST_SPACES {
                return Err(Refused::unfit(field, format!("holds {count} and may hold {MOST_SPACES}")));
            }
        }
        prefixes.sort_unstable();
        prefixes.dedup();
        code_spaces.sort_unstable();
        code_spaces.dedup();
        for other in self.publishers.iter().filter(|other| other.id != id) {
            let taken =
                |what: &str| format!("{what} lies in what publisher {} holds: correct one of the two", other.id);
            if let Some(prefix) = prefixes.iter().find(|it| other.prefixes.iter().any(|held| held.overlaps(it))) {
                return Err(Refused::conflict("prefixes", taken(prefix.as_str())));
            }
            if let Some(space) = code_spaces.iter().find(|it| other.code_spaces.iter().any(|held| held.overlaps(it))) {
                return Err(Refused::conflict("code_spaces", taken(space.as_str())));
            }
        }
        let created_at = self.publisher(&id).map_or(now, |before| before.created_at);
        let publisher = Publisher { id, name, prefixes, code_spaces, contact, created_at };
        let mut publishers = self.publishers.clone();
        match publishers.binary_search_by(|it| it.id.cmp(&publisher.id)) {
            Ok(place) => publishers[place] = publisher,
            Err(_) if publishers.len() >= MOST_PUBLISHERS => {
                return Err(Refused::conflict("id", format!("would be one more than {MOST_PUBLISHERS} publishers")));
            }
            Err(place) => publishers.insert(place, publisher),
        }
        Ok(Self { version: self.version + 1, publishers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(id: &str, prefixes: &[&str], spaces: &[&str]) -> PublisherDraft {
        serde_json::from_value(
            serde_json::json!({"id": id, "name": "HTX Mẫu", "prefixes": prefixes, "code_spaces": spaces}),
        )
        .unwrap()
    }

    fn now() -> Timestamp {
        "2026-11-29T03:00:00Z".parse().unwrap()
    }

    fn id(raw: &str) -> Id {
        Id::try_from(raw).unwrap()
    }

    #[test]
    fn whoever_is_unknown_may_declare_as_long_as_nobody_is_registered() {
        let empty = Register::default();
        assert_eq!(empty.scope_of(&id("coop")), Scope::Open);
        let one = empty.with(draft("coop", &["8931234"], &["HP-MAU-"]), now()).unwrap();
        assert_eq!(one.scope_of(&id("other")), Scope::Unregistered);
        assert_eq!(one.scope_of(&id(OPERATOR)), Scope::Open);
        let scope = one.scope_of(&id("coop"));
        assert!(scope.covers("8931234000011".parse().unwrap()) && !scope.covers("09520000010010".parse().unwrap()));
        assert!(scope.covers_code(&OpaqueCode::try_from("HP-MAU-1").unwrap()));
        assert!(!Scope::Unregistered.covers("8931234000011".parse().unwrap()));
    }

    #[test]
    fn no_two_publishers_hold_the_same_numbers() {
        let one = Register::default().with(draft("a", &["8931234"], &["HP-"]), now()).unwrap();
        for (prefixes, spaces) in
            [(vec!["8931234"], vec![]), (vec!["89312"], vec![]), (vec!["893123456"], vec![]), (vec![], vec!["HP-MAU"])]
        {
            assert!(one.with(draft("b", &prefixes, &spaces), now()).is_err(), "{prefixes:?} {spaces:?}");
        }
        let two = one.with(draft("b", &["8931235"], &["HD-"]), now()).unwrap();
        assert_eq!((two.version, two.publishers.len()), (2, 2));
        // Its own numbers are no obstacle to an amendment, which keeps when it was registered.
        let later = now() + jiff::SignedDuration::from_hours(1);
        let amended = two.with(draft("a", &["8931234", "8931236"], &[]), later).unwrap();
        assert_eq!(amended.publisher(&id("a")).unwrap().created_at, now());
        assert_eq!(amended.publishers.len(), 2);
        assert!(one.with(draft(OPERATOR, &[], &[]), now()).is_err());
    }
}
