//! What is wrong with a cell, and what to do about it, in words for whoever typed it.
//!
//! Each sentence goes on from the name of its cell: "Sản phẩm!A7 (Mã GTIN) …".

use gs1::{Language, ParseError};
use nguon_openapi::Lang;

use super::columns::Words;
use crate::registry::FaultCode;
use crate::registry::text::TextError;

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// A formula that came to an error, such as `#N/A`.
    Formula(String),
    /// A formula whose value is not in the file.
    Uncalculated,
    /// Cells of several columns that are one.
    MergedAcross,
    /// Text in an encoding from before Unicode: its name, and what the text seems to say.
    BeforeUnicode(&'static str, String),
    /// A code whose digits are gone: `8,93E+12`.
    Rounded,
    /// No GTIN: why, and how many digits it has.
    Gtin(ParseError, usize),
    /// A GTIN that is no number at all.
    NoGtin,
    /// No lot number.
    Lot(ParseError),
    /// A character that no lot number holds.
    LotSign(char),
    /// A lot number or code that a spreadsheet has made a date.
    BecameDate,
    /// A lot number that a spreadsheet shows as a power of ten, such as `1.00E+05`: it was `1E5` on the pack.
    BecamePower,
    /// No day.
    NoDay,
    /// The month stands first: what the day would be.
    MonthFirst(String),
    /// Either number may be the month, in a column where another cell has the month first: that cell.
    MonthAnywhere(String),
    /// A month, where a day is needed.
    MonthOnly,
    /// A number of months or days, and no production date to count from.
    NoProduction,
    /// A day that is not on the calendar, or far from our time.
    OffCalendar,
    /// Not of the form that its column asks for.
    Text(TextError),
    /// A number without a unit.
    NoUnit,
    /// Not in a list: what is, in both languages.
    NotListed(String, String),
    /// Not of so many digits.
    Digits(u8),
    /// Neither yes nor no.
    NoYesNo,
    /// No JSON object.
    NoJson,
    /// A picture that is not there: its name, and one that is there and goes by nearly that name.
    PictureMissing(String, Option<String>),
    /// A picture where none were sent.
    NoPictures(String),
    /// Two pictures of this name, or more.
    PictureTwice(String),
    /// A picture that cannot be taken: its name, and why in both languages.
    Picture(String, &'static str, &'static str),
    /// More pictures than are taken at once.
    TooManyPictures(usize),
    /// Another row says otherwise: where.
    Contradiction(String),
    /// The heading stands there again: the letters of that column.
    HeadingTwice(String),
    /// A heading that every such sheet needs.
    HeadingMissing(Words),
    /// No headings in a sheet that is one of ours by its name.
    NoHeadings,
}

impl Trouble {
    pub(super) const fn code(&self) -> FaultCode {
        match self {
            Self::Contradiction(_) | Self::HeadingTwice(_) | Self::NoProduction | Self::MergedAcross => {
                FaultCode::Combination
            }
            Self::HeadingMissing(_) | Self::NoHeadings => FaultCode::MissingField,
            Self::PictureMissing(..) | Self::NoPictures(_) => FaultCode::NotOnRecord,
            Self::TooManyPictures(_) => FaultCode::Count,
            _ => FaultCode::Value,
        }
    }

    /// The sentence.
    pub(super) fn say(&self, lang: Lang) -> String {
        let vi = lang == Lang::Vi;
        match self {
            Self::Text(why) if vi => text_vi(why),
            Self::Text(why) => why.to_string(),
            Self::Gtin(why, digits) => {
                let message = without_ai(&why.message(if vi { Language::Vi } else { Language::En }).to_string());
                match (vi, digits) {
                    (_, 13) => message,
                    (true, _) => format!("có {digits} chữ số (mã trên bao bì thường có 13): {message}"),
                    (false, _) => format!("has {digits} digits (most packs have 13): {message}"),
                }
            }
            Self::Lot(why) => without_ai(&why.message(if vi { Language::Vi } else { Language::En }).to_string()),
            _ if vi => self.vi(),
            _ => self.en(),
        }
    }

    fn vi(&self) -> String {
        match self {
            Self::Formula(error) => format!("có công thức báo lỗi {error}: sửa công thức hoặc gõ giá trị vào ô"),
            Self::Uncalculated => "có công thức chưa được tính: mở tệp bằng Excel, lưu lại, hoặc gõ giá trị vào ô".into(),
            Self::MergedAcross => "gộp ô qua nhiều cột: bỏ gộp ô (Merge & Center) và điền từng cột".into(),
            Self::BeforeUnicode(name, said) => format!(
                "viết bằng {name}, có lẽ là “{said}”: chuyển sang Unicode (UniKey: Ctrl+Shift+F6) hoặc gõ lại"
            ),
            Self::Rounded => {
                "đã bị Excel rút gọn (8,93E+12), các chữ số cuối không còn: định dạng ô là Văn bản (Text) rồi gõ lại đủ mã"
                    .into()
            }
            Self::NoGtin => "không phải mã GTIN: gõ 8, 12, 13 hoặc 14 chữ số dưới mã vạch".into(),
            Self::BecameDate => {
                "đã bị Excel đổi thành ngày tháng: định dạng ô là Văn bản (Text) rồi gõ lại như trên bao bì".into()
            }
            Self::LotSign(' ') => "có dấu cách, mà số lô không có: gõ liền, như L2604A".into(),
            Self::LotSign(c) => {
                format!("có “{c}”, mà số lô chỉ gồm chữ không dấu, chữ số và dấu như - / . : gõ lại như trên bao bì")
            }
            Self::BecamePower => {
                "đã bị Excel đổi thành số dạng 1E+05: định dạng ô là Văn bản (Text) rồi gõ lại như trên bao bì".into()
            }
            Self::NoDay => "không phải ngày: gõ ngày/tháng/năm, ví dụ 03/04/2026".into(),
            Self::MonthFirst(day) => format!("có tháng lớn hơn 12: ngày đứng trước tháng; nếu là {day} thì gõ như vậy"),
            Self::MonthAnywhere(cell) => format!(
                "không rõ số nào là tháng, vì {cell} viết tháng trước ngày: viết lại cả cột theo ngày/tháng/năm"
            ),
            Self::MonthOnly => "chỉ có tháng: gõ cả ngày, ví dụ 03/04/2026".into(),
            Self::NoProduction => "tính từ ngày sản xuất, mà dòng này chưa có: điền Ngày sản xuất hoặc gõ ngày hết hạn".into(),
            Self::OffCalendar => "không có trên lịch hoặc ngoài khoảng năm 2000–2100: xem lại ngày, tháng, năm".into(),
            Self::NoUnit => "chỉ có số: ghi cả đơn vị, ví dụ 24 tháng kể từ ngày sản xuất".into(),
            Self::NotListed(list, _) => format!("không có trong danh sách: chọn một trong {list}"),
            Self::Digits(digits) => format!("phải có {digits} chữ số; giữ số 0 ở đầu"),
            Self::NoJson => "không còn là JSON như khi xuất ra: chép lại từ tệp đã xuất, hoặc xoá ô".into(),
            Self::NoYesNo => "chỉ nhận Có hoặc Không".into(),
            Self::PictureMissing(name, Some(near)) => {
                format!("nhắc đến ảnh “{name}” nhưng không có tệp này; có tệp “{near}”: ghi đúng tên đó vào ô nếu phải")
            }
            Self::PictureMissing(name, None) => {
                format!("nhắc đến ảnh “{name}” nhưng không có tệp này trong các ảnh gửi kèm: xem lại tên tệp, hoặc xoá ô")
            }
            Self::NoPictures(name) => format!("nhắc đến ảnh “{name}” nhưng chưa gửi kèm ảnh nào: chọn ảnh hoặc tệp ZIP ở mục Ảnh sản phẩm khi tải lên (dòng lệnh: --images)"),
            Self::PictureTwice(name) => format!("nhắc đến ảnh “{name}” nhưng có nhiều tệp cùng tên này: đổi tên cho khác nhau"),
            Self::Picture(name, why, _) => format!("ảnh “{name}” {why}"),
            Self::TooManyPictures(most) => format!("là quá {most} ảnh trong một lần gửi: chia tệp làm nhiều phần"),
            Self::Contradiction(place) => format!("khác với {place} về cùng một bản ghi: sửa cho giống nhau hoặc bỏ một dòng"),
            Self::HeadingTwice(letters) => format!("là tiêu đề lặp lại ở cột {letters}: giữ một cột"),
            Self::HeadingMissing(heading) => format!("thiếu cột “{}”: thêm cột này vào dòng tiêu đề", heading.vi),
            Self::NoHeadings => "không có dòng tiêu đề cột đã biết: chép dòng tiêu đề từ mẫu Excel".into(),
            Self::Text(_) | Self::Gtin(..) | Self::Lot(_) => String::new(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Formula(error) => format!("holds a formula that came to {error}: correct it, or type the value"),
            Self::Uncalculated => "holds a formula that was not worked out: open and save the file in Excel, or type the value".into(),
            Self::MergedAcross => "is merged across columns: unmerge it (Merge & Center) and fill each column".into(),
            Self::BeforeUnicode(name, said) => {
                format!("is written in {name} and seems to say “{said}”: convert it to Unicode, or type it again")
            }
            Self::Rounded => {
                "was shortened by Excel (8.93E+12), its last digits are gone: format the cell as Text and type the whole code again"
                    .into()
            }
            Self::NoGtin => "is no GTIN: type the 8, 12, 13 or 14 digits below the barcode".into(),
            Self::BecameDate => "was made a date by Excel: format the cell as Text and type it again as on the pack".into(),
            Self::LotSign(' ') => "holds a blank, and a lot number has none: write it in one, such as L2604A".into(),
            Self::LotSign(c) => format!(
                "holds “{c}”, and a lot number is of letters without accents, digits and signs such as - / . : type it as on the pack"
            ),
            Self::BecamePower => {
                "was made a number such as 1E+05 by Excel: format the cell as Text and type it again as on the pack".into()
            }
            Self::NoDay => "is no day: type day/month/year, such as 03/04/2026".into(),
            Self::MonthFirst(day) => format!("has a month above 12: the day comes first; if it is {day}, type that"),
            Self::MonthAnywhere(cell) => format!(
                "may have either number as its month, because {cell} has the month first: write the column as day/month/year"
            ),
            Self::MonthOnly => "names a month: type the day too, such as 03/04/2026".into(),
            Self::NoProduction => "counts from the production date, which this row has not: give that, or type the last day".into(),
            Self::OffCalendar => "is on no calendar, or outside the years 2000 to 2100: look at day, month and year".into(),
            Self::NoUnit => "is a number alone: say of what, such as 24 months from production".into(),
            Self::NotListed(_, list) => format!("is not in the list: choose one of {list}"),
            Self::Digits(digits) => format!("is a code of {digits} digits; keep leading zeros"),
            Self::NoJson => "is no longer the JSON that was exported: copy it from that file, or clear the cell".into(),
            Self::NoYesNo => "is Yes or No".into(),
            Self::PictureMissing(name, Some(near)) => {
                format!("names the picture “{name}”, which is not there; “{near}” is: write that name if it is the one")
            }
            Self::PictureMissing(name, None) => format!(
                "names the picture “{name}”, which is not among those sent: look at the name of the file, or clear the cell"
            ),
            Self::NoPictures(name) => format!("names the picture “{name}”, and none were sent along: choose the pictures or a ZIP when uploading (command line: --images)"),
            Self::PictureTwice(name) => format!("names the picture “{name}”, and there are several of this name: rename them"),
            Self::Picture(name, _, why) => format!("names the picture “{name}”, which {why}"),
            Self::TooManyPictures(most) => format!("is past the {most} pictures that are taken at once: divide the file"),
            Self::Contradiction(place) => format!("says otherwise than {place} about one record: make them the same, or take one out"),
            Self::HeadingTwice(letters) => format!("is a heading that stands in column {letters} again: keep one column"),
            Self::HeadingMissing(heading) => format!("lacks the column “{}”: add it to the row of headings", heading.en),
            Self::NoHeadings => "has no row of known headings: copy it from the template".into(),
            Self::Text(_) | Self::Gtin(..) | Self::Lot(_) => String::new(),
        }
    }
}

/// A sentence of the grammar without the application identifier before it, which a clerk does not know.
fn without_ai(message: &str) -> String {
    let bare = message.strip_prefix('(').and_then(|rest| rest.split_once(") ")).map(|(_, bare)| bare);
    bare.unwrap_or(message).to_owned()
}

/// What a type of text says in English, in Vietnamese.
fn text_vi(why: &TextError) -> String {
    match why {
        TextError::Empty => "không có chữ hay số nào: điền giá trị hoặc để trống".into(),
        TextError::TooLong { max } => format!("dài hơn {max} ký tự: viết ngắn lại"),
        TextError::Control(c) => format!("có ký tự ẩn (U+{c:04X}): xoá ô và gõ lại"),
        TextError::Form(form) if form.contains("https://") => {
            "phải là địa chỉ web bắt đầu bằng https://, ví dụ https://example.vn".into()
        }
        TextError::Form(_) => {
            "chỉ được gồm chữ không dấu, chữ số, dấu chấm, gạch dưới, gạch nối, và bắt đầu bằng chữ hoặc số".into()
        }
    }
}

/// What was understood of a cell that says less, or something else, than it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Understood {
    /// Zeros in front were put back: the code.
    Zeros(String),
    /// A month was taken for its last day: the day.
    EndOfMonth(String),
    /// A time was counted from the production date: the day.
    Counted(String),
    /// A bare number was taken for a day: the day.
    SerialDay(String),
    /// An address on the web was completed: the address.
    Completed(String),
    /// A lot number in a cell that holds a number, which keeps no zeros in front: the number.
    NumberLot(String),
    /// A day in a cell that shows the month first: the day.
    ShownMonthFirst(String),
}

impl Understood {
    pub(super) fn say(&self, lang: Lang) -> String {
        let (vi, en, it) = match self {
            Self::Zeros(code) => ("mất số 0 ở đầu, đã hiểu là", "had lost leading zeros, and was taken for", code),
            Self::EndOfMonth(day) => {
                ("chỉ có tháng, đã tính đến hết tháng:", "names a month, and was taken for its last day:", day)
            }
            Self::Counted(day) => ("đã tính từ ngày sản xuất:", "was counted from the production date:", day),
            Self::SerialDay(day) => {
                ("là số ngày của Excel, đã hiểu là", "is a day as Excel counts them, and was taken for", day)
            }
            Self::NumberLot(lot) => (
                "là ô số; nếu trên bao bì có số 0 ở đầu thì gõ lại ở dạng Văn bản, đã hiểu là",
                "is a number; if the pack has zeros in front, type it again as Text; it was taken for",
                lot,
            ),
            Self::ShownMonthFirst(day) => (
                "hiện tháng trước ngày, đã hiểu theo ngày/tháng/năm là",
                "shows the month first, and was taken for day/month/year",
                day,
            ),
            Self::Completed(url) => ("thiếu https://, đã hiểu là", "lacks https://, and was taken for", url),
        };
        format!("{} {it}", lang.pick(vi, en))
    }
}

/// What the registry says of a record, in Vietnamese. `None` where the field says it all.
pub(super) fn fault_vi(code: FaultCode, field: &str) -> &'static str {
    match (code, field.split(['[', '.']).next().unwrap_or_default()) {
        (FaultCode::MissingField, _) => "còn trống: điền vào ô này",
        (FaultCode::NotOnRecord, "gtin" | "gtins") => {
            "là sản phẩm chưa có trong hồ sơ: thêm vào trang Sản phẩm, hoặc sửa lỗi ở dòng của sản phẩm đó"
        }
        (FaultCode::NotOnRecord, "lot") => {
            "là lô chưa có trong hồ sơ: thêm vào trang Lô, hoặc sửa lỗi ở dòng của lô đó"
        }
        (FaultCode::NotOnRecord, "producer") => {
            "là đơn vị chưa có trong hồ sơ: thêm vào trang Đơn vị, hoặc ghi đúng tên hay mã của đơn vị"
        }
        (FaultCode::NotOnRecord, _) => "nhắc đến bản ghi chưa có trong hồ sơ: nạp bản ghi đó trước",
        (FaultCode::OtherPublisher, _) => "đã do đơn vị khác khai báo: liên hệ người vận hành nếu đó là của bạn",
        (FaultCode::OutOfScope, _) => "không thuộc dải mã của đơn vị: liên hệ người vận hành",
        (FaultCode::Full, _) => "đã đủ số lượng cho phép: rút bớt một bản ghi trước",
        (FaultCode::State, "keeps_serials") => "không thể bỏ lại: sản phẩm đã có số sê-ri trong hồ sơ",
        (FaultCode::State, _) => "không đổi được từ trạng thái hiện nay trong hồ sơ",
        (FaultCode::Count, "images") => "nhắc đến quá 8 ảnh hoặc một ảnh hai lần: bớt đi",
        (FaultCode::Count, "inputs" | "gtins" | "standards" | "warnings" | "compare") => {
            "có quá nhiều mục hoặc một mục hai lần: bớt đi"
        }
        (FaultCode::Count, _) => "quá dài hoặc quá nhiều: bớt đi",
        (FaultCode::Combination, "expires" | "best_before") => "sớm hơn ngày sản xuất: sửa một trong hai",
        (FaultCode::Combination, "to") => "sớm hơn ngày bắt đầu: sửa một trong hai",
        (FaultCode::Combination, "gtins") => "phải ghi Mã GTIN hoặc Đơn vị, một trong hai",
        (FaultCode::Combination, "stars") => "chỉ đi với OCOP, và OCOP phải có số sao: 3, 4 hoặc 5",
        (FaultCode::Combination, _) => "không khớp với ô khác của dòng này: sửa một trong hai",
        (FaultCode::Value, "id" | "location") => {
            "có 13 chữ số như GLN nhưng chữ số kiểm tra không đúng: xem lại từng chữ số"
        }
        (FaultCode::Value, "email") => "không phải địa chỉ email: ví dụ htx@example.vn",
        (FaultCode::Value, "stars") => "là 3, 4 hoặc 5",
        (FaultCode::Value | FaultCode::UnknownField | FaultCode::Json | FaultCode::LineTooLong, _) => {
            "không đúng dạng của cột này: xem ghi chú ở tiêu đề cột"
        }
    }
}

/// What has to be said about a record that loaded, in Vietnamese.
pub(super) const fn warning_vi(code: crate::registry::import::WarningCode) -> Option<&'static str> {
    use crate::registry::import::WarningCode as Code;
    match code {
        Code::ClaimInName => Some(
            "có lời tự khẳng định về hàng hoá: sẽ hiện trong ngoặc kép như lời của đơn vị, không bao giờ là tiêu đề",
        ),
        Code::OwnershipDisputed => {
            Some("đã do đơn vị khác khai báo trước: bản ghi của đơn vị đó giữ nguyên và hiện là đang có tranh chấp")
        }
        Code::OtherPublisher => Some("đã do đơn vị khác khai báo trước: lời khai trước giữ nguyên"),
        Code::AncestorsCut => Some("có chuỗi nguồn gốc quá dài: chỉ giữ phần gần nhất"),
        Code::DerivedCut => Some("liên quan đến nhiều lô hơn số liệt kê được"),
        Code::NotRead | Code::UnknownColumn | Code::Understood => None,
    }
}
