//! What single steps draw.

use crate::{Canvas, Lang, Word, href, label::Label, name::Name, step::Step};

/// Longest address that becomes a link, in bytes.
const LONGEST_ADDRESS: usize = 512;

/// A canvas and the reader's language.
pub(crate) struct Strokes<'a, C> {
    pub(crate) canvas: &'a mut C,
    pub(crate) lang: Lang,
}

impl<C: Canvas> Strokes<'_, C> {
    pub(crate) fn enter(&mut self, field: Name) -> bool {
        self.canvas.enter(field.into())
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
            let is = self.canvas.is(word.into());
            self.canvas.leave();
            is
        }
    }

    pub(crate) fn draw(&mut self, step: Step) {
        match step {
            Step::Open(tag, part) => self.open(tag, part),
            Step::Close => self.canvas.close(),
            Step::Attr(name, value) => self.fixed(name, value),
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
                    self.open_link(part, Name::None, address);
                    self.say(label);
                    self.canvas.text(host);
                    self.canvas.close();
                }
            }
            Step::Onward(label, _) => {
                let address = self.canvas.read(space);
                if href::is_link(address) {
                    self.open_link(Name::Button, Name::None, address);
                    self.say(label);
                    self.canvas.close();
                }
            }
            _ => {}
        }
        self.canvas.leave();
    }

    fn open(&mut self, tag: Name, part: Name) {
        self.canvas.open(tag.into(), part.into());
    }

    fn attr(&mut self, name: Name, value: &[u8]) {
        self.canvas.attr(name.into(), Word::NONE, value);
    }

    fn fixed(&mut self, name: Name, value: Name) {
        self.canvas.attr(name.into(), value.into(), &[]);
    }

    fn say(&mut self, label: Label) {
        self.canvas.say(Word::of(label, self.lang));
    }

    /// Somebody else's text: its direction is its own business and ends with it.
    fn theirs(&mut self, tag: Name, part: Name) {
        self.open(tag, part);
        self.fixed(Name::Dir, Name::Auto);
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
        if self.canvas.read(space).len() < space.len() {
            return;
        }
        self.open(Name::TimeTag, Name::None);
        self.attr(Name::Datetime, space);
        let [y0, y1, y2, y3, _, m0, m1, _, d0, d1] = *space;
        if self.lang == Lang::Vi {
            self.canvas.text(&[d0, d1, b'/', m0, m1, b'/', y0, y1, y2, y3]);
        } else {
            let [n0, n1, n2] = month_name(m0, m1);
            let day = [d0, d1, b' ', n0, n1, n2, b' ', y0, y1, y2, y3];
            self.canvas.text(day.strip_prefix(b"0").unwrap_or(&day));
        }
        self.canvas.close();
    }

    /// Begins a drawing that says nothing which the words beside it do not.
    fn drawing(&mut self, part: Name, view_box: Name) {
        self.open(Name::Svg, part);
        self.fixed(Name::ViewBox, view_box);
        self.fixed(Name::Hidden, Name::True);
    }

    fn path(&mut self, path: Name) {
        self.open(Name::Path, Name::None);
        self.fixed(Name::FillRule, Name::EvenOdd);
        self.fixed(Name::D, path);
        self.canvas.close();
    }

    fn picture(&mut self) {
        let space = &mut [0; LONGEST_ADDRESS];
        let address = self.canvas.read(space);
        if href::is_own(address) {
            self.open(Name::Img, Name::PicturePart);
            self.attr(Name::Src, address);
            self.canvas.attr(Name::Alt.into(), Word::of(Label::ProductPicture, self.lang), &[]);
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
            self.open_link(Name::Link, Name::None, address);
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
            self.canvas.attr(Name::Href.into(), scheme.into(), address);
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
                self.open_link(Name::Link, Name::CardPath, path);
                self.say(Label::Lot);
                for piece in [b" ", lot, b" \xc2\xb7 ", gtin] {
                    self.canvas.text(piece);
                }
                self.canvas.close();
            }
            _ => self.theirs(Name::Bdi, Name::None),
        }
    }

    fn open_link(&mut self, part: Name, before: Name, address: &[u8]) {
        self.open(Name::A, part);
        self.canvas.attr(Name::Href.into(), before.into(), address);
        self.fixed(Name::Rel, Name::NoFollow);
        if C::IS_EMBEDDED {
            self.fixed(Name::Target, Name::Blank);
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

/// English names of months; three blanks for none.
const MONTHS: &[u8] = b"   JanFebMarAprMayJunJulAugSepOctNovDec";

/// The name of a month, from its two digits.
fn month_name(tens: u8, ones: u8) -> [u8; 3] {
    let month = usize::from(tens & 15) * 10 + usize::from(ones & 15);
    MONTHS.get(month * 3..).and_then(|rest| rest.first_chunk()).copied().unwrap_or_default()
}
