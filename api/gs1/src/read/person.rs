//! Documents of persons: recognised so that nothing of them is kept.
//!
//! Vietnamese identity cards (the QR code on both generations of the card), health insurance cards,
//! machine readable zones of passports and identity cards (ICAO 9303), contact cards.

/// Whether bytes are, or hold, a document of a person. Works on bytes, since old cards are written
/// in other encodings than UTF-8.
pub(super) fn is_document(text: &[u8]) -> bool {
    // All but contact cards hold a separator that nothing else people scan does.
    text.iter().any(|byte| matches!(byte, b'|' | b'<'))
        && (is_identity_card(text) || is_health_card(text) || is_machine_readable(text))
        || is_contact(text)
}

fn digits(field: &[u8], len: usize) -> bool {
    field.len() == len && field.iter().all(u8::is_ascii_digit)
}

/// `012345678901|old number|name|ddmmyyyy|sex|address|ddmmyyyy…`, the twelve digits being the
/// personal number, the old one of nine digits or absent.
fn is_identity_card(text: &[u8]) -> bool {
    let mut fields = text.split(|&byte| byte == b'|');
    let (Some(number), Some(old), Some(name), Some(born), Some(_sex)) =
        (fields.next(), fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return false;
    };
    digits(number, 12)
        && (old.is_empty() || digits(old, 9) || digits(old, 12))
        && !name.is_empty()
        && (digits(born, 8) || born.is_empty() || digits(born, 4))
}

/// `DN4012345678901|name in hexadecimal|dd/mm/yyyy|…` or, since 2021, ten digits in front.
fn is_health_card(text: &[u8]) -> bool {
    let mut fields = text.split(|&byte| byte == b'|');
    let (Some(number), Some(name), Some(born), Some(_)) = (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return false;
    };
    let numbered = digits(number, 10)
        || number
            .split_at_checked(2)
            .is_some_and(|(group, rest)| group.iter().all(u8::is_ascii_uppercase) && digits(rest, 13));
    let in_hexadecimal = name.len() >= 4 && name.iter().all(u8::is_ascii_hexdigit);
    let date = matches!(born, [_, _, b'/', _, _, b'/', ..]) || digits(born, 4);
    numbered && in_hexadecimal && date
}

/// The first line of a machine readable zone: a letter of the document, the state, filler.
fn is_machine_readable(text: &[u8]) -> bool {
    let of_a_document = matches!(text, [b'P' | b'I' | b'A' | b'C' | b'V', ..]);
    let filler = text.split(|&byte| byte == b'<').count();
    let zone = text.iter().filter(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || **byte == b'<').count();
    of_a_document && filler > 8 && zone >= 60
}

fn is_contact(text: &[u8]) -> bool {
    [&b"BEGIN:VCARD"[..], b"MECARD:", b"BIZCARD:"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)))
}
