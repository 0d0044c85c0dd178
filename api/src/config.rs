//! Every setting: its default, unit, flag and environment variable. A flag wins over its variable.

use core::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use nguon_openapi::Lang;

use crate::desk::SUBMISSION_DAYS;
use crate::limits::{Network, Quota, Quotas};
use crate::lookup::Memory;
use crate::registry::text::Text;
use crate::store::redis::RedisAddress;

/// Where the registry lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreAddress {
    /// `embedded:PATH`: one file.
    Embedded(PathBuf),
    /// `redis://…`, `redis+sentinel://…`, `redis+cluster://…`, and the same with `rediss`.
    Redis(RedisAddress),
}

impl FromStr for StoreAddress {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        match s.split_once(':') {
            Some(("embedded", path)) if !path.is_empty() => Ok(Self::Embedded(path.into())),
            Some((scheme, _)) if scheme.starts_with("redis") => s.parse().map(Self::Redis),
            _ => Err("write embedded:PATH, such as embedded:/var/lib/nguon/registry.redb, or redis://HOST".to_owned()),
        }
    }
}

/// The public origin: scheme and host, without a slash at its end. Links and cards are made of it, never of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// The origin.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BaseUrl {
    type Err = &'static str;
    fn from_str(s: &str) -> Result<Self, &'static str> {
        const SAY: &str = "write an origin such as https://id.example.vn, without path, query or user";
        let origin = s.strip_suffix('/').unwrap_or(s);
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).ok_or(SAY)?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']');
        if host.is_empty() || !host.bytes().all(plain) {
            return Err(SAY);
        }
        Ok(Self(origin.to_ascii_lowercase()))
    }
}

/// The two listeners.
#[derive(Clone, Debug, Args)]
pub struct Listeners {
    /// Address of the public listener.
    #[arg(long, env = "NGUON_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    pub listen: SocketAddr,

    /// Address of the listener for operators: import, recalls, revocations, health.
    #[arg(long, env = "NGUON_ADMIN_LISTEN", default_value = "127.0.0.1:8081", value_name = "ADDR")]
    pub admin_listen: SocketAddr,

    /// Token that the operators' listener asks for. Compulsory unless that listens on a loopback address.
    #[arg(long, env = "NGUON_ADMIN_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub admin_token: Option<String>,

    /// The public origin, as in <https://id.example.vn>. Default: http:// and the public listener's address.
    #[arg(long, env = "NGUON_BASE_URL", value_name = "URL")]
    pub base_url: Option<BaseUrl>,

    /// Networks of proxies whose X-Forwarded-For is believed, separated by commas, as in 10.0.0.0/8.
    #[arg(long, env = "NGUON_TRUSTED_PROXIES", value_delimiter = ',', value_name = "NETWORKS")]
    pub trusted_proxies: Vec<Network>,

    /// How much one client may ask.
    #[command(flatten)]
    pub per_client: PerClient,

    /// Threads that answer; 0: one per core.
    #[arg(long, env = "NGUON_WORKERS", default_value_t = 0, value_name = "N")]
    pub workers: usize,
}

/// How much one client may ask: an IPv4 address or an IPv6 /64.
#[derive(Clone, Copy, Debug, Args)]
pub struct PerClient {
    /// Codes that one client may ask for in a minute; as many as in five minutes in one go.
    #[arg(long, env = "NGUON_CODES_PER_MINUTE", default_value_t = 6_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub codes_per_minute: u32,

    /// Different codes not on record that one client may ask for in a minute; two hundred in one go.
    #[arg(long, env = "NGUON_UNKNOWN_PER_MINUTE", default_value_t = 60, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub unknown_per_minute: u32,

    /// Checks that one client may make a minute, in the long run.
    #[arg(long, env = "NGUON_CHECKS_PER_MINUTE", default_value_t = 200, value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..))]
    pub checks_per_minute: u32,

    /// Reports that one client may send in an hour; two fewer in one go, but three at least.
    #[arg(long, env = "NGUON_REPORTS_PER_HOUR", default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub reports_per_hour: u32,
}

impl PerClient {
    /// As quotas.
    #[must_use]
    pub fn quotas(self) -> Quotas {
        let period = Duration::from_mins(1);
        let (codes, unknown) = (self.codes_per_minute, self.unknown_per_minute);
        Quotas {
            // A batch of a hundred counts as a hundred.
            codes: Quota { burst: codes.saturating_mul(5), per_period: codes, period },
            // A busy shop meets unregistered goods all day; two hundred in one go are not shopping.
            unknown: Quota { burst: unknown.max(200), per_period: unknown, period },
            checks: Quota { burst: 200, per_period: self.checks_per_minute, period },
            reports: Quota {
                burst: self.reports_per_hour.max(5) - 2,
                per_period: self.reports_per_hour,
                period: Duration::from_hours(1),
            },
        }
    }
}

impl Default for PerClient {
    fn default() -> Self {
        Self { codes_per_minute: 6_000, unknown_per_minute: 60, checks_per_minute: 200, reports_per_hour: 5 }
    }
}

/// Memory for what is asked for often, in MiB; what it really takes is a little more.
#[derive(Clone, Copy, Debug, Args)]
pub struct Kept {
    /// Memory for cards as bytes: about 5 KiB each. 0: none is kept.
    #[arg(long, env = "NGUON_CARDS_MIB", default_value_t = 256, value_name = "MIB")]
    pub cards_mib: u32,

    /// Memory for products, lots and producers: about 3 KiB each. 0: none is kept.
    #[arg(long, env = "NGUON_RECORDS_MIB", default_value_t = 64, value_name = "MIB")]
    pub records_mib: u32,
}

impl Kept {
    /// As bytes for each tier.
    #[must_use]
    pub fn memory(self) -> Memory {
        const MIB: u64 = 1024 * 1024;
        Memory {
            records: u64::from(self.records_mib) * MIB,
            bodies: u64::from(self.cards_mib) * MIB,
            ..Memory::default()
        }
    }
}

/// Shortest token that is accepted, in bytes.
const TOKEN_MIN_BYTES: usize = 16;

impl Listeners {
    /// The public origin.
    #[must_use]
    pub fn origin(&self) -> String {
        self.base_url.as_ref().map_or_else(|| format!("http://{}", self.listen), |url| url.as_str().to_owned())
    }

    /// What would be unsafe to start with.
    ///
    /// # Errors
    /// What is missing, in words that say what to do.
    pub fn check(&self) -> Result<(), &'static str> {
        match &self.admin_token {
            Some(token) if token.len() < TOKEN_MIN_BYTES => Err("--admin-token must have at least 16 characters"),
            None if !is_loopback(self.admin_listen.ip()) => {
                Err("--admin-listen is not a loopback address: set --admin-token (or NGUON_ADMIN_TOKEN)")
            }
            _ => Ok(()),
        }
    }
}

fn is_loopback(ip: IpAddr) -> bool {
    ip.to_canonical().is_loopback()
}

/// Who runs the service, as `/about` and `/privacy` say it. What is not set is said to be missing.
#[derive(Clone, Debug, Args)]
pub struct Operator {
    /// Name of who runs this service, for its pages.
    #[arg(long = "operator-name", env = "NGUON_OPERATOR_NAME", value_name = "NAME", value_parser = name)]
    pub name: Option<String>,

    /// Where they can be reached: a telephone number, an e-mail address or an https address.
    #[arg(long = "operator-contact", env = "NGUON_OPERATOR_CONTACT", value_name = "CONTACT")]
    pub contact: Option<Contact>,

    /// Who reads reports, as reporters are told. Default: who runs this service.
    #[arg(long, env = "NGUON_REPORT_READER", value_name = "NAME", value_parser = name)]
    pub report_reader: Option<String>,

    /// Within how many days reports are read, as reporters are told.
    #[arg(long, env = "NGUON_REPORT_DAYS", default_value_t = REPORT_DAYS, value_name = "DAYS",
        value_parser = clap::value_parser!(u16).range(1..=365))]
    pub report_days: u16,
}

/// Default of `report_days`.
const REPORT_DAYS: u16 = 7;

impl Default for Operator {
    fn default() -> Self {
        Self { name: None, contact: None, report_reader: None, report_days: REPORT_DAYS }
    }
}

impl Operator {
    /// Who reads reports, in words.
    #[must_use]
    pub fn report_reader(&self, lang: Lang) -> &str {
        let named = self.report_reader.as_deref().or(self.name.as_deref());
        named.unwrap_or(lang.pick("Đơn vị vận hành trang này", "Who runs this service"))
    }

    /// The day by which a report of this moment is read, in Viet Nam.
    #[must_use]
    pub fn read_by_when(&self, received: Timestamp) -> Date {
        let day = crate::verify::today(received);
        day.checked_add(Span::new().days(self.report_days)).unwrap_or(day)
    }
}

fn name(given: &str) -> Result<String, crate::registry::text::TextError> {
    Text::try_from(given).map(String::from)
}

/// Where somebody can be reached, as a page makes a link of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// A telephone number, as it is written.
    Phone(String),
    /// An e-mail address.
    Email(String),
    /// An https address.
    Website(String),
}

impl Contact {
    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Phone(contact) | Self::Email(contact) | Self::Website(contact) => contact,
        }
    }
}

impl FromStr for Contact {
    type Err = &'static str;
    fn from_str(s: &str) -> Result<Self, &'static str> {
        let s = s.trim();
        let all = |allowed: &str| s.bytes().all(|b| b.is_ascii_alphanumeric() || allowed.as_bytes().contains(&b));
        let digits = s.bytes().filter(u8::is_ascii_digit).count();
        if s.strip_prefix("https://").is_some_and(|rest| !rest.starts_with('/')) && s.len() > 8 && all("-._~:/?=&%+") {
            Ok(Self::Website(s.to_owned()))
        } else if s.matches('@').count() == 1 && !s.starts_with('@') && !s.ends_with('@') && all("@._-+") {
            Ok(Self::Email(s.to_owned()))
        } else if digits > 2 && s.bytes().all(|b| b.is_ascii_digit() || b" .-()+".contains(&b)) {
            Ok(Self::Phone(s.to_owned()))
        } else {
            Err("write a telephone number, an e-mail address, or an address that begins with https://")
        }
    }
}

/// Checks by consumers.
#[derive(Clone, Debug, Default, Args)]
pub struct Checking {
    /// A file with the secret that receipts and PINs are hashed with: at least 32 characters, the same for all nodes, and
    /// never lost while PINs are on packs. A registry in a file gets one beside it (`PATH.secret`); with Redis no checks
    /// are offered until there is one. Make it with `openssl rand -hex 32`.
    #[arg(long, env = "NGUON_SECRET_FILE", value_name = "PATH")]
    pub secret_file: Option<PathBuf>,

    /// A JSON file with numbers of the rules on copied codes, in place of the usual ones: see the documentation of
    /// `checks::rules::Thresholds`.
    #[arg(long, env = "NGUON_CHECK_RULES", value_name = "PATH")]
    pub check_rules: Option<PathBuf>,

    /// A file where checks wait that could not be recorded because the store was away; made if it is not there. Reports
    /// wait beside it (`PATH.reports`), with contacts and photos, until they can be passed on: on a disk that is kept.
    /// Without one such checks and reports are refused. A registry in a file needs none.
    #[arg(long, env = "NGUON_JOURNAL", value_name = "PATH")]
    pub journal: Option<PathBuf>,

    /// A database in the `MaxMind` DB format that knows provinces and which addresses are fixed lines (`GeoIP2`
    /// Enterprise): only a fixed line has a place. Without places the rules on places are silent.
    #[arg(long, env = "NGUON_GEOIP", value_name = "PATH", conflicts_with = "place_header")]
    pub geoip: Option<PathBuf>,

    /// A header in which a trusted proxy says the province of a fixed line, as its code of two digits.
    #[arg(long, env = "NGUON_PLACE_HEADER", value_name = "NAME")]
    pub place_header: Option<String>,
}

/// Settings of `nguon serve`.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Where the registry lives: `embedded:PATH`, or `redis://…`, `redis+sentinel://…`, `redis+cluster://…`.
    #[arg(long, env = "NGUON_STORE", value_name = "STORE")]
    pub store: StoreAddress,

    /// Longest that a lookup waits for a store on the network, in milliseconds.
    #[arg(long, env = "NGUON_MISS_DEADLINE_MS", default_value_t = 240, value_name = "MS",
        value_parser = clap::value_parser!(u64).range(10..=10_000))]
    pub miss_deadline_ms: u64,

    /// How old an answer may be that is shown, marked as such, while the store cannot be asked, in seconds; 0: none is.
    /// May be changed while the service runs: PUT /v1/settings on the operators' listener.
    #[arg(long, env = "NGUON_STALE_LIMIT_S", default_value_t = 600, value_name = "S",
        value_parser = clap::value_parser!(u64).range(0..=86_400))]
    pub stale_limit_s: u64,

    /// A file with a copy of the registry (made by `nguon export` and `nguon import --store embedded:PATH`), read when
    /// the store is away: it tells what a product is and where it comes from, never a verdict.
    #[arg(long, env = "NGUON_LOCAL_COPY", value_name = "PATH")]
    pub local_copy: Option<PathBuf>,

    /// Days for which a submission of the publisher's desk that nobody touches is kept, with its files; what came on record
    /// by it stays, and can no longer be taken back there.
    #[arg(long, env = "NGUON_SUBMISSION_DAYS", default_value_t = SUBMISSION_DAYS, value_name = "DAYS",
        value_parser = clap::value_parser!(u16).range(1..=3_650))]
    pub submission_days: u16,

    /// The listeners.
    #[command(flatten)]
    pub listeners: Listeners,

    /// Who runs it.
    #[command(flatten)]
    pub operator: Operator,

    /// Checks by consumers.
    #[command(flatten)]
    pub checking: Checking,

    /// Memory.
    #[command(flatten)]
    pub kept: Kept,
}

impl Serve {
    /// Longest that a lookup waits for a store on the network.
    #[must_use]
    pub const fn miss_deadline(&self) -> Duration {
        Duration::from_millis(self.miss_deadline_ms)
    }

    /// How old an answer may be while the store cannot be asked.
    #[must_use]
    pub const fn stale_limit(&self) -> Duration {
        Duration::from_secs(self.stale_limit_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_and_host_and_nothing_else() {
        assert_eq!("https://Id.Example.vn/".parse::<BaseUrl>().unwrap().as_str(), "https://id.example.vn");
        assert!("http://127.0.0.1:8080".parse::<BaseUrl>().is_ok());
        for bad in ["id.example.vn", "https://", "https://a/b", "https://u@h", "https://h?x", "ftp://h", "https://h h"]
        {
            assert!(bad.parse::<BaseUrl>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_contact_is_something_that_can_be_called_written_to_or_opened() {
        let contact = |s: &str| s.parse::<Contact>();
        assert_eq!(contact(" 0225 3 123 456 "), Ok(Contact::Phone("0225 3 123 456".into())));
        assert_eq!(contact("hoi@id.example.vn"), Ok(Contact::Email("hoi@id.example.vn".into())));
        assert_eq!(contact("https://id.example.vn/x"), Ok(Contact::Website("https://id.example.vn/x".into())));
        for bad in
            ["", "https://", "http://a.vn", "javascript:alert(1)", "a@b?cc=c", "a@b@c", "gọi 113", "--", "https://a b"]
        {
            assert!(contact(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_open_admin_listener_needs_a_token() {
        let mut listeners = Listeners {
            listen: ([0, 0, 0, 0], 8080).into(),
            admin_listen: ([0, 0, 0, 0], 8081).into(),
            admin_token: None,
            base_url: None,
            trusted_proxies: Vec::new(),
            per_client: PerClient::default(),
            workers: 0,
        };
        assert!(listeners.check().is_err());
        listeners.admin_token = Some("short".into());
        assert!(listeners.check().is_err());
        listeners.admin_token = Some("0123456789abcdef".into());
        assert!(listeners.check().is_ok());
        listeners.admin_token = None;
        listeners.admin_listen = ([127, 0, 0, 1], 8081).into();
        assert!(listeners.check().is_ok());
    }
}
