//! The sheet of products: items 1, 2, 3, 7, 8, 9 and 10 of Circular 02/2024/TT-BKHCN, and what a card shows beside them.

use super::{Column, Kind, REST, Reads, Table, WITHDRAWN, Words};

pub(super) const TABLE: Table = Table {
    kind: Kind::Products,
    record: "product",
    name: Words { vi: "Sản phẩm", en: "Products" },
    columns: &[
        Column {
            heading: Words { vi: "Mã GTIN", en: "GTIN" },
            also: &["ma vach", "barcode", "ma san pham", "ean", "upc", "ma gtin (ma vach)"],
            note: Words {
                vi: "Dãy số dưới mã vạch: 8, 12, 13 hoặc 14 chữ số. Giữ ô ở dạng Văn bản để Excel không bỏ số 0 và không đổi thành 8,93E+12.",
                en: "The digits below the barcode: 8, 12, 13 or 14 of them. Keep the cell as Text, so that Excel neither drops zeros nor writes 8.93E+12.",
            },
            fills: "gtin",
            reads: Reads::Gtin,
            required: true,
            example: Words { vi: "9520000010010", en: "9520000010010" },
            width: 18,
        },
        Column {
            heading: Words { vi: "Tên sản phẩm", en: "Product name" },
            also: &["ten", "name", "ten tieng viet", "ten hang"],
            note: Words {
                vi: "Như trên nhãn, kèm quy cách: Nước mắm cá cơm 40 độ đạm, chai 500 ml.",
                en: "As on the label, in Vietnamese, with its size.",
            },
            fills: "name.vi",
            reads: Reads::Text,
            required: true,
            example: Words { vi: "Nước mắm cá cơm, chai 500 ml", en: "Nước mắm cá cơm, chai 500 ml" },
            width: 34,
        },
        Column {
            heading: Words { vi: "Tên tiếng Anh", en: "Name in English" },
            also: &["english name", "ten (tieng anh)"],
            note: Words {
                vi: "Nếu có. Người đọc tiếng Anh thấy tên này.",
                en: "If there is one. Readers of English see it.",
            },
            fills: "name.en",
            reads: Reads::Text,
            required: false,
            example: Words { vi: "Anchovy fish sauce, 500 ml", en: "Anchovy fish sauce, 500 ml" },
            width: 30,
        },
        Column {
            heading: Words { vi: "Ảnh", en: "Pictures" },
            also: &["hinh anh", "picture", "image", "images", "photo", "photos", "anh san pham", "ten tep anh"],
            note: Words {
                vi: "Tên tệp ảnh, ví dụ nuoc-mam.jpg; nhiều ảnh cách nhau bằng dấu phẩy, tối đa 8. Gửi kèm thư mục hoặc tệp ZIP chứa ảnh.",
                en: "Names of picture files, such as fish-sauce.jpg; several are separated by commas, at most 8. Send the folder or ZIP with them.",
            },
            fills: "images",
            reads: Reads::Pictures,
            required: false,
            example: Words { vi: "nuoc-mam.jpg", en: "fish-sauce.jpg" },
            width: 22,
        },
        Column {
            heading: Words { vi: "Đơn vị sản xuất", en: "Producer" },
            also: &[
                "nha san xuat",
                "don vi",
                "co so san xuat",
                "ma don vi",
                "don vi san xuat kinh doanh",
                "ten don vi",
            ],
            note: Words {
                vi: "Tên hoặc mã của một dòng trong trang Đơn vị.",
                en: "Name or code of a row of the sheet Producers.",
            },
            fills: "producer",
            reads: Reads::Producer,
            required: false,
            example: Words { vi: "HTX Mẫu Cát Hải", en: "HTX Mẫu Cát Hải" },
            width: 26,
        },
        Column {
            heading: Words { vi: "Thương hiệu", en: "Brand" },
            also: &["nhan hieu", "thuong hieu nhan hieu"],
            note: Words {
                vi: "Thương hiệu hoặc nhãn hiệu. Không có thì ghi: không áp dụng.",
                en: "Brand or mark. Where there is none, write: not applicable.",
            },
            fills: "brand",
            reads: Reads::TextIfAny("brand"),
            required: false,
            example: Words { vi: "Mẫu Cát Hải", en: "Mẫu Cát Hải" },
            width: 20,
        },
        Column {
            heading: Words { vi: "Ký hiệu", en: "Model" },
            also: &["mau ma", "kieu loai", "ma ky hieu"],
            note: Words {
                vi: "Mã ký hiệu hoặc kiểu loại, nếu có.", en: "Model or type designation, if any."
            },
            fills: "model",
            reads: Reads::Text,
            required: false,
            example: Words { vi: "", en: "" },
            width: 14,
        },
        Column {
            heading: Words { vi: "Nhóm sản phẩm", en: "Category" },
            also: &["loai san pham", "nganh hang", "nhom", "product group"],
            note: Words {
                vi: "Ví dụ: Thực phẩm; Đồ uống; Thủ công mỹ nghệ.", en: "Such as food, drinks, handicraft."
            },
            fills: "category.vi",
            reads: Reads::Text,
            required: false,
            example: Words { vi: "Thực phẩm", en: "Thực phẩm" },
            width: 18,
        },
        Column {
            heading: Words { vi: "Xuất xứ", en: "Origin" },
            also: &["noi san xuat", "nguon goc"],
            note: Words {
                vi: "Nơi sản xuất hoặc hoàn thiện cuối cùng. Không suy ra từ đầu số 893.",
                en: "Where it was made or last finished. Never derived from the prefix of the code.",
            },
            fills: "origin.vi",
            reads: Reads::Text,
            required: false,
            example: Words { vi: "Cát Hải, Hải Phòng", en: "Cát Hải, Hải Phòng" },
            width: 24,
        },
        Column {
            heading: Words { vi: "Quy cách", en: "Net content" },
            also: &["khoi luong", "the tich", "dung tich", "quy cach dong goi", "khoi luong tinh"],
            note: Words {
                vi: "Khối lượng, thể tích hoặc kích thước: 500 ml.", en: "Weight, volume or size: 500 ml."
            },
            fills: "net_content",
            reads: Reads::Text,
            required: false,
            example: Words { vi: "500 ml", en: "500 ml" },
            width: 14,
        },
        Column {
            heading: Words { vi: "Thời hạn sử dụng", en: "Shelf life" },
            also: &["han su dung", "hsd", "thoi han bao quan"],
            note: Words {
                vi: "Bằng lời: 24 tháng kể từ ngày sản xuất. Ngày hết hạn của từng lô ghi ở trang Lô. Không có thì ghi: không áp dụng.",
                en: "In words: 24 months from production. The last day of each lot stands in the sheet Lots. Where there is none, write: not applicable.",
            },
            fills: "shelf_life.vi",
            reads: Reads::TextIfAny("shelf_life"),
            required: false,
            example: Words {
                vi: "24 tháng kể từ ngày sản xuất", en: "24 tháng kể từ ngày sản xuất"
            },
            width: 28,
        },
        Column {
            heading: Words { vi: "Tiêu chuẩn áp dụng", en: "Standards" },
            also: &["tieu chuan", "quy chuan", "tieu chuan quy chuan ap dung", "standards applied"],
            note: Words {
                vi: "Tiêu chuẩn, quy chuẩn áp dụng; nhiều mục cách nhau bằng dấu chấm phẩy.",
                en: "Standards and technical regulations applied, separated by semicolons.",
            },
            fills: "standards",
            reads: Reads::Texts,
            required: false,
            example: Words { vi: "TCVN 5107:2018; QCVN 8-2:2011/BYT", en: "TCVN 5107:2018; QCVN 8-2:2011/BYT" },
            width: 30,
        },
        Column {
            heading: Words { vi: "Cảnh báo an toàn", en: "Safety warnings" },
            also: &["canh bao", "warnings", "luu y"],
            note: Words {
                vi: "Ví dụ: Có chứa cá. Nhiều câu cách nhau bằng dấu chấm phẩy.",
                en: "Such as: contains fish. Several are separated by semicolons.",
            },
            fills: "warnings",
            reads: Reads::Sentences,
            required: false,
            example: Words { vi: "Có chứa cá", en: "Có chứa cá" },
            width: 24,
        },
        Column {
            heading: Words { vi: "Điểm cần so sánh", en: "What to compare" },
            also: &["dau hieu nhan biet", "so sanh", "compare"],
            note: Words {
                vi: "Điều người mua so được với sản phẩm trên tay: màu nắp, chữ nổi, tem. Nhiều câu cách nhau bằng dấu chấm phẩy.",
                en: "What a buyer can compare with the thing in the hand: colour of the cap, embossing, label. Separated by semicolons.",
            },
            fills: "compare",
            reads: Reads::Compare,
            required: false,
            example: Words { vi: "Nắp màu xanh lá, có chữ nổi", en: "Nắp màu xanh lá, có chữ nổi" },
            width: 28,
        },
        Column {
            heading: Words { vi: "Có số sê-ri", en: "Has serials" },
            also: &["so se ri", "so seri", "serial", "keeps serials"],
            note: Words {
                vi: "Có: mỗi sản phẩm có một số sê-ri trong hồ sơ. Không thể bỏ lại về sau.",
                en: "Yes: every unit has a serial on record. It cannot be taken back.",
            },
            fills: "keeps_serials",
            reads: Reads::YesNo,
            required: false,
            example: Words { vi: "", en: "" },
            width: 12,
        },
        Column {
            heading: Words { vi: "Đăng ký đến ngày", en: "Registered until" },
            also: &["hieu luc den"],
            note: Words {
                vi: "Ngày cuối của đăng ký, nếu có: 31/12/2027.",
                en: "Last day of the registration, if any: 31/12/2027.",
            },
            fills: "registered_until",
            reads: Reads::LastDay,
            required: false,
            example: Words { vi: "", en: "" },
            width: 16,
        },
        WITHDRAWN,
        REST,
    ],
};
