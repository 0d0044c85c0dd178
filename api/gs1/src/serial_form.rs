//! Keys and qualifiers as strings of `serde`, checked when they come in.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::error::ParseError;
use crate::gln::Gln;
use crate::gtin::Gtin14;
use crate::text::{Cpv, Lot, Serial, Tpx};

/// Takes any string that `T` accepts, borrowed or not.
struct Checked<T>(PhantomData<T>);

impl<T> Visitor<'_> for Checked<T>
where
    T: for<'s> TryFrom<&'s str, Error = ParseError>,
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GS1 value")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        T::try_from(value).map_err(E::custom)
    }
}

macro_rules! as_string {
    ($($name:ty),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Checked(PhantomData))
            }
        }
    )+};
}

as_string!(Gtin14, Gln, Lot, Serial, Cpv, Tpx);
