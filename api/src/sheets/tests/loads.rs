//! What a clerk may send and have understood.

use jiff::civil::date;
use rust_xlsxwriter::{ExcelDateTime, Format};

use super::*;

const PRODUCTS: &[&str] = &["Mã GTIN", "Tên sản phẩm"];

#[tokio::test]
async fn a_whole_workbook_in_any_order_is_on_record_afterwards() {
    let bytes = workbook(&[
        (
            "Công đoạn",
            &[
                &["Mã GTIN", "Số lô", "Công đoạn", "Ngày", "Mã địa điểm"],
                &[G1, "L1", "Đóng gói", "04/04/2026", "KHO-1"],
                &[G1, "L1", "Đóng gói", "04/04/2026", "KHO-2"],
            ],
        ),
        (
            "Lô",
            &[
                &["mã gtin", "SỐ LÔ", "NSX", "HSD"],
                &[G1, "L1", "03/04/2026", "24 tháng"],
                &[G1, "L2", "03/04/2026", "04/2028"],
            ],
        ),
        (
            "Chứng nhận",
            &[
                &["Loại chứng nhận", "Mã GTIN", "Số giấy chứng nhận", "Đến ngày"],
                &["OCOP 4 sao", "9520000010010; 9520000020019", "12/QĐ-UBND", "31/05/2028"],
            ],
        ),
        (
            "Sản phẩm",
            &[
                &[
                    "STT",
                    "Tên sản phẩm *",
                    "Mã GTIN *",
                    "Đơn vị sản xuất",
                    "Thương hiệu",
                    "Tiêu chuẩn áp dụng",
                    "Thời hạn sử dụng",
                ],
                &[
                    "1",
                    "Nước mắm",
                    G1,
                    "htx mẫu",
                    "Không áp dụng",
                    "TCVN 5107:2018; QCVN 8-2:2011/BYT",
                    "24 tháng kể từ NSX",
                ],
                &["2", "Mật ong", G2, "HTX Mẫu", "Mẫu", "", ""],
            ],
        ),
        ("Đơn vị", &[&["Tên đơn vị", "Địa chỉ", "Điện thoại", "Mã tỉnh"], &["HTX Mẫu", "Cát Hải", "912345678", "1"]]),
    ]);
    let registry = Registry::new();
    let report = registry.xlsx(&bytes).await;
    assert_eq!(said(&report.rejected.list), Vec::<String>::new());
    assert_eq!(
        said(&report.warnings.list),
        [
            "Đơn vị!D2 (Mã tỉnh): mất số 0 ở đầu, đã hiểu là 01",
            "Đơn vị!C2 (Điện thoại): mất số 0 ở đầu, đã hiểu là 0912345678",
            "Lô!D2 (Hạn sử dụng): đã tính từ ngày sản xuất: 03/04/2028",
            "Lô!D3 (Hạn sử dụng): chỉ có tháng, đã tính đến hết tháng: 30/04/2028",
        ]
    );
    let product = registry.product(G1).await.unwrap();
    assert_eq!(product.product.standards.len(), 2);
    assert_eq!(product.product.not_applicable, [crate::registry::NotApplicable::Brand]);
    assert_eq!(product.product.shelf_life.as_ref().unwrap().vi.as_str(), "24 tháng kể từ NSX");
    assert!(product.product.producer.is_some());
    assert_eq!(product.product.producer, registry.product(G2).await.unwrap().product.producer);
    assert_eq!((product.certificates.len(), product.certificates[0].stars), (1, Some(4)));
    let lot = registry.lot(G1, "L1").await.unwrap();
    assert_eq!((lot.batch.produced, lot.batch.expires), (Some(date(2026, 4, 3)), Some(date(2028, 4, 3))));
    assert_eq!(lot.events.len(), 2, "two stages of one kind and day are two");
    let again = registry.xlsx(&bytes).await;
    assert_eq!((again.changed, again.rejected.total), (0, 0));
}

#[tokio::test]
async fn the_evidence_names_the_file_as_it_was_given_and_the_row() {
    let bytes = workbook(&[("Sản phẩm", &[PRODUCTS, &[G1, "Nước mắm"]])]);
    let registry = Registry::new();
    let report = registry.xlsx(&bytes).await;
    let sha256 = crate::registry::media::hex(&<sha2::Sha256 as sha2::Digest>::digest(&bytes));
    assert_eq!(report.file, sha256);
    let evidence = registry.store.evidence(0, 10).await.unwrap();
    let line = &evidence[0].1;
    assert_eq!((line.file.as_deref(), line.line, line.sheet.as_deref()), (Some(&*sha256), Some(2), Some("Sản phẩm")));
}

#[tokio::test]
async fn numbers_and_dates_of_a_spreadsheet_are_exact() {
    let bytes = with(&[("Lots", &[&["GTIN", "Lot", "Produced", "Expires"]])], |sheet| {
        let day = Format::new().set_num_format("dd/mm/yyyy");
        let month = Format::new().set_num_format("mmm-yy");
        sheet.write_number(1, 0, 9_520_000_010_010.0).unwrap();
        sheet.write_number(1, 1, 7.0).unwrap();
        sheet.write_datetime_with_format(1, 2, ExcelDateTime::from_ymd(2026, 4, 3).unwrap(), &day).unwrap();
        sheet.write_datetime_with_format(1, 3, ExcelDateTime::from_ymd(2028, 4, 1).unwrap(), &month).unwrap();
    });
    let registry = Registry::new();
    registry.csv(&format!("GTIN,Product name\n{G1},Nước mắm\n")).await;
    let report = registry.import_in(&bytes, SheetFormat::Xlsx, Lang::En, order()).await;
    assert_eq!(said(&report.rejected.list), Vec::<String>::new());
    assert_eq!(
        said(&report.warnings.list),
        [
            "Lots!B2 (Lot): is a number; if the pack has zeros in front, type it again as Text; it was taken for 7",
            "Lots!D2 (Expires): names a month, and was taken for its last day: 30/04/2028"
        ]
    );
    let lot = registry.lot(G1, "7").await.unwrap();
    assert_eq!((lot.batch.produced, lot.batch.expires), (Some(date(2026, 4, 3)), Some(date(2028, 4, 30))));
}

#[tokio::test]
async fn one_value_merged_over_rows_is_the_value_of_each() {
    let rows: &[&[&str]] =
        &[&["Mã GTIN", "Số lô", "Ngày sản xuất"], &["", "A", "01/04/2026"], &["", "B", "02/04/2026"], &["", "C", ""]];
    let bytes = with(&[("Lô", rows)], |sheet| {
        sheet.merge_range(1, 0, 3, 0, G1, &Format::new()).unwrap();
    });
    let registry = Registry::new();
    registry.csv(&format!("gtin;tên\n{G1};Nước mắm\n")).await;
    let report = registry.xlsx(&bytes).await;
    assert_eq!((said(&report.rejected.list), report.changed), (Vec::new(), 3));
    assert!(registry.lot(G1, "C").await.is_some());
}

#[tokio::test]
async fn hidden_rows_titles_and_blank_columns_do_no_harm() {
    let rows: &[&[&str]] = &[
        &["BẢNG KÊ SẢN PHẨM"],
        &[],
        &["", "Mã GTIN", "", "Tên sản phẩm", "Giá bán"],
        &["", G1, "", "Nước mắm", "90.000"],
        &["", G2, "", "Mật ong", ""],
    ];
    let bytes = with(&[("Sheet1", rows)], |sheet| {
        sheet.set_row_hidden(4).unwrap();
        // The last cell that a sheet has.
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
    });
    let registry = Registry::new();
    let report = registry.xlsx(&bytes).await;
    assert_eq!((said(&report.rejected.list), report.changed), (Vec::new(), 2));
    assert_eq!(
        said(&report.warnings.list),
        [
            "Sheet1!E3 (Giá bán): là tiêu đề chưa biết: cột này không được đọc",
            "Sheet1!XFD1048576: có chữ dưới cột không có tiêu đề: cột này không được đọc"
        ]
    );
    assert!(registry.product(G2).await.is_some());
}

#[tokio::test]
async fn decomposed_letters_and_invisible_ones_are_the_same_name() {
    let registry = Registry::new();
    let report = registry
        .csv(&format!("\u{FEFF}Ma\u{303} GTIN\tTe\u{302}n sa\u{309}n pha\u{302}\u{309}m\n\u{200B}{G1}\u{a0}\t Nu\u{31b}o\u{31b}\u{301}c ma\u{306}\u{301}m\u{200B}\n"))
        .await;
    assert_eq!((said(&report.rejected.list), report.changed), (Vec::new(), 1));
    assert_eq!(registry.product(G1).await.unwrap().product.name.vi.as_str(), "Nước mắm");
}

#[tokio::test]
async fn lost_zeros_of_a_code_are_put_back_and_said() {
    let bytes = with(&[("Products", &[&["GTIN", "Product name"], &["", "UPC"]])], |sheet| {
        sheet.write_number(1, 0, 12_345_678_905.0).unwrap();
    });
    let registry = Registry::new();
    let report = registry.xlsx(&bytes).await;
    assert_eq!(said(&report.warnings.list), ["Products!A2 (Mã GTIN): mất số 0 ở đầu, đã hiểu là 012345678905"]);
    assert!(registry.product("012345678905").await.is_some());
}

#[tokio::test]
async fn a_dry_run_says_how_complete_each_product_would_be() {
    let registry = Registry::new();
    let bytes = workbook(&[
        (
            "Sản phẩm",
            &[&["Mã GTIN", "Tên sản phẩm", "Tiêu chuẩn áp dụng"], &[G1, "Nước mắm", "TCVN 5107"], &[G2, "Mật ong", ""]],
        ),
        ("Lô", &[&["Mã GTIN", "Số lô", "NSX"], &[G1, "A", "01/04/2026"], &[G1, "B", ""]]),
    ]);
    let dry = ImportOrder { dry_run: true, ..order() };
    let report = registry.import_in(&bytes, SheetFormat::Xlsx, Lang::Vi, dry).await;
    assert!(registry.product(G1).await.is_none());
    let told: Vec<(&str, Option<&str>, u8)> =
        report.completeness.iter().map(|it| (it.gtin.as_str(), it.lot.as_deref(), it.present)).collect();
    // Name, code and standards; the lot that lacks most is told of. Name and code.
    assert_eq!(told, [("09520000010010", Some("B"), 3), ("09520000020019", None, 2)]);
    assert_eq!(report.completeness[0].missing.len(), 7);
}

#[tokio::test]
async fn strict_is_all_or_nothing_here_too() {
    let registry = Registry::new();
    let text = format!("gtin,name\n{G1},Nước mắm\n9520000020018,Mật ong\n");
    let strict = ImportOrder { strict: true, ..order() };
    let report = registry.import_in(text.as_bytes(), SheetFormat::Csv, Lang::En, strict).await;
    assert_eq!((report.rejected.records, report.revision), (1, None));
    assert!(registry.product(G1).await.is_none());
}
