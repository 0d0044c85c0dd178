//! The door: a token, for whoever has one.

use maud::{Markup, html};

use super::layout::{DeskContext, Room, document};

/// The page. `was_refused`: the token that was given opens nothing.
#[must_use]
pub fn sign_in(was_refused: bool, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    let title = lang.pick("Đăng nhập", "Sign in");
    let main = html! {
        section class="ask desk-form" {
            h1 { (title) }
            p class="lead" {
                (lang.pick(
                    "Dán mã truy cập mà người vận hành đã đưa. Phiên làm việc hết sau 30 phút không dùng.",
                    "Paste the token that the operator gave you. A session ends when it is not used for 30 minutes.",
                ))
            }
            @if was_refused {
                div class="wrong" role="alert" {
                    p {
                        strong {
                            (lang.pick(
                                "Mã truy cập này không đúng, đã hết hạn hoặc đã bị thu lại.",
                                "This token is not right, has ended, or was revoked.",
                            ))
                        }
                    }
                }
            }
            form action=(ctx.to("/desk/session")) method="post" {
                div class="ask-for" {
                    label for="token" { (lang.pick("Mã truy cập", "Token")) }
                    input id="token" name="token" type="password" required maxlength="200" autofocus
                        autocomplete="current-password" autocapitalize="none" autocorrect="off" spellcheck="false";
                }
                button type="submit" class="send" { (title) }
            }
        }
    };
    document(title, Room::Home, &main, ctx)
}
