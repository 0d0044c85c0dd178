//! Who runs this, how it works, what a code can and cannot tell, what each answer means, who may ask for what to be
//! corrected, how to report.

use maud::{Markup, html};
use nguon_openapi::Lang;

use super::PageContext;
use super::layout::{self, Page, with_lang};
use super::meaning::meanings;
use super::operator::{reach, who};
use crate::config::Operator;

/// A sentence in Vietnamese and in English.
type Said = (&'static str, &'static str);

const METHOD: [Said; 6] = [
    (
        "Hồ sơ do nhà sản xuất, hoặc đơn vị giúp nhà sản xuất, khai báo. Mỗi thông tin có nguồn: theo khai báo, có giấy tờ, hay đã được bên khác kiểm tra, và tên bên đó.",
        "Records are declared by producers, or by those who help them. Every statement has a source: declared, backed by a document, or checked by somebody else, with their name.",
    ),
    (
        "Hồ sơ được đếm theo mười mục của Thông tư 02/2024/TT-BKHCN; mục còn thiếu được nêu tên.",
        "A record is counted against the ten items of Circular 02/2024/TT-BKHCN; the missing ones are named.",
    ),
    (
        "Thông báo thu hồi đứng trên mọi thông tin khác. Chỉ thông báo được rút lại mới gỡ cảnh báo, và việc rút lại còn được nêu trong 30 ngày.",
        "A recall notice stands above everything else. Only a withdrawn notice lifts the warning, and that stays visible for 30 days.",
    ),
    (
        "Chứng nhận hết hạn được ghi là hết hạn, kể cả khi bao bì vẫn in.",
        "A certificate that has ended is shown as ended, also where the pack still carries it.",
    ),
    (
        "Câu trả lời do quy tắc cố định rút ra từ hồ sơ và ngày hôm nay theo giờ Việt Nam; không có phỏng đoán.",
        "The answer follows from the record and today’s date in Viet Nam by fixed rules; nothing is guessed.",
    ),
    (
        "Ai khai báo, sửa hay thu hồi điều gì, lúc nào, đều được ghi lại và không bị xoá, để sau này giải thích được vì sao trang đã nói như vậy.",
        "Who declared, changed or recalled what, and when, is kept and never deleted, so that it can be explained later why a page said what it said.",
    ),
];

/// What can be said of each kind of code: term and meaning.
const LIMITS: [(Said, Said); 6] = [
    (
        ("Mã vạch", "Barcode"),
        (
            "In giống nhau trên mọi món hàng cùng loại. Quét được mã vạch không chứng minh gì về món hàng trên tay.",
            "The same on every pack of its kind. That it can be scanned proves nothing about the one in the hand.",
        ),
    ),
    (
        ("Số lô", "Lot"),
        (
            "Chung cho cả lô: cho biết ngày làm, hạn dùng và thu hồi, không phân biệt được từng món.",
            "Shared by the whole lot: tells dates and recalls, and cannot tell packs apart.",
        ),
    ),
    (
        ("Số sê-ri", "Serial"),
        (
            "Mỗi món một số. Nhưng mã in ra thì chép lại được, nên có trong hồ sơ vẫn phải so với bao bì.",
            "One for each unit. But a printed code can be copied, so being on record does not replace comparing the pack.",
        ),
    ),
    (
        ("Đầu số 893", "Prefix 893"),
        (
            "Cho biết mã được đăng ký ở đâu, không cho biết hàng được làm ở đâu.",
            "Says where the code was registered, never where the goods were made.",
        ),
    ),
    (
        ("Thẻ trên trang bán hàng", "Card on a shop’s page"),
        (
            "Nói về loại sản phẩm, không nói về món sẽ được giao. Hình ảnh thì ai cũng chép được: hãy mở thẻ và xem tên miền. Khi nhận hàng, quét mã trên bao bì.",
            "Speaks of the kind of product, not of the one to be delivered. Pictures can be copied: open the card and look at the domain. Scan the pack when it arrives.",
        ),
    ),
    (
        ("Chưa kiểm tra được", "Could not check"),
        (
            "Mạng hoặc hệ thống bận. Đây không bao giờ là kết luận về sản phẩm.",
            "Network or service is busy. That is never a verdict on a product.",
        ),
    ),
];

const REPORT: [Said; 3] = [
    ("Giữ sản phẩm, bao bì và hoá đơn.", "Keep the product, the pack and the receipt."),
    (
        "Gọi nhà sản xuất theo số trên trang của sản phẩm. Với hàng thu hồi, gọi số trong thông báo thu hồi.",
        "Call the producer at the number on the product’s page. For recalled goods, call the number in the notice.",
    ),
    (
        "Gửi phản ánh cho đơn vị vận hành: mã, ảnh bao bì, nơi mua và ngày mua. Có biên nhận để xem lại.",
        "Send a report to who runs this service: the code, a picture of the pack, where and when it was bought. It has a receipt.",
    ),
];

/// `GET /about`.
#[must_use]
pub fn about(operator: &Operator, ctx: &PageContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Giới thiệu và cách làm", "About and method");
    let lead = lang.pick(
        "Dịch vụ này trả lời một câu hỏi: mã này là của sản phẩm nào, từ đâu đến, và có điều gì cần lưu ý không.",
        "This service answers one question: what is this code, where does the product come from, and is anything wrong with it?",
    );
    let say = |(vi, en): Said| lang.pick(vi, en);
    let main = html! {
        article class="prose" {
            h1 { (title) }
            p class="lead" { (lead) }
            (contents(lang))
            h2 id="operator" { (lang.pick("Ai vận hành", "Who runs this")) }
            (who(operator, lang))
            h2 id="method" { (lang.pick("Thông tin từ đâu mà có", "Where the information comes from")) }
            ul { @for line in METHOD { li { (say(line)) } } }
            h2 id="limits" { (lang.pick("Một mã cho biết được gì", "What a code can tell")) }
            p {
                (lang.pick(
                    "Dịch vụ nói điều có trong hồ sơ và điều cần so. Không phán xét hàng hoá, người bán hay người giữ hàng.",
                    "The service says what is on record and what to compare. It judges neither goods, nor sellers, nor holders.",
                ))
            }
            dl class="terms" { @for (term, meaning) in LIMITS { div { dt { (say(term)) } dd { (say(meaning)) } } } }
            h2 id="answers" { (lang.pick("Mỗi câu trả lời nghĩa là gì", "What each answer means")) }
            (meanings(lang))
            h2 id="correct" { (lang.pick("Yêu cầu sửa", "Asking for a correction")) }
            p {
                (lang.pick(
                    "Nhà sản xuất và bất cứ ai có tên trong hồ sơ có thể yêu cầu sửa điều chưa đúng. Hãy gửi mã, điều cần sửa và giấy tờ liên quan. Nhà sản xuất cũng tự sửa được hồ sơ mình đã khai báo.",
                    "A producer, and anybody whose name is in a record, may ask for what is wrong to be corrected. Send the code, what should change, and papers that show it. Producers can also change what they declared themselves.",
                ))
            }
            p { a class="button" href=(with_lang("/report?reason=wrong_record", lang)) { (lang.pick("Yêu cầu sửa", "Ask for a correction")) } }
            (reach(operator, lang))
            h2 id="report" { (lang.pick("Phản ánh điều đáng ngờ", "Reporting what looks wrong")) }
            ol { @for line in REPORT { li { (say(line)) } } }
            p { a class="button" href=(with_lang("/report", lang)) { (lang.pick("Gửi phản ánh", "Send a report")) } }
            (reach(operator, lang))
            p { a href=(with_lang("/privacy", lang)) { (lang.pick("Dịch vụ giữ lại những gì: quyền riêng tư", "What is kept: privacy")) } }
        }
    };
    layout::document(&Page { title, description: lead, noindex: false, main }, ctx)
}

fn contents(lang: Lang) -> Markup {
    const PARTS: [(&str, Said); 6] = [
        ("#operator", ("Ai vận hành", "Who runs this")),
        ("#method", ("Thông tin từ đâu", "Where it comes from")),
        ("#limits", ("Một mã cho biết gì", "What a code can tell")),
        ("#answers", ("Nghĩa của câu trả lời", "What answers mean")),
        ("#correct", ("Yêu cầu sửa", "Corrections")),
        ("#report", ("Phản ánh", "Reporting")),
    ];
    html! {
        nav class="contents" aria-label=(lang.pick("Trong trang này", "On this page")) {
            @for (place, (vi, en)) in PARTS { a href=(place) { (lang.pick(vi, en)) } }
        }
    }
}
