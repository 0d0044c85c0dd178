//! A picture as SVG. Numbers and names are ours; the only text from outside is the title, and it is escaped.

use core::fmt::{self, Write as _};

use maud::Escaper;
use tiny_skia::{FillRule, Path, PathSegment, Point, Transform};

use super::colour::{Colours, Ink, Theme};
use super::shape::{Drawing, Shape};

impl Drawing {
    /// As SVG, `width` pixels wide.
    #[must_use]
    pub fn svg(&self, theme: Theme, width_px: u32) -> String {
        let height_px = (u64::from(width_px) * u64::from(self.height)).div_ceil(u64::from(self.width.max(1)));
        let mut out = String::with_capacity(8 * 1024);
        // Writing into a String cannot fail.
        let _ = self.write(&mut out, theme, width_px, height_px);
        out
    }

    fn write(&self, out: &mut String, theme: Theme, width_px: u32, height_px: u64) -> fmt::Result {
        let Self { width, height, lang, .. } = self;
        write!(
            out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width_px}" height="{height_px}" viewBox="0 0 {width} {height}" role="img" lang="{lang}"><title>"#,
        )?;
        write!(Escaper::new(out), "{}", self.title)?;
        out.push_str("</title>");
        if theme == Theme::Auto {
            out.push_str("<style>");
            classes(out, self.light)?;
            out.push_str("@media (prefers-color-scheme:dark){");
            classes(out, self.dark)?;
            out.push_str("}</style>");
        }
        let fixed = match theme {
            Theme::Light => Some(self.light),
            Theme::Dark => Some(self.dark),
            Theme::Auto => None,
        };
        for shape in &self.shapes {
            shape.write(out, fixed)?;
        }
        out.push_str("</svg>");
        Ok(())
    }
}

impl Shape {
    fn write(&self, out: &mut String, fixed: Option<Colours>) -> fmt::Result {
        out.push_str("<path ");
        match fixed {
            Some(colours) => {
                let [red, green, blue] = colours.of(self.ink);
                write!(out, r##"fill="#{red:02x}{green:02x}{blue:02x}""##)?;
            }
            None => write!(out, r#"class="{}""#, class(self.ink))?,
        }
        if self.rule == FillRule::EvenOdd {
            out.push_str(r#" fill-rule="evenodd""#);
        }
        if self.is_crisp {
            out.push_str(r#" shape-rendering="crispEdges""#);
        }
        if self.placed != Transform::identity() {
            let Transform { sx, ky, kx, sy, tx, ty } = self.placed;
            out.push_str(r#" transform="matrix("#);
            for (n, number) in [sx, ky, kx, sy, tx, ty].into_iter().enumerate() {
                // A scale of some thousandths must keep its digits.
                write!(out, "{}{}", if n == 0 { "" } else { " " }, (number * 1e6).round() / 1e6)?;
            }
            out.push_str(r#")""#);
        }
        out.push_str(r#" d=""#);
        data(out, &self.outline)?;
        out.push_str(r#""/>"#);
        Ok(())
    }
}

const fn class(ink: Ink) -> &'static str {
    match ink {
        Ink::Ground => "g",
        Ink::Edge => "e",
        Ink::Text => "t",
    }
}

fn classes(out: &mut String, colours: Colours) -> fmt::Result {
    for ink in [Ink::Ground, Ink::Edge, Ink::Text] {
        let [red, green, blue] = colours.of(ink);
        write!(out, ".{}{{fill:#{red:02x}{green:02x}{blue:02x}}}", class(ink))?;
    }
    Ok(())
}

/// Path data, to a hundredth of a unit.
fn data(out: &mut String, outline: &Path) -> fmt::Result {
    for segment in outline.segments() {
        match segment {
            PathSegment::MoveTo(to) => points(out, 'M', &[to])?,
            PathSegment::LineTo(to) => points(out, 'L', &[to])?,
            PathSegment::QuadTo(by, to) => points(out, 'Q', &[by, to])?,
            PathSegment::CubicTo(from, by, to) => points(out, 'C', &[from, by, to])?,
            PathSegment::Close => out.push('Z'),
        }
    }
    Ok(())
}

fn points(out: &mut String, command: char, points: &[Point]) -> fmt::Result {
    out.push(command);
    for (n, number) in points.iter().flat_map(|point| [point.x, point.y]).enumerate() {
        let number = (number * 100.0).round() / 100.0;
        // A minus separates as well as a blank.
        if n > 0 && (number >= 0.0 || number == -0.0) {
            out.push(' ');
        }
        write!(out, "{}", number + 0.0)?;
    }
    Ok(())
}
