//! Promise: every error says in one kind sentence, in both languages, what to do; no text of ours
//! speaks of copies or of the original.

use std::path::Path;

use gs1::{Language, Outcome, ParseError, read, read_link};
use rstest::rstest;

fn error(input: &str) -> ParseError {
    let reading = if input.starts_with('/') { read_link(input) } else { read(input.as_bytes()) };
    match reading.outcome {
        Outcome::Malformed(malformed) => malformed.error,
        other => panic!("{input} is no error: {other:?}"),
    }
}

#[rstest]
#[case("9520000010011", "check_digit", 12, Some('0'))]
#[case("952 0000 01001-1", "check_digit", 15, Some('0'))]
#[case("  9520000010011", "check_digit", 14, Some('0'))]
#[case("(01)09520000010011(10)A", "check_digit", 17, Some('0'))]
#[case("(01)09520000010010(10)A B", "cset_82", 23, None)]
#[case("(01)09520000010010(17)261331", "month", 24, None)]
#[case("]C1010952000001001017261331", "month", 23, None)]
#[case("/01/09520000010010/10/A%2FB%20C", "cset_82", 27, None)]
#[case("https://e.vn/01/09520000010010?17=261331", "month", 36, None)]
#[case("https://e.vn/01/09520000010010/17/261231", "not_in_path", 31, None)]
#[case("https://e.vn/01/9520000010011", "check_digit", 28, Some('0'))]
#[case("", "empty", 0, None)]
#[case(" \n", "empty", 2, None)]
#[case("]C1", "value_empty", 3, None)]
fn an_error_says_where_and_what(
    #[case] input: &str,
    #[case] code: &str,
    #[case] position: usize,
    #[case] expected: Option<char>,
) {
    let error = error(input);
    assert_eq!((error.code().as_str(), error.position()), (code, position));
    assert_eq!(error.expected_check_digit(), expected);
    for language in [Language::Vi, Language::En] {
        let sentence = error.message(language).to_string();
        assert!(sentence.ends_with('.'), "{sentence}");
        assert!(!sentence.contains("{}"));
        if let Some(digit) = expected {
            assert!(sentence.contains(digit), "{sentence}");
        }
    }
    assert_eq!(error.to_string(), error.message(Language::En).to_string());
}

#[test]
fn no_text_passes_judgement() {
    let words = ["giả", "thật", "chính hãng", "fake", "genuine", "authentic", "real"];
    let mut directories = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut files = 0;
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                directories.push(path);
                continue;
            }
            files += 1;
            let text = std::fs::read_to_string(&path).unwrap_or_default().to_lowercase();
            for word in words {
                assert!(!text.contains(word), "{word} in {}", path.display());
            }
        }
    }
    assert!(files > 40, "the sources were not found");
}
