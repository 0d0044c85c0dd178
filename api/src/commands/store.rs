//! Opening the store that an address names.

use std::sync::Arc;

use crate::config::StoreAddress;
use crate::store::redis::{RedisOptions, RedisStore};
use crate::store::{EmbeddedStore, Ledger, Store, StoreError};

/// Whether a registry may be made where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// Make one.
    Create,
    /// Say so: an emptied store must never pass for a new one.
    Refuse,
}

/// A store, and the ledger of checks that lives beside its records.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) store: Arc<dyn Store>,
    pub(super) ledger: Arc<dyn Ledger>,
}

impl Opened {
    pub(super) fn of<S: Store + Ledger + 'static>(engine: S) -> Self {
        let engine = Arc::new(engine);
        Self { store: Arc::clone(&engine) as Arc<dyn Store>, ledger: engine }
    }
}

/// Open a store.
///
/// # Errors
/// When there is none and none may be made, when it is in use, or when it does not answer.
pub(super) async fn open(address: &StoreAddress, missing: Missing) -> Result<Opened, StoreError> {
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
