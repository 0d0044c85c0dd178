//! What a cell says as text: what two keyboards and a web page put around it is taken away.

use unicode_normalization::UnicodeNormalization as _;

use super::day::day_of_serial;
use crate::sheets::grid::Cell;
use crate::sheets::legacy::legacy;
use crate::sheets::trouble::Trouble;

/// A cell as text: composed (NFC), without blanks around it and without characters that show as nothing. Line breaks
/// stay, without blanks around them.
pub(in crate::sheets) fn plain(cell: &Cell) -> Result<String, Trouble> {
    match cell {
        Cell::Text(text) => {
            let told = legacy(&text.nfc().collect::<String>());
            if let Some((encoding, said)) = told {
                return Err(Trouble::BeforeUnicode(encoding.name(), tidy(&said)));
            }
            Ok(tidy(text))
        }
        Cell::Number(number) | Cell::Power(number) => Ok(digits(*number)),
        Cell::Day { serial, .. } => Ok(day_of_serial(*serial, false).map(super::shown).unwrap_or_default()),
        Cell::Iso(text) => Ok(tidy(text)),
        Cell::Bool(value) => Ok(value.to_string()),
        Cell::Error(error) => Err(Trouble::Formula(error.clone())),
        Cell::Uncalculated => Err(Trouble::Uncalculated),
    }
}

fn tidy(text: &str) -> String {
    let seen = text.nfc().filter(
        |c| !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}'),
    );
    let blank = seen.map(|c| match c {
        '\r' | '\u{0B}' | '\u{2028}' | '\u{2029}' => '\n',
        c if c != '\n' && c.is_whitespace() => ' ',
        c => c,
    });
    let text: String = blank.collect();
    let lines =
        text.split('\n').map(|line| line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A number as somebody would have typed it.
fn digits(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_show_is_taken_away() {
        let cell = |text: &str| plain(&Cell::Text(text.to_owned())).unwrap();
        assert_eq!(cell("\u{a0} Nu\u{31b}o\u{31b}\u{301}c  ma\u{306}\u{301}m\u{200b}\u{feff} "), "Nước mắm");
        assert_eq!(cell("a \r\n\n b"), "a\nb");
        assert_eq!(cell("\u{200b}"), "");
        assert_eq!(plain(&Cell::Number(8_934_567_890_123.0)).unwrap(), "8934567890123");
        assert_eq!(plain(&Cell::Number(0.5)).unwrap(), "0.5");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        assert_eq!(plain(&Cell::Error("#N/A".into())), Err(Trouble::Formula("#N/A".into())));
        let told = plain(&Cell::Text("Hîp t¸c x·".into()));
        assert_eq!(told, Err(Trouble::BeforeUnicode("TCVN3 (ABC)", "Hợp tác xã".into())));
    }
}
