//! Carrying an order out: units on record first, then PINs, then the codes are told.

use std::sync::Arc;

use hmac::Mac as _;
use serde_json::json;

use super::draw::{self, Draw};
use super::{Codes, Order, OrderName, PrintedPin, UnitCode};
use crate::checks::{Pin, Secret, keyed};
use crate::registry::Digest;
use crate::registry::import::{Author, Desk, DeskError, Issue};
use crate::store::StoreError;
use crate::store::ledger::{Ledger, Unit};

/// Hashes of PINs that are written together.
const TOGETHER: usize = 1_000;

/// Why an order was not carried out. It can be repeated under its name; what came on record stays.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The units did not come on record.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The units are on record and their PINs may not be.
    #[error("the units are on record, their PINs may not be: repeat the order ({0})")]
    Pins(StoreError),
}

/// Gives units their codes.
#[derive(Clone, Copy)]
pub struct Issuer<'a> {
    /// Where the units come on record.
    pub desk: &'a Desk,
    /// From which serials and PINs are derived, and with which PINs are hashed.
    pub secret: &'a Secret,
    /// Where hashes of PINs are kept.
    pub ledger: &'a dyn Ledger,
    /// The public origin, for the links.
    pub base_url: &'a str,
}

impl Issuer<'_> {
    /// Carry an order out, or tell its codes once more if it was. A repeat puts nothing back: a unit that has got another
    /// PIN since keeps that, and is told without one.
    ///
    /// # Errors
    /// `Refused` when the order is not sound, does not fit the registry, or has the name of another; otherwise when the
    /// store fails.
    pub async fn issue(&self, order: &Order, name: &OrderName, author: Author) -> Result<Codes, IssueError> {
        let faults = order.faults();
        if !faults.is_empty() {
            return Err(DeskError::Refused(faults).into());
        }
        let random = randomness(self.secret, author.publisher.as_str(), name);
        let draw = random.clone();
        let count = order.count;
        let issued = self
            .desk
            .issue(
                Issue {
                    gtin: order.gtin,
                    lot: order.lot,
                    state: order.state,
                    prefix: order.space.clone().map(String::from),
                    place: name.place(&author.publisher),
                    asked: order.fingerprint(),
                    note: json!({ "order": name.as_str(), "gtin": order.gtin, "lot": order.lot, "state": order.state,
                        "count": count, "pins": order.pins, "space": order.space }),
                    draw: Arc::new(move |round| draw::serials(count, round, &draw)),
                },
                author,
            )
            .await?;
        let mut units: Vec<UnitCode> = issued
            .serials
            .iter()
            .map(|serial| {
                let code = order.space.as_ref().map(|space| space.code(serial.as_str()));
                UnitCode::of(order.gtin, order.lot, *serial, code, self.base_url)
            })
            .collect();
        if order.pins {
            for unit in &mut units {
                unit.pin = Some(PrintedPin(draw::pin(unit.serial, &random)));
            }
            self.keep_pins(order, &mut units).await.map_err(IssueError::Pins)?;
        }
        Ok(Codes {
            order: name.to_string(),
            repeated: issued.revision.is_none(),
            revision: issued.revision,
            gtin: order.gtin,
            product: issued.product.product.name.clone(),
            lot: order.lot,
            produced: issued.lot.batch.produced,
            expires: issued.lot.batch.expires,
            best_before: issued.lot.batch.best_before,
            state: order.state,
            units,
        })
    }

    /// Keep the PINs as keyed hashes, before anybody is told them. One that the unit has got since stays: the order's own
    /// opens nothing any more, and is not told again.
    async fn keep_pins(&self, order: &Order, units: &mut [UnitCode]) -> Result<(), StoreError> {
        for some in units.chunks_mut(TOGETHER) {
            let hashed = some.iter().filter_map(|unit| {
                let pin: Pin = unit.pin.as_ref()?.as_str().parse().ok()?;
                let of = Unit { gtin: order.gtin, serial: unit.serial };
                Some((of, self.secret.pin(&of, &pin)))
            });
            let hashed: Vec<(Unit, Digest)> = hashed.collect();
            let added = self.ledger.add_pins(&hashed).await?;
            for ((of, _), _) in hashed.iter().zip(added).filter(|(_, holds)| !holds) {
                some.iter_mut().filter(|unit| unit.serial == of.serial).for_each(|unit| unit.pin = None);
            }
        }
        Ok(())
    }
}

/// What an order's draws come to, under its own key.
fn randomness(
    secret: &Secret,
    publisher: &str,
    name: &OrderName,
) -> impl Fn(Draw) -> [u8; 32] + Clone + Send + Sync + 'static {
    let mac = keyed(&secret.of_order(publisher, name.as_str()));
    move |draw| {
        let mut mac = mac.clone();
        match draw {
            Draw::Serial { round, unit } => {
                mac.update(b"s");
                mac.update(&[round]);
                mac.update(&unit.to_be_bytes());
            }
            Draw::Pin { serial } => {
                mac.update(b"p");
                mac.update(serial.as_str().as_bytes());
            }
        }
        mac.finalize().into_bytes().into()
    }
}
