//! A line of the result: what a card says of a code, in the words of a retailer's list.

use nguon_openapi::{Card, CodeKind, Lang, Level, RecallStatus, SafetyStatus, Tone, Verdict};
use nguon_view::clean;

use super::list::Listed;
use super::spelling::{Note, Spelling};

/// Longest text from outside in a cell, in characters.
const CELL_CHARS: usize = 120;

/// What there is to a code. In the order in which a retailer should look at them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// A recall is on record: of it, of some of its lots, or of what it was made from.
    Recall,
    /// On record, and the card warns.
    Warning,
    /// Could not be looked up. Says nothing about the code.
    NotChecked,
    /// Not the code of a product, or not one at all.
    Malformed,
    /// Not on record: a shop page shows nothing.
    NoCard,
    /// On record: a shop page shows its card.
    Card,
}

impl Finding {
    /// Every finding, in order.
    pub const ALL: [Self; 6] =
        [Self::Recall, Self::Warning, Self::NotChecked, Self::Malformed, Self::NoCard, Self::Card];

    /// Stable name, for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recall => "recall",
            Self::Warning => "warning",
            Self::NotChecked => "not_checked",
            Self::Malformed => "malformed",
            Self::NoCard => "no_card",
            Self::Card => "card",
        }
    }

    /// Name, for people.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Recall => lang.pick("Có thu hồi", "Recall on record"),
            Self::Warning => lang.pick("Có thẻ, kèm cảnh báo", "Card with a warning"),
            Self::NotChecked => lang.pick("Chưa kiểm tra được", "Could not be checked"),
            Self::Malformed => lang.pick("Mã chưa đúng", "Code not valid"),
            Self::NoCard => lang.pick("Chưa có thẻ", "No card yet"),
            Self::Card => lang.pick("Có thẻ", "Has a card"),
        }
    }
}

/// A line of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line of the list.
    pub line: u64,
    /// The code as it stands there; empty where it must not be repeated (payment codes, personal documents).
    pub given: String,
    /// GTIN, 14 digits.
    pub gtin: Option<String>,
    /// Name of the product, as its producer writes it.
    pub product: Option<String>,
    /// What there is to it.
    pub finding: Finding,
    /// Why, in one sentence or two; empty for a plain card.
    pub why: String,
    /// Address of the card page.
    pub card: Option<String>,
    /// Line of the same code before, if there is one.
    pub repeats: Option<u64>,
}

impl Row {
    /// What a card says.
    #[must_use]
    pub fn of(listed: &Listed, spelling: &Spelling, was_padded: bool, card: &Card) -> Self {
        let lang = card.lang;
        let finding = finding(card);
        let mut said = vec![why(finding, card)];
        if finding == Finding::NoCard && spelling.is_rounded {
            said = vec![rounded(lang).to_owned()];
        }
        said.extend(spelling.notes.iter().map(|note| told(*note, lang).to_owned()));
        if was_padded {
            said.push(told(Note::LeadingZeros, lang).to_owned());
        }
        said.retain(|sentence| !sentence.is_empty());
        Self {
            line: listed.line,
            given: if card.code.input.is_empty() { String::new() } else { clean(&listed.given, CELL_CHARS) },
            gtin: card.code.gtin.clone(),
            product: card.product.as_ref().map(|product| clean(&product.name, CELL_CHARS)),
            finding: if finding == Finding::NoCard && spelling.is_rounded { Finding::Malformed } else { finding },
            why: said.join(" "),
            card: card.links.as_ref().and_then(|links| links.card.clone()),
            repeats: None,
        }
    }

    /// A code that could not be looked up, and why.
    #[must_use]
    pub fn not_checked(listed: &Listed, why: &str) -> Self {
        Self {
            line: listed.line,
            given: clean(&listed.given, CELL_CHARS),
            gtin: None,
            product: None,
            finding: Finding::NotChecked,
            why: why.to_owned(),
            card: None,
            repeats: None,
        }
    }

    /// Something that is too long to be a code.
    #[must_use]
    pub fn too_long(listed: &Listed, lang: Lang) -> Self {
        let why = lang.pick("Dài hơn 2.048 byte: không phải một mã.", "Longer than 2,048 bytes: not one code.");
        // Not repeated: nobody has read what it is.
        Self { finding: Finding::Malformed, given: String::new(), ..Self::not_checked(listed, why) }
    }
}

fn finding(card: &Card) -> Finding {
    let has_recall = card.safety.recalls.iter().any(|recall| recall.status != RecallStatus::Withdrawn);
    if has_recall {
        Finding::Recall
    } else if card.verdict == Verdict::Malformed || card.code.kind == CodeKind::NotProduct {
        Finding::Malformed
    } else if card.level == Level::None {
        Finding::NoCard
    } else if card.tone >= Tone::Caution {
        Finding::Warning
    } else {
        Finding::Card
    }
}

fn why(finding: Finding, card: &Card) -> String {
    let lang = card.lang;
    match finding {
        Finding::Card | Finding::NotChecked => String::new(),
        Finding::NoCard => lang
            .pick(
                "Chưa có dữ liệu ở đây; điều đó không có nghĩa là hàng có vấn đề.",
                "No data here; that alone is no sign of a problem.",
            )
            .to_owned(),
        Finding::Warning => sentence(&card.headline),
        Finding::Malformed => {
            let reason = card.reasons.first().map_or(card.headline.as_str(), |reason| reason.text.as_str());
            sentence(reason)
        }
        Finding::Recall => {
            let reach = match card.safety.status {
                SafetyStatus::Affected => lang.pick("Mã này thuộc diện thu hồi: ngừng bán.", "Recalled: stop selling."),
                _ => lang.pick(
                    "Có lô thuộc diện thu hồi: so số lô trên bao bì.",
                    "Some lots are recalled: compare the lot on the pack.",
                ),
            };
            let lots: Vec<String> = card
                .safety
                .recalls
                .iter()
                .filter(|recall| recall.status != RecallStatus::Withdrawn)
                .flat_map(|recall| &recall.lots)
                .take(10)
                .map(|lot| clean(lot, 20))
                .collect();
            if lots.is_empty() {
                reach.to_owned()
            } else {
                format!("{reach} {} {}.", lang.pick("Lô:", "Lots:"), lots.join(", "))
            }
        }
    }
}

fn sentence(text: &str) -> String {
    let text = clean(text, 2 * CELL_CHARS);
    if text.ends_with(['.', '!', '?', '…']) { text } else { format!("{text}.") }
}

const fn told(note: Note, lang: Lang) -> &'static str {
    match note {
        Note::Separators => lang.pick("Đã bỏ dấu cách hoặc gạch nối.", "Blanks or hyphens were dropped."),
        Note::LeadingZeros => lang.pick("Đã thêm lại số 0 ở đầu.", "Zeros in front were put back."),
        Note::TextMark => lang.pick("Đã bỏ dấu của bảng tính.", "The spreadsheet's text mark was dropped."),
    }
}

const fn rounded(lang: Lang) -> &'static str {
    lang.pick(
        "Bảng tính đã làm tròn mã này. Hãy đặt định dạng cột là Văn bản rồi dán lại mã đầy đủ.",
        "A spreadsheet has rounded this code. Format the column as text and paste the whole code again.",
    )
}
