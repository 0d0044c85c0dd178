//! What a retailer copies. Pure text: each snippet is true as it stands, and is shown as text.

use core::fmt::Write as _;

use nguon_openapi::Lang;

use super::choice::Choice;
use super::place::{Place, attribute};

/// A snippet and what to know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Snippet {
    /// Anchor on the page.
    pub(super) id: &'static str,
    /// What it is for.
    pub(super) title: &'static str,
    /// What to know, in a sentence or two.
    pub(super) note: &'static str,
    /// The text to copy.
    pub(super) text: String,
}

/// The widget's files of this build.
#[derive(Clone, Copy, Debug)]
pub struct Widget<'a> {
    /// Public origin of this service, without a slash at its end.
    pub base_url: &'a str,
    /// Exact version.
    pub version: &'a str,
    /// Subresource integrity of the exact version's script.
    pub integrity: &'a str,
}

impl Widget<'_> {
    /// The script of exactly this version.
    #[must_use]
    pub fn exact_script(&self) -> String {
        let Self { base_url, version, integrity } = self;
        format!(
            "<script type=\"module\" src=\"{base_url}/widget/{version}/origin-card.js\"\n  integrity=\"{integrity}\" crossorigin></script>"
        )
    }

    /// The script that takes over corrections by itself.
    #[must_use]
    pub fn floating_script(&self) -> String {
        format!("<script type=\"module\" src=\"{}/widget/v1/origin-card.js\" crossorigin></script>", self.base_url)
    }

    /// What a content security policy must allow, as the page's own lines.
    #[must_use]
    pub fn policy(&self) -> String {
        let host = self.base_url;
        format!("script-src {host} 'wasm-unsafe-eval'; connect-src {host}; img-src {host}")
    }
}

/// The element for one code.
fn element(place: &Place, choice: Choice, lang: Lang) -> String {
    format!(
        "<origin-card code=\"{}\" lang=\"{}\"{}>\n  <a href=\"{}\">{}</a>\n</origin-card>",
        place.code(),
        lang.as_str(),
        choice.attributes(),
        place.link(),
        lang.pick("Xem nguồn gốc", "See where it comes from"),
    )
}

/// Snippets for one code: plain, floating, React and Vue, frame, badge.
pub(super) fn for_code(place: &Place, choice: Choice, lang: Lang, widget: Widget<'_>) -> Vec<Snippet> {
    let element = element(place, choice, lang);
    let lang_parameter = format!("lang={}", lang.as_str());
    let frame_parameters = match choice.theme {
        super::CardTheme::Auto => lang_parameter.clone(),
        theme => format!("{lang_parameter}&theme={}", theme.as_str()),
    };
    let name = lang.pick("Nguồn gốc sản phẩm", "Product origin");
    vec![
        Snippet {
            id: "html",
            title: lang.pick("HTML", "HTML"),
            note: lang.pick(
                "Đúng một phiên bản, có mã băm: trình duyệt không chạy tệp nào khác. Thẻ script chỉ cần một lần trên mỗi trang; mỗi sản phẩm một thẻ origin-card.",
                "Exactly one version, with its hash: the browser runs no other file. The script once a page, an origin-card for each product.",
            ),
            text: format!("{}\n{element}\n", widget.exact_script()),
        },
        Snippet {
            id: "floating",
            title: lang.pick("HTML, tự cập nhật", "HTML, kept up to date"),
            note: lang.pick(
                "Bản sửa lỗi tự đến, nên không có mã băm. Chọn cách này nếu không ai theo dõi phiên bản.",
                "Corrections arrive by themselves, so there is no hash. For shops where nobody follows versions.",
            ),
            text: format!("{}\n{element}\n", widget.floating_script()),
        },
        react(place, choice, lang, widget),
        vue(place, choice, lang, widget),
        Snippet {
            id: "iframe",
            title: lang.pick("Khung iframe", "Frame (iframe)"),
            note: lang.pick(
                "Dùng khi trang không cho chạy script. Thẻ trong khung không cần JavaScript.",
                "Where a page allows no script. The card in the frame needs no JavaScript.",
            ),
            text: format!(
                "<iframe src=\"{}\"\n  title=\"{name}\" width=\"100%\" height=\"640\" loading=\"lazy\" referrerpolicy=\"no-referrer\"\n  sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\" style=\"border:0\"></iframe>\n",
                attribute(&place.address("/embed", "", &frame_parameters)),
            ),
        },
        Snippet {
            id: "badge",
            title: lang.pick("Huy hiệu ảnh, cho thư và sàn đóng", "Badge, for mail and closed systems"),
            note: lang.pick(
                "Một ảnh có đường dẫn. Không bao giờ xanh; có thu hồi thì ảnh nói rõ. Có bản SVG: đổi đuôi .png thành .svg.",
                "A picture with a link. Never green; it says so when there is a recall. For SVG, end the address in .svg.",
            ),
            text: format!(
                "<a href=\"{}\">\n  <img src=\"{}\"\n    alt=\"{name}\" height=\"60\">\n</a>\n",
                place.link(),
                attribute(&place.address("/v1/codes", "/badge.png", &lang_parameter)),
            ),
        },
    ]
}

fn react(place: &Place, choice: Choice, lang: Lang, widget: Widget<'_>) -> Snippet {
    Snippet {
        id: "react",
        title: "React",
        note: lang.pick(
            "React 19 trở lên hiểu phần tử tuỳ chỉnh; bản cũ hơn cũng dùng được vì mọi thuộc tính đều là chuỗi. Đặt thẻ script của mục HTML vào index.html.",
            "React 19 and later understand custom elements; older ones work too, since every attribute is a string. Put the script of the first snippet into index.html.",
        ),
        text: format!(
            "// index.html\n{}\n\n// Origin.jsx\nexport function Origin({{ code = \"{}\" }}) {{\n  return (\n    <origin-card code={{code}} lang=\"{}\"{}>\n      <a href={{\"{}/card?code=\" + encodeURIComponent(code)}}>{}</a>\n    </origin-card>\n  );\n}}\n",
            widget.exact_script(),
            script_string(place),
            lang.as_str(),
            choice.attributes(),
            widget.base_url,
            lang.pick("Xem nguồn gốc", "See where it comes from"),
        ),
    }
}

fn vue(place: &Place, choice: Choice, lang: Lang, widget: Widget<'_>) -> Snippet {
    Snippet {
        id: "vue",
        title: "Vue",
        note: lang.pick(
            "Báo cho Vue biết origin-card không phải thành phần Vue. Đặt thẻ script của mục HTML vào index.html.",
            "Tell Vue that origin-card is no component of its own. Put the script of the first snippet into index.html.",
        ),
        text: format!(
            "// vite.config.js\nplugins: [vue({{ template: {{ compilerOptions: {{ isCustomElement: (tag) => tag === \"origin-card\" }} }} }})]\n\n<!-- Origin.vue -->\n<script setup>\nconst props = defineProps({{ code: {{ type: String, default: \"{}\" }} }});\n</script>\n<template>\n  <origin-card :code=\"props.code\" lang=\"{}\"{}>\n    <a :href=\"'{}/card?code=' + encodeURIComponent(props.code)\">{}</a>\n  </origin-card>\n</template>\n",
            script_string(place),
            lang.as_str(),
            choice.attributes(),
            widget.base_url,
            lang.pick("Xem nguồn gốc", "See where it comes from"),
        ),
    }
}

/// The code inside a string of JavaScript in double quotes: everything but plain ASCII as `\u{…}`, so that neither a
/// quote nor an end tag nor a mark of direction does anything.
fn script_string(place: &Place) -> String {
    place.raw_code().chars().fold(String::new(), |mut out, c| {
        if c.is_ascii_alphanumeric() || "-._~:/?%=&()+ ".contains(c) {
            out.push(c);
        } else {
            // Writing into a String cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
        out
    })
}
