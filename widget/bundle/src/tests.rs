//! Budgets and promises of the files themselves.

use super::{File, files, home_script, page_files};

/// The modules, under their immutable addresses.
fn modules() -> impl Iterator<Item = &'static File> {
    files().iter().filter(|file| {
        file.path.starts_with(&format!("/widget/{}/", super::VERSION)) && file.content_type == "application/wasm"
    })
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

/// The page's file whose name begins and ends like this.
fn of_page(stem: &str, extension: &str) -> File {
    let begin = format!("/assets/{stem}-");
    *page_files().iter().find(|file| file.path.starts_with(&begin) && file.path.ends_with(extension)).unwrap()
}

#[test]
fn the_first_page_carries_less_than_2_kb_of_script() {
    let size = home_script().unwrap().brotli.len();
    assert!(size <= 2 * 1024, "{size} bytes");
}

#[test]
fn window_and_reader_stay_within_205_kb_and_with_the_grammar_within_250() {
    let home = home_script().unwrap().path;
    let sizes = page_files().iter().filter(|file| file.path != home).map(|file| (file.path, file.brotli.len()));
    let (grammar, scanner): (Vec<_>, Vec<_>) = sizes.partition(|(path, _)| path.starts_with("/assets/code-"));
    let sum = |files: &[(&str, usize)]| files.iter().map(|(_, size)| size).sum::<usize>();
    assert!(sum(&scanner) <= 205 * 1024, "{scanner:?}");
    assert!(sum(&scanner) + sum(&grammar) <= 250 * 1024, "{scanner:?} {grammar:?}");
}

#[test]
fn what_helps_to_type_stays_within_55_kb() {
    let size = of_page("code", ".js").brotli.len() + of_page("code", ".wasm").brotli.len();
    assert!(size <= 55 * 1024, "{size} bytes");
}

#[test]
fn whoever_fetches_a_file_of_the_page_names_it_with_its_hash() {
    for (fetches, fetched) in [
        (("home", ".js"), ("code", ".js")),
        (("home", ".js"), ("scan", ".js")),
        (("code", ".js"), ("code", ".wasm")),
        (("scan", ".js"), ("scan", ".css")),
        (("reader", ".js"), ("reader", ".wasm")),
    ] {
        let script = str::from_utf8(of_page(fetches.0, fetches.1).identity).unwrap();
        let file = of_page(fetched.0, fetched.1);
        assert!(script.contains(&file.path.replace("/assets/", "./")), "{fetches:?} {fetched:?}");
        assert!(script.contains(file.sri), "{fetches:?} {fetched:?}");
    }
    // A worker cannot be given a hash; its name carries one.
    let script = str::from_utf8(of_page("scan", ".js").identity).unwrap();
    assert!(script.contains(&of_page("reader", ".js").path.replace("/assets/", "./")));
}

#[test]
fn no_script_of_the_page_makes_markup_or_keeps_anything() {
    for file in page_files().iter().filter(|file| file.content_type.starts_with("text/javascript")) {
        let script = str::from_utf8(file.identity).unwrap();
        for forbidden in [
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "eval(",
            "new Function",
            "document.write",
            "Storage",
            "cookie",
            "indexedDB",
        ] {
            assert!(!script.contains(forbidden), "{forbidden} in {}", file.path);
        }
    }
}

#[test]
fn no_module_carries_a_path_of_the_machine_that_built_it() {
    for module in modules().chain(page_files().iter().filter(|file| file.content_type == "application/wasm")) {
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
