//! Who asks: the address of the connection, or what a trusted proxy says, as a keyed hash of its network.
//!
//! IPv4 by the whole address, IPv6 by its /64 (RFC 6177: what one subscriber has). The hash never leaves the
//! process and its key is forgotten with it.

use core::hash::BuildHasher as _;
use core::net::{IpAddr, SocketAddr};
use core::str::FromStr;
use std::hash::RandomState;

/// A client: a hash, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(u64);

impl Client {
    /// A client by its hash.
    #[must_use]
    pub const fn from_hash(hash: u64) -> Self {
        Self(hash)
    }

    pub(super) const fn hash(self) -> u64 {
        self.0
    }
}

/// A network, as `192.0.2.0/24` or `2001:db8::/32`; without a length, one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: u128,
    mask: u128,
}

impl Network {
    fn contains(self, address: IpAddr) -> bool {
        bits(address) & self.mask == self.first
    }
}

/// Both families in one space: IPv4 as IPv4-mapped (RFC 4291 §2.5.5.2).
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

impl FromStr for Network {
    type Err = &'static str;
    fn from_str(s: &str) -> Result<Self, &'static str> {
        const SAY: &str = "write a network such as 10.0.0.0/8 or 2001:db8::/32, or one address";
        let (address, length) = s.split_once('/').map_or((s, None), |(address, length)| (address, Some(length)));
        let address: IpAddr = address.parse().map_err(|_| SAY)?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let length: u32 = length.map_or(Ok(width), |length| length.parse().map_err(|_| SAY))?;
        if length > width {
            return Err(SAY);
        }
        let mask = u128::MAX.checked_shl(width - length).unwrap_or(0);
        Ok(Self { first: bits(address) & mask, mask })
    }
}

/// Tells clients apart.
pub struct Clients {
    trusted_proxies: Vec<Network>,
    key: RandomState,
}

impl Clients {
    /// Clients behind proxies whose `X-Forwarded-For` is believed.
    #[must_use]
    pub fn behind(trusted_proxies: Vec<Network>) -> Self {
        Self { trusted_proxies, key: RandomState::new() }
    }

    /// The client of a connection, as [`Clients::address`] finds it.
    pub fn identify<'a>(&self, peer: IpAddr, forwarded: impl DoubleEndedIterator<Item = &'a str>) -> Client {
        Client(self.key.hash_one(network(self.address(peer, forwarded))))
    }

    /// The address of a client: to be hashed or looked up, never to be kept. `forwarded` are the values of `X-Forwarded-For`, in order: the last address that
    /// is not a trusted proxy's is the client's; what stands before it is its own claim.
    pub fn address<'a>(&self, peer: IpAddr, forwarded: impl DoubleEndedIterator<Item = &'a str>) -> IpAddr {
        let mut client = peer;
        if self.trusts(peer) {
            for claim in forwarded.rev().flat_map(|value| value.rsplit(',')) {
                let Some(address) = address(claim.trim()) else { break };
                client = address;
                if !self.trusts(address) {
                    break;
                }
            }
        }
        client
    }

    /// Something that many clients have in common, such as a code, as if it were one client.
    #[must_use]
    pub fn in_common(&self, what: &[u8]) -> Client {
        Client(self.key.hash_one(what))
    }

    /// Whether an address is a trusted proxy's.
    #[must_use]
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(address))
    }
}

/// An address as proxies write it: alone, or with a port (RFC 7239 §6 has both).
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// What of an address tells subscribers apart: IPv4 whole, of IPv6 the first 64 bits.
#[must_use]
pub fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits() & !u128::from(u64::MAX),
    }
}

impl core::fmt::Debug for Clients {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Clients").field("trusted_proxies", &self.trusted_proxies).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(s: &str) -> IpAddr {
        s.parse().unwrap()
    }

    fn clients() -> Clients {
        Clients::behind(vec!["10.0.0.0/8".parse().unwrap(), "2001:db8:1::/48".parse().unwrap()])
    }

    fn plain(clients: &Clients, peer: &str) -> Client {
        clients.identify(ip(peer), [].into_iter())
    }

    #[test]
    fn one_subscriber_has_one_ipv4_address_or_one_ipv6_64() {
        let clients = clients();
        assert_ne!(plain(&clients, "192.0.2.1"), plain(&clients, "192.0.2.2"));
        assert_eq!(plain(&clients, "2001:db8::1"), plain(&clients, "2001:db8::ffff:1"));
        assert_ne!(plain(&clients, "2001:db8::1"), plain(&clients, "2001:db8:0:1::1"));
        assert_eq!(plain(&clients, "::ffff:192.0.2.1"), plain(&clients, "192.0.2.1"));
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_for_the_last_hop_that_is_none() {
        let clients = clients();
        let real = plain(&clients, "192.0.2.1");
        assert_eq!(clients.identify(ip("10.1.1.1"), ["6.6.6.6, 192.0.2.1"].into_iter()), real);
        assert_eq!(clients.identify(ip("10.1.1.1"), ["6.6.6.6, 192.0.2.1, 10.2.2.2"].into_iter()), real);
        assert_eq!(clients.identify(ip("10.1.1.1"), ["6.6.6.6", "192.0.2.1"].into_iter()), real);
        assert_eq!(clients.identify(ip("10.1.1.1"), ["192.0.2.1:5678"].into_iter()), real);
        assert_eq!(clients.identify(ip("10.1.1.1"), ["[::ffff:192.0.2.1]:9"].into_iter()), real);
        assert_eq!(clients.identify(ip("192.0.2.1"), ["6.6.6.6"].into_iter()), real);
        assert_eq!(clients.identify(ip("10.1.1.1"), ["nonsense"].into_iter()), plain(&clients, "10.1.1.1"));
    }

    #[test]
    fn networks_are_read_and_nonsense_is_not() {
        assert!(
            "10.0.0.0/8".parse::<Network>().is_ok_and(|n| n.contains(ip("10.9.9.9")) && !n.contains(ip("11.0.0.1")))
        );
        assert!(
            "0.0.0.0/0".parse::<Network>().is_ok_and(|n| n.contains(ip("8.8.8.8")) && !n.contains(ip("2001:db8::1")))
        );
        assert!("::1".parse::<Network>().is_ok_and(|n| n.contains(ip("::1")) && !n.contains(ip("::2"))));
        for bad in ["", "10.0.0.0/33", "::/129", "a/8", "10.0.0.0/x"] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
    }
}
