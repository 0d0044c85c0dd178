//! What the registry says of a record, in Vietnamese: for files that are not spreadsheets, whose fields have names of their own.

use crate::registry::import::{Report, WarningCode};
use crate::registry::{Fault, FaultCode};
use crate::sheets::TABLES;

/// Fields that stand in no spreadsheet.
const OTHER_FIELDS: [(&str, &str); 17] = [
    ("type", "Loại bản ghi"),
    ("serial", "Số sê-ri"),
    ("serials", "Số sê-ri"),
    ("state", "Trạng thái"),
    ("since", "Từ ngày"),
    ("inputs", "Lô nguyên liệu"),
    ("reason", "Lý do"),
    ("hazard", "Có thể gây hại gì"),
    ("remedy", "Việc cần làm"),
    ("status", "Trạng thái thu hồi"),
    ("ended", "Ngày kết thúc"),
    ("hosts", "Tên miền trên nhãn"),
    ("code", "Mã"),
    ("href", "Đường dẫn"),
    ("hash", "Ảnh"),
    ("source", "Nguồn"),
    ("eventTime", "Thời gian sự kiện"),
];

/// What a field is called, as far as it has a name in Vietnamese.
pub(super) fn field_vi(field: &str) -> Option<&'static str> {
    let path = field.strip_prefix("scope.").unwrap_or(field);
    if path.is_empty() {
        return None;
    }
    let first = path.split(['.', '[']).next().unwrap_or_default();
    let other = OTHER_FIELDS.iter().find(|(name, _)| *name == first).map(|(_, vi)| *vi);
    other.or_else(|| {
        TABLES.iter().find_map(|table| table.filling(path).and_then(|at| table.columns.get(at)).map(|it| it.heading.vi))
    })
}

/// What to do about a fault. Where its class says less than the registry's own English words, those stand behind it.
pub(super) fn fault_vi(fault: &Fault) -> String {
    let first = fault.field.strip_prefix("scope.").unwrap_or(&fault.field).split(['[', '.']).next().unwrap_or_default();
    let whole = match (fault.code, first) {
        (FaultCode::MissingField, _) => "Mục này còn thiếu: hãy điền.",
        (FaultCode::NotOnRecord, "gtin" | "gtins") => "Sản phẩm này chưa có trong hồ sơ: hãy khai báo sản phẩm trước.",
        (FaultCode::NotOnRecord, "lot" | "inputs") => "Lô này chưa có trong hồ sơ: hãy khai báo lô trước.",
        (FaultCode::NotOnRecord, "producer") => "Đơn vị này chưa có trong hồ sơ: hãy khai báo đơn vị trước.",
        (FaultCode::NotOnRecord, "images") => "Ảnh này chưa có trong hồ sơ: hãy gửi ảnh trước.",
        (FaultCode::NotOnRecord, _) => "Chưa có trong hồ sơ: hãy khai báo mục này trước.",
        (FaultCode::OtherPublisher, _) => {
            "Do đơn vị khác khai báo: chỉ đơn vị đó hoặc người vận hành được làm việc này."
        }
        (FaultCode::OutOfScope, _) => "Không thuộc dải mã của đơn vị này: hỏi người vận hành.",
        (FaultCode::Full, _) => "Đã đủ số lượng cho phép: hãy rút bớt một mục trước.",
        (FaultCode::State, "keeps_serials") => "Không thể bỏ lại: sản phẩm đã có số sê-ri trong hồ sơ.",
        (FaultCode::State, "scope" | "lots" | "serials") => {
            "Bỏ bớt hàng đã thu hồi: không được. Hãy rút lại đợt này rồi công bố đợt khác."
        }
        (FaultCode::State, "status") => "Đợt thu hồi đã kết thúc hoặc đã rút thì không mở lại: hãy công bố đợt khác.",
        (FaultCode::State, "ended") => "Ngày kết thúc là ngày ghi việc đó vào hồ sơ.",
        (FaultCode::Count, _) => "Để trống, quá nhiều, hoặc một mục có hai lần: hãy sửa danh sách.",
        (FaultCode::Combination, "expires" | "best_before") => "Sớm hơn ngày sản xuất: sửa một trong hai.",
        (FaultCode::Combination, "to") => "Sớm hơn ngày bắt đầu: sửa một trong hai.",
        (FaultCode::Combination, "stars") => "Số sao chỉ đi với OCOP, và OCOP phải có số sao: 3, 4 hoặc 5.",
        (FaultCode::Combination, "gtins") => "Ghi sản phẩm hoặc đơn vị được chứng nhận, một trong hai.",
        (FaultCode::LineTooLong, _) => "Dòng dài hơn 1 MB: hãy chia ra.",
        _ => "",
    };
    if !whole.is_empty() {
        return whole.to_owned();
    }
    let class = match (fault.code, first) {
        (FaultCode::Value, "gtin" | "gtins") => "Không phải mã GTIN đúng: xem lại từng chữ số, kể cả số kiểm tra.",
        (FaultCode::Value, "lot") => {
            "Số lô có 1 đến 20 chữ cái không dấu, chữ số hoặc dấu như - / . và không có dấu cách."
        }
        (FaultCode::Value, "produced" | "expires" | "best_before" | "from" | "to" | "date" | "since" | "ended") => {
            "Ngày viết theo dạng năm-tháng-ngày, ví dụ 2026-04-03."
        }
        (FaultCode::Value, "type") => "Không có loại bản ghi này.",
        (FaultCode::Json, _) => "Dòng này không phải JSON đúng: xem lại dấu ngoặc, dấu phẩy và dấu nháy.",
        (FaultCode::UnknownField, _) => "Không có mục nào tên như vậy: xem lại tên, hoặc bỏ đi.",
        (FaultCode::Combination, _) => "Không đi cùng với các mục khác: sửa một trong hai.",
        (FaultCode::State, _) => "Không hợp với trạng thái hiện tại của hồ sơ.",
        _ => "Chưa đúng dạng.",
    };
    let en = if fault.field.is_empty() { fault.message.clone() } else { format!("{}: {}", fault.field, fault.message) };
    format!("{class} ({en})")
}

/// Put a report on a file that is no spreadsheet into Vietnamese.
pub(super) fn in_vietnamese(report: &mut Report) {
    for finding in &mut report.rejected.list {
        let fault = Fault::new(finding.field.clone(), finding.code, finding.message.clone());
        finding.message = fault_vi(&fault);
        finding.heading = finding.heading.take().or_else(|| field_vi(&finding.field).map(str::to_owned));
    }
    for finding in &mut report.warnings.list {
        if let Some(vi) = warning_vi(finding.code) {
            vi.clone_into(&mut finding.message);
        } else if finding.code == WarningCode::NotRead {
            finding.message = format!("Không ghi vào hồ sơ. ({})", finding.message);
        }
        finding.heading = finding.heading.take().or_else(|| field_vi(&finding.field).map(str::to_owned));
    }
}

/// What has to be said about a record that would load.
pub(crate) const fn warning_vi(code: WarningCode) -> Option<&'static str> {
    match code {
        WarningCode::ClaimInName => Some(
            "Có lời tự khẳng định về hàng hoá: sẽ hiện trong ngoặc kép như lời của đơn vị, không bao giờ là tiêu đề.",
        ),
        WarningCode::OwnershipDisputed => {
            Some("Đơn vị khác đã khai báo trước: lời khai đó giữ nguyên, và sản phẩm được ghi là đang có tranh chấp.")
        }
        WarningCode::OtherPublisher => Some("Đơn vị khác đã khai báo trước: lời khai đó giữ nguyên."),
        WarningCode::AncestorsCut => Some("Chuỗi nguồn gốc quá dài: chỉ giữ phần gần nhất."),
        WarningCode::DerivedCut => Some("Liên quan đến nhiều lô hơn số liệt kê được."),
        WarningCode::NotRead | WarningCode::UnknownColumn | WarningCode::Understood => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_goes_by_the_name_that_a_clerk_knows() {
        for (field, name) in [
            ("gtin", "Mã GTIN"),
            ("name.vi", "Tên đơn vị"),
            ("scope.gtin", "Mã GTIN"),
            ("expires", "Hạn sử dụng"),
            ("serials[3]", "Số sê-ri"),
            ("eventTime", "Thời gian sự kiện"),
        ] {
            assert_eq!(field_vi(field), Some(name), "{field}");
        }
        assert_eq!((field_vi(""), field_vi("unheard_of")), (None, None));
    }

    #[test]
    fn english_stands_only_behind_what_vietnamese_leaves_open() {
        let say = |field: &str, code| fault_vi(&Fault::new(field, code, "is so"));
        assert_eq!(say("lot", FaultCode::NotOnRecord), "Lô này chưa có trong hồ sơ: hãy khai báo lô trước.");
        assert_eq!(say("note", FaultCode::Value), "Chưa đúng dạng. (note: is so)");
        assert!(say("gtin", FaultCode::Value).starts_with("Không phải mã GTIN đúng"));
    }
}
