//! What every engine promises of people. Each part takes an empty store.

use jiff::Timestamp;

use super::People;
use crate::people::{KeptToken, Register, Role, TokenHash, User, UserDraft};
use crate::registry::{Id, Text};

/// Everything, each part over a store of its own.
pub(crate) async fn all<S: People>(mut empty: impl AsyncFnMut() -> S) {
    an_empty_store_knows_nobody(&empty().await).await;
    a_register_is_replaced_by_whoever_saw_the_last_one(&empty().await).await;
    a_user_is_found_by_identifier_and_by_token(&empty().await).await;
    a_token_that_is_gone_leads_nowhere(&empty().await).await;
    only_the_one_who_saw_the_last_version_changes_a_user(&empty().await).await;
}

fn now() -> Timestamp {
    "2026-11-29T03:00:00Z".parse().unwrap()
}

fn id(raw: &str) -> Id {
    Id::try_from(raw).unwrap()
}

fn user(name: &str) -> User {
    let draft = UserDraft {
        id: id(name),
        name: Text::try_from("Trần Thị Lan").unwrap(),
        publisher: id("coop"),
        roles: [Role::Enter, Role::Approve].into_iter().collect(),
    };
    User::written(draft, None, now()).unwrap()
}

fn with_token(user: &User, label: &str) -> User {
    let hash = TokenHash::of(&format!("{}/{label}", user.id));
    user.with_token(KeptToken { label: id(label), hash, created_at: now(), used_on: None, expires: None }).unwrap()
}

async fn an_empty_store_knows_nobody(store: &dyn People) {
    assert_eq!(store.register().await.unwrap(), Register::default());
    assert_eq!(store.users().await.unwrap(), []);
    assert_eq!(store.user(&id("lan")).await.unwrap(), None);
    assert_eq!(store.user_of(&TokenHash::of("lan/pc")).await.unwrap(), None);
}

async fn a_register_is_replaced_by_whoever_saw_the_last_one(store: &dyn People) {
    let add = |register: &Register, name: &str| {
        let draft = serde_json::json!({"id": name, "name": "HTX Mẫu"});
        register.with(serde_json::from_value(draft).unwrap(), now()).unwrap()
    };
    let one = add(&Register::default(), "coop");
    assert!(store.replace_register(&one).await.unwrap());
    assert_eq!(store.register().await.unwrap(), one);
    assert!(!store.replace_register(&add(&Register::default(), "other")).await.unwrap(), "another came first");
    let two = add(&one, "other");
    assert!(store.replace_register(&two).await.unwrap());
    assert_eq!(store.register().await.unwrap(), two);
    let ahead = Register { version: 9, ..two.clone() };
    assert!(!store.replace_register(&ahead).await.unwrap());
    assert_eq!(store.register().await.unwrap(), two);
}

async fn a_user_is_found_by_identifier_and_by_token(store: &dyn People) {
    let lan = user("lan");
    assert!(store.put_user(&lan).await.unwrap());
    let lan = with_token(&with_token(&lan, "pc"), "phone");
    // Two changes are two versions: each is put in its turn.
    assert!(!store.put_user(&lan).await.unwrap());
    let lan = User { version: 2, ..lan };
    assert!(store.put_user(&lan).await.unwrap());
    assert!(store.put_user(&user("an")).await.unwrap());
    assert_eq!(store.user(&id("lan")).await.unwrap().as_ref(), Some(&lan));
    for label in ["lan/pc", "lan/phone"] {
        assert_eq!(store.user_of(&TokenHash::of(label)).await.unwrap().as_ref(), Some(&lan));
    }
    assert_eq!(store.user_of(&TokenHash::of("an/pc")).await.unwrap(), None);
    let names: Vec<String> = store.users().await.unwrap().into_iter().map(|user| user.id.to_string()).collect();
    assert_eq!(names, ["an", "lan"]);
}

async fn a_token_that_is_gone_leads_nowhere(store: &dyn People) {
    let bare = user("lan");
    assert!(store.put_user(&bare).await.unwrap());
    let one = with_token(&bare, "pc");
    assert!(store.put_user(&one).await.unwrap());
    let both = with_token(&one, "phone");
    assert!(store.put_user(&both).await.unwrap());
    let left = both.without_token(&id("pc")).unwrap();
    assert!(store.put_user(&left).await.unwrap());
    assert_eq!(store.user_of(&TokenHash::of("lan/pc")).await.unwrap(), None);
    assert_eq!(store.user_of(&TokenHash::of("lan/phone")).await.unwrap(), Some(left));
}

async fn only_the_one_who_saw_the_last_version_changes_a_user(store: &dyn People) {
    let first = user("lan");
    assert!(store.put_user(&first).await.unwrap());
    assert!(!store.put_user(&User { publisher: id("other"), ..first.clone() }).await.unwrap(), "is there already");
    let (mine, yours) = (with_token(&first, "mine"), with_token(&first, "yours"));
    assert!(store.put_user(&mine).await.unwrap());
    assert!(!store.put_user(&yours).await.unwrap());
    assert_eq!(store.user(&first.id).await.unwrap(), Some(mine));
    assert_eq!(store.user_of(&TokenHash::of("lan/yours")).await.unwrap(), None);
}
