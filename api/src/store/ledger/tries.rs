//! Tries of a PIN, and whether another one may be made. Pure; the Redis engine does the same in a script.

use jiff::Timestamp;

use super::{TRIES_S, TryLimits, time};
use crate::registry::ClientHash;

/// A try that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Try {
    /// By whom.
    pub(crate) client: ClientHash,
    /// When.
    pub(crate) at: Timestamp,
}

impl Try {
    /// Whether nobody need remember it.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        time::is_over(self.at, TRIES_S, now)
    }
}

/// In how many seconds another try may be made; `None`: now. Of tries that are not over, in their order.
pub(crate) fn wait_s(tries: &[Try], client: ClientHash, limits: TryLimits, now: Timestamp) -> Option<u64> {
    let own: Vec<Try> = tries.iter().filter(|one| one.client == client).copied().collect();
    let waits = [within(&own, limits.per_client, now), within(tries, limits.per_unit, now)];
    waits.into_iter().flatten().max()
}

/// There is room again when as many tries are over as are too many by then.
fn within(tries: &[Try], limit: u32, now: Timestamp) -> Option<u64> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let too_many = tries.len().checked_sub(limit)?;
    let over = tries.get(too_many).map_or(now, |one| one.at);
    let left_ms = (time::ms(over) + 1_000 * TRIES_S.unsigned_abs()).saturating_sub(time::ms(now));
    Some(left_ms.div_ceil(1_000).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + s).unwrap()
    }

    fn tries(of: &[(u64, i64)]) -> Vec<Try> {
        of.iter().map(|&(client, s)| Try { client: ClientHash(client), at: at(s) }).collect()
    }

    #[test]
    fn the_oldest_try_makes_room_when_it_is_over() {
        let limits = TryLimits { per_client: 2, per_unit: 4 };
        let wait = |of: &[(u64, i64)], client| wait_s(&tries(of), ClientHash(client), limits, at(100));
        assert_eq!(wait(&[(1, 0)], 1), None);
        assert_eq!(wait(&[(1, 0), (1, 50)], 1), Some(86_300));
        assert_eq!(wait(&[(1, 0), (1, 50)], 2), None);
        assert_eq!(wait(&[(1, 0), (1, 50), (2, 60), (2, 70)], 3), Some(86_300));
        // The limits were higher before.
        assert_eq!(wait(&[(1, 0), (1, 50), (1, 60)], 1), Some(86_350));
        assert_eq!(wait_s(&[], ClientHash(1), TryLimits { per_client: 0, per_unit: 1 }, at(0)), Some(86_400));
    }
}
