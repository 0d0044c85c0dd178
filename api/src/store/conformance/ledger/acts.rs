//! PINs, keys for clients, alerts.

use std::sync::Arc;

use futures_util::future::join_all;

use super::{at, unit};
use crate::registry::{ClientHash, Digest};
use crate::store::Ledger;
use crate::store::ledger::{Alert, CLIENT_KEY_KEPT_S, FINGERPRINT_OF_BEFORE, PinTry, TRIES_S, TryLimits};

const LIMITS: TryLimits = TryLimits { per_client: 3, per_unit: 5 };

pub(super) async fn a_wrong_pin_may_be_tried_so_often_and_no_more<S: Ledger>(store: &S) {
    let of = unit("S1");
    let [wrong, old, pin] = [Digest([9; 16]), Digest([1; 16]), Digest([2; 16])];
    let with = async |tried, client, seconds| {
        store.try_pin(&of, tried, ClientHash(client), LIMITS, at(seconds)).await.unwrap()
    };
    let by = async |client, seconds| with(wrong, client, seconds).await;
    assert_eq!(by(1, 0).await, PinTry::None);
    store.put_pins(&[(of, old), (unit("S2"), old)]).await.unwrap();
    store.put_pins(&[(of, pin)]).await.unwrap();
    for seconds in [0, 10] {
        assert_eq!(by(1, seconds).await, PinTry::Taken(pin));
    }
    // However often the right one is entered, it is held against nobody.
    for seconds in 10..20 {
        assert_eq!(with(pin, 1, seconds).await, PinTry::Taken(pin));
    }
    assert_eq!(with(old, 1, 20).await, PinTry::Taken(pin));
    let after = |seconds: i64| PinTry::TooOften { after_s: seconds.unsigned_abs() };
    assert_eq!(by(1, 30).await, after(TRIES_S - 30));
    assert_eq!(with(pin, 1, 30).await, after(TRIES_S - 30), "whoever guesses does not learn when it is right");
    assert_eq!(with(pin, 2, 35).await, PinTry::Taken(pin));
    assert_eq!(by(2, 40).await, PinTry::Taken(pin));
    assert_eq!(by(3, 50).await, PinTry::Taken(pin));
    assert_eq!(by(3, 60).await, after(TRIES_S - 60));
    assert_eq!(with(pin, 3, 60).await, after(TRIES_S - 60));
    // Tries that were refused are not held against anybody.
    assert_eq!(by(4, TRIES_S - 1).await, after(1));
    assert_eq!(by(1, TRIES_S).await, PinTry::Taken(pin));
    assert_eq!(by(1, TRIES_S).await, after(10));
    assert_eq!(store.try_pin(&unit("S2"), wrong, ClientHash(1), LIMITS, at(0)).await.unwrap(), PinTry::Taken(old));
    store.expire(at(3 * TRIES_S)).await.unwrap();
    assert_eq!(by(1, 3 * TRIES_S).await, PinTry::Taken(pin));
}

pub(super) async fn a_pin_that_is_there_stays_unless_it_is_replaced<S: Ledger>(store: &S) {
    let [one, two] = [Digest([1; 16]), Digest([2; 16])];
    let there = async |serial| store.try_pin(&unit(serial), one, ClientHash(1), LIMITS, at(0)).await.unwrap();
    assert_eq!(store.add_pins(&[(unit("S1"), one), (unit("S2"), two)]).await.unwrap(), [true, true]);
    assert_eq!(
        store.add_pins(&[(unit("S1"), two), (unit("S2"), two), (unit("S3"), two)]).await.unwrap(),
        [false, true, true]
    );
    for (serial, pin) in [("S1", one), ("S2", two), ("S3", two)] {
        assert_eq!(there(serial).await, PinTry::Taken(pin), "{serial}");
    }
    store.put_pins(&[(unit("S1"), two)]).await.unwrap();
    assert_eq!(store.add_pins(&[(unit("S1"), one)]).await.unwrap(), [false]);
    assert_eq!(there("S1").await, PinTry::Taken(two));
    assert_eq!(store.add_pins(&[]).await.unwrap(), [false; 0]);
}

pub(super) async fn tries_at_once_do_not_get_past_the_limit<S: Ledger + 'static>(store: Arc<S>) {
    let right = Digest([1; 16]);
    store.put_pins(&[(unit("S1"), right)]).await.unwrap();
    let tries = (0..40).map(|n| {
        let store = Arc::clone(&store);
        // One of them guesses right: too late, or not, it makes no room for others.
        let tried = if n == 20 { right } else { Digest([9; 16]) };
        tokio::spawn(async move {
            let tried = store.try_pin(&unit("S1"), tried, ClientHash(n % 8), LIMITS, at(0)).await;
            (n, tried.unwrap())
        })
    });
    let tries: Vec<(u64, PinTry)> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
    let wrong = tries.iter().filter(|(n, one)| *n != 20 && matches!(one, PinTry::Taken(_)));
    assert_eq!(wrong.count(), 5);
}

pub(super) async fn the_first_secret_leaves_its_fingerprint<S: Ledger + 'static>(store: Arc<S>) {
    let asked = (0..20u8).map(|n| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.fingerprint([n; 32]).await.unwrap() })
    });
    let said: Vec<[u8; 32]> = join_all(asked).await.into_iter().map(Result::unwrap).collect();
    assert!(said.iter().all(|one| *one == said[0]));
    store.expire(at(9_000 * 86_400)).await.unwrap();
    assert_eq!(store.fingerprint([99; 32]).await.unwrap(), said[0]);
}

pub(super) async fn a_fingerprint_of_before_is_the_one_that_holds<S: Ledger>(store: &S) {
    store.client_key(FINGERPRINT_OF_BEFORE, [7; 32], at(0)).await.unwrap();
    assert_eq!(store.fingerprint([8; 32]).await.unwrap(), [7; 32]);
    assert_eq!(store.fingerprint([9; 32]).await.unwrap(), [7; 32]);
}

pub(super) async fn a_day_has_one_key_until_it_is_over<S: Ledger + 'static>(store: Arc<S>) {
    let day = "2100-03-01".parse().unwrap();
    let asked = (0..20u8).map(|n| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.client_key(day, [n; 32], at(0)).await.unwrap().unwrap() })
    });
    let keys: Vec<[u8; 32]> = join_all(asked).await.into_iter().map(Result::unwrap).collect();
    assert!(keys.iter().all(|key| *key == keys[0]));
    let tomorrow = "2100-03-02".parse().unwrap();
    assert_eq!(store.client_key(tomorrow, [77; 32], at(0)).await.unwrap(), Some([77; 32]));
    // The day after it is still there, for matching.
    assert_eq!(store.client_key(day, [99; 32], at(CLIENT_KEY_KEPT_S - 1)).await.unwrap(), Some(keys[0]));
    assert_eq!(store.client_key(day, [99; 32], at(CLIENT_KEY_KEPT_S)).await.unwrap(), None);
    store.expire(at(CLIENT_KEY_KEPT_S)).await.unwrap();
    assert_eq!(store.client_key(day, [99; 32], at(CLIENT_KEY_KEPT_S)).await.unwrap(), None);
    assert_eq!(store.client_key(tomorrow, [99; 32], at(CLIENT_KEY_KEPT_S)).await.unwrap(), Some([77; 32]));
    // A day that was over when somebody first asked.
    assert_eq!(store.client_key("2100-01-01".parse().unwrap(), [99; 32], at(0)).await.unwrap(), None);
}

pub(super) async fn alerts_are_told_in_their_order<S: Ledger>(store: &S) {
    assert_eq!(store.alerts(0, 10).await.unwrap(), []);
    let alert =
        |n: i64| Alert { at: at(n), kind: "clone".to_owned(), unit: Some(unit("S1")), text: format!("số {n}") };
    for n in 0..5 {
        store.alert(&alert(n)).await.unwrap();
    }
    let all = store.alerts(0, 10).await.unwrap();
    assert_eq!(all.iter().map(|(_, alert)| alert.clone()).collect::<Vec<_>>(), (0..5).map(alert).collect::<Vec<_>>());
    assert!(all.is_sorted_by(|a, b| a.0 < b.0));
    assert_eq!(store.alerts(all[1].0, 2).await.unwrap(), all[2..4]);
    assert_eq!(store.alerts(all[4].0, 2).await.unwrap(), []);
}
