//! What kind of spreadsheet a file is.

use std::path::Path;

/// A kind of spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetFormat {
    /// A workbook of Excel 2007 or later; other programs write it where they are asked for that.
    Xlsx,
    /// Separated values: one sheet.
    Csv,
}

impl SheetFormat {
    /// The kind that a file's name promises. Older workbooks count as workbooks: what to do about them is said when they
    /// are read.
    #[must_use]
    pub fn of_name(name: &Path) -> Option<Self> {
        match name.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "xlsx" | "xlsm" | "xls" | "xlsb" | "ods" => Some(Self::Xlsx),
            "csv" | "tsv" | "tab" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The kind of a media type, in lower case and without parameters.
    #[must_use]
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        match media_type {
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            | "application/vnd.ms-excel.sheet.macroenabled.12"
            | "application/vnd.ms-excel" => Some(Self::Xlsx),
            "text/csv" | "text/tab-separated-values" => Some(Self::Csv),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
        }
    }
}
