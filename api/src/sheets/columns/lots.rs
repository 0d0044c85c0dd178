//! The sheet of lots: items 6 and 9 of Circular 02/2024/TT-BKHCN.

use super::{Column, Kind, REST, Reads, Table, WITHDRAWN, Words};

pub(super) const TABLE: Table = Table {
    kind: Kind::Lots,
    record: "batch",
    name: Words { vi: "Lô", en: "Lots" },
    columns: &[
        Column {
            heading: Words { vi: "Mã GTIN", en: "GTIN" },
            also: &["ma vach", "barcode", "ma san pham", "ean", "upc"],
            note: Words {
                vi: "Sản phẩm của lô: một mã trong trang Sản phẩm.",
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
            also: &["lo", "ma lo", "lot number", "so lo san xuat", "batch"],
            note: Words {
                vi: "Như in trên bao bì: tối đa 20 chữ, số và dấu, không dấu tiếng Việt, không khoảng trắng.",
                en: "As printed on the pack: at most 20 letters, digits and signs, no blanks.",
            },
            fills: "lot",
            reads: Reads::Lot,
            required: true,
            example: Words { vi: "L2604A", en: "L2604A" },
            width: 16,
        },
        Column {
            heading: Words { vi: "Ngày sản xuất", en: "Produced" },
            also: &["nsx", "ngay sx", "production date", "ngay dong goi"],
            note: Words {
                vi: "Ngày/tháng/năm: 03/04/2026 là ngày 3 tháng 4.",
                en: "Day/month/year: 03/04/2026 is 3 April.",
            },
            fills: "produced",
            reads: Reads::Day,
            required: false,
            example: Words { vi: "03/04/2026", en: "03/04/2026" },
            width: 16,
        },
        Column {
            heading: Words { vi: "Hạn sử dụng", en: "Expires" },
            also: &["hsd", "ngay het han", "expiry", "expiry date", "han dung"],
            note: Words {
                vi: "Ngày cuối cùng còn dùng được. Chỉ có tháng (04/2028) thì tính đến hết tháng. Ghi 24 tháng thì tính từ ngày sản xuất. Để trống thì không tính gì.",
                en: "Last day of use. A month alone (04/2028) counts to its end. 24 months counts from the production date. Left blank, nothing is worked out.",
            },
            fills: "expires",
            reads: Reads::LastDay,
            required: false,
            example: Words { vi: "24 tháng", en: "24 months" },
            width: 16,
        },
        Column {
            heading: Words { vi: "Dùng tốt nhất trước", en: "Best before" },
            also: &["su dung tot nhat truoc", "tot nhat truoc ngay"],
            note: Words {
                vi: "Nếu nhãn ghi như vậy thay cho hạn sử dụng.",
                en: "Where the label says so instead of an expiry.",
            },
            fills: "best_before",
            reads: Reads::LastDay,
            required: false,
            example: Words { vi: "", en: "" },
            width: 18,
        },
        WITHDRAWN,
        REST,
    ],
};
