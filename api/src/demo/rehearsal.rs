//! Checks that the demonstration starts with: made by invented people in the days before, and counted by the same way
//! as anybody's, so that a copied code, a busy code and a used PIN look as they do in earnest.

use core::net::{IpAddr, Ipv4Addr};
use std::error::Error;

use jiff::{Span, Timestamp};

use crate::checks::{Given, PinLine};
use crate::lookup::Question;
use crate::routes::Public;
use crate::store::ledger::Province;
use nguon_openapi::{Context, Lang};

/// One invented check.
#[derive(Clone, Copy, Debug)]
struct Rehearsed {
    /// Digital Link path of the unit.
    path: &'static str,
    /// How long before the start.
    minutes_ago: i64,
    /// Who: the last number of an address that is kept for documentation (RFC 5737).
    who: u8,
    /// Where.
    province: u8,
    /// With what PIN.
    pin: Option<&'static str>,
}

/// A unit of herbal extract whose code was copied: checked all over the country.
const COPIED: &str = "/01/09520000070014/10/C07A/21/MHV1SNVREK2S";
/// A unit of dried lychee: checked often, in two provinces.
const BUSY: &str = "/01/09520000120016/10/V12A/21/4KC1SXC3SPDJ";
/// A unit of dried shrimp whose PIN was used.
const USED: &str = "/01/09520000100018/10/S10A/21/NE7H71N9WDZB";

/// The PINs of the demonstration: one that was used, and one to try.
const PINS: [&str; 2] = [
    r#"{"gtin":"09520000100018","serial":"NE7H71N9WDZB","pin":"K7PM-2QXD"}"#,
    r#"{"gtin":"09520000100018","serial":"5E3C3RF7MNWS","pin":"4821-7730"}"#,
];

/// The unit and the PIN that a visitor may try.
pub const PIN_TO_TRY: (&str, &str) = ("/01/09520000100018/10/S10A/21/5E3C3RF7MNWS", "4821-7730");

/// Provinces of the copied code, in the order in which it is met.
const PROVINCES: [u8; 8] = [31, 1, 22, 38, 48, 79, 92, 66];

fn rehearsed() -> Vec<Rehearsed> {
    let mut all = Vec::new();
    for n in 0..16_u8 {
        let (minutes_ago, province) = (2_400 - i64::from(n) * 140, PROVINCES[usize::from(n) % PROVINCES.len()]);
        all.push(Rehearsed { path: COPIED, minutes_ago, who: n + 1, province, pin: None });
    }
    for n in 0..7_u8 {
        let province = if n % 3 == 2 { 1 } else { 31 };
        all.push(Rehearsed { path: BUSY, minutes_ago: 1_200 - i64::from(n) * 150, who: n + 40, province, pin: None });
    }
    all.push(Rehearsed { path: USED, minutes_ago: 1_500, who: 60, province: 31, pin: Some("k7pm 2qxd") });
    all.sort_by_key(|it| core::cmp::Reverse(it.minutes_ago));
    all
}

/// Count them.
///
/// # Errors
/// When one cannot be counted.
pub async fn rehearse(public: &Public, now: Timestamp) -> Result<(), Box<dyn Error>> {
    let Some(checks) = &public.checks else { return Ok(()) };
    let pins: Vec<PinLine> = PINS.iter().map(|line| serde_json::from_str(line)).collect::<Result<_, _>>()?;
    checks.put_pins(&pins).await?;
    for it in rehearsed() {
        let given = Given {
            question: Question {
                input: it.path.into(),
                reading: gs1::read_link(it.path),
                lang: Lang::Vi,
                context: Context::Unit,
            },
            key: None,
            pin: it.pin.map(str::parse).transpose()?,
            receipt: None,
            address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, it.who)),
            province: Some(Province(it.province)),
        };
        let at = now.checked_sub(Span::new().minutes(it.minutes_ago)).unwrap_or(now);
        checks.check_at(&public.lookup, &given, at).await?;
    }
    Ok(())
}
