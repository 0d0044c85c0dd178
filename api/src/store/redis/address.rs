//! Addresses of Redis: `redis://`, `rediss://` (TLS), `redis+sentinel://`, `redis+cluster://`.
//!
//! ```text
//! redis://[USER:PASSWORD@]HOST[:PORT][/DB]
//! redis+sentinel://[USER:PASSWORD@]HOST[:PORT],HOST[:PORT],…/MASTER[/DB]
//! redis+cluster://[USER:PASSWORD@]HOST[:PORT],HOST[:PORT],…
//! ```
//!
//! `?replicas=N` after any of them: a commit is to be on N replicas of each primary before it is acknowledged, and is
//! refused while there are fewer; at most 9. Without it, on one where any is connected (`replica`).
//!
//! `rediss`, `rediss+sentinel` and `rediss+cluster` speak TLS to every server and check certificates against the
//! system's roots. User and password are percent-encoded; both are for the data servers, and never shown again.

use core::fmt;
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use redis::{ConnectionAddr, ConnectionInfo, IntoConnectionInfo as _, ProtocolVersion, RedisConnectionInfo};

const SAY: &str = "write redis://HOST:PORT, rediss://HOST:PORT, redis+sentinel://HOST:PORT,HOST:PORT/MASTER or \
                   redis+cluster://HOST:PORT,HOST:PORT";
const REDIS_PORT: u16 = 6379;
/// Most replicas that may be asked for.
const MOST_REPLICAS: u32 = 9;
const SENTINEL_PORT: u16 = 26379;

/// A server: name or address, and port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Host {
    pub(super) name: String,
    pub(super) port: u16,
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.contains(':') {
            write!(f, "[{}]:{}", self.name, self.port)
        } else {
            write!(f, "{}:{}", self.name, self.port)
        }
    }
}

/// Which servers an address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Servers {
    /// One.
    One(Host),
    /// Whichever the sentinels call the master of this name.
    Sentinel { sentinels: Vec<Host>, master: String },
    /// The primaries of a Cluster, found from any of these.
    Cluster(Vec<Host>),
}

/// Where a registry lives in Redis.
#[derive(Clone, PartialEq, Eq)]
pub struct RedisAddress {
    pub(super) servers: Servers,
    tls: bool,
    user: Option<String>,
    password: Option<String>,
    db: i64,
    replicas: u32,
}

impl FromStr for RedisAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        parse(text).ok_or_else(|| SAY.to_owned())
    }
}

fn parse(text: &str) -> Option<RedisAddress> {
    let (scheme, rest) = text.split_once("://")?;
    let (family, form) = scheme.split_once('+').unwrap_or((scheme, ""));
    let tls = match family {
        "redis" => false,
        "rediss" => true,
        _ => return None,
    };
    let (secret, rest) = rest.rsplit_once('@').map_or((None, rest), |(secret, rest)| (Some(secret), rest));
    let (rest, replicas) = match rest.split_once('?') {
        Some((rest, query)) => (rest, replicas(query)?),
        None => (rest, 0),
    };
    let (user, password) = match secret {
        Some(secret) => {
            let (user, password) = secret.split_once(':')?;
            (Some(decoded(user)?).filter(|user| !user.is_empty()), Some(decoded(password)?))
        }
        None => (None, None),
    };
    let mut parts = rest.split('/');
    let hosts = parts.next()?;
    let (servers, db) = match form {
        "" => (Servers::One(host(hosts, REDIS_PORT)?), parts.next()),
        "sentinel" => {
            let master = parts.next().filter(|master| !master.is_empty())?.to_owned();
            (Servers::Sentinel { sentinels: list(hosts, SENTINEL_PORT)?, master }, parts.next())
        }
        "cluster" => (Servers::Cluster(list(hosts, REDIS_PORT)?), None),
        _ => return None,
    };
    let db = match db {
        None | Some("") => 0,
        Some(db) => db.parse::<u16>().ok()?.into(),
    };
    parts.all(str::is_empty).then_some(RedisAddress { servers, tls, user, password, db, replicas })
}

fn replicas(query: &str) -> Option<u32> {
    query.strip_prefix("replicas=")?.parse().ok().filter(|count| *count <= MOST_REPLICAS)
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Into::into)
}

fn list(hosts: &str, port: u16) -> Option<Vec<Host>> {
    hosts.split(',').map(|text| host(text, port)).collect()
}

fn host(text: &str, usual: u16) -> Option<Host> {
    let (name, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (name, port) = rest.split_once(']')?;
            (name, if port.is_empty() { None } else { Some(port.strip_prefix(':')?) })
        }
        None => text.split_once(':').map_or((text, None), |(name, port)| (name, Some(port))),
    };
    let port = port.map_or(Some(usual), |port| port.parse().ok())?;
    let sound = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control());
    (sound && port != 0).then(|| Host { name: name.to_owned(), port })
}

impl RedisAddress {
    /// Whether records are spread over slots.
    pub(super) const fn is_cluster(&self) -> bool {
        matches!(self.servers, Servers::Cluster(_))
    }

    /// How to connect to a data server.
    pub(super) fn to(&self, host: &Host, protocol: ProtocolVersion) -> Option<ConnectionInfo> {
        let mut settings = RedisConnectionInfo::default().set_db(self.db).set_protocol(protocol);
        if let Some(user) = &self.user {
            settings = settings.set_username(user);
        }
        if let Some(password) = &self.password {
            settings = settings.set_password(password);
        }
        Some(self.plain(host)?.set_redis_settings(settings))
    }

    /// How to connect to a sentinel.
    pub(super) fn plain(&self, host: &Host) -> Option<ConnectionInfo> {
        let (host, port) = (host.name.clone(), host.port);
        let addr = if self.tls {
            ConnectionAddr::TcpTls { host, port, insecure: false, tls_params: None }
        } else {
            ConnectionAddr::Tcp(host, port)
        };
        addr.into_connection_info().ok()
    }

    /// How many replicas of each primary a commit is to be on; 0: on one where any is connected.
    pub(super) const fn replicas(&self) -> u32 {
        self.replicas
    }

    pub(super) const fn speaks_tls(&self) -> bool {
        self.tls
    }
}

impl fmt::Display for RedisAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let family = if self.tls { "rediss" } else { "redis" };
        let joined = |hosts: &[Host]| hosts.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        match &self.servers {
            Servers::One(host) => write!(f, "{family}://{host}/{}", self.db)?,
            Servers::Sentinel { sentinels, master } => {
                write!(f, "{family}+sentinel://{}/{master}/{}", joined(sentinels), self.db)?;
            }
            Servers::Cluster(seeds) => write!(f, "{family}+cluster://{}", joined(seeds))?,
        }
        if self.replicas > 0 { write!(f, "?replicas={}", self.replicas) } else { Ok(()) }
    }
}

/// Without user and password.
impl fmt::Debug for RedisAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("redis://127.0.0.1", "redis://127.0.0.1:6379/0")]
    #[case("redis://127.0.0.1:7000/3", "redis://127.0.0.1:7000/3")]
    #[case("rediss://u:p%40ss@cache.example.vn:6380", "rediss://cache.example.vn:6380/0")]
    #[case("redis://[::1]:7000", "redis://[::1]:7000/0")]
    #[case("redis+sentinel://a:1,b/main", "redis+sentinel://a:1,b:26379/main/0")]
    #[case("redis+cluster://:secret@a:1,b:2,c:3", "redis+cluster://a:1,b:2,c:3")]
    #[case("redis+cluster://a:1,b:2?replicas=2", "redis+cluster://a:1,b:2?replicas=2")]
    #[case("redis+sentinel://u:p@a/main?replicas=1", "redis+sentinel://a:26379/main/0?replicas=1")]
    #[case("redis://h/2?replicas=0", "redis://h:6379/2")]
    fn an_address_is_read_and_shown_without_its_password(#[case] text: &str, #[case] shown: &str) {
        let address: RedisAddress = text.parse().unwrap();
        assert_eq!(address.to_string(), shown);
        assert_eq!(format!("{address:?}"), shown);
    }

    #[rstest]
    #[case("redis:/127.0.0.1")]
    #[case("http://127.0.0.1")]
    #[case("redis://")]
    #[case("redis://host:0")]
    #[case("redis://host:notaport")]
    #[case("redis://host/db")]
    #[case("redis://host/1/2")]
    #[case("redis+sentinel://a,b")]
    #[case("redis+cluster://a,,b")]
    #[case("redis+ring://a")]
    #[case("redis://a?replicas=10")]
    #[case("redis://a?replicas=-1")]
    #[case("redis://a?replicas=")]
    #[case("redis://a?replica=1")]
    fn what_is_no_address_is_refused(#[case] text: &str) {
        assert_eq!(text.parse::<RedisAddress>().unwrap_err(), SAY);
    }

    #[test]
    fn user_and_password_are_decoded() {
        let address: RedisAddress = "redis://us%3Aer:p%2Fw@h".parse().unwrap();
        assert_eq!((address.user.as_deref(), address.password.as_deref()), (Some("us:er"), Some("p/w")));
    }
}
