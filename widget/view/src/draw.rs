//! Walks the tables of a card: the steps that decide, repeat and nest. What single steps draw is in `strokes`.

use crate::{Canvas, Lang, card, name::Name, step::Step, strokes::Strokes};

/// Draws the card that `canvas` reads.
pub fn draw<C: Canvas>(canvas: &mut C) {
    let mut strokes = Strokes { canvas, lang: Lang::Vi };
    // A module for one language draws cards of that one only.
    let is_english = cfg!(feature = "only-en") || !cfg!(feature = "only-vi") && strokes.field_is(Name::Lang, Name::En);
    if is_english {
        strokes.lang = Lang::En;
    }
    // Where something does not agree, the difference is what one came for; elsewhere the product is.
    let is_warning = strokes.field_is(Name::Tone, Name::Danger) || strokes.field_is(Name::Tone, Name::Caution);
    let (first, second) = if is_warning { (card::REASONS, card::PRODUCT) } else { (card::PRODUCT, card::REASONS) };
    for part in [
        card::HEAD,
        card::RECALLS,
        first,
        second,
        card::BATCH,
        card::COMPARE,
        card::PRODUCER,
        card::CERTIFICATES,
        card::RECORD,
    ] {
        strokes.walk(part, 0, true);
    }
}

/// Findings that head and recall notices have told already.
const TOLD: [Name; 9] = [
    Name::GtinOnRecord,
    Name::LotOnRecord,
    Name::SerialOnRecord,
    Name::NotCheckedYet,
    Name::RecallActive,
    Name::RecallClosed,
    Name::RecallWithdrawn,
    Name::RecallOtherLots,
    Name::InputRecalled,
];

impl<C: Canvas> Strokes<'_, C> {
    /// Walks `steps` from `at` to the `End` that belongs there, and says where that is. `live` is false where a
    /// condition did not hold: then nothing is drawn on the way.
    fn walk(&mut self, steps: &[Step], at: usize, live: bool) -> usize {
        let mut at = at;
        while let Some(step) = steps.get(at).copied() {
            at += 1;
            let holds = match step {
                Step::End => break,
                Step::In(field) => {
                    let is_inside = live && self.enter(field);
                    at = self.walk(steps, at, is_inside);
                    if is_inside {
                        self.canvas.leave();
                    }
                    continue;
                }
                Step::Each(field) => {
                    if live && self.enter(field) {
                        for index in 0..self.canvas.count() {
                            if self.canvas.enter_element(index) {
                                self.walk(steps, at, true);
                                self.canvas.leave();
                            }
                        }
                        self.canvas.leave();
                    }
                    false
                }
                Step::Has(field) => self.has(field),
                Step::Lacks(field) => !self.has(field),
                Step::Is(field, word) => self.field_is(field, word),
                Step::Not(field, word) => !self.field_is(field, word),
                Step::Untold => self.is_untold(),
                Step::Findings => self.has_findings(),
                Step::Embedded => C::IS_EMBEDDED,
                Step::OnPage => !C::IS_EMBEDDED,
                step => {
                    if live {
                        self.draw(step);
                    }
                    continue;
                }
            };
            at = self.walk(steps, at, live && holds);
        }
        at
    }

    fn is_untold(&mut self) -> bool {
        !TOLD.iter().any(|told| self.field_is(Name::Code, *told))
    }

    fn has_findings(&mut self) -> bool {
        let mut found = false;
        if self.enter(Name::Reasons) {
            for index in 0..self.canvas.count() {
                if self.canvas.enter_element(index) {
                    found |= self.is_untold();
                    self.canvas.leave();
                }
            }
            self.canvas.leave();
        }
        if self.enter(Name::Links) {
            found |= self.has(Name::CaseVariant) || self.has(Name::TradeUnit);
            self.canvas.leave();
        }
        found
    }
}
