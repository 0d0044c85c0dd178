//! A report as a person reads it.

use core::fmt::Display;
use std::io::{self, Write};

use nguon_openapi::{Lang, RecordItem};
use serde::Serialize;

use crate::registry::import::{Finding, Findings, ProductCompleteness, Report};
use crate::verify::record_item;

/// Findings printed of each kind, and products; the report says how many there are.
const SHOWN: usize = 100;

/// Print what became of one file.
pub(super) fn print(out: &mut impl Write, file: &str, report: &Report, lang: Lang) -> io::Result<()> {
    summary(out, file, report, lang)?;
    if let Some(line) = report.resumed_after {
        let (vi, en) = ("tiếp tục sau bản ghi", "continued after line");
        let why = lang.pick("nơi lần nạp trước bị ngắt", "where an earlier import was cut short");
        writeln!(out, "  {} {line}, {why}", lang.pick(vi, en))?;
    }
    if report.read == 0 && report.rejected.total == 0 {
        let vi = "chưa có dòng nào để nạp: điền vào dưới dòng VÍ DỤ rồi gửi lại";
        writeln!(out, "  {}", lang.pick(vi, "there is nothing to load in it yet"))?;
    }
    if report.strict && report.rejected.total > 0 {
        let vi = "không ghi gì cả, vì có dòng bị từ chối và đã chọn --strict";
        let en = "nothing was written, because something was refused and --strict was given";
        writeln!(out, "  {}", lang.pick(vi, en))?;
    }
    findings(out, lang.pick("từ chối", "refused"), &report.rejected, lang)?;
    findings(out, lang.pick("lưu ý", "warning"), &report.warnings, lang)?;
    completeness(out, &report.completeness, lang)
}

fn summary(out: &mut impl Write, file: &str, report: &Report, lang: Lang) -> io::Result<()> {
    let Report { read, units, changed, unchanged, .. } = report;
    let (refused, warned) = (report.rejected.records, report.warnings.records);
    match lang {
        Lang::Vi => {
            let verb = if report.dry_run { "sẽ ghi" } else { "đã ghi" };
            writeln!(
                out,
                "{file}: đọc {read} bản ghi ({units} số sê-ri), {verb} {changed}, có sẵn {unchanged}, từ chối {refused}, lưu ý {warned}"
            )
        }
        Lang::En => {
            let verb = if report.dry_run { "would change" } else { "changed" };
            writeln!(
                out,
                "{file}: {read} records ({units} units) read, {changed} {verb} the registry, {unchanged} were on record, {refused} refused, {warned} warned of"
            )
        }
    }
}

fn findings<Code: Serialize>(
    out: &mut impl Write,
    word: &str,
    findings: &Findings<Code>,
    lang: Lang,
) -> io::Result<()> {
    for finding in findings.list.iter().take(SHOWN) {
        let Finding { line, field, code, message, .. } = finding;
        let code = serde_json::to_value(code)?;
        let code = code.as_str().unwrap_or_default();
        if let Some(place) = place(finding) {
            writeln!(out, "  {place}: {word} ({code}): {}", tame(message))?;
        } else {
            let field: &dyn Display = if field.is_empty() { &lang.pick("dòng này", "the record") } else { field };
            writeln!(out, "  {} {line}: {word} ({code}): {field} {}", lang.pick("dòng", "line"), tame(message))?;
        }
    }
    let shown = findings.list.len().min(SHOWN) as u64;
    if findings.total > shown {
        writeln!(out, "  … {} {}", lang.pick("và còn", "and more:"), findings.total - shown)?;
    }
    Ok(())
}

/// Where it stands in a spreadsheet: `Sản phẩm!C7 (Mã GTIN)`.
fn place<Code>(finding: &Finding<Code>) -> Option<String> {
    let Finding { line, sheet, cell, heading, .. } = finding;
    let at = match (sheet, cell) {
        (Some(sheet), Some(cell)) => format!("{sheet}!{cell}"),
        (Some(sheet), None) => format!("{sheet}!{line}"),
        (None, Some(cell)) => cell.clone(),
        (None, None) => return None,
    };
    let heading = heading.as_ref().map(|heading| format!(" ({heading})")).unwrap_or_default();
    Some(tame(&format!("{at}{heading}")))
}

/// How much of what the Circular asks for would be on record.
fn completeness(out: &mut impl Write, products: &[ProductCompleteness], lang: Lang) -> io::Result<()> {
    if products.is_empty() {
        return Ok(());
    }
    let of = RecordItem::ALL.len();
    writeln!(
        out,
        "  {}",
        lang.pick("Mức đầy đủ theo Thông tư 02/2024/TT-BKHCN:", "Completeness after Circular 02/2024/TT-BKHCN:")
    )?;
    for product in products.iter().take(SHOWN) {
        let lot = product.lot.as_ref().map(|lot| format!(", {} {lot}", lang.pick("lô", "lot"))).unwrap_or_default();
        write!(out, "  {} {}{lot}: {}/{of}", product.gtin, tame(&product.name), product.present)?;
        if !product.missing.is_empty() {
            let names: Vec<&str> = product.missing.iter().map(|item| record_item(*item, lang)).collect();
            write!(out, "; {}: {}", lang.pick("thiếu", "missing"), names.join("; "))?;
        }
        writeln!(out)?;
    }
    let more = products.len().saturating_sub(SHOWN);
    if more > 0 {
        writeln!(out, "  … {} {more}", lang.pick("và còn", "and more:"))?;
    }
    Ok(())
}

/// A message may quote what a stranger wrote, and a terminal obeys control characters.
fn tame(message: &str) -> String {
    message.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}
