//! Every word of ours on a card, in both languages, in one table.
//!
//! Verdicts, reasons and footers arrive as sentences in the card; these are the words around them. Words that would
//! judge goods have no place here: a card says what is on record and what to compare.

/// Language of the labels. It follows the card's own `lang`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// `en` is English, everything else Vietnamese.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        if tag == "en" { Self::En } else { Self::Vi }
    }

    /// The tag of BCP 47.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

macro_rules! labels {
    ($($name:ident = $vi:literal, $en:literal;)+) => {
        /// A word or phrase of ours.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Label { $($name,)+ }

        impl Label {
            /// Every label, for the tests that read them all.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)+];
        }

        /// The words of each language, a line each.
        pub(crate) const VI: &str = concat!($($vi, "\n",)+);
        pub(crate) const EN: &str = concat!($($en, "\n",)+);
        /// How many there are in each.
        #[expect(clippy::cast_possible_truncation, reason = "a few dozen")]
        pub(crate) const COUNT: u16 = [$($vi,)+].len() as u16;
    };
}

labels! {
    Demo = "DỮ LIỆU MINH HOẠ", "DỮ LIỆU MINH HOẠ · DEMONSTRATION DATA";
    Stale = "Hệ thống đang bận. Đây là thông tin đã lưu trước đó.", "The service is busy. This was stored earlier.";
    CouldNotCheck = "Chưa kiểm tra được, xin thử lại", "Could not check: please try again";
    ToneDanger = "Cảnh báo", "Warning";
    ToneCaution = "Cần lưu ý", "Take care";
    ToneInfo = "Thông tin", "Information";
    ToneNeutral = "Chưa có thông tin", "No information";
    TonePositive = "Đã kiểm tra", "Checked";
    RecallActive = "Thông báo thu hồi", "Recall notice";
    RecallClosed = "Đợt thu hồi đã kết thúc", "Recall that has ended";
    RecallWithdrawn = "Thông báo thu hồi đã được rút lại", "Recall notice, since withdrawn";
    BySerial = "Số sê-ri này thuộc diện thu hồi.", "This serial number is covered.";
    ByLot = "Lô này thuộc diện thu hồi.", "This lot is covered.";
    ByProduct = "Mọi lô của sản phẩm này thuộc diện thu hồi.", "Every lot of this product is covered.";
    ByInput = "Một lô đầu vào của lô này thuộc diện thu hồi.", "A lot that this one was made from is covered.";
    ByOtherLots = "Chỉ áp dụng cho những lô ghi dưới đây.", "Only the lots listed here are covered.";
    Hazard = "Nguy cơ", "Hazard";
    Why = "Lý do", "Reason";
    RecalledLots = "Lô thu hồi", "Recalled lots";
    RecalledSerials = "Số sê-ri thu hồi", "Recalled serials";
    WhereLot = "Tìm số lô ở đâu", "Where to find the lot";
    Remedy = "Cần làm gì", "What to do";
    ReturnTo = "Nơi nhận trả", "Where to return it";
    Phone = "Điện thoại", "Phone";
    Issuer = "Nơi ra thông báo", "Issued by";
    Document = "Văn bản số", "Document";
    Since = "Từ ngày", "Since";
    EndedOn = "Kết thúc ngày", "Ended on";
    WithdrawnOn = "Rút lại ngày", "Withdrawn on";
    Dash = " – ", " – ";
    Class = "Mức độ", "Class";
    ClassA = "A (nghiêm trọng)", "A (serious)";
    ClassB = "B (trung bình)", "B (moderate)";
    ClassC = "C (nhẹ)", "C (slight)";
    Path = "Đường đến lô bị thu hồi", "Path to the recalled lot";
    ProductPicture = "Hình sản phẩm do nhà sản xuất cung cấp", "Product picture from the producer";
    ClaimNote = "Tên do nhà sản xuất tự đặt", "The producer’s own wording";
    OpenQuote = "“", "“";
    CloseQuote = "”", "”";
    Dot = " · ", " · ";
    Brand = "Nhãn hiệu", "Brand";
    Model = "Kiểu, ký hiệu", "Model";
    Origin = "Xuất xứ", "Origin";
    NetContent = "Định lượng", "Net content";
    Standards = "Tiêu chuẩn áp dụng", "Standards applied";
    SafetyNotes = "Lưu ý khi dùng", "Safety notes";
    Notes = "Điều cần biết", "Worth knowing";
    InCode = "Trên mã", "In the code";
    OnRecord = "Trong hồ sơ", "On record";
    CaseVariant = "Xem mã gần giống có trong hồ sơ", "See the similar code on record";
    TradeUnit = "Xem sản phẩm bên trong thùng", "See the product inside the case";
    Batch = "Mã số và hạn dùng", "Numbers and dates";
    CodeRead = "Mã đã đọc", "Code as read";
    Gtin = "Mã vạch (GTIN)", "Barcode (GTIN)";
    Lot = "Số lô", "Lot";
    LotInCode = "Số lô trên mã", "Lot in the code";
    Serial = "Số sê-ri", "Serial";
    Produced = "Ngày sản xuất", "Produced";
    Expires = "Hạn sử dụng", "Expiry date";
    OwnExpires = "Hạn riêng của sản phẩm này", "Expiry of this one unit";
    ExpiresInCode = "Hạn ghi trong mã", "Expiry in the code";
    BestBefore = "Dùng tốt nhất trước", "Best before";
    Producer = "Nhà sản xuất", "Producer";
    Name = "Tên", "Name";
    Address = "Địa chỉ", "Address";
    LegacyAddress = "Địa chỉ trên nhãn cũ", "Address on older labels";
    Email = "Thư điện tử", "E-mail";
    Website = "Trang web", "Web site";
    Certificates = "Chứng nhận và nhãn hiệu", "Certificates and marks";
    Star3 = "★★★", "★★★";
    Star4 = "★★★★", "★★★★";
    Star5 = "★★★★★", "★★★★★";
    NumberSign = "Số ", "No. ";
    ValidUntil = "Có hiệu lực đến ", "Valid until ";
    CertificateEndedOn = "Đã hết hạn ngày ", "Ended on ";
    CertificateEnded = "Đã hết hạn", "Ended";
    ValidFrom = "Có hiệu lực từ ", "Valid from ";
    LookUp = "Tra cứu tại ", "Look it up at ";
    Declared = "Theo khai báo của ", "Declared by ";
    Evidenced = "Có giấy tờ, nguồn: ", "Document shown, source: ";
    Verified = "Đã được kiểm tra bởi ", "Checked by ";
    Timeline = "Hành trình", "Journey";
    Compare = "So với sản phẩm trên tay", "Compare with what you hold";
    CompareLater = "Khi nhận hàng, hãy so", "Compare when it arrives";
    Completeness = "Mức đầy đủ của hồ sơ", "How complete the record is";
    OfTen = " trên 10 mục theo Thông tư 02/2024/TT-BKHCN", " of 10 items of Circular 02/2024/TT-BKHCN";
    Missing = "Còn thiếu", "Missing";
    FullRecord = "Xem đầy đủ tại ", "See in full at ";
}
