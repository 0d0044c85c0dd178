//! Headline and advice for every verdict and its variants.

use nguon_openapi::{Context, Lang, MatchedBy, ReasonCode, RecallStatus, Verdict};

use super::{Filling, fill};
use crate::verify::judge::Judgement;

/// A row of the table: a verdict, or a variant of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::verify) enum Key {
    Malformed,
    Recalled,
    RecallClosed,
    RecallElsewhere,
    Revoked,
    SuspectedClone,
    Expired,
    ExpiredByCode,
    AlreadyConsumed,
    SameReceipt,
    DataMismatch,
    UnknownSerial,
    UnusualActivity,
    NotActivated,
    Lapsed,
    ItemChecked,
    ItemNotCounted,
    PinMismatch,
    PinNotOnRecord,
    PinTooOften,
    ItemLookup,
    ItemWithoutCheck,
    Batch,
    Gtin,
    Unknown,
    Shop,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub(in crate::verify) struct Text {
    pub(in crate::verify) key: Key,
    pub(in crate::verify) vi: (&'static str, &'static str),
    pub(in crate::verify) en: (&'static str, &'static str),
}

macro_rules! rows {
    ($($key:ident: $vi_headline:literal, $vi_advice:literal; $en_headline:literal, $en_advice:literal.)+) => {
        /// The table. `{d}` is a day, `{t}` an instant, `{n}` a number.
        const TABLE: &[Text] = &[
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

/// The row for a judgement, and the day that it speaks of.
pub(in crate::verify) fn key(judgement: &Judgement, context: Context, checks: bool) -> (Key, Filling) {
    let of = |reason| judgement.findings.iter().find(|f| f.reason == reason).map(Filling::of).unwrap_or_default();
    let has = |reason| judgement.findings.iter().any(|f| f.reason == reason);
    let nothing = Filling::default();
    match judgement.verdict {
        Verdict::Malformed => (Key::Malformed, nothing),
        Verdict::Recalled => {
            let active =
                judgement.recalls.iter().any(|m| m.is_direct() && m.entry.recall.status == RecallStatus::Active);
            if active { (Key::Recalled, nothing) } else { (Key::RecallClosed, of(ReasonCode::RecallClosed)) }
        }
        Verdict::Revoked => (Key::Revoked, of(ReasonCode::CodeRevoked)),
        Verdict::SuspectedClone => (Key::SuspectedClone, nothing),
        Verdict::Expired => match (of(ReasonCode::Expired), of(ReasonCode::ExpiredByCode)) {
            (Filling { date: None, .. }, in_code) => (Key::ExpiredByCode, in_code),
            (record, in_code) if in_code.date.is_some_and(|day| Some(day) < record.date) => {
                (Key::ExpiredByCode, in_code)
            }
            (on_record, _) => (Key::Expired, on_record),
        },
        Verdict::AlreadyConsumed if has(ReasonCode::SameReceipt) => (Key::SameReceipt, of(ReasonCode::PinRedeemed)),
        Verdict::AlreadyConsumed => (Key::AlreadyConsumed, of(ReasonCode::PinRedeemed)),
        Verdict::DataMismatch => (Key::DataMismatch, nothing),
        Verdict::UnknownSerial => (Key::UnknownSerial, nothing),
        Verdict::UnusualActivity => (Key::UnusualActivity, of(ReasonCode::CloneSoftRule)),
        Verdict::NotActivated => (Key::NotActivated, nothing),
        Verdict::Lapsed => (Key::Lapsed, of(ReasonCode::RegistrationEnded)),
        Verdict::RegisteredItem | Verdict::RegisteredBatch | Verdict::RegisteredGtin
            if lots_are_recalled(judgement) =>
        {
            (Key::RecallElsewhere, nothing)
        }
        Verdict::RegisteredItem | Verdict::RegisteredBatch | Verdict::RegisteredGtin if context == Context::Shop => {
            (Key::Shop, nothing)
        }
        Verdict::RegisteredItem => (item(judgement, checks), nothing),
        Verdict::RegisteredBatch => (Key::Batch, nothing),
        Verdict::RegisteredGtin => (Key::Gtin, nothing),
        Verdict::Unknown if lots_are_recalled(judgement) => (Key::RecallElsewhere, nothing),
        Verdict::Unknown => (Key::Unknown, nothing),
    }
}

/// The row for a unit on record that nothing speaks against but, perhaps, the PIN that was given.
fn item(judgement: &Judgement, checks: bool) -> Key {
    let has = |reasons: &[ReasonCode]| judgement.findings.iter().any(|f| reasons.contains(&f.reason));
    if has(&[ReasonCode::PinMismatch]) {
        Key::PinMismatch
    } else if has(&[ReasonCode::PinNotOnRecord]) {
        Key::PinNotOnRecord
    } else if has(&[ReasonCode::PinTooOften]) {
        Key::PinTooOften
    } else if has(&[ReasonCode::FirstCheck, ReasonCode::CheckedBefore]) {
        Key::ItemChecked
    } else if has(&[ReasonCode::NotCounted]) {
        Key::ItemNotCounted
    } else if checks {
        Key::ItemLookup
    } else {
        Key::ItemWithoutCheck
    }
}

fn lots_are_recalled(judgement: &Judgement) -> bool {
    judgement.recalls.iter().any(|m| m.by == MatchedBy::OtherLots && m.entry.recall.status == RecallStatus::Active)
}

/// The row of a key. Every key has one (a test holds that); the first row stands in for none.
fn row(key: Key) -> &'static Text {
    TABLE.iter().find(|text| text.key == key).unwrap_or(&TABLE[0])
}

/// One line.
pub(in crate::verify) fn headline(key: Key, lang: Lang) -> &'static str {
    let text = row(key);
    match lang {
        Lang::Vi => text.vi.0,
        Lang::En => text.en.0,
    }
}

/// What to do.
pub(in crate::verify) fn advice(key: Key, with: Filling, lang: Lang) -> String {
    let text = row(key);
    let template = match lang {
        Lang::Vi => text.vi.1,
        Lang::En => text.en.1,
    };
    fill(template, with, lang)
}

#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    TABLE.iter().flat_map(|t| [t.vi.0, t.vi.1, t.en.0, t.en.1]).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_keep_to_45_characters_and_advice_to_110() {
        let full = Filling {
            date: Some(jiff::civil::date(2026, 11, 23)),
            moment: "2026-11-23T05:00:00Z".parse().ok(),
            count: Some(1_234),
        };
        for text in TABLE {
            for lang in Lang::ALL {
                let (headline, advice) = (headline(text.key, lang), advice(text.key, full, lang));
                assert!(headline.chars().count() <= 45, "{headline}");
                assert!(advice.chars().count() <= 110, "{advice}");
            }
        }
    }

    #[test]
    fn a_sentence_without_its_day_is_left_out() {
        assert_eq!(
            advice(Key::Revoked, Filling::default(), Lang::Vi),
            "Tạm chưa dùng sản phẩm, hỏi lại nơi bán, giữ hoá đơn và bao bì."
        );
        assert_eq!(
            advice(Key::Expired, Filling::default(), Lang::En),
            "Do not use it; check the date printed on the pack."
        );
    }

    #[test]
    fn the_shared_table_of_texts_is_ours_word_for_word() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/verdict-texts.csv");
        let Ok(csv) = std::fs::read_to_string(path) else {
            println!("reference texts are absent: 0 rows compared");
            return;
        };
        let ours = all();
        let mut compared = 0;
        for line in csv.lines().skip(1).filter(|line| !line.starts_with("(could not check)")) {
            for cell in cells(line).into_iter().skip(1) {
                assert!(ours.contains(&cell), "not in the table: {cell}");
                compared += 1;
            }
        }
        println!("{compared} texts compared");
        assert!(compared > 60);
    }

    fn cells(line: &str) -> Vec<String> {
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                _ => cell.push(c),
            }
        }
        cells.push(cell);
        cells
    }
}
