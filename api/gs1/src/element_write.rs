//! Writing elements as an element string or with brackets.
//!
//! General Specifications 7.8.4 (where FNC1 goes) and 4.15 (brackets).

use core::fmt;

use crate::elements::Elements;

impl Elements<'_> {
    /// Writes them as an element string, with `fnc1` in front, and behind a value that is not of
    /// predefined length unless it is the last.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_element_string(&self, fnc1: char, w: &mut impl fmt::Write) -> fmt::Result {
        let mut separate = true;
        for element in self.iter() {
            if separate {
                w.write_char(fnc1)?;
            }
            write!(w, "{}{}", element.ai(), element.value())?;
            separate = !element.ai().row().is_some_and(crate::ai::Row::is_predefined);
        }
        Ok(())
    }

    /// Writes them with brackets around the AIs, as under a barcode.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_bracketed(&self, w: &mut impl fmt::Write) -> fmt::Result {
        for element in self.iter() {
            write!(w, "({})", element.ai())?;
            for character in element.value().as_str().chars() {
                if character == '(' {
                    w.write_char('\\')?;
                }
                w.write_char(character)?;
            }
        }
        Ok(())
    }
}
