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

/// Most that a page may load until a card is drawn, in bytes of brotli: each part, and all of it.
const SCRIPT: usize = 5 * 1024;
const MODULE: usize = 6 * 1024;
const CARD: usize = 1_536;
const ALL: usize = 12 * 1024;

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
fn script_module_and_card_together_stay_within_12_kb() {
    let largest = modules().map(|module| module.brotli.len()).max().unwrap();
    let script = immutable(".js").brotli.len();
    assert!(script + largest + CARD <= ALL, "{script} + {largest} + {CARD} bytes");
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
        let algorithm = if std::path::Path::new(&file.path).extension().is_some_and(|extension| extension == "wasm") {
            "sha256-"
        } else {
            "sha384-"
        };
        assert!(file.sri.starts_with(algorithm), "{}", file.path);
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
fn window_reader_and_grammar_stay_within_245_kb() {
    let home = home_script().unwrap().path;
    let sizes = page_files().iter().filter(|file| file.path != home).map(|file| (file.path, file.brotli.len()));
    let sizes: Vec<_> = sizes.collect();
    let sum: usize = sizes.iter().map(|(_, size)| size).sum();
    assert!(sum <= 245 * 1024, "{sum} bytes: {sizes:?}");
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
    // What only those who work on the widget may do is not in the script at all.
    assert!(!script.contains("DEVELOPMENT") && !script.contains(".api"));
}

#[test]
fn the_style_of_a_printed_card_is_the_style_of_the_element() {
    let script = str::from_utf8(immutable(".js").identity).unwrap();
    // The script has what is there before a card, the modules have the rest.
    let before = super::STYLE.strip_suffix(super::CARD_STYLE).unwrap();
    assert!(script.contains(before));
    let rest = super::CARD_STYLE.as_bytes();
    for module in modules() {
        assert!(module.identity.windows(rest.len()).any(|window| window == rest), "{}", module.path);
    }
    assert!(!super::STYLE.contains('<'));
}
