//! What each answer means, for `/about`: shape and word of its tone, and one or two sentences.

use maud::{Markup, html};
use nguon_openapi::{Lang, Verdict};

use super::layout::tone_icon;
use crate::verify::tone_of;

/// A row: name and meaning, in Vietnamese and in English.
type Row = ((&'static str, &'static str), (&'static str, &'static str));

/// Every answer, in order of precedence: where several hold, the first leads and the others stand below it.
pub(super) fn meanings(lang: Lang) -> Markup {
    html! {
        dl class="meanings" {
            @for verdict in Verdict::ALL {
                @let (tone, (vi, en)) = (tone_of(verdict), row(verdict));
                @let (name, meaning) = if lang == Lang::Vi { vi } else { en };
                div data-tone=(tone.as_str()) {
                    dt { (tone_icon(tone)) span { (name) } }
                    dd { (meaning) }
                }
            }
        }
    }
}

#[expect(clippy::too_many_lines, reason = "a table, a row for each verdict")]
const fn row(verdict: Verdict) -> Row {
    match verdict {
        Verdict::Malformed => (
            ("Mã chưa đúng", "Mã thiếu hoặc sai chữ số, thường do quét mờ hay gõ nhầm. Không nói gì về sản phẩm."),
            (
                "Code not valid",
                "A digit is missing or wrong, mostly from a poor scan or a slip. Says nothing about the product.",
            ),
        ),
        Verdict::Recalled => (
            (
                "Thu hồi",
                "Có thông báo thu hồi cho sản phẩm, lô hoặc số sê-ri này. Đợt thu hồi đã kết thúc vẫn được nêu: hàng còn lại không nên dùng.",
            ),
            (
                "Recalled",
                "A recall notice covers this product, lot or serial. One that has ended is still shown: leftover units should not be used.",
            ),
        ),
        Verdict::Revoked => (
            ("Mã bị huỷ", "Nhà sản xuất đã huỷ mã này, ví dụ vì cuộn tem bị mất."),
            ("Code cancelled", "The producer has cancelled this code, for example because a roll of labels was lost."),
        ),
        Verdict::SuspectedClone => (
            (
                "Mã được kiểm tra ở nhiều nơi",
                "Hai loại dấu hiệu khác nhau cho thấy mã có thể đã bị chép lại hoặc đăng lên mạng. Không phải lời buộc tội người giữ hay người bán.",
            ),
            (
                "Checked in many places",
                "Two different kinds of sign suggest that the code was copied or posted online. No accusation of holder or seller.",
            ),
        ),
        Verdict::Expired => (
            (
                "Quá hạn sử dụng",
                "Đã qua hạn dùng trong hồ sơ hoặc trên mã, lấy ngày đến trước, tính hết ngày đó theo giờ Việt Nam. Hạn “dùng tốt nhất trước” chỉ được nhắc.",
            ),
            (
                "Past its expiry date",
                "Past the expiry date on record or in the code, whichever is earlier, at the end of that day in Viet Nam. A best-before date only warns.",
            ),
        ),
        Verdict::AlreadyConsumed => (
            ("Mã đã được dùng trước đó", "Mã PIN đã được nhập, hoặc sản phẩm được ghi là đã dùng."),
            ("Used before", "The PIN was entered before, or the unit is marked as used."),
        ),
        Verdict::DataMismatch => (
            ("Mã khác với hồ sơ", "Số lô hoặc hạn dùng trên mã khác với hồ sơ. Trang nêu cả hai để so với bao bì."),
            (
                "Code and record differ",
                "Lot or expiry in the code is not the one on record. The page shows both, to compare with the pack.",
            ),
        ),
        Verdict::UnknownSerial => (
            (
                "Chưa thấy số sê-ri",
                "Sản phẩm có ghi số sê-ri từng món, nhưng không có số này. Hồ sơ có thể chưa cập nhật.",
            ),
            ("Serial not found", "The product keeps serials and this one is not among them. The record may be late."),
        ),
        Verdict::UnusualActivity => (
            (
                "Mã được kiểm tra nhiều lần",
                "Nhiều người, ở ít nhất hai tỉnh trong một ngày, hoặc rất nhiều người, đã kiểm tra cùng một mã.",
            ),
            (
                "Checked very often",
                "Many people, in at least two provinces within a day, or very many people have checked this one code.",
            ),
        ),
        Verdict::NotActivated => (
            ("Chưa kích hoạt để bán", "Mã đã cấp nhưng chưa được ghi là bày bán, hoặc là hàng mẫu."),
            ("Not yet activated", "The code was issued and is not yet marked as on sale, or it belongs to a specimen."),
        ),
        Verdict::Lapsed => (
            ("Hồ sơ hết hiệu lực", "Nhà sản xuất không còn duy trì hồ sơ này. Hàng làm trước đó vẫn có thể đang bán."),
            ("Registration ended", "The record is no longer kept up. Goods made before may still be on sale."),
        ),
        Verdict::RegisteredItem => (
            (
                "Mã có trong hồ sơ",
                "Số sê-ri có trong hồ sơ. Chưa chứng minh được gì về món hàng trên tay: hãy so với bao bì.",
            ),
            (
                "Code on record",
                "The serial is on record. That proves nothing yet about the thing in the hand: compare the pack.",
            ),
        ),
        Verdict::RegisteredBatch => (
            ("Lô hàng có trong hồ sơ", "Mã in chung cho cả lô, không phân biệt được từng món."),
            ("Batch on record", "The whole batch shares the code; it cannot tell packs apart."),
        ),
        Verdict::RegisteredGtin => (
            (
                "Mã vạch của loại sản phẩm",
                "Mọi món hàng cùng loại đều in mã này, nên không chứng minh được gì về món hàng trên tay.",
            ),
            (
                "Barcode of a product type",
                "Every pack of this kind carries this code, so it proves nothing about the one in the hand.",
            ),
        ),
        Verdict::Unknown => (
            ("Chưa có dữ liệu", "Nhiều hàng chưa đăng ký ở đây. Chưa có dữ liệu không có nghĩa là hàng có vấn đề."),
            ("No data here", "Many products are not registered here. That alone is no sign of a problem."),
        ),
    }
}
