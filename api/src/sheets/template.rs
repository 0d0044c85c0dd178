//! The empty form: a workbook, or a CSV file for each sheet, made from the table of columns.
//!
//! Every cell of a workbook is text, dates too: a spreadsheet then changes nothing that is typed, neither the zeros in front
//! of a code nor the order of day and month.

use nguon_openapi::Lang;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Note, Workbook, Worksheet,
    XlsxError,
};

use super::columns::{Column, Kind, Reads, TABLES, Table, Words};
use super::fold::{folded, slug};
use crate::registry::schema::{KINDS, STAGES};
use crate::verify::{certificate_kind, stage};

/// Rows of a sheet that have drop-downs.
const ROWS: u32 = 1_000;
/// Longest list that a drop-down may spell out, in characters.
const LIST_CHARACTERS: usize = 255;
/// What marks the example.
const EXAMPLE: Words = Words { vi: "VÍ DỤ: ", en: "EXAMPLE: " };
/// The sheet that explains the others.
const GUIDE: Words = Words { vi: "Hướng dẫn", en: "Guide" };

const GUIDE_LINES: [Words; 9] = [
    Words {
        vi: "Điền các trang sau, rồi lưu và gửi tệp này. Cột có dấu * là bắt buộc; để trống cột khác nếu chưa có.",
        en: "Fill in the sheets that follow, save, and send this file. Columns with * are needed; leave others blank.",
    },
    Words {
        vi: "Trỏ chuột vào tiêu đề cột để xem ghi chú. Dòng VÍ DỤ không được nạp: ghi đè lên hoặc bỏ qua.",
        en: "Point at a heading to see its note. The row EXAMPLE is not loaded: write over it, or leave it.",
    },
    Words {
        vi: "Mọi ô đều ở dạng Văn bản: Excel sẽ không bỏ số 0 ở đầu mã và không đổi ngày.",
        en: "Every cell is Text: Excel neither drops leading zeros nor changes a date.",
    },
    Words {
        vi: "Ngày viết ngày/tháng/năm: 03/04/2026 là ngày 3 tháng 4.",
        en: "Dates are day/month/year: 03/04/2026 is 3 April.",
    },
    Words {
        vi: "Đơn vị: điền một lần; ở trang Sản phẩm chỉ cần chọn tên. Lô, công đoạn và chứng nhận chỉ cần Mã GTIN.",
        en: "Producers are written once, and chosen by name in the sheet Products. Lots, stages and certificates need the GTIN alone.",
    },
    Words {
        vi: "Ảnh: ghi tên tệp, và gửi kèm thư mục hoặc tệp ZIP chứa ảnh (JPEG, PNG, WebP). Ảnh sẽ được thu nhỏ, bỏ vị trí chụp.",
        en: "Pictures: write the names of their files, and send the folder or ZIP along (JPEG, PNG, WebP). They are made small, and where they were taken is removed.",
    },
    Words {
        vi: "Mỗi dòng là toàn bộ bản ghi: gửi lại với ô trống nghĩa là bỏ nội dung đó. Xoá dòng không xoá gì; muốn rút thì ghi Có ở cột Rút bản ghi.",
        en: "A row is the whole record: a blank cell takes its content away. Deleting a row deletes nothing; write Yes under Withdraw.",
    },
    Words {
        vi: "Gửi lại cùng một tệp không thay đổi gì. Dòng sai được báo kèm ô và cách sửa; các dòng khác vẫn được nạp.",
        en: "Sending the same file again changes nothing. Wrong rows are named with their cell and what to do; the others load.",
    },
    Words {
        vi: "Thông tin do đơn vị khai báo và sẽ hiện công khai: không ghi dữ liệu cá nhân ngoài thông tin liên hệ của cơ sở.",
        en: "What is written here is declared by you and shown to everybody: no personal data but the contact of the business.",
    },
];

/// Whether a sheet is the one that explains the others.
pub(super) fn is_guide(name: Option<&str>) -> bool {
    name.is_some_and(|name| [GUIDE.vi, GUIDE.en].iter().any(|guide| folded(guide) == folded(name)))
}

/// Whether a text stands in the example of a sheet.
pub(super) fn is_of_example(table: &Table, text: &str) -> bool {
    table.columns.iter().any(|column| column.example.vi == text || column.example.en == text)
}

/// The workbook.
///
/// # Errors
/// When it cannot be put together; no input of a caller leads there.
pub fn workbook(lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same form is the same file.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("Nguon").set_creation_datetime(&made));
    guide(workbook.add_worksheet(), lang)?;
    for table in &TABLES {
        sheet(workbook.add_worksheet(), table, lang)?;
    }
    workbook.save_to_buffer()
}

fn guide(sheet: &mut Worksheet, lang: Lang) -> Result<(), XlsxError> {
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(GUIDE.pick(lang))?.set_column_width(0, 110)?;
    for (row, line) in (0..).zip(GUIDE_LINES) {
        sheet.write_string_with_format(row, 0, line.pick(lang), &text)?;
    }
    Ok(())
}

fn sheet(sheet: &mut Worksheet, table: &Table, lang: Lang) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let example = text.clone().set_italic().set_font_color(Color::Gray);
    let head = Format::new().set_bold().set_text_wrap().set_background_color(Color::RGB(0x00E2_EFDA));
    let needed = head.clone().set_background_color(Color::RGB(0x00A9_D08E));
    sheet.set_name(table.name.pick(lang))?.set_freeze_panes(1, 1)?;
    for (at, column) in (0..).zip(table.form()) {
        sheet.set_column_width(at, column.width)?.set_column_format(at, &text)?;
        let format = if column.required { &needed } else { &head };
        sheet.write_string_with_format(0, at, heading(column, lang), format)?;
        sheet.insert_note(
            0,
            at,
            &Note::new(column.note.pick(lang)).add_author_prefix(false).set_width(320).set_height(90),
        )?;
        let mark = if at == 0 { EXAMPLE.pick(lang) } else { "" };
        sheet.write_string_with_format(1, at, format!("{mark}{}", column.example.pick(lang)), &example)?;
        if let Some(choice) = choice(table.kind, column, lang)? {
            sheet.add_data_validation(2, at, ROWS, at, &choice)?;
        }
    }
    Ok(())
}

pub(super) fn heading(column: &Column, lang: Lang) -> String {
    format!("{}{}", column.heading.pick(lang), if column.required { " *" } else { "" })
}

/// What a cell offers. It may hold something else all the same: a list is a help and no fence.
fn choice(kind: Kind, column: &Column, lang: Lang) -> Result<Option<DataValidation>, XlsxError> {
    let of_sheet = |kind: Kind| {
        let name = Table::of(kind).name.pick(lang);
        DataValidation::new().allow_list_formula(Formula::new(format!("'{name}'!$A$3:$A${ROWS}")))
    };
    let choice = match column.reads {
        Reads::Producer => of_sheet(Kind::Producers),
        Reads::Gtin if kind != Kind::Products => of_sheet(Kind::Products),
        listed if listed.is_listed() => {
            let words = words(listed, lang);
            if words.iter().map(|word| word.chars().count() + 1).sum::<usize>() > LIST_CHARACTERS {
                return Ok(None);
            }
            DataValidation::new().allow_list_strings(&words)?
        }
        _ => return Ok(None),
    };
    Ok(Some(choice.ignore_blank(true).show_error_message(false)))
}

/// The words that a list offers. A comma would divide a word into two.
fn words(listed: Reads, lang: Lang) -> Vec<String> {
    let words: Vec<String> = match listed {
        Reads::CertificateKind => KINDS.iter().map(|kind| certificate_kind(*kind, lang).to_owned()).collect(),
        Reads::Stage => STAGES.iter().map(|it| stage(*it, lang).to_owned()).collect(),
        _ => vec![lang.pick("Có", "Yes").to_owned(), lang.pick("Không", "No").to_owned()],
    };
    words.into_iter().map(|word| word.replace(", ", " - ")).collect()
}

/// A CSV file for each sheet, with its name, in the order in which they are loaded. UTF-8 with a mark, so that Excel reads it
/// as that; semicolons in Vietnamese, where the comma is the decimal mark.
///
/// # Errors
/// When one cannot be put together; no input of a caller leads there.
pub fn csv(lang: Lang) -> Result<Vec<(String, Vec<u8>)>, csv::Error> {
    (1..).zip(&TABLES).map(|(number, table)| csv_file(number, table, lang)).collect()
}

fn csv_file(number: usize, table: &Table, lang: Lang) -> Result<(String, Vec<u8>), csv::Error> {
    let mut bytes = "\u{FEFF}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().delimiter(separator(lang)).from_writer(&mut bytes);
    writer.write_record(table.form().map(|column| heading(column, lang)))?;
    writer.write_record(table.form().enumerate().map(|(at, column)| {
        format!("{}{}", if at == 0 { EXAMPLE.pick(lang) } else { "" }, column.example.pick(lang))
    }))?;
    writer.flush()?;
    drop(writer);
    Ok((csv_name(number, table, lang), bytes))
}

/// What the CSV file of a sheet is called: the order of the names is the order of loading.
pub(super) fn csv_name(number: usize, table: &Table, lang: Lang) -> String {
    format!("{number}-{}.csv", slug(table.name.pick(lang), 30))
}

/// What stands between two cells: a semicolon in Vietnamese, where the comma is the decimal mark.
pub(super) const fn separator(lang: Lang) -> u8 {
    match lang {
        Lang::Vi => b';',
        Lang::En => b',',
    }
}
