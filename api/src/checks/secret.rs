//! What this service knows and nobody else does: one secret, from which a key is derived for each purpose (HKDF's
//! expand step, RFC 5869 §2.3, with one block). It is never stored with the data: whoever reads the store learns no
//! PIN and can write no receipt.

use core::str::FromStr;

use gs1::Serial;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::pin::Pin;
use super::receipt::Receipt;
use crate::registry::{ClientHash, Digest};
use crate::store::ledger::{Check, Unit};

/// Fewest bytes of a secret.
const SHORTEST: usize = 32;

/// The secret of a service, as keys. The same for all nodes, and for as long as the PINs on packs are to be known.
#[derive(Clone)]
pub struct Secret {
    idempotency: Key,
    receipt: Key,
    proof: Key,
    pin: Key,
    clients: Key,
    issue: Key,
}

#[derive(Clone)]
struct Key(Hmac<Sha256>);

/// HMAC under a key of 32 bytes: padded to a block, as RFC 2104 §2 has it.
pub(crate) fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    Hmac::new(&block.into())
}

impl Key {
    /// Of bytes of any length: they are hashed first.
    fn of(bytes: &[u8]) -> Self {
        Self(keyed(&Sha256::digest(bytes).into()))
    }

    /// The whole tag over parts, each with its length before it: no two lists of parts are the same bytes.
    fn tag(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    fn digest(&self, parts: &[&[u8]]) -> Digest {
        Digest::of_hash(&self.tag(parts))
    }
}

impl Secret {
    /// From random bytes.
    #[must_use]
    pub fn of(bytes: &[u8; 32]) -> Self {
        Self::from_bytes(bytes)
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        let whole = Key::of(bytes);
        let derived = |purpose: &str| Key::of(&whole.tag(&[b"nguon", purpose.as_bytes()]));
        Self {
            idempotency: derived("idempotency"),
            receipt: derived("receipt"),
            proof: derived("proof"),
            pin: derived("pin"),
            clients: derived("clients"),
            issue: derived("issue"),
        }
    }

    /// Under what a check is known again: the caller's key and the PIN, for the same key with another PIN is another
    /// check. Where the caller gave no key, its network and the minute stand for one: a form sent twice is one check, and
    /// nobody fills a store with keys of their own making.
    pub(super) fn idempotency(
        &self,
        given: Option<&str>,
        pin: Option<&Pin>,
        client: ClientHash,
        at: Timestamp,
    ) -> Digest {
        let pin = pin.map(Pin::as_bytes).unwrap_or_default();
        if let Some(key) = given {
            return self.idempotency.digest(&[b"given", key.as_bytes(), pin]);
        }
        let minute = at.as_second().div_euclid(60);
        self.idempotency.digest(&[b"made", &client.0.to_be_bytes(), &minute.to_be_bytes(), pin])
    }

    /// The key of a check whose own key was used by another client.
    pub(super) fn key_of_another(&self, check: &Check, receipt: &Receipt) -> Digest {
        self.idempotency.digest(&[b"another", receipt.as_bytes(), &check.visit.client.0.to_be_bytes()])
    }

    /// Tells secrets apart, and nothing else about them.
    pub(super) fn fingerprint(&self) -> [u8; 32] {
        self.proof.tag(&[b"fingerprint"])
    }

    /// The key under which a day's clients are hashed: the ledger's for that day, and this secret with it. Neither store
    /// nor backup alone leads to an address, and when the day's is destroyed nothing does.
    pub(super) fn of_day(&self, day: &[u8; 32]) -> [u8; 32] {
        self.clients.tag(&[day])
    }

    /// The receipt for a check. The same whenever it is asked for.
    pub(super) fn receipt(&self, unit: &Unit, key: Digest) -> Receipt {
        let tag = self.receipt.tag(&[&gtin(unit), serial(&unit.serial), &key.0]);
        Receipt::of(&tag)
    }

    /// What is kept of a receipt.
    pub(super) fn proof(&self, unit: &Unit, receipt: &Receipt) -> Digest {
        self.proof.digest(&[&gtin(unit), serial(&unit.serial), receipt.as_bytes()])
    }

    /// The key from which the serials and PINs of a publisher's order are drawn.
    pub(crate) fn of_order(&self, publisher: &str, order: &str) -> [u8; 32] {
        self.issue.tag(&[publisher.as_bytes(), order.as_bytes()])
    }

    /// What is kept of a PIN.
    pub(crate) fn pin(&self, unit: &Unit, pin: &Pin) -> Digest {
        self.pin.digest(&[&gtin(unit), serial(&unit.serial), pin.as_bytes()])
    }
}

fn gtin(unit: &Unit) -> [u8; 8] {
    unit.gtin.as_u64().to_be_bytes()
}

fn serial(serial: &Serial) -> &[u8] {
    serial.as_str().as_bytes()
}

/// Whether two digests are the same, in a time that does not tell where they differ.
pub(super) fn same(a: Digest, b: Digest) -> bool {
    let differences = a.0.iter().zip(b.0).fold(0_u8, |all, (a, b)| all | (a ^ b));
    core::hint::black_box(differences) == 0
}

/// A secret as its file holds it: at least 32 bytes, as hexadecimal digits, base64, or however else they are written;
/// space around them is no part of it.
impl FromStr for Secret {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.len() < SHORTEST {
            return Err("a secret has at least 32 characters: make one with `openssl rand -hex 32`");
        }
        Ok(Self::from_bytes(text.as_bytes()))
    }
}

impl core::fmt::Debug for Secret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(serial: &str) -> Unit {
        Unit { gtin: "09520000010010".parse().unwrap(), serial: serial.parse().unwrap() }
    }

    fn secret() -> Secret {
        Secret::of(&[7; 32])
    }

    #[test]
    fn nothing_is_the_same_for_two_units_two_secrets_or_two_purposes() {
        let at = |time: &str| time.parse::<Timestamp>().unwrap();
        let (now, client) = (at("2026-11-23T05:00:10Z"), ClientHash(1));
        let key = secret().idempotency(Some("a"), None, client, now);
        let (one, other) = (unit("S1"), unit("S2"));
        assert_eq!(secret().receipt(&one, key), secret().receipt(&one, key));
        assert_ne!(secret().receipt(&one, key), secret().receipt(&other, key));
        assert_ne!(secret().receipt(&one, key), Secret::of(&[8; 32]).receipt(&one, key));
        let pin: Pin = "1234".parse().unwrap();
        assert_ne!(secret().pin(&one, &pin), secret().pin(&other, &pin));
        // A key is one check, whoever sends it; with another PIN it is another.
        assert_eq!(key, secret().idempotency(Some("a"), None, ClientHash(2), at("2026-11-23T06:00:00Z")));
        assert_ne!(key, secret().idempotency(Some("a"), Some(&pin), client, now));
        // Without a key, one network within a minute is one check.
        let made = |client, time| secret().idempotency(None, None, client, at(time));
        assert_eq!(made(client, "2026-11-23T05:00:10Z"), made(client, "2026-11-23T05:00:50Z"));
        assert_ne!(made(client, "2026-11-23T05:00:10Z"), made(client, "2026-11-23T05:01:10Z"));
        assert_ne!(made(client, "2026-11-23T05:00:10Z"), made(ClientHash(2), "2026-11-23T05:00:10Z"));
    }

    #[test]
    fn a_secret_is_long_enough_and_is_never_printed() {
        assert!("short".parse::<Secret>().is_err());
        let secret: Secret = "  0123456789abcdef0123456789abcdef\n".parse().unwrap();
        assert_eq!(format!("{secret:?}"), "Secret");
    }

    #[test]
    fn digests_are_compared_whole() {
        let mut other = Digest([1; 16]);
        assert!(same(Digest([1; 16]), other));
        other.0[15] = 2;
        assert!(!same(Digest([1; 16]), other));
    }
}
