//! Limits at the door: who asks, whether it is let in, and the headers that say so
//! (draft-ietf-httpapi-ratelimit-headers).

use std::time::Duration;

use actix_web::HttpRequest;

use super::Public;
use crate::limits::{Client, Decision, Meter};
use crate::lookup::{Question, Served, Way};
use crate::problem::Problem;

/// A request that was let in.
#[derive(Clone, Copy)]
pub(super) struct Admitted {
    client: Client,
}

/// Let a request for so many codes in.
pub(super) fn admit(request: &HttpRequest, public: &Public, codes: u32) -> Result<Admitted, Problem> {
    // Without a peer there is no connection; tests of handlers have none.
    let peer = request.peer_addr().map_or(core::net::Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
    let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let forwarded: Vec<&str> = forwarded.collect();
    let client = public.limits.clients.identify(peer, forwarded.into_iter());
    match public.limits.codes.take(client, codes, now_us(public)) {
        Decision::Through { .. } => Ok(Admitted { client }),
        Decision::Wait { after } => Err(wait(&public.limits.codes, "codes", after)),
    }
}

impl Admitted {
    /// Let one code through to the store: who has tried too many different codes that are not on record waits, but
    /// for what is in memory.
    pub(super) fn may_ask(self, public: &Public, question: &Question<'_>) -> Result<(), Problem> {
        match public.limits.unknown.peek(self.client, now_us(public)) {
            Decision::Wait { after } if !public.lookup.remembers(question) => {
                Err(wait(&public.limits.unknown, "unknown", after))
            }
            _ => Ok(()),
        }
    }

    /// Note what came of it: a code that is not on record and was not asked for lately.
    pub(super) fn note(self, public: &Public, served: &Served) {
        if served.way != Way::Hit && !served.body.is_on_record() {
            // Too late to refuse this one; the next finds the meter full.
            let _ = public.limits.unknown.take(self.client, 1, now_us(public));
        }
    }
}

fn now_us(public: &Public) -> u64 {
    u64::try_from(public.lookup.now().as_microsecond()).unwrap_or_default()
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
