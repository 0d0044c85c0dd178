//! Fields of forms: label, hint, value, and what is to be put right beside it.

use maud::{Markup, html};
use nguon_openapi::Lang;

use super::label::label;
use crate::desk::Wrong;

/// Fields of which a choice above them says which one is needed: neither can be called optional.
const BY_CHOICE: [&str; 2] = ["lots", "serials"];

/// A form that is being filled in: what is wrong in it, and its language.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    pub(super) wrongs: &'a [Wrong],
    pub(super) lang: Lang,
}

/// One field.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    /// Name and identifier.
    pub(super) name: &'static str,
    /// What it is called.
    pub(super) label: &'a str,
    /// How to fill it in; empty: no more needs to be said.
    pub(super) hint: &'a str,
    /// What stands in it.
    pub(super) value: &'a str,
    /// It cannot be left out.
    pub(super) needed: bool,
}

impl Form<'_> {
    fn wrong(&self, name: &str) -> Option<&Wrong> {
        self.wrongs.iter().find(|wrong| wrong.field == name)
    }

    /// The first field to be put right takes the keyboard.
    fn is_first(&self, name: &str) -> bool {
        self.wrongs.first().is_some_and(|wrong| wrong.field == name)
    }

    fn described(&self, field: &Field<'_>) -> Option<String> {
        let hint = (!field.hint.is_empty()).then(|| format!("{}-hint", field.name));
        let wrong = self.wrong(field.name).map(|_| format!("{}-wrong", field.name));
        let both: Vec<String> = hint.into_iter().chain(wrong).collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    fn head(&self, field: &Field<'_>) -> Markup {
        html! {
            label for=(field.name) {
                (field.label)
                @if !field.needed && !BY_CHOICE.contains(&field.name) { span class="may" { (self.lang.pick(" (không bắt buộc)", " (optional)")) } }
            }
            @if !field.hint.is_empty() { p class="hint" id=(format!("{}-hint", field.name)) { (field.hint) } }
            (self.wrong_here(field.name))
        }
    }

    /// What is to be put right in a field.
    pub(super) fn wrong_here(&self, name: &str) -> Markup {
        html! {
            @if let Some(wrong) = self.wrong(name) {
                p class="wrong-here" id=(format!("{name}-wrong")) { (wrong.say(self.lang)) }
            }
        }
    }

    /// One line.
    pub(super) fn line(&self, field: &Field<'_>) -> Markup {
        self.input(field, "text")
    }

    /// A day.
    pub(super) fn day(&self, field: &Field<'_>) -> Markup {
        self.input(field, "date")
    }

    /// A file. A browser does not choose one again by itself.
    pub(super) fn file(&self, name: &'static str, label: &str, hint: &str, accept: &str, needed: bool) -> Markup {
        self.chooser(&Field { name, label, hint, value: "", needed }, accept, false)
    }

    /// Files, which may be left out.
    pub(super) fn files(&self, name: &'static str, label: &str, hint: &str, accept: &str) -> Markup {
        self.chooser(&Field { name, label, hint, value: "", needed: false }, accept, true)
    }

    fn chooser(&self, field: &Field<'_>, accept: &str, many: bool) -> Markup {
        html! {
            div class="ask-for" {
                (self.head(field))
                input id=(field.name) name=(field.name) type="file" accept=(accept) required[field.needed] multiple[many]
                    autofocus[self.is_first(field.name)] aria-describedby=[self.described(field)]
                    aria-invalid=[self.wrong(field.name).map(|_| "true")];
            }
        }
    }

    fn input(&self, field: &Field<'_>, kind: &str) -> Markup {
        html! {
            div class="ask-for" {
                (self.head(field))
                input id=(field.name) name=(field.name) type=(kind) value=[Some(field.value).filter(|it| !it.is_empty())]
                    autocomplete="off" maxlength="2000" required[field.needed] autofocus[self.is_first(field.name)]
                    aria-describedby=[self.described(field)] aria-invalid=[self.wrong(field.name).map(|_| "true")];
            }
        }
    }

    /// Several lines.
    pub(super) fn area(&self, field: &Field<'_>, rows: u8) -> Markup {
        html! {
            div class="ask-for" {
                (self.head(field))
                textarea id=(field.name) name=(field.name) rows=(rows) autocomplete="off" spellcheck="false"
                    required[field.needed] autofocus[self.is_first(field.name)] aria-describedby=[self.described(field)]
                    aria-invalid=[self.wrong(field.name).map(|_| "true")] {
                    // A parser drops the first line break of a text area.
                    "\n" (field.value)
                }
            }
        }
    }

    /// What is to be put right, each leading to its field.
    pub(super) fn summary(&self) -> Markup {
        html! {
            @if !self.wrongs.is_empty() {
                div class="wrong" role="alert" {
                    p { strong { (self.lang.pick("Chưa được. Xin xem lại:", "Not yet. Please look at this again:")) } }
                    ul {
                        @for wrong in self.wrongs {
                            li {
                                @if wrong.field.is_empty() { (wrong.say(self.lang)) }
                                @else {
                                    a href=(format!("#{}", wrong.field)) {
                                        @let named = label(wrong.field, self.lang);
                                        @if !named.is_empty() { (named) ": " }
                                        (wrong.say(self.lang))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What was typed, carried on to the next step.
pub(super) fn carried(fields: &[(&'static str, &str)]) -> Markup {
    html! {
        @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
    }
}
