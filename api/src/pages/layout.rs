//! What every page has: head, name of the service, language switch, foot.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use nguon_openapi::{Lang, Tone};

use super::{PageContext, icon, script, stylesheet};

/// Name of the service.
pub(super) const SERVICE: &str = "Nguồn";

/// What differs from page to page.
pub(super) struct Page<'a> {
    /// Title in the browser's tab and in previews; never a claim, never more than a plain statement.
    pub(super) title: &'a str,
    /// One sentence for previews.
    pub(super) description: &'a str,
    /// Keep the page out of search engines.
    pub(super) noindex: bool,
    /// The page itself.
    pub(super) main: Markup,
}

/// What a page tells machines beside its title: search engines, and apps that show a preview of a link.
#[derive(Default)]
pub(super) struct Head {
    /// Address, without `lang`, of the page that search engines should keep instead of this one. A page that is kept
    /// out of them and has no such address has no canonical link.
    pub(super) canonical: Option<String>,
    /// The link by which other sites find how to show it.
    pub(super) embeds: Option<Markup>,
    /// Picture of the preview: an absolute address.
    pub(super) image: Option<String>,
    /// The record as data, ready to stand in the document.
    pub(super) data: Option<PreEscaped<String>>,
}

/// The whole document.
pub(super) fn document(page: &Page<'_>, ctx: &PageContext<'_>) -> Markup {
    document_with(page, &Head::default(), ctx)
}

/// The whole document, with more to tell machines.
pub(super) fn document_with(page: &Page<'_>, head: &Head, ctx: &PageContext<'_>) -> Markup {
    let title = if page.title == SERVICE { SERVICE.to_owned() } else { format!("{} · {SERVICE}", page.title) };
    let address = format!("{}{}", ctx.base_url, ctx.this_path);
    let canonical = head.canonical.as_ref().or((!page.noindex).then_some(&address));
    html! {
        (DOCTYPE)
        html lang=(ctx.lang.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="description" content=(page.description);
                @if page.noindex {
                    meta name="robots" content="noindex";
                }
                @if let Some(canonical) = canonical {
                    // Each language is a page of its own, and says which are the others.
                    link rel="canonical" href=(with_lang(canonical, ctx.lang));
                    @if !page.noindex {
                        @for lang in Lang::ALL {
                            link rel="alternate" hreflang=(lang.as_str()) href=(with_lang(canonical, lang));
                        }
                        link rel="alternate" hreflang="x-default" href=(canonical);
                    }
                }
                meta name="color-scheme" content="light dark";
                meta name="theme-color" content="#f4f3ee" media="(prefers-color-scheme: light)";
                meta name="theme-color" content="#10161c" media="(prefers-color-scheme: dark)";
                meta name="format-detection" content="telephone=no";
                // To other sites nothing; to ours what shows that a form is ours (Fetch §3.2).
                meta name="referrer" content="same-origin";
                meta property="og:title" content=(title);
                meta property="og:description" content=(page.description);
                meta property="og:site_name" content=(SERVICE);
                meta property="og:type" content="website";
                @if let Some(link) = &head.embeds { (link) }
                meta property="og:url" content=(with_lang(canonical.unwrap_or(&address), ctx.lang));
                meta property="og:locale" content=(ctx.lang.pick("vi_VN", "en_US"));
                @if let Some(image) = &head.image { meta property="og:image" content=(image); }
                link rel="icon" type="image/svg+xml" href=(icon().path);
                link rel="stylesheet" href=(stylesheet().path);
                script src=(script().path) defer {}
                @if let Some(data) = &head.data { script type="application/ld+json" { (data) } }
            }
            body {
                header class="site" {
                    a class="brand" href=(with_lang("/", ctx.lang)) {
                        (mark())
                        span { (SERVICE) }
                    }
                    p class="tagline" { (ctx.lang.pick("Tra cứu nguồn gốc sản phẩm", "Where products come from")) }
                    (language_switch(ctx))
                }
                main { (page.main) }
                // On paper, where the page can be read again.
                p class="address" { (ctx.lang.pick("Xem lại tại: ", "Read again at: ")) (address) }
                footer class="site-foot" { (foot(ctx)) }
            }
        }
    }
}

/// `path` in a language. Always named: who chose a language keeps it, whatever the browser asks for, and a page with
/// a named language is cached once for all.
pub(super) fn with_lang(path: &str, lang: Lang) -> String {
    format!("{path}{}lang={}", if path.contains('?') { '&' } else { '?' }, lang.as_str())
}

/// Shape of a tone, the same as on the card.
pub(super) fn tone_icon(tone: Tone) -> Markup {
    html! {
        svg class="icon" viewBox="0 0 24 24" aria-hidden="true" {
            path fill-rule="evenodd" d=(nguon_view::icon_path(tone.as_str())) {}
        }
    }
}

/// The mark: a spring, three lines that come from one point.
pub(super) fn mark() -> Markup {
    PreEscaped(include_str!("mark.svg").trim().to_owned())
}

fn language_switch(ctx: &PageContext<'_>) -> Markup {
    html! {
        nav class="languages" aria-label=(ctx.lang.pick("Ngôn ngữ", "Language")) {
            @for (lang, name, address) in [
                (Lang::Vi, "Tiếng Việt", with_lang(ctx.this_path, Lang::Vi)),
                (Lang::En, "English", with_lang(ctx.this_path, Lang::En)),
            ] {
                @if lang == ctx.lang {
                    span aria-current="true" lang=(lang.as_str()) { (name) }
                } @else {
                    a href=(address) hreflang=(lang.as_str()) lang=(lang.as_str()) { (name) }
                }
            }
        }
    }
}

fn foot(ctx: &PageContext<'_>) -> Markup {
    html! {
        p {
            (ctx.lang.pick(
                "Thông tin do nhà sản xuất khai báo. Hãy so với bao bì trên tay trước khi dùng.",
                "Declared by producers. Compare it with the pack in your hand before use.",
            ))
        }
        @if ctx.demo {
            p {
                (ctx.lang.pick(
                    "Đây là bản minh hoạ: mọi sản phẩm, nhà sản xuất và số liệu đều được đặt ra.",
                    "This is a demonstration: every product, producer and number is invented.",
                ))
            }
        }
        nav class="foot-links" aria-label=(ctx.lang.pick("Về dịch vụ", "About the service")) {
            a href=(with_lang("/about", ctx.lang)) { (ctx.lang.pick("Giới thiệu và cách làm", "About and method")) }
            a href=(with_lang("/embed", ctx.lang)) { (ctx.lang.pick("Dành cho cửa hàng", "For shops")) }
            a href=(with_lang("/privacy", ctx.lang)) { (ctx.lang.pick("Quyền riêng tư", "Privacy")) }
        }
    }
}
