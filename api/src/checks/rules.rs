//! Whether a unit's checks look as if more than one pack carried its code.
//!
//! Pure: what was recorded goes in, what to suspect comes out. Nothing here counts, and nothing says more than that a
//! code was checked in a way that one pack seldom is.
//!
//! # What may be said of whom
//! A client is a network on a day. A household behind one line is one client, 40 shoppers behind a shop's wifi are one,
//! and one phone that leaves the wifi, or comes back on the day after next, is another. So clients are more than people
//! and places fewer: every sign has an honest cause, and a single one is never more than *soft*.
//!
//! | sign | seen when | what else explains it |
//! |---|---|---|
//! | `ClientsInProvinces` | 6 clients within a day, from more than one place | a busy shelf, and lines placed wrong |
//! | `Clients` | 15 clients within 30 days, as below | a shelf, a restaurant's table, an advertisement |
//! | `Provinces` | 4 known provinces within two days | lines placed wrong; an advertisement |
//! | `Burst` | 5 clients within an hour, from more than one place | a table of guests; a code sent to a group |
//! | `AfterPin` | this check is by somebody else than who used the PIN, later, without its receipt | the household's other phone; a gift |
//!
//! "From more than one place" is: two clients or more are known to be outside the province that most are in. One is
//! what a database gets wrong ([`Thresholds::elsewhere`]).
//!
//! # On a shelf
//! A unit whose PIN has not been used may stand on a shelf, and a shelf meets many phones. Being on sale does not change
//! this, nor having no PIN: nobody can tell when it was sold. Until PIN use checks from one place only change the count,
//! and so `Clients` asks for more than one. Clients of unknown place are not known to be in two, and where no source of
//! places is set up nobody ever is. They are `Clients` by themselves, those of known place not counted and no more
//! than one to 15 of them, when the unit is on sale and more checks were counted, ever, than a shelf brings ([`Thresholds::checks_unplaced`]). After PIN use 15
//! clients are enough wherever they are, and only those after it count.
//!
//! # Hard
//! Two signs that no single honest cause explains ([`independent`]):
//!
//! | | `Clients` | `Provinces` | `Burst` | `AfterPin` |
//! |---|---|---|---|---|
//! | `ClientsInProvinces` | no: a part of the same crowd | no: both are places | no: the same crowd, seen shorter | **yes** |
//! | `Clients` | | **yes**: a shelf does not travel | no: the same crowd | no: any crowd has somebody else in it |
//! | `Provinces` | | | **yes**: who travels is not in many places within the hour | **yes** |
//! | `Burst` | | | | no: a table of guests after the bottle was opened |
//!
//! Beside `AfterPin` the other sign must be seen in visits after PIN use alone: a crowd at the shelf before the sale and
//! a second phone in the household after it are two causes, and one pack. `AfterPin` alone is no suspicion at all: that
//! the PIN was used, and when, is on the card anyway. Where no place is known nothing is hard.
//!
//! # Time
//! A sign holds for a week after it was last seen, and is looked for in the visits that the ledger keeps: of one place
//! as many as leave room for others, so that nobody hides a copy by checking it again and again. A soft
//! suspicion ends with its signs. A hard one stays until an operator clears it; visits up to then count for nothing. A
//! code that an operator found posted in public is expected to be checked by many and everywhere: that says nothing by
//! itself, and signs make a soft suspicion at most.
//!
//! # What the numbers do
//! Of 100,000 simulated honest units none is taken for a copy, with and without places. 376 look unusual, 332 of them
//! bottles on restaurants' tables after PIN use, whose card says so anyway. Of 500 codes that are each on so many packs,
//! sold over four to eight weeks in five to twelve provinces, 15 buyers in a hundred checking, there look unusual (and
//! are taken for a copy):
//!
//! | | 50 packs | 100 | 200 | 500 | 1,000 |
//! |---|---|---|---|---|---|
//! | places known, no PIN | 2 % | 52 % (1 %) | 100 % (12 %) | 100 % (84 %) | 100 % (100 %) |
//! | places known, PIN | 1 % | 55 % (2 %) | 100 % (13 %) | 100 % (83 %) | 100 % (100 %) |
//! | no places, no PIN | 0 % | 1 % | 85 % | 100 % | 100 % |
//! | no places, PIN | 1 % | 48 % | 99 % | 100 % | 100 % |
//!
//! Of 20 packs nobody can tell. A code posted online and checked by hundreds within days looks like a copy until an
//! operator marks it. With `provinces` 3 instead of 4 of 200 packs 58 % are taken for a copy, and of 10,000 honest
//! units two; with `elsewhere` 1 instead of 2 twice as many honest units look unusual.

mod evidence;
#[cfg(test)]
mod tests;
mod thresholds;

use jiff::Timestamp;

pub use thresholds::{Thresholds, Unfit};

use crate::registry::{ClientHash, Gravity, Sign, Standing, Suspicion};
use crate::store::ledger::Visit;
use evidence::{Evidence, evidence, later};

/// What is known of a unit when a check of it has been recorded.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The latest check of each client that the ledger keeps, in any order.
    pub visits: &'a [Visit],
    /// Checks counted.
    pub count: u64,
    /// The first of them.
    pub first_at: Timestamp,
    /// Where the unit stands so far.
    pub standing: &'a Standing,
    /// It was put on sale: it is active, or has been used since.
    pub on_sale: bool,
    /// The check that has just been recorded. Its time is now.
    pub this: Visit,
    /// This check's client, as it was hashed the day before.
    pub yesterday: ClientHash,
    /// This check came with the receipt of the PIN's use.
    pub holds_receipt: bool,
}

impl Seen<'_> {
    /// Whether a visit at this time counts: an operator has not looked at it yet.
    fn counts(&self, at: Timestamp) -> bool {
        self.standing.cleared_at.is_none_or(|cleared| at > cleared)
    }
}

/// What the unit's suspicion should be now. Equal to the one it stands under if nothing is to be written.
pub fn suspicion(seen: &Seen<'_>, rules: &Thresholds) -> Option<Suspicion> {
    let kept = kept(seen, rules);
    if kept.as_ref().is_some_and(|kept| kept.gravity == Gravity::Hard) {
        return kept;
    }
    match (kept, found(seen, rules)) {
        (Some(kept), Some(found)) if found.gravity == Gravity::Soft => Some(renewed(kept, found, rules)),
        (kept, found) => found.or(kept),
    }
}

/// Whether two signs are independent: no single honest cause explains both. The table is in the module's
/// documentation.
pub const fn independent(one: Sign, other: Sign) -> bool {
    use Sign::{AfterPin, Burst, Clients, ClientsInProvinces, Provinces};
    matches!(
        (one, other),
        (Provinces, Clients | Burst | AfterPin)
            | (Clients | Burst, Provinces)
            | (AfterPin, Provinces | ClientsInProvinces)
            | (ClientsInProvinces, AfterPin)
    )
}

/// The suspicion that the unit stands under, as far as it still holds.
fn kept(seen: &Seen<'_>, rules: &Thresholds) -> Option<Suspicion> {
    let kept = seen.standing.suspicion.as_ref().filter(|kept| seen.counts(kept.at))?;
    let stays = kept.gravity == Gravity::Hard && !seen.standing.shared_publicly;
    if stays {
        return Some(kept.clone());
    }
    let until = kept.until.unwrap_or_else(|| later(kept.at, rules.sign_holds_s));
    (until > seen.this.at).then(|| Suspicion { gravity: Gravity::Soft, until: Some(until), ..kept.clone() })
}

/// The suspicion that the visits raise by themselves.
fn found(seen: &Seen<'_>, rules: &Thresholds) -> Option<Suspicion> {
    let Evidence { signs, hard } = evidence(seen, rules);
    // A visit of the future is one by a clock that is wrong: it makes nothing last longer.
    let at = signs.iter().map(|(_, at)| *at).max()?.min(seen.this.at);
    let gravity = if hard && !seen.standing.shared_publicly { Gravity::Hard } else { Gravity::Soft };
    Some(Suspicion {
        gravity,
        signs: signs.into_iter().map(|(sign, _)| sign).collect(),
        at,
        until: (gravity == Gravity::Soft).then(|| later(at, rules.sign_holds_s)),
        count: seen.count,
        first_at: seen.first_at,
    })
}

/// A soft suspicion whose signs were seen again. It never ends sooner than it would have.
fn renewed(kept: Suspicion, found: Suspicion, rules: &Thresholds) -> Suspicion {
    let known = found.signs.iter().all(|sign| kept.signs.contains(sign));
    let longer = found.until > kept.until.map(|until| later(until, rules.renewed_after_s));
    if known && !longer {
        return kept;
    }
    Suspicion { at: found.at.max(kept.at), until: found.until.max(kept.until), ..found }
}
