//! What single steps draw.

use crate::{Canvas, Lang, href, label::Label, name::Name, step::Step};

/// Longest address that becomes a link, in bytes.
const LONGEST_ADDRESS: usize = 512;

/// A canvas and the reader's language.
pub(crate) struct Strokes<'a, C> {
    pub(crate) canvas: &'a mut C,
    pub(crate) lang: Lang,
}

impl<C: Canvas> Strokes<'_, C> {
    pub(crate) fn enter(&mut self, field: Name) -> bool {
        self.canvas.enter(field.text())
    }

    /// Whether a field is there, and no empty list.
    pub(crate) fn has(&mut self, field: Name) -> bool {
        self.enter(field) && {
            let has = self.canvas.count() > 0;
            self.canvas.leave();
            has
        }
    }

    pub(crate) fn field_is(&mut self, field: Name, word: Name) -> bool {
        self.enter(field) && {
            let is = self.canvas.is(word.text());
            self.canvas.leave();
            is
        }
    }

    pub(crate) fn draw(&mut self, step: Step) {
        match step {
            Step::Open(tag, part) => self.open(tag, part),
            Step::Close => self.canvas.close(),
            Step::Attr(name, value) => self.attr(name, value.text().as_bytes()),
            Step::Word(name, field) => {
                let space = &mut [0; 32];
                if self.enter(field) {
                    let word = self.canvas.read(space);
                    self.attr(name, word);
                    self.canvas.leave();
                }
            }
            Step::Say(label) => self.say(label),
            Step::Ours(tag, part, label) => {
                self.open(tag, part);
                self.say(label);
                self.canvas.close();
            }
            Step::Section(part, label) => {
                self.open(Name::Section, part);
                self.open(Name::H2, Name::Heading);
                self.say(label);
                self.canvas.close();
            }
            Step::OpenRow(part, label) => self.open_row(part, label),
            Step::CloseRow => self.close_row(),
            Step::Shape(path) => {
                self.drawing(Name::Icon, Name::IconBox);
                self.path(path);
                self.canvas.close();
            }
            Step::Source => self.source(true),
            Step::SourceBeyondDeclared => self.source(false),
            step => self.draw_field(step),
        }
    }

    /// Steps that draw what is in a field.
    fn draw_field(&mut self, step: Step) {
        let (Step::Theirs(_, _, field)
        | Step::Row(_, field)
        | Step::DayRow(_, _, field)
        | Step::Time(field)
        | Step::Picture(field)
        | Step::Ancestor(field)
        | Step::Visit(_, _, field)
        | Step::Onward(_, field)) = step
        else {
            return;
        };
        if !self.enter(field) {
            return;
        }
        let space = &mut [0; LONGEST_ADDRESS];
        match step {
            Step::Theirs(tag, part, _) => self.theirs(tag, part),
            Step::Row(label, _) => {
                self.open_row(Name::Row, label);
                match field {
                    Name::Phone => self.phone(),
                    Name::Email => self.email(),
                    Name::Website => self.website(),
                    _ => self.theirs(Name::Bdi, Name::None),
                }
                self.close_row();
            }
            Step::DayRow(part, label, _) => {
                self.open_row(part, label);
                self.time();
                self.close_row();
            }
            Step::Time(_) => self.time(),
            Step::Picture(_) => self.picture(),
            Step::Ancestor(_) => self.ancestor(),
            Step::Visit(part, label, _) => {
                let address = self.canvas.read(space);
                if let Some(host) = href::host(address).filter(|_| href::is_link(address)) {
                    self.open_link(part, "", address);
                    self.say(label);
                    self.canvas.text(host);
                    self.canvas.close();
                }
            }
            Step::Onward(label, _) => {
                let address = self.canvas.read(space);
                if href::is_link(address) {
                    self.open_link(Name::Button, "", address);
                    self.say(label);
                    self.canvas.close();
                }
            }
            _ => {}
        }
        self.canvas.leave();
    }

    fn open(&mut self, tag: Name, part: Name) {
        self.canvas.open(tag.text(), part.text());
    }

    fn attr(&mut self, name: Name, value: &[u8]) {
        self.canvas.attr(name.text(), "", value);
    }

    fn say(&mut self, label: Label) {
        self.canvas.text(label.text(self.lang).as_bytes());
    }

    /// Somebody else's text: its direction is its own business and ends with it.
    fn theirs(&mut self, tag: Name, part: Name) {
        self.open(tag, part);
        self.attr(Name::Dir, Name::Auto.text().as_bytes());
        self.canvas.put();
        self.canvas.close();
    }

    fn open_row(&mut self, part: Name, label: Label) {
        self.open(Name::Div, part);
        self.open(Name::Dt, Name::LabelPart);
        self.say(label);
        self.canvas.close();
        self.open(Name::Dd, Name::Value);
    }

    fn close_row(&mut self) {
        self.canvas.close();
        self.canvas.close();
    }

    /// A day as a reader writes it: 23/11/2026 in Vietnamese, 23 Nov 2026 in English. What is no day is not drawn.
    fn time(&mut self) {
        let space = &mut [0; 10];
        let iso = self.canvas.read(space);
        let (Some(year), Some(month), Some(day)) = (iso.get(..4), iso.get(5..7), iso.get(8..)) else { return };
        self.open(Name::TimeTag, Name::None);
        self.attr(Name::Datetime, iso);
        let (day, between, month) = match self.lang {
            Lang::Vi => (day, b"/", month),
            Lang::En => (day.strip_prefix(b"0").unwrap_or(day), b" ", month_name(month)),
        };
        for piece in [day, between, month, between, year] {
            self.canvas.text(piece);
        }
        self.canvas.close();
    }

    /// Begins a drawing that says nothing which the words beside it do not.
    fn drawing(&mut self, part: Name, view_box: Name) {
        self.open(Name::Svg, part);
        self.attr(Name::ViewBox, view_box.text().as_bytes());
        self.attr(Name::Hidden, Name::True.text().as_bytes());
    }

    fn path(&mut self, path: Name) {
        self.open(Name::Path, Name::None);
        self.attr(Name::FillRule, Name::EvenOdd.text().as_bytes());
        self.attr(Name::D, path.text().as_bytes());
        self.canvas.close();
    }

    fn picture(&mut self) {
        let space = &mut [0; LONGEST_ADDRESS];
        let address = self.canvas.read(space);
        if href::is_own(address) {
            self.open(Name::Img, Name::PicturePart);
            self.attr(Name::Src, address);
            self.attr(Name::Alt, Label::ProductPicture.text(self.lang).as_bytes());
            self.canvas.close();
        }
    }

    fn phone(&mut self) {
        let space = &mut [0; 32];
        let len = self.canvas.read(space).len();
        let digits = href::dialled(space, len);
        self.reach(Name::Button, Name::Tel, digits, digits.len() > 2);
    }

    fn email(&mut self) {
        let space = &mut [0; 128];
        let address = self.canvas.read(space);
        self.reach(Name::Link, Name::MailTo, address, href::is_email(address));
    }

    /// Shown as its host: that is the part a reader can judge.
    fn website(&mut self) {
        let space = &mut [0; LONGEST_ADDRESS];
        let address = self.canvas.read(space);
        if let Some(host) = href::host(address).filter(|_| href::is_link(address)) {
            self.open_link(Name::Link, "", address);
            self.canvas.text(host);
            self.canvas.close();
        } else {
            self.theirs(Name::Bdi, Name::None);
        }
    }

    /// The text in place, as a link if it may be one.
    fn reach(&mut self, part: Name, scheme: Name, address: &[u8], may_link: bool) {
        if may_link {
            self.open(Name::A, part);
            self.canvas.attr(Name::Href.text(), scheme.text(), address);
            self.canvas.put();
            self.canvas.close();
        } else {
            self.theirs(Name::Bdi, Name::None);
        }
    }

    /// The lot at a canonical path, `/01/{gtin}/10/{lot}`, with a link to its own card.
    fn ancestor(&mut self) {
        let space = &mut [0; LONGEST_ADDRESS];
        let path = self.canvas.read(space);
        match (path.get(4..18), path.get(22..)) {
            (Some(gtin), Some(lot)) if href::is_own(path) => {
                self.open_link(Name::Link, "/card", path);
                self.say(Label::Lot);
                for piece in [b" ", lot, b" \xc2\xb7 ", gtin] {
                    self.canvas.text(piece);
                }
                self.canvas.close();
            }
            _ => self.theirs(Name::Bdi, Name::None),
        }
    }

    fn open_link(&mut self, part: Name, before: &'static str, address: &[u8]) {
        self.open(Name::A, part);
        self.canvas.attr(Name::Href.text(), before, address);
        self.attr(Name::Rel, Name::NoFollow.text().as_bytes());
        if C::IS_EMBEDDED {
            self.attr(Name::Target, Name::Blank.text().as_bytes());
        }
    }

    fn source(&mut self, even_declared: bool) {
        if !self.enter(Name::SourcePart) {
            return;
        }
        let label = if self.field_is(Name::Level, Name::Declared) {
            Label::Declared
        } else if self.field_is(Name::Level, Name::Verified) {
            Label::Verified
        } else {
            Label::Evidenced
        };
        if (even_declared || label != Label::Declared) && self.enter(Name::By) {
            self.open(Name::P, Name::SourcePart);
            self.say(label);
            self.theirs(Name::Bdi, Name::None);
            self.canvas.close();
            self.canvas.leave();
        }
        self.canvas.leave();
    }
}

fn month_name(month: &[u8]) -> &'static [u8] {
    let start = month.iter().fold(0, |n, b| n * 10 + usize::from(b & 15) * 3);
    Name::Months.text().as_bytes().get(start..start + 3).unwrap_or_default()
}
