//! Step 2: what consumers will see, and what it will touch. Nothing is published yet.

use maud::{Markup, html};
use nguon_openapi::Card;

use super::form::way;
use super::reach;
use crate::desk::RecallForm;
use crate::pages::card::article;
use crate::pages::desk::field::carried;
use crate::pages::desk::label::label;
use crate::pages::desk::layout::{DeskContext, Room, document};
use crate::pages::desk::say::recall_status;
use crate::registry::RecallEntry;

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct RecallPreview<'a> {
    /// As it was typed: carried on.
    pub form: &'a RecallForm,
    /// As it would be on record.
    pub entry: &'a RecallEntry,
    /// The card of a code that it names.
    pub card: &'a Card,
    /// What has to be said about it, in the words of the registry.
    pub warnings: &'a [String],
    /// It is on record, and is changed by this.
    pub amends: bool,
}

/// The page.
#[must_use]
pub fn recall_preview(preview: &RecallPreview<'_>, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Xem trước khi công bố", "Before it is published");
    let main = html! {
        section class="ask" {
            h1 { (title) }
            p class="lead" {
                strong {
                    @if preview.amends { (lang.pick("Chưa có gì thay đổi. ", "Nothing is changed yet. ")) }
                    @else { (lang.pick("Chưa có gì được công bố. ", "Nothing is published yet. ")) }
                }
                (lang.pick(
                    "Bước 2 trong 2: xem những gì bị ảnh hưởng và thẻ người mua sẽ thấy.",
                    "Step 2 of 2: what it touches, and the card that a consumer will see.",
                ))
            }
            @if preview.amends {
                p { (label("status", lang)) ": " strong { (recall_status(preview.entry.recall.status, lang)) } }
            }
            (reach(preview.entry, lang))
            @if !preview.warnings.is_empty() {
                ul class="plain" { @for warning in preview.warnings { li { (warning) } } }
            }
            form action=(ctx.to(&way(preview.form, preview.amends))) method="post" {
                (carried(&preview.form.fields()))
                div class="acts" {
                    button type="submit" class="send grave" name="step" value="publish" {
                        @if preview.amends { (lang.pick("Ghi thay đổi", "Keep the changes")) }
                        @else { (lang.pick("Công bố thu hồi", "Publish the recall")) }
                    }
                    button type="submit" class="send second" name="step" value="edit" { (lang.pick("Sửa lại", "Change it")) }
                }
            }
            p class="hint" {
                (lang.pick(
                    "Công bố rồi thì không xoá được: chỉ có thể kết thúc hoặc rút lại, và việc đó cũng được hiển thị.",
                    "Once published it cannot be deleted: it can be closed or withdrawn, and that is shown too.",
                ))
            }
        }
        section class="preview" {
            h2 { (lang.pick("Thẻ người mua sẽ thấy", "The card that a consumer will see")) }
            p class="hint" { (preview.card.code.canonical.as_deref().unwrap_or(&preview.card.code.input)) }
            (article(preview.card, &html! {}))
        }
    };
    document(title, Room::Recalls, &main, ctx)
}
