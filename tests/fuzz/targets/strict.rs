//! Any bytes and any switches to the strict engine: no panic, and what is parsed and written is
//! parsed again to the same.
#![no_main]

use gs1::{Elements, Options, strict};
use libfuzzer_sys::fuzz_target;

fn written(elements: &Elements<'_>) -> String {
    let mut out = String::new();
    assert!(elements.write_element_string('^', &mut out).is_ok());
    out
}

fuzz_target!(|input: (u8, &[u8])| {
    let (switches, text) = input;
    let options = Options {
        permit_unknown_ais: switches & 1 != 0,
        permit_zero_suppressed_gtin: switches & 2 != 0,
        permit_convenience_alphas: switches & 4 != 0,
        unknown_ai_not_dl_attribute: switches & 8 != 0,
        tolerant: switches & 16 != 0,
    };
    let parsed =
        [strict::element_string(text, b'^', options), strict::bracketed(text, options), strict::link(text, options)];
    for elements in parsed.into_iter().flatten() {
        let _ = elements.check_associations();
        let mut brackets = String::new();
        assert!(elements.write_bracketed(&mut brackets).is_ok());
        let again = strict::bracketed(brackets.as_bytes(), options);
        assert_eq!(again.map(|again| written(&again)), Ok(written(&elements)));
        if let Ok(link) = elements.link(options) {
            let mut uri = String::new();
            assert!(link.write(strict::GS1_RESOLVER, &mut uri).is_ok());
        }
    }
    if let Ok(scan) = strict::scan(text, options) {
        let mut message = String::new();
        assert!(scan.write_message(&mut message).is_ok());
    }
});
