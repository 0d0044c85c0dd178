//! Why a file cannot be read at all, and what to do.

use core::fmt;
use std::borrow::Cow;

use nguon_openapi::Lang;

/// Why nothing of a file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A workbook of Excel 97–2003.
    OldExcel,
    /// A workbook behind a password.
    Encrypted,
    /// A workbook of another kind: `.xlsb`, `.ods`.
    OtherWorkbook,
    /// Neither a workbook nor text.
    NotASheet,
    /// A workbook that is damaged.
    Damaged,
    /// More bytes than are taken.
    TooManyBytes,
    /// More rows, cells or text than are taken.
    TooManyCells,
    /// It would unpack to more than is taken.
    Bomb,
    /// Text in a character set that cannot be told.
    CharacterSet,
    /// Text in TCVN3 or VNI.
    BeforeUnicode,
    /// A quotation mark that is never closed, in the row of this number.
    OpenQuote(u32),
    /// Not a single table with known headings.
    NoTable,
    /// The archive of pictures is damaged, or holds more than is taken.
    Pictures,
}

impl Unreadable {
    /// What to do, in one sentence.
    #[must_use]
    pub fn say(self, lang: Lang) -> Cow<'static, str> {
        let (vi, en) = match self {
            Self::OpenQuote(row) => return Cow::Owned(open_quote(row, lang)),
            Self::OldExcel => (
                "là tệp Excel 97–2003 (.xls): mở tệp, chọn Lưu thành, kiểu Excel Workbook (.xlsx), rồi gửi lại",
                "is a workbook of Excel 97–2003 (.xls): open it, choose Save As, Excel Workbook (.xlsx), and send that",
            ),
            Self::Encrypted => (
                "có mật khẩu: mở tệp, vào Tệp › Thông tin › Bảo vệ sổ làm việc, bỏ mật khẩu, lưu rồi gửi lại",
                "is behind a password: open it, remove the password under File › Info › Protect Workbook, save and send it again",
            ),
            Self::OtherWorkbook => (
                "không phải tệp .xlsx: mở tệp, chọn Lưu thành, kiểu Excel Workbook (.xlsx), rồi gửi lại",
                "is a workbook of another kind than .xlsx: open it, choose Save As, Excel Workbook (.xlsx), and send that",
            ),
            Self::NotASheet => {
                ("không phải bảng tính: hãy gửi tệp .xlsx hoặc .csv", "is no spreadsheet: send an .xlsx or .csv file")
            }
            Self::Damaged => (
                "bị hỏng, không đọc được: mở tệp bằng Excel, lưu lại rồi gửi lại",
                "is damaged and cannot be read: open it in Excel, save it and send it again",
            ),
            Self::TooManyBytes => (
                "lớn hơn 32 MiB: bỏ ảnh khỏi bảng tính hoặc chia tệp làm nhiều phần",
                "is larger than 32 MiB: take pictures out of the workbook, or divide it",
            ),
            Self::TooManyCells => (
                "có quá 50.000 dòng hoặc 1.000.000 ô có chữ: chia tệp làm nhiều phần",
                "holds more than 50,000 rows or 1,000,000 cells: divide it",
            ),
            Self::Bomb => (
                "giải nén ra quá lớn: tạo tệp mới từ mẫu, chép dữ liệu sang rồi gửi lại",
                "unpacks to more than is taken: start from a new template, copy the values over and send that",
            ),
            Self::CharacterSet => (
                "không phải UTF-8: trong Excel chọn Lưu thành, kiểu CSV UTF-8, hoặc gửi tệp .xlsx",
                "is not UTF-8: in Excel choose Save As, CSV UTF-8, or send the .xlsx file",
            ),
            Self::BeforeUnicode => (
                "viết bằng TCVN3 (ABC) hoặc VNI: chuyển sang Unicode (UniKey: Ctrl+Shift+F6), lưu kiểu CSV UTF-8 rồi gửi lại",
                "is written in TCVN3 (ABC) or VNI: convert it to Unicode (UniKey: Ctrl+Shift+F6), save it as CSV UTF-8 and send that",
            ),
            Self::NoTable => (
                "không có bảng nào với tiêu đề cột đã biết: dùng mẫu Excel và giữ nguyên dòng tiêu đề",
                "holds no table with known headings: use the template and keep its row of headings",
            ),
            Self::Pictures => (
                "tệp ZIP ảnh bị hỏng hoặc quá lớn: nén lại, tối đa 2.000 tệp, mỗi ảnh tối đa 32 MiB",
                "the ZIP of pictures is damaged or too large: pack it again, at most 2,000 files, each picture at most 32 MiB",
            ),
        };
        Cow::Borrowed(lang.pick(vi, en))
    }
}

fn open_quote(row: u32, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("có dấu ngoặc kép (\") mở ở dòng {row} mà không đóng: xoá dấu đó hoặc gửi tệp .xlsx"),
        Lang::En => {
            format!("opens a quotation mark (\") in row {row} and never closes it: take it out, or send the .xlsx file")
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}
