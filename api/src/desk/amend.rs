//! A recall that is on record, as a form to be changed in: texts, more lots, its state. What is recalled stays recalled
//! (`registry::import::fold`), so the form takes lots and gives none up.

use jiff::civil::Date;
use nguon_openapi::RecallStatus;

use super::recall::{RecallForm, Scope};
use super::wrong::{Wrong, needed};
use crate::registry::{Localised, Recall, RecallEntry};

impl RecallForm {
    /// What is on record, to be changed.
    #[must_use]
    pub fn of(entry: &RecallEntry) -> Self {
        let RecallEntry { recall, stamp, .. } = entry;
        let vi = |text: &Option<Localised>| text.as_ref().map(|it| it.vi.to_string()).unwrap_or_default();
        let en = |text: &Option<Localised>| {
            text.as_ref().and_then(|it| it.en.as_ref()).map(ToString::to_string).unwrap_or_default()
        };
        let reason = Some(recall.reason.clone());
        let serials = recall.scope.serials.iter();
        Self {
            id: recall.id.to_string(),
            gtin: recall.scope.gtin.to_string(),
            scope: match (&recall.scope.whole_product, recall.scope.lots.is_empty()) {
                (true, _) => Scope::Whole,
                (false, true) => Scope::Serials,
                (false, false) => Scope::Lots,
            },
            lots: lines(recall.scope.lots.iter().map(ToString::to_string)),
            serials: lines(
                serials.map(|it| if it.from == it.to { it.from.to_string() } else { format!("{} {}", it.from, it.to) }),
            ),
            reason_vi: vi(&reason),
            reason_en: en(&reason),
            hazard_vi: vi(&recall.hazard),
            hazard_en: en(&recall.hazard),
            where_vi: vi(&recall.where_to_find_lot),
            where_en: en(&recall.where_to_find_lot),
            remedy_vi: vi(&recall.remedy),
            remedy_en: en(&recall.remedy),
            return_vi: vi(&recall.return_to),
            return_en: en(&recall.return_to),
            phone: recall.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            issuer: recall.issuer.to_string(),
            document_no: recall.document_no.as_ref().map(ToString::to_string).unwrap_or_default(),
            from: recall.from.to_string(),
            class: Self::class_of(recall.class).to_owned(),
            status: String::new(),
            ended_reason: recall.ended_reason.as_ref().map(ToString::to_string).unwrap_or_default(),
            over: stamp.revision.to_string(),
        }
    }

    /// The record as it is to be, over the one that is. `today`: the day on which it ends, if it ends by this.
    ///
    /// # Errors
    /// Everything that is to be put right, in the order of the form.
    pub fn amended(&self, entry: &RecallEntry, today: Date) -> Result<Recall, Vec<Wrong>> {
        let before = &entry.recall;
        if self.over != entry.stamp.revision.to_string() {
            return Err(vec![Wrong::at(
                "",
                "Đợt thu hồi này vừa được người khác sửa: hãy mở lại rồi sửa tiếp.",
                "Somebody else has just changed this recall: open it anew, then change it.",
            )]);
        }
        // Which recall, and of what, is not the form's to say.
        let (id, gtin) = (before.id.to_string(), before.scope.gtin.to_string());
        let form = Self { id, gtin, ..self.clone() };
        let (status, mut wrongs) = match self.status.as_str() {
            "" => (before.status, Vec::new()),
            "active" => (RecallStatus::Active, Vec::new()),
            "closed" => (RecallStatus::Closed, Vec::new()),
            "withdrawn" => (RecallStatus::Withdrawn, Vec::new()),
            _ => (before.status, vec![Wrong::at("status", "Chọn một trạng thái.", "Choose a state.")]),
        };
        let (ended, ended_reason) = match status {
            RecallStatus::Active => (None, None),
            same if same == before.status => (before.ended, needed("ended_reason", &self.ended_reason, &mut wrongs)),
            _ => (Some(today), needed("ended_reason", &self.ended_reason, &mut wrongs)),
        };
        match form.recall(&before.scope.lots) {
            Err(mut found) => {
                found.extend(wrongs);
                Err(found)
            }
            Ok(_) if !wrongs.is_empty() => Err(wrongs),
            Ok(recall) => Ok(Recall { status, ended, ended_reason, ..recall }),
        }
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::registry::Stamp;

    fn entry(scope: &serde_json::Value) -> RecallEntry {
        let recall = serde_json::from_value(serde_json::json!({
            "id": "TH-1", "scope": scope, "status": "active", "class": "B",
            "reason": {"vi": "Phát hiện chất cấm", "en": "A banned substance"}, "remedy": {"vi": "Trả lại nơi mua"},
            "issuer": "Sở Mẫu", "from": "2026-11-29",
        }));
        let stamp = Stamp { revision: 7, at: jiff::Timestamp::UNIX_EPOCH };
        RecallEntry {
            recall: recall.unwrap(),
            derived: Vec::new(),
            derived_cut: false,
            publisher: "coop".try_into().unwrap(),
            stamp,
        }
    }

    fn lots() -> RecallEntry {
        entry(&serde_json::json!({"gtin": "09520000010010", "lots": ["A", "B"]}))
    }

    const TODAY: Date = date(2026, 12, 1);

    #[test]
    fn what_is_not_changed_stays_as_it_is() {
        for scope in [
            serde_json::json!({"gtin": "09520000010010", "lots": ["A", "B"]}),
            serde_json::json!({"gtin": "09520000010010", "serials": [{"from": "S1", "to": "S9"}]}),
            serde_json::json!({"gtin": "09520000010010", "lots": ["A"], "serials": [{"from": "S1", "to": "S1"}]}),
            serde_json::json!({"gtin": "09520000010010", "whole_product": true}),
        ] {
            let entry = entry(&scope);
            assert_eq!(RecallForm::of(&entry).amended(&entry, TODAY).unwrap(), entry.recall, "{scope}");
        }
    }

    #[test]
    fn lots_are_added_and_none_is_dropped() {
        let entry = lots();
        let form = RecallForm { lots: "C".into(), gtin: "9520000020019".into(), ..RecallForm::of(&entry) };
        let scope = form.amended(&entry, TODAY).unwrap().scope;
        assert_eq!(scope.lots.iter().map(ToString::to_string).collect::<Vec<_>>(), ["A", "B", "C"]);
        assert_eq!(scope.gtin, entry.recall.scope.gtin);
    }

    #[test]
    fn an_end_has_its_day_and_its_reason() {
        let entry = lots();
        let closed = RecallForm { status: "closed".into(), ..RecallForm::of(&entry) };
        assert_eq!(closed.amended(&entry, TODAY).unwrap_err()[0].field, "ended_reason");
        let closed = RecallForm { ended_reason: "Đã thu đủ".into(), ..closed }.amended(&entry, TODAY).unwrap();
        assert_eq!((closed.status, closed.ended), (RecallStatus::Closed, Some(TODAY)));
    }

    #[test]
    fn what_somebody_else_has_changed_meanwhile_is_not_overwritten() {
        let entry = lots();
        let form = RecallForm { over: "6".into(), ..RecallForm::of(&entry) };
        assert_eq!(form.amended(&entry, TODAY).unwrap_err().len(), 1);
    }
}
