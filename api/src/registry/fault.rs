//! What is wrong with a record: the field, a stable name, and what to do about it.
//!
//! Every record type looks at itself in [`Declared::faults`]; deserialising one runs that, so that a record that
//! contradicts itself is never made from bytes. What only the registry can tell (does the product exist?) is
//! found by `import`.

use core::fmt;

use nguon_openapi::Source;
use serde::{Deserialize, Serialize};

use super::Text;

/// Stable names of what can be wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// The line or document is not JSON, not UTF-8, or no record.
    Json,
    /// The line is longer than 1 MiB.
    LineTooLong,
    /// A field that no record of this type has.
    UnknownField,
    /// A field that every record of this type has is not there.
    MissingField,
    /// The value is not of the form that the field asks for.
    Value,
    /// A list is longer than its bound, or empty where it must not be.
    Count,
    /// Two fields do not go together.
    Combination,
    /// It refers to a record that is not there: load that one first.
    NotOnRecord,
    /// Another publisher has declared it.
    OtherPublisher,
    /// The publisher is not registered, or the code is none of its own.
    OutOfScope,
    /// What it belongs to is full.
    Full,
    /// The registry does not allow this change of state.
    State,
}

impl FaultCode {
    /// The wire name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::LineTooLong => "line_too_long",
            Self::UnknownField => "unknown_field",
            Self::MissingField => "missing_field",
            Self::Value => "value",
            Self::Count => "count",
            Self::Combination => "combination",
            Self::NotOnRecord => "not_on_record",
            Self::OtherPublisher => "other_publisher",
            Self::OutOfScope => "out_of_scope",
            Self::Full => "full",
            Self::State => "state",
        }
    }
}

impl fmt::Display for FaultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Path of the field, such as `scope.serials[0].to`; empty for the record as a whole.
    pub field: String,
    /// Its stable name.
    pub code: FaultCode,
    /// What to do, in one sentence without the field's name.
    pub message: String,
}

impl Fault {
    /// A fault of one field.
    pub fn new(field: impl Into<String>, code: FaultCode, message: impl Into<String>) -> Self {
        Self { field: field.into(), code, message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() { f.write_str(&self.message) } else { write!(f, "{}: {}", self.field, self.message) }
    }
}

/// The faults found while a record looks at itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Add one.
    pub fn add(&mut self, field: impl Into<String>, code: FaultCode, message: impl Into<String>) {
        self.0.push(Fault::new(field, code, message));
    }

    /// Two fields that do not go together, when `wrong`.
    pub(super) fn combination(&mut self, wrong: bool, field: &str, message: &str) {
        if wrong {
            self.add(field, FaultCode::Combination, message);
        }
    }

    /// A list longer than `max`.
    pub(super) fn at_most(&mut self, field: &str, len: usize, max: usize) {
        if len > max {
            self.add(
                field,
                FaultCode::Count,
                format!("holds {len} entries and may hold {max}: split or shorten the list"),
            );
        }
    }

    /// Two days in the wrong order.
    pub(super) fn in_order(
        &mut self,
        (first, last): (Option<jiff::civil::Date>, Option<jiff::civil::Date>),
        field: &str,
        message: &str,
    ) {
        self.combination(first.zip(last).is_some_and(|(first, last)| first > last), field, message);
    }

    /// A list that names the same thing twice.
    pub(super) fn distinct<T: Ord>(&mut self, field: &str, list: &[T]) {
        let mut sorted: Vec<&T> = list.iter().collect();
        sorted.sort_unstable();
        if sorted.windows(2).any(|pair| pair.first() == pair.last()) {
            self.add(field, FaultCode::Count, "names the same thing twice: keep one");
        }
    }

    /// Who stands behind the record: a name of one line.
    pub(super) fn source(&mut self, source: &Source) {
        if let Some(by) = &source.by
            && let Err(why) = Text::try_from(by.as_str())
        {
            self.add("source.by", FaultCode::Value, why.to_string());
        }
    }

    /// The faults, in the order in which they were found.
    #[must_use]
    pub fn into_vec(self) -> Vec<Fault> {
        self.0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, fault) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str("; ")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

/// A record that can tell what is wrong with it.
pub trait Declared {
    /// Everything in it that contradicts itself or passes a bound.
    fn faults(&self) -> Faults;
}

/// Deserialise a type only when it has no faults. Takes a type that derives with `#[serde(remote = "Self")]`: the
/// derive then makes inherent functions that do not look, and this makes the trait's, which do.
macro_rules! deserialise_faultless {
    ($type:ty) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let unchecked = Self::deserialize(deserializer)?;
                let faults = $crate::registry::fault::Declared::faults(&unchecked);
                if faults.is_empty() { Ok(unchecked) } else { Err(serde::de::Error::custom(faults)) }
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Self::serialize(self, serializer)
            }
        }
    };
}

pub(super) use deserialise_faultless;
