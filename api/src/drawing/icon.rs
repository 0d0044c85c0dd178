//! Shape of a tone, the same as on the card; and the service's mark, where there is no verdict.

use nguon_openapi::{Lang, Tone};
use svgtypes::{SimplePathSegment, SimplifyingPathParser};
use tiny_skia::{FillRule, LineCap, Path, PathBuilder, PathStroker, Stroke, Transform};

use super::colour::{Colours, Ink};
use super::shape::{Drawing, Shape, rounded};

/// Side of the square that a tone's shape is drawn in.
const TONE_BOX: f32 = 24.0;
/// The same for the mark.
const MARK_BOX: f32 = 32.0;

/// Side of the icon in a tab.
const APP_ICON: u32 = 32;

/// Draw the shape of a tone into a square.
pub(super) fn tone(drawing: &mut Drawing, tone: Tone, x: f32, y: f32, side: f32) {
    let placed = Transform::from_row(side / TONE_BOX, 0.0, 0.0, side / TONE_BOX, x, y);
    // Holes are holes whichever way round they are drawn.
    drawing.shapes.extend(outline(nguon_view::icon_path(tone.as_str())).map(|outline| Shape {
        outline,
        placed,
        rule: FillRule::EvenOdd,
        ink: Ink::Text,
        is_crisp: false,
    }));
}

/// The mark on its own ground, for the tab of a browser that asks for `/favicon.ico`.
#[must_use]
pub fn app_icon() -> Drawing {
    let colours = Colours { ground: [0x0a, 0x4f, 0x8f], edge: [0x0a, 0x4f, 0x8f], text: [0xff; 3] };
    let mut drawing = Drawing {
        width: APP_ICON,
        height: APP_ICON,
        title: "Nguồn".to_owned(),
        lang: Lang::Vi.as_str(),
        shapes: Vec::new(),
        light: colours,
        dark: colours,
    };
    drawing.fill(Ink::Ground, rounded(0.0, 0.0, 32.0, 32.0, 7.0), Transform::identity());
    mark(&mut drawing, 4.0, 4.0, 24.0);
    drawing
}

/// Draw the mark, a spring: three lines that come from one point.
pub(super) fn mark(drawing: &mut Drawing, x: f32, y: f32, side: f32) {
    let placed = Transform::from_row(side / MARK_BOX, 0.0, 0.0, side / MARK_BOX, x, y);
    drawing.fill(Ink::Text, PathBuilder::from_circle(16.0, 6.5, 4.5), placed);
    let stroke = Stroke { width: 3.2, line_cap: LineCap::Round, ..Stroke::default() };
    let lines = outline("M16 14v15M10 15c0 6-2 9-6.5 11M22 15c0 6 2 9 6.5 11");
    drawing.fill(Ink::Text, lines.and_then(|lines| PathStroker::new().stroke(&lines, &stroke, 2.0)), placed);
}

/// Path data of SVG as an outline; `None` if there is nothing in it.
fn outline(data: &str) -> Option<Path> {
    let mut path = PathBuilder::new();
    for segment in SimplifyingPathParser::from(data).map_while(Result::ok) {
        #[expect(clippy::cast_possible_truncation, reason = "our own shapes lie within a square of 32")]
        let f = |number: f64| number as f32;
        match segment {
            SimplePathSegment::MoveTo { x, y } => path.move_to(f(x), f(y)),
            SimplePathSegment::LineTo { x, y } => path.line_to(f(x), f(y)),
            SimplePathSegment::Quadratic { x1, y1, x, y } => path.quad_to(f(x1), f(y1), f(x), f(y)),
            SimplePathSegment::CurveTo { x1, y1, x2, y2, x, y } => {
                path.cubic_to(f(x1), f(y1), f(x2), f(y2), f(x), f(y));
            }
            SimplePathSegment::ClosePath => path.close(),
        }
    }
    path.finish()
}
