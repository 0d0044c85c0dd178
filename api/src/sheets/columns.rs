//! The one table of what a spreadsheet may say: its sheets, and for each column what it is called, what it is for,
//! which field of a record it fills and how its cells are read. Template and import are made from it.

mod certificates;
mod events;
mod lots;
mod producers;
mod products;

use std::collections::HashMap;
use std::sync::LazyLock;

use nguon_openapi::Lang;

use super::fold::folded;

/// What the rows of a sheet declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Producers and traders.
    Producers,
    /// Products.
    Products,
    /// Lots.
    Lots,
    /// Certificates and protected names.
    Certificates,
    /// Stages of lots.
    Events,
}

/// A text in two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Vietnamese.
    pub vi: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The text for a reader.
    #[must_use]
    pub const fn pick(self, lang: Lang) -> &'static str {
        lang.pick(self.vi, self.en)
    }
}

/// A sheet.
#[derive(Debug)]
pub struct Table {
    /// What its rows declare.
    pub kind: Kind,
    /// The `type` of the records that it fills.
    pub record: &'static str,
    /// Its name; at most 31 characters, which is what a spreadsheet allows.
    pub name: Words,
    /// Its columns, in the order of the template.
    pub columns: &'static [Column],
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its heading.
    pub heading: Words,
    /// Other headings that are understood, in either language.
    pub also: &'static [&'static str],
    /// What to write there.
    pub note: Words,
    /// The field of the record that it fills, as a path.
    pub fills: &'static str,
    /// How its cells are read.
    pub reads: Reads,
    /// Whether every row has to have it.
    pub required: bool,
    /// An example.
    pub example: Words,
    /// Its width in the template, in characters.
    pub width: u8,
}

/// How a cell is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// A GTIN.
    Gtin,
    /// GTINs, separated by commas, semicolons or line breaks.
    Gtins,
    /// A lot number.
    Lot,
    /// A day.
    Day,
    /// A last day: a month is its last day, "24 tháng" counts from the day of production.
    LastDay,
    /// A line of text.
    Text,
    /// A line of text; "không áp dụng" says that the product has none, which `not_applicable` then names.
    TextIfAny(&'static str),
    /// Lines of text, separated by semicolons or line breaks.
    Texts,
    /// Lines of text in Vietnamese.
    Sentences,
    /// Sentences on what to compare.
    Compare,
    /// A family of certificates.
    CertificateKind,
    /// A stage.
    Stage,
    /// Yes or no.
    YesNo,
    /// A code of so many digits.
    Digits(u8),
    /// OCOP stars.
    Stars,
    /// A telephone number.
    Phone,
    /// An identifier; made of the row where it is blank.
    Id,
    /// The name or identifier of a producer.
    Producer,
    /// An address on the web.
    Url,
    /// Names of picture files, separated by commas, semicolons or line breaks.
    Pictures,
    /// Fields that no other column can hold, as a JSON object. Such a field is read from there alone.
    Rest,
}

impl Reads {
    /// Whether the words of its cells are bounded by a list, for a drop-down.
    #[must_use]
    pub const fn is_listed(self) -> bool {
        matches!(self, Self::CertificateKind | Self::Stage | Self::YesNo)
    }
}

/// Every sheet, referenced ones first.
pub static TABLES: [Table; 5] = [producers::TABLE, products::TABLE, lots::TABLE, certificates::TABLE, events::TABLE];

/// Most bytes of what may be a heading.
const LONGEST_HEADING: usize = 200;

/// For each sheet the column of every heading, folded.
static HEADINGS: LazyLock<Vec<HashMap<String, usize>>> = LazyLock::new(|| {
    let headings = |table: &'static Table| -> HashMap<String, usize> {
        let all = table.columns.iter().enumerate().flat_map(|(at, column)| {
            let own = [column.heading.vi, column.heading.en];
            own.into_iter().chain(column.also.iter().copied()).map(move |heading| (folded(heading), at))
        });
        all.collect()
    };
    TABLES.iter().map(headings).collect()
});

/// The last column of every sheet.
const WITHDRAWN: Column = Column {
    heading: Words { vi: "Rút bản ghi", en: "Withdraw" },
    also: &["withdrawn"],
    note: Words {
        vi: "Ghi Có để rút bản ghi này lại. Xoá dòng khỏi bảng không xoá gì trong hồ sơ.",
        en: "Write Yes to take this record back. Deleting the row deletes nothing from the registry.",
    },
    fills: "withdrawn",
    reads: Reads::YesNo,
    required: false,
    example: Words { vi: "", en: "" },
    width: 12,
};

/// What an export adds to every sheet, and no form: so that what is exported is imported as it was.
const REST: Column = Column {
    heading: Words { vi: "Phần còn lại (JSON)", en: "Rest (JSON)" },
    also: &[],
    note: Words {
        vi: "Do phần mềm xuất ra: những mục không có cột riêng. Để nguyên, hoặc xoá nếu muốn bỏ các mục đó.",
        en: "Written by an export: fields without a column. Leave it, or clear it to take those fields away.",
    },
    fills: "rest",
    reads: Reads::Rest,
    required: false,
    example: Words { vi: "", en: "" },
    width: 24,
};

impl Table {
    /// The columns that somebody fills in.
    pub fn form(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().filter(|column| column.reads != Reads::Rest)
    }

    /// The sheet of a kind.
    #[must_use]
    pub fn of(kind: Kind) -> &'static Self {
        match kind {
            Kind::Producers => &TABLES[0],
            Kind::Products => &TABLES[1],
            Kind::Lots => &TABLES[2],
            Kind::Certificates => &TABLES[3],
            Kind::Events => &TABLES[4],
        }
    }

    /// The sheet that goes by a name, in either language; what stands behind the name (`Sản phẩm (2)`) does not count.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = folded(name);
        TABLES.iter().find(|table| {
            [table.name.vi, table.name.en].into_iter().any(|known| {
                let known = folded(known);
                name.strip_prefix(&known).is_some_and(|rest| {
                    let rest = rest.trim();
                    rest.is_empty() || rest.bytes().all(|b| b.is_ascii_digit())
                })
            })
        })
    }

    /// The column under a heading, in either language, whatever the case, marks and signs.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<usize> {
        if heading.len() > LONGEST_HEADING {
            return None;
        }
        HEADINGS.get(self.kind as usize)?.get(&folded(heading)).copied()
    }

    /// The column that fills a field, or a part of it, or the whole of which it is a part.
    #[must_use]
    pub fn filling(&self, field: &str) -> Option<usize> {
        let path = field.split('[').next().unwrap_or_default();
        if path.is_empty() {
            return None;
        }
        let begins = |whole: &str, part: &str| whole.strip_prefix(part).is_some_and(|rest| rest.starts_with('.'));
        let find = |fits: &dyn Fn(&str) -> bool| self.columns.iter().position(|column| fits(column.fills));
        find(&|fills| fills == path).or_else(|| find(&|fills| begins(fills, path))).or_else(|| {
            find(&|fills| begins(path, fills)).or_else(|| match path {
                "not_applicable" => find(&|fills| fills == "brand"),
                _ => None,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_columns_of_a_sheet_go_by_one_heading_or_fill_one_field() {
        for table in &TABLES {
            assert!(table.name.vi.chars().count() <= 31 && table.name.en.len() <= 31);
            assert_eq!(Table::of(table.kind).record, table.record);
            let (mut headings, mut fields) = (BTreeSet::new(), BTreeSet::new());
            for column in table.columns {
                let own = [column.heading.vi, column.heading.en].map(folded);
                let all: BTreeSet<String> =
                    own.into_iter().chain(column.also.iter().map(|heading| folded(heading))).collect();
                for heading in all {
                    assert!(headings.insert(heading.clone()), "{:?}: {heading}", table.kind);
                }
                assert!(fields.insert(column.fills), "{:?}: {}", table.kind, column.fills);
                for words in [column.heading, column.note] {
                    assert!(!words.vi.is_empty() && !words.en.is_empty(), "{}", column.fills);
                }
                assert!(!column.required || !column.example.vi.is_empty(), "{}", column.fills);
            }
        }
    }

    #[test]
    fn a_heading_is_known_whatever_its_case_marks_and_language() {
        let products = Table::of(Kind::Products);
        let name = products.column("Tên sản phẩm");
        assert!(name.is_some());
        for heading in [
            "TÊN SẢN PHẨM",
            "ten san pham",
            "Tên  sản phẩm *",
            "Te\u{302}n sa\u{309}n pha\u{302}\u{309}m",
            "Product name",
        ] {
            assert_eq!(products.column(heading), name, "{heading}");
        }
        assert_eq!(products.column("Giá bán"), None);
        assert_eq!(products.column(" "), None);
    }

    #[test]
    fn a_sheet_is_known_by_its_name() {
        for (name, kind) in [("SẢN PHẨM", Kind::Products), ("san pham (2)", Kind::Products), ("Lots", Kind::Lots)] {
            assert_eq!(Table::named(name).map(|table| table.kind), Some(kind), "{name}");
        }
        for name in ["Sheet1", "Sản phẩm cũ", ""] {
            assert!(Table::named(name).is_none(), "{name}");
        }
    }

    #[test]
    fn the_field_of_a_fault_leads_back_to_its_column() {
        let at = |kind, field| {
            let table = Table::of(kind);
            table.filling(field).map(|column| table.columns[column].fills)
        };
        assert_eq!(at(Kind::Products, "name"), Some("name.vi"));
        assert_eq!(at(Kind::Products, "name.en"), Some("name.en"));
        assert_eq!(at(Kind::Products, "standards[2]"), Some("standards"));
        assert_eq!(at(Kind::Products, "images[0]"), Some("images"));
        assert_eq!(at(Kind::Products, "not_applicable"), Some("brand"));
        assert_eq!(at(Kind::Producers, "address"), Some("address.text"));
        assert_eq!(at(Kind::Products, ""), None);
    }
}
