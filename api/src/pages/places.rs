//! The hand that reads a card, for every canvas that draws on this side.

use std::borrow::Cow;

use serde_json::Value;

/// Where reading is: the last place is in hand, the card itself is the first.
pub(super) struct Places<'a>(Vec<&'a Value>);

impl<'a> Places<'a> {
    pub(super) fn of(card: &'a Value) -> Self {
        Self(vec![card])
    }

    /// As [`Canvas::enter`](nguon_view::Canvas::enter).
    pub(super) fn enter(&mut self, field: &str) -> bool {
        let here = self.here();
        self.step_into(match here {
            _ if field.is_empty() => Some(here),
            Value::Array(list) => field.parse().ok().and_then(|index: usize| list.get(index)),
            here => here.get(field),
        })
    }

    /// As [`Canvas::enter_element`](nguon_view::Canvas::enter_element).
    pub(super) fn enter_element(&mut self, index: u32) -> bool {
        self.step_into(self.here().get(index as usize))
    }

    /// As [`Canvas::leave`](nguon_view::Canvas::leave).
    pub(super) fn leave(&mut self) {
        self.0.pop();
    }

    /// As [`Canvas::count`](nguon_view::Canvas::count).
    pub(super) fn count(&self) -> u32 {
        self.here().as_array().map_or(1, |list| list.len().try_into().unwrap_or(u32::MAX))
    }

    /// As [`Canvas::read`](nguon_view::Canvas::read).
    pub(super) fn read<'s>(&self, space: &'s mut [u8]) -> &'s [u8] {
        let text = self.text();
        let Some(taken) = space.get_mut(..text.len()) else { return &[] };
        taken.copy_from_slice(text.as_bytes());
        taken
    }

    /// The text in place, or a number or truth value as JSON writes it.
    pub(super) fn text(&self) -> Cow<'a, str> {
        match self.here() {
            Value::String(text) => Cow::Borrowed(text),
            Value::Number(number) => Cow::Owned(number.to_string()),
            Value::Bool(true) => Cow::Borrowed("true"),
            Value::Bool(false) => Cow::Borrowed("false"),
            Value::Null | Value::Array(_) | Value::Object(_) => Cow::Borrowed(""),
        }
    }

    fn here(&self) -> &'a Value {
        self.0.last().copied().unwrap_or(&Value::Null)
    }

    fn step_into(&mut self, value: Option<&'a Value>) -> bool {
        match value {
            None | Some(Value::Null) => false,
            Some(value) => {
                self.0.push(value);
                true
            }
        }
    }
}
