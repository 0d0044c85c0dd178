//! EPC URNs: parts between dots, percent-encoded where they are not digits.
//!
//! EPC Tag Data Standard, sections 6 to 8 and 12.

use core::fmt;

use super::bits::Binary;
use super::identity::{FORM, Gather, Identity};
use super::scheme::Scheme;
use super::{plus, tag};
use crate::error::{ErrorCode, ParseError};
use crate::percent::{self, Part};
use crate::read::is_urn;
use crate::text::Inline;

pub(super) fn parse(text: &str) -> Result<Identity, ParseError> {
    let scheme_unknown = ParseError::new(ErrorCode::EpcScheme, 8);
    if !is_urn(text) {
        return Err(ParseError::new(ErrorCode::EpcScheme, 0));
    }
    let rest = text.get(8..).unwrap_or_default();
    let (kind, rest) = rest.split_once(':').ok_or(FORM)?;
    if kind == "raw" {
        return raw(rest);
    }
    let (name, mut parts) = rest.split_once(':').ok_or(FORM)?;
    let name = match kind {
        "id" | "class" | "idpat" => name,
        "tag" | "pat" => {
            // A tag URI names its size behind the scheme, and a filter value before the rest.
            (_, parts) = parts.split_once('.').ok_or(FORM)?;
            name.split_once('-').map_or(name, |(scheme, _)| scheme)
        }
        _ => return Err(scheme_unknown),
    };
    let scheme = Scheme::named(name).ok_or(scheme_unknown)?;
    // The last part may hold dots of its own.
    let pieces = if scheme == Scheme::Itip { 2 } else { 0 };
    let mut parts = parts.splitn(2 + pieces + usize::from(scheme.has_serial()), '.');
    let mut part = || parts.next().ok_or(FORM);
    let prefix = part()?;
    let reference = part()?;
    let mut pieces = Gather::<4>::new();
    if scheme == Scheme::Itip {
        pieces.push(part()?.as_bytes())?;
        pieces.push(part()?.as_bytes())?;
    }
    let serial = match part() {
        Ok("*") if kind == "idpat" => "",
        Ok(serial) if scheme.has_serial() && !serial.is_empty() => serial,
        // The serial number of a document or a returnable asset may be left out.
        Ok("") if scheme.serial_in_key() => "",
        Err(_) if !scheme.has_serial() => "",
        _ => return Err(FORM),
    };
    if parts.next().is_some() || !(6..=12).contains(&prefix.len()) || !prefix.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(FORM);
    }
    Ok(Identity {
        scheme,
        prefix: Inline::new(prefix.as_bytes()).ok_or(FORM)?,
        reference: decoded(reference)?,
        pieces: pieces.done()?,
        serial: decoded(serial)?,
    })
}

/// `96.x3034…`: the bits themselves.
fn raw(text: &str) -> Result<Identity, ParseError> {
    let (_, hex) = text.split_once(".x").ok_or(FORM)?;
    let binary = Binary::from_hex(hex.as_bytes())?;
    match binary.as_bytes().first() {
        Some(&header) if !plus::is_header(header) => tag::decode(binary.as_bytes()),
        _ => Err(ParseError::new(ErrorCode::EpcScheme, 8)),
    }
}

fn decoded<const N: usize>(text: &str) -> Result<Inline<N>, ParseError> {
    let mut gathered = Gather::<N>::new();
    for (_, byte) in percent::decode(text.as_bytes(), Part::Path) {
        gathered.push(&[byte])?;
    }
    gathered.done()
}

pub(super) fn write(identity: &Identity, w: &mut impl fmt::Write) -> fmt::Result {
    let open = identity.scheme.has_serial() && identity.serial.as_bytes().is_empty();
    let kind = match identity.scheme {
        _ if open => "idpat",
        Scheme::Lgtin => "class",
        _ => "id",
    };
    let name = identity.scheme.as_str();
    write!(w, "urn:epc:{kind}:{name}:{}.", identity.prefix.as_str())?;
    escape(identity.reference.as_bytes(), w)?;
    if let Some((piece, total)) = identity.pieces.as_str().split_at_checked(2) {
        write!(w, ".{piece}.{total}")?;
    }
    if open {
        w.write_str(".*")?;
    } else if identity.scheme.has_serial() {
        w.write_char('.')?;
        escape(identity.serial.as_bytes(), w)?;
    }
    Ok(())
}

/// Only `"`, `%`, `&`, `/`, `<`, `>` and `?` are escaped in an EPC URN (section 6.3, table A-1).
fn escape(value: &[u8], w: &mut impl fmt::Write) -> fmt::Result {
    for &byte in value {
        if matches!(byte, b'"' | b'%' | b'&' | b'/' | b'<' | b'>' | b'?' | b'#') {
            write!(w, "%{byte:02X}")?;
        } else {
            w.write_char(char::from(byte))?;
        }
    }
    Ok(())
}
