//! People: the publishers of a registry, who may speak for them, and how somebody shows who they are.
//!
//! `publisher` says which codes are a publisher's own (`prefix`), `register` holds all publishers and keeps them apart,
//! `user` is a person with roles (`role`) and tokens (`token`), and `person` is who a request comes from. All of that is
//! pure. `office` does what operators ask for over a store, and `session` remembers for a while who signed in to a page.
//! What is kept where is in `store::people`.

mod office;
mod person;
mod prefix;
mod publisher;
mod register;
mod role;
mod session;
mod token;
mod user;

pub use office::{Office, Refused};
pub use person::Person;
pub use prefix::{CodeSpace, CompanyPrefix};
pub use publisher::{Publisher, PublisherDraft};
pub use register::{MOST_PUBLISHERS, Register, Scope};
pub use role::{Role, Roles};
pub use session::{SESSION_IDLE_S, SESSION_LONGEST_S, Sessions};
pub use token::{KeptToken, TokenHash, TokenText};
pub use user::{MOST_TOKENS, User, UserDraft};
