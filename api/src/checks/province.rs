//! The provinces of Viet Nam, by their codes of two digits.
//!
//! There are 34 since 2025-07-01 (Resolution 202/2025/QH15), with the codes of the General Statistics Office: one that
//! was made of several has kept the code of one of them. ISO 3166-2 still lists the 63 before, and so does every
//! database that was made from it.

use crate::store::ledger::Province;

/// The codes in use, in order.
pub const CODES: [u8; 34] = [
    1, 4, 8, 11, 12, 14, 15, 19, 20, 22, 24, 25, 31, 33, 37, 38, 40, 42, 44, 46, 48, 51, 52, 56, 66, 68, 75, 79, 80,
    82, 86, 91, 92, 96,
];

/// The 63 subdivisions of ISO 3166-2:VN, as they follow `VN-`, and the provinces that they are part of now.
const ISO_3166_2: [(&str, u8); 63] = [
    ("01", 12), // Lai Châu
    ("02", 15), // Lào Cai
    ("03", 8),  // Hà Giang: Tuyên Quang
    ("04", 4),  // Cao Bằng
    ("05", 14), // Sơn La
    ("06", 15), // Yên Bái: Lào Cai
    ("07", 8),  // Tuyên Quang
    ("09", 20), // Lạng Sơn
    ("13", 22), // Quảng Ninh
    ("14", 25), // Hòa Bình: Phú Thọ
    ("18", 37), // Ninh Bình
    ("20", 33), // Thái Bình: Hưng Yên
    ("21", 38), // Thanh Hóa
    ("22", 40), // Nghệ An
    ("23", 42), // Hà Tĩnh
    ("24", 44), // Quảng Bình: Quảng Trị
    ("25", 44), // Quảng Trị
    ("26", 46), // Thừa Thiên-Huế: Huế
    ("27", 48), // Quảng Nam: Đà Nẵng
    ("28", 51), // Kon Tum: Quảng Ngãi
    ("29", 51), // Quảng Ngãi
    ("30", 52), // Gia Lai
    ("31", 52), // Bình Định: Gia Lai
    ("32", 66), // Phú Yên: Đắk Lắk
    ("33", 66), // Đắk Lắk
    ("34", 56), // Khánh Hòa
    ("35", 68), // Lâm Đồng
    ("36", 56), // Ninh Thuận: Khánh Hòa
    ("37", 80), // Tây Ninh
    ("39", 75), // Đồng Nai
    ("40", 68), // Bình Thuận: Lâm Đồng
    ("41", 80), // Long An: Tây Ninh
    ("43", 79), // Bà Rịa - Vũng Tàu: Hồ Chí Minh
    ("44", 91), // An Giang
    ("45", 82), // Đồng Tháp
    ("46", 82), // Tiền Giang: Đồng Tháp
    ("47", 91), // Kiên Giang: An Giang
    ("49", 86), // Vĩnh Long
    ("50", 86), // Bến Tre: Vĩnh Long
    ("51", 86), // Trà Vinh: Vĩnh Long
    ("52", 92), // Sóc Trăng: Cần Thơ
    ("53", 19), // Bắc Kạn: Thái Nguyên
    ("54", 24), // Bắc Giang: Bắc Ninh
    ("55", 96), // Bạc Liêu: Cà Mau
    ("56", 24), // Bắc Ninh
    ("57", 79), // Bình Dương: Hồ Chí Minh
    ("58", 75), // Bình Phước: Đồng Nai
    ("59", 96), // Cà Mau
    ("61", 31), // Hải Dương: Hải Phòng
    ("63", 37), // Hà Nam: Ninh Bình
    ("66", 33), // Hưng Yên
    ("67", 37), // Nam Định: Ninh Bình
    ("68", 25), // Phú Thọ
    ("69", 19), // Thái Nguyên
    ("70", 25), // Vĩnh Phúc: Phú Thọ
    ("71", 11), // Điện Biên
    ("72", 68), // Đắk Nông: Lâm Đồng
    ("73", 92), // Hậu Giang: Cần Thơ
    ("CT", 92), // Cần Thơ
    ("DN", 48), // Đà Nẵng
    ("HN", 1),  // Hà Nội
    ("HP", 31), // Hải Phòng
    ("SG", 79), // Hồ Chí Minh
];

impl Province {
    /// The province with this code, if there is one.
    pub fn of_code(code: u8) -> Option<Self> {
        CODES.binary_search(&code).is_ok().then_some(Self(code))
    }

    /// The province whose code these two digits are.
    pub fn of_digits(digits: &[u8]) -> Option<Self> {
        let &[tens @ b'0'..=b'9', ones @ b'0'..=b'9'] = digits else {
            return None;
        };
        Self::of_code((tens - b'0') * 10 + (ones - b'0'))
    }

    /// The province that a subdivision of Viet Nam after ISO 3166-2 is part of: `HP`, as it follows `VN-`.
    pub fn of_iso_3166_2(subdivision: &str) -> Option<Self> {
        let place = ISO_3166_2.binary_search_by_key(&subdivision, |(iso, _)| iso).ok()?;
        ISO_3166_2.get(place).map(|(_, code)| Self(*code))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rstest::rstest;

    use super::*;

    #[test]
    fn codes_and_subdivisions_are_in_order_each_once() {
        assert!(CODES.is_sorted_by(|one, next| one < next));
        assert!(ISO_3166_2.is_sorted_by(|(one, _), (next, _)| one < next));
    }

    #[test]
    fn every_subdivision_is_part_of_a_province_and_every_province_has_one() {
        let reached: BTreeSet<u8> = ISO_3166_2.iter().map(|(_, code)| *code).collect();
        assert_eq!(reached, BTreeSet::from(CODES));
    }

    #[rstest]
    #[case::hai_phong("HP", Some(31))]
    #[case::hai_duong("61", Some(31))]
    #[case::binh_duong("57", Some(79))]
    #[case::ha_tay_which_is_part_of_ha_noi_since_2008("15", None)]
    #[case::lower_case("hp", None)]
    #[case::with_its_country("VN-HP", None)]
    #[case::nothing("", None)]
    fn a_subdivision_is_part_of_its_province_of_today(#[case] iso: &str, #[case] code: Option<u8>) {
        assert_eq!(Province::of_iso_3166_2(iso), code.map(Province));
    }

    #[rstest]
    #[case::hai_phong("31", Some(31))]
    #[case::ha_noi("01", Some(1))]
    #[case::one_digit("1", None)]
    #[case::three_digits("031", None)]
    #[case::hai_duong_of_before("30", None)]
    #[case::a_sign("+1", None)]
    #[case::other_digits("３１", None)]
    #[case::nothing("", None)]
    fn a_code_is_two_digits_of_a_province(#[case] digits: &str, #[case] code: Option<u8>) {
        assert_eq!(Province::of_digits(digits.as_bytes()), code.map(Province));
    }
}
