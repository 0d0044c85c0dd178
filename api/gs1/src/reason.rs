//! Why a string is not, or not quite, the code of a product: stable names, and a sentence each.

use core::fmt;

use crate::language::Language;

/// A reason that goes onto a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The check digit is wrong.
    CheckDigit,
    /// The structure is wrong.
    Structure,
    /// Two codes run together.
    SeveralCodes,
    /// A bank transfer or another payment.
    PaymentCode,
    /// An identity card or another document of a person.
    PersonalDocument,
    /// A number that a shop gives out for its own use.
    RestrictedCirculation,
    /// A pallet or parcel (SSCC).
    LogisticUnit,
    /// The code of a case; the unit inside has one of its own.
    MaybeTradeUnitOf,
    /// A code or link of another scheme.
    OtherScheme,
}

impl Reason {
    /// Whether such a code is nobody's to repeat: it is of a person, or of a payment.
    #[must_use]
    pub const fn is_private(self) -> bool {
        matches!(self, Self::PersonalDocument | Self::PaymentCode)
    }

    /// Its stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CheckDigit => "check_digit",
            Self::Structure => "structure",
            Self::SeveralCodes => "several_codes",
            Self::PaymentCode => "payment_code",
            Self::PersonalDocument => "personal_document",
            Self::RestrictedCirculation => "restricted_circulation",
            Self::LogisticUnit => "logistic_unit",
            Self::MaybeTradeUnitOf => "maybe_trade_unit_of",
            Self::OtherScheme => "other_scheme",
        }
    }

    /// One sentence that says what the code is and what to do.
    #[must_use]
    pub const fn text(self, language: Language) -> &'static str {
        match language {
            Language::Vi => self.vietnamese(),
            Language::En => self.english(),
        }
    }

    const fn vietnamese(self) -> &'static str {
        match self {
            Self::CheckDigit => "Mã có một chữ số chưa khớp: hãy so từng chữ số với nhãn rồi quét hoặc nhập lại.",
            Self::Structure => "Mã chưa đầy đủ hoặc chưa đúng cấu trúc: hãy quét hoặc nhập lại.",
            Self::SeveralCodes => "Hai mã bị đọc liền nhau: hãy quét lại từng mã một.",
            Self::PaymentCode => "Mã này dùng để chuyển tiền, không phải mã sản phẩm: hãy tìm mã khác trên bao bì.",
            Self::PersonalDocument => {
                "Mã này nằm trên giấy tờ cá nhân, không phải mã sản phẩm; nội dung không được lưu lại."
            }
            Self::RestrictedCirculation => {
                "Mã do cửa hàng tự in để dùng nội bộ: hãy tìm mã của nhà sản xuất trên bao bì."
            }
            Self::LogisticUnit => "Mã của pallet hoặc kiện hàng: hãy quét mã trên từng sản phẩm bên trong.",
            Self::MaybeTradeUnitOf => "Mã này in trên thùng: sản phẩm bên trong có mã riêng, hãy quét mã đó.",
            Self::OtherScheme => "Mã hoặc đường dẫn của một hệ thống khác: hãy tìm mã vạch hoặc mã GS1 trên bao bì.",
        }
    }

    const fn english(self) -> &'static str {
        match self {
            Self::CheckDigit => "One digit does not fit: compare each digit with the label, then scan or type again.",
            Self::Structure => "The code is incomplete or not well formed: scan or type it again.",
            Self::SeveralCodes => "Two codes were read as one: scan them one at a time.",
            Self::PaymentCode => {
                "This code is for sending money, not for a product: look for another code on the pack."
            }
            Self::PersonalDocument => {
                "This code is from a personal document, not from a product; nothing of it was kept."
            }
            Self::RestrictedCirculation => {
                "A shop printed this code for its own use: look for the producer's code on the pack."
            }
            Self::LogisticUnit => "The code of a pallet or parcel: scan the code on a product inside.",
            Self::MaybeTradeUnitOf => {
                "This code is printed on a case: the product inside has a code of its own, scan that."
            }
            Self::OtherScheme => "A code or link of another system: look for a barcode or GS1 code on the pack.",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
