//! The card: everything that is said about one code.

use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{
    Batch, Certificate, CodeInfo, Completeness, Item, Lang, Level, Producer, Product, Reason, Safety, TimelineEvent,
    Tone, UnknownValue, Verdict, is_false,
};

/// The answer to "what is this code?". Texts are in one language; nothing in it is HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"lang": "vi", "code": {"input": "/01/09520000010010/10/L01A", "kind": "gs1", "canonical": "https://id.example.vn/01/09520000010010/10/L01A", "gtin": "09520000010010", "lot": "L01A"}, "verdict": "registered_batch", "level": "batch", "tone": "info", "headline": "Lô hàng có trong hồ sơ", "advice": "Mã in chung cho cả lô, không phân biệt được từng sản phẩm. Hãy so bao bì và hạn dùng.", "reasons": [{"code": "lot_on_record", "text": "Lô hàng có trong hồ sơ."}], "safety": {"status": "none_known", "recalls": []}, "record_version": 7, "rules_version": "2026-11", "as_of": "2026-11-23T03:00:00Z", "stale": false})))]
pub struct Card {
    /// The record is demonstration data: show that plainly.
    #[serde(default, skip_serializing_if = "is_false")]
    pub demo: bool,
    /// Language of the texts.
    pub lang: Lang,
    /// The code as it was understood.
    pub code: CodeInfo,
    /// The verdict, from a closed list.
    pub verdict: Verdict,
    /// How far down the record reaches.
    pub level: Level,
    /// How the answer should sound and look. A lookup is never `positive`.
    pub tone: Tone,
    /// One line, at most 45 characters.
    pub headline: String,
    /// What to do, at most 110 characters.
    pub advice: String,
    /// Every finding, the weightiest first.
    pub reasons: Vec<Reason>,
    /// For a till.
    pub safety: Safety,
    /// The product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Product>,
    /// Who makes or trades it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<Producer>,
    /// The lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Batch>,
    /// The unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
    /// Certificates and protected names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Certificate>,
    /// Stages of the lot, in order of time; at most 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timeline: Vec<TimelineEvent>,
    /// What to compare with the thing in the hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compare: Vec<Compare>,
    /// How much of the record is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completeness: Option<Completeness>,
    /// Checks by consumers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checks: Option<Checks>,
    /// Where to go next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
    /// "Declared by … on …", for the foot of the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<String>,
    /// Revision of the newest record used; 0 when there is none.
    pub record_version: u64,
    /// Version of the rules that judged.
    pub rules_version: String,
    /// When the newest record used was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = DateTime))]
    pub as_of: Option<jiff::Timestamp>,
    /// The next instant at which the verdict, or anything else on the card, changes by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = DateTime))]
    pub valid_until: Option<jiff::Timestamp>,
    /// The registry could not be asked just now; this is what it said before.
    pub stale: bool,
    /// When the registry said so; only with `stale`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = DateTime))]
    pub checked_at: Option<jiff::Timestamp>,
}

/// A thing to compare, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"text":"Nắp chai màu vàng, có chữ nổi."})))]
pub struct Compare {
    /// The sentence.
    pub text: String,
    /// A picture: a path on this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}

/// Checks. A lookup gives only `state`; the rest is for the one who checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"state":"counted","count":3,"first_at":"2026-11-20T02:15:00Z","first_check":false,"receipt":"7Q2M-X9TD-4KRA-0W6V-HB3E"})))]
pub struct Checks {
    /// Whether this unit can be checked, or what has become of this check.
    pub state: ChecksState,
    /// Checks counted so far, this one included. One client counts once an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// When the first was counted.
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = DateTime))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_at: Option<jiff::Timestamp>,
    /// This is the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_check: Option<bool>,
    /// Proof of this check: who sends it with a later one is known to be the same. Keep it like a ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
}

impl Checks {
    /// Checks in a lookup.
    #[must_use]
    pub const fn of(state: ChecksState) -> Self {
        Self { state, count: None, first_at: None, first_check: None, receipt: None }
    }
}

/// Whether a unit can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChecksState {
    /// The code names one unit on record.
    Available,
    /// This check is on record.
    Counted,
    /// This check could not be recorded yet: the service keeps it and records it as soon as it can.
    NotCounted,
    /// The code is shared by many packs, or is not on record.
    NotPossible,
}

/// Addresses on this service. Absolute, on the public origin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"card":"https://id.example.vn/card/01/09520000010010/10/L01A"})))]
pub struct Links {
    /// The page for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// The same code in another letter case that is on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_variant: Option<String>,
    /// The unit that a case code probably holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade_unit: Option<String>,
}

/// The parts of a card that `fields=` may choose. Code, verdict, reasons and safety always come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// `product`
    Product,
    /// `producer`
    Producer,
    /// `batch`
    Batch,
    /// `item`
    Item,
    /// `certificates`
    Certificates,
    /// `timeline`
    Timeline,
    /// `compare`
    Compare,
    /// `completeness`
    Completeness,
    /// `checks`
    Checks,
    /// `links`
    Links,
}

impl Section {
    /// Every section, in the order of the card.
    pub const ALL: [Self; 10] = [
        Self::Product,
        Self::Producer,
        Self::Batch,
        Self::Item,
        Self::Certificates,
        Self::Timeline,
        Self::Compare,
        Self::Completeness,
        Self::Checks,
        Self::Links,
    ];

    /// The wire name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Producer => "producer",
            Self::Batch => "batch",
            Self::Item => "item",
            Self::Certificates => "certificates",
            Self::Timeline => "timeline",
            Self::Compare => "compare",
            Self::Completeness => "completeness",
            Self::Checks => "checks",
            Self::Links => "links",
        }
    }
}

impl FromStr for Section {
    type Err = UnknownValue;
    fn from_str(s: &str) -> Result<Self, UnknownValue> {
        Self::ALL.into_iter().find(|section| section.as_str() == s).ok_or(UnknownValue {
            allowed: "product, producer, batch, item, certificates, timeline, compare, completeness, checks, links",
        })
    }
}

impl Card {
    /// Keep only these sections (and what always comes).
    pub fn retain(&mut self, keep: &[Section]) {
        let drops = |section| !keep.contains(&section);
        if drops(Section::Product) {
            self.product = None;
        }
        if drops(Section::Producer) {
            self.producer = None;
        }
        if drops(Section::Batch) {
            self.batch = None;
        }
        if drops(Section::Item) {
            self.item = None;
        }
        if drops(Section::Certificates) {
            self.certificates.clear();
        }
        if drops(Section::Timeline) {
            self.timeline.clear();
        }
        if drops(Section::Compare) {
            self.compare.clear();
        }
        if drops(Section::Completeness) {
            self.completeness = None;
        }
        if drops(Section::Checks) {
            self.checks = None;
        }
        if drops(Section::Links) {
            self.links = None;
        }
    }
}
