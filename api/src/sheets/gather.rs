//! Findings that come of one thing are told once: rows that wait for a row that was refused, and cells of one column
//! that were understood in the same way.

use std::collections::{HashMap, HashSet};

use nguon_openapi::Lang;

use crate::registry::import::{Finding, Findings, WarningCode};
use crate::registry::{FaultCode, Record};

/// Cells understood in the same way that are still told one by one.
const FEW: usize = 3;
/// Values that are named before the rest is counted.
const NAMED: usize = 3;
/// Spans of rows that are named.
const SPANS: usize = 40;

/// Where a row stands: its sheet, and its number.
pub(super) type At = (Option<String>, u64);

/// Which rows name what, and which of them were refused.
#[derive(Debug, Default)]
pub(super) struct Ties {
    /// What a row that became a record is about.
    about: HashMap<At, String>,
    /// What it refers to.
    refers: HashMap<At, Vec<String>>,
    /// Rows that became no record, by what they are about.
    refused: HashMap<String, At>,
}

/// What a record is about: two of one name are about the same thing.
pub(super) fn name(record: &Record) -> Option<String> {
    match record {
        Record::Producer(it) => Some(producer(it.id.as_str())),
        Record::Product(it) => Some(product(it.gtin.as_str())),
        Record::Batch(it) => Some(lot(it.gtin.as_str(), it.lot.as_str())),
        Record::Certificate(it) => Some(format!("certificate {}", it.id)),
        Record::Event(it) => Some(format!("event {} {} {}", it.gtin, it.lot, it.id)),
        _ => None,
    }
}

/// The name of a producer.
pub(super) fn producer(id: &str) -> String {
    format!("producer {id}")
}

/// The name of a product.
pub(super) fn product(gtin: &str) -> String {
    format!("product {gtin}")
}

/// The name of a lot.
pub(super) fn lot(gtin: &str, lot: &str) -> String {
    format!("lot {gtin} {lot}")
}

/// What a record refers to.
fn referred(record: &Record) -> Vec<String> {
    match record {
        Record::Product(it) => it.producer.iter().map(|id| producer(id.as_str())).collect(),
        Record::Batch(it) => vec![product(it.gtin.as_str())],
        Record::Event(it) => vec![product(it.gtin.as_str()), lot(it.gtin.as_str(), it.lot.as_str())],
        Record::Certificate(it) => {
            let gtins = it.gtins.iter().map(|gtin| product(gtin.as_str()));
            gtins.chain(it.producer.iter().map(|id| producer(id.as_str()))).collect()
        }
        _ => Vec::new(),
    }
}

impl Ties {
    /// A row that became a record.
    pub(super) fn record(&mut self, at: At, record: &Record) {
        if let Some(name) = name(record) {
            self.about.insert(at.clone(), name);
        }
        self.refers.insert(at, referred(record));
    }

    /// A row that became none, about something that is known.
    pub(super) fn refused(&mut self, at: At, about: String) {
        self.refused.entry(about).or_insert(at);
    }

    /// Tell rows that were refused because another one was only once for each sheet and cause.
    pub(super) fn gather(&self, findings: &mut Findings<FaultCode>, lang: Lang) {
        let mut refused = self.refused.clone();
        let mut kept: Vec<Finding<FaultCode>> = Vec::new();
        // Where the finding of a group stands among those kept, and its rows.
        let mut groups: HashMap<(Option<String>, At), (usize, Vec<u64>)> = HashMap::new();
        for finding in core::mem::take(&mut findings.list) {
            let at = (finding.sheet.clone(), finding.line);
            let cause = (finding.code == FaultCode::NotOnRecord)
                .then(|| self.refers.get(&at)?.iter().find_map(|name| refused.get(name)))
                .flatten()
                .filter(|cause| **cause != at)
                .cloned();
            // What waits for this row waits for the same.
            if let Some(name) = self.about.get(&at) {
                refused.entry(name.clone()).or_insert_with(|| cause.clone().unwrap_or_else(|| at.clone()));
            }
            match cause {
                None => kept.push(finding),
                Some(cause) => {
                    let next = kept.len();
                    let (_, rows) = groups.entry((at.0, cause)).or_insert_with(|| {
                        kept.push(Finding { cell: None, heading: None, field: String::new(), ..finding });
                        (next, Vec::new())
                    });
                    rows.push(at.1);
                }
            }
        }
        for ((_, cause), (place, rows)) in groups {
            findings.total = findings.total.saturating_sub(rows.len().saturating_sub(1) as u64);
            if let Some(finding) = kept.get_mut(place) {
                finding.message = waiting(&rows, &cause, lang);
            }
        }
        findings.list = kept;
    }
}

/// Tell what is so of a whole column once for each sheet and heading, and not for each row.
pub(super) fn once(findings: &mut Findings<FaultCode>, is_of_column: impl Fn(&Finding<FaultCode>) -> bool) {
    let mut told: HashSet<(Option<String>, Option<String>)> = HashSet::new();
    let before = findings.list.len();
    findings.list.retain(|it| !is_of_column(it) || told.insert((it.sheet.clone(), it.heading.clone())));
    findings.total = findings.total.saturating_sub((before - findings.list.len()) as u64);
}

/// Tell what is wrong with many cells of one column in the same way together.
pub(super) fn alike(findings: &mut Findings<FaultCode>, lang: Lang) {
    let mut ways: HashMap<(Option<String>, String, String), Vec<usize>> = HashMap::new();
    for (at, it) in findings.list.iter().enumerate() {
        if let (Some(heading), Some(_)) = (&it.heading, &it.cell) {
            ways.entry((it.sheet.clone(), heading.clone(), it.message.clone())).or_default().push(at);
        }
    }
    let mut gone: HashSet<usize> = HashSet::new();
    for places in ways.into_values().filter(|places| places.len() > FEW) {
        let rows: Vec<u64> = places.iter().filter_map(|at| findings.list.get(*at)).map(|it| it.line).collect();
        let Some(first) = places.first().and_then(|at| findings.list.get_mut(*at)) else { continue };
        let letters: String =
            first.cell.iter().flat_map(|cell| cell.chars()).take_while(|c| !c.is_ascii_digit()).collect();
        first.cell = Some(format!("{letters}{}", spans(&rows)));
        first.message = format!("{} ({} {})", first.message, rows.len(), lang.pick("ô", "cells"));
        findings.total = findings.total.saturating_sub(rows.len() as u64 - 1);
        gone.extend(places.iter().skip(1));
    }
    leave_out(findings, &gone);
}

/// Leave out findings by their place in the list.
fn leave_out<Code>(findings: &mut Findings<Code>, gone: &HashSet<usize>) {
    let mut at = 0;
    findings.list.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

/// What is told of rows that wait for another one.
fn waiting(rows: &[u64], cause: &At, lang: Lang) -> String {
    let place = match &cause.0 {
        Some(sheet) => format!("{sheet}!{}", cause.1),
        None => format!("{} {}", lang.pick("dòng", "row"), cause.1),
    };
    match (rows.first(), rows.last()) {
        (Some(first), Some(last)) if first != last => {
            let (many, those) = (rows.len(), spans(rows));
            match lang {
                Lang::Vi => format!("{many} dòng ({those}) chưa nạp được vì {place} có lỗi: sửa dòng đó là đủ"),
                Lang::En => format!("{many} rows ({those}) wait for {place}, which was refused: correct that one"),
            }
        }
        _ => match lang {
            Lang::Vi => format!("chưa nạp được vì {place} có lỗi: sửa dòng đó là đủ"),
            Lang::En => format!("waits for {place}, which was refused: correct that one"),
        },
    }
}

/// `3–5, 9`.
fn spans(rows: &[u64]) -> String {
    let mut sorted = rows.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut spans: Vec<(u64, u64)> = Vec::new();
    for row in sorted {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => spans.push((row, row)),
        }
    }
    let more = spans.len().saturating_sub(SPANS);
    let shown = spans.into_iter().take(SPANS);
    let mut text: Vec<String> = shown.map(|(a, b)| if a == b { a.to_string() } else { format!("{a}–{b}") }).collect();
    if more > 0 {
        text.push("…".to_owned());
    }
    text.join(", ")
}

/// Tell cells of one column that were understood in one way together, where there are many of them.
pub(super) fn understood(findings: &mut Findings<WarningCode>, lang: Lang) {
    let way = |it: &Finding<WarningCode>| {
        let (way, value) = it.message.rsplit_once(' ')?;
        (it.code == WarningCode::Understood && it.cell.is_some())
            .then(|| ((it.sheet.clone(), it.field.clone(), way.to_owned()), value.to_owned()))
    };
    let mut ways: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, finding) in findings.list.iter().enumerate() {
        if let Some((way, _)) = way(finding) {
            ways.entry(way).or_default().push(at);
        }
    }
    let mut gone: HashSet<usize> = HashSet::new();
    for ((_, _, way_of), places) in ways.into_iter().filter(|(_, places)| places.len() > FEW) {
        let of = |at: &usize| findings.list.get(*at);
        let values: Vec<String> = places.iter().filter_map(of).filter_map(|it| Some(way(it)?.1)).collect();
        let last = places.last().and_then(of).and_then(|it| it.cell.clone()).unwrap_or_default();
        let Some(first) = places.first().and_then(|at| findings.list.get_mut(*at)) else { continue };
        let mut different: Vec<&str> = values.iter().map(String::as_str).collect();
        different.dedup();
        let shown = different.get(..NAMED.min(different.len())).unwrap_or_default().join(", ");
        let rest = if different.len() > NAMED { ", …" } else { "" };
        let cells = format!("{} {}", places.len(), lang.pick("ô", "cells"));
        first.message = format!("{way_of} {shown}{rest} ({cells})");
        first.cell = first.cell.take().map(|cell| format!("{cell}–{last}"));
        findings.total = findings.total.saturating_sub(places.len() as u64 - 1);
        gone.extend(places.iter().skip(1));
    }
    leave_out(findings, &gone);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_a_column_that_are_wrong_in_one_way_are_told_together() {
        let blank = |row: u64| Finding {
            cell: Some(format!("AB{row}")),
            heading: Some("Số lô".to_owned()),
            ..Finding::at(row, "lot".to_owned(), FaultCode::MissingField, "còn trống".to_owned())
        };
        let mut findings = Findings::default();
        findings.record([3, 5, 6, 7].map(blank));
        alike(&mut findings, Lang::Vi);
        let told: Vec<_> = findings.list.iter().map(|it| (it.cell.as_deref(), it.message.as_str())).collect();
        assert_eq!((findings.total, told), (1, vec![(Some("AB3, 5–7"), "còn trống (4 ô)")]));
    }

    #[test]
    fn rows_are_named_by_their_spans() {
        assert_eq!(spans(&[9, 3, 4, 5]), "3–5, 9");
        let apart: Vec<u64> = (0..=40).map(|n| 2 * n + 1).collect();
        assert!(spans(&apart).ends_with("79, …"));
    }

    #[test]
    fn cells_understood_in_one_way_are_told_together_where_they_are_many() {
        let note = |row: u64, way: &str| Finding {
            sheet: Some("Lô".to_owned()),
            cell: Some(format!("D{row}")),
            ..Finding::at(row, "expires".to_owned(), WarningCode::Understood, format!("{way}: {row:02}/11/2027"))
        };
        let mut findings = Findings::default();
        findings.record((3..=8).map(|row| note(row, "đã tính")));
        findings.record((9..=11).map(|row| note(row, "hết tháng")));
        understood(&mut findings, Lang::Vi);
        assert_eq!((findings.total, findings.list.len()), (4, 4));
        assert_eq!(findings.list[0].cell.as_deref(), Some("D3–D8"));
        assert_eq!(findings.list[0].message, "đã tính: 03/11/2027, 04/11/2027, 05/11/2027, … (6 ô)");
        assert_eq!(findings.list[1].message, "hết tháng: 09/11/2027");
    }
}
