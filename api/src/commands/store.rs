//! Opening the store that an address names.

use std::sync::Arc;

use crate::config::StoreAddress;
use crate::store::redis::{RedisOptions, RedisStore};
use crate::store::{EmbeddedStore, Ledger, People, Reports, Store, StoreError, Submissions};

/// Whether a registry may be made where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// Make one.
    Create,
    /// Say so: an emptied store must never pass for a new one.
    Refuse,
}

/// A store, by what it is used for.
#[derive(Clone)]
pub(super) struct Opened {
    /// Records.
    pub(super) records: Arc<dyn Store>,
    /// Checks, counted beside them.
    pub(super) ledger: Arc<dyn Ledger>,
    /// Consumers' reports.
    pub(super) reports: Arc<dyn Reports>,
    /// Publishers and users.
    pub(super) people: Arc<dyn People>,
    /// What is to be declared, until a second person has looked at it.
    pub(super) submissions: Arc<dyn Submissions>,
}

impl Opened {
    /// A store that is all of it.
    pub(super) fn of<S: Store + Ledger + Reports + People + Submissions + 'static>(store: S) -> Self {
        let store = Arc::new(store);
        Self {
            records: Arc::<S>::clone(&store),
            ledger: Arc::<S>::clone(&store),
            reports: Arc::<S>::clone(&store),
            people: Arc::<S>::clone(&store),
            submissions: store,
        }
    }
}

/// Open a store for its records alone.
///
/// # Errors
/// As [`open_whole`].
pub(super) async fn open(address: &StoreAddress, missing: Missing) -> Result<Arc<dyn Store>, StoreError> {
    Ok(open_whole(address, missing).await?.records)
}

/// Open a store.
///
/// # Errors
/// When there is none and none may be made, when it is in use, or when it does not answer.
pub(super) async fn open_whole(address: &StoreAddress, missing: Missing) -> Result<Opened, StoreError> {
    Ok(match (address, missing) {
        (StoreAddress::Embedded(path), Missing::Create) => Opened::of(EmbeddedStore::open_or_create(path)?),
        (StoreAddress::Embedded(path), Missing::Refuse) => Opened::of(EmbeddedStore::open(path)?),
        (StoreAddress::Redis(redis), Missing::Create) => {
            Opened::of(RedisStore::open_or_create(redis.clone(), RedisOptions::default()).await?)
        }
        (StoreAddress::Redis(redis), Missing::Refuse) => {
            Opened::of(RedisStore::open(redis.clone(), RedisOptions::default()).await?)
        }
    })
}
