//! What a line of the log says, as far as it changes records.

use gs1::{Gtin14, Serial};
use serde::{Deserialize, Serialize};

use crate::registry::import::{Revocation, Settlement};
use crate::registry::media::MediaType;
use crate::registry::{MediaHash, OpaqueCode, Record};
use crate::store::Evidence;

/// What a line of the log says.
#[derive(Clone, Debug)]
pub(crate) enum Said {
    /// A record.
    Record(Box<Record>),
    /// There is a picture; its bytes are not in the log.
    Picture(Picture),
    /// Units were cancelled.
    Revocation(Revocation),
    /// A dispute was settled.
    Settlement(Settlement),
    /// Something about a unit that changes no record: what operators found out about its checks.
    Unit(Unit),
    /// It speaks of no record.
    Other,
    /// It speaks of a record and cannot be read.
    Unreadable(String),
}

/// A picture without its bytes.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Picture {
    pub(super) hash: MediaHash,
    pub(super) media_type: MediaType,
}

/// A unit, as operators' acts name it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Unit {
    pub(super) gtin: Gtin14,
    pub(super) serial: Serial,
}

impl Said {
    /// Where it comes among what one commit says, so that what is referred to comes before what refers to it.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Picture(_) => 0,
            Self::Record(record) => record.rank(),
            _ => u8::MAX,
        }
    }

    /// What a line says.
    pub(crate) fn of(line: &Evidence) -> Self {
        fn read<T: serde::de::DeserializeOwned>(line: &Evidence, said: impl FnOnce(T) -> Said) -> Said {
            match serde_json::from_value(line.body.clone()) {
                Ok(read) => said(read),
                Err(error) => Said::Unreadable(error.to_string()),
            }
        }
        match line.act.as_str() {
            "declare" if line.body["type"] == "media" => read(line, Said::Picture),
            "declare" | "dispute" | "recall" | "amend" | "close" | "withdraw" => {
                read(line, |record: Record| Said::Record(Box::new(record)))
            }
            "revoke" => read(line, Said::Revocation),
            "settle" => read(line, Said::Settlement),
            "clear" | "shared" => read(line, Said::Unit),
            _ => Self::Other,
        }
    }

    /// The products that it names.
    pub(crate) fn products(&self) -> Vec<Gtin14> {
        match self {
            Self::Record(record) => match &**record {
                Record::Product(it) => vec![it.gtin],
                Record::Batch(it) => it.inputs.iter().map(|input| input.gtin).chain([it.gtin]).collect(),
                Record::Item(it) => vec![it.gtin],
                Record::Items(it) => vec![it.gtin],
                Record::Certificate(it) => it.gtins.clone(),
                Record::Event(it) => vec![it.gtin],
                Record::Recall(it) => vec![it.scope.gtin],
                Record::Link(it) => vec![it.gtin],
                Record::Opaque(it) => vec![it.gtin],
                Record::Producer(_) | Record::Media(_) => Vec::new(),
            },
            Self::Revocation(it) => vec![it.gtin],
            Self::Settlement(it) => vec![it.gtin],
            Self::Unit(it) => vec![it.gtin],
            Self::Picture(_) | Self::Other | Self::Unreadable(_) => Vec::new(),
        }
    }

    /// Whether it says what a code of another scheme stands for.
    pub(crate) fn is_of_code(&self, code: &OpaqueCode) -> bool {
        matches!(self, Self::Record(record) if matches!(&**record, Record::Opaque(it) if it.code == *code))
    }

    /// What it is about, in a few words.
    pub(super) fn about(&self) -> String {
        match self {
            Self::Record(record) => match &**record {
                Record::Producer(it) => format!("producer {}", it.id),
                Record::Media(it) => format!("picture {}", it.hash),
                Record::Product(it) => format!("product {}", it.gtin),
                Record::Batch(it) => format!("lot {} of {}", it.lot, it.gtin),
                Record::Item(it) => format!("unit {} of {}", it.serial, it.gtin),
                Record::Items(it) => {
                    let serials: Vec<&str> = it.serials.iter().map(Serial::as_str).collect();
                    format!("unit {} of {}", serials.join(", "), it.gtin)
                }
                Record::Certificate(it) => format!("certificate {}", it.id),
                Record::Event(it) => format!("stage {} of lot {} of {}", it.id, it.lot, it.gtin),
                Record::Recall(it) => format!("recall {} of {}", it.id, it.scope.gtin),
                Record::Link(it) => format!("link {} of {}", it.id, it.gtin),
                Record::Opaque(it) => format!("code {} of {}", it.code, it.gtin),
            },
            Self::Picture(it) => format!("picture {}", it.hash),
            Self::Revocation(it) => format!("units of {}", it.gtin),
            Self::Settlement(it) => format!("owner of {}: {}", it.gtin, it.owner),
            Self::Unit(it) => format!("unit {} of {}", it.serial, it.gtin),
            Self::Other | Self::Unreadable(_) => String::new(),
        }
    }
}
