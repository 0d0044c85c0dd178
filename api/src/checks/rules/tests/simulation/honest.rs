//! One pack and the people who meet it.

use super::chance::Chance;
use super::world::{Act, DAY, HOUR, MINUTE, Network};
use crate::checks::province::CODES;

/// A kind of units.
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// Its share of all, in percent.
    pub(super) share: u64,
    /// How many of a thousand may look unusual.
    pub(super) unusual: u64,
    /// How one is checked.
    pub(super) acts: fn(&mut Chance) -> Vec<Act>,
}

pub(super) const KINDS: [Kind; 8] = [
    Kind { name: "household", share: 50, unusual: 0, acts: Household::alone },
    Kind { name: "on a shelf for weeks, then a household", share: 18, unusual: 3, acts: Household::after_a_shelf },
    // After PIN use fifteen clients are unusual wherever they are, and the card says already that it was used.
    Kind { name: "on a restaurant's tables", share: 8, unusual: 60, acts: restaurant },
    Kind { name: "shop wifi, 40 shoppers", share: 3, unusual: 5, acts: shop_wifi },
    Kind { name: "one phone, many carrier addresses", share: 7, unusual: 0, acts: Household::on_the_road },
    Kind { name: "wifi, 4G, wifi", share: 5, unusual: 1, acts: Household::from_wifi_to_mobile },
    Kind { name: "gift to another province", share: 6, unusual: 1, acts: Household::gives_away },
    Kind { name: "photographed by an online seller", share: 3, unusual: 6, acts: Household::bought_online },
];

fn province(chance: &mut Chance) -> u8 {
    CODES[usize::try_from(chance.below(34)).unwrap()]
}

/// A moment of a day when people shop and cook: most of it in the evening.
pub(super) fn moment(chance: &mut Chance, day: i64) -> i64 {
    let hours = if chance.percent(55) { (17, 21) } else { (7, 21) };
    day * DAY + chance.within(hours.0, hours.1) * HOUR + chance.within(0, 59) * MINUTE + chance.within(0, 59)
}

/// People at one fixed line, with phones of their own.
pub(super) struct Household {
    line: Network,
    province: u8,
    acts: Vec<Act>,
}

impl Household {
    fn settle(chance: &mut Chance) -> Self {
        let province = province(chance);
        Self { line: Network::line(chance, province), province, acts: Vec::new() }
    }

    /// The line or, in four cases of ten, a phone on its own.
    fn network(&self, chance: &mut Chance) -> Network {
        if chance.percent(60) { self.line } else { Network::mobile(chance) }
    }

    /// The pack is looked at on a day, and now and then again; with a PIN in half of all cases.
    fn use_it(&mut self, chance: &mut Chance, day: i64) {
        let start = moment(chance, day);
        let has_pin = chance.percent(50);
        let first = self.network(chance);
        self.acts.push(Act::check(start, first));
        if has_pin {
            self.acts.push(Act::check(start + chance.within(20, 300), first).with_pin(true));
        }
        // Somebody else in the house, or the same person showing it to a friend.
        for _ in 0..chance.poisson(0.8) {
            let network = self.network(chance);
            let again = start + chance.within(MINUTE, 2 * DAY);
            let (pin, receipt) = (has_pin && chance.percent(30), has_pin && chance.percent(30));
            self.acts.push(Act { at: again, network, pin, receipt });
        }
        for _ in 0..chance.poisson(0.4) {
            let network = self.network(chance);
            let later = day + chance.within(2, 25);
            self.acts.push(Act::check(moment(chance, later), network));
        }
    }

    pub(super) fn alone(chance: &mut Chance) -> Vec<Act> {
        let mut house = Self::settle(chance);
        house.use_it(chance, 0);
        house.acts
    }

    /// Phones of passers-by, most of them mobile; some use the shop's wifi, some look again at home.
    pub(super) fn after_a_shelf(chance: &mut Chance) -> Vec<Act> {
        let mut house = Self::settle(chance);
        let days = chance.within(3, 60);
        let shop = Network::line(chance, house.province);
        // One bottle in twenty stands in front.
        let phones = if chance.percent(5) { chance.poisson(14.0) } else { chance.poisson(2.5) };
        for _ in 0..phones {
            let day = chance.within(0, days);
            let at = moment(chance, day);
            let network = if chance.percent(15) { shop } else { Network::mobile(chance) };
            house.acts.push(Act::check(at, network));
            if chance.percent(8) {
                let home = if chance.percent(8) { province(chance) } else { house.province };
                let network = Network::line(chance, home);
                house.acts.push(Act::check(at + chance.within(HOUR, DAY), network));
            }
        }
        house.use_it(chance, days);
        house.acts
    }

    /// One phone that gets another address each time.
    pub(super) fn on_the_road(chance: &mut Chance) -> Vec<Act> {
        let mut house = Self::settle(chance);
        for _ in 0..chance.within(3, 9) {
            let day = chance.within(0, 6);
            let (at, network) = (moment(chance, day), Network::mobile(chance));
            house.acts.push(Act::check(at, network).with_pin(chance.percent(10)));
        }
        house.acts
    }

    /// Checked at the shop's wifi, on the way, and at home, within the hour.
    pub(super) fn from_wifi_to_mobile(chance: &mut Chance) -> Vec<Act> {
        let mut house = Self::settle(chance);
        let start = moment(chance, 0);
        let with_pin = chance.percent(50);
        let way = [Network::line(chance, house.province), Network::mobile(chance), Network::mobile(chance), house.line];
        for (n, network) in (0..).zip(way) {
            house.acts.push(Act::check(start + n * 15 * MINUTE, network).with_pin(with_pin && n == 3));
        }
        house.use_it(chance, 1);
        house.acts
    }

    /// Bought and checked in one province, opened in another, sometimes handed on to a third.
    pub(super) fn gives_away(chance: &mut Chance) -> Vec<Act> {
        let mut giver = Self::settle(chance);
        giver.use_it(chance, 0);
        let mut day = 0;
        for _ in 0..=u64::from(chance.percent(15)) {
            day += chance.within(1, 4);
            let mut taker = Self::settle(chance);
            taker.use_it(chance, day);
            giver.acts.append(&mut taker.acts);
        }
        giver.acts
    }

    /// Some who see the picture press the button, wherever they are; then a household gets the pack.
    pub(super) fn bought_online(chance: &mut Chance) -> Vec<Act> {
        let phones = if chance.percent(10) { chance.poisson(7.0) } else { chance.poisson(2.0) };
        Self::posted(chance, phones, 21)
    }

    /// As before, and hundreds do.
    pub(super) fn gone_viral(chance: &mut Chance) -> Vec<Act> {
        let phones = 150 + chance.poisson(100.0);
        Self::posted(chance, phones, 3)
    }

    fn posted(chance: &mut Chance, phones: u64, days: i64) -> Vec<Act> {
        let mut house = Self::settle(chance);
        for _ in 0..phones {
            let day = chance.within(0, days);
            let at = moment(chance, day);
            let home = province(chance);
            let network = if chance.percent(45) { Network::line(chance, home) } else { Network::mobile(chance) };
            house.acts.push(Act::check(at, network));
        }
        house.use_it(chance, days + 2);
        house.acts
    }
}

/// A bottle that guests meet for weeks; the owner used the PIN when it was opened.
fn restaurant(chance: &mut Chance) -> Vec<Act> {
    let home = province(chance);
    let wifi = Network::line(chance, home);
    let opened = moment(chance, 0);
    let mut acts = vec![Act::check(opened, wifi).with_pin(chance.percent(40))];
    let days = chance.within(5, 40);
    for _ in 0..chance.poisson(4.0) {
        let day = chance.within(0, days);
        let at = moment(chance, day).max(opened + 1);
        // A table of guests.
        for _ in 0..chance.within(1, 4) {
            let network = if chance.percent(35) { wifi } else { Network::mobile(chance) };
            acts.push(Act::check(at + chance.within(0, 40 * MINUTE), network));
        }
    }
    acts
}

/// A tasting: forty behind one address, some on their own network.
fn shop_wifi(chance: &mut Chance) -> Vec<Act> {
    let home = province(chance);
    let wifi = Network::line(chance, home);
    let start = moment(chance, 0);
    (0..40)
        .map(|_| {
            let network = if chance.percent(85) { wifi } else { Network::mobile(chance) };
            Act::check(start + chance.within(0, 3 * HOUR), network)
        })
        .collect()
}
