//! A report as somebody wrote it, and what of it is taken: every bound and form is checked here. Pure.

use bytes::Bytes;
use gs1::{Gtin14, Outcome, Reason};
use nguon_openapi::{Lang, ReportReason};
use sha2::{Digest as _, Sha256};

use super::fault::{CONTACT_CHARS, Fault, PHOTO_BYTES, PLACE_CHARS, TEXT_CHARS};
use super::photo;
use crate::registry::text;

/// The fields as they came.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The code.
    pub code: String,
    /// Wire name of the reason.
    pub reason: String,
    /// In the reporter's words.
    pub text: String,
    /// How to reach the reporter.
    pub contact: String,
    /// Where it was bought or seen.
    pub place: String,
    /// The photo.
    pub photo: Option<Bytes>,
    /// Language of the reporter.
    pub lang: Lang,
}

/// What is taken of them.
#[derive(Clone, Debug)]
pub struct Draft {
    pub(super) code: String,
    pub(super) gtin: Option<Gtin14>,
    pub(super) reason: ReportReason,
    pub(super) text: Option<String>,
    pub(super) contact: Option<String>,
    pub(super) place: Option<String>,
    pub(super) photo: Option<Bytes>,
    pub(super) lang: Lang,
}

impl Draft {
    /// Check the fields.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn of(given: Given) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let gtin = match code(&given.code) {
            Ok(gtin) => gtin,
            Err(fault) => {
                faults.push(fault);
                None
            }
        };
        let reason: Option<ReportReason> = given.reason.parse().ok();
        if reason.is_none() {
            faults.push(Fault::NoReason);
        }
        let mut line = |raw: &str, lines, most, too_long, private| {
            let text = taken(raw, lines);
            if text.chars().count() > most {
                faults.push(too_long);
            } else if private_reason(&text).is_some() {
                faults.push(private);
            }
            Some(text).filter(|text| !text.is_empty())
        };
        let text = line(&given.text, true, TEXT_CHARS, Fault::TextTooLong, Fault::TextPrivate);
        let place = line(&given.place, false, PLACE_CHARS, Fault::PlaceTooLong, Fault::PlacePrivate);
        let contact = Some(taken(&given.contact, false)).filter(|contact| !contact.is_empty());
        if contact.as_ref().is_some_and(|contact| !can_be_reached(contact)) {
            faults.push(Fault::ContactForm);
        }
        let photo = given.photo.filter(|photo| !photo.is_empty());
        if let Some(photo) = &photo {
            if photo.len() > PHOTO_BYTES {
                faults.push(Fault::PhotoTooLarge);
            } else if let Err(fault) = photo::looks_readable(photo) {
                faults.push(fault);
            }
        }
        match reason {
            Some(reason) if faults.is_empty() => {
                Ok(Self { code: given.code, gtin, reason, text, contact, place, photo, lang: given.lang })
            }
            _ => Err(faults),
        }
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What tells this report from others that are sent under the same key.
    pub(super) fn digest(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        let texts = [&self.text, &self.contact, &self.place].map(|text| text.as_deref().unwrap_or_default().as_bytes());
        let [text, contact, place] = texts;
        let photo = self.photo.as_deref().unwrap_or_default();
        for part in [self.code.as_bytes(), self.reason.as_str().as_bytes(), text, contact, place, photo] {
            hasher.update(part.len().to_be_bytes());
            hasher.update(part);
        }
        hasher.finalize().into()
    }
}

/// The product in a code that may be kept.
fn code(code: &str) -> Result<Option<Gtin14>, Fault> {
    if code.trim().is_empty() {
        return Err(Fault::NoCode);
    }
    if code.len() > gs1::MAX_BYTES {
        return Err(Fault::CodeTooLong);
    }
    match private_reason(code) {
        Some(Reason::PaymentCode) => return Err(Fault::PaymentCode),
        Some(_) => return Err(Fault::PersonalDocument),
        None => {}
    }
    Ok(match gs1::read(code.as_bytes()).outcome {
        Outcome::TradeItem(item) => Some(item.gtin),
        Outcome::NotProduct(not) => not.gtin,
        Outcome::Key(_) | Outcome::Opaque(_) | Outcome::Malformed(_) => None,
    })
}

/// Why a text must not be kept: it is the code of a person's document or of a payment.
pub(crate) fn private_reason(text: &str) -> Option<Reason> {
    match gs1::read(text.as_bytes()).outcome {
        Outcome::NotProduct(not) => Some(not.reason).filter(|reason| reason.is_private()),
        _ => None,
    }
}

/// A text without what a reader cannot see: controls, and characters that turn its direction around. With `lines` line
/// breaks stay, and become one kind.
pub(super) fn taken(raw: &str, lines: bool) -> String {
    let raw = raw.replace("\r\n", "\n");
    let kept = raw.chars().filter_map(|c| match c {
        '\n' | '\r' if lines => Some('\n'),
        '\n' | '\r' | '\t' => Some(' '),
        c if text::is_forbidden(c) => None,
        c => Some(c),
    });
    text::composed(kept.collect()).trim().to_owned()
}

/// A telephone number of 8 to 15 digits (E.164 has no more), or an e-mail address.
fn can_be_reached(contact: &str) -> bool {
    if contact.chars().count() > CONTACT_CHARS {
        return false;
    }
    let digits = contact.bytes().filter(u8::is_ascii_digit).count();
    let number = contact.strip_prefix('+').unwrap_or(contact);
    if number.bytes().all(|b| b.is_ascii_digit() || b" .-()/".contains(&b)) {
        return (8..=15).contains(&digits);
    }
    let Some((name, host)) = contact.split_once('@') else { return false };
    let plain = |text: &str, also: &[u8]| text.bytes().all(|b| b.is_ascii_alphanumeric() || also.contains(&b));
    let labels: Vec<&str> = host.split('.').collect();
    !name.is_empty()
        && plain(name, b".!#$%&'*+/=?^_`{|}~-")
        && labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty() && plain(label, b"-"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn given(code: &str) -> Given {
        Given { code: code.to_owned(), reason: "seal_broken".to_owned(), ..Given::default() }
    }

    fn faults(given: Given) -> Vec<Fault> {
        Draft::of(given).err().unwrap_or_default()
    }

    #[test]
    fn a_code_and_a_reason_are_enough() {
        let draft = Draft::of(given("(01)09520000010010(10)L01A")).unwrap();
        assert_eq!(draft.gtin, Some("09520000010010".parse().unwrap()));
        assert_eq!([&draft.text, &draft.contact, &draft.place], [&None; 3]);
        for code in ["HP-MAU-0001", "https://example.vn/x?y=1", "9520000010011", "\u{1d}", "không phải mã"] {
            assert!(Draft::of(given(code)).is_ok(), "{code}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let wrong = Given {
            reason: "because".to_owned(),
            text: "x".repeat(TEXT_CHARS + 1),
            contact: "gọi tôi".to_owned(),
            place: "y".repeat(PLACE_CHARS + 1),
            photo: Some(Bytes::from_static(b"GIF89a")),
            ..given(" ")
        };
        let expected = [
            Fault::NoCode,
            Fault::NoReason,
            Fault::TextTooLong,
            Fault::PlaceTooLong,
            Fault::ContactForm,
            Fault::PhotoUnreadable,
        ];
        assert_eq!(faults(wrong), expected);
        assert_eq!(faults(given(&"9".repeat(2_049))), [Fault::CodeTooLong]);
    }

    #[test]
    fn a_persons_document_and_a_payment_are_refused_wherever_they_stand() {
        let document = "031190123456||Trần Thị Mẫu|05061985|Nữ|Hải Phòng|02032021";
        assert_eq!(faults(given(document)), [Fault::PersonalDocument]);
        assert_eq!(faults(Given { text: document.to_owned(), ..given("1") }), [Fault::TextPrivate]);
        assert_eq!(faults(Given { place: document.to_owned(), ..given("1") }), [Fault::PlacePrivate]);
        let payment = "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN6304F4E5";
        assert_eq!(faults(given(payment)), [Fault::PaymentCode]);
    }

    #[test]
    fn what_cannot_be_seen_is_left_out_and_lines_stay_lines() {
        assert_eq!(taken(" a\u{202E}b\u{200B}c\u{0}\u{1B}[31m ", true), "abc[31m");
        assert_eq!(taken("một\r\nhai\rba\n\tbốn", true), "một\nhai\nba\n bốn");
        assert_eq!(taken("một\r\nhai\tba", false), "một hai ba");
        assert_eq!(taken("a\u{302}\u{301}", false), "ấ");
    }

    #[rstest]
    #[case("0912 345 678", true)]
    #[case("+84 (225) 3.123.456", true)]
    #[case("lan.nguyen+mua@example.com.vn", true)]
    #[case("113", false)]
    #[case("0912 345 678 0912 345 678", false)]
    #[case("a@b", false)]
    #[case("a@b..vn", false)]
    #[case("a@b@c.vn", false)]
    #[case("a b@c.vn", false)]
    #[case("javascript:alert(1)", false)]
    #[case("=cmd|' /C calc'!A0", false)]
    #[case("https://example.vn", false)]
    fn a_contact_is_a_number_or_an_address(#[case] contact: &str, #[case] taken: bool) {
        let faults = faults(Given { contact: contact.to_owned(), ..given("1") });
        assert_eq!(faults.is_empty(), taken, "{faults:?}");
    }

    #[test]
    fn two_reports_differ_wherever_they_differ() {
        let digest = |given: Given| Draft::of(given).unwrap().digest();
        let first = digest(given("1"));
        assert_eq!(first, digest(given("1")));
        let others = [
            given("2"),
            Given { text: "x".to_owned(), ..given("1") },
            Given { place: "x".to_owned(), ..given("1") },
            Given { reason: "other".to_owned(), ..given("1") },
            Given { contact: "0912345678".to_owned(), ..given("1") },
            Given { photo: Some(Bytes::from_static(b"\xFF\xD8\xFF")), ..given("1") },
        ];
        assert!(others.into_iter().all(|other| digest(other) != first));
    }

    proptest! {
        #[test]
        fn what_is_taken_holds_nothing_unseen(raw: String) {
            let text = taken(&raw, true);
            prop_assert!(text.chars().all(|c| c == '\n' || !text::is_forbidden(c)));
            prop_assert_eq!(taken(&text, true), text);
        }
    }
}
