//! Words of the desk that stand on more than one page.

use nguon_openapi::{Lang, RecallStatus};

/// A number as a reader writes it: groups of three.
pub(super) fn number(n: u64, lang: Lang) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(lang.pick(".", ","));
        }
        out.push(digit);
    }
    out
}

/// A state of a recall.
pub(super) const fn recall_status(status: RecallStatus, lang: Lang) -> &'static str {
    match status {
        RecallStatus::Active => lang.pick("Đang thu hồi", "Active"),
        RecallStatus::Closed => lang.pick("Đã kết thúc", "Closed"),
        RecallStatus::Withdrawn => lang.pick("Đã rút lại", "Withdrawn"),
    }
}

/// An act in the evidence log.
pub(super) fn act(act: &str, lang: Lang) -> &str {
    match act {
        "declare" => lang.pick("Khai báo", "Declared"),
        "recall" => lang.pick("Công bố thu hồi", "Recall published"),
        "amend" => lang.pick("Sửa thu hồi", "Recall amended"),
        "close" => lang.pick("Kết thúc thu hồi", "Recall closed"),
        "withdraw" => lang.pick("Rút lại thu hồi", "Recall withdrawn"),
        "revoke" => lang.pick("Huỷ mã", "Codes cancelled"),
        "dispute" => lang.pick("Khai báo trùng", "Disputed"),
        "clear" => lang.pick("Gỡ nghi ngờ", "Cleared"),
        "shared" => lang.pick("Mã bị đăng công khai", "Posted in public"),
        "import" => lang.pick("Nhập tệp", "Import"),
        other => other,
    }
}

/// A kind of record.
pub(super) fn kind(kind: &str, lang: Lang) -> &str {
    match kind {
        "producer" => lang.pick("đơn vị sản xuất", "producer"),
        "media" => lang.pick("ảnh", "picture"),
        "product" => lang.pick("sản phẩm", "product"),
        "batch" => lang.pick("lô", "lot"),
        "item" | "items" => lang.pick("mã từng sản phẩm", "units"),
        "certificate" => lang.pick("chứng nhận", "certificate"),
        "event" => lang.pick("công đoạn", "stage"),
        "recall" => lang.pick("thu hồi", "recall"),
        "link" => lang.pick("đường dẫn", "link"),
        "opaque" => lang.pick("mã khác", "other code"),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_grouped_as_its_reader_does() {
        for (n, vi, en) in [(7, "7", "7"), (1_000, "1.000", "1,000"), (1_234_567, "1.234.567", "1,234,567")] {
            assert_eq!((number(n, Lang::Vi).as_str(), number(n, Lang::En).as_str()), (vi, en));
        }
    }
}
