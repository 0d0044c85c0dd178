//! Any bytes: no panic, an error that points into the input, a canonical link that reads as the same
//! trade item, nothing of a person or a payment in the answer.
//!
//! Run it with `cargo +nightly fuzz run --fuzz-dir tests/fuzz read -- -dict=tests/fuzz/dictionary.txt`.
#![no_main]

use gs1::{Outcome, Reason, read, read_link};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let reading = read(input);
    match &reading.outcome {
        Outcome::TradeItem(item) => {
            let mut link = String::new();
            assert!(item.write_canonical(&mut link).is_ok());
            let again = read_link(&link);
            let Outcome::TradeItem(second) = again.outcome else {
                panic!("{link} reads as {again:?}");
            };
            assert_eq!(*item, second);
        }
        Outcome::Key(key) => {
            let mut link = String::new();
            assert!(key.write_path(&mut link).is_ok());
            let again = read_link(&link);
            assert!(matches!(again.outcome, Outcome::Key(second) if second == *key));
        }
        Outcome::NotProduct(not) if matches!(not.reason, Reason::PersonalDocument | Reason::PaymentCode) => {
            assert!(not.text.is_none() && not.key.is_none() && not.gtin.is_none());
            assert!(reading.elements.is_empty() && reading.host.is_none());
        }
        Outcome::Malformed(malformed) => {
            assert!(malformed.error.position() <= input.len());
        }
        _ => {}
    }
});
