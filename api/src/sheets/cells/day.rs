//! Days as people in Viet Nam write them: the day first.
//!
//! A month alone is its last day where a last day is asked for (GS1 General Specifications, AI (17): day 00).

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan as _};

use crate::sheets::fold::folded;
use crate::sheets::grid::{Cell, Shown};
use crate::sheets::trouble::Trouble;

/// What a cell says of time.
#[derive(Clone, Debug)]
pub(super) enum Read {
    /// A day.
    Day(Date),
    /// A bare number that is a day as Excel counts them.
    Serial(Date),
    /// A day in a cell that shows the month first, where either number could be the month.
    MonthFirst(Date),
    /// A month: its last day.
    Month(Date),
    /// So long after something.
    After(Span),
}

/// Days that a bare number may mean: 1 January 2000 to 2100, as Excel counts from 1900.
const SERIALS: core::ops::RangeInclusive<f64> = 36_526.0..=73_051.0;

/// What a cell says, `text` being the cell as text.
pub(super) fn read(cell: &Cell, text: &str, is_1904: bool) -> Result<Read, Trouble> {
    match cell {
        Cell::Day { serial, shown } => {
            let day = day_of_serial(*serial, is_1904).ok_or(Trouble::OffCalendar)?;
            let day = of_our_time(day)?;
            // Excel makes `12/2026` the first of that month.
            Ok(match shown {
                Shown::Month if day.day() == 1 => Read::Month(day.last_of_month()),
                Shown::MonthFirst if day.day() <= 12 && day.day() != day.month() => Read::MonthFirst(day),
                _ => Read::Day(day),
            })
        }
        Cell::Number(number) | Cell::Power(number) => of_number(*number, is_1904),
        _ => of_text(text),
    }
}

fn of_number(number: f64, is_1904: bool) -> Result<Read, Trouble> {
    if SERIALS.contains(&number) {
        let day = day_of_serial(number, is_1904).ok_or(Trouble::OffCalendar)?;
        return of_our_time(day).map(Read::Serial);
    }
    compact(&format!("{number:.0}")).ok_or(Trouble::NoDay).map(Read::Day)
}

/// The day that a spreadsheet counts so. There was no 29 February 1900, which Excel believes in.
pub(super) fn day_of_serial(serial: f64, is_1904: bool) -> Option<Date> {
    let epoch = if is_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
    let days: i64 = format!("{:.0}", serial.floor()).parse().ok()?;
    epoch.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// Whether a day is one that a product of today may bear.
pub(super) fn is_of_our_time(day: Date) -> bool {
    (2000..=2100).contains(&day.year())
}

fn of_our_time(day: Date) -> Result<Date, Trouble> {
    if is_of_our_time(day) { Ok(day) } else { Err(Trouble::OffCalendar) }
}

fn of_text(text: &str) -> Result<Read, Trouble> {
    let words = folded(text);
    let words: Vec<&str> = words
        .split(' ')
        .filter(|word| !matches!(*word, "ngay" | "nam" | "hsd" | "nsx" | "het" | "cuoi" | "day"))
        .collect();
    if let Some(span) = span(&folded(text)) {
        return Ok(Read::After(span));
    }
    // `T4/2026` and `tháng 4/2026`.
    let months: Vec<&str> =
        words.iter().map(|word| word.strip_prefix('t').filter(|rest| numeric(rest)).unwrap_or(word)).collect();
    let says_month = words.contains(&"thang") || months != words;
    let numbers: Vec<&str> = months.into_iter().filter(|word| *word != "thang").collect();
    match numbers.as_slice() {
        [day, month, year] if numeric(day) && day.len() <= 2 => of_parts(year, month, Some(day)),
        // ISO 8601, and what some write after it: a time.
        [year, month, day] | [year, month, day, ..] if numeric(year) && year.len() == 4 => {
            let day = day.split('t').next().unwrap_or(day);
            of_parts(year, month, Some(day))
        }
        [day, month, year, rest @ ..] if numeric(day) && day.len() <= 2 && rest.iter().all(|it| numeric(it)) => {
            of_parts(year, month, Some(day))
        }
        [month, year] if numeric(month) && month.len() <= 2 && year.len() == 4 => of_parts(year, month, None),
        [year, month] if numeric(year) && year.len() == 4 => of_parts(year, month, None),
        [one] if !says_month && one.len() == 8 => compact(one).ok_or(Trouble::OffCalendar).map(Read::Day),
        [one] if numeric(one) && one.len() == 5 => of_number(one.parse().unwrap_or_default(), false),
        _ => Err(Trouble::NoDay),
    }
}

/// Day and month of a text that gives them as two small numbers before a year.
fn small_numbers(text: &str) -> Option<(u8, u8)> {
    let words = folded(text);
    let mut parts = words.split(' ');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_day = numeric(year) && matches!(year.len(), 2 | 4) && first.len() <= 2 && second.len() <= 2;
    (is_day && parts.all(numeric)).then(|| Some((first.parse().ok()?, second.parse().ok()?))).flatten()
}

/// Whether a text is a day with its month first: `04/13/2026`.
pub(in crate::sheets) fn is_month_first(text: &str) -> bool {
    small_numbers(text).is_some_and(|(first, second)| (1..=12).contains(&first) && (13..=31).contains(&second))
}

/// Whether either of a text's two small numbers could be the month: `04/03/2026`.
pub(in crate::sheets) fn may_be_month_first(text: &str) -> bool {
    small_numbers(text).is_some_and(|(first, second)| first != second && first.max(second) <= 12)
}

fn numeric(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn of_parts(year: &str, month: &str, day: Option<&str>) -> Result<Read, Trouble> {
    let number =
        |text: &str| if numeric(text) { text.parse::<i16>().map_err(|_| Trouble::NoDay) } else { Err(Trouble::NoDay) };
    let small = |text: &str| number(text).and_then(|it| i8::try_from(it).map_err(|_| Trouble::OffCalendar));
    let year = match (number(year)?, year.len()) {
        (short, 2) => 2000 + short,
        (full, 4) => full,
        _ => return Err(Trouble::NoDay),
    };
    let (month, given) = (small(month)?, day.map(small).transpose()?);
    if let Some(given) = given
        && month > 12
        && (1..=12).contains(&given)
    {
        let swapped = Date::new(year, given, month).map_err(|_| Trouble::OffCalendar)?;
        return Err(Trouble::MonthFirst(shown(swapped)));
    }
    let date = of_our_time(Date::new(year, month, given.unwrap_or(1)).map_err(|_| Trouble::OffCalendar)?)?;
    Ok(if given.is_some() { Read::Day(date) } else { Read::Month(date.last_of_month()) })
}

/// `20260403`.
fn compact(text: &str) -> Option<Date> {
    if text.len() != 8 || !numeric(text) {
        return None;
    }
    let part = |range: core::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    let small = |range| i8::try_from(part(range)?).ok();
    Date::new(part(0..4)?, small(4..6)?, small(6..8)?).ok().filter(|date| is_of_our_time(*date))
}

/// "24 tháng kể từ ngày sản xuất", "12 months", "7 ngày": a number, a unit, and at most words that say from when.
fn span(folded: &str) -> Option<Span> {
    let (count, rest) = folded.split_once(' ')?;
    let count: i64 = Some(count).filter(|count| numeric(count) && count.len() <= 4)?.parse().ok()?;
    let (unit, from) = rest.split_once(' ').unwrap_or((rest, ""));
    let known =
        ["", "ke tu ngay san xuat", "ke tu nsx", "tu ngay san xuat", "tu nsx", "ke tu ngay sx", "sau ngay san xuat"];
    let english = ["from production", "from the production date", "from production date", "after production"];
    if !known.contains(&from) && !english.contains(&from) {
        return None;
    }
    match unit {
        "thang" | "month" | "months" => Some(count.months()),
        "nam" | "year" | "years" => Some(count.years()),
        "ngay" | "day" | "days" => Some(count.days()),
        "tuan" | "week" | "weeks" => Some(count.weeks()),
        _ => None,
    }
}

/// A day as it is written in Viet Nam.
pub(in crate::sheets) fn shown(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn of(text: &str) -> Result<Read, Trouble> {
        read(&Cell::Text(text.to_owned()), text, false)
    }

    #[rstest]
    #[case("03/04/2026")]
    #[case("3/4/2026")]
    #[case("3-4-26")]
    #[case("03.04.2026")]
    #[case("2026-04-03")]
    #[case("2026/04/03")]
    #[case("2026-04-03T00:00:00")]
    #[case("03/04/2026 00:00:00")]
    #[case("ngày 3 tháng 4 năm 2026")]
    #[case("20260403")]
    fn the_day_comes_first(#[case] text: &str) {
        let Ok(Read::Day(day)) = of(text) else { panic!("{text}: {:?}", of(text)) };
        assert_eq!(day, date(2026, 4, 3), "{text}");
    }

    #[rstest]
    #[case("02/2028")]
    #[case("2028-02")]
    #[case("tháng 2/2028")]
    #[case("T2/2028")]
    #[case("tháng 02 năm 2028")]
    fn a_month_is_its_last_day(#[case] text: &str) {
        let Ok(Read::Month(day)) = of(text) else { panic!("{text}: {:?}", of(text)) };
        assert_eq!(day, date(2028, 2, 29), "{text}");
    }

    #[rstest]
    #[case("24 tháng", "03/04/2028")]
    #[case("24 tháng kể từ NSX", "03/04/2028")]
    #[case("24 tháng kể từ ngày sản xuất", "03/04/2028")]
    #[case("2 năm", "03/04/2028")]
    #[case("7 ngày", "10/04/2026")]
    #[case("6 months from production", "03/10/2026")]
    fn a_time_counts_from_production(#[case] text: &str, #[case] last: &str) {
        let Ok(Read::After(span)) = of(text) else { panic!("{text}: {:?}", of(text)) };
        assert_eq!(super::super::last_day(date(2026, 4, 3), span.fieldwise()).map(shown).as_deref(), Some(last));
    }

    #[rstest]
    #[case("04/13/2026", Trouble::MonthFirst("13/04/2026".to_owned()))]
    #[case("31/02/2026", Trouble::OffCalendar)]
    #[case("01/01/1926", Trouble::OffCalendar)]
    #[case("2026", Trouble::NoDay)]
    #[case("sắp tới", Trouble::NoDay)]
    #[case("24 tháng kể từ khi mở nắp", Trouble::NoDay)]
    #[case("1/2/3/4/5", Trouble::NoDay)]
    fn what_is_no_day_is_told_what_to_do(#[case] text: &str, #[case] trouble: Trouble) {
        assert_eq!(of(text).unwrap_err(), trouble, "{text}");
    }

    const fn month(is_month: bool) -> Shown {
        if is_month { Shown::Month } else { Shown::Whole }
    }

    #[test]
    fn which_number_is_the_month_is_told_where_it_can_be() {
        assert!(is_month_first("04/13/2026") && is_month_first("4-13-26"));
        assert!(may_be_month_first("04/03/2026") && may_be_month_first("3.4.2026 00:00"));
        for plain in ["04/04/2026", "13/04/2026", "2026-04-03", "04/2026", "24 tháng", "3 tháng 4 2026"] {
            assert!(!is_month_first(plain) && !may_be_month_first(plain), "{plain}");
        }
        let shown = |day: Date| Cell::Day {
            serial: f64::from((day - date(1899, 12, 30)).get_days()),
            shown: Shown::MonthFirst,
        };
        assert!(matches!(read(&shown(date(2026, 3, 4)), "", false), Ok(Read::MonthFirst(_))));
        assert!(matches!(read(&shown(date(2026, 3, 14)), "", false), Ok(Read::Day(_))));
    }

    #[test]
    fn both_epochs_are_known() {
        let day = |serial, is_1904, is_month| match read(&Cell::Day { serial, shown: month(is_month) }, "", is_1904)
            .unwrap()
        {
            Read::Day(day) | Read::Month(day) => day,
            other => panic!("{other:?}"),
        };
        assert_eq!(day(46_115.0, false, false), date(2026, 4, 3));
        assert_eq!(day(46_115.75, false, false), date(2026, 4, 3));
        assert_eq!(day(44_653.0, true, false), date(2026, 4, 3));
        assert_eq!(day(46_113.0, false, true), date(2026, 4, 30), "Excel shows 04/2026");
        assert!(matches!(read(&Cell::Number(46_115.0), "46115", false), Ok(Read::Serial(_))));
        assert!(matches!(read(&Cell::Number(20_260_403.0), "20260403", false), Ok(Read::Day(_))));
        assert!(read(&Cell::Number(f64::NAN), "NaN", false).is_err());
        assert!(read(&Cell::Day { serial: 1e300, shown: Shown::Whole }, "", false).is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in ".{0,40}", serial in proptest::num::f64::ANY) {
            let _ = of(&text);
            let _ = read(&Cell::Day { serial, shown: Shown::Month }, &text, true);
            let _ = read(&Cell::Number(serial), &text, false);
        }
    }
}
