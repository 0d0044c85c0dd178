//! Cells that hold a list, or a word out of one.

use nguon_openapi::{CertificateKind, Lang};
use serde_json::{Value, json};

use super::{Said, Trouble};
use crate::registry::Text;
use crate::registry::schema::{KINDS, STAGES};
use crate::sheets::fold::folded;
use crate::sheets::grid::Cell;
use crate::verify::{certificate_kind, stage as stage_name};

/// The parts of a cell.
pub(super) fn separated(text: &str, separators: &[char]) -> Vec<String> {
    text.split(separators).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Lines of text, each put into its place.
pub(super) fn texts(text: &str, place: impl Fn(&str) -> Value) -> Result<Said, Trouble> {
    let mut lines = Vec::new();
    for line in separated(text, &[';', '\n']) {
        let line = Text::try_from(line).map_err(Trouble::Text)?;
        lines.push(place(line.as_str()));
    }
    Ok(Value::Array(lines).into())
}

/// "Không áp dụng", and what else people write for it.
pub(super) fn is_not_applicable(text: &str) -> bool {
    matches!(folded(text).as_str(), "khong ap dung" | "khong co" | "not applicable" | "n a" | "khong" | "none")
}

/// Yes or no.
pub(super) fn yes_or_no(cell: &Cell, text: &str) -> Result<Said, Trouble> {
    if let Cell::Bool(value) = cell {
        return Ok(json!(value).into());
    }
    if matches!(text, "✓" | "✔" | "☑" | "+") {
        return Ok(json!(true).into());
    }
    match folded(text).as_str() {
        "co" | "yes" | "y" | "x" | "true" | "1" | "dung" => Ok(json!(true).into()),
        "khong" | "no" | "n" | "false" | "0" | "sai" => Ok(json!(false).into()),
        _ if matches!(text, "-" | "–") => Ok(json!(false).into()),
        _ => Err(Trouble::NoYesNo),
    }
}

/// What a card calls the stage of a record; `None`: it is none.
pub(in crate::sheets) fn stage_word(wire: &Value, lang: Lang) -> Option<&'static str> {
    STAGES.into_iter().find(|stage| json!(stage) == *wire).map(|stage| stage_name(stage, lang))
}

/// What a card calls the family of a certificate; `None`: it is none.
pub(in crate::sheets) fn family_name(wire: &Value, lang: Lang) -> Option<&'static str> {
    KINDS.into_iter().find(|kind| json!(kind) == *wire).map(|kind| certificate_kind(kind, lang))
}

/// A stage.
pub(super) fn stage(text: &str) -> Result<Said, Trouble> {
    let word = folded(text);
    let also = |wire: &str| -> &[&str] {
        match wire {
            "growing" => &["nuoi", "trong", "nuoi trong", "gieo trong", "san xuat nguyen lieu"],
            "harvesting" => &["harvesting", "thu hai", "danh bat"],
            "receiving" => &["receiving", "tiep nhan nguyen lieu", "nhap nguyen lieu", "nhap kho nguyen lieu"],
            "processing" => &["san xuat", "so che", "che bien"],
            "inspecting" => &["inspecting", "kiem tra", "kiem nghiem", "kiem tra chat luong"],
            "packing" => &["packing", "dong goi", "dong chai", "gan ma", "dan tem"],
            "storing" => &["storing", "bao quan", "nhap kho", "luu kho"],
            "shipping" => &["shipping", "van chuyen", "giao hang", "phan phoi", "xuat kho"],
            "retail_selling" => &["retail selling", "ban le", "ban hang", "bay ban"],
            _ => &["khac", "other"],
        }
    };
    let found = STAGES.into_iter().find(|stage| {
        let wire = json!(stage);
        let names = Lang::ALL.map(|lang| folded(stage_name(*stage, lang)));
        names.contains(&word) || also(wire.as_str().unwrap_or_default()).contains(&word.as_str())
    });
    found.map(|stage| json!(stage).into()).ok_or_else(|| {
        let names = |lang| STAGES.map(|stage| stage_name(stage, lang)).join(" · ");
        Trouble::NotListed(names(Lang::Vi), names(Lang::En))
    })
}

/// A family of certificates; "OCOP 4 sao" says its stars too.
pub(super) fn family(text: &str) -> Result<Said, Trouble> {
    let word = folded(text);
    let ocop = word.strip_prefix("ocop ").or_else(|| word.strip_prefix("chung nhan ocop "));
    if let Some(stars) = ocop.and_then(|rest| rest.split(' ').next()?.parse::<u8>().ok()) {
        return Ok(Said::Family(json!(CertificateKind::Ocop), Some(stars)));
    }
    let also = |kind: CertificateKind| -> &[&str] {
        match kind {
            CertificateKind::Ocop => &["chung nhan ocop", "san pham ocop"],
            CertificateKind::Vietgap => &["viet gap"],
            CertificateKind::Globalgap => &["globalgap", "global gap"],
            CertificateKind::Organic => &["tcvn 11041", "san pham huu co", "nong nghiep huu co"],
            CertificateKind::Iso22000 => &["iso22000", "iso 22000 2018"],
            CertificateKind::PlantingArea => &["ma vung trong", "planting area"],
            CertificateKind::GeographicalIndication => &["cddl", "gi"],
            CertificateKind::Trademark => &["nhan hieu", "trademark"],
            CertificateKind::Other => &["khac", "other", "chung nhan khac"],
            _ => &[],
        }
    };
    let found = KINDS.into_iter().find(|kind| {
        let names = Lang::ALL.map(|lang| folded(certificate_kind(*kind, lang)));
        names.contains(&word) || also(*kind).contains(&word.as_str())
    });
    found.map(|kind| Said::Family(json!(kind), None)).ok_or_else(|| {
        let names = |lang| KINDS.map(|kind| certificate_kind(kind, lang)).join(" · ");
        Trouble::NotListed(names(Lang::Vi), names(Lang::En))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_a_card_shows_is_understood() {
        for lang in Lang::ALL {
            for kind in KINDS {
                assert_eq!(family(certificate_kind(kind, lang)), Ok(Said::Family(json!(kind), None)));
            }
            for word in STAGES {
                assert_eq!(stage(stage_name(word, lang)), Ok(json!(word).into()));
            }
        }
        assert_eq!(family("OCOP 4 sao"), Ok(Said::Family(json!("ocop"), Some(4))));
        assert_eq!(stage("ĐÓNG GÓI"), Ok(json!("packing").into()));
        assert!(matches!(stage("nấu"), Err(Trouble::NotListed(_, _))));
    }

    #[test]
    fn yes_and_no_are_what_people_write() {
        let read = |text: &str| yes_or_no(&Cell::Text(text.to_owned()), text);
        for yes in ["Có", "x", "X", "✓", "yes", "1"] {
            assert_eq!(read(yes), Ok(json!(true).into()), "{yes}");
        }
        for no in ["không", "No", "0", "-"] {
            assert_eq!(read(no), Ok(json!(false).into()), "{no}");
        }
        assert_eq!(read("có thể"), Err(Trouble::NoYesNo));
    }
}
