//! Budgets and promises of the files themselves.

use super::{File, files};

/// The modules, under their immutable addresses.
fn modules() -> impl Iterator<Item = &'static File> {
    let place = format!("/widget/{}/", super::VERSION);
    files().iter().filter(move |file| file.content_type == "application/wasm" && file.path.starts_with(&place))
}

/// The one file whose path ends like this, under its immutable address.
fn immutable(ending: &str) -> File {
    *files().iter().find(|file| file.immutable && file.path.ends_with(ending)).unwrap()
}

/// Most that a page may load beside the card itself until that is drawn, in bytes of brotli.
const SCRIPT: usize = 6_700;
const MODULE: usize = 5_500;

#[test]
fn the_script_stays_within_its_budget() {
    let size = immutable(".js").brotli.len();
    assert!(size <= SCRIPT, "{size} bytes");
}

#[test]
fn a_module_stays_within_its_budget() {
    assert_eq!(modules().count(), 2);
    for module in modules() {
        let size = module.brotli.len();
        assert!(size <= MODULE, "{}: {size} bytes", module.path);
    }
}

#[test]
fn the_script_names_its_modules_and_the_hashes_they_must_have() {
    let script = str::from_utf8(immutable(".js").identity).unwrap();
    for module in modules() {
        let name = module.path.rsplit('/').next().unwrap();
        assert!(script.contains(&format!("./{name}")));
        assert!(script.contains(module.sri));
    }
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
    for module in modules() {
        for trace in ["/home/", "/root/", "/Users/", ".cargo/registry"] {
            let found = module.identity.windows(trace.len()).any(|window| window == trace.as_bytes());
            assert!(!found, "{}: {trace}", module.path);
        }
    }
}

#[test]
fn the_package_has_the_version_of_the_bundle() {
    assert!(include_str!("../../package.json").contains(&format!("\"version\": \"{}\"", super::VERSION)));
}

#[test]
fn a_shop_cannot_bring_its_own_answers() {
    let script = str::from_utf8(immutable(".js").identity).unwrap();
    assert!(script.contains("DEVELOPMENT=false"));
}

#[test]
fn the_style_of_a_printed_card_is_the_style_of_the_element() {
    let script = str::from_utf8(immutable(".js").identity).unwrap();
    assert!(script.contains(super::STYLE));
    assert!(!super::STYLE.contains('<'));
}
