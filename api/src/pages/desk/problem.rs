//! What went wrong, as a page of the desk.

use maud::{Markup, html};

use super::layout::{DeskContext, Room, document};

/// The page: what went wrong, what to do, and the reasons that are known, in the words of whoever gave them.
#[must_use]
pub fn problem(title: &str, detail: &str, reasons: &[String], ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let main = html! {
        section class="problem" {
            h1 { (title) }
            p class="lead" { (detail) }
            @if !reasons.is_empty() {
                ul class="plain" { @for reason in reasons { li { (reason) } } }
            }
            p { a class="button" href=(ctx.to("/desk")) { (lang.pick("Về bàn làm việc", "Back to the desk")) } }
        }
    };
    document(title, Room::Home, &main, ctx)
}
