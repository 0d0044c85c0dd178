//! Who runs the service and how to reach them, as its pages say it. What is not set is said to be missing.

use maud::{Markup, html};
use nguon_openapi::Lang;

use crate::config::{Contact, Operator};

/// Who runs it.
pub(super) fn who(operator: &Operator, lang: Lang) -> Markup {
    html! {
        @match &operator.name {
            Some(name) => p { (lang.pick("Đơn vị vận hành: ", "Run by: ")) strong dir="auto" { (name) } "." },
            None => p {
                (lang.pick(
                    "Bản cài đặt này chưa ghi tên đơn vị vận hành.",
                    "This installation does not name who runs it.",
                ))
            },
        }
        (reach(operator, lang))
    }
}

/// How to reach them.
pub(super) fn reach(operator: &Operator, lang: Lang) -> Markup {
    html! {
        @match &operator.contact {
            Some(contact) => p { (lang.pick("Liên hệ: ", "Contact: ")) (link(contact)) },
            None => p {
                (lang.pick(
                    "Nơi liên hệ chưa được ghi. Có thể gọi nhà sản xuất theo số điện thoại trên trang của sản phẩm.",
                    "No contact is given. The producer can be called at the number on the product’s page.",
                ))
            },
        }
    }
}

fn link(contact: &Contact) -> Markup {
    let address = match contact {
        Contact::Phone(number) => format!("tel:{}", number.replace(|c: char| c != '+' && !c.is_ascii_digit(), "")),
        Contact::Email(address) => format!("mailto:{address}"),
        Contact::Website(address) => address.clone(),
    };
    html! { a class="button" href=(address) rel="noopener" { (contact.as_str()) } }
}
