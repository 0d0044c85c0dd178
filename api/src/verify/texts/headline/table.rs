//! The words: a row for each verdict and each of its variants, in the wording of the shared table of texts.

use super::Key;

/// One row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text {
    pub(super) key: Key,
    pub(super) vi: (&'static str, &'static str),
    pub(super) en: (&'static str, &'static str),
}

macro_rules! rows {
    ($($key:ident: $vi_headline:literal, $vi_advice:literal; $en_headline:literal, $en_advice:literal.)+) => {
        /// The table. `{d}` is a day, `{t}` an instant, `{n}` a number.
        pub(super) const TABLE: &[Text] = &[
            $(Text { key: Key::$key, vi: ($vi_headline, $vi_advice), en: ($en_headline, $en_advice) },)+
        ];
    };
}

rows! {
    Malformed:
        "Mã chưa đúng, xin quét hoặc nhập lại",
        "So từng chữ số với nhãn. Mã in mờ thì chụp ảnh hoặc nhập tay.";
        "Code not valid: scan or type it again",
        "Compare each digit with the label. If the print is poor, use a photo or type it.".
    Recalled:
        "Đang thu hồi: ngừng dùng sản phẩm này",
        "Đừng dùng, bán hay cho người khác. Giữ nguyên bao bì và làm theo hướng dẫn bên dưới.";
        "Recalled: stop using this product",
        "Do not use, sell or give it away. Keep the packaging and follow the steps below.".
    RecallClosed:
        "Lô này từng bị thu hồi: không nên dùng",
        "Đợt thu hồi kết thúc ngày {d}, nhưng sản phẩm còn lại vẫn không nên dùng. Gọi số bên dưới.";
        "This lot was recalled: do not use it",
        "The recall ended on {d}, but leftover units should still not be used. Call the number below.".
    RecallElsewhere:
        "Có lô đang thu hồi: hãy xem số lô",
        "So số lô trên bao bì với danh sách bên dưới. Nếu trùng, ngừng dùng và làm theo hướng dẫn.";
        "Some lots are recalled: check yours",
        "Compare the lot on the pack with the list below. If it matches, stop using it.".
    Revoked:
        "Mã này đã bị huỷ",
        "Mã bị huỷ từ {d}. Tạm chưa dùng sản phẩm, hỏi lại nơi bán, giữ hoá đơn và bao bì.";
        "This code was cancelled",
        "Cancelled on {d}. Hold off using the product, ask the seller, keep receipt and packaging.".
    SuspectedClone:
        "Mã được kiểm tra ở nhiều nơi: nên thận trọng",
        "Mã có thể bị chép lại hoặc bị đăng lên mạng. So kỹ bao bì, hỏi nơi bán; nghi ngờ thì phản ánh.";
        "Code checked in many places: take care",
        "It may have been copied or posted online. Compare the pack, ask the seller, report doubts.".
    Expired:
        "Đã quá hạn sử dụng",
        "Hạn dùng theo hồ sơ: {d}. Không nên dùng; xem lại ngày in trên bao bì.";
        "Past its expiry date",
        "Recorded expiry: {d}. Do not use it; check the date printed on the pack.".
    ExpiredByCode:
        "Đã quá hạn sử dụng",
        "Hạn dùng ghi trong mã: {d}. Không nên dùng; xem lại ngày in trên bao bì.";
        "Past its expiry date",
        "Expiry in the code: {d}. Do not use it; check the date printed on the pack.".
    AlreadyConsumed:
        "Mã này đã được dùng trước đó",
        "Ghi nhận lúc {t}. Nếu không phải mình hay người nhà, xin giữ hoá đơn và gửi phản ánh.";
        "This code was used before",
        "Recorded at {t}. If it was not you or your family, keep the receipt and report it.".
    SameReceipt:
        "Mã này đã được dùng bằng biên nhận này",
        "Ghi nhận lúc {t}. Hãy so tên, số lô, hạn dùng, bao bì với sản phẩm trên tay.";
        "This code was used with this receipt",
        "Recorded at {t}. Compare name, lot, date and pack with what you hold.".
    DataMismatch:
        "Thông tin trên mã khác với hồ sơ",
        "Xem điểm khác bên dưới rồi so với bao bì. Nếu vẫn khác, tạm chưa dùng và gửi phản ánh.";
        "Code and record do not agree",
        "See what differs below, then compare the pack. If it still differs, hold off and report it.".
    UnknownSerial:
        "Chưa thấy số sê-ri này trong hồ sơ",
        "Nhập lại số sê-ri. Vẫn không thấy thì hỏi nhà sản xuất: hồ sơ có thể chưa cập nhật.";
        "Serial number not found on record",
        "Type it again. If still not found, ask the producer: the record may be late.".
    UnusualActivity:
        "Mã này được kiểm tra nhiều lần",
        "Đã kiểm tra {n} lần, lần đầu ngày {d}. Nếu không phải mình hay người nhà, hãy so kỹ bao bì.";
        "This code is checked very often",
        "{n} checks, the first on {d}. If not you or your family, compare the pack closely.".
    NotActivated:
        "Mã chưa được kích hoạt để bán",
        "Nhà sản xuất có thể chưa kịp cập nhật. Hỏi nơi bán, giữ hoá đơn, kiểm tra lại sau.";
        "Code not yet activated for sale",
        "The producer may be late updating. Ask the seller, keep the receipt, check again later.".
    Lapsed:
        "Hồ sơ sản phẩm đã hết hiệu lực",
        "Thông tin dưới đây có hiệu lực đến {d}; hàng làm trước ngày đó vẫn có thể đang bán.";
        "Registration has ended",
        "The record below was valid until {d}; goods made before then may still be on sale.".
    ItemChecked:
        "Mã có trong hồ sơ nhà sản xuất",
        "So tên, số lô, hạn dùng, bao bì với sản phẩm trên tay. Nếu khác, xin gửi phản ánh.";
        "Code is in the producer's record",
        "Compare name, lot, date and pack with what you hold. If anything differs, please report it.".
    ItemNotCounted:
        "Có trong hồ sơ, lần này chưa đếm được",
        "Hệ thống đang bận. Hãy so tên, số lô, hạn dùng, bao bì với sản phẩm, và kiểm tra lại sau.";
        "On record, but not counted this time",
        "The service is busy. Compare name, lot, date and pack, and check again later.".
    PinMismatch:
        "Mã PIN chưa khớp, xin nhập lại",
        "So từng ký tự dưới lớp phủ. Vẫn không khớp thì tạm chưa dùng, hỏi nơi bán và gửi phản ánh.";
        "The PIN does not match: type it again",
        "Compare each character under the coating. If it still differs, hold off and report it.".
    PinNotOnRecord:
        "Hồ sơ không có mã PIN này",
        "Nhà sản xuất không khai báo mã PIN cho sản phẩm. Hãy so kỹ bao bì; nghi ngờ thì phản ánh.";
        "No PIN is on record for this unit",
        "The producer declared none. Compare the pack closely and report anything that differs.".
    PinTooOften:
        "Mã PIN đã được thử quá nhiều lần",
        "Lần này chưa đối chiếu mã PIN. Hãy so kỹ bao bì và thử lại sau một ngày; nghi ngờ thì phản ánh.";
        "The PIN was tried too often",
        "It was not compared this time. Compare the pack closely, try again in a day, report doubts.".
    ItemLookup:
        "Mã có trong hồ sơ: bấm Kiểm tra",
        "Bấm Kiểm tra để biết mã này đã được kiểm tra mấy lần, rồi so với sản phẩm trên tay.";
        "Code on record: tap Check",
        "Tap Check to see how often it was checked, then compare it with what you hold.".
    ItemWithoutCheck:
        "Mã có trong hồ sơ nhà sản xuất",
        "Có trong hồ sơ chưa chứng minh được gì về món hàng trên tay. Hãy so tên, số lô, hạn dùng, bao bì.";
        "Code is in the producer's record",
        "That alone proves nothing about the one in your hand. Compare name, lot, date and pack.".
    Batch:
        "Lô hàng có trong hồ sơ",
        "Mã in chung cho cả lô, không phân biệt được từng sản phẩm. Hãy so bao bì và hạn dùng.";
        "Batch is on record",
        "The whole batch shares this code; it cannot tell packs apart. Compare pack and expiry date.".
    Gtin:
        "Mã vạch chỉ cho biết loại sản phẩm",
        "Hàng cùng loại đều in mã này nên không chứng minh được gì về món hàng trên tay.";
        "A barcode only tells the product type",
        "Every pack carries this same code, so it proves nothing about the one in your hand.".
    Unknown:
        "Chưa có dữ liệu về mã này",
        "Nhiều hàng chưa đăng ký ở đây; chưa có dữ liệu không có nghĩa là hàng có vấn đề. Thử mã khác.";
        "No data on this code here",
        "Many products are not registered here; that alone is no sign of a problem. Try another code.".
    Shop:
        "Nguồn gốc do nhà sản xuất khai báo",
        "Khi nhận hàng, hãy quét mã trên bao bì để kiểm tra đúng sản phẩm được giao.";
        "Origin as declared by the producer",
        "When it arrives, scan the code on the pack to check the one you received.".
}
