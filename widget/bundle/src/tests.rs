//! Budgets and promises of the files themselves.

use super::{File, files};

/// The one file whose path ends like this, under its immutable address.
fn immutable(ending: &str) -> File {
    *files().iter().find(|file| file.immutable && file.path.ends_with(ending)).unwrap()
}

#[test]
fn the_script_stays_within_5_kb() {
    let size = immutable(".js").brotli.len();
    assert!(size <= 5 * 1024, "{size} bytes");
}

#[test]
fn the_module_stays_within_6_kb() {
    let size = immutable(".wasm").brotli.len();
    assert!(size <= 6 * 1024, "{size} bytes");
}

#[test]
fn script_module_and_a_card_of_1_5_kb_stay_within_12_kb() {
    let size = immutable(".js").brotli.len() + immutable(".wasm").brotli.len() + 1536;
    assert!(size <= 12 * 1024, "{size} bytes");
}

#[test]
fn the_script_names_its_module_and_the_hash_it_must_have() {
    let script = str::from_utf8(immutable(".js").identity).unwrap();
    let module = immutable(".wasm");
    let name = module.path.rsplit('/').next().unwrap();
    assert!(script.contains(&format!("./{name}")));
    assert!(script.contains(module.sri));
}

#[test]
fn the_script_needs_nothing_that_a_strict_policy_forbids() {
    let script = str::from_utf8(immutable(".js").identity).unwrap();
    for forbidden in ["innerHTML", "outerHTML", "insertAdjacent", "eval(", "new Function", "document.write", "<style"] {
        assert!(!script.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn every_file_comes_in_three_forms_and_the_compressed_ones_are_smaller() {
    for file in files() {
        assert!(file.path.starts_with("/widget/"));
        assert!(file.brotli.len() < file.identity.len(), "{}", file.path);
        assert!(file.gzip.len() < file.identity.len(), "{}", file.path);
        assert!(file.sri.starts_with("sha384-"));
    }
}

#[test]
fn the_module_carries_no_path_of_the_machine_that_built_it() {
    let module = immutable(".wasm").identity;
    for trace in ["/home/", "/root/", "/Users/", ".cargo/registry"] {
        assert!(!module.windows(trace.len()).any(|window| window == trace.as_bytes()), "{trace}");
    }
}
