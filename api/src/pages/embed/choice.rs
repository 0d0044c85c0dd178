//! What a retailer chooses: words of closed lists, named as the element's attributes are.

use core::fmt::Write as _;
use core::str::FromStr;

use nguon_openapi::UnknownValue;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $allowed:literal, $($(#[$word_doc:meta])* $variant:ident = $word:literal,)+) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name {
            $($(#[$word_doc])* $variant,)+
        }

        impl $name {
            /// Every word, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl FromStr for $name {
            type Err = UnknownValue;
            fn from_str(s: &str) -> Result<Self, UnknownValue> {
                Self::ALL.iter().copied().find(|word| word.as_str() == s).ok_or(UnknownValue { allowed: $allowed })
            }
        }
    };
}

words! {
    /// How much the card shows.
    Variant: "full, compact, badge",
    /// Everything.
    #[default] Full = "full",
    /// Product, producer, lot.
    Compact = "compact",
    /// One line.
    Badge = "badge",
}

words! {
    /// Light or dark.
    CardTheme: "auto, light, dark",
    /// As the reader's screen is set.
    #[default] Auto = "auto",
    /// Light.
    Light = "light",
    /// Dark.
    Dark = "dark",
}

words! {
    /// What shows where nothing is on record. Warnings show whatever is chosen here.
    WhenUnknown: "hide, link, card",
    /// Nothing.
    #[default] Hide = "hide",
    /// The link that stands inside the element.
    Link = "link",
    /// A card that says so.
    Card = "card",
}

/// All three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// How much the card shows.
    pub variant: Variant,
    /// Light or dark.
    pub theme: CardTheme,
    /// What shows where nothing is on record.
    pub when_unknown: WhenUnknown,
}

impl Choice {
    /// As attributes of the element, each with a blank before it; what is the element's own default is left out.
    #[must_use]
    pub fn attributes(self) -> String {
        let mut out = String::new();
        for (name, word, is_default) in [
            ("variant", self.variant.as_str(), self.variant == Variant::default()),
            ("theme", self.theme.as_str(), self.theme == CardTheme::default()),
            ("when-unknown", self.when_unknown.as_str(), self.when_unknown == WhenUnknown::default()),
        ] {
            if !is_default {
                // Writing into a String cannot fail.
                let _ = write!(out, " {name}=\"{word}\"");
            }
        }
        out
    }
}
