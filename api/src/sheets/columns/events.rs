//! The sheet of stages: item 5 of Circular 02/2024/TT-BKHCN.

use super::{Column, Kind, REST, Reads, Table, WITHDRAWN, Words};

pub(super) const TABLE: Table = Table {
    kind: Kind::Events,
    record: "event",
    name: Words { vi: "Công đoạn", en: "Stages" },
    columns: &[
        Column {
            heading: Words { vi: "Mã GTIN", en: "GTIN" },
            also: &["ma vach", "barcode", "ma san pham", "ean", "upc"],
            note: Words {
                vi: "Sản phẩm: một mã trong trang Sản phẩm.",
                en: "The product: a code of the sheet Products.",
            },
            fills: "gtin",
            reads: Reads::Gtin,
            required: true,
            example: Words { vi: "9520000010010", en: "9520000010010" },
            width: 18,
        },
        Column {
            heading: Words { vi: "Số lô", en: "Lot" },
            also: &["lo", "ma lo", "lot number", "batch"],
            note: Words { vi: "Một lô trong trang Lô.", en: "A lot of the sheet Lots." },
            fills: "lot",
            reads: Reads::Lot,
            required: true,
            example: Words { vi: "L2604A", en: "L2604A" },
            width: 16,
        },
        Column {
            heading: Words { vi: "Công đoạn", en: "Stage" },
            also: &["giai doan", "su kien", "event"],
            note: Words { vi: "Chọn trong danh sách.", en: "Choose from the list." },
            fills: "stage",
            reads: Reads::Stage,
            required: true,
            example: Words { vi: "Đóng gói, gán mã", en: "Packing and coding" },
            width: 24,
        },
        Column {
            heading: Words { vi: "Ngày", en: "Date" },
            also: &["ngay thuc hien", "thoi gian"],
            note: Words {
                vi: "Ngày/tháng/năm: 03/04/2026 là ngày 3 tháng 4.",
                en: "Day/month/year: 03/04/2026 is 3 April.",
            },
            fills: "date",
            reads: Reads::Day,
            required: true,
            example: Words { vi: "03/04/2026", en: "03/04/2026" },
            width: 14,
        },
        Column {
            heading: Words { vi: "Mã địa điểm", en: "Location code" },
            also: &["gln", "ma truy vet dia diem", "location"],
            note: Words {
                vi: "Mã truy vết địa điểm (GLN 13 chữ số hoặc mã tự đặt). Thông tư 02/2024/TT-BKHCN yêu cầu mục này.",
                en: "Code of the place (a GLN, or a code of your own). Circular 02/2024/TT-BKHCN asks for it.",
            },
            fills: "location",
            reads: Reads::Id,
            required: false,
            example: Words { vi: "KHO-01", en: "KHO-01" },
            width: 18,
        },
        Column {
            heading: Words { vi: "Địa điểm", en: "Place" },
            also: &["noi thuc hien"],
            note: Words { vi: "Bằng lời: Xưởng Cát Hải.", en: "In words." },
            fills: "place",
            reads: Reads::Text,
            required: false,
            example: Words { vi: "Xưởng Cát Hải", en: "Xưởng Cát Hải" },
            width: 26,
        },
        Column {
            heading: Words { vi: "Mô tả", en: "Description" },
            also: &["dien giai", "noi dung", "text"],
            note: Words {
                vi: "Lời của đơn vị, nếu muốn nói thêm.", en: "In your own words, if there is more to say."
            },
            fills: "text.vi",
            reads: Reads::Text,
            required: false,
            example: Words { vi: "", en: "" },
            width: 32,
        },
        Column {
            heading: Words { vi: "Mã bản ghi", en: "Record id" },
            also: &["id"],
            note: Words {
                vi: "Để trống: hệ thống đặt từ công đoạn và ngày.",
                en: "Leave blank: it is made of stage and date.",
            },
            fills: "id",
            reads: Reads::Id,
            required: false,
            example: Words { vi: "", en: "" },
            width: 16,
        },
        WITHDRAWN,
        REST,
    ],
};
