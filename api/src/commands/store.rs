//! Opening the store that an address names.

use std::sync::Arc;

use crate::config::StoreAddress;
use crate::store::redis::{RedisOptions, RedisStore};
use crate::store::{EmbeddedStore, Store, StoreError};

/// Whether a registry may be made where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// Make one.
    Create,
    /// Say so: an emptied store must never pass for a new one.
    Refuse,
}

/// Open a store.
///
/// # Errors
/// When there is none and none may be made, when it is in use, or when it does not answer.
pub(super) async fn open(address: &StoreAddress, missing: Missing) -> Result<Arc<dyn Store>, StoreError> {
    Ok(match (address, missing) {
        (StoreAddress::Embedded(path), Missing::Create) => Arc::new(EmbeddedStore::open_or_create(path)?),
        (StoreAddress::Embedded(path), Missing::Refuse) => Arc::new(EmbeddedStore::open(path)?),
        (StoreAddress::Redis(redis), Missing::Create) => {
            Arc::new(RedisStore::open_or_create(redis.clone(), RedisOptions::default()).await?)
        }
        (StoreAddress::Redis(redis), Missing::Refuse) => {
            Arc::new(RedisStore::open(redis.clone(), RedisOptions::default()).await?)
        }
    })
}
