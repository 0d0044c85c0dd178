//! `nguon demo`: the whole service over invented records, in a temporary store.

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::checking::{Journals, random};
use super::serve::{Addresses, Service, serve};
use super::store::Opened;
use crate::checks::Secret;
use crate::checks::place::Place;
use crate::checks::rules::Thresholds;
use crate::clock::{Clock, SystemClock};
use crate::config::{Listeners, Operator};
use crate::demo::{self, Staff};
use crate::desk::SUBMISSION_DAYS;
use crate::lookup::{Memory, Patience};
use crate::people::Office;
use crate::registry::Id;
use crate::registry::import::{Author, Desk, Document, Format, ImportOrder};
use crate::store::embedded::EmbeddedStore;
use crate::verify::today;

/// Settings of `nguon demo`.
#[derive(Clone, Debug, Args)]
pub struct Demo {
    /// The listeners.
    #[command(flatten)]
    pub listeners: Listeners,

    /// Who runs it.
    #[command(flatten)]
    pub operator: Operator,
}

/// Load the demo registry and serve it until told to stop.
///
/// # Errors
/// When an address cannot be had or the temporary store cannot be made.
pub async fn run(settings: Demo) -> Result<ExitCode, Box<dyn Error>> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let opened = Opened::of(EmbeddedStore::open_temporary()?);
    let desk = Desk::scoped(Arc::clone(&opened.records), Arc::clone(&opened.people), Arc::clone(&clock));
    let records = demo::ndjson(today(clock.now()));
    let order = ImportOrder::of(Author::of(Id::try_from(demo::PUBLISHER)?));
    let report = desk.import(Document::bytes(records, Format::Ndjson), order).await?;
    if report.rejected.total > 0 {
        return Err(format!("the demo registry does not load: {:?}", report.rejected.list).into());
    }
    let office = Office::over(Arc::clone(&opened.people), None, random);
    let staff = demo::enrol(&office, &desk, clock.now()).await.map_err(|problem| problem.to_string())?;
    let scans = demo::scans();
    let patience = Patience { miss: Patience::MISS_EMBEDDED, ..Patience::default() };
    let (operator, memory) = (settings.operator, Memory::default());
    // Gone with the store: nothing of a demonstration outlives it.
    let secret = Some(Secret::of(&random()));
    let thresholds = Thresholds::default();
    let place = (Place::nowhere(), None);
    let service = Service {
        opened,
        desk,
        clock,
        memory,
        patience,
        local_copy: None,
        scans,
        operator,
        secret,
        thresholds,
        journals: Journals::default(),
        place,
        submission_days: SUBMISSION_DAYS,
    };
    serve(&settings.listeners, service, |addresses| say(addresses, report.read, &staff)).await
}

/// Tell what there is to see.
fn say(addresses: &Addresses, records: u64, staff: &Staff) {
    let Addresses { public, admin } = addresses;
    println!("Nguon · DỮ LIỆU MINH HOẠ · demonstration data ({records} invented records)\n");
    println!("  {public}/          type a code");
    println!("  {public}/docs/     try the API");
    println!("  {admin}   operators: import, recalls, /readyz\n");
    println!("Worth opening, one for each kind of answer:\n");
    for scan in demo::scans() {
        println!("  {public}/card{}", scan.path);
        println!("      {} · {} · {}", scan.verdict.as_str(), scan.note_vi, scan.note_en);
    }
    let (path, pin) = demo::PIN_TO_TRY;
    println!("\nA unit with a PIN to try ({pin}), with the Check button:\n  {public}/card{path}");
    println!("\nThe publisher's desk, where whoever sits here is the operator:\n  {admin}/desk");
    println!("Two people of the publisher sign in at {admin}/desk/session:");
    println!("  Lan, who enters       {}", staff.enters.as_str());
    println!("  Minh, who approves    {}", staff.approves.as_str());
    println!("\nThe same as JSON: curl {public}/v1/verify/01/09520000010010/10/L01A");
    println!("Stop with Ctrl-C; nothing is kept.");
}
