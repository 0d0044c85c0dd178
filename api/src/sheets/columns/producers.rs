//! The sheet of producers: items 3 and 4 of Circular 02/2024/TT-BKHCN.

use super::{Column, Kind, REST, Reads, Table, WITHDRAWN, Words};

pub(super) const TABLE: Table = Table {
    kind: Kind::Producers,
    record: "producer",
    name: Words { vi: "Đơn vị", en: "Producers" },
    columns: &[
        Column {
            heading: Words { vi: "Tên đơn vị", en: "Name" },
            also: &["don vi", "ten", "producer", "nha san xuat", "don vi san xuat", "ten co so", "ho ten"],
            note: Words {
                vi: "Hợp tác xã, doanh nghiệp hoặc hộ sản xuất.", en: "Cooperative, company or household."
            },
            fills: "name.vi",
            reads: Reads::Text,
            required: true,
            example: Words { vi: "HTX Mẫu Cát Hải", en: "HTX Mẫu Cát Hải" },
            width: 32,
        },
        Column {
            heading: Words { vi: "Tên tiếng Anh", en: "Name in English" },
            also: &["english name"],
            note: Words { vi: "Nếu có.", en: "If there is one." },
            fills: "name.en",
            reads: Reads::Text,
            required: false,
            example: Words { vi: "Mẫu Cát Hải Cooperative", en: "Mẫu Cát Hải Cooperative" },
            width: 28,
        },
        Column {
            heading: Words { vi: "Mã đơn vị", en: "Producer code" },
            also: &["gln", "id", "ma gln", "ma so"],
            note: Words {
                vi: "GLN 13 chữ số nếu có. Để trống thì hệ thống đặt mã từ tên.",
                en: "GLN of 13 digits where there is one. Left blank, a code is made of the name.",
            },
            fills: "id",
            reads: Reads::Id,
            required: false,
            example: Words { vi: "", en: "" },
            width: 18,
        },
        Column {
            heading: Words { vi: "Địa chỉ", en: "Address" },
            also: &["dia chi hien nay", "dia chi moi"],
            note: Words {
                vi: "Như viết hiện nay: thôn, xã hoặc phường, tỉnh hoặc thành phố (không còn cấp huyện).",
                en: "As it is written today.",
            },
            fills: "address.text",
            reads: Reads::Text,
            required: false,
            example: Words {
                vi: "Tổ 3, đặc khu Cát Hải, Hải Phòng", en: "Tổ 3, đặc khu Cát Hải, Hải Phòng"
            },
            width: 36,
        },
        Column {
            heading: Words { vi: "Mã xã", en: "Ward code" },
            also: &["ma phuong", "ma phuong xa", "ma xa phuong"],
            note: Words { vi: "5 chữ số của Cục Thống kê, nếu biết.", en: "5 digits, if known." },
            fills: "address.ward_code",
            reads: Reads::Digits(5),
            required: false,
            example: Words { vi: "", en: "" },
            width: 10,
        },
        Column {
            heading: Words { vi: "Mã tỉnh", en: "Province code" },
            also: &["ma thanh pho", "ma tinh thanh pho"],
            note: Words { vi: "2 chữ số: Hải Phòng là 31.", en: "2 digits: Hải Phòng is 31." },
            fills: "address.province_code",
            reads: Reads::Digits(2),
            required: false,
            example: Words { vi: "31", en: "31" },
            width: 10,
        },
        Column {
            heading: Words { vi: "Địa chỉ cũ", en: "Former address" },
            also: &["legacy address", "dia chi tren nhan cu"],
            note: Words {
                vi: "Như trên nhãn in trước 01/07/2025, nếu khác.",
                en: "As older labels carry it, where it differs.",
            },
            fills: "address.legacy",
            reads: Reads::Text,
            required: false,
            example: Words {
                vi: "Thị trấn Cát Hải, huyện Cát Hải, Hải Phòng",
                en: "Thị trấn Cát Hải, huyện Cát Hải, Hải Phòng",
            },
            width: 36,
        },
        Column {
            heading: Words { vi: "Điện thoại", en: "Phone" },
            also: &["so dien thoai", "dien thoai lien he", "sdt", "telephone"],
            note: Words { vi: "Số cho khách hàng gọi.", en: "Number for customers." },
            fills: "phone",
            reads: Reads::Phone,
            required: false,
            example: Words { vi: "0225 3 000 000", en: "0225 3 000 000" },
            width: 16,
        },
        Column {
            heading: Words { vi: "Email", en: "E-mail" },
            also: &["thu dien tu"],
            note: Words { vi: "Cho khách hàng.", en: "For customers." },
            fills: "email",
            reads: Reads::Text,
            required: false,
            example: Words { vi: "htx@example.vn", en: "htx@example.vn" },
            width: 22,
        },
        Column {
            heading: Words { vi: "Trang web", en: "Website" },
            also: &["web", "dia chi web"],
            note: Words { vi: "Bắt đầu bằng https://", en: "Begins with https://" },
            fills: "website",
            reads: Reads::Url,
            required: false,
            example: Words { vi: "https://example.vn", en: "https://example.vn" },
            width: 24,
        },
        WITHDRAWN,
        REST,
    ],
};
