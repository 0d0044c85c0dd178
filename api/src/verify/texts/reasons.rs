//! One sentence for every reason code.

use nguon_openapi::{Lang, ReasonCode};

use super::{Filling, day, fill};
use crate::verify::rules::{Finding, Said};

/// `{c}` is what the code says, `{r}` what the record says, `{d}` a day.
#[expect(clippy::too_many_lines, reason = "a table")]
const fn template(reason: ReasonCode) -> (&'static str, &'static str) {
    match reason {
        ReasonCode::GtinOnRecord => ("Loại sản phẩm có trong hồ sơ.", "The product is on record."),
        ReasonCode::LotOnRecord => ("Lô hàng có trong hồ sơ.", "The lot is on record."),
        ReasonCode::SerialOnRecord => ("Số sê-ri có trong hồ sơ.", "The serial is on record."),
        ReasonCode::UnknownLot => (
            "Chưa thấy lô {c} trong hồ sơ; nhà sản xuất có thể chưa cập nhật.",
            "Lot {c} is not on record; the producer may be late updating.",
        ),
        ReasonCode::UnknownSerial => ("Chưa thấy số sê-ri {c} trong hồ sơ.", "Serial {c} is not on record."),
        ReasonCode::CaseVariantExists => (
            "Có số sê-ri {r} trong hồ sơ, chỉ khác chữ hoa, chữ thường. Hãy so lại với nhãn.",
            "Serial {r} is on record and differs only in upper and lower case. Compare with the label.",
        ),
        ReasonCode::SerialsNotKept => (
            "Sản phẩm này không lưu số sê-ri nên không đối chiếu được từng chiếc.",
            "No serials are kept for this product, so single units cannot be told apart.",
        ),
        ReasonCode::LotMismatch => {
            ("Số lô trên mã là {c}, trong hồ sơ là {r}.", "The lot in the code is {c}; on record it is {r}.")
        }
        ReasonCode::ExpiryMismatch => {
            ("Hạn dùng trên mã là {c}, trong hồ sơ là {r}.", "The expiry in the code is {c}; on record it is {r}.")
        }
        ReasonCode::InputTrimmed => ("Đã bỏ khoảng trắng thừa quanh mã.", "Blanks around the code were removed."),
        ReasonCode::HostNotDeclared => (
            "Mã dẫn tới địa chỉ {c}, không phải địa chỉ nhà sản xuất đã khai báo.",
            "The code points to {c}, which is not an address that the producer declares.",
        ),
        ReasonCode::Expired => ("Đã quá hạn dùng ghi trong hồ sơ ({d}).", "Past the expiry on record ({d})."),
        ReasonCode::ExpiredByCode => ("Đã quá hạn dùng ghi trong mã ({d}).", "Past the expiry in the code ({d})."),
        ReasonCode::ExpiresToday => ("Hôm nay là ngày cuối của hạn dùng.", "Today is the last day of use."),
        ReasonCode::BestBeforePassed => (
            "Đã qua ngày dùng tốt nhất ({d}); chất lượng có thể giảm.",
            "Past the best-before date ({d}); quality may be lower.",
        ),
        ReasonCode::CertificateEnded => ("Có chứng nhận đã hết hạn (ngày {d}).", "A certificate has ended (on {d})."),
        ReasonCode::RegistrationEnded => ("Hồ sơ hết hiệu lực từ {d}.", "The registration ended on {d}."),
        ReasonCode::NotActivated => ("Mã đã cấp nhưng chưa đưa ra bán.", "The code was issued but is not yet on sale."),
        ReasonCode::Specimen => (
            "Đây là mã mẫu dùng để tập huấn hoặc trưng bày, không phải hàng bán.",
            "This is a specimen for training or display, not for sale.",
        ),
        ReasonCode::RecallActive => ("Đang bị thu hồi từ {d}.", "Under recall since {d}."),
        ReasonCode::RecallClosed => {
            ("Từng bị thu hồi; đợt thu hồi kết thúc ngày {d}.", "Was recalled; the recall ended on {d}.")
        }
        ReasonCode::RecallWithdrawn => ("Một lệnh thu hồi đã được rút lại ngày {d}.", "A recall was withdrawn on {d}."),
        ReasonCode::RecallOtherLots => (
            "Có lô khác của sản phẩm này bị thu hồi; hãy so số lô trên bao bì.",
            "Other lots of this product are recalled; compare the lot on the pack.",
        ),
        ReasonCode::InputRecalled => (
            "Lô này làm từ nguyên liệu thuộc lô {r} đang hoặc từng bị thu hồi.",
            "This lot was made from lot {r}, which is or was recalled.",
        ),
        ReasonCode::CodeRevoked => ("Nhà sản xuất đã huỷ mã này.", "The producer cancelled this code."),
        ReasonCode::NotCheckedYet => ("Mã này chưa được kiểm tra lần nào.", "This code has not been checked yet."),
        ReasonCode::FirstCheck => ("Đây là lần kiểm tra đầu tiên.", "This is the first check."),
        ReasonCode::CheckedBefore => {
            ("Đã được kiểm tra {n} lần, lần đầu ngày {d}.", "Checks so far: {n}, the first on {d}.")
        }
        ReasonCode::CloneSoftRule => {
            ("Số lần kiểm tra nhiều hơn thường lệ.", "The code was checked more often than usual.")
        }
        ReasonCode::CloneHardRule => (
            "Mã được kiểm tra ở nhiều nơi trong thời gian ngắn.",
            "The code was checked in many places within a short time.",
        ),
        ReasonCode::SharedPublicly => ("Mã này đã bị đăng công khai.", "This code was published somewhere."),
        ReasonCode::PinRedeemed => ("Mã đã được ghi nhận là đã dùng.", "The code is recorded as used."),
        ReasonCode::SameReceipt => ("Bởi chính biên nhận này.", "By this same receipt."),
        ReasonCode::PinAccepted => ("Mã PIN khớp với hồ sơ.", "The PIN matches the record."),
        ReasonCode::PinMismatch => {
            ("Mã PIN chưa khớp với hồ sơ; xin nhập lại.", "The PIN does not match the record; type it again.")
        }
        ReasonCode::PinNotOnRecord => (
            "Hồ sơ không có mã PIN cho sản phẩm này; hãy so kỹ bao bì.",
            "No PIN is on record for this unit; compare the pack closely.",
        ),
        ReasonCode::PinNotCompared => {
            ("Chưa đối chiếu được mã PIN, xin thử lại sau.", "The PIN could not be compared; try again later.")
        }
        ReasonCode::NotCounted => (
            "Lần kiểm tra này chưa được tính vì hệ thống đang bận.",
            "This check was not counted: the service is busy.",
        ),
        ReasonCode::CountedLater => {
            ("Lần kiểm tra đã được giữ lại và sẽ được tính sau.", "The check is kept and will be counted later.")
        }
        ReasonCode::PinTooOften => (
            "Mã PIN đã được thử quá nhiều lần; hãy thử lại sau một ngày.",
            "The PIN was tried too often; try again in a day.",
        ),
        ReasonCode::OwnershipDisputed => (
            "Có hơn một đơn vị khai báo sản phẩm này; đang chờ làm rõ.",
            "More than one publisher declares this product; it is being settled.",
        ),
        ReasonCode::ClaimInName => (
            "Tên sản phẩm là lời của nhà sản xuất, để trong ngoặc kép.",
            "The product's name is the producer's own wording and stands in quotes.",
        ),
        ReasonCode::MaybeTradeUnitOf => (
            "Đây có thể là mã của thùng chứa sản phẩm {r}. Hãy quét mã trên từng sản phẩm.",
            "This may be the code of a case that holds product {r}. Scan the code on the product itself.",
        ),
        // What the grammar of codes recognises, it also words.
        ReasonCode::CheckDigit => of_code(gs1::Reason::CheckDigit),
        ReasonCode::Structure => of_code(gs1::Reason::Structure),
        ReasonCode::SeveralCodes => of_code(gs1::Reason::SeveralCodes),
        ReasonCode::PaymentCode => of_code(gs1::Reason::PaymentCode),
        ReasonCode::PersonalDocument => of_code(gs1::Reason::PersonalDocument),
        ReasonCode::RestrictedCirculation => of_code(gs1::Reason::RestrictedCirculation),
        ReasonCode::LogisticUnit => of_code(gs1::Reason::LogisticUnit),
        ReasonCode::OtherScheme => of_code(gs1::Reason::OtherScheme),
    }
}

const fn of_code(reason: gs1::Reason) -> (&'static str, &'static str) {
    (reason.text(gs1::Language::Vi), reason.text(gs1::Language::En))
}

/// The sentence for a finding.
pub(in crate::verify) fn reason(finding: &Finding, lang: Lang) -> String {
    let (vi, en) = template(finding.reason);
    let text = fill(lang.pick(vi, en), Filling::of(finding), lang);
    // Filled in one pass, so that a code that holds "{r}" is not filled in turn.
    let mut out = String::with_capacity(text.len() + 24);
    let mut rest = text.as_str();
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let value = if from.starts_with("{c}") {
            finding.in_code.as_ref()
        } else if from.starts_with("{r}") {
            finding.on_record.as_ref()
        } else {
            None
        };
        match value {
            Some(Said::Text(text)) => out.push_str(text),
            Some(Said::Day(date)) => out.push_str(&day(*date, lang)),
            None => {}
        }
        // Past the closing brace of "{c}" or "{r}".
        rest = from.get(3..).unwrap_or_default();
    }
    out.push_str(rest);
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    ReasonCode::ALL.iter().flat_map(|r| [template(*r).0, template(*r).1]).map(str::to_owned).collect()
}
