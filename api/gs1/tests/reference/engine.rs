//! The cases of the engine: parsing, writing, associations, scanner data, escapes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gs1::percent::{Part, decode, encode};
use gs1::{Elements, Options, ParseError, strict};
use serde_json::Value;

use super::{bytes, cases, flag, linters, text};

/// Cases that we answer otherwise on purpose: kind, input, reason.
const DEVIATIONS: &[(&str, &str, &str)] = &[];

fn options(record: &Value) -> Options {
    Options {
        permit_unknown_ais: flag(record, "permitUnknownAIs"),
        permit_zero_suppressed_gtin: flag(record, "permitZeroSuppressedGTIN"),
        permit_convenience_alphas: flag(record, "convenienceAlphas"),
        unknown_ai_not_dl_attribute: flag(record, "unknownAInotDLattr"),
        ..Options::STRICT
    }
}

/// Whether the outcome is the expected one: accepted and written alike, or refused.
fn agrees(record: &Value, parsed: Result<Elements<'_>, ParseError>) -> bool {
    match parsed {
        Ok(elements) => {
            let mut written = String::new();
            elements.write_element_string('^', &mut written).expect("a string takes everything");
            flag(record, "ok") && record["expect"].as_str().is_none_or(|e| e == written)
        }
        Err(_) => !flag(record, "ok"),
    }
}

fn associations(check: &str, elements: &Elements<'_>) -> Result<(), ParseError> {
    match check {
        "validateAIrepeats" => elements.check_repetitions(),
        "validateAImutex" => elements.check_exclusions(),
        "validateAIrequisites" => elements.check_requirements(),
        "validateDigSigRequiresSerialisedKey" => elements.check_signature(),
        other => panic!("a check that is not known: {other}"),
    }
}

fn written(record: &Value) -> Option<String> {
    let input = bytes(text(record, "in"));
    let elements = strict::bracketed(&input, options(record)).ok()?;
    let link = elements.link(options(record)).ok()?;
    let mut out = String::new();
    let stem = record["stem"].as_str().unwrap_or(strict::GS1_RESOLVER);
    link.write(stem, &mut out).ok()?;
    Some(out)
}

fn scanned(record: &Value) -> Option<String> {
    let input = bytes(text(record, "in"));
    let scan = strict::scan(&input, options(record)).ok()?;
    let mut out = String::new();
    write!(out, "{:?} ", scan.symbology).ok()?;
    scan.write_message(&mut out).ok()?;
    Some(out)
}

/// The reference's names for what we call by the symbology.
fn symbology(name: &str) -> &str {
    match name {
        "QR" => "Qr",
        "DM" => "DataMatrix",
        "EAN13" => "Ean13",
        "EAN8" => "Ean8",
        "GS1_128_CCA" => "Gs1_128",
        "DataBarExpanded" => "DataBar",
        other => other,
    }
}

fn unescaped(input: &[u8], part: Part) -> String {
    decode(input, part).map(|(_, byte)| char::from(byte)).collect()
}

fn escaped(input: &[u8], part: Part) -> String {
    let mut out = String::new();
    encode(input, part, &mut out).expect("a string takes everything");
    out
}

fn holds(record: &Value) -> Option<bool> {
    let input = bytes(text(record, "in"));
    let both = |f: fn(&[u8], Part) -> String| {
        f(&input, Part::Path) == text(record, "expect_path") && f(&input, Part::Query) == text(record, "expect_query")
    };
    Some(match text(record, "kind") {
        "parseAIdata" => agrees(record, strict::bracketed(&input, options(record))),
        "processAIdata" => agrees(record, strict::element_string(&input, b'^', options(record))),
        "parseDLuri" => agrees(record, strict::link(&input, options(record))),
        "validateAIs" => {
            let elements = strict::bracketed(&input, options(record)).ok()?;
            associations(text(record, "check"), &elements).is_ok() == flag(record, "ok")
        }
        "linters" => {
            let fault = strict::bracketed(&input, options(record)).err();
            linters::expected(text(record, "errText")) == fault.map(|error| error.code())
        }
        "generateDLuri" => written(record).as_deref() == record["expect"].as_str(),
        "processScanData" => {
            // FNC1 inside the data of a GS1 symbol is written as what was scanned.
            let name = match (text(record, "sym"), text(record, "in").get(..3)) {
                ("QR", Some("]Q3")) => "Gs1Qr",
                ("DM", Some("]d2")) => "Gs1DataMatrix",
                ("DotCode", Some("]J1")) => "Gs1DotCode",
                (name, _) => symbology(name),
            };
            let expected = format!("{name} {}", text(record, "expect"));
            scanned(record) == flag(record, "ok").then_some(expected)
        }
        "URIunescape" => both(unescaped),
        "URIescape" => both(escaped),
        _ => return None,
    })
}

#[test]
fn the_engine_answers_as_the_reference_parser_does() {
    let Some(records) = cases("engine-vectors.jsonl") else {
        return;
    };
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut unlisted = Vec::new();
    let mut listed = 0;
    for record in &records {
        let kind = text(record, "kind");
        if matches!(kind, "generateScanData" | "errMarkup") {
            continue;
        }
        let holds = holds(record).unwrap_or_default();
        let count = counts.entry(kind).or_default();
        count.0 += usize::from(holds);
        count.1 += 1;
        let is_listed = DEVIATIONS.iter().any(|(of, input, _)| *of == kind && *input == text(record, "in"));
        listed += usize::from(is_listed && !holds);
        if holds == is_listed {
            unlisted.push(record);
        }
    }
    for (kind, (right, all)) in &counts {
        println!("engine {kind}: {right} of {all}");
    }
    let (right, all) = counts.values().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    println!("engine: {right} of {all}, {listed} deviations");
    assert!(unlisted.is_empty(), "unlisted: {unlisted:#?}");
}
