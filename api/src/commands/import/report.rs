//! A report as a person reads it.

use core::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;

use crate::registry::import::{Finding, Findings, Report};

/// Findings printed of each kind; the report says how many there are.
const SHOWN: usize = 100;

/// Print what became of one file.
pub(super) fn print(out: &mut impl Write, file: &str, report: &Report) -> io::Result<()> {
    let verb = if report.dry_run { "would change" } else { "changed" };
    writeln!(
        out,
        "{file}: {} records ({} units) read, {} {verb} the registry, {} were on record, {} refused, {} warned of",
        report.read, report.units, report.changed, report.unchanged, report.rejected.records, report.warnings.records
    )?;
    if let Some(line) = report.resumed_after {
        writeln!(out, "  continued after line {line}, where an earlier import was cut short")?;
    }
    if report.strict && report.rejected.total > 0 {
        writeln!(out, "  nothing was written, because something was refused and --strict was given")?;
    }
    findings(out, "refused", &report.rejected)?;
    findings(out, "warning", &report.warnings)
}

fn findings<Code: Serialize>(out: &mut impl Write, word: &str, findings: &Findings<Code>) -> io::Result<()> {
    for Finding { line, field, code, message } in findings.list.iter().take(SHOWN) {
        let code = serde_json::to_value(code)?;
        let code = code.as_str().unwrap_or_default();
        let field: &dyn Display = if field.is_empty() { &"the record" } else { field };
        writeln!(out, "  line {line}: {word} ({code}): {field} {}", tame(message))?;
    }
    let shown = findings.list.len().min(SHOWN) as u64;
    if findings.total > shown {
        writeln!(out, "  … and {} more", findings.total - shown)?;
    }
    Ok(())
}

/// A message may quote what a stranger wrote, and a terminal obeys control characters.
fn tame(message: &str) -> String {
    message.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}
