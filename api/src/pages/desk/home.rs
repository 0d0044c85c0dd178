//! `/desk`: what there is to do here, and how much of it waits.

use maud::{Markup, html};

use super::layout::{DeskContext, Room, document};
use super::say::number;

/// How much waits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Waiting {
    /// Reports that nobody has read; `None`: could not be counted.
    pub reports: Option<usize>,
    /// There are more reports than that.
    pub more_reports: bool,
    /// Submissions that are to be approved; `None`: could not be counted.
    pub submissions: Option<usize>,
}

/// The page.
#[must_use]
pub fn home(waiting: Waiting, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let say = |room: Room| {
        match room {
        Room::Home => "",
        Room::Submissions => lang.pick(
            "Tải mẫu Excel, gửi tệp và ảnh, xem trước thẻ, gửi duyệt; duyệt, trả lại hoặc hoàn tác.",
            "Take the Excel template, upload file and pictures, see the cards, send; approve, send back, take back.",
        ),
        Room::Recalls => lang.pick(
            "Công bố trong một mẫu, xem trước thẻ và những lô bị ảnh hưởng; kết thúc hoặc rút lại.",
            "Publish in one form, with the card and the lots it reaches shown first; close or withdraw.",
        ),
        Room::Codes => lang.pick(
            "Cấp mã và in tem; huỷ mã bị mất hoặc in hỏng; đánh dấu hàng mẫu, hàng trưng bày.",
            "Issue codes and print labels; cancel codes that were lost or misprinted; mark specimens and display units.",
        ),
        Room::Reports => lang.pick(
            "Đọc, trả lời và khép lại phản ánh của người mua; xem cảnh báo.",
            "Read, answer and close what consumers report; see alerts.",
        ),
        Room::History => lang.pick(
            "Ai đã khai báo gì cho một sản phẩm, lúc nào, từ tệp nào, vì sao.",
            "Who declared what for a product, when, from which file, and why.",
        ),
    }
    };
    let main = html! {
        section class="ask" {
            h1 { (lang.pick("Hôm nay làm gì?", "What is to be done?")) }
            ul class="tasks" {
                @for room in Room::ALL {
                    li {
                        a href=(ctx.to(room.path())) {
                            strong { (room.name(lang)) }
                            @if let Some(waiting) = waiting.submissions.filter(|it| *it > 0 && room == Room::Submissions) {
                                span class="count" { (number(waiting as u64, lang)) (lang.pick(" chờ duyệt", " to be approved")) }
                            }
                            @if room == Room::Reports {
                                @if let Some(reports) = waiting.reports.filter(|it| *it > 0) {
                                    span class="count" {
                                        (number(reports as u64, lang)) @if waiting.more_reports { "+" }
                                        (lang.pick(" mới", " new"))
                                    }
                                }
                            }
                        }
                        p class="hint" { (say(room)) }
                    }
                }
            }
        }
    };
    document(lang.pick("Bàn làm việc", "Desk"), Room::Home, &main, ctx)
}
