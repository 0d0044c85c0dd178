//! One code on many packs.

use super::chance::Chance;
use super::honest::moment;
use super::world::{Act, MINUTE, Network};
use crate::checks::province::CODES;
use crate::store::ledger::Province;

/// A code printed on so many packs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Copied {
    pub(super) packs: u64,
    /// The packs carry its PIN too.
    pub(super) with_pin: bool,
}

impl Copied {
    /// The packs are sold over four to eight weeks in five to twelve provinces; of their buyers 15 in a hundred check.
    pub(super) fn acts(self, chance: &mut Chance) -> Vec<Act> {
        let days = chance.within(28, 56);
        let provinces: Vec<u8> =
            (0..chance.within(5, 12)).map(|_| CODES[usize::try_from(chance.below(34)).unwrap()]).collect();
        let mut acts = Vec::new();
        for _ in 0..self.packs {
            if !chance.percent(15) {
                continue;
            }
            let day = chance.within(0, days);
            let at = moment(chance, day);
            let home = provinces[usize::try_from(chance.below(provinces.len() as u64)).unwrap()];
            let network = if chance.percent(45) { Network::line(chance, home) } else { Network::mobile(chance) };
            acts.push(Act::check(at, network).with_pin(self.with_pin && chance.percent(60)));
            if chance.percent(20) {
                let network = Network::mobile(chance);
                acts.push(Act::check(at + chance.within(MINUTE, 120 * MINUTE), network));
            }
        }
        acts
    }

    /// The same, while 16 clients of one province check the code every three hours.
    pub(super) fn acts_in_a_crowd(self, chance: &mut Chance) -> Vec<Act> {
        let mut acts = self.acts(chance);
        let end = acts.iter().map(|act| act.at).max().unwrap_or_default();
        let mut line = || loop {
            let line = Network::line(chance, CROWD.0);
            if line.located() == Some(CROWD) {
                return line;
            }
        };
        let crowd: Vec<Network> = (0..16).map(|_| line()).collect();
        for begins in (0..=end).step_by(3 * 3_600) {
            acts.extend((0..).zip(&crowd).map(|(n, network)| Act::check(begins + n * 3 * MINUTE, *network)));
        }
        acts
    }
}

/// Where a crowd checks from.
const CROWD: Province = Province(31);
