//! Colours of a badge: the tones of the card (`nguon_view`'s palettes), light and dark.

use nguon_openapi::Tone;

/// Red, green, blue.
pub(super) type Rgb = [u8; 3];

/// What a shape is filled with. The colour behind the word depends on theme and tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// The field.
    Ground,
    /// The thin line around it, so that it ends somewhere on a page of the same colour.
    Edge,
    /// Shape and text.
    Text,
}

/// A colour for each ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colours {
    pub(super) ground: Rgb,
    pub(super) edge: Rgb,
    pub(super) text: Rgb,
}

impl Colours {
    pub(super) const fn of(self, ink: Ink) -> Rgb {
        match ink {
            Ink::Ground => self.ground,
            Ink::Edge => self.edge,
            Ink::Text => self.text,
        }
    }
}

/// Which colours a picture has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// For light pages.
    #[default]
    Light,
    /// For dark pages.
    Dark,
    /// As the reader's screen is set; SVG only.
    Auto,
}

/// A badge in the colours of its tone. `None`: it carries no verdict, and looks like none.
pub(super) const fn badge(tone: Option<Tone>, dark: bool) -> Colours {
    match (tone, dark) {
        (Some(Tone::Danger), false) => colours(0x00ad_1220, 0x00ad_1220, 0x00ff_ffff),
        (Some(Tone::Danger), true) => colours(0x00b3_202c, 0x00d6_5560, 0x00ff_ffff),
        (Some(Tone::Caution), false) => colours(0x00ff_cf4a, 0x00c9_9a1c, 0x002a_1c00),
        (Some(Tone::Caution), true) => colours(0x00f2_bb36, 0x00f2_bb36, 0x002a_1c00),
        // A badge is a lookup, and a lookup is never positive.
        (Some(Tone::Info | Tone::Positive), false) => colours(0x00e3_eef8, 0x00a9_c6e0, 0x000a_3a66),
        (Some(Tone::Info | Tone::Positive), true) => colours(0x0017_344f, 0x0034_5f86, 0x00d6_e9fb),
        (Some(Tone::Neutral), false) => colours(0x00e9_edf0, 0x00c3_ccd4, 0x002f_3b46),
        (Some(Tone::Neutral), true) => colours(0x002a_343e, 0x004a_5966, 0x00dd_e4ea),
        (None, false) => colours(0x00ff_ffff, 0x009a_a7b2, 0x0052_606d),
        (None, true) => colours(0x0017_1f27, 0x005f_6e7b, 0x00a7_b3be),
    }
}

/// Black on white, in every theme: what a scanner reads.
pub(super) const PRINT: Colours = colours(0x00ff_ffff, 0x00ff_ffff, 0);

const fn colours(ground: u32, edge: u32, text: u32) -> Colours {
    Colours { ground: rgb(ground), edge: rgb(edge), text: rgb(text) }
}

const fn rgb(hex: u32) -> Rgb {
    let [_, red, green, blue] = hex.to_be_bytes();
    [red, green, blue]
}
