//! Bounds on what is kept, and on how long an answer takes.

use core::sync::atomic::AtomicBool;

use nguon_openapi::Section;

use super::*;

fn question(code: &str) -> Question<'_> {
    Question { input: code.into(), reading: gs1::read_link(code), lang: Lang::Vi, context: Context::Unit }
}

#[tokio::test]
async fn a_known_body_that_no_longer_holds_does_not_hide_one_that_says_unknown() {
    let scene = Scene::with(Memory::default()).await;
    scene.ask(CODE).await;
    let inner = &scene.lookup.inner;
    inner.coherence.validity.everything();
    let (key, now) = (inner.key(&question(CODE), Fields::ALL).unwrap(), scene.lookup.now());
    assert!(inner.bodies.get(&key, now).is_none());
    let unknown = scene.ask("/01/09520000991111").await.body;
    assert!(inner.bodies.keep(key, &unknown, now));
    assert!(Arc::ptr_eq(&inner.bodies.get(&key, now).unwrap(), &unknown));
}

#[tokio::test]
async fn cards_marked_as_old_have_their_part_of_the_room_and_no_more() {
    const BODIES: u64 = 4 * 1024 * 1024;
    let scene = Scene::with(Memory { bodies: BODIES, ..Memory::default() }).await;
    let sections = Section::ALL;
    let fields: Vec<Fields> = (0..400_usize)
        .map(|set| Fields::of(sections.iter().enumerate().filter(|(n, _)| set >> n & 1 == 1).map(|(_, s)| *s)))
        .collect();
    let ask = async |fields| scene.lookup.serve(&question(CODE), fields).await.unwrap().way;
    for &fields in &fields {
        ask(fields).await;
    }
    scene.store.fail(Some(StoreError::Unreachable("cut".into())));
    scene.lookup.inner.coherence.validity.everything();
    for &fields in &fields {
        assert_eq!(ask(fields).await, Way::Stale);
        assert_eq!(ask(fields).await, Way::Stale);
    }
    let old = scene.lookup.inner.bodies.old_bytes();
    assert!(0 < old && old <= BODIES / 16, "{old}");
}

#[tokio::test(start_paused = true)]
async fn who_has_joined_a_flight_of_others_waits_for_one_deadline_and_not_for_theirs_as_well() {
    let scene = Scene::with(Memory::default()).await;
    let held = scene.hold().await;
    let lookup = Arc::clone(&scene.lookup);
    let first = tokio::spawn(async move { ask(&lookup, CODE).await });
    while scene.reads() == 0 {
        tokio::task::yield_now().await;
    }
    let (lookup, began) = (Arc::clone(&scene.lookup), Instant::now());
    let joined = tokio::spawn(async move { lookup.serve(&question(CODE), Fields::ALL).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    // What the first reads is too old for the other, who begins anew and is not answered.
    scene.lookup.inner.coherence.validity.everything();
    drop(held);
    let _held = scene.hold().await;
    first.await.unwrap();
    assert!(joined.await.unwrap().is_err());
    assert!(began.elapsed() <= Patience::MISS + Duration::from_millis(20), "{:?}", began.elapsed());
}

/// A copy whose reads take until they are let through, on whatever thread.
struct Slow {
    copy: EmbeddedStore,
    blocked: Arc<AtomicBool>,
}

#[async_trait]
impl Store for Slow {
    async fn read(&self, keys: &[Key]) -> Result<Snapshot, StoreError> {
        while self.blocked.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.copy.read(keys).await
    }
    fn dependency(&self, key: &Key) -> Dependency {
        self.copy.dependency(key)
    }
    async fn commit(&self, batch: Batch) -> Result<Committed, StoreError> {
        self.copy.commit(batch).await
    }
    fn changes(&self, watcher: Arc<dyn Watcher>) {
        self.copy.changes(watcher);
    }
    async fn scan(&self, kind: Kind, after: Option<Key>, limit: usize) -> Result<Vec<(Key, Entry)>, StoreError> {
        self.copy.scan(kind, after, limit).await
    }
    async fn evidence(&self, after: u64, limit: usize) -> Result<Vec<(u64, Evidence)>, StoreError> {
        self.copy.evidence(after, limit).await
    }
    async fn progress(&self, file: &str) -> Result<Option<u64>, StoreError> {
        self.copy.progress(file).await
    }
}

#[tokio::test]
async fn a_local_copy_that_does_not_answer_holds_nobody_up() {
    let scene = Scene::with(Memory::default()).await;
    let blocked = Arc::new(AtomicBool::new(true));
    let store = Arc::new(Slow { copy: scene.store.inner.clone(), blocked: Arc::clone(&blocked) });
    let made_at = scene.lookup.now();
    let lookup = scene.another_over(Some(LocalCopy { store, made_at })).await;
    scene.store.fail(Some(StoreError::Unreachable("cut".into())));
    // More than are read at a time, with nobody to let them through.
    for _ in 0..40 {
        let unanswered = lookup.serve(&question(CODE), Fields::ALL).await.unwrap_err();
        assert!(unanswered.origin.is_none());
    }
    blocked.store(false, Ordering::SeqCst);
    nguon_test_servers::until("the copy is read", async || {
        lookup.serve(&question(CODE), Fields::ALL).await.is_err_and(|unanswered| unanswered.origin.is_some())
    })
    .await;
}
