//! The ledger in Redis beside what every engine promises.

use nguon_test_servers::{Cluster, Redis};
use redis::cmd;

use super::{RedisStore, created};
use crate::registry::{ClientHash, Digest, Standing};
use crate::store::conformance::ledger::{at, check, unit};
use crate::store::ledger::{Alert, FINGERPRINT_OF_BEFORE, PinTry, TryLimits, time};
use crate::store::redis::name;
use crate::store::{Key, Ledger, StoreError};

/// No unit's PIN.
const WRONG: Digest = Digest([0xEE; 16]);
const LIMITS: TryLimits = TryLimits { per_client: 1_000, per_unit: 1_000 };

fn standing() -> String {
    name::place(&Key::Standing(unit("S1").gtin, unit("S1").serial), |_| 1).name
}

/// Something of each kind.
async fn filled(store: &RedisStore) {
    let of = unit("S1");
    store.record(&check(1, 1, 0)).await.unwrap();
    store.put_pins(&[(of, Digest([1; 16]))]).await.unwrap();
    store.try_pin(&of, WRONG, ClientHash(1), LIMITS, at(0)).await.unwrap();
    assert!(store.stand(&of, 0, &Standing::default()).await.unwrap());
    store.client_key("2100-03-01".parse().unwrap(), [1; 32], at(0)).await.unwrap();
    store.fingerprint([1; 32]).await.unwrap();
    store.alert(&Alert { at: at(0), kind: "clone".to_owned(), unit: None, text: String::new() }).await.unwrap();
    let day = "2100-03-01".parse().unwrap();
    assert_eq!(store.tallies(day, day).await.unwrap().len(), 1);
}

/// What comes of everything that one can do.
async fn outcomes(store: &RedisStore, key: u8) -> Vec<Result<(), StoreError>> {
    let of = unit("S1");
    let day = "2100-03-01".parse().unwrap();
    vec![
        store.record(&check(1, 1, 0)).await.map(|_| ()),
        store.record(&check(key, 1, 1)).await.map(|_| ()),
        store.stand(&of, 1, &Standing::default()).await.map(|_| ()),
        store.try_pin(&of, WRONG, ClientHash(1), LIMITS, at(0)).await.map(|_| ()),
        store.client_key(day, [2; 32], at(0)).await.map(|_| ()),
        store.fingerprint([2; 32]).await.map(|_| ()),
        store.alerts(0, 10).await.map(|_| ()),
        store.tallies(day, day).await.map(|_| ()),
        store.put_pins(&[(unit("S2"), Digest([1; 16]))]).await,
        store.forget_visits(&unit("S2")).await,
        store.alert(&Alert { at: at(0), kind: "clone".to_owned(), unit: None, text: String::new() }).await,
    ]
}

#[tokio::test]
async fn what_outlives_its_time_is_destroyed_by_redis() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    filled(&store).await;
    let of = unit("S1");
    let ends = |name: &str| server.ask::<i64>(cmd("PEXPIRETIME").arg(name));
    let left = |name: &str| server.ask::<i64>(cmd("PTTL").arg(name));
    let ms = |seconds| i64::try_from(time::ms(at(seconds))).unwrap();
    let day = 86_400;
    assert_eq!(ends(&name::visits(&of)), ms(30 * day));
    assert_eq!(ends(&name::client_key("2100-03-01".parse().unwrap())), ms(2 * day));
    let day_ms = 86_400_000;
    for (name, most) in [
        (name::check_key(&of, Digest([1; 16])), day_ms),
        (name::client(&of, ClientHash(1)), 3_600_000),
        (name::tries(&of), day_ms),
        (name::standing_writer(&of), 60_000),
    ] {
        let left = left(&name);
        assert!((most - 60_000..=most).contains(&left), "{name} {left}");
    }
    for name in [name::counters(&of), name::pin(&of), standing(), name::FINGERPRINT.to_owned()] {
        assert_eq!(left(&name), -1, "{name}");
    }
    // One that was over when it was offered is not kept at all, whatever the caller's clock says.
    let over = "2020-01-01".parse().unwrap();
    let then = "2020-01-01T01:00:00Z".parse().unwrap();
    assert_eq!(store.client_key(over, [1; 32], then).await.unwrap(), None);
    assert_eq!(left(&name::client_key(over)), -2);
}

#[tokio::test]
async fn a_fingerprint_that_is_kept_where_it_was_before_is_the_one_that_holds() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    // As it was left by an earlier version: the key of a day that does not come.
    store.client_key(FINGERPRINT_OF_BEFORE, [7; 32], at(0)).await.unwrap();
    assert_eq!(store.fingerprint([8; 32]).await.unwrap(), [7; 32]);
    let _: i64 = server.ask(cmd("DEL").arg(name::client_key(FINGERPRINT_OF_BEFORE)));
    assert_eq!(store.fingerprint([8; 32]).await.unwrap(), [7; 32], "it is in its own place now");
}

#[tokio::test]
async fn a_damaged_value_is_corrupt_and_is_left_as_it_is() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    let of = unit("S1");
    let names = [
        name::counters(&of),
        name::visits(&of),
        name::check_key(&of, Digest([1; 16])),
        name::client(&of, ClientHash(1)),
        standing(),
        name::pin(&of),
        name::tries(&of),
        name::client_key("2100-03-01".parse().unwrap()),
        name::FINGERPRINT.to_owned(),
        name::tally("2100-03-01".parse().unwrap()),
        name::ALERTS.to_owned(),
    ];
    filled(&store).await;
    let mut key = 100;
    for name in names {
        let whole: Vec<u8> = server.ask(cmd("DUMP").arg(&name));
        for nonsense in [&b"nonsense"[..], b"-1 5", b"999999999999999999999 1", &[0xFF; 43]] {
            let _: String = server.ask(cmd("SET").arg(&name).arg(nonsense));
            key += 1;
            let outcomes = outcomes(&store, key).await;
            assert!(outcomes.iter().any(|it| matches!(it, Err(StoreError::Corrupt(_)))), "{name} {outcomes:?}");
            assert!(
                outcomes.iter().all(|it| matches!(it, Ok(()) | Err(StoreError::Corrupt(_)))),
                "{name} {outcomes:?}"
            );
            let there: Vec<u8> = server.ask(cmd("GET").arg(&name));
            assert_eq!(there, nonsense, "{name}");
        }
        let _: String = server.ask(cmd("RESTORE").arg(&name).arg(0).arg(whole).arg("REPLACE"));
        key += 1;
        assert!(outcomes(&store, key).await.iter().all(Result::is_ok), "{name}");
    }
}

async fn nothing_looks_like_a_first_check(store: &RedisStore) {
    for outcome in outcomes(store, 100).await {
        assert!(matches!(outcome, Err(StoreError::RegistryUnavailable(_))), "{outcome:?}");
    }
}

#[tokio::test]
async fn an_emptied_server_is_no_first_check() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    filled(&store).await;
    let _: String = server.ask(&cmd("FLUSHALL"));
    nothing_looks_like_a_first_check(&store).await;
    let left: i64 = server.ask(&cmd("DBSIZE"));
    // Of the heartbeats, not of the ledger.
    let beats: Vec<String> = server.ask(cmd("KEYS").arg("n:h:*"));
    assert!(left <= i64::try_from(beats.len()).unwrap(), "{left}");
}

#[tokio::test]
async fn another_registry_in_its_place_is_no_first_check() {
    let server = Redis::start();
    let store = created(&server.address()).await;
    filled(&store).await;
    let _: String = server.ask(&cmd("FLUSHALL"));
    let _new = created(&server.address()).await;
    let recorded = store.record(&check(1, 1, 0)).await;
    assert!(matches!(recorded, Err(StoreError::RegistryUnavailable(_))), "{recorded:?}");
}

#[tokio::test]
async fn a_cluster_with_one_emptied_primary_counts_nothing_there() {
    let cluster = Cluster::start();
    let store = created(&cluster.address()).await;
    let units: Vec<_> = (0..60).map(|n| unit(&format!("S{n}"))).collect();
    let of = |unit: &_| crate::store::ledger::Check { unit: *unit, ..check(1, 1, 0) };
    for unit in &units {
        store.record(&of(unit)).await.unwrap();
    }
    let other = &cluster.servers[usize::from(cluster.server_of(name::MARKER) == 0)];
    let _: String = other.ask(&cmd("FLUSHALL"));
    let (mut there, mut gone) = (0, 0);
    for unit in &units {
        match store.record(&of(unit)).await {
            Ok(recorded) => {
                assert!(recorded.again);
                there += 1;
            }
            Err(StoreError::RegistryUnavailable(_)) => gone += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert!(there > 0 && gone > 0, "{there} {gone}");
}

#[tokio::test]
async fn nodes_share_their_ledger() {
    let server = Redis::start();
    let (here, there) = (created(&server.address()).await, created(&server.address()).await);
    filled(&here).await;
    let again = there.record(&check(1, 1, 0)).await.unwrap();
    assert_eq!((again.again, again.standing.version), (true, 1));
    assert!(there.stand(&unit("S1"), 1, &Standing::default()).await.unwrap());
    assert!(!here.stand(&unit("S1"), 1, &Standing::default()).await.unwrap());
    let limits = TryLimits { per_client: 2, per_unit: 2 };
    let tried = there.try_pin(&unit("S1"), WRONG, ClientHash(1), limits, at(1)).await.unwrap();
    assert_eq!(tried, PinTry::Taken(Digest([1; 16])));
    let tried = here.try_pin(&unit("S1"), WRONG, ClientHash(1), limits, at(1)).await.unwrap();
    assert!(matches!(tried, PinTry::TooOften { .. }));
    let day = "2100-03-01".parse().unwrap();
    assert_eq!(there.client_key(day, [9; 32], at(1)).await.unwrap(), Some([1; 32]));
    assert_eq!(there.alerts(0, 10).await.unwrap().len(), 1);
    there.record(&check(2, 2, 1)).await.unwrap();
    there.tallies(day, day).await.unwrap();
    assert_eq!(here.tallies(day, day).await.unwrap()[0].checks, 2);
}
