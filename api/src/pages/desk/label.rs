//! What the fields of the desk's forms are called: beside the field, and in the list of what is to be put right.

use nguon_openapi::Lang;

/// Name of each field, its label in Vietnamese and in English.
const LABELS: [(&str, &str, &str); 32] = [
    ("gtin", "Mã sản phẩm (GTIN)", "Product code (GTIN)"),
    ("lots", "Số lô", "Lots"),
    ("serials", "Số sê-ri", "Serials"),
    ("reason_vi", "Lý do", "Reason, in Vietnamese"),
    ("reason_en", "Lý do, tiếng Anh", "Reason, in English"),
    ("hazard_vi", "Có thể gây hại gì", "What may happen, in Vietnamese"),
    ("hazard_en", "Có thể gây hại gì, tiếng Anh", "What may happen, in English"),
    ("where_vi", "Tìm số lô ở đâu trên bao bì", "Where the lot is on the pack, in Vietnamese"),
    ("where_en", "Tìm số lô ở đâu, tiếng Anh", "Where the lot is, in English"),
    ("remedy_vi", "Việc cần làm", "What to do, in Vietnamese"),
    ("remedy_en", "Việc cần làm, tiếng Anh", "What to do, in English"),
    ("return_vi", "Trả lại ở đâu", "Where to return it, in Vietnamese"),
    ("return_en", "Trả lại ở đâu, tiếng Anh", "Where to return it, in English"),
    ("phone", "Điện thoại hỏi đáp", "Telephone"),
    ("issuer", "Đơn vị thu hồi", "Issuer"),
    ("document_no", "Số văn bản", "Document number"),
    ("from", "Từ ngày", "From"),
    ("class", "Mức độ", "Class"),
    ("status", "Trạng thái", "State"),
    ("ended_reason", "Vì sao kết thúc hoặc rút lại", "Why it ends"),
    ("reason", "Lý do", "Why"),
    ("document", "Tệp hồ sơ", "Records"),
    ("photos", "Ảnh sản phẩm", "Pictures"),
    ("lot", "Số lô", "Lot"),
    ("count", "Số lượng", "How many"),
    ("sheet", "Loại tờ tem", "Sheet of labels"),
    ("answer", "Trả lời", "Answer"),
    ("note", "Ghi chú nội bộ", "Note"),
    ("what", "Việc cần làm", "What to do"),
    ("pins", "Mã PIN", "PINs"),
    ("order", "Tên đơn", "Name of the order"),
    ("token", "Mã đăng nhập", "Token"),
];

/// What a field is called; nothing where it has no label of its own.
pub(super) fn label(name: &str, lang: Lang) -> &'static str {
    LABELS.iter().find(|(known, ..)| *known == name).map(|(_, vi, en)| lang.pick(vi, en)).unwrap_or_default()
}
