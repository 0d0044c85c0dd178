//! A badge: what a card says in one line, as a picture. Never more than a lookup may say.

use nguon_openapi::{Card, Lang, Tone};

use super::colour;
use super::colour::Ink;
use super::icon;
use super::lettering::{Line, Weight};
use super::shape::{Drawing, rounded};

const HEIGHT: u32 = 60;
const RADIUS: f32 = 9.0;
const ICON: f32 = 30.0;
const MARGIN: f32 = 14.0;
/// Where the text begins.
const TEXT_X: f32 = MARGIN + ICON + 12.0;
const HEADLINE_SIZE: f32 = 16.0;
const HEADLINE_Y: f32 = 27.0;
const LINE_SIZE: f32 = 12.5;
const LINE_Y: f32 = 46.0;
/// Narrowest and widest, so that a page can leave room for it.
const MIN_WIDTH: f32 = 240.0;
const MAX_WIDTH: f32 = 560.0;
/// Longest code in the second line, in characters: GTIN, lot and serial of the greatest lengths do not fit.
const CODE_CHARS: usize = 44;

/// What a badge says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saying {
    /// What a lookup found. A tone that only a counted check may have is shown as `info`.
    Found {
        /// How it sounds.
        tone: Tone,
        /// The card's headline.
        headline: String,
        /// The code, as people read it; empty where it must not be repeated.
        code: String,
        /// Demonstration data: said plainly.
        demo: bool,
        /// The registry could not be asked just now; this is what it said before.
        stale: bool,
    },
    /// We could not look: no verdict, and no look of one.
    CouldNotCheck,
}

/// A badge in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// What it says.
    pub saying: Saying,
    /// In which language.
    pub lang: Lang,
}

impl Badge {
    /// The badge of a card.
    #[must_use]
    pub fn of(card: &Card) -> Self {
        let code = match &card.code.gtin {
            Some(gtin) => [Some(gtin), card.code.lot.as_ref(), card.code.serial.as_ref()]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" · "),
            None => card.code.input.clone(),
        };
        let saying = Saying::Found {
            tone: card.tone.max(Tone::Info),
            headline: card.headline.clone(),
            code: if code.chars().count() <= CODE_CHARS { code } else { String::new() },
            demo: card.demo,
            stale: card.stale,
        };
        Self { saying, lang: card.lang }
    }

    /// The badge that says that we could not look.
    #[must_use]
    pub const fn could_not_check(lang: Lang) -> Self {
        Self { saying: Saying::CouldNotCheck, lang }
    }

    /// Both lines, for those who hear the page.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}. {}", self.headline(), self.line())
    }

    /// The same in other words: what decides every pixel of it. For a validator, which need not be painted.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        match &self.saying {
            Saying::Found { tone, .. } => format!("{} {} {}", self.lang.as_str(), tone.as_str(), self.text()),
            Saying::CouldNotCheck => format!("{} {}", self.lang.as_str(), self.text()),
        }
    }

    fn headline(&self) -> &str {
        match &self.saying {
            Saying::Found { headline, .. } => headline,
            Saying::CouldNotCheck => {
                self.lang.pick("Chưa kiểm tra được, xin thử lại", "Could not check: please try again")
            }
        }
    }

    fn line(&self) -> String {
        match &self.saying {
            Saying::Found { code, demo, stale, .. } => {
                let demo = demo.then(|| self.lang.pick("MINH HOẠ", "DEMONSTRATION"));
                let stale = stale.then(|| self.lang.pick("thông tin lưu trước đó", "as it was before"));
                let parts = ["Nguồn"].into_iter().chain(demo).chain(stale).chain([code.as_str()]);
                parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
            }
            Saying::CouldNotCheck => self
                .lang
                .pick("Nguồn · đây không phải kết luận về sản phẩm", "Nguồn · this says nothing about the product")
                .to_owned(),
        }
    }

    /// The picture.
    #[must_use]
    pub fn draw(&self) -> Drawing {
        let headline = Line::of(self.headline(), Weight::Bold);
        // A code in letters that the font has not is left out: a hole in it would make another code of it.
        let line = Line::of(&self.line(), Weight::Regular).or_else(|| Line::of("Nguồn", Weight::Regular));
        let widest = |line: &Option<Line>, size| line.as_ref().map_or(0.0, |line| line.width(size));
        let text_width = widest(&headline, HEADLINE_SIZE).max(widest(&line, LINE_SIZE));
        let width = (TEXT_X + text_width + MARGIN + 2.0).clamp(MIN_WIDTH, MAX_WIDTH).ceil();
        let tone = match self.saying {
            Saying::Found { tone, .. } => Some(tone),
            Saying::CouldNotCheck => None,
        };
        #[expect(clippy::cast_precision_loss, reason = "sixty")]
        let height = HEIGHT as f32;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped and whole")]
        let mut drawing = Drawing {
            width: width as u32,
            height: HEIGHT,
            title: self.text(),
            lang: self.lang.as_str(),
            shapes: Vec::new(),
            light: colour::badge(tone, false),
            dark: colour::badge(tone, true),
        };
        let whole = tiny_skia::Transform::identity();
        drawing.fill(Ink::Edge, rounded(0.0, 0.0, width, height, RADIUS), whole);
        drawing.fill(Ink::Ground, rounded(1.0, 1.0, width - 2.0, height - 2.0, RADIUS - 1.0), whole);
        let icon_y = (height - ICON) / 2.0;
        match tone {
            Some(tone) => icon::tone(&mut drawing, tone, MARGIN, icon_y, ICON),
            None => icon::mark(&mut drawing, MARGIN, icon_y, ICON),
        }
        if let Some(headline) = headline {
            headline.set(&mut drawing, HEADLINE_SIZE, TEXT_X, HEADLINE_Y);
        }
        if let Some(line) = line {
            line.set(&mut drawing, LINE_SIZE, TEXT_X, LINE_Y);
        }
        drawing
    }
}
