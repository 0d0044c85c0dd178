//! What a string turned out to be: the answer of `read` and `read_link`.

use alloc::borrow::Cow;
use core::fmt;
use core::ops::Deref;

use crate::elements::Elements;
use crate::error::ParseError;
use crate::gtin::Gtin14;
use crate::other_key::OtherKey;
use crate::reason::Reason;
use crate::tidied::Tidied;
use crate::trade_item::TradeItem;

/// A string, read.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// What it is.
    pub outcome: Outcome<'a>,
    /// What was put right on the way.
    pub tidied: Tidied,
    /// The host, with its port, of the link that it was.
    pub host: Option<&'a str>,
    /// Every AI with its value; none where it is no message of GS1.
    pub elements: Elements<'a>,
}

/// What a string is.
#[derive(Clone, Debug)]
pub enum Outcome<'a> {
    /// A GTIN and what came with it.
    TradeItem(TradeItem),
    /// Another primary key.
    Key(OtherKey),
    /// Anything else; matched as registered.
    Opaque(Opaque<'a>),
    /// Something that is not on a product, or not its maker's.
    NotProduct(NotProduct<'a>),
    /// Claims GS1 form and has none.
    Malformed(Malformed<'a>),
}

/// A text without GS1 form, its blanks trimmed.
#[derive(Clone, PartialEq, Eq)]
pub struct Opaque<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) reason: Option<Reason>,
}

impl<'a> Opaque<'a> {
    /// The text as it is matched.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, on its own.
    #[must_use]
    pub fn into_text(self) -> Cow<'a, str> {
        self.text
    }

    /// `OtherScheme` where the form says so: a link, an ISBN-10, an ISSN. `None` for any text.
    #[must_use]
    pub const fn reason(&self) -> Option<Reason> {
        self.reason
    }
}

impl Deref for Opaque<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Opaque<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Opaque({:?})", &*self.text)
    }
}

/// A string that is recognised, and names no product.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotProduct<'a> {
    /// Why not.
    pub reason: Reason,
    /// The text, its blanks trimmed, so that a registered code can still win. Never of a payment or
    /// a personal document.
    pub text: Option<Cow<'a, str>>,
    /// The key, where it has one: a logistic unit's SSCC.
    pub key: Option<OtherKey>,
    /// The GTIN, where it has one: a number that a shop gave out, a coupon.
    pub gtin: Option<Gtin14>,
}

impl NotProduct<'_> {
    /// Recognised, and nothing of it kept.
    pub(crate) const fn without_content(reason: Reason) -> Self {
        Self { reason, text: None, key: None, gtin: None }
    }
}

/// A string that claims GS1 form and has none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Malformed<'a> {
    /// What is wrong, and where.
    pub error: ParseError,
    /// The text, its blanks trimmed, so that a registered opaque code can still win.
    pub text: Cow<'a, str>,
}

impl Outcome<'_> {
    /// The reason that goes onto a card, if the outcome brings one.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::TradeItem(item) => item.maybe_trade_unit_of().map(|_| Reason::MaybeTradeUnitOf),
            Self::Key(_) => None,
            Self::Opaque(opaque) => opaque.reason,
            Self::NotProduct(not) => Some(not.reason),
            Self::Malformed(malformed) => Some(malformed.error.reason()),
        }
    }

    /// A stable name of the kind of outcome.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::TradeItem(_) => "trade_item",
            Self::Key(_) => "key",
            Self::Opaque(_) => "opaque",
            Self::NotProduct(_) => "not_product",
            Self::Malformed(_) => "malformed",
        }
    }
}
