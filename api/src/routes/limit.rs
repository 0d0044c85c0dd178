//! Limits at the door: who asks, whether it is let in, and the headers that say so
//! (draft-ietf-httpapi-ratelimit-headers).

use core::net::IpAddr;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header;
use jiff::Timestamp;

use super::Public;
use crate::limits::{Client, Decision, Meter};
use crate::lookup::{Fields, Question, Served, Way};
use crate::problem::Problem;
use crate::store::ledger::Province;

/// How long a stream waits for its share, in all, between two lots of codes.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// A request that was let in.
#[derive(Clone, Copy)]
pub(super) struct Admitted {
    client: Client,
}

/// Let a request for so many codes in.
pub(super) fn admit(request: &HttpRequest, public: &Public, codes: u32) -> Result<Admitted, Problem> {
    admit_at(request, public, codes, public.lookup.now())
}

/// Let a check in: it is written down, which costs more than a lookup.
pub(super) fn admit_check(request: &HttpRequest, public: &Public) -> Result<Admitted, Problem> {
    let client = identify(request, public);
    take(&public.limits.checks, "checks", client, 1, public.lookup.now())?;
    Ok(Admitted { client })
}

/// The same for whoever has looked at the clock.
pub(super) fn admit_at(
    request: &HttpRequest,
    public: &Public,
    codes: u32,
    now: Timestamp,
) -> Result<Admitted, Problem> {
    let client = identify(request, public);
    take(&public.limits.codes, "codes", client, codes, now)?;
    Ok(Admitted { client })
}

/// The same in the middle of a stream: there a client waits for its share instead of being refused.
pub(super) async fn admit_in_time(request: &HttpRequest, public: &Public, codes: u32) -> Result<Admitted, Problem> {
    let mut waited = Duration::ZERO;
    loop {
        let client = identify(request, public);
        match public.limits.codes.take(client, codes, micros(public.lookup.now())) {
            Decision::Through => return Ok(Admitted { client }),
            Decision::Wait { after } if waited + after <= LONGEST_WAIT => {
                waited += after;
                tokio::time::sleep(after).await;
            }
            Decision::Wait { after } => return Err(wait(&public.limits.codes, "codes", after)),
        }
    }
}

fn identify(request: &HttpRequest, public: &Public) -> Client {
    public.limits.clients.identify(peer(request), forwarded(request))
}

/// The address of a client: to be hashed or looked up, never to be kept.
pub(super) fn address(request: &HttpRequest, public: &Public) -> IpAddr {
    public.limits.clients.address(peer(request), forwarded(request))
}

/// The province of the client at an address, where it is known well enough to count.
pub(super) fn province(request: &HttpRequest, public: &Public, address: IpAddr) -> Option<Province> {
    let told = public.place_header.as_ref().filter(|_| public.limits.clients.trusts(peer(request)));
    // A proxy that adds to what a client sent does not say where the client is.
    let told = told.and_then(|name| {
        let mut values = request.headers().get_all(name);
        values.next().filter(|_| values.next().is_none())?.to_str().ok()
    });
    public.place.of(address, told)
}

fn peer(request: &HttpRequest) -> IpAddr {
    // Without a peer there is no connection; tests of handlers have none.
    request.peer_addr().map_or(core::net::Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip())
}

fn forwarded(request: &HttpRequest) -> impl DoubleEndedIterator<Item = &str> {
    let values = request.headers().get_all(header::X_FORWARDED_FOR);
    values.filter_map(|value| value.to_str().ok()).collect::<Vec<&str>>().into_iter()
}

impl Admitted {
    /// Ask, and weigh what came of it. What is on record is always told, to whoever asks: behind one address may be a
    /// whole shop, and a recall must reach it. Who has tried too many different codes that are not is told to wait.
    pub(super) async fn serve(
        self,
        public: &Public,
        question: &Question<'_>,
        fields: Fields,
    ) -> Result<Served, Problem> {
        let served = public.lookup.serve(question, fields).await?;
        self.weigh(public, served.way == Way::Hit || served.body.is_found())?;
        Ok(served)
    }

    /// Weigh an answer: whether what the code names is on record.
    pub(super) fn weigh(self, public: &Public, is_found: bool) -> Result<(), Problem> {
        if is_found { Ok(()) } else { self.tried_in_vain(public) }
    }

    /// Something was tried that is not there.
    pub(super) fn tried_in_vain(self, public: &Public) -> Result<(), Problem> {
        take(&public.limits.unknown, "unknown", self.client, 1, public.lookup.now())
    }
}

/// Let a report in: by this client, about this code, and through this other site's page if it comes from one.
pub(super) fn admit_report(
    request: &HttpRequest,
    public: &Public,
    code: &str,
    site: Option<&str>,
    now: Timestamp,
) -> Result<(), Problem> {
    let limits = &public.limits;
    let common = |kind: &str, name: &str| limits.clients.in_common([kind, name].join("\0").as_bytes());
    let together = [Some(common("code", code)), site.map(|site| common("site", site))];
    let asked = together.into_iter().flatten().map(|client| (&limits.reports_together, "reports-together", client));
    let mut all = [(&limits.reports, "reports", identify(request, public))].into_iter().chain(asked);
    all.try_for_each(|(meter, name, client)| take(meter, name, client, 1, now))
}

/// Whether a client may try one more token: one that has failed too often is told when to come back.
pub(super) fn may_try(request: &HttpRequest, public: &Public, failed: &Meter, now: Timestamp) -> Result<(), Problem> {
    match failed.look(identify(request, public), micros(now)) {
        Decision::Through => Ok(()),
        Decision::Wait { after } => Err(wait(failed, "tokens", after)),
    }
}

/// A client has tried a token that is none.
pub(super) fn failed(request: &HttpRequest, public: &Public, failed: &Meter, now: Timestamp) {
    let _ = failed.take(identify(request, public), 1, micros(now));
}

/// Take from a meter, or say when to come back.
fn take(meter: &Meter, name: &str, client: Client, count: u32, now: Timestamp) -> Result<(), Problem> {
    match meter.take(client, count, micros(now)) {
        Decision::Through => Ok(()),
        Decision::Wait { after } => Err(wait(meter, name, after)),
    }
}

fn micros(now: Timestamp) -> u64 {
    u64::try_from(now.as_microsecond()).unwrap_or_default()
}

fn wait(meter: &Meter, name: &str, after: Duration) -> Problem {
    let quota = meter.quota();
    let seconds = after.as_secs() + u64::from(after.subsec_nanos() > 0);
    Problem::too_many(
        seconds,
        format!("\"{name}\";q={};w={}", quota.per_period, quota.period.as_secs()),
        format!("\"{name}\";r=0;t={seconds}"),
    )
}
