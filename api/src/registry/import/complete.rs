//! A record that says only what it knows, such as the lot that an event makes: it fills in what is missing, and takes nothing
//! away from what somebody has declared.

use super::DeskError;
use super::portion::Work;
use super::report::{Warning, WarningCode};
use crate::registry::{Batch, LotRef, Record};

impl Work<'_> {
    /// What a record comes to over the one on record, and what has to be said of it; `None`: there is none, or it is of a kind
    /// that is always whole.
    pub(super) async fn completed(&mut self, record: &Record) -> Result<(Option<Record>, Vec<Warning>), DeskError> {
        let Record::Batch(told) = record else { return Ok((None, Vec::new())) };
        let Some(stored) = self.draft.lot(LotRef { gtin: told.gtin, lot: told.lot }).await? else {
            return Ok((None, Vec::new()));
        };
        let (batch, kept) = completed(&stored.batch, told);
        Ok((Some(Record::Batch(batch)), kept))
    }
}

/// A lot on record, with what it lacks. Where both say something else, what is on record stays, and that is said.
fn completed(stored: &Batch, told: &Batch) -> (Batch, Vec<Warning>) {
    let mut kept = Vec::new();
    let mut day = |field: &str, stored: Option<jiff::civil::Date>, told: Option<jiff::civil::Date>| {
        if let (Some(stored), Some(told)) = (stored, told)
            && stored != told
        {
            kept.push(Warning {
                field: field.to_owned(),
                code: WarningCode::NotRead,
                message: format!("is {stored} on record, and stays so: the event says {told}"),
            });
        }
        stored.or(told)
    };
    let produced = day("produced", stored.produced, told.produced);
    let expires = day("expires", stored.expires, told.expires);
    let best_before = day("best_before", stored.best_before, told.best_before);
    let mut inputs = stored.inputs.clone();
    inputs.extend(told.inputs.iter().filter(|input| !stored.inputs.contains(input)));
    (Batch { produced, expires, best_before, inputs, ..stored.clone() }, kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::read;

    fn batch(fields: &str) -> Batch {
        let text = format!(r#"{{"type": "batch", "gtin": "09520000010010", "lot": "B"{fields}}}"#);
        match read::record(&text).unwrap() {
            Record::Batch(batch) => batch,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_missing_is_filled_in_and_what_is_there_stays() {
        let whole = batch(
            r#", "produced": "2026-11-01", "expires": "2027-11-01", "inputs": [{"gtin": "09520000010010", "lot": "A"}],
                "source": {"level": "verified", "by": "Sở"}"#,
        );
        let event = batch(r#", "produced": "2026-11-02", "inputs": [{"gtin": "09520000010010", "lot": "C"}]"#);
        let (is, kept) = completed(&whole, &event);
        assert_eq!((is.produced, is.expires, &is.source), (whole.produced, whole.expires, &whole.source));
        assert_eq!(is.inputs.len(), 2);
        assert_eq!(kept.len(), 1, "another day is told of");
        let (filled, kept) = completed(&batch(""), &event);
        assert_eq!((filled.produced, filled.inputs.len(), kept.len()), (event.produced, 1, 0));
    }
}
