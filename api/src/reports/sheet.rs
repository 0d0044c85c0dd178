//! Reports as CSV (RFC 4180), for a spreadsheet. How to reach reporters is not among them.

use crate::coverage::inert;
use crate::store::reports::Report;
use nguon_openapi::ReportState;

/// So that a spreadsheet reads it as UTF-8.
const MARK: &str = "\u{feff}";

const HEADINGS: [&str; 16] = [
    "number",
    "received_at",
    "status",
    "reason",
    "code",
    "gtin",
    "publisher",
    "place",
    "text",
    "lang",
    "has_photo",
    "has_contact",
    "answer",
    "read_at",
    "answered_at",
    "closed_at",
];

/// The lines as CSV, with headings. A cell that a spreadsheet would take for a formula begins with an apostrophe
/// (OWASP, CSV Injection): what a report holds comes from anybody.
#[must_use]
pub fn sheet(reports: &[Report]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    // Writing into memory cannot fail.
    let _ = writer.write_record(HEADINGS);
    for report in reports {
        let time = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        let cells = [
            report.number.to_string(),
            report.at.to_string(),
            report.state.as_str().to_owned(),
            report.reason.as_str().to_owned(),
            // The separator of element strings, where a cell could not show it.
            report.code.replace(|c: char| c.is_control(), "␝"),
            report.gtin.map(|gtin| gtin.to_string()).unwrap_or_default(),
            report.publisher.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default(),
            report.place.clone().unwrap_or_default(),
            report.text.clone().unwrap_or_default(),
            report.lang.as_str().to_owned(),
            report.has_photo.to_string(),
            report.has_contact.to_string(),
            report.answer.clone().unwrap_or_default(),
            time(report.steps.first().map(|step| step.at)),
            time(report.came_into(ReportState::Answered, false)),
            time(report.came_into(ReportState::Closed, false)),
        ];
        let _ = writer.write_record(cells.map(|cell| lines_inert(&cell)));
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell of several lines: some programs take each for a cell.
fn lines_inert(cell: &str) -> String {
    cell.split('\n').map(inert).collect::<Vec<_>>().join("\n")
}
