//! Any bits and any URN: no panic, and what is decoded can be encoded and decoded again.
#![no_main]

use gs1::Elements;
use gs1::epc::{self, Coding};
use libfuzzer_sys::fuzz_target;

fn written(elements: &Elements<'_>) -> String {
    let mut out = String::new();
    assert!(elements.write_element_string('^', &mut out).is_ok());
    out
}

fn again(elements: &Elements<'_>) {
    for prefix_digits in 5..=13 {
        let mut urn = String::new();
        if epc::write_urn(elements, prefix_digits, &mut urn).is_ok() {
            assert!(epc::from_urn(&urn).is_ok(), "{urn}");
        }
        let _ = epc::to_binary(elements, 1, Coding::Partitioned { prefix_digits });
    }
    if let Ok(binary) = epc::to_binary(elements, 1, Coding::Plus) {
        assert!(epc::from_binary(binary.as_bytes()).is_ok(), "{binary}");
    }
}

fuzz_target!(|input: &[u8]| {
    if let Ok(elements) = epc::from_binary(input) {
        again(&elements);
    }
    if let Ok(elements) = epc::from_hex(input) {
        assert!(!written(&elements).is_empty());
    }
    let _ = epc::from_base64url(input);
    if let Ok(text) = core::str::from_utf8(input)
        && let Ok(elements) = epc::from_urn(text)
    {
        again(&elements);
    }
});
