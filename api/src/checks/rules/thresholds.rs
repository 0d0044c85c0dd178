//! The numbers that the rules go by, and which of them fit together.

use serde::{Deserialize, Deserializer, de};

use crate::checks::province;
use crate::store::ledger::{VISIT_KEPT_S, VISITS_KEPT};

/// The numbers that the rules go by. A file may set any of them and leaves the others as they are; a name that is not
/// here is refused, and so are numbers that do not fit together.
///
/// The defaults were tuned on simulated units (`rules::tests::simulation`): see each for what moving it does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, remote = "Self")]
pub struct Thresholds {
    /// Clients within [`Self::soft_within_s`] that make [`Sign::ClientsInProvinces`]. Default 6.
    ///
    /// [`Sign::ClientsInProvinces`]: crate::registry::Sign::ClientsInProvinces
    pub soft_clients: usize,
    /// The time that they fall into, in seconds. Default 86,400: a day.
    pub soft_within_s: i64,
    /// Clients that must be known to be outside the province that most are in, before visits come from more than one
    /// place. Default 2: one is what a database gets wrong about a restaurant's guests. 1 is "two provinces or more".
    pub elsewhere: usize,
    /// As many, in visits after PIN use, before [`Sign::ClientsInProvinces`] and [`Sign::AfterPin`] weigh together.
    /// Default 3: what they make stays until an operator clears it.
    ///
    /// [`Sign::AfterPin`]: crate::registry::Sign::AfterPin
    /// [`Sign::ClientsInProvinces`]: crate::registry::Sign::ClientsInProvinces
    pub elsewhere_after_pin: usize,
    /// Clients within 30 days that make [`Sign::Clients`]. Default 15, at most 16: the ledger keeps twice as many.
    ///
    /// [`Sign::Clients`]: crate::registry::Sign::Clients
    pub clients_in_all: usize,
    /// Checks counted of a unit before clients whose place is not known make [`Sign::Clients`] on their own, while
    /// nobody has used its PIN. Default 30: a shelf brings many phones to one bottle, and without places nothing
    /// else tells it from many bottles. It is what a deployment without a source of places goes by.
    ///
    /// [`Sign::Clients`]: crate::registry::Sign::Clients
    pub checks_unplaced: u64,
    /// Provinces within [`Self::provinces_within_s`] that make [`Sign::Provinces`]. Default 4: a gift, a traveller
    /// and one line that a database puts in the wrong province are three.
    ///
    /// [`Sign::Provinces`]: crate::registry::Sign::Provinces
    pub provinces: usize,
    /// The time that they fall into, in seconds. Default 172,800: two days.
    pub provinces_within_s: i64,
    /// Clients within [`Self::burst_within_s`] that make [`Sign::Burst`]. Default 5.
    ///
    /// [`Sign::Burst`]: crate::registry::Sign::Burst
    pub burst_clients: usize,
    /// The time that they fall into, in seconds. Default 3,600: an hour.
    pub burst_within_s: i64,
    /// How long a sign holds after it was last seen, in seconds. Default 604,800: a week. A soft suspicion is over by
    /// then, and two signs further apart than that are not seen together.
    pub sign_holds_s: i64,
    /// By how much a soft suspicion must last longer to be written anew, in seconds, if nothing else about it has
    /// changed. Default 3,600: each writing makes every node forget what it knows of the unit.
    pub renewed_after_s: i64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            soft_clients: 6,
            soft_within_s: 86_400,
            elsewhere: 2,
            elsewhere_after_pin: 3,
            clients_in_all: 15,
            checks_unplaced: 30,
            provinces: 4,
            provinces_within_s: 2 * 86_400,
            burst_clients: 5,
            burst_within_s: 3_600,
            sign_holds_s: 7 * 86_400,
            renewed_after_s: 3_600,
        }
    }
}

/// Numbers that do not fit together, in words for whoever set them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rules of checks: {0}")]
pub struct Unfit(String);

impl Thresholds {
    /// Whether these numbers fit together: no sign that can never be seen, none that every unit shows.
    ///
    /// # Errors
    /// The first that does not, and what would.
    pub fn fit(&self) -> Result<(), Unfit> {
        // Of two crowds at one unit each has half of what is kept.
        let crowd = VISITS_KEPT / 2;
        let provinces = province::CODES.len().min(crowd);
        within("soft_clients", self.soft_clients, 2, crowd)?;
        within("clients_in_all", self.clients_in_all, self.soft_clients, crowd)?;
        within("burst_clients", self.burst_clients, 2, crowd)?;
        within("provinces", self.provinces, 2, provinces)?;
        within("elsewhere", self.elsewhere, 1, self.soft_clients.min(self.burst_clients) - 1)?;
        within("elsewhere_after_pin", self.elsewhere_after_pin, self.elsewhere, self.soft_clients - 1)?;
        within("checks_unplaced", self.checks_unplaced, self.clients_in_all as u64, u64::MAX)?;
        within("burst_within_s", self.burst_within_s, 60, VISIT_KEPT_S)?;
        within("soft_within_s", self.soft_within_s, self.burst_within_s, VISIT_KEPT_S)?;
        within("provinces_within_s", self.provinces_within_s, self.burst_within_s, VISIT_KEPT_S)?;
        within("sign_holds_s", self.sign_holds_s, 3_600, 365 * 86_400)?;
        within("renewed_after_s", self.renewed_after_s, 0, self.sign_holds_s)
    }
}

impl<'de> Deserialize<'de> for Thresholds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Self::deserialize(deserializer)?;
        read.fit().map_err(de::Error::custom)?;
        Ok(read)
    }
}

/// Nothing, if a number lies between two others, both included.
fn within<T: Copy + PartialOrd + core::fmt::Display>(name: &str, number: T, least: T, most: T) -> Result<(), Unfit> {
    if (&least..=&most).contains(&&number) {
        return Ok(());
    }
    Err(Unfit(format!("{name} is {number} and must lie between {least} and {most}")))
}
