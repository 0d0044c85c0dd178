//! What is said while the store is slow, away, emptied or damaged.

use super::*;

impl Scene {
    async fn try_ask(&self, code: &str) -> Result<Served, Unanswered> {
        let question =
            Question { input: code.into(), reading: gs1::read_link(code), lang: Lang::Vi, context: Context::Unit };
        self.lookup.serve(&question, Fields::ALL).await
    }

    /// The store does not answer any more, and the link to it is down.
    fn cut(&self) {
        self.store.fail(Some(StoreError::Unreachable("cut".into())));
        let watchers = self.store.watchers.lock().clone();
        for watcher in watchers {
            watcher.in_time(false);
        }
    }

    /// It does again.
    async fn heal(&self) {
        self.store.fail(None);
        let watchers = self.store.watchers.lock().clone();
        for watcher in watchers {
            watcher.everything().await;
            watcher.in_time(true);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn while_the_store_is_away_a_card_is_shown_as_old_with_its_time_and_not_for_ever() {
    let scene = Scene::with(Memory::default()).await;
    let fresh = card(&scene.ask(CODE).await);
    scene.cut();
    // Young enough to be an answer of its own.
    assert_eq!(scene.ask(CODE).await.way, Way::Hit);
    scene.clock.wind(29);
    let served = scene.ask(CODE).await;
    assert_eq!(served.way, Way::Stale);
    assert!(served.body.is_stale());
    let mut old = card(&served);
    assert_eq!(old["stale"], true);
    assert_eq!(old["checked_at"], "2026-11-23T05:00:00Z");
    old["stale"] = false.into();
    old.as_object_mut().unwrap().remove("checked_at");
    assert_eq!(old, fresh);
    scene.clock.wind(571);
    assert_eq!(scene.ask(CODE).await.way, Way::Stale);
    scene.clock.wind(1);
    let nothing = scene.try_ask(CODE).await.unwrap_err();
    assert!(matches!(*nothing.error, StoreError::Unreachable(_)));
    scene.heal().await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(scene.ask(CODE).await.way, Way::Stored);
}

#[tokio::test]
async fn an_answer_in_doubt_says_for_how_long_it_has_been() {
    let scene = Scene::with(Memory::default()).await;
    assert_eq!(scene.ask(CODE).await.doubt_s, None);
    scene.cut();
    scene.clock.wind(12);
    let served = scene.ask(CODE).await;
    assert_eq!((served.way, served.doubt_s), (Way::Hit, Some(12)));
    scene.heal().await;
    assert_eq!(scene.ask(CODE).await.doubt_s, None);
}

#[tokio::test]
async fn without_an_answer_the_origin_is_told_without_a_verdict() {
    let scene = Scene::with(Memory::default()).await;
    // The product is in memory; the lot and its card are not.
    scene.ask("/01/09520000010010").await;
    scene.cut();
    let unanswered = scene.try_ask(CODE).await.unwrap_err();
    let origin = unanswered.origin.unwrap();
    assert_eq!(origin.product.unwrap().name, "Nước mắm");
    assert_eq!(origin.checked_at.to_string(), "2026-11-23T05:00:00Z");
    // Of a product that nobody has asked about there is nothing to tell.
    assert!(scene.try_ask("/01/09520000991111").await.unwrap_err().origin.is_none());
}

#[tokio::test]
async fn what_nobody_has_asked_for_yet_is_told_from_the_local_copy_with_its_age() {
    let made_at: Timestamp = "2026-11-20T00:00:00Z".parse().unwrap();
    let scene = Scene::with(Memory::default()).await;
    // As the store was: a copy with the same records.
    let local_copy = LocalCopy { store: Arc::new(scene.store.inner.clone()), made_at };
    let lookup = scene.another_over(Some(local_copy)).await;
    scene.cut();
    let question =
        Question { input: CODE.into(), reading: gs1::read_link(CODE), lang: Lang::Vi, context: Context::Unit };
    let origin = lookup.serve(&question, Fields::ALL).await.unwrap_err().origin.unwrap();
    assert_eq!(origin.product.unwrap().name, "Nước mắm");
    assert_eq!(origin.batch.unwrap().lot, "L1");
    assert_eq!(origin.checked_at, made_at);
}

#[tokio::test]
async fn a_recall_that_this_node_knows_of_is_told_although_the_store_is_away() {
    let scene = Scene::with(Memory::default()).await;
    assert_eq!(verdict(&scene.ask(CODE).await), "registered_batch");
    scene.recall().await;
    scene.cut();
    // Not the card from before the recall, although that is young; and also when the lot was never asked for.
    let served = scene.ask(CODE).await;
    assert_eq!((served.way, verdict(&served).as_str()), (Way::Stale, "recalled"));
    assert_eq!(card(&served)["stale"], true);
}

#[tokio::test]
async fn of_a_lot_and_a_unit_that_could_not_be_read_nothing_is_said() {
    let scene = Scene::with(Memory::default()).await;
    scene.ask("/01/09520000010010").await;
    scene.recall().await;
    // The product is in memory again.
    scene.ask("/01/09520000010010").await;
    scene.cut();
    let served = scene.ask("/01/09520000010010/10/L1/21/S1").await;
    assert_eq!((served.way, verdict(&served).as_str()), (Way::Stale, "recalled"));
    let card = card(&served);
    let said: Vec<&str> = card["reasons"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect();
    assert_eq!(said, ["recall_active", "gtin_on_record"]);
}

#[tokio::test]
async fn what_is_known_to_have_changed_is_not_shown_as_old() {
    let scene = Scene::with(Memory::default()).await;
    scene.ask(CODE).await;
    // A change that is told, and whose new value cannot be read.
    let name = scene.store.dependency(&Key::Product("09520000010010".parse().unwrap()));
    let watchers = scene.store.watchers.lock().clone();
    for watcher in watchers {
        watcher.changed(&crate::store::Changes { names: vec![name], recalls: Vec::new() }).await;
    }
    scene.cut();
    assert!(scene.try_ask(CODE).await.is_err());
}

#[tokio::test]
async fn a_recall_that_could_not_be_read_hides_every_answer_from_before() {
    let scene = Scene::with(Memory::default()).await;
    scene.ask(CODE).await;
    scene.cut();
    let id = crate::registry::RecallId(Id::try_from("R9").unwrap());
    let watchers = scene.store.watchers.lock().clone();
    for watcher in watchers {
        watcher.changed(&crate::store::Changes { names: Vec::new(), recalls: vec![id.clone()] }).await;
    }
    let unanswered = scene.try_ask(CODE).await.unwrap_err();
    assert!(unanswered.origin.is_none());
}

#[tokio::test]
async fn an_emptied_store_is_never_one_that_knows_no_code() {
    let scene = Scene::with(Memory::default()).await;
    let elsewhere = "/01/09520000991111";
    scene.store.fail(Some(StoreError::RegistryUnavailable("emptied".into())));
    let unanswered = scene.try_ask(elsewhere).await.unwrap_err();
    assert!(matches!(*unanswered.error, StoreError::RegistryUnavailable(_)));
}

#[tokio::test]
async fn a_damaged_record_is_an_alarm_and_nothing_stands_in_for_it() {
    let scene = Scene::with(Memory::default()).await;
    scene.ask("/01/09520000010010").await;
    scene.store.fail(Some(StoreError::Corrupt("damaged".into())));
    let unanswered = scene.try_ask(CODE).await.unwrap_err();
    assert!(matches!(*unanswered.error, StoreError::Corrupt(_)));
    assert!(unanswered.origin.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_frozen_store_costs_its_deadline_a_few_times_and_then_nothing() {
    let scene = Scene::with(Memory::default()).await;
    let held = scene.hold().await;
    for n in 0..5 {
        let began = Instant::now();
        assert!(scene.try_ask(&format!("/01/09520000010010/10/X{n}")).await.is_err());
        assert_eq!(began.elapsed().as_millis(), Patience::MISS.as_millis());
    }
    let (began, reads) = (Instant::now(), scene.reads());
    assert!(scene.try_ask("/01/09520000010010/10/X9").await.is_err());
    assert_eq!(began.elapsed(), Duration::ZERO);
    assert_eq!(scene.reads(), reads);
    // The probe finds out when it answers again.
    drop(held);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(scene.try_ask("/01/09520000010010/10/X9").await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn only_so_many_misses_are_under_way_and_fewer_in_doubt() {
    for (in_doubt, room) in [(false, 1_024), (true, 128)] {
        let scene = Scene::with(Memory::default()).await;
        if in_doubt {
            scene.store.watchers.lock()[0].in_time(false);
        }
        let held = scene.hold().await;
        let asking: Vec<_> = (0..room)
            .map(|n| {
                let lookup = Arc::clone(&scene.lookup);
                tokio::spawn(async move { ask(&lookup, &format!("/01/09520000010010/10/X{n}")).await })
            })
            .collect();
        while scene.reads() < room {
            tokio::task::yield_now().await;
        }
        assert!((scene.lookup.fullness() - 1.0).abs() < 1e-9);
        let one_more = scene.try_ask("/01/09520000010010/10/Y").await.unwrap_err();
        assert!(one_more.to_string().contains("too many"), "{one_more}");
        drop(held);
        assert!(join_all(asking).await.into_iter().all(|answer| answer.is_ok()));
        assert!(scene.lookup.fullness().abs() < 1e-9);
    }
}

#[tokio::test]
async fn a_node_stays_ready_as_long_as_it_can_still_answer() {
    let scene = Scene::with(Memory::default()).await;
    scene.ask(CODE).await;
    assert!(matches!(scene.lookup.readiness().await, Readiness::Ready));
    scene.cut();
    scene.clock.wind(600);
    assert!(matches!(scene.lookup.readiness().await, Readiness::Degraded(_)));
    scene.clock.wind(1);
    assert!(matches!(scene.lookup.readiness().await, Readiness::Unready(_)));
    scene.lookup.set_stale_limit(Duration::from_secs(700));
    assert!(matches!(scene.lookup.readiness().await, Readiness::Degraded(_)));
}
