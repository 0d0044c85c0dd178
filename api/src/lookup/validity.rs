//! One mechanism says whether something kept in memory still holds: for invalidation, for a fill that races with
//! one, and for what is known not to be there.
//!
//! A clock counts changes. 65,536 stripes hold, by hash of a name, when a name was last changed; a floor holds when
//! everything was. A flight notes the clock before its first read. What it made holds iff nothing that it depends
//! on has changed since, the floor has not risen since, and its own time is not up. An absent record's dependency
//! is the name that would exist. Two names on one stripe cost a read too many, never an answer too old.

use core::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use jiff::Timestamp;
use parking_lot::Mutex;

use crate::store::Dependency;

const STRIPES: usize = 1 << 16;

/// Dependencies that one thing can have. What has more is not kept.
const MAX_DEPENDENCIES: usize = 8;

/// How long things may be kept while changes are not told in time, in seconds: 30 from when the telling stopped, of
/// which it takes up to two to notice.
const KEPT_IN_DOUBT_S: i64 = 28;

/// When what was changed.
pub(super) struct Validity {
    clock: AtomicU64,
    /// Changes one after the other: a stripe moves before the clock that a flight may begin at.
    moving: Mutex<()>,
    floor: AtomicU64,
    /// When it was last told that something has changed, and not what.
    unread: AtomicU64,
    /// Until when changes were told without a gap to what was read since the floor, in seconds since 1970; of use while
    /// they are not told in time.
    told_until: AtomicI64,
    stripes: Box<[AtomicU64]>,
    in_time: AtomicBool,
}

impl Default for Validity {
    fn default() -> Self {
        Self {
            clock: AtomicU64::new(1),
            moving: Mutex::new(()),
            floor: AtomicU64::new(0),
            unread: AtomicU64::new(0),
            told_until: AtomicI64::new(i64::MIN),
            stripes: (0..STRIPES).map(|_| AtomicU64::new(0)).collect(),
            in_time: AtomicBool::new(true),
        }
    }
}

impl Validity {
    /// Begin to read: what is read from here on is newer than every change told so far.
    pub(super) fn begin(&self, now: Timestamp) -> Basis {
        Basis {
            since: self.clock.load(Ordering::SeqCst),
            read_at: now.as_second(),
            fresh_until: i64::MAX,
            stripes: [0; MAX_DEPENDENCIES],
            count: 0,
            overflow: false,
        }
    }

    /// A name has changed.
    pub(super) fn changed(&self, name: Dependency) {
        self.moves(&self.stripes[stripe(name)]);
    }

    /// Anything may have changed.
    pub(super) fn everything(&self) {
        self.moves(&self.floor);
    }

    /// Something has changed, and what it reaches could not be read: unlike after [`Validity::everything`], nothing
    /// from before may be shown any more, however it is marked.
    pub(super) fn changed_unread(&self) {
        self.moves(&self.floor);
        self.moves(&self.unread);
    }

    /// Whether changes are told in time.
    pub(super) fn is_in_time(&self) -> bool {
        self.in_time.load(Ordering::SeqCst)
    }

    /// Whether changes are told in time; if not, until when they were. A gap that goes on does not get younger.
    pub(super) fn tell_in_time(&self, in_time: bool, until: i64) {
        if self.in_time.swap(in_time, Ordering::SeqCst) && !in_time {
            self.told_until.store(until, Ordering::SeqCst);
        }
    }

    /// When what stands on a basis was last known to be as the store has it: when it was read, or as long as every
    /// change was told since, in seconds since 1970.
    pub(super) fn known_at(&self, basis: &Basis, now: Timestamp) -> i64 {
        let told = if basis.since < self.floor.load(Ordering::SeqCst) {
            i64::MIN
        } else if self.is_in_time() {
            now.as_second()
        } else {
            self.told_until.load(Ordering::SeqCst)
        };
        told.max(basis.read_at)
    }

    /// How long ago what stands on a basis was last known to be as the store has it, in seconds; `None` while every
    /// change is told in time.
    pub(super) fn doubt_s(&self, basis: &Basis, now: Timestamp) -> Option<i64> {
        (!self.is_in_time()).then(|| now.as_second().saturating_sub(self.known_at(basis, now)))
    }

    /// Whether what stands on a basis still holds.
    pub(super) fn holds(&self, basis: &Basis, now: Timestamp) -> bool {
        let now_s = now.as_second();
        basis.since >= self.floor.load(Ordering::SeqCst)
            && now_s < basis.fresh_until
            && !basis.overflow
            && basis.stripes().all(|stripe| self.stripes[stripe].load(Ordering::SeqCst) <= basis.since)
            && (self.in_time.load(Ordering::SeqCst) || now_s - self.known_at(basis, now) <= KEPT_IN_DOUBT_S)
    }

    /// Whether what stands on a basis may still be shown, marked as old, while the store cannot be asked: it is at most
    /// `age_s` old, its own time is not up, and no change of anything it depends on is known. That changes may have
    /// been missed does not matter here; that one was told does.
    pub(super) fn may_show_stale(&self, basis: &Basis, now: Timestamp, age_s: i64) -> bool {
        let now_s = now.as_second();
        basis.since >= self.unread.load(Ordering::SeqCst)
            && now_s < basis.fresh_until
            && now_s - self.known_at(basis, now) <= age_s
            && !basis.overflow
            && basis.stripes().all(|stripe| self.stripes[stripe].load(Ordering::SeqCst) <= basis.since)
    }

    /// Move a stripe or the floor, then the clock. The other way round a flight could begin at the new time, take
    /// from memory what the stripe does not yet rule out, and be kept.
    fn moves(&self, place: &AtomicU64) {
        let _one_at_a_time = self.moving.lock();
        let at = self.clock.load(Ordering::SeqCst) + 1;
        place.store(at, Ordering::SeqCst);
        self.clock.store(at, Ordering::SeqCst);
    }
}

fn stripe(name: Dependency) -> usize {
    // The hash is even in all its bits: its low ones do.
    usize::from((name.0 & 0xFFFF) as u16)
}

/// What something kept in memory stands on.
#[derive(Clone, Debug)]
pub(super) struct Basis {
    since: u64,
    read_at: i64,
    fresh_until: i64,
    stripes: [u16; MAX_DEPENDENCIES],
    count: u8,
    overflow: bool,
}

impl Basis {
    /// It depends on a name.
    pub(super) fn depends_on(&mut self, name: Dependency) {
        let stripe = (name.0 & 0xFFFF) as u16;
        let count = usize::from(self.count);
        if self.stripes[..count].contains(&stripe) {
            return;
        }
        match self.stripes.get_mut(count) {
            Some(place) => {
                *place = stripe;
                self.count += 1;
            }
            None => self.overflow = true,
        }
    }

    /// It was made of something that was read before and still holds, or may still be shown: it is no younger than that.
    /// What still holds is what a read would give now, after this basis was begun: a change of something else in between
    /// does not concern it, and its own changes from here on do.
    pub(super) fn made_of(&mut self, other: &Self) {
        self.read_at = self.read_at.min(other.read_at);
        self.fresh_until = self.fresh_until.min(other.fresh_until);
        self.overflow |= other.overflow;
        for stripe in other.stripes() {
            self.depends_on(Dependency(stripe as u64));
        }
    }

    /// It was made of something that was read at an instant, elsewhere.
    pub(super) fn as_old_as(&mut self, read_at: Timestamp) {
        self.read_at = self.read_at.min(read_at.as_second());
    }

    /// When the oldest of what it stands on was read, in seconds since 1970.
    pub(super) const fn read_at(&self) -> i64 {
        self.read_at
    }

    /// It changes by itself at an instant.
    pub(super) fn fresh_until(&mut self, instant: Option<Timestamp>) {
        if let Some(instant) = instant {
            self.fresh_until = self.fresh_until.min(instant.as_second());
        }
    }

    fn stripes(&self) -> impl Iterator<Item = usize> {
        self.stripes[..usize::from(self.count)].iter().map(|stripe| usize::from(*stripe))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn name(n: u64) -> Dependency {
        Dependency(n)
    }

    #[test]
    fn what_was_read_before_a_change_no_longer_holds_and_what_is_read_after_does() {
        let validity = Validity::default();
        let mut before = validity.begin(at(0));
        before.depends_on(name(7));
        let mut elsewhere = validity.begin(at(0));
        elsewhere.depends_on(name(8));
        validity.changed(name(7));
        assert!(!validity.holds(&before, at(0)));
        assert!(validity.holds(&elsewhere, at(0)));
        let mut after = validity.begin(at(0));
        after.depends_on(name(7));
        assert!(validity.holds(&after, at(0)));
    }

    #[test]
    fn a_slow_fill_that_began_before_the_change_is_not_kept() {
        let validity = Validity::default();
        let mut slow = validity.begin(at(0));
        validity.changed(name(7));
        // It read the old value, and says so only now.
        slow.depends_on(name(7));
        assert!(!validity.holds(&slow, at(0)));
    }

    #[test]
    fn after_everything_may_have_changed_nothing_from_before_holds() {
        let validity = Validity::default();
        let before = validity.begin(at(0));
        validity.everything();
        assert!(!validity.holds(&before, at(0)));
        assert!(validity.holds(&validity.begin(at(0)), at(0)));
    }

    #[test]
    fn nothing_is_kept_past_its_own_instant() {
        let validity = Validity::default();
        let mut basis = validity.begin(at(0));
        basis.fresh_until(Some(at(10)));
        assert!(validity.holds(&basis, at(9)));
        assert!(!validity.holds(&basis, at(10)));
    }

    #[test]
    fn in_doubt_things_do_not_live_thirty_seconds() {
        let validity = Validity::default();
        let basis = validity.begin(at(0));
        validity.tell_in_time(false, 0);
        assert!(validity.holds(&basis, at(28)));
        assert!(!validity.holds(&basis, at(29)));
        validity.tell_in_time(true, 0);
        assert!(validity.holds(&basis, at(31)));
    }

    #[test]
    fn what_may_have_changed_may_be_shown_as_old_and_what_has_changed_may_not() {
        let validity = Validity::default();
        let mut basis = validity.begin(at(0));
        basis.depends_on(name(7));
        basis.fresh_until(Some(at(500)));
        validity.everything();
        assert!(!validity.holds(&basis, at(0)));
        assert!(validity.may_show_stale(&basis, at(100), 100));
        assert!(!validity.may_show_stale(&basis, at(101), 100));
        assert!(!validity.may_show_stale(&basis, at(500), 1_000));
        validity.changed(name(7));
        assert!(!validity.may_show_stale(&basis, at(0), 100));
    }

    #[test]
    fn after_a_change_that_could_not_be_read_nothing_from_before_is_shown_in_any_form() {
        let validity = Validity::default();
        let basis = validity.begin(at(0));
        validity.changed_unread();
        assert!(!validity.holds(&basis, at(0)));
        assert!(!validity.may_show_stale(&basis, at(0), 100));
        assert!(validity.may_show_stale(&validity.begin(at(0)), at(0), 100));
    }

    #[test]
    fn what_was_read_long_ago_and_kept_up_since_is_as_young_as_the_last_that_was_told() {
        let validity = Validity::default();
        let long_ago = validity.begin(at(0));
        assert!(validity.holds(&long_ago, at(10_000)));
        validity.tell_in_time(false, 9_998);
        assert!(validity.holds(&long_ago, at(10_026)));
        assert!(!validity.holds(&long_ago, at(10_027)));
        assert!(validity.may_show_stale(&long_ago, at(10_598), 600));
        assert!(!validity.may_show_stale(&long_ago, at(10_599), 600));
        assert_eq!(validity.known_at(&long_ago, at(10_100)), 9_998);
        // After a gap nothing is known of what was read before it.
        validity.everything();
        assert!(!validity.may_show_stale(&long_ago, at(10_001), 600));
    }

    #[test]
    fn what_is_made_of_something_that_still_holds_does_not_fall_to_an_older_change_of_something_else() {
        let validity = Validity::default();
        let mut producer = validity.begin(at(0));
        producer.depends_on(name(1));
        validity.changed(name(2));
        let mut card = validity.begin(at(1));
        assert!(validity.holds(&producer, at(1)));
        card.made_of(&producer);
        card.depends_on(name(2));
        assert!(validity.holds(&card, at(1)));
        validity.changed(name(1));
        assert!(!validity.holds(&card, at(1)));
    }

    #[test]
    fn what_depends_on_too_much_is_not_kept() {
        let validity = Validity::default();
        let mut basis = validity.begin(at(0));
        for n in 0..9 {
            basis.depends_on(name(n));
        }
        assert!(!validity.holds(&basis, at(0)));
    }

    #[test]
    fn what_is_made_of_an_older_record_is_as_old_as_that() {
        let validity = Validity::default();
        let mut record = validity.begin(at(0));
        record.depends_on(name(7));
        let mut body = validity.begin(at(25));
        body.made_of(&record);
        validity.tell_in_time(false, 0);
        assert!(!validity.holds(&body, at(31)));
        validity.tell_in_time(true, 0);
        validity.changed(name(7));
        assert!(!validity.holds(&body, at(31)));
    }
}
