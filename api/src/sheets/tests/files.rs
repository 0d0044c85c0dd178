//! Files that are no spreadsheet, or one that somebody made to do harm.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

fn read(bytes: &[u8]) -> Result<Book, Unreadable> {
    book(bytes, SheetFormat::Xlsx, Lang::Vi, &mut Album::none())
}

fn why(bytes: &[u8]) -> Unreadable {
    read(bytes).map(|book| book.len()).unwrap_err()
}

fn products() -> Vec<u8> {
    workbook(&[("Sản phẩm", &[&["Mã GTIN", "Tên sản phẩm"], &[G1, "Nước mắm"]])])
}

/// A workbook with parts put in place of its own.
pub(super) fn altered(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut whole = ZipArchive::new(Cursor::new(products())).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..whole.len() {
        let part = whole.by_index_raw(index).unwrap();
        let own = part.name().unwrap().into_owned();
        if !parts.iter().any(|(name, _)| *name == own) {
            writer.raw_copy_file(part).unwrap();
        }
    }
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn packed(names: &[&str]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_workbook_is_told_what_to_do() {
    assert_eq!(why(b""), Unreadable::NotASheet);
    assert_eq!(why(b"\x89PNG\r\n\x1a\n"), Unreadable::NotASheet);
    assert_eq!(why(&packed(&["word/document.xml"])), Unreadable::NotASheet);
    assert_eq!(why(&packed(&["[Content_Types].xml", "xl/workbook.bin"])), Unreadable::OtherWorkbook);
    assert_eq!(why(&packed(&["mimetype", "content.xml"])), Unreadable::OtherWorkbook);
    assert_eq!(why(&packed(&["[Content_Types].xml"])), Unreadable::Damaged);
    for why in [Unreadable::OldExcel, Unreadable::Encrypted, Unreadable::Bomb] {
        assert_ne!(why.say(Lang::Vi), why.say(Lang::En));
    }
}

#[test]
fn a_workbook_that_is_cut_short_or_mangled_never_panics() {
    let whole = products();
    for end in (0..whole.len()).step_by(whole.len() / 40 + 1) {
        assert!(read(&whole[..end]).is_err());
    }
    for at in (0..whole.len()).step_by(whole.len() / 120 + 1) {
        let mut mangled = whole.clone();
        mangled[at] ^= 0x55;
        let _ = read(&mangled);
    }
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read() {
    let blanks = vec![b' '; 100 * 1024 * 1024];
    let bytes = altered(&[("xl/worksheets/sheet1.xml", &blanks)]);
    assert!(bytes.len() < 1024 * 1024);
    assert_eq!(why(&bytes), Unreadable::Bomb);
    assert_eq!(why(&altered(&[("xl/styles.xml", &blanks[..3 * 1024 * 1024])])), Unreadable::Bomb);
    // A part that says it is small.
    let mut lying = altered(&[("xl/sharedStrings.xml", &blanks[..40 * 1024 * 1024])]);
    let size = u32::try_from(40 * 1024 * 1024).unwrap().to_le_bytes();
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
        }
    }
    assert!(matches!(why(&lying), Unreadable::Bomb | Unreadable::Damaged));
}

#[test]
fn a_table_of_texts_that_claims_to_be_huge_takes_no_memory() {
    let strings = br#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="90000000000"><si><t>a</t></si></sst>"#;
    assert_eq!(why(&altered(&[("xl/sharedStrings.xml", strings)])), Unreadable::Damaged);
}

#[test]
fn one_long_text_in_many_cells_is_not_copied_without_end() {
    let row = |row: u32| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>");
    let cells: String = (1..=4_000).map(row).collect();
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>"#
    );
    let strings = format!(
        r#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{}</t></si></sst>"#,
        "x".repeat(32_000)
    );
    let bytes =
        altered(&[("xl/worksheets/sheet1.xml", sheet.as_bytes()), ("xl/sharedStrings.xml", strings.as_bytes())]);
    assert_eq!(why(&bytes), Unreadable::TooManyCells);
}

#[test]
fn a_sheet_that_claims_every_cell_costs_what_it_holds() {
    let sheet = r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>GTIN</t></is></c><c r="B1" t="inlineStr"><is><t>Name</t></is></c></row><row r="1048576"><c r="A1048576"><v>9520000010010</v></c><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData><mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells></worksheet>"#;
    let book = read(&altered(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())])).unwrap();
    assert_eq!(book.len(), 1);
}

#[test]
fn other_sheets_are_passed_over_and_a_file_without_any_table_is_refused() {
    assert_eq!(why(&workbook(&[("Sheet1", &[&["xin", "chào"]])])), Unreadable::NoTable);
    assert_eq!(
        book(b"xin,ch\xC3\xA0o\n1,2\n", SheetFormat::Csv, Lang::Vi, &mut Album::none())
            .map(|book| book.len())
            .unwrap_err(),
        Unreadable::NoTable
    );
}

#[tokio::test]
async fn a_formula_whose_value_is_not_in_the_file_is_named() {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>GTIN</t></is></c><c r="B1" t="inlineStr"><is><t>Name</t></is></c></row><row r="2"><c r="A2"><v>{G1}</v></c><c r="B2"><f>C2</f></c></row></sheetData></worksheet>"#
    );
    let report = Registry::new().xlsx(&altered(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())])).await;
    let told = said(&report.rejected.list);
    assert!(told[0].starts_with("Sản phẩm!B2 (Tên sản phẩm): có công thức chưa được tính"), "{told:?}");
}
