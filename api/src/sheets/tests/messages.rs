//! Broken files, and what their clerk reads: the table in `messages.md`. `cargo test messages -- --nocapture` prints what it is
//! now.

use std::fmt::Write as _;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula};

use super::files::altered;
use super::*;

/// A file and what is wrong with it.
struct Case {
    what: &'static str,
    format: SheetFormat,
    bytes: Vec<u8>,
}

const PRODUCTS: &[&str] = &["Mã GTIN", "Tên sản phẩm"];
const LOTS: &[&str] = &["Mã GTIN", "Số lô", "Ngày sản xuất", "Hạn sử dụng"];

fn xlsx(what: &'static str, sheets: &[(&str, &[&[&str]])]) -> Case {
    Case { what, format: SheetFormat::Xlsx, bytes: workbook(sheets) }
}

fn done(what: &'static str, sheets: &[(&str, &[&[&str]])], then: impl FnOnce(&mut Worksheet)) -> Case {
    Case { what, format: SheetFormat::Xlsx, bytes: with(sheets, then) }
}

fn file(what: &'static str, format: SheetFormat, bytes: &[u8]) -> Case {
    Case { what, format, bytes: bytes.to_vec() }
}

/// One product with a second column, and one cell of it.
fn product(what: &'static str, heading: &'static str, cell: &str) -> Case {
    xlsx(what, &[("Sản phẩm", &[&["Mã GTIN", "Tên sản phẩm", heading], &[G1, "Nước mắm", cell]])])
}

/// A product and lots of it.
fn lots(what: &'static str, rows: &[&[&str]]) -> Case {
    xlsx(what, &[("Sản phẩm", &[PRODUCTS, &[G1, "Nước mắm"]]), ("Lô", &[&[LOTS], rows].concat())])
}

/// A product, and one lot whose number is a cell of its own kind.
fn lot_cell(what: &'static str, then: impl FnOnce(&mut Worksheet)) -> Case {
    done(what, &[("Lô", &[LOTS, &[G1]]), ("Sản phẩm", &[PRODUCTS, &[G1, "Nước mắm"]])], then)
}

fn codes() -> Vec<Case> {
    vec![
        xlsx("mã là chữ 8.93E+12", &[("Sản phẩm", &[PRODUCTS, &["8.93E+12", "Nước mắm"]])]),
        done("mã là số đã tròn", &[("Sản phẩm", &[PRODUCTS, &["", "Nước mắm"]])], |sheet| {
            sheet.write_number(1, 0, 8_930_000_000_000.0).unwrap();
        }),
        xlsx("mã sai số kiểm tra", &[("Sản phẩm", &[PRODUCTS, &["9520000010011", "Nước mắm"]])]),
        xlsx("mã thiếu một chữ số", &[("Sản phẩm", &[PRODUCTS, &["952000001001", "Nước mắm"]])]),
        xlsx("ô mã trống", &[("Sản phẩm", &[PRODUCTS, &["", "Nước mắm"]])]),
        done("mã thành ngày", &[("Sản phẩm", &[PRODUCTS, &["", "Nước mắm"]])], |sheet| {
            let day = ExcelDateTime::from_ymd(2026, 4, 3).unwrap();
            sheet.write_datetime_with_format(1, 0, &day, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
        }),
        lots("số lô có dấu và dấu cách", &[&[G1, "Lô số 1", "", ""]]),
        lot_cell("số lô 0012 gõ vào ô số", |sheet| {
            sheet.write_number(1, 1, 12.0).unwrap();
        }),
        lot_cell("số lô 12 hiện 0012 nhờ định dạng", |sheet| {
            sheet.write_number_with_format(1, 1, 12.0, &Format::new().set_num_format("0000")).unwrap();
        }),
        lot_cell("số lô 1E5 thành số mũ", |sheet| {
            sheet.write_number_with_format(1, 1, 1e5, &Format::new().set_num_format("0.00E+00")).unwrap();
        }),
        lot_cell("số lô 03-04 thành ngày", |sheet| {
            let day = ExcelDateTime::from_ymd(2026, 4, 3).unwrap();
            sheet.write_datetime_with_format(1, 1, &day, &Format::new().set_num_format("dd-mmm")).unwrap();
        }),
        lots("lô của sản phẩm chưa có", &[&[G2, "A", "", ""]]),
    ]
}

fn days() -> Vec<Case> {
    let month_first = |sheet: &mut Worksheet| {
        let day = ExcelDateTime::from_ymd(2026, 3, 4).unwrap();
        sheet.write_string(1, 1, "A").unwrap();
        sheet.write_datetime_with_format(1, 2, &day, &Format::new().set_num_format("mm/dd/yyyy")).unwrap();
    };
    vec![
        lots("một ô viết tháng trước", &[&[G1, "A", "04/13/2026", ""], &[G1, "B", "04/03/2026", ""]]),
        lot_cell("ô ngày hiện tháng trước", month_first),
        lots("ngày không có trên lịch", &[&[G1, "A", "31/02/2026", ""]]),
        lots("chỉ có tháng ở ngày sản xuất", &[&[G1, "A", "04/2026", ""]]),
        lots("hạn sớm hơn ngày sản xuất", &[&[G1, "A", "03/04/2026", "02/04/2026"]]),
        lots("24 tháng mà không có ngày sản xuất", &[&[G1, "A", "", "24 tháng"]]),
        lots("chữ thay cho ngày", &[&[G1, "A", "hôm qua", ""]]),
        lots(
            "bốn lô tính hạn như nhau",
            &[
                &[G1, "A", "01/04/2026", "12 tháng"],
                &[G1, "B", "02/04/2026", "12 tháng"],
                &[G1, "C", "03/04/2026", "12 tháng"],
                &[G1, "D", "04/04/2026", "12 tháng"],
            ],
        ),
    ]
}

fn texts() -> Vec<Case> {
    vec![
        xlsx("tên bằng TCVN3", &[("Sản phẩm", &[PRODUCTS, &[G1, "N\u{AD}íc m¾m"]])]),
        xlsx("tên bằng VNI", &[("Sản phẩm", &[PRODUCTS, &[G1, "Nöôùc maém"]])]),
        product("hạn dùng chỉ có số", "Thời hạn sử dụng", "24"),
        product("tên tiếng Anh quá dài", "Tên tiếng Anh", &"x".repeat(501)),
        product("có/không khác", "Có số sê-ri", "có thể"),
        product("đơn vị chưa có", "Đơn vị sản xuất", "HTX-99"),
        product("ảnh chưa gửi", "Ảnh", "mam.jpg"),
        product("cột lạ", "Giá bán", "120000"),
        product("lời tự khẳng định", "Tên tiếng Anh", "Genuine fish sauce"),
        xlsx(
            "đơn vị có mã tỉnh mà không có cột địa chỉ",
            &[("Đơn vị", &[&["Tên đơn vị", "Mã tỉnh"], &["HTX Mẫu", "31"]])],
        ),
        xlsx(
            "đơn vị: tỉnh, điện thoại, web, email",
            &[(
                "Đơn vị",
                &[
                    &["Tên đơn vị", "Địa chỉ", "Mã tỉnh", "Điện thoại", "Trang web", "Email"],
                    &["HTX Một", "Thôn 1", "311", "912345678", "http://example.vn", "htx"],
                    &["HTX Hai", "Thôn 2", "1", "912345678", "example.vn", "htx@example.vn"],
                ],
            )],
        ),
        xlsx(
            "chứng nhận: loại, sao, không của ai",
            &[
                ("Sản phẩm", &[PRODUCTS, &[G1, "Nước mắm"]]),
                (
                    "Chứng nhận",
                    &[
                        &["Loại chứng nhận", "Mã GTIN", "Số sao", "Từ ngày", "Đến ngày"],
                        &["ISO 9001", G1, "", "", ""],
                        &["OCOP", G1, "", "", ""],
                        &["HACCP", "", "", "", ""],
                        &["VietGAP", G1, "", "01/06/2026", "31/05/2025"],
                    ],
                ),
            ],
        ),
        xlsx(
            "công đoạn: lạ, lô chưa có",
            &[
                ("Sản phẩm", &[PRODUCTS, &[G1, "Nước mắm"]]),
                ("Lô", &[LOTS, &[G1, "A", "", ""]]),
                (
                    "Công đoạn",
                    &[
                        &["Mã GTIN", "Số lô", "Công đoạn", "Ngày"],
                        &[G1, "A", "nấu", "03/04/2026"],
                        &[G1, "Z", "Đóng gói", "03/04/2026"],
                    ],
                ),
            ],
        ),
    ]
}

fn rows() -> Vec<Case> {
    vec![
        xlsx(
            "một dòng sai kéo theo lô và công đoạn",
            &[
                ("Sản phẩm", &[&["Mã GTIN", "Tên sản phẩm", "Thời hạn sử dụng"], &[G1, "Nước mắm", "24"]]),
                ("Lô", &[LOTS, &[G1, "A", "", ""], &[G1, "B", "", ""], &[G1, "C", "", ""]]),
                (
                    "Công đoạn",
                    &[&["Mã GTIN", "Số lô", "Công đoạn", "Ngày"], &[G1, "A", "Đóng gói", "03/04/2026"]],
                ),
            ],
        ),
        xlsx(
            "hai dòng nói khác nhau về một mã",
            &[("Sản phẩm", &[PRODUCTS, &[G1, "Nước mắm"], &[G1, "Nước mắm nhĩ"]])],
        ),
        xlsx("hai dòng giống nhau", &[("Sản phẩm", &[PRODUCTS, &[G1, "Nước mắm"], &[G1, "Nước mắm"]])]),
        xlsx("chỉ có tiêu đề", &[("Sản phẩm", &[PRODUCTS])]),
        xlsx("giá trị ngoài các cột có tiêu đề", &[("Sản phẩm", &[PRODUCTS, &[G1, "Nước mắm", "ghi thêm"]])]),
        xlsx("dòng ví dụ đã sửa", &[("Sản phẩm", &[PRODUCTS, &["VÍ DỤ: 9520000010010", "Mật ong rừng"]])]),
        done("ô gộp qua nhiều cột", &[("Sản phẩm", &[PRODUCTS, &[], &[G1, "Nước mắm"]])], |sheet| {
            sheet.merge_range(1, 0, 1, 1, "I. Thực phẩm", &Format::new()).unwrap();
        }),
        done("công thức báo lỗi", &[("Sản phẩm", &[PRODUCTS, &[G1]])], |sheet| {
            sheet.write_formula(1, 1, Formula::new("VLOOKUP(1,Z:Z,1)").set_result("#REF!")).unwrap();
        }),
        file(
            "công thức chưa tính",
            SheetFormat::Xlsx,
            &altered(&[(
                "xl/worksheets/sheet1.xml",
                br#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>GTIN</t></is></c><c r="B1" t="inlineStr"><is><t>Name</t></is></c></row><row r="2"><c r="A2"><v>9520000010010</v></c><c r="B2"><f>C2</f></c></row></sheetData></worksheet>"#,
            )]),
        ),
    ]
}

fn sheets() -> Vec<Case> {
    let with_hidden = {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().set_name("Sản phẩm").unwrap().write_row(0, 0, ["Mã GTIN", "Tên sản phẩm"]).unwrap();
        workbook.add_worksheet().set_name("Lô").unwrap().set_hidden(true);
        workbook.save_to_buffer().unwrap()
    };
    let product: &[&[&str]] = &[PRODUCTS, &[G1, "Nước mắm"]];
    vec![
        xlsx("thiếu cột bắt buộc", &[("Sản phẩm", &[&["Mã GTIN", "Thương hiệu"], &[G1, "Mẫu"]])]),
        xlsx("tiêu đề lặp lại", &[("Sản phẩm", &[&["Mã GTIN", "Tên", "Tên sản phẩm"], &[G1, "A", "B"]])]),
        xlsx("không có tiêu đề nào", &[("Sản phẩm", &[&["a", "b"], &[G1, "Nước mắm"]])]),
        xlsx("trang khác", &[("Sản phẩm", product), ("Ghi chú", &[&["xin", "chào"]])]),
        file("trang ẩn", SheetFormat::Xlsx, &with_hidden),
        xlsx("không có trang nào đọc được", &[("Sheet1", &[&["xin", "chào"]])]),
    ]
}

fn whole_files() -> Vec<Case> {
    let compound = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 512]].concat();
    let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cut = workbook(&[("Sản phẩm", &[PRODUCTS, &[G1, "Nước mắm"]])]);
    let tcvn = b"M\xB7 GTIN;T\xAAn s\xB6n ph\xC8m\n9520000010010;N\xAD\xEDc m\xBEm\n";
    vec![
        file("tệp .xls cũ đổi tên", SheetFormat::Xlsx, &compound),
        file("tệp có mật khẩu", SheetFormat::Xlsx, &[compound.as_slice(), &package].concat()),
        file("tệp PDF đổi tên", SheetFormat::Xlsx, b"%PDF-1.7"),
        file("tệp tải về dở dang", SheetFormat::Xlsx, &cut[..cut.len() / 2]),
        file("tệp rỗng", SheetFormat::Xlsx, b""),
        file("CSV bằng TCVN3", SheetFormat::Csv, tcvn),
        file("CSV bằng bảng mã khác", SheetFormat::Csv, b"GTIN;Name\n9520000010010;caf\xE9\n"),
        file("CSV không có tiêu đề", SheetFormat::Csv, "9520000010010;Nước mắm\n".as_bytes()),
        file("CSV hỏng dấu ngoặc kép", SheetFormat::Csv, "Mã GTIN;Tên sản phẩm\n9520000010010;\"Nước mắm\n".as_bytes()),
    ]
}

/// What is printed for a file, in one language: every finding with its place, or that all of it loads.
async fn told(case: &Case, lang: Lang) -> String {
    let book = match book(&case.bytes, case.format, lang, &mut Album::none()) {
        Ok(book) => book,
        Err(why) => return why.say(lang).into_owned(),
    };
    let mut report = Registry::new().desk.import(book.document(), order()).await.unwrap();
    book.legend().explain(&mut report);
    let mut lines = said(&report.rejected.list);
    lines.extend(said(&report.warnings.list).into_iter().map(|line| format!("({line})")));
    lines.push(format!("+{}", report.changed));
    lines.join("<br>").replace('|', "\\|")
}

#[tokio::test]
async fn every_broken_file_is_told_with_its_place_and_what_to_do() {
    let mut table = "| tệp | tiếng Việt | English |\n|---|---|---|\n".to_owned();
    for case in [codes(), days(), texts(), rows(), sheets(), whole_files()].into_iter().flatten() {
        let (vi, en) = (told(&case, Lang::Vi).await, told(&case, Lang::En).await);
        writeln!(table, "| {} | {vi} | {en} |", case.what).unwrap();
    }
    println!("{table}");
    let known = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/sheets/tests/messages.md")).unwrap();
    let differs = table.lines().zip(known.lines()).find(|(is, was)| is != was);
    assert_eq!(
        (differs, table.lines().count()),
        (None, known.lines().count()),
        "the table that is printed is another one"
    );
}
