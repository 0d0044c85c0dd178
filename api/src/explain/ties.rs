//! Which products hang together, as the log tells it: a lot of one was made from lots of another, a certificate covers
//! both. Whether a recall reaches a lot depends on all of them.

use std::collections::{BTreeMap, BTreeSet};

use gs1::{Gtin14, Serial};

use super::Asked;
use super::said::Said;
use crate::registry::{MediaHash, ProducerId, Record};

/// What hangs together.
#[derive(Default)]
pub(super) struct Ties {
    products: BTreeMap<Gtin14, BTreeSet<Gtin14>>,
    producers: BTreeMap<Gtin14, BTreeSet<ProducerId>>,
    /// Producers and products that one certificate covers.
    certified: BTreeMap<ProducerId, BTreeSet<Gtin14>>,
    pictures: BTreeMap<Gtin14, BTreeSet<MediaHash>>,
    /// Products, and units of them, that the code in question stands for.
    named: BTreeSet<Gtin14>,
    serials: BTreeSet<Serial>,
}

impl Ties {
    /// Take in what a line says.
    pub(super) fn note(&mut self, said: &Said, asked: &Asked) {
        let products = said.products();
        if let [first, others @ ..] = products.as_slice() {
            for other in others {
                self.products.entry(*first).or_default().insert(*other);
                self.products.entry(*other).or_default().insert(*first);
            }
        }
        let Said::Record(record) = said else { return };
        match &**record {
            Record::Product(it) => {
                self.producers.entry(it.gtin).or_default().extend(it.producer.clone());
                self.pictures.entry(it.gtin).or_default().extend(it.pictures().cloned());
            }
            Record::Certificate(it) => {
                if let Some(producer) = &it.producer {
                    self.certified.entry(producer.clone()).or_default().extend(&it.gtins);
                    for gtin in &it.gtins {
                        self.producers.entry(*gtin).or_default().insert(producer.clone());
                    }
                }
            }
            Record::Opaque(it) if asked.opaque().is_some_and(|code| code == it.code) => {
                self.named.insert(it.gtin);
                self.serials.extend(it.serial);
            }
            _ => {}
        }
    }

    /// What concerns the code.
    pub(super) fn concern(mut self, asked: &Asked) -> Concern {
        let mut concern = Concern::default();
        self.serials.extend(asked.item().and_then(|item| item.serial));
        concern.subjects = asked.products().chain(self.named.iter().copied()).collect();
        let mut open: Vec<Gtin14> = concern.subjects.iter().copied().collect();
        while let Some(gtin) = open.pop() {
            if !concern.products.insert(gtin) {
                continue;
            }
            open.extend(self.products.get(&gtin).into_iter().flatten());
            for producer in self.producers.get(&gtin).into_iter().flatten() {
                open.extend(self.certified.get(producer).into_iter().flatten());
                concern.producers.insert(producer.clone());
            }
            concern.pictures.extend(self.pictures.remove(&gtin).unwrap_or_default());
        }
        concern.serials = self.serials.iter().map(|serial| serial.as_str().to_ascii_lowercase()).collect();
        concern
    }
}

/// What concerns a code.
#[derive(Default)]
pub(super) struct Concern {
    /// The products that the code itself names: of a unit of another nothing is told.
    subjects: BTreeSet<Gtin14>,
    products: BTreeSet<Gtin14>,
    producers: BTreeSet<ProducerId>,
    pictures: BTreeSet<MediaHash>,
    /// In lower case: a serial that differs only in case is offered.
    serials: BTreeSet<String>,
}

impl Concern {
    /// The part of a line that concerns the code, if any does.
    pub(super) fn part(&self, said: Said, asked: &Asked) -> Option<Said> {
        let holds = |gtin: &Gtin14| self.products.contains(gtin);
        let concerns = match &said {
            Said::Record(record) => match &**record {
                Record::Producer(it) => self.producers.contains(&it.id),
                Record::Certificate(it) => {
                    it.gtins.iter().any(holds) || it.producer.as_ref().is_some_and(|it| self.producers.contains(it))
                }
                Record::Item(it) => holds(&it.gtin) && self.is_asked(&it.serial),
                Record::Opaque(it) => asked.opaque().is_some_and(|code| code == it.code),
                _ => said.products().iter().any(holds),
            },
            Said::Picture(it) => self.pictures.contains(&it.hash),
            Said::Settlement(it) => holds(&it.gtin),
            Said::Unit(it) => self.subjects.contains(&it.gtin) && self.is_asked(&it.serial),
            Said::Revocation(it) => holds(&it.gtin),
            Said::Unreadable(_) => true,
            Said::Other => false,
        };
        if !concerns {
            return None;
        }
        match said {
            Said::Revocation(mut it) => {
                it.serials.retain(|serial| self.is_asked(serial));
                (!it.serials.is_empty()).then_some(Said::Revocation(it))
            }
            Said::Record(record) => match *record {
                Record::Items(mut it) => {
                    it.serials.retain(|serial| self.is_asked(serial));
                    (!it.serials.is_empty()).then(|| Said::Record(Box::new(Record::Items(it))))
                }
                other => Some(Said::Record(Box::new(other))),
            },
            other => Some(other),
        }
    }

    fn is_asked(&self, serial: &Serial) -> bool {
        self.serials.contains(&serial.as_str().to_ascii_lowercase())
    }
}
