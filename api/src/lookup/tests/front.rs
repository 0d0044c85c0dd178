//! The way past the cache to cards that are asked for often: it is shorter, and it leads nowhere else.

use crate::lookup::BodyKey;
use crate::lookup::front::Front;

use super::*;

const OTHER: &str = "/01/09520000010010/10/L2";

fn key(scene: &Scene, code: &str) -> BodyKey {
    let question =
        Question { input: code.into(), reading: gs1::read_link(code), lang: Lang::Vi, context: Context::Unit };
    scene.lookup.inner.key(&question, Fields::ALL).unwrap()
}

#[tokio::test]
async fn of_eight_uses_the_cache_is_told_of_one() {
    let scene = Scene::with(Memory::default()).await;
    let (key, body) = (key(&scene, CODE), scene.ask(CODE).await.body);
    let front = Front::of(1 << 20);
    assert!(front.get(&key).is_none());
    front.put(&key, &body);
    let found: Vec<bool> = (0..16).map(|_| front.get(&key).is_some_and(|it| Arc::ptr_eq(&it, &body))).collect();
    assert_eq!(found.iter().map(|found| u8::from(*found)).collect::<Vec<_>>(), [[1, 1, 1, 1, 1, 1, 1, 0]; 2].concat());
}

#[tokio::test]
async fn two_keys_with_one_slot_never_get_each_others_body() {
    let scene = Scene::with(Memory::default()).await;
    let keys = [key(&scene, CODE), key(&scene, OTHER)];
    let bodies = [scene.ask(CODE).await.body, scene.ask(OTHER).await.body];
    let front = Front::of(0);
    for turn in [0, 1, 0] {
        front.put(&keys[turn], &bodies[turn]);
        assert!(front.get(&keys[1 - turn]).is_none());
        assert!(Arc::ptr_eq(&front.get(&keys[turn]).unwrap(), &bodies[turn]));
    }
}

#[tokio::test]
async fn it_keeps_nothing_alive() {
    let scene = Scene::with(Memory { bodies: 0, ..Memory::default() }).await;
    let (key, served) = (key(&scene, CODE), scene.ask(CODE).await);
    let front = Front::of(1 << 20);
    front.put(&key, &served.body);
    assert!(front.get(&key).is_some());
    drop(served);
    scene.lookup.inner.bodies.settle();
    assert!(front.get(&key).is_none());
}

#[tokio::test]
async fn what_was_found_there_often_does_not_outlive_a_change() {
    let scene = Scene::with(Memory::default()).await;
    for n in 0..20 {
        let served = scene.ask(CODE).await;
        assert_eq!((verdict(&served).as_str(), served.way == Way::Hit), ("registered_batch", n > 0));
    }
    scene.recall().await;
    for _ in 0..20 {
        assert_eq!(verdict(&scene.ask(CODE).await), "recalled");
    }
}
