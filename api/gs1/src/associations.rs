//! What the AIs of one message demand of each other.
//!
//! General Specifications 4.14 (repetition, mandatory association, invalid pairs). The demands are
//! those of the table; they hold for all codes on one item together, which is why the ordinary
//! reading only remarks on them.

use crate::ai::Ai;
use crate::elements::{Element, Elements};
use crate::error::{ErrorCode, ParseError};

impl Elements<'_> {
    /// All demands: no AI twice with different values, no AIs that exclude each other, none without
    /// those that it must stand beside, no digital signature beside a key without serial component.
    ///
    /// # Errors
    /// The first demand that is not met.
    pub fn check_associations(&self) -> Result<(), ParseError> {
        self.check_exclusions()?;
        self.check_requirements()?;
        self.check_repetitions()?;
        self.check_signature()
    }

    /// Each AI once: its demands are the same wherever it stands.
    fn firsts(&self) -> impl Iterator<Item = Element<'_>> {
        self.iter()
            .enumerate()
            .filter(|(i, element)| !self.iter().take(*i).any(|before| before.ai() == element.ai()))
            .map(|(_, element)| element)
    }

    /// No AI twice with different values.
    ///
    /// # Errors
    /// The first such AI.
    pub fn check_repetitions(&self) -> Result<(), ParseError> {
        for (i, element) in self.iter().enumerate() {
            let before = self.iter().take(i).find(|e| e.ai() == element.ai());
            if before.is_some_and(|before| before.value() != element.value()) {
                return Err(ParseError::in_ai(ErrorCode::RepeatedAi, element.start(), element.ai()));
            }
        }
        Ok(())
    }

    /// No AIs that exclude each other.
    ///
    /// # Errors
    /// The first AI that stands beside one that it excludes.
    pub fn check_exclusions(&self) -> Result<(), ParseError> {
        for element in self.firsts() {
            let ai = element.ai();
            let excluded = ai.row().map_or("", |row| row.without);
            let beside = |pattern| self.iter().any(|other| other.ai() != ai && matches(pattern, other.ai()));
            if excluded.split_ascii_whitespace().any(beside) {
                return Err(ParseError::in_ai(ErrorCode::Without, element.start(), ai));
            }
        }
        Ok(())
    }

    /// No AI without those that it must stand beside.
    ///
    /// # Errors
    /// The first AI that lacks another.
    pub fn check_requirements(&self) -> Result<(), ParseError> {
        for element in self.firsts() {
            let ai = element.ai();
            let required = ai.row().map_or("", |row| row.with);
            let present = |pattern| self.iter().any(|other| matches(pattern, other.ai()));
            let met = required.is_empty()
                || required.split_ascii_whitespace().any(|together| together.split('+').all(present));
            if !met {
                return Err(ParseError::in_ai(ErrorCode::With, element.start(), ai));
            }
        }
        Ok(())
    }

    /// A digital signature (AI 8030) signs one object, so that a key whose serial component is
    /// optional must have it.
    ///
    /// # Errors
    /// The key without serial component.
    pub fn check_signature(&self) -> Result<(), ParseError> {
        if self.number(8030).is_none() {
            return Ok(());
        }
        for (number, without_serial) in [(253, 13), (255, 13), (8003, 14)] {
            let Some(key) = self.number(number) else {
                continue;
            };
            if key.value().as_bytes().len() <= without_serial {
                return Err(ParseError::in_ai(ErrorCode::DigsigSerial, key.start(), key.ai()));
            }
        }
        Ok(())
    }
}

/// Whether an AI is the one that a pattern such as `31..` describes.
fn matches(pattern: &str, ai: Ai) -> bool {
    if pattern.len() != ai.len() {
        return false;
    }
    let mut left = ai.number();
    pattern.bytes().rev().all(|byte| {
        let digit = left % 10;
        left /= 10;
        byte == b'.' || u16::from(byte.wrapping_sub(b'0')) == digit
    })
}
