//! Recalls that watchers are slow to read.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use nguon_test_servers::{Redis, until};
use parking_lot::Mutex;
use redis::cmd;
use tokio::sync::Semaphore;

use super::created;
use crate::store::{Changes, Dependency, Store, Watcher};

/// A watcher that takes as long over a recall as a test lets it.
struct Slow {
    through: Semaphore,
    reading: AtomicBool,
    told: Mutex<Vec<Dependency>>,
    in_time: AtomicBool,
}

#[async_trait::async_trait]
impl Watcher for Slow {
    async fn changed(&self, changes: &Changes) {
        if !changes.recalls.is_empty() {
            self.reading.store(true, Ordering::SeqCst);
            drop(self.through.acquire().await);
            self.reading.store(false, Ordering::SeqCst);
        }
        self.told.lock().extend_from_slice(&changes.names);
    }
    async fn everything(&self) {}
    fn in_time(&self, in_time: bool) {
        self.in_time.store(in_time, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_recall_that_is_slow_to_read_delays_no_other_name_and_is_not_in_time() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    let slow = Arc::new(Slow {
        through: Semaphore::new(0),
        reading: AtomicBool::default(),
        told: Mutex::default(),
        in_time: AtomicBool::default(),
    });
    store.changes(Arc::clone(&slow) as Arc<dyn Watcher>);
    let is_in_time = async || slow.in_time.load(Ordering::SeqCst);
    until("changes are told in time", is_in_time).await;
    server.ask::<()>(cmd("SET").arg("n:r:{r}:R-1").arg("x"));
    until("it is being read", async || slow.reading.load(Ordering::SeqCst)).await;
    let product = "n:p:{09520000010010}";
    server.ask::<()>(cmd("SET").arg(product).arg("x"));
    let name = Dependency::on(product.as_bytes());
    until("the product's name is told", async || slow.told.lock().contains(&name)).await;
    assert!(slow.reading.load(Ordering::SeqCst));
    until("the recall is noticed to be late", async || !slow.in_time.load(Ordering::SeqCst)).await;
    slow.through.add_permits(1);
    until("changes are told in time again", is_in_time).await;
    assert!(!slow.reading.load(Ordering::SeqCst));
}
