//! Who has signed in to the pages of this node. Kept in memory by the hash of a random name, gone when the node stops.
//!
//! A session holds the hash of the token that it was begun with, and nothing of what that opens: each request asks anew,
//! so that a token which is revoked or has ended takes its sessions along.

use std::collections::HashMap;

use jiff::Timestamp;
use parking_lot::Mutex;

use super::token::{TokenHash, TokenText};

/// How long a session lasts that nobody uses, in seconds.
pub const SESSION_IDLE_S: i64 = 30 * 60;
/// How long a session lasts at most, in seconds.
pub const SESSION_LONGEST_S: i64 = 12 * 3_600;
/// Most sessions of a node: the one that was used longest ago goes first.
const MOST: usize = 10_000;

struct Session {
    token: TokenHash,
    begun_s: i64,
    used_s: i64,
}

impl Session {
    fn holds(&self, now_s: i64) -> bool {
        now_s < self.used_s.saturating_add(SESSION_IDLE_S) && now_s < self.begun_s.saturating_add(SESSION_LONGEST_S)
    }
}

/// The sessions of a node.
#[derive(Default)]
pub struct Sessions(Mutex<HashMap<[u8; 32], Session>>);

impl Sessions {
    /// Begin a session of the bearer of a token: its name, of random bytes, for a cookie.
    #[must_use]
    pub fn begin(&self, token: TokenHash, chance: &[u8; 32], now: Timestamp) -> String {
        let name = TokenText::of_chance(chance);
        let now_s = now.as_second();
        let mut kept = self.0.lock();
        if kept.len() >= MOST {
            kept.retain(|_, session| session.holds(now_s));
        }
        if kept.len() >= MOST
            && let Some(oldest) = kept.iter().min_by_key(|(_, session)| session.used_s).map(|(name, _)| *name)
        {
            kept.remove(&oldest);
        }
        kept.insert(*TokenHash::of(name.as_str()).as_bytes(), Session { token, begun_s: now_s, used_s: now_s });
        name.as_str().to_owned()
    }

    /// The token of a session that still holds; it is used now.
    #[must_use]
    pub fn token(&self, name: &str, now: Timestamp) -> Option<TokenHash> {
        let mut kept = self.0.lock();
        let session = kept.get_mut(TokenHash::of(name).as_bytes()).filter(|session| session.holds(now.as_second()))?;
        session.used_s = now.as_second();
        Some(session.token)
    }

    /// End a session.
    pub fn end(&self, name: &str) {
        self.0.lock().remove(TokenHash::of(name).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_session_ends_when_it_is_not_used_and_at_last_in_any_case() {
        let sessions = Sessions::default();
        let token = TokenHash::of("a");
        let idle = sessions.begin(token, &[1; 32], at(0));
        assert_eq!(sessions.token(&idle, at(SESSION_IDLE_S - 1)), Some(token));
        assert_eq!(sessions.token(&idle, at(2 * SESSION_IDLE_S - 1)), None);
        let used = sessions.begin(token, &[2; 32], at(0));
        for minute in (0..SESSION_LONGEST_S).step_by(600) {
            assert_eq!(sessions.token(&used, at(minute)), Some(token));
        }
        assert_eq!(sessions.token(&used, at(SESSION_LONGEST_S)), None);
    }

    #[test]
    fn a_session_that_was_ended_is_over_and_no_other() {
        let sessions = Sessions::default();
        let [one, other] = [1, 2].map(|n| sessions.begin(TokenHash::of("a"), &[n; 32], at(0)));
        sessions.end(&one);
        assert!(sessions.token(&one, at(1)).is_none() && sessions.token(&other, at(1)).is_some());
        assert!(sessions.token("nguon_", at(1)).is_none());
    }

    #[test]
    fn memory_for_sessions_is_bounded_and_the_one_used_longest_ago_goes() {
        let sessions = Sessions::default();
        let chance = |n: usize| core::array::from_fn(|place| u8::try_from(n >> (5 * (place % 4)) & 31).unwrap());
        let first = sessions.begin(TokenHash::of("a"), &chance(0), at(0));
        for n in 1..=MOST {
            let _ = sessions.begin(TokenHash::of("a"), &chance(n), at(1));
        }
        assert_eq!(sessions.0.lock().len(), MOST);
        assert!(sessions.token(&first, at(1)).is_none());
    }
}
