//! What is worth opening in the demo: one link per kind of answer, with the answer that a lookup must give.
//!
//! Printed at start, listed on the demo's home page and walked through by tests, so that the three never differ.

use nguon_openapi::{Level, Verdict};

/// A code to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scan {
    /// Its place in the list. 1 to 17 are the products, in their order.
    pub n: u8,
    /// What follows `/card` or `/v1/verify`: a Digital Link path, or a code of another form as one percent-encoded
    /// segment.
    pub path: &'static str,
    /// What a lookup must find.
    pub verdict: Verdict,
    /// How far down the record must reach.
    pub level: Level,
    /// What there is to see, in Vietnamese.
    pub note_vi: &'static str,
    /// What there is to see, in English.
    pub note_en: &'static str,
}

const fn scan(
    n: u8,
    path: &'static str,
    (verdict, level): (Verdict, Level),
    note_vi: &'static str,
    note_en: &'static str,
) -> Scan {
    Scan { n, path, verdict, level, note_vi, note_en }
}

const ITEM: (Verdict, Level) = (Verdict::RegisteredItem, Level::Item);
const BATCH: (Verdict, Level) = (Verdict::RegisteredBatch, Level::Batch);

/// Every link worth opening. A lookup is never counted, so opening them changes nothing.
#[must_use]
pub const fn scans() -> &'static [Scan] {
    SCANS
}

const SCANS: &[Scan] = &[
    scan(
        1,
        "/01/09520000010010/10/L01A/21/3165QFD13Z41",
        ITEM,
        "Nước mắm: hồ sơ đủ 10 trên 10 mục, có ảnh để so",
        "Fish sauce: a full record, 10 of 10, with pictures to compare",
    ),
    scan(
        2,
        "/01/09520000020019/21/Q81351N4FYAS",
        ITEM,
        "Mật ong: chưa ai kiểm tra mã này",
        "Honey: nobody has checked this code yet",
    ),
    scan(
        3,
        "/01/09520000030018/10/G03A",
        BATCH,
        "Gạo: mã chung cho cả lô, không có số sê-ri",
        "Rice: one code for the whole lot, no serials",
    ),
    scan(
        4,
        "/01/09520000040017/10/K04A/21/C33XJPF54C6B",
        (Verdict::Recalled, Level::Item),
        "Cá kho: lô đang bị thu hồi",
        "Braised fish: this lot is being recalled",
    ),
    scan(
        5,
        "/01/09520000050016/10/T05A/21/6EGDAZ8VRFJG",
        ITEM,
        "Trà hoa cúc: chứng nhận OCOP đã hết hạn",
        "Chrysanthemum tea: its OCOP certificate has ended",
    ),
    scan(
        6,
        "/01/09520000060015/10/Y06A/21/0X6YMBTTE5X5",
        (Verdict::Expired, Level::Item),
        "Sữa chua: quá hạn sử dụng 5 ngày",
        "Yoghurt: five days past its date",
    ),
    scan(
        7,
        "/01/09520000070014/10/C07A/21/MHV1SNVREK2S",
        (Verdict::SuspectedClone, Level::Item),
        "Cao thảo mộc: mã được kiểm tra ở nhiều tỉnh trong hai ngày",
        "Herbal extract: a code that was checked in many provinces within two days",
    ),
    scan(8, "/01/09520000080013/10/E08A", BATCH, "Trứng gà: lô có trong hồ sơ", "Eggs: the lot is on record"),
    scan(
        9,
        "/01/09520000090012",
        (Verdict::RegisteredGtin, Level::Gtin),
        "Bánh đa: chỉ có mã vạch, hồ sơ còn thiếu nhiều mục",
        "Noodles: a barcode only, and a thin record",
    ),
    scan(
        10,
        "/01/09520000100018/10/S10A/21/NE7H71N9WDZB",
        (Verdict::AlreadyConsumed, Level::Item),
        "Tôm khô: mã PIN đã được dùng hôm qua",
        "Dried shrimp: its PIN was used yesterday",
    ),
    scan(
        11,
        "/01/09520000110017/10/N11A/21/G4SYNVX225HR",
        (Verdict::NotActivated, Level::Item),
        "Hạt sen: mã chưa kích hoạt",
        "Lotus seeds: code not yet activated",
    ),
    scan(
        12,
        "/01/09520000120016/10/V12A/21/4KC1SXC3SPDJ",
        (Verdict::UnusualActivity, Level::Item),
        "Vải thiều sấy: được kiểm tra nhiều lần hơn thường lệ",
        "Dried lychee: checked more often than usual",
    ),
    scan(
        13,
        "/01/09520000130015/10/F13Z/21/5JG79X1HTR91",
        (Verdict::DataMismatch, Level::Item),
        "Chả cá: số lô trên mã khác với hồ sơ",
        "Fish cake: the lot in the code is not the one on record",
    ),
    scan(
        14,
        "/01/09520000140014/10/R14A/21/BWERSW4Y8T9S",
        ITEM,
        "Bánh gai: còn hạn 5 ngày",
        "Gai leaf cakes: five days left",
    ),
    scan(
        15,
        "/01/09520000150013/10/W15A/21/4EFMZPDF1QM3",
        (Verdict::Revoked, Level::Item),
        "Khăn dệt: mã bị huỷ vì cuộn tem bị mất trộm",
        "Scarf: cancelled, the roll of labels was stolen",
    ),
    scan(
        16,
        "/01/09520000160012/10/J16A",
        (Verdict::Lapsed, Level::Batch),
        "Chiếu cói: hồ sơ đã ngừng từ 30 ngày trước",
        "Sedge mat: the registration ended 30 days ago",
    ),
    scan(
        17,
        "/01/09520000170011/10/U17A/21/8VHFJ5H71T5N",
        ITEM,
        "Sốt cá kho: làm từ lô cá đang bị thu hồi",
        "Braised-fish sauce: made from the recalled lot of fish",
    ),
    scan(
        18,
        "/01/09520000040017/10/K04B",
        BATCH,
        "Cá kho, lô khác: hãy xem kỹ số lô",
        "Braised fish, another lot: look at the lot number",
    ),
    scan(
        19,
        "/01/09520000130015/10/F13B",
        (Verdict::Recalled, Level::Batch),
        "Chả cá: đợt thu hồi đã kết thúc, vẫn không nên dùng",
        "Fish cake: the recall is closed, still do not use it",
    ),
    scan(
        20,
        "/01/09520000030018/10/G03B",
        BATCH,
        "Gạo: lệnh thu hồi đã được rút 10 ngày trước",
        "Rice: a recall that was withdrawn 10 days ago",
    ),
    scan(
        21,
        "/01/09520000020019/10/M02A/21/TRUNGBAY0001",
        (Verdict::NotActivated, Level::Item),
        "Mật ong: hũ trưng bày, không bán",
        "Honey: a jar for display, not for sale",
    ),
    scan(
        22,
        "/01/09520000010010/10/L01A/21/ZZZZZZZZZZZZ",
        (Verdict::UnknownSerial, Level::Batch),
        "Số sê-ri không có trong hồ sơ",
        "A serial that is not on record",
    ),
    scan(
        23,
        "/01/09520000010010/10/L01A/21/3165qfd13z41",
        (Verdict::UnknownSerial, Level::Batch),
        "Số sê-ri chỉ khác chữ hoa, chữ thường",
        "A serial that differs only in upper and lower case",
    ),
    scan(
        24,
        "/https%3A%2F%2Fnhan-la.example%2F01%2F09520000030018%2F10%2FG03A",
        BATCH,
        "Gạo: nhãn dẫn tới địa chỉ mà nhà sản xuất không khai báo",
        "Rice: the label points to an address that the producer does not declare",
    ),
    scan(
        25,
        "/HP-MAU-0001",
        BATCH,
        "Trứng gà: mã không theo GS1, tra đúng như đã in",
        "Eggs: a code that is not GS1, matched as printed",
    ),
    scan(
        26,
        "/9520000010011",
        (Verdict::Malformed, Level::None),
        "Số kiểm tra sai: có chữ số bị nhầm",
        "A wrong check digit: one digit was mistaken",
    ),
    scan(
        27,
        "/01/09520000991111",
        (Verdict::Unknown, Level::None),
        "Mã không có trong hồ sơ này",
        "A code that is not in this registry",
    ),
];
