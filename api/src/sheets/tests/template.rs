//! The template, and the way back.

use super::*;
use crate::sheets::fold::folded;
use crate::sheets::template as form;

#[tokio::test]
async fn an_empty_template_declares_nothing_and_troubles_nobody() {
    for lang in Lang::ALL {
        let bytes = form::workbook(lang).unwrap();
        let report = Registry::new().import_in(&bytes, SheetFormat::Xlsx, lang, order()).await;
        assert_eq!((report.read, report.rejected.total, report.warnings.total), (0, 0, 0), "{report:?}");
        for (name, bytes) in form::csv(lang).unwrap() {
            let report = Registry::new().import_in(&bytes, SheetFormat::Csv, lang, order()).await;
            assert_eq!((report.read, report.rejected.total, report.warnings.total), (0, 0, 0), "{name}: {report:?}");
        }
    }
}

#[tokio::test]
async fn the_example_is_right_once_its_mark_is_gone() {
    for lang in Lang::ALL {
        let registry = Registry::new();
        for (name, bytes) in form::csv(lang).unwrap() {
            let text = String::from_utf8(bytes).unwrap().replace("VÍ DỤ: ", "").replace("EXAMPLE: ", "");
            // Nobody has sent a picture.
            let text = text.replace("nuoc-mam.jpg", "").replace("fish-sauce.jpg", "");
            let report = registry.import_in(text.as_bytes(), SheetFormat::Csv, lang, order()).await;
            assert_eq!((said(&report.rejected.list), report.changed), (Vec::new(), 1), "{name}");
        }
    }
}

#[tokio::test]
async fn an_example_that_was_changed_under_its_mark_is_said() {
    let registry = Registry::new();
    let report = registry.csv("Mã GTIN;Tên sản phẩm\nVÍ DỤ: 9520000010010;Mật ong rừng\n").await;
    assert_eq!((report.read, report.warnings.total), (0, 1));
}

#[test]
fn every_heading_of_the_template_is_read_back() {
    for table in &TABLES {
        for (at, column) in table.columns.iter().enumerate() {
            for heading in [column.heading.vi, column.heading.en] {
                assert_eq!(table.column(&format!("{heading} *")), Some(at), "{heading}");
                assert!(!folded(heading).is_empty());
            }
        }
    }
}

#[test]
fn the_same_template_is_the_same_file() {
    assert_eq!(form::workbook(Lang::Vi).unwrap(), form::workbook(Lang::Vi).unwrap());
}
