//! A script of ours as tokens, for `shorten`: words, texts, patterns, and single characters of everything else.

use std::collections::BTreeMap;

use crate::Result;

const KEYWORDS: [&str; 28] = [
    "async",
    "await",
    "catch",
    "class",
    "const",
    "constructor",
    "delete",
    "else",
    "extends",
    "false",
    "for",
    "function",
    "get",
    "if",
    "let",
    "new",
    "null",
    "of",
    "return",
    "set",
    "static",
    "super",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "while",
];

/// Whether a character may stand in a word.
pub(crate) fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '#')
}

/// Whether a token is an opening bracket, or the part of a template before what is put into it.
pub(crate) fn opens(token: &str) -> bool {
    matches!(token, "(" | "[" | "{") || token.ends_with("${")
}

/// Whether a token is a name that somebody gave.
pub(crate) fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| is_of_word(c) && !c.is_ascii_digit()) && !KEYWORDS.contains(&token)
}

/// Words, texts, patterns, and single characters of everything else.
pub(crate) fn tokens(script: &str) -> Result<Vec<String>> {
    let mut tokens = Vec::new();
    let mut rest = script.trim_start();
    while let Some(first) = rest.chars().next() {
        let len = match first {
            '\'' => text_len(rest, first)?,
            '`' => template_len(rest)?,
            '/' => pattern_len(rest)?,
            c if is_of_word(c) => rest.find(|c| !is_of_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at(len);
        if first == '`' {
            template(token, &mut tokens)?;
        } else {
            tokens.push(token.to_owned());
        }
        rest = after.trim_start();
    }
    Ok(tokens)
}

/// A template's own text as it is, and the tokens of what is put into it.
fn template(text: &str, out: &mut Vec<String>) -> Result<()> {
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once("${") {
        let (inner, after) = inner.split_once('}').ok_or("a template without an end")?;
        out.push(format!("{before}${{"));
        out.extend(tokens(inner)?);
        rest = after;
        out.push("}".to_owned());
    }
    out.push(rest.to_owned());
    Ok(())
}

fn text_len(rest: &str, quote: char) -> Result<usize> {
    let end = rest[1..].find(quote).ok_or("a text without an end")?;
    Ok(end + 2)
}

fn template_len(rest: &str) -> Result<usize> {
    text_len(rest, '`')
}

fn pattern_len(rest: &str) -> Result<usize> {
    let (mut in_class, mut is_escaped) = (false, false);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return Ok(at + 1),
            _ => {}
        }
    }
    Err("a pattern without an end".into())
}

/// Puts the numbers that are declared outside of functions where they are used.
pub(crate) fn inlined(tokens: Vec<String>) -> Vec<String> {
    let mut numbers = BTreeMap::new();
    let mut rest = Vec::with_capacity(tokens.len());
    for token in tokens {
        rest.push(token);
        if let [.., word, name, equals, number, end] = rest.as_slice()
            && word == "const"
            && equals == "="
            && number.starts_with(|c: char| c.is_ascii_digit())
            && end == ";"
        {
            numbers.insert(name.clone(), number.replace('_', ""));
            rest.truncate(rest.len() - 5);
        }
    }
    rest.into_iter().map(|token| numbers.get(&token).cloned().unwrap_or(token)).collect()
}

/// Whether a token may be left out: what stands before a closing bracket and separates nothing, brackets around the
/// one parameter of an arrow function.
pub(crate) fn is_spare(tokens: &[String], n: usize) -> bool {
    let at = |n: usize| tokens.get(n).map_or("", String::as_str);
    let is_parameter = |n: usize| {
        is_name(at(n)) && at(n.wrapping_sub(1)) == "(" && at(n + 1) == ")" && at(n + 2) == "=" && at(n + 3) == ">"
    };
    match at(n) {
        "," => matches!(at(n + 1), ")" | "]" | "}"),
        ";" => at(n + 1) == "}",
        "(" => is_parameter(n + 1),
        ")" => is_parameter(n.wrapping_sub(1)),
        _ => false,
    }
}
