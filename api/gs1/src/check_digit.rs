//! Check digits and check character pairs: computing them. Refusing a value for them is `lint`'s.
//!
//! GS1 General Specifications 7.9.1 (modulo 10) and 7.9.5 (the pair of the GMN, modulo 1021).

/// The modulo-10 check digit, as an ASCII digit, of the digits before it.
///
/// Callers look at the characters first; what is no digit makes the answer meaningless.
#[must_use]
pub fn modulo_10(digits_before: &[u8]) -> u8 {
    let mut sum: u32 = 0;
    let mut weight = 3;
    for &digit in digits_before.iter().rev() {
        sum = sum.wrapping_add(u32::from(digit & 0x0f) * weight);
        weight ^= 2;
    }
    let check = (10 - sum % 10) % 10;
    b'0' + check as u8
}

/// Weights of the pair: the primes from 2 up, the last character before the pair weighs 2.
const PRIMES: [u16; 97] = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
    113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193, 197, 199, 211, 223, 227, 229, 233, 239,
    241, 251, 257, 263, 269, 271, 277, 281, 283, 293, 307, 311, 313, 317, 331, 337, 347, 349, 353, 359, 367, 373, 379,
    383, 389, 397, 401, 409, 419, 421, 431, 433, 439, 443, 449, 457, 461, 463, 467, 479, 487, 491, 499, 503, 509,
];

/// The characters of CSET 82 in the order of their values.
const CSET82_ORDER: &[u8; 82] = b"!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

/// The 32 characters that a pair is written with.
const PAIR: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The most characters that can stand before a check character pair.
pub const PAIR_MAX: usize = PRIMES.len();

/// The check character pair of the CSET 82 characters before it; `None` for a foreign character or
/// more than [`PAIR_MAX`] of them.
#[must_use]
pub fn pair(before: &[u8]) -> Option<[u8; 2]> {
    if before.len() > PAIR_MAX {
        return None;
    }
    let mut sum: u32 = 0;
    for (&byte, &prime) in before.iter().rev().zip(&PRIMES) {
        let value = CSET82_ORDER.iter().position(|&known| known == byte)?;
        sum += u32::try_from(value).ok()? * u32::from(prime);
    }
    let sum = (sum % 1021) as usize;
    Some([PAIR[sum >> 5], PAIR[sum & 31]])
}
