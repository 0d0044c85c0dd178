//! How to reach a reporter: kept apart, and shown in no log.

use core::fmt;

use serde::{Deserialize, Serialize};

/// A telephone number or an e-mail address, as it was given. What it may be is checked before (`reports`).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReporterContact(pub String);

/// Without a word of it.
impl fmt::Debug for ReporterContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReporterContact(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_for_a_log_holds_no_word_of_it() {
        let printed = format!("{:?}", ReporterContact("0912 345 678".to_owned()));
        assert!(!printed.contains(|c: char| c.is_ascii_digit()), "{printed}");
    }
}
