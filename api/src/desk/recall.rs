//! A recall as somebody fills it in, and as the record that it makes.

use gs1::{Lot, Serial};
use jiff::civil::Date;
use nguon_openapi::{RecallClass, RecallStatus};
use serde::Deserialize;

use super::wrong::{Wrong, gtin, localised, needed, optional};
use crate::registry::{Declared as _, Id, Recall, RecallId, RecallScope, SerialRange};

/// Most lots, and most ranges of serials, of one recall.
const MOST: usize = 1_000;

/// What a form says is recalled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The lots that it lists.
    #[default]
    Lots,
    /// The serials that it lists.
    Serials,
    /// Every lot.
    Whole,
}

impl Scope {
    /// The word in the form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lots => "lots",
            Self::Serials => "serials",
            Self::Whole => "whole",
        }
    }
}

/// A recall as it was typed. Nothing in it has been read yet, so that it can be shown again as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named as the fields of the record")]
pub struct RecallForm {
    pub id: String,
    pub gtin: String,
    pub scope: Scope,
    pub lots: String,
    pub serials: String,
    pub reason_vi: String,
    pub reason_en: String,
    pub hazard_vi: String,
    pub hazard_en: String,
    pub where_vi: String,
    pub where_en: String,
    pub remedy_vi: String,
    pub remedy_en: String,
    pub return_vi: String,
    pub return_en: String,
    pub phone: String,
    pub issuer: String,
    pub document_no: String,
    pub from: String,
    pub class: String,
    /// Of one that is on record: what it is to become. Empty: as it is.
    pub status: String,
    /// Why it is closed or withdrawn.
    pub ended_reason: String,
    /// The revision of the record that somebody looked at.
    pub over: String,
}

impl RecallForm {
    /// Every field with its value, as they go from one step to the next.
    #[must_use]
    pub fn fields(&self) -> [(&'static str, &str); 23] {
        [
            ("id", &self.id),
            ("gtin", &self.gtin),
            ("scope", self.scope.as_str()),
            ("lots", &self.lots),
            ("serials", &self.serials),
            ("reason_vi", &self.reason_vi),
            ("reason_en", &self.reason_en),
            ("hazard_vi", &self.hazard_vi),
            ("hazard_en", &self.hazard_en),
            ("where_vi", &self.where_vi),
            ("where_en", &self.where_en),
            ("remedy_vi", &self.remedy_vi),
            ("remedy_en", &self.remedy_en),
            ("return_vi", &self.return_vi),
            ("return_en", &self.return_en),
            ("phone", &self.phone),
            ("issuer", &self.issuer),
            ("document_no", &self.document_no),
            ("from", &self.from),
            ("class", &self.class),
            ("status", &self.status),
            ("ended_reason", &self.ended_reason),
            ("over", &self.over),
        ]
    }

    /// The record of a new recall.
    ///
    /// # Errors
    /// Everything that is to be put right, in the order of the form.
    pub fn read(&self) -> Result<Recall, Vec<Wrong>> {
        self.recall(&[])
    }

    /// The record, `known` being lots that are recalled already: they stay, whatever the form says.
    pub(super) fn recall(&self, known: &[Lot]) -> Result<Recall, Vec<Wrong>> {
        let mut wrongs = Vec::new();
        let gtin = gtin("gtin", &self.gtin, &mut wrongs);
        let (lots, serials) = match self.scope {
            // One that is on record may name both.
            Scope::Lots if !known.is_empty() && !self.serials.trim().is_empty() => {
                (lots(&self.lots, known, &mut wrongs), ranges("serials", &self.serials, &mut wrongs))
            }
            Scope::Lots => (lots(&self.lots, known, &mut wrongs), Vec::new()),
            Scope::Serials => (Vec::new(), ranges("serials", &self.serials, &mut wrongs)),
            Scope::Whole => Default::default(),
        };
        let reason = localised(["reason_vi", "reason_en"], [&self.reason_vi, &self.reason_en], true, &mut wrongs);
        let hazard = localised(["hazard_vi", "hazard_en"], [&self.hazard_vi, &self.hazard_en], false, &mut wrongs);
        let place = localised(["where_vi", "where_en"], [&self.where_vi, &self.where_en], false, &mut wrongs);
        let remedy = localised(["remedy_vi", "remedy_en"], [&self.remedy_vi, &self.remedy_en], true, &mut wrongs);
        let return_to = localised(["return_vi", "return_en"], [&self.return_vi, &self.return_en], false, &mut wrongs);
        let phone = optional("phone", &self.phone, &mut wrongs);
        let issuer = needed("issuer", &self.issuer, &mut wrongs);
        let document_no = optional("document_no", &self.document_no, &mut wrongs);
        let from = self.from.trim().parse::<Date>();
        if from.is_err() {
            wrongs.push(Wrong::at("from", "Chọn ngày bắt đầu thu hồi.", "Choose the day on which the recall begins."));
        }
        let class = class(&self.class, &mut wrongs);
        let id = Id::try_from(self.id.as_str());
        if id.is_err() {
            wrongs.push(Wrong::at(
                "",
                "Mã đợt thu hồi chưa đúng: hãy mở lại mẫu.",
                "The recall has no identifier: open the form anew.",
            ));
        }
        let (Some(gtin), Some(reason), Some(issuer), Ok(from), Ok(id)) = (gtin, reason, issuer, from, id) else {
            return Err(wrongs);
        };
        let whole_product = self.scope == Scope::Whole;
        let recall = Recall {
            id: RecallId(id),
            scope: RecallScope { gtin, whole_product, lots, serials },
            status: RecallStatus::Active,
            class,
            reason,
            hazard,
            where_to_find_lot: place,
            remedy,
            return_to,
            phone,
            issuer,
            document_no,
            from,
            ended: None,
            ended_reason: None,
        };
        if wrongs.is_empty() {
            wrongs.extend(recall.faults().into_vec().iter().map(|fault| Wrong::of_fault(fault, field_of)));
        }
        if wrongs.is_empty() { Ok(recall) } else { Err(wrongs) }
    }
}

impl RecallForm {
    /// The class of a form.
    pub(super) const fn class_of(class: Option<RecallClass>) -> &'static str {
        match class {
            None => "",
            Some(RecallClass::A) => "A",
            Some(RecallClass::B) => "B",
            Some(RecallClass::C) => "C",
        }
    }

    /// The field of the form that a path of the record stands in.
    #[must_use]
    pub fn field_of(path: &str) -> &'static str {
        field_of(path)
    }
}

fn field_of(path: &str) -> &'static str {
    match path {
        "scope.gtin" => "gtin",
        path if path.starts_with("scope.serials") => "serials",
        path if path.starts_with("scope") => "lots",
        "from" => "from",
        "status" => "status",
        "ended" | "ended_reason" => "ended_reason",
        _ => "",
    }
}

/// Lots, one a line: a column of a spreadsheet can be pasted. The same one twice counts once.
fn lots(raw: &str, known: &[Lot], wrongs: &mut Vec<Wrong>) -> Vec<Lot> {
    let mut lots: Vec<Lot> = known.to_vec();
    for line in raw.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match Lot::try_from(line) {
            Ok(lot) if lots.contains(&lot) => {}
            Ok(lot) => lots.push(lot),
            Err(_) => {
                wrongs.push(no_such("lots", "Số lô", "The lot", line));
                return lots;
            }
        }
    }
    if lots.is_empty() {
        wrongs.push(Wrong::at("lots", "Ghi ít nhất một số lô, mỗi lô một dòng.", "Give at least one lot, one a line."));
    } else if lots.len() > MOST {
        wrongs.push(Wrong::at(
            "lots",
            "Tối đa 1.000 lô một đợt: hãy chia ra.",
            "At most 1,000 lots in one recall: divide them.",
        ));
    }
    lots
}

/// Ranges of serials, one a line: first and last with a blank or a tab between them, or one serial alone.
pub(super) fn ranges(field: &'static str, raw: &str, wrongs: &mut Vec<Wrong>) -> Vec<SerialRange> {
    let mut found = Vec::new();
    for line in raw.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut ends = line.split_whitespace();
        let (first, last, more) = (ends.next().unwrap_or_default(), ends.next(), ends.next());
        let ends = (Serial::try_from(first), last.map_or(Serial::try_from(first), Serial::try_from), more);
        let (Ok(from), Ok(to), None) = ends else {
            wrongs.push(no_such(field, "Số sê-ri", "The serial", line));
            return found;
        };
        let range = SerialRange { from, to };
        if range.fault().is_some() {
            let line = shown(line);
            wrongs.push(Wrong::at(
                field,
                format!("“{line}”: số đầu và số cuối phải dài bằng nhau, số cuối không đứng trước số đầu."),
                format!("“{line}”: first and last are of one length, and the last is not before the first."),
            ));
            return found;
        }
        found.push(range);
    }
    if found.is_empty() {
        wrongs.push(Wrong::at(field, "Ghi ít nhất một số sê-ri hoặc một dải.", "Give at least one serial or range."));
    } else if found.len() > MOST {
        wrongs.push(Wrong::at(
            field,
            "Tối đa 1.000 dải một lần: hãy chia ra.",
            "At most 1,000 ranges at a time: divide them.",
        ));
    }
    found
}

pub(super) fn no_such(field: &'static str, vi: &str, en: &str, line: &str) -> Wrong {
    let line = shown(line);
    Wrong::at(
        field,
        format!("{vi} “{line}” chưa đúng: 1 đến 20 chữ cái không dấu, chữ số hoặc dấu gạch, không có dấu cách."),
        format!("{en} “{line}” is none: 1 to 20 letters without accents, digits or hyphens, and no blanks."),
    )
}

/// The beginning of a line, for a message.
fn shown(line: &str) -> String {
    let kept: String = line.chars().take(40).collect();
    if kept.len() < line.len() { format!("{kept}…") } else { kept }
}

fn class(raw: &str, wrongs: &mut Vec<Wrong>) -> Option<RecallClass> {
    match raw {
        "" => None,
        "A" => Some(RecallClass::A),
        "B" => Some(RecallClass::B),
        "C" => Some(RecallClass::C),
        _ => {
            wrongs.push(Wrong::at("class", "Chọn A, B, C hoặc để trống.", "Choose A, B or C, or leave it open."));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use nguon_openapi::Lang;

    use super::*;

    fn filled() -> RecallForm {
        RecallForm {
            id: "TH-1".into(),
            gtin: "9520000010010".into(),
            lots: "L01A\r\nL01B\r\n\r\nL01A".into(),
            reason_vi: "Phát hiện chất\ncấm".into(),
            remedy_vi: "Trả lại nơi mua".into(),
            issuer: "Sở Mẫu".into(),
            from: "2026-11-29".into(),
            ..RecallForm::default()
        }
    }

    #[test]
    fn a_filled_form_is_a_recall_and_a_column_pasted_from_a_sheet_is_its_lots() {
        let recall = filled().read().unwrap();
        assert_eq!(recall.scope.gtin.as_str(), "09520000010010");
        assert_eq!(recall.scope.lots.iter().map(ToString::to_string).collect::<Vec<_>>(), ["L01A", "L01B"]);
        assert_eq!(recall.reason.vi.as_str(), "Phát hiện chất cấm");
        let serials = RecallForm { scope: Scope::Serials, serials: "A001\tA099\nB7".into(), ..filled() };
        let serials = serials.read().unwrap().scope.serials;
        assert_eq!((serials.len(), serials[1].from), (2, serials[1].to));
        let whole = RecallForm { scope: Scope::Whole, ..filled() }.read().unwrap().scope;
        assert!(whole.whole_product && whole.lots.is_empty());
    }

    #[test]
    fn everything_that_is_to_be_put_right_is_said_beside_its_field_in_both_languages() {
        let wrongs = RecallForm { id: "TH-1".into(), ..RecallForm::default() }.read().unwrap_err();
        let fields: Vec<_> = wrongs.iter().map(|wrong| wrong.field).collect();
        assert_eq!(fields, ["gtin", "lots", "reason_vi", "remedy_vi", "issuer", "from"]);
        for form in [
            RecallForm { gtin: "9520000010011".into(), ..filled() },
            RecallForm { lots: "LÔ 1".into(), ..filled() },
            RecallForm { scope: Scope::Serials, serials: "B2 B1".into(), ..filled() },
            RecallForm { scope: Scope::Serials, serials: "A B C".into(), ..filled() },
            RecallForm { class: "D".into(), ..filled() },
            RecallForm { hazard_en: "English alone".into(), ..filled() },
            RecallForm { phone: "x".repeat(501), ..filled() },
        ] {
            let wrongs = form.read().unwrap_err();
            assert_eq!(wrongs.len(), 1, "{wrongs:?}");
            assert!(!wrongs[0].say(Lang::Vi).is_empty() && wrongs[0].say(Lang::Vi) != wrongs[0].say(Lang::En));
        }
        let digit = RecallForm { gtin: "9520000010011".into(), ..filled() }.read().unwrap_err();
        assert!(digit[0].say(Lang::Vi).contains('0'), "{digit:?}");
    }

    #[test]
    fn what_was_typed_goes_from_step_to_step_as_it_was() {
        let form = filled();
        let pairs: Vec<_> = form.fields().into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        let sent = serde_json::Value::Object(
            pairs.into_iter().map(|(name, value)| (name.to_owned(), serde_json::Value::String(value))).collect(),
        );
        assert_eq!(serde_json::from_value::<RecallForm>(sent).unwrap(), form);
    }
}
