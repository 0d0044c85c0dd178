//! `nguon serve`: answer over a store.

use std::error::Error;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use actix_web::http::header::HeaderName;
use actix_web::web;

use super::checking::{Journals, journals, place, random, secret, thresholds};
use super::store::{Missing, Opened, open_whole};

use crate::checks::place::Place;
use crate::checks::rules::Thresholds;
use crate::checks::{self, Checks, Secret};
use crate::clock::{Clock, SystemClock};
use crate::config::{Listeners, Operator, Serve, StoreAddress};
use crate::demo::{self, Scan};
use crate::desk;
use crate::limits::{Limits, Meter};
use crate::lookup::{LocalCopy, Lookup, Memory, Patience, Setup, Site};
use crate::people::{Office, TokenHash};
use crate::registry::import::Desk;
use crate::reports::Reception;
use crate::routes::Public;
use crate::routes::admin::{Admin, TRIES};
use crate::server::Bound;
use crate::store::EmbeddedStore;
use crate::telemetry::Telemetry;

/// Serve until told to stop.
///
/// # Errors
/// When the settings are unsafe, the store cannot be opened, or an address cannot be had.
pub async fn run(settings: Serve) -> Result<ExitCode, Box<dyn Error>> {
    // A file that is not there is made; a server that holds no registry was emptied, or is the wrong one.
    let missing = match settings.store {
        StoreAddress::Embedded(_) => Missing::Create,
        StoreAddress::Redis(_) => Missing::Refuse,
    };
    let secret = secret(&settings.checking, &settings.store)?;
    let thresholds = thresholds(&settings.checking)?;
    let (journals, place) = (journals(&settings.checking)?, place(&settings.checking)?);
    let opened = open_whole(&settings.store, missing).await?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let desk = Desk::scoped(Arc::clone(&opened.records), Arc::clone(&opened.people), Arc::clone(&clock));
    let miss = match settings.store {
        StoreAddress::Embedded(_) => Patience::MISS_EMBEDDED,
        StoreAddress::Redis(_) => settings.miss_deadline(),
    };
    let patience = Patience { miss, stale: settings.stale_limit() };
    let local_copy = settings.local_copy.as_deref().map(local_copy).transpose()?;
    let (operator, memory) = (settings.operator, settings.kept.memory());
    let service = Service {
        opened,
        desk,
        clock,
        memory,
        patience,
        local_copy,
        scans: &[],
        operator,
        secret,
        thresholds,
        journals,
        place,
        submission_days: settings.submission_days,
    };
    serve(&settings.listeners, service, |service| {
        println!("Nguon serves {}", service.public);
        println!("operators: {} (import, recalls, /readyz, /metrics)", service.admin);
    })
    .await
}

/// The copy in a file: as old as the file.
fn local_copy(path: &Path) -> Result<LocalCopy, Box<dyn Error>> {
    let said = |error: &dyn Error| format!("--local-copy {}: {error}", path.display());
    let made_at = std::fs::metadata(path).and_then(|file| file.modified()).map_err(|error| said(&error))?;
    let store = EmbeddedStore::open(path).map_err(|error| said(&error))?;
    Ok(LocalCopy { store: Arc::new(store), made_at: made_at.try_into()? })
}

/// What is served.
pub(super) struct Service {
    /// The registry and its ledger.
    pub(super) opened: Opened,
    /// Where declarations enter it.
    pub(super) desk: Desk,
    /// Where the time comes from.
    pub(super) clock: Arc<dyn Clock>,
    /// How long to wait for the store, and for how long to do without it.
    pub(super) patience: Patience,
    /// A copy of the registry to tell origins from while the store is away.
    pub(super) local_copy: Option<LocalCopy>,
    /// Links worth opening.
    pub(super) scans: &'static [Scan],
    /// Who runs it.
    pub(super) operator: Operator,
    /// What checks are hashed with; `None`: none are offered.
    pub(super) secret: Option<Secret>,
    /// The numbers that the rules on checks go by.
    pub(super) thresholds: Thresholds,
    /// Where checks and reports wait that could not be recorded.
    pub(super) journals: Journals,
    /// Where the places of checks come from, and the header that says so.
    pub(super) place: (Place, Option<HeaderName>),
    /// Memory for what is asked for often.
    pub(super) memory: Memory,
    /// Days for which a submission is kept that nobody touches.
    pub(super) submission_days: u16,
}

/// Where it is served.
pub(super) struct Addresses {
    /// The public listener, as an origin.
    pub(super) public: String,
    /// The operators' listener, as an origin.
    pub(super) admin: String,
}

/// Bind, say where, and serve until told to stop.
pub(super) async fn serve(
    listeners: &Listeners,
    service: Service,
    say: impl FnOnce(&Addresses),
) -> Result<ExitCode, Box<dyn Error>> {
    listeners.check()?;
    let bound = Bound::bind(listeners)?;
    let listening = Listeners { listen: bound.public_address()?, ..listeners.clone() };
    let site = Site { base_url: listening.origin(), demo: !service.scans.is_empty(), checks: service.secret.is_some() };
    let Service {
        opened: Opened { records: store, ledger, reports, people, submissions },
        clock,
        memory,
        patience,
        local_copy,
        ..
    } = service;
    let telemetry = Telemetry::of_this_process();
    let checks = match service.secret {
        Some(secret) => {
            let (store, clock) = (Arc::clone(&store), Arc::clone(&clock));
            let thresholds = service.thresholds;
            let telemetry = telemetry.clone();
            let journal = service.journals.checks;
            let setup = checks::Setup { store, ledger, clock, random, secret, thresholds, telemetry, journal };
            Some(Arc::new(Checks::over(setup).await?))
        }
        None => None,
    };
    let reports = Reception::over(reports, Arc::clone(&store), &telemetry).with_journal(service.journals.reports);
    let started = clock.now();
    let sweeping_clock = Arc::clone(&clock);
    let setup = Setup { store, clock, site, memory, patience, local_copy, telemetry: telemetry.clone() };
    let lookup = Lookup::over(setup).await?;
    let limits = Limits::new(listeners.per_client.quotas(), listeners.trusted_proxies.clone(), &telemetry);
    let (place, place_header) = service.place;
    let (scans, operator) = (service.scans, service.operator);
    let public = web::Data::new(Public { lookup, checks, place, place_header, reports, scans, limits, operator });
    if !scans.is_empty() {
        demo::rehearse(&public, started).await?;
    }
    let housekeeper = public.checks.clone().map(|checks| {
        let public = public.clone();
        tokio::spawn(async move { checks.keep_house(&public.lookup).await })
    });
    let sweeping = {
        let (public, submissions) = (public.clone(), Arc::clone(&submissions));
        let days = service.submission_days;
        tokio::spawn(async move {
            let clock = &*sweeping_clock;
            let submissions = desk::sweep(&*submissions, days, clock);
            tokio::join!(public.reports.sweep(clock), public.reports.pass_on(clock), submissions)
        })
    };
    let operator = listeners.admin_token.as_deref().map(TokenHash::of);
    let people = Office::over(people, operator, random);
    let tries = Meter::small(TRIES);
    let opened = desk::Opened::default();
    let admin = Admin { desk: service.desk, public: public.clone(), telemetry, submissions, opened, people, tries };
    let addresses = Addresses {
        public: format!("http://{}", listening.listen),
        admin: format!("http://{}", bound.admin_address()?),
    };
    say(&addresses);
    // Whoever started us may wait for these lines through a pipe.
    io::Write::flush(&mut io::stdout())?;
    let served = bound.serve(public, web::Data::new(admin)).await;
    sweeping.abort();
    if let Some(housekeeper) = housekeeper {
        housekeeper.abort();
    }
    served?;
    Ok(ExitCode::SUCCESS)
}
