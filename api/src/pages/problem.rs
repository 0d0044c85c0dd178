//! Pages that say what went wrong. None of them looks like a verdict: no tone, no shape, no word about a product.
//! None is a dead end either: each has the box for a code, and what can be tried again can be tried again.

use maud::{Markup, html};
use nguon_openapi::{Lang, Origin, RecallNotice, RecallStatus};
use nguon_view::{LONGEST, clean};

use super::{
    PageContext,
    form::code_form,
    layout::{self, Page, with_lang},
    moment::moment,
};

/// A problem and what to do about it, in the reader's language.
#[derive(Clone, Copy, Debug)]
pub struct Trouble<'a> {
    /// What went wrong.
    pub title: &'a str,
    /// What to do.
    pub detail: &'a str,
    /// The same may go well later: offer it again, after so many seconds if the service knows how many.
    pub again: Option<Again>,
}

/// What may go well later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Again {
    /// Seconds to wait; 0 where it is not known.
    pub after_s: u64,
}

/// A problem as a page.
#[must_use]
pub fn problem_page(trouble: &Trouble<'_>, ctx: &PageContext<'_>) -> Markup {
    let main = html! {
        section class="problem" {
            h1 { (trouble.title) }
            p class="lead" { (trouble.detail) }
            @if let Some(again) = trouble.again {
                (try_again(again, ctx))
                (meanwhile(ctx.lang))
            }
            (code_form("", ctx.lang))
        }
    };
    layout::document(&Page { title: trouble.title, description: trouble.detail, noindex: true, main }, ctx)
}

/// Nothing at this address.
#[must_use]
pub fn not_found(ctx: &PageContext<'_>) -> Markup {
    let title = ctx.lang.pick("Không có trang này", "There is no such page");
    let detail = ctx.lang.pick(
        "Đường dẫn có thể bị gõ thiếu hoặc đã cũ. Hãy nhập mã in trên bao bì.",
        "The address may be incomplete or old. Type the code on the pack.",
    );
    problem_page(&Trouble { title, detail, again: None }, ctx)
}

/// We could not look: says so in both languages, because the browser's may not be the reader's.
#[must_use]
pub fn could_not_check(origin: Option<&Origin>, again: Again, ctx: &PageContext<'_>) -> Markup {
    let (title, detail) = could_not_check_text(ctx.lang);
    let other = if ctx.lang == Lang::Vi { Lang::En } else { Lang::Vi };
    let (other_title, other_detail) = could_not_check_text(other);
    let main = html! {
        section class="problem" {
            h1 { (title) }
            p class="lead" { (detail) }
            (try_again(again, ctx))
            @if let Some(origin) = origin { (on_record_before(origin, ctx.lang)) }
            p class="hint" lang=(other.as_str()) { strong { (other_title) } ". " (other_detail) }
            (meanwhile(ctx.lang))
            (code_form("", ctx.lang))
        }
    };
    layout::document(&Page { title, description: detail, noindex: true, main }, ctx)
}

/// What the product is and where it comes from, as it was on record before: plain rows, no tone, no word on whether
/// anything is wrong with it.
fn on_record_before(origin: &Origin, lang: Lang) -> Markup {
    let name = origin.product.as_ref().map(|product| {
        let name = clean(&product.name, LONGEST);
        // A name that makes a claim is the producer's sentence, and stands in quotes here as everywhere.
        if product.name_is_claim { format!("“{name}”") } else { name }
    });
    let rows = [
        (lang.pick("Sản phẩm", "Product"), name),
        (
            lang.pick("Nhà sản xuất", "Producer"),
            origin.producer.as_ref().map(|producer| clean(&producer.name, LONGEST)),
        ),
        (lang.pick("Số lô", "Lot"), origin.batch.as_ref().map(|batch| clean(&batch.lot, LONGEST))),
    ];
    html! {
        section class="before" {
            h2 { (lang.pick("Thông tin đã lưu trước đó, chưa phải kết luận", "Stored earlier, and no answer yet")) }
            @for recall in origin.recalls.iter().filter(|recall| recall.status != RecallStatus::Withdrawn) {
                p class="lead" { strong { (recall_known(recall, lang)) } }
                @if let Some(phone) = &recall.phone { p { bdi { (clean(phone, LONGEST)) } } }
            }
            dl {
                @for (label, value) in rows.into_iter().filter_map(|(label, value)| Some((label, value?))) {
                    div { dt { (label) } dd dir="auto" { (value) } }
                }
                div {
                    dt { (lang.pick("Lưu lúc", "Stored at")) }
                    dd { (moment(origin.checked_at, lang)) }
                }
            }
        }
    }
}

/// A recall that may concern what is in the hand, in a sentence.
fn recall_known(recall: &RecallNotice, lang: Lang) -> String {
    let lots: Vec<String> = recall.lots.iter().map(|lot| clean(lot, LONGEST)).collect();
    let about = if lots.is_empty() { clean(&recall.gtin, LONGEST) } else { lots.join(", ") };
    match lang {
        Lang::Vi => format!("Có thông báo thu hồi liên quan: {about}. Hãy so với bao bì; nếu trùng, ngừng dùng."),
        Lang::En => format!("A recall may concern this: {about}. Compare the pack; if it matches, stop using it."),
    }
}

fn try_again(again: Again, ctx: &PageContext<'_>) -> Markup {
    html! {
        @if again.after_s > 0 {
            p class="wait" {
                (ctx.lang.pick("Xin chờ ", "Please wait "))
                strong { (again.after_s) (ctx.lang.pick(" giây", if again.after_s == 1 { " second" } else { " seconds" })) }
                (ctx.lang.pick(" rồi thử lại.", ", then try again."))
            }
        }
        a class="button primary" href=(with_lang(ctx.this_path, ctx.lang)) { (ctx.lang.pick("Thử lại", "Try again")) }
    }
}

/// What can be looked at on any pack without us.
pub(super) fn meanwhile(lang: Lang) -> Markup {
    const LOOK: [(&str, &str); 4] = [
        ("Hạn sử dụng in trên bao bì còn hay đã qua.", "Whether the expiry date on the pack has passed."),
        ("Nắp, niêm phong, bao bì có còn nguyên.", "Whether cap, seal and packaging are whole."),
        ("Tên, nơi sản xuất, số lô có đọc được rõ.", "Whether name, producer and lot can be read clearly."),
        ("Giữ hoá đơn và bao bì để kiểm tra lại.", "Keep the receipt and the pack, and look it up again."),
    ];
    html! {
        div class="meanwhile" {
            h2 { (lang.pick("Trong lúc chờ, hãy xem trên bao bì", "Meanwhile, look at the pack")) }
            ul { @for (vi, en) in LOOK { li { (lang.pick(vi, en)) } } }
        }
    }
}

const fn could_not_check_text(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Vi => {
            ("Chưa kiểm tra được, xin thử lại", "Mạng hoặc hệ thống đang bận. Đây không phải kết luận về sản phẩm.")
        }
        Lang::En => {
            ("Could not check: please try again", "Network or service is busy. This says nothing about the product.")
        }
    }
}
