//! What is looked at before a server is trusted.

use nguon::store::redis::{RedisOptions, RedisStore};
use nguon::store::{Store as _, StoreError};
use nguon_test_servers::Redis;
use redis::cmd;

use crate::records::{batch, created, key};

async fn opened(server: &Redis) -> Result<RedisStore, StoreError> {
    RedisStore::open(server.address().parse().unwrap(), RedisOptions::default()).await
}

#[tokio::test]
async fn a_registry_is_made_only_when_asked() {
    let server = Redis::start();
    assert!(matches!(opened(&server).await, Err(StoreError::RegistryUnavailable(_))));
    assert_eq!(server.ask::<i64>(&cmd("DBSIZE")), 0);
    let id = created(&server.address()).await.read(&[]).await.unwrap().marker.id;
    assert_eq!(opened(&server).await.unwrap().read(&[]).await.unwrap().marker.id, id);
    assert_eq!(created(&server.address()).await.read(&[]).await.unwrap().marker.id, id);
}

#[tokio::test]
async fn a_registry_is_not_made_over_the_ruins_of_another() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    let evidence =
        serde_json::json!({ "at": "2026-07-01T00:00:00Z", "publisher": "coop", "act": "declare", "body": 1 });
    let evidence = vec![serde_json::from_value(evidence).unwrap()];
    store.commit(nguon::store::Batch { evidence, ..batch([key(1)]) }).await.unwrap();
    drop(store);
    let _: i64 = server.ask(cmd("DEL").arg("w:{r}:marker"));
    let over = RedisStore::open_or_create(server.address().parse().unwrap(), RedisOptions::default()).await;
    assert!(matches!(over, Err(StoreError::RegistryUnavailable(_))));
}

#[tokio::test]
async fn a_server_that_may_evict_is_refused() {
    let server = Redis::with(&["--maxmemory-policy", "allkeys-lru"]);
    let refused = RedisStore::open_or_create(server.address().parse().unwrap(), RedisOptions::default()).await;
    assert!(matches!(refused, Err(StoreError::Unreachable(why)) if why.contains("noeviction")));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let mut server = Redis::start();
    server.kill();
    assert!(matches!(opened(&server).await, Err(StoreError::Unreachable(_))));
}
