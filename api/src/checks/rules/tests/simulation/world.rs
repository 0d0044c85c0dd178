//! Networks as a service sees them, and a ledger in memory that records as a store's does.

use jiff::Timestamp;

use super::chance::{Chance, mix};
use crate::checks::province::CODES;
use crate::checks::rules::{Seen, Thresholds, suspicion};
use crate::registry::{ClientHash, Digest, Gravity, Redeemed, Standing};
use crate::store::ledger::checks::crowd_out;
use crate::store::ledger::{Province, REPEAT_S, VISIT_KEPT_S, VISITS_KEPT, Visit};

pub(super) const MINUTE: i64 = 60;
pub(super) const HOUR: i64 = 3_600;
pub(super) const DAY: i64 = 86_400;
/// Midnight in Viet Nam.
const START: i64 = 1_790_010_000;

/// What carries a check to the service.
#[derive(Clone, Copy, Debug)]
pub(super) enum Network {
    /// A fixed line in a province: one address for as long as anybody looks.
    Line { address: u64, province: u8 },
    /// A carrier's address that thousands share, and another one the next time.
    Mobile { address: u64 },
}

impl Network {
    pub(super) fn line(chance: &mut Chance, province: u8) -> Self {
        Self::Line { address: chance.next() | 1, province }
    }

    pub(super) fn mobile(chance: &mut Chance) -> Self {
        Self::Mobile { address: 2 * chance.below(50_000) }
    }

    const fn address(self) -> u64 {
        let (Self::Line { address, .. } | Self::Mobile { address }) = self;
        address
    }

    /// Where a database says that it is: three lines in a hundred are put somewhere else, and one mobile address in a
    /// hundred is taken for a line.
    pub(super) fn located(self) -> Option<Province> {
        let luck = mix(self.address() ^ 0x5EED);
        let elsewhere = CODES[usize::try_from((luck >> 32) % 34).unwrap()];
        match self {
            Self::Line { province, .. } => Some(Province(if luck % 100 < 3 { elsewhere } else { province })),
            Self::Mobile { .. } => luck.is_multiple_of(100).then_some(Province(elsewhere)),
        }
    }
}

/// A check.
#[derive(Clone, Copy, Debug)]
pub(super) struct Act {
    /// Seconds from the start.
    pub(super) at: i64,
    pub(super) network: Network,
    /// The PIN is entered, and it is the right one.
    pub(super) pin: bool,
    /// With the receipt of the PIN's use.
    pub(super) receipt: bool,
}

impl Act {
    pub(super) const fn check(at: i64, network: Network) -> Self {
        Self { at, network, pin: false, receipt: false }
    }

    pub(super) const fn with_pin(self, pin: bool) -> Self {
        Self { pin, ..self }
    }
}

/// When a unit came to be suspected, in seconds after its first check.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outcome {
    pub(super) soft: Option<i64>,
    pub(super) hard: Option<i64>,
}

/// What the rules make of a unit while all this happens to it.
pub(super) fn play(acts: &[Act], places_known: bool) -> Outcome {
    let rules = Thresholds::default();
    let mut acts = acts.to_vec();
    acts.sort_by_key(|act| act.at);
    let first = acts.first().map_or(0, |act| act.at);
    let (mut kept, mut outcome) = (Ledger::default(), Outcome::default());
    for act in acts {
        let (this, yesterday) = visit(act, places_known);
        kept.record(this, yesterday);
        if act.pin && kept.standing.redeemed.is_none() {
            kept.standing.redeemed = Some(Redeemed { at: this.at, receipt: Digest([0; 16]), client: this.client });
        }
        let suspicion = suspicion(
            &Seen {
                visits: &kept.visits,
                count: kept.count,
                first_at: kept.first_at.unwrap_or(this.at),
                standing: &kept.standing,
                on_sale: true,
                this,
                yesterday,
                holds_receipt: act.receipt,
            },
            &rules,
        );
        if let Some(suspicion) = &suspicion {
            outcome.soft.get_or_insert(act.at - first);
            if suspicion.gravity == Gravity::Hard {
                outcome.hard.get_or_insert(act.at - first);
            }
        }
        kept.standing.suspicion = suspicion;
    }
    outcome
}

/// A check as it reaches the ledger, and the client's name of the day before.
fn visit(act: Act, places_known: bool) -> (Visit, ClientHash) {
    let second = START + act.at;
    // Keys change at midnight UTC.
    let hashed = |day: i64| ClientHash(mix(act.network.address() ^ mix(day.cast_unsigned())));
    let (day, province) = (second.div_euclid(DAY), act.network.located().filter(|_| places_known));
    let visit = Visit { at: Timestamp::from_second(second).unwrap(), client: hashed(day), province };
    (visit, hashed(day - 1))
}

/// What a store's ledger keeps of one unit.
#[derive(Default)]
struct Ledger {
    visits: Vec<Visit>,
    count: u64,
    first_at: Option<Timestamp>,
    standing: Standing,
}

impl Ledger {
    fn record(&mut self, this: Visit, yesterday: ClientHash) {
        let age = |visit: &Visit| this.at.duration_since(visit.at).as_secs();
        self.first_at.get_or_insert(this.at);
        self.visits.retain(|visit| age(visit) < VISIT_KEPT_S);
        let known = self.visits.iter().position(|visit| [this.client, yesterday].contains(&visit.client));
        match known {
            Some(known) if age(&self.visits[known]) < REPEAT_S => return,
            Some(known) => drop(self.visits.remove(known)),
            None => {}
        }
        self.count += 1;
        self.visits.push(this);
        if self.visits.len() > VISITS_KEPT {
            crowd_out(&mut self.visits);
        }
    }
}
