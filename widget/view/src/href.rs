//! Which addresses may become links or pictures. ASCII only: an address in any other script can be written in ASCII,
//! and cannot then be mistaken for another one.

/// A path on this service.
pub(crate) fn is_own(address: &[u8]) -> bool {
    is_plain(address) && address.starts_with(b"/") && !address.starts_with(b"//")
}

/// An address to follow: a path on this service, https, or a service that runs on the reader's own machine.
/// Everything else (`javascript:`, `data:`, plain http, `//host`, `/\host`, addresses with blanks or control
/// characters, `https://shop.example@evil.example/`) is refused.
pub(crate) fn is_link(address: &[u8]) -> bool {
    is_own(address) || (is_plain(address) && host(address).is_some())
}

/// The host, with its port, of an absolute address that [`is_link`].
pub(crate) fn host(address: &[u8]) -> Option<&[u8]> {
    let rest = address.strip_prefix(b"https://").or_else(|| {
        address
            .strip_prefix(b"http://")
            .filter(|rest| rest.starts_with(b"127.0.0.1:") || rest.starts_with(b"localhost:"))
    })?;
    let end = rest.iter().position(|b| matches!(b, b'/' | b'?' | b'#' | b'@')).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end)?;
    (!host.is_empty() && !path.starts_with(b"@")).then_some(host)
}

fn is_plain(address: &[u8]) -> bool {
    address.iter().all(|b| *b > b' ' && *b < 0x7f && *b != b'\\')
}

/// Whether this is an e-mail address of the plain kind; no header can be smuggled in.
pub(crate) fn is_email(address: &[u8]) -> bool {
    let mut ats = 0;
    address.iter().all(|b| {
        ats += u8::from(*b == b'@');
        b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'@')
    }) && ats == 1
}

/// The digits of a telephone number, as `tel:` wants them, written over the first `len` bytes of `number`; nothing
/// when it does not look like one.
pub(crate) fn dialled(number: &mut [u8], len: usize) -> &[u8] {
    let mut end = 0;
    for at in 0..len {
        let byte = number.get(at).copied().unwrap_or_default();
        if byte.is_ascii_digit() || byte == b'+' {
            if let Some(slot) = number.get_mut(end) {
                *slot = byte;
                end += 1;
            }
        } else if !matches!(byte, b' ' | b'.' | b'-' | b'(' | b')') {
            return &[];
        }
    }
    number.get(..end).unwrap_or_default()
}
