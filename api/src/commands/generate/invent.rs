//! Invented producers, products, lots and units.

use core::fmt::Display;
use std::io;

use gs1::{Gtin14, Lot, Serial};
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use nguon_openapi::{CertificateKind, Source, Stage};

use super::chance::Chance;
use crate::registry::{
    Address, Batch, Certificate, Digits, Event, Id, ItemState, Items, Localised, Producer, ProducerId, Product, Record,
    Text,
};

/// Products of one producer.
const PRODUCTS_OF_A_PRODUCER: u64 = 10;

/// Units of one record.
const UNITS_OF_A_RECORD: u32 = 1_000;

const GOODS: [&str; 16] = [
    "Nước mắm",
    "Mật ong",
    "Gạo tẻ",
    "Trà hoa cúc",
    "Bánh đa",
    "Tôm khô",
    "Hạt sen sấy",
    "Vải sấy",
    "Chả cá",
    "Bánh gai",
    "Cá kho",
    "Muối biển",
    "Rong biển",
    "Bột sắn dây",
    "Mắm tép",
    "Chè xanh",
];
const KINDS: [&str; 8] =
    ["hảo hạng", "truyền thống", "vụ mới", "loại một", "ít muối", "nguyên chất", "sấy lạnh", "đặc biệt"];
const PLACES: [&str; 10] =
    ["Làng Mẫu", "Xã Mẫu", "Đảo Mẫu", "Bến Mẫu", "Đồng Mẫu", "Cửa Mẫu", "Núi Mẫu", "Chợ Mẫu", "Bãi Mẫu", "Sông Mẫu"];
const PACKS: [&str; 6] = ["100 g", "200 g", "350 g", "500 g", "500 ml", "1 kg"];

/// What to invent.
pub(super) struct Registry {
    pub(super) seed: u64,
    pub(super) today: Date,
    pub(super) lots: u32,
    pub(super) items: u32,
}

/// Where records go.
type Line<'a> = dyn FnMut(Record) -> io::Result<()> + 'a;

impl Registry {
    /// One product with everything that hangs on it; before the first of a producer, the producer.
    pub(super) fn product(&self, number: u64, line: &mut Line<'_>) -> io::Result<()> {
        let mut chance = Chance::at(self.seed, number);
        let producer = number / PRODUCTS_OF_A_PRODUCER;
        if number.is_multiple_of(PRODUCTS_OF_A_PRODUCER) {
            line(Record::Producer(a_producer(producer)?))?;
        }
        let gtin = gtin(number)?;
        line(Record::Product(a_product(gtin, gln(producer)?, &mut chance)?))?;
        if number.is_multiple_of(3) {
            line(Record::Certificate(self.certificate(gtin, number)?))?;
        }
        for n in 0..self.lots {
            self.lot(gtin, n, &mut chance, line)?;
        }
        Ok(())
    }

    fn lot(&self, gtin: Gtin14, n: u32, chance: &mut Chance, line: &mut Line<'_>) -> io::Result<()> {
        let lot = Lot::try_from(format!("L{n:05}").as_str()).map_err(wrong)?;
        // `below` a number that fits: no truncation.
        let age = i64::try_from(chance.below(300)).unwrap_or_default() + 1;
        let produced = self.day(age.days().negate())?;
        line(Record::Batch(Batch {
            gtin,
            lot,
            produced: Some(produced),
            expires: Some(self.day((720 - age).days())?),
            best_before: None,
            inputs: Vec::new(),
            source: Source::default(),
            withdrawn: false,
        }))?;
        for (stage, before) in [(Stage::Harvesting, 9), (Stage::Processing, 4), (Stage::Packing, 0)] {
            line(Record::Event(Event {
                id: id(&format!("E{before}"))?,
                gtin,
                lot,
                stage,
                text: None,
                date: self.day((age + before).days().negate())?,
                place: Some(text(chance.pick(&PLACES))?),
                location: None,
                source: Source::default(),
                withdrawn: false,
            }))?;
        }
        let mut left = self.items;
        while left > 0 {
            let now = left.min(UNITS_OF_A_RECORD);
            left -= now;
            let serials = (0..now)
                .map(|_| Serial::try_from(chance.serial().as_str()).map_err(wrong))
                .collect::<io::Result<_>>()?;
            line(Record::Items(Items {
                gtin,
                lot: Some(lot),
                state: ItemState::Active,
                since: Some(produced),
                serials,
            }))?;
        }
        Ok(())
    }

    fn certificate(&self, gtin: Gtin14, number: u64) -> io::Result<Certificate> {
        let stars = u8::try_from(number % 3).unwrap_or_default() + 3;
        Ok(Certificate {
            id: id(&format!("OCOP-{number}"))?,
            gtins: vec![gtin],
            producer: None,
            kind: CertificateKind::Ocop,
            name: None,
            stars: Some(stars),
            number: Some(text(&format!("MH-{number}"))?),
            issuer: Some(text("Cơ quan minh hoạ")?),
            scope: None,
            from: None,
            to: Some(self.day(i64::try_from(number % 1_000).unwrap_or_default().days())?),
            url: None,
            source: Source::default(),
            withdrawn: false,
        })
    }

    fn day(&self, away: Span) -> io::Result<Date> {
        self.today.checked_add(away).map_err(wrong)
    }
}

fn a_producer(number: u64) -> io::Result<Producer> {
    Ok(Producer {
        id: gln(number)?,
        name: Localised { vi: text(&format!("HTX Mẫu {number}"))?, en: None },
        address: Some(Address {
            text: text("Xã Mẫu (minh hoạ)")?,
            ward_code: None,
            province_code: Some(Digits::try_from("31").map_err(wrong)?),
            legacy: None,
        }),
        phone: None,
        email: None,
        website: None,
        source: Source::default(),
        withdrawn: false,
    })
}

fn a_product(gtin: Gtin14, producer: ProducerId, chance: &mut Chance) -> io::Result<Product> {
    let (goods, kind, place, pack) =
        (chance.pick(&GOODS), chance.pick(&KINDS), chance.pick(&PLACES), chance.pick(&PACKS));
    Ok(Product {
        gtin,
        name: Localised { vi: text(&format!("{goods} {kind} {place}, {pack}"))?, en: None },
        producer: Some(producer),
        brand: Some(text(place)?),
        model: None,
        category: None,
        origin: Some(Localised { vi: text("Hải Phòng")?, en: Some(text("Hai Phong")?) }),
        net_content: Some(text(pack)?),
        shelf_life: Some(Localised { vi: text("24 tháng kể từ ngày sản xuất")?, en: None }),
        standards: vec![text("TCCS 01:2026/MẪU")?],
        warnings: Vec::new(),
        images: Vec::new(),
        compare: Vec::new(),
        hosts: Vec::new(),
        keeps_serials: true,
        not_applicable: Vec::new(),
        registered_until: None,
        demo: true,
        source: Source::default(),
        withdrawn: false,
    })
}

/// `952` `1` and eight digits.
fn gtin(number: u64) -> io::Result<Gtin14> {
    Gtin14::from_u64(with_check_digit(952_100_000_000 + number)).ok_or_else(|| wrong("no GTIN"))
}

/// `952` `9` and eight digits.
fn gln(number: u64) -> io::Result<ProducerId> {
    Ok(ProducerId(id(&with_check_digit(952_900_000_000 + number).to_string())?))
}

/// Twelve digits and the check digit of GS1's General Specifications, 7.9.1.
fn with_check_digit(digits: u64) -> u64 {
    let mut sum = 0;
    let (mut left, mut weight) = (digits, 3);
    while left > 0 {
        sum += left % 10 * weight;
        left /= 10;
        weight = 4 - weight;
    }
    digits * 10 + (10 - sum % 10) % 10
}

fn text(raw: &str) -> io::Result<Text> {
    Text::try_from(raw).map_err(wrong)
}

fn id(raw: &str) -> io::Result<Id> {
    Id::try_from(raw).map_err(wrong)
}

/// Never seen: what is made here is right. Said rather than panicked over.
fn wrong(why: impl Display) -> io::Error {
    io::Error::other(why.to_string())
}
