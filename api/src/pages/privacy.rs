//! What is kept of those who ask: nearly nothing, and this page says what.

use maud::{Markup, html};

use super::PageContext;
use super::layout::{self, Page, with_lang};
use super::operator::who;
use crate::config::Operator;

/// A heading and its sentences, each in Vietnamese and in English.
type Part = ((&'static str, &'static str), &'static [(&'static str, &'static str)]);

const PARTS: [Part; 5] = [
    (
        ("Khi tra cứu một mã", "When you look a code up"),
        &[
            (
                "Không cần tài khoản. Không có cookie, không có công cụ theo dõi, không tải gì từ bên thứ ba.",
                "No account is needed. There are no cookies and no trackers, and nothing is loaded from third parties.",
            ),
            (
                "Tra cứu không tính là một lần kiểm tra, và không ghi lại ai đã tra mã nào.",
                "A lookup does not count as a check, and who looked up what is not kept.",
            ),
            (
                "Địa chỉ mạng (IP) không được ghi vào kho dữ liệu, nhật ký hay số liệu. Để ngăn việc dò mã hàng loạt, bộ nhớ giữ một con số tính từ địa chỉ bằng khoá bí mật; tắt máy chủ là mất.",
                "Network addresses (IP) are written into no store, log or metric. Against trying codes in bulk, memory holds a number made from the address with a secret key; it is gone when the server stops.",
            ),
            (
                "Mã trên giấy tờ tuỳ thân và mã chuyển tiền không được nhắc lại, ghi lại hay lưu tạm.",
                "Codes on identity documents and payment codes are not repeated, logged or cached.",
            ),
        ],
    ),
    (
        ("Khi bấm Kiểm tra", "When you tap Check"),
        &[
            (
                "Nơi nào có nút Kiểm tra, mỗi lần bấm được ghi: mã nào, lúc nào, và một con số tính từ địa chỉ mạng bằng khoá bí mật. Khoá đổi mỗi ngày và khoá cũ bị huỷ, nên sau đó không ai truy ngược lại được.",
                "Where there is a Check button, each tap is kept: which code, when, and a number made from the network address with a secret key. The key changes every day and old keys are destroyed, so that nobody can trace it back later.",
            ),
            (
                "Nơi bấm được ghi nhiều nhất là tên tỉnh. Không dùng định vị GPS.",
                "The place is kept as a province at most. No GPS is used.",
            ),
            (
                "Sau 30 ngày những ghi nhận này không được dùng nữa, và bị xoá chậm nhất sau 60 ngày. Chỉ còn lại số lần, ngày đầu tiên, và cảnh báo nếu có.",
                "After 30 days these entries are used no more, and they are deleted after 60 at the latest. What stays is how many there were, when the first was, and a warning if there is one.",
            ),
            (
                "Khi có tranh chấp hoặc yêu cầu của cơ quan chức năng, ghi nhận về một mã hay một phản ánh có thể được giữ lâu hơn, tới một ngày định trước và kèm lý do.",
                "For a dispute or at the request of an authority, entries about one code, or a report, may be held for longer: until a day that is set, and with a reason that is kept.",
            ),
        ],
    ),
    (
        ("Khi gửi phản ánh", "When you send a report"),
        &[
            (
                "Phản ánh lưu những gì người gửi viết: mã, lý do, lời kể, nơi mua, ngôn ngữ và giờ gửi. Không lưu địa chỉ mạng hay gì khác về máy gửi.",
                "A report holds what was written: the code, the reason, the words, the place, the language and the time. Nothing of the network address or the device is kept.",
            ),
            (
                "Điện thoại hoặc e-mail không bắt buộc, để riêng, không vào nhật ký, chỉ dùng để hỏi thêm; bị xoá 90 ngày sau khi phản ánh khép lại.",
                "A telephone number or e-mail address is optional, kept apart, written into no log, used for questions alone, and erased 90 days after the report is closed.",
            ),
            (
                "Khi kho dữ liệu tạm mất kết nối, phản ánh nằm trong một tệp riêng trên máy chủ đã nhận, chỉ dịch vụ đọc được, và bị xoá khỏi đó khi đã chuyển đi.",
                "While the store cannot be reached, a report is in a file of its own on the server that took it, which the service alone reads, and is deleted there once it was passed on.",
            ),
            (
                "Ảnh được vẽ lại nhỏ hơn; vị trí, giờ chụp, tên máy trong tệp ảnh bị bỏ đi.",
                "Photos are drawn anew and smaller; place, time and camera in the file are dropped.",
            ),
            (
                "Biên nhận chỉ người gửi có: kho dữ liệu giữ mã băm của nó. Ai có biên nhận thì xem được tình trạng và lời đáp, không xem được lời kể, ảnh hay cách liên hệ.",
                "Only the sender has the receipt: the store keeps its hash. Whoever has it sees the state and the answer, never the words, the photo or the contact.",
            ),
            ("Phản ánh và ảnh bị xoá sau 24 tháng.", "Reports and photos are deleted after 24 months."),
        ],
    ),
    (
        ("Trên máy của người đọc", "On your own device"),
        &[
            (
                "Trình duyệt giữ sẵn một trang báo mất mạng. Trang đó không chứa gì về người đọc hay về mã đã tra.",
                "The browser keeps one page that says when the network is gone. It holds nothing about you or the codes you looked up.",
            ),
            (
                "Thẻ nguồn gốc trên trang bán hàng cũng không dùng cookie và không lưu gì trên máy.",
                "The origin card on a shop’s page uses no cookies and stores nothing on your device either.",
            ),
        ],
    ),
    (
        ("Thông tin trong hồ sơ sản phẩm", "What stands in product records"),
        &[(
            "Tên, địa chỉ và số điện thoại của nhà sản xuất do chính họ khai báo để công bố. Có thể yêu cầu sửa.",
            "Names, addresses and telephone numbers of producers are declared by them, to be published. They can ask for corrections.",
        )],
    ),
];

/// `GET /privacy`.
#[must_use]
pub fn privacy(operator: &Operator, ctx: &PageContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Quyền riêng tư", "Privacy");
    let lead = lang.pick(
        "Dịch vụ giữ lại ít nhất có thể về người tra cứu. Trang này nói rõ giữ gì, trong bao lâu.",
        "As little as possible is kept about those who ask. This page says what, and for how long.",
    );
    let main = html! {
        article class="prose" {
            h1 { (title) }
            p class="lead" { (lead) }
            @for ((vi, en), lines) in PARTS {
                h2 { (lang.pick(vi, en)) }
                ul { @for (vi, en) in lines { li { (lang.pick(vi, en)) } } }
            }
            h2 { (lang.pick("Hỏi hoặc yêu cầu", "Questions and requests")) }
            p {
                (lang.pick(
                    "Dữ liệu cá nhân ở Việt Nam được bảo vệ theo Luật 91/2025/QH15. Câu hỏi hoặc yêu cầu về dữ liệu của mình, xin gửi đơn vị vận hành.",
                    "In Viet Nam personal data are protected by Law 91/2025/QH15. Send questions and requests about your data to who runs this service.",
                ))
            }
            (who(operator, lang))
            p {
                (lang.pick(
                    "Trang này nói về phần mềm. Máy chủ đứng trước, do đơn vị vận hành cài đặt, phải được đặt để không ghi địa chỉ mạng.",
                    "This page speaks for the software. Servers in front of it are set up by who runs it, and must be set not to keep network addresses.",
                ))
            }
            p { a href=(with_lang("/about", lang)) { (lang.pick("Giới thiệu và cách làm", "About and method")) } }
        }
    };
    layout::document(&Page { title, description: lead, noindex: false, main }, ctx)
}
