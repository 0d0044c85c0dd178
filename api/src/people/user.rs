//! A user: a person with roles, who acts for one publisher.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::office::Refused;
use super::person::Person;
use super::role::{Role, Roles};
use super::token::{KeptToken, TokenHash};
use crate::registry::import::OPERATOR;
use crate::registry::{Id, Text};

/// Most tokens of one user.
pub const MOST_TOKENS: usize = 20;

/// A user as an operator writes it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserDraft {
    /// The identifier that the evidence log names.
    pub id: Id,
    /// The person's name.
    pub name: Text,
    /// For whom the person acts; `operator` for those who run the registry.
    pub publisher: Id,
    /// What the person may do.
    #[serde(default)]
    pub roles: Roles,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Grows by one with each change: what a change is compared against.
    pub version: u64,
    /// The identifier that the evidence log names.
    pub id: Id,
    /// The person's name.
    pub name: Text,
    /// For whom the person acts.
    pub publisher: Id,
    /// What the person may do.
    pub roles: Roles,
    /// Tokens, in the order in which they were made.
    #[serde(default)]
    pub tokens: Vec<KeptToken>,
    /// When the user was written down.
    pub created_at: Timestamp,
}

impl User {
    /// What an operator has written down of a user: new, or in place of what there was, whose tokens stay.
    ///
    /// # Errors
    /// When the identifier is the operator's, or a user of the operator may not operate: whoever acts for the operator
    /// acts for everybody.
    pub fn written(draft: UserDraft, before: Option<&Self>, now: Timestamp) -> Result<Self, Refused> {
        let UserDraft { id, name, publisher, roles } = draft;
        if id.as_str() == OPERATOR {
            return Err(Refused::conflict("id", "is the operator's own: choose another"));
        }
        if publisher.as_str() == OPERATOR && !roles.is_empty() && !roles.allow(Role::Operate) {
            return Err(Refused::conflict("roles", "of a user of the operator must hold operate"));
        }
        let (version, tokens, created_at) = match before {
            Some(before) => (before.version + 1, before.tokens.clone(), before.created_at),
            None => (1, Vec::new(), now),
        };
        Ok(Self { version, id, name, publisher, roles, tokens, created_at })
    }

    /// The user with one more token.
    ///
    /// # Errors
    /// When there is one of this label, when there are [`MOST_TOKENS`], or when it would have ended already.
    pub fn with_token(&self, token: KeptToken) -> Result<Self, Refused> {
        if self.tokens.iter().any(|it| it.label == token.label) {
            return Err(Refused::conflict("label", "is that of another token: revoke that one, or choose another"));
        }
        if self.tokens.len() >= MOST_TOKENS {
            return Err(Refused::conflict("label", format!("would be one more than {MOST_TOKENS} tokens: revoke one")));
        }
        if !token.holds(token.created_at) {
            return Err(Refused::unfit("expires", "lies in the past: choose a later time, or leave it out"));
        }
        let mut next = Self { version: self.version + 1, ..self.clone() };
        next.tokens.push(token);
        Ok(next)
    }

    /// The user without a token; `None`: there was none of this label.
    #[must_use]
    pub fn without_token(&self, label: &Id) -> Option<Self> {
        let mut next = Self { version: self.version + 1, ..self.clone() };
        next.tokens.retain(|it| it.label != *label);
        (next.tokens.len() < self.tokens.len()).then_some(next)
    }

    /// Who the bearer of a token is; `None`: it is none of this user's, or it has ended.
    #[must_use]
    pub fn bearing(&self, token: &TokenHash, now: Timestamp) -> Option<Person> {
        self.tokens.iter().find(|it| it.hash == *token && it.holds(now))?;
        Some(Person { user: Some(self.id.clone()), publisher: self.publisher.clone(), roles: self.roles.clone() })
    }

    /// The user, whose token was used today; `None`: that is known.
    #[must_use]
    pub fn used(&self, token: &TokenHash, today: Date) -> Option<Self> {
        let mut next = Self { version: self.version + 1, ..self.clone() };
        let used = next.tokens.iter_mut().find(|it| it.hash == *token && it.used_on != Some(today))?;
        used.used_on = Some(today);
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-29T03:00:00Z".parse().unwrap()
    }

    fn draft(publisher: &str, roles: &[Role]) -> UserDraft {
        UserDraft {
            id: Id::try_from("lan").unwrap(),
            name: Text::try_from("Trần Thị Lan").unwrap(),
            publisher: Id::try_from(publisher).unwrap(),
            roles: roles.iter().copied().collect(),
        }
    }

    fn token(label: &str) -> KeptToken {
        let hash = TokenHash::of(label);
        KeptToken { label: Id::try_from(label).unwrap(), hash, created_at: now(), used_on: None, expires: None }
    }

    #[test]
    fn a_token_bears_its_user_until_it_is_revoked() {
        let user = User::written(draft("coop", &[Role::Enter]), None, now()).unwrap();
        let user = user.with_token(token("pc")).unwrap().with_token(token("phone")).unwrap();
        assert!(user.with_token(token("pc")).is_err(), "one label, one token");
        let person = user.bearing(&TokenHash::of("pc"), now()).unwrap();
        assert_eq!((person.user, person.publisher.as_str()), (Some(user.id.clone()), "coop"));
        assert_eq!(user.bearing(&TokenHash::of("other"), now()), None);
        let left = user.without_token(&Id::try_from("pc").unwrap()).unwrap();
        assert_eq!(left.bearing(&TokenHash::of("pc"), now()), None);
        assert!(left.bearing(&TokenHash::of("phone"), now()).is_some());
        assert_eq!(left.without_token(&Id::try_from("pc").unwrap()), None);
    }

    #[test]
    fn the_day_of_use_is_noted_once_a_day() {
        let user = User::written(draft("coop", &[]), None, now()).unwrap().with_token(token("pc")).unwrap();
        let day = jiff::civil::date(2026, 11, 29);
        let noted = user.used(&TokenHash::of("pc"), day).unwrap();
        assert_eq!(noted.tokens[0].used_on, Some(day));
        assert_eq!(noted.used(&TokenHash::of("pc"), day), None);
        assert_eq!(user.used(&TokenHash::of("other"), day), None);
    }

    #[test]
    fn who_acts_for_the_operator_operates_and_an_amendment_keeps_tokens() {
        assert!(User::written(draft(OPERATOR, &[Role::Approve]), None, now()).is_err());
        assert!(User::written(draft(OPERATOR, &[Role::Operate]), None, now()).is_ok());
        let user = User::written(draft("coop", &[Role::Enter]), None, now()).unwrap();
        let user = user.with_token(token("pc")).unwrap();
        let amended = User::written(draft("coop", &[Role::Approve]), Some(&user), now()).unwrap();
        assert_eq!((amended.version, amended.tokens.len()), (3, 1));
    }
}
