//! What every page of the desk has: name, rooms, language, who is here.

use maud::{DOCTYPE, Markup, html};
use nguon_openapi::Lang;

use super::files::desk_css;
use crate::pages::asset::{icon, stylesheet};
use crate::pages::layout::{SERVICE, mark, with_lang};

/// A room of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// The door.
    Home,
    /// What is to be declared.
    Submissions,
    /// Recalls.
    Recalls,
    /// Codes of units.
    Codes,
    /// What consumers reported, and what the service noticed.
    Reports,
    /// What was declared.
    History,
}

impl Room {
    /// Rooms that the door leads to, in the order in which they are shown.
    pub(super) const ALL: [Self; 5] = [Self::Submissions, Self::Recalls, Self::Codes, Self::Reports, Self::History];

    /// Its address.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Home => "/desk",
            Self::Submissions => "/desk/submissions",
            Self::Recalls => "/desk/recalls",
            Self::Codes => "/desk/codes",
            Self::Reports => "/desk/reports",
            Self::History => "/desk/history",
        }
    }

    /// What it is called.
    pub(super) const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Home => lang.pick("Bàn làm việc", "Desk"),
            Self::Submissions => lang.pick("Hồ sơ gửi", "Submissions"),
            Self::Recalls => lang.pick("Thu hồi", "Recalls"),
            Self::Codes => lang.pick("Mã từng sản phẩm", "Unit codes"),
            Self::Reports => lang.pick("Phản ánh", "Reports"),
            Self::History => lang.pick("Lịch sử", "History"),
        }
    }
}

/// Who is here.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says what one part of a page asks, and no two exclude each other"
)]
pub struct Visitor<'a> {
    /// The person, as the evidence log names them; `None`: whoever runs the service.
    pub user: Option<&'a str>,
    /// For whom.
    pub publisher: &'a str,
    /// May enter.
    pub enters: bool,
    /// May approve, recall and cancel.
    pub approves: bool,
    /// Runs the service.
    pub operates: bool,
    /// Came in by signing in, and can leave.
    pub can_leave: bool,
}

/// What a page of the desk needs to know beside what it shows.
#[derive(Clone, Copy, Debug)]
pub struct DeskContext<'a> {
    /// Language of the page.
    pub lang: Lang,
    /// Public origin, without a slash at its end.
    pub base_url: &'a str,
    /// Path and query of this page without `lang`; of a page that answers a form, of that form.
    pub this_path: &'a str,
    /// Who is here; `None`: nobody has signed in.
    pub visitor: Option<Visitor<'a>>,
}

impl DeskContext<'_> {
    /// A path of the desk in the language of the page.
    pub(super) fn to(&self, path: &str) -> String {
        with_lang(path, self.lang)
    }
}

/// The whole document.
pub(super) fn document(title: &str, room: Room, main: &Markup, ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    html! {
        (DOCTYPE)
        html lang=(lang.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (SERVICE) }
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                meta name="format-detection" content="telephone=no";
                meta name="referrer" content="same-origin";
                link rel="icon" type="image/svg+xml" href=(icon().path);
                link rel="stylesheet" href=(stylesheet().path);
                link rel="stylesheet" href=(desk_css().path);
            }
            body class="desk" {
                a class="skip" href="#main" { (lang.pick("Đến nội dung", "To the content")) }
                header class="site" {
                    a class="brand" href=(ctx.to("/desk")) { (mark()) span { (SERVICE) } }
                    p class="tagline" { (lang.pick("Bàn làm việc", "Publisher’s desk")) }
                    (languages(ctx))
                }
                @if ctx.visitor.is_some() {
                    nav class="rooms" aria-label=(lang.pick("Các phần việc", "Rooms")) {
                        @for it in Room::ALL {
                            a href=(ctx.to(it.path())) aria-current=[(it == room).then_some("page")] { (it.name(lang)) }
                        }
                    }
                }
                main id="main" { (main) }
                footer class="site-foot" { (foot(ctx)) }
            }
        }
    }
}

fn languages(ctx: &DeskContext<'_>) -> Markup {
    html! {
        nav class="languages" aria-label=(ctx.lang.pick("Ngôn ngữ", "Language")) {
            @for (lang, name) in [(Lang::Vi, "Tiếng Việt"), (Lang::En, "English")] {
                @if lang == ctx.lang {
                    span aria-current="true" lang=(lang.as_str()) { (name) }
                } @else {
                    a href=(with_lang(ctx.this_path, lang)) hreflang=(lang.as_str()) lang=(lang.as_str()) { (name) }
                }
            }
        }
    }
}

fn foot(ctx: &DeskContext<'_>) -> Markup {
    let lang = ctx.lang;
    html! {
        @if let Some(visitor) = ctx.visitor {
            p {
                (lang.pick("Đang làm việc: ", "Here: "))
                strong dir="auto" { (visitor.user.unwrap_or(lang.pick("người vận hành", "the operator"))) }
                @if !visitor.operates { " · " (visitor.publisher) }
            }
            @if visitor.can_leave {
                form class="leave" action=(ctx.to("/desk/session/end")) method="post" {
                    button class="button" type="submit" { (lang.pick("Đăng xuất", "Sign out")) }
                }
            } @else {
                p { a href=(ctx.to("/desk/session")) { (lang.pick("Đăng nhập bằng mã truy cập", "Sign in with a token")) } }
            }
        }
        p { (lang.pick("Mọi thay đổi đều được ghi lại: ai, lúc nào, vì sao.", "Every change is kept: who, when and why.")) }
    }
}
