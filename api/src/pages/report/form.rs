//! `GET /report`: the form, and the same form again where something in it is to be put right.

use maud::{Markup, html};
use nguon_openapi::{Lang, ReportReason};

use super::files::report_js;
use crate::pages::PageContext;
use crate::pages::layout::{self, Page, with_lang};
use crate::reports::{CONTACT_CHARS, Fault, PLACE_CHARS, TEXT_CHARS};

/// What stands in the fields.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filled<'a> {
    /// The code.
    pub code: &'a str,
    /// Wire name of the reason.
    pub reason: &'a str,
    /// In the reporter's words.
    pub text: &'a str,
    /// Where it was bought or seen.
    pub place: &'a str,
    /// How to reach the reporter.
    pub contact: &'a str,
    /// A photo had been chosen: a browser does not choose it again by itself.
    pub had_photo: bool,
}

/// The form.
#[derive(Clone, Copy, Debug)]
pub struct ReportForm<'a> {
    /// What stands in the fields.
    pub filled: Filled<'a>,
    /// Names this report, so that sent twice it is one.
    pub key: &'a str,
    /// What is to be put right in it.
    pub faults: &'a [Fault],
    /// Why it could not be taken, though nothing in it is wrong: title and what to do.
    pub trouble: Option<(&'a str, &'a str)>,
    /// Who reads reports.
    pub reader: &'a str,
    /// Within how many days.
    pub days: u16,
}

/// The page.
#[must_use]
pub fn report_form(form: &ReportForm<'_>, ctx: &PageContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Phản ánh điều đáng ngờ", "Report what looks wrong");
    let description = lang.pick(
        "Bao bì khác lạ, niêm phong hở, thông tin chưa đúng: gửi cho người có trách nhiệm đọc.",
        "A pack that looks different, a broken seal, a wrong record: send it to somebody who reads it.",
    );
    let main = html! {
        script src=(report_js().path) defer {}
        section class="ask report" {
            h1 { (title) }
            p class="lead" { (who_and_when(form, lang)) }
            p class="note" {
                (lang.pick(
                    "Nếu có người cần cấp cứu, hãy gọi 115 trước. Giữ sản phẩm, bao bì và hoá đơn.",
                    "If somebody needs an ambulance, call 115 first. Keep the product, the pack and the receipt.",
                ))
            }
            (what_went_wrong(form, lang))
            form action="/report" method="post" enctype="multipart/form-data" {
                input type="hidden" name="lang" value=(lang.as_str());
                input type="hidden" name="key" value=(form.key);
                (code(form, lang))
                (reasons(form, lang))
                (words(form, lang))
                (photo(form, lang))
                (contact(form, lang))
                button type="submit" class="send" { (lang.pick("Gửi phản ánh", "Send the report")) }
            }
            p class="hint" {
                (lang.pick(
                    "Không lưu địa chỉ mạng của người gửi. Phản ánh được lưu 24 tháng. ",
                    "Your network address is not kept. Reports are kept for 24 months. ",
                ))
                a href=(with_lang("/privacy", lang)) { (lang.pick("Quyền riêng tư", "Privacy")) }
            }
        }
        (look_again(lang))
    };
    layout::document(&Page { title, description, noindex: true, main }, ctx)
}

fn who_and_when(form: &ReportForm<'_>, lang: Lang) -> Markup {
    html! {
        (lang.pick("Người đọc: ", "Read by: "))
        strong dir="auto" { (form.reader) }
        (lang.pick(", trong vòng ", ", within "))
        strong { (form.days) (lang.pick(" ngày", if form.days == 1 { " day" } else { " days" })) }
        "."
    }
}

/// What is to be put right, each leading to its field; or why it could not be taken.
fn what_went_wrong(form: &ReportForm<'_>, lang: Lang) -> Markup {
    html! {
        @if let Some((title, detail)) = form.trouble {
            div class="wrong" role="alert" {
                p { strong { (title) } }
                p { (detail) }
                (photo_again(form, lang))
            }
        } @else if !form.faults.is_empty() {
            div class="wrong" role="alert" {
                p { strong { (lang.pick("Chưa gửi được. Xin xem lại:", "Not sent yet. Please look at this again:")) } }
                ul {
                    @for fault in form.faults {
                        li { a href=(format!("#{}", fault.field())) { (fault.say(lang)) } }
                    }
                }
                (photo_again(form, lang))
            }
        }
    }
}

fn photo_again(form: &ReportForm<'_>, lang: Lang) -> Markup {
    html! {
        @if form.filled.had_photo {
            p { (lang.pick("Ảnh cần được chọn lại.", "The photo has to be chosen again.")) }
        }
    }
}

/// Whether a field has a fault, for assistive technology.
fn invalid(form: &ReportForm<'_>, field: &str) -> Option<&'static str> {
    form.faults.iter().any(|fault| fault.field() == field).then_some("true")
}

fn code(form: &ReportForm<'_>, lang: Lang) -> Markup {
    html! {
        label for="code" { (lang.pick("Mã trên bao bì", "Code on the pack")) }
        input id="code" name="code" type="text" value=[Some(form.filled.code).filter(|code| !code.is_empty())]
            required maxlength="2048" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false"
            aria-invalid=[invalid(form, "code")];
    }
}

fn reasons(form: &ReportForm<'_>, lang: Lang) -> Markup {
    html! {
        fieldset id="reason" aria-invalid=[invalid(form, "reason")] {
            legend { (lang.pick("Điều đáng ngờ", "What looks wrong")) }
            @for reason in ReportReason::ALL {
                label class="choice" {
                    input type="radio" name="reason" value=(reason.as_str()) required
                        checked[form.filled.reason == reason.as_str()];
                    span { (reason.say(lang)) }
                }
            }
        }
    }
}

fn words(form: &ReportForm<'_>, lang: Lang) -> Markup {
    html! {
        label for="text" { (lang.pick("Kể thêm (không bắt buộc)", "Tell more (optional)")) }
        textarea id="text" name="text" rows="5" maxlength=(TEXT_CHARS) aria-invalid=[invalid(form, "text")] {
            // A parser drops the first line break of a text area.
            "\n" (form.filled.text)
        }
        label for="place" { (lang.pick("Nơi mua hoặc nơi thấy (không bắt buộc)", "Where it was bought or seen (optional)")) }
        input id="place" name="place" type="text" value=[Some(form.filled.place).filter(|place| !place.is_empty())]
            maxlength=(PLACE_CHARS) autocomplete="off" aria-invalid=[invalid(form, "place")];
    }
}

fn photo(form: &ReportForm<'_>, lang: Lang) -> Markup {
    html! {
        label for="photo" { (lang.pick("Ảnh bao bì (không bắt buộc)", "Photo of the pack (optional)")) }
        // With this list a phone hands over JPEG even where it keeps HEIC.
        input id="photo" name="photo" type="file" accept="image/jpeg,image/png,image/webp"
            aria-describedby="photo-hint" aria-invalid=[invalid(form, "photo")];
        p id="photo-hint" class="hint" {
            (lang.pick(
                "JPEG, PNG hoặc WebP, tối đa 2 MB. Vị trí, giờ chụp và tên máy trong ảnh được xoá trước khi lưu.",
                "JPEG, PNG or WebP, at most 2 MB. Place, time and camera are removed from it before it is kept.",
            ))
        }
    }
}

fn contact(form: &ReportForm<'_>, lang: Lang) -> Markup {
    html! {
        label for="contact" { (lang.pick("Điện thoại hoặc e-mail (không bắt buộc)", "Telephone or e-mail (optional)")) }
        input id="contact" name="contact" type="text" value=[Some(form.filled.contact).filter(|contact| !contact.is_empty())]
            maxlength=(CONTACT_CHARS) autocomplete="off" autocapitalize="none" spellcheck="false"
            aria-describedby="contact-hint" aria-invalid=[invalid(form, "contact")];
        p id="contact-hint" class="hint" {
            (lang.pick(
                "Chỉ người đọc phản ánh thấy, chỉ để hỏi thêm; bị xoá 90 ngày sau khi khép lại.",
                "Seen by whoever reads the report alone, for questions; erased 90 days after it is closed.",
            ))
        }
    }
}

/// For whoever has a receipt.
fn look_again(lang: Lang) -> Markup {
    html! {
        section class="ask again report" {
            h2 { (lang.pick("Đã có biên nhận?", "Do you have a receipt?")) }
            form action="/report" method="get" {
                input type="hidden" name="lang" value=(lang.as_str());
                label for="receipt" { (lang.pick("Biên nhận, 16 chữ và số", "Receipt, 16 letters and digits")) }
                input id="receipt" name="receipt" type="text" required maxlength="40" autocomplete="off"
                    autocapitalize="characters" autocorrect="off" spellcheck="false" placeholder="7K3M-9QXW-2HFA-C8VD";
                button type="submit" class="send second" { (lang.pick("Xem đã đến đâu", "See how far it has come")) }
            }
        }
    }
}
