//! Standings: compared and set, read at once, told of.

use std::sync::Arc;

use futures_util::future::join_all;

use super::super::Told;
use super::{at, check, unit};
use crate::registry::{Digest, Gravity, Standing, Suspicion};
use crate::store::ledger::Unit;
use crate::store::{Batch, Entry, Key, Kind, Ledger, Put, Store, StoreError, Watcher};

fn suspicion(count: u64) -> Standing {
    let (gravity, signs) = (Gravity::Soft, Vec::new());
    let suspicion = Some(Suspicion { gravity, signs, at: at(0), until: None, count, first_at: at(0) });
    Standing { suspicion, ..Standing::default() }
}

fn key(unit: &Unit) -> Key {
    Key::Standing(unit.gtin, unit.serial)
}

async fn read(store: &dyn Store, unit: &Unit) -> Option<Standing> {
    match store.read(&[key(unit)]).await.unwrap().entries.pop().flatten() {
        Some(Entry::Standing(standing)) => Some(Standing::clone(&standing)),
        None => None,
        other => panic!("{other:?}"),
    }
}

pub(super) async fn a_standing_is_read_as_soon_as_it_is_written<S: Store + Ledger>(store: &S) {
    let of = unit("S1");
    assert_eq!(read(store, &of).await, None);
    assert!(!store.stand(&of, 1, &suspicion(1)).await.unwrap());
    assert_eq!(read(store, &of).await, None);
    assert!(store.stand(&of, 0, &suspicion(1)).await.unwrap());
    assert_eq!(read(store, &of).await, Some(Standing { version: 1, ..suspicion(1) }));
    assert!(!store.stand(&of, 0, &suspicion(2)).await.unwrap());
    // What the new one says of its version does not count.
    assert!(store.stand(&of, 1, &Standing { version: 9, ..suspicion(2) }).await.unwrap());
    assert_eq!(read(store, &of).await, Some(Standing { version: 2, ..suspicion(2) }));
    assert_eq!(read(store, &unit("S2")).await, None);
    let recorded = store.record(&check(1, 1, 0)).await.unwrap();
    assert_eq!(recorded.standing, Standing { version: 2, ..suspicion(2) });
}

pub(super) async fn of_many_writers_each_sees_what_the_one_before_wrote<S: Store + Ledger + 'static>(store: Arc<S>) {
    let writers = (0..50).map(|_| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            let of = unit("S1");
            loop {
                let now = read(&*store, &of).await.unwrap_or_default();
                let count = now.suspicion.map_or(0, |suspicion| suspicion.count);
                if store.stand(&of, now.version, &suspicion(count + 1)).await.unwrap() {
                    return;
                }
            }
        })
    });
    for writer in join_all(writers).await {
        writer.unwrap();
    }
    assert_eq!(read(&*store, &unit("S1")).await, Some(Standing { version: 50, ..suspicion(50) }));
}

pub(super) async fn watchers_are_told_before_it_returns_and_of_checks_they_are_not<S: Store + Ledger>(store: &S) {
    let told = Arc::new(Told::default());
    store.changes(Arc::clone(&told) as Arc<dyn Watcher>);
    let of = unit("S1");
    let name = store.read(&[key(&of)]).await.unwrap().dependencies[0];
    assert_eq!(name, store.dependency(&key(&of)));
    store.record(&check(1, 1, 0)).await.unwrap();
    store.put_pins(&[(of, Digest([1; 16]))]).await.unwrap();
    assert!(!store.stand(&of, 7, &suspicion(1)).await.unwrap());
    assert_eq!(*told.0.lock(), []);
    assert!(store.stand(&of, 0, &suspicion(1)).await.unwrap());
    assert!(told.0.lock().contains(&name));
}

pub(super) async fn no_commit_and_no_walk_knows_a_standing<S: Store + Ledger>(store: &S) {
    let entry = Entry::Standing(Arc::new(suspicion(1)));
    let puts = vec![Put { key: key(&unit("S1")), entry }];
    assert!(matches!(store.commit(Batch { puts, ..Batch::default() }).await, Err(StoreError::Corrupt(_))));
    assert_eq!(read(store, &unit("S1")).await, None);
    assert_eq!(store.read(&[]).await.unwrap().marker.revision, 0);
    assert!(matches!(store.scan(Kind::Standing, None, 10).await, Err(StoreError::Unreachable(_))));
}
