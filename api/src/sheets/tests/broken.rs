//! Spreadsheets with something wrong in them, and what each is told.

use rstest::rstest;
use rust_xlsxwriter::{Format, Formula};

use super::*;

/// One sheet of products, with a second right product where there is room: the rest loads.
async fn refused(rows: &[&[&str]]) -> Vec<String> {
    let registry = Registry::new();
    let report = registry.xlsx(&workbook(&[("Sản phẩm", rows)])).await;
    said(&report.rejected.list)
}

const HEAD: &[&str] = &["Mã GTIN", "Tên sản phẩm", "Thời hạn sử dụng", "Đăng ký đến ngày", "Ảnh", "Có số sê-ri"];

#[rstest]
#[case(&["8.93E+12", "A"], "A2 (Mã GTIN): đã bị Excel rút gọn (8,93E+12), các chữ số cuối không còn: định dạng ô là Văn bản (Text) rồi gõ lại đủ mã")]
#[case(&["chưa có mã", "A"], "A2 (Mã GTIN): không phải mã GTIN: gõ 8, 12, 13 hoặc 14 chữ số dưới mã vạch")]
#[case(&["", "A"], "A2 (Mã GTIN): còn trống: điền vào ô này")]
#[case(&[G1, ""], "B2 (Tên sản phẩm): còn trống: điền vào ô này")]
#[case(&[G1, "N\u{AD}íc m¾m"], "B2 (Tên sản phẩm): viết bằng TCVN3 (ABC), có lẽ là “Nước mắm”: chuyển sang Unicode (UniKey: Ctrl+Shift+F6) hoặc gõ lại")]
#[case(&[G1, "Nöôùc maém"], "B2 (Tên sản phẩm): viết bằng VNI, có lẽ là “Nước mắm”: chuyển sang Unicode (UniKey: Ctrl+Shift+F6) hoặc gõ lại")]
#[case(&[G1, "A", "24"], "C2 (Thời hạn sử dụng): chỉ có số: ghi cả đơn vị, ví dụ 24 tháng kể từ ngày sản xuất")]
#[case(&[G1, "A", "", "04/13/2026"], "D2 (Đăng ký đến ngày): có tháng lớn hơn 12: ngày đứng trước tháng; nếu là 13/04/2026 thì gõ như vậy")]
#[case(&[G1, "A", "", "31/02/2027"], "D2 (Đăng ký đến ngày): không có trên lịch hoặc ngoài khoảng năm 2000–2100: xem lại ngày, tháng, năm")]
#[case(&[G1, "A", "", "sang năm"], "D2 (Đăng ký đến ngày): không phải ngày: gõ ngày/tháng/năm, ví dụ 03/04/2026")]
#[case(&[G1, "A", "", "12 tháng"], "D2 (Đăng ký đến ngày): tính từ ngày sản xuất, mà dòng này chưa có: điền Ngày sản xuất hoặc gõ ngày hết hạn")]
#[case(&[G1, "A", "", "", "mam.jpg"], "E2 (Ảnh): nhắc đến ảnh “mam.jpg” nhưng chưa gửi kèm ảnh nào: chọn ảnh hoặc tệp ZIP ở mục Ảnh sản phẩm khi tải lên (dòng lệnh: --images)")]
#[case(&[G1, "A", "", "", "", "có thể"], "F2 (Có số sê-ri): chỉ nhận Có hoặc Không")]
#[tokio::test]
async fn a_wrong_cell_is_named_with_what_to_do(#[case] cells: &[&str], #[case] told: &str) {
    assert_eq!(refused(&[HEAD, cells]).await, [format!("Sản phẩm!{told}")]);
}

#[tokio::test]
async fn every_wrong_cell_of_a_row_is_named_and_the_rest_loads() {
    let registry = Registry::new();
    let rows: &[&[&str]] = &[HEAD, &["1", "", "24"], &[G2, "Mật ong"]];
    let report = registry.xlsx(&workbook(&[("Sản phẩm", rows)])).await;
    assert_eq!((report.rejected.records, report.rejected.total, report.changed), (1, 3, 1));
    assert!(registry.product(G2).await.is_some());
}

#[tokio::test]
async fn a_formula_that_came_to_an_error_is_named() {
    let bytes = with(&[("Sản phẩm", &[HEAD, &[G1]])], |sheet| {
        sheet.write_formula(1, 1, Formula::new("VLOOKUP(1,Z:Z,1)").set_result("#N/A")).unwrap();
    });
    let told = said(&Registry::new().xlsx(&bytes).await.rejected.list);
    assert_eq!(told, ["Sản phẩm!B2 (Tên sản phẩm): có công thức báo lỗi #N/A: sửa công thức hoặc gõ giá trị vào ô"]);
}

#[tokio::test]
async fn cells_merged_over_columns_are_named() {
    let bytes = with(&[("Sản phẩm", &[HEAD, &[], &[G1, "A"]])], |sheet| {
        sheet.merge_range(1, 0, 1, 3, "I. Thực phẩm", &Format::new()).unwrap();
    });
    let report = Registry::new().xlsx(&bytes).await;
    assert_eq!(
        said(&report.rejected.list)[0],
        "Sản phẩm!A2 (Mã GTIN): gộp ô qua nhiều cột: bỏ gộp ô (Merge & Center) và điền từng cột"
    );
    assert_eq!(report.changed, 1);
}

#[tokio::test]
async fn two_rows_that_say_different_things_of_one_product_name_each_other() {
    let bytes = workbook(&[
        ("Sản phẩm", &[HEAD, &[G1, "Nước mắm"], &[G2, "Mật ong"]]),
        ("Sản phẩm (2)", &[HEAD, &[G1, "Nước mắm nhĩ"], &[G2, "Mật ong"]]),
    ]);
    let registry = Registry::new();
    let report = registry.xlsx(&bytes).await;
    let mut told = said(&report.rejected.list);
    told.sort();
    assert_eq!(
        told,
        [
            "Sản phẩm (2)!2: khác với Sản phẩm!2 về cùng một bản ghi: sửa cho giống nhau hoặc bỏ một dòng",
            "Sản phẩm!2: khác với Sản phẩm (2)!2 về cùng một bản ghi: sửa cho giống nhau hoặc bỏ một dòng",
        ]
    );
    assert!(registry.product(G1).await.is_none() && registry.product(G2).await.is_some());
}

#[tokio::test]
async fn what_the_registry_refuses_is_said_in_vietnamese_at_its_cell() {
    let bytes = workbook(&[
        (
            "Sản phẩm",
            &[&["Mã GTIN", "Tên sản phẩm", "Đơn vị sản xuất"], &[G1, "Nước mắm chính hãng", ""], &[G2, "B", "HTX-99"]],
        ),
        (
            "Lô",
            &[
                &["Mã GTIN", "Số lô", "NSX", "HSD"],
                &[G2, "A", "", ""],
                &[G1, "B", "03/04/2026", "02/04/2026"],
                &[G1, "Lô 1", "", ""],
            ],
        ),
        (
            "Chứng nhận",
            &[&["Loại chứng nhận", "Mã GTIN", "Số sao"], &["OCOP", G1, ""], &["HACCP", "", ""], &["ISO 9001", G1, ""]],
        ),
    ]);
    let report = Registry::new().xlsx(&bytes).await;
    let told = said(&report.rejected.list);
    for expected in [
        "Sản phẩm!C3 (Đơn vị sản xuất): là đơn vị chưa có trong hồ sơ",
        "Lô!2: chưa nạp được vì Sản phẩm!3 có lỗi: sửa dòng đó là đủ",
        "Lô!D3 (Hạn sử dụng): sớm hơn ngày sản xuất",
        "Lô!B4 (Số lô): ",
        "Chứng nhận!C2 (Số sao): chỉ đi với OCOP, và OCOP phải có số sao",
        "Chứng nhận!B3 (Mã GTIN): phải ghi Mã GTIN hoặc Đơn vị",
        "Chứng nhận!A4 (Loại chứng nhận): không có trong danh sách",
    ] {
        assert!(told.iter().any(|line| line.starts_with(expected)), "{expected}\n{told:#?}");
    }
    assert_eq!(told.len(), 7, "{told:#?}");
    assert_eq!(said(&report.warnings.list).len(), 1);
    assert!(said(&report.warnings.list)[0].starts_with("Sản phẩm!B2 (Tên sản phẩm): có lời tự khẳng định"));
}

#[tokio::test]
async fn headings_that_are_missing_or_doubled_are_named() {
    assert_eq!(
        refused(&[&["Mã GTIN", "Thương hiệu"], &[G1, "A"]]).await[0],
        "Sản phẩm!1 (Tên sản phẩm): thiếu cột “Tên sản phẩm”: thêm cột này vào dòng tiêu đề"
    );
    assert_eq!(
        refused(&[&["Mã GTIN", "Tên sản phẩm", "Tên"], &[G1, "A", "B"]]).await,
        ["Sản phẩm!B1 (Tên sản phẩm): là tiêu đề lặp lại ở cột C: giữ một cột"]
    );
    assert_eq!(
        refused(&[&["a", "b"], &[G1, "A"]]).await,
        ["Sản phẩm!1: không có dòng tiêu đề cột đã biết: chép dòng tiêu đề từ mẫu Excel"]
    );
}
