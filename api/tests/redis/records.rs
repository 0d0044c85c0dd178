//! Records to write, and a watcher that writes down what it is told.

use std::sync::Arc;

use async_trait::async_trait;
use nguon::registry::{ItemEntry, ItemState};
use nguon::store::redis::{RedisOptions, RedisStore};
use nguon::store::{Batch, Changes, Entry, Key, Put, Store, Watcher};
use parking_lot::Mutex;

pub(crate) async fn created(address: &str) -> RedisStore {
    RedisStore::open_or_create(address.parse().unwrap(), RedisOptions::default()).await.unwrap()
}

pub(crate) fn key(n: usize) -> Key {
    Key::Item("09520000010010".parse().unwrap(), format!("S{n:06}").parse().unwrap())
}

/// One unit of each of these products, so that they fall into many slots.
pub(crate) fn spread(n: usize) -> Key {
    let body = 952_000_000_000 + n as u64;
    let gtin = (0..10).find_map(|check| gs1::Gtin14::from_u64(body * 10 + check)).unwrap();
    Key::Item(gtin, "1".parse().unwrap())
}

pub(crate) fn batch(keys: impl IntoIterator<Item = Key>) -> Batch {
    let item = ItemEntry { lot: None, state: ItemState::Active, has_exception: false, since_day: None };
    let puts = keys.into_iter().map(|key| Put { key, entry: Entry::Item(item) }).collect();
    Batch { puts, ..Batch::default() }
}

/// What a watcher is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Changed(Changes),
    Everything,
    InTime(bool),
}

#[derive(Default)]
pub(crate) struct Diary(Mutex<Vec<Told>>);

impl Diary {
    pub(crate) fn of(store: &dyn Store) -> Arc<Self> {
        let diary = Arc::<Self>::default();
        store.changes(Arc::clone(&diary) as Arc<dyn Watcher>);
        diary
    }

    pub(crate) fn all(&self) -> Vec<Told> {
        self.0.lock().clone()
    }

    /// Begin a new page.
    pub(crate) fn clear(&self) {
        self.0.lock().clear();
    }

    /// What it was told last about being told in time.
    pub(crate) fn is_in_time(&self) -> bool {
        let last = self.0.lock().iter().rev().find_map(|told| match told {
            Told::InTime(in_time) => Some(*in_time),
            _ => None,
        });
        last.unwrap_or_default()
    }

    pub(crate) fn has(&self, told: &Told) -> bool {
        self.0.lock().contains(told)
    }
}

#[async_trait]
impl Watcher for Diary {
    async fn changed(&self, changes: &Changes) {
        self.0.lock().push(Told::Changed(changes.clone()));
    }

    async fn everything(&self) {
        self.0.lock().push(Told::Everything);
    }

    fn in_time(&self, in_time: bool) {
        self.0.lock().push(Told::InTime(in_time));
    }
}
