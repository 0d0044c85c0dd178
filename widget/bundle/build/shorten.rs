//! Gives the names of our own scripts one letter: private names, and every name that is declared in the script, where
//! it does not name a property. One name becomes the same letter everywhere, so scopes need no study; names of different
//! functions may share one.
//!
//! This is no parser of JavaScript. It knows what our scripts are written in: every statement ends with a semicolon,
//! `/` only ever begins a pattern, comments have been taken away. What would need more is refused: `{ a, b }` as a
//! value or a pattern is to be written out.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Result,
    tokens::{inlined, is_name, is_of_word, is_spare, opens, tokens},
};

/// A script in as few bytes as names and blanks allow.
pub(crate) fn shorten(script: &str) -> Result<String> {
    let tokens = inlined(tokens(script)?);
    let properties = properties(&tokens)?;
    let letters = letters(&tokens, &properties)?;
    let mut out = String::with_capacity(script.len());
    for (n, (token, is_property)) in tokens.iter().zip(properties).enumerate() {
        if is_spare(&tokens, n) {
            continue;
        }
        let letter = letters.get(token.as_str()).filter(|_| !is_property);
        let written = letter.unwrap_or(token);
        if let (Some(last), Some(first)) = (out.chars().next_back(), written.chars().next())
            && (is_of_word(last) && is_of_word(first) || last == first && matches!(first, '+' | '-'))
        {
            out.push(' ');
        }
        out.push_str(written);
    }
    Ok(out)
}

/// The letters for names, the most frequent name first. Names inside of functions share letters where they never meet:
/// few letters, often repeated, compress best.
fn letters<'t>(tokens: &'t [String], properties: &[bool]) -> Result<BTreeMap<&'t str, String>> {
    let declared = declared(tokens)?;
    let items = items(tokens);
    let mut seen: BTreeMap<&str, (usize, BTreeSet<usize>)> = BTreeMap::new();
    let mut taken = BTreeSet::from(["do", "if", "in"]);
    for (n, token) in tokens.iter().enumerate().filter(|(n, _)| !properties[*n]) {
        if token.starts_with('#') || declared.contains_key(token.as_str()) {
            let (count, places) = seen.entry(token).or_default();
            *count += 1;
            places.insert(items[n]);
        } else {
            taken.insert(token);
        }
    }
    // What is declared outside of functions is seen everywhere.
    let is_global = |name: &str| name.starts_with('#') || declared.get(name) == Some(&true);
    let mut names: Vec<_> = seen.into_iter().collect();
    names.sort_by_key(|(name, (count, _))| (!is_global(name), core::cmp::Reverse(*count), *name));
    let alphabet = ('a'..='z').chain('A'..='Z').map(String::from);
    let pairs = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("{a}{b}")));
    let free: Vec<String> = alphabet.chain(pairs).filter(|name| !taken.contains(name.as_str())).collect();
    let mut given: BTreeMap<&str, String> = BTreeMap::new();
    // Where each letter is in use; `None` for everywhere. Private names have letters of their own.
    let mut in_use: BTreeMap<String, Option<BTreeSet<usize>>> = BTreeMap::new();
    for (name, (_, places)) in names {
        let mark = if name.starts_with('#') { "#" } else { "" };
        let meets = |letter: &String| match in_use.get(letter) {
            None => false,
            Some(None) => true,
            Some(Some(others)) => is_global(name) || !others.is_disjoint(&places),
        };
        let letter = free.iter().map(|letter| format!("{mark}{letter}")).find(|letter| !meets(letter));
        let letter = letter.ok_or("the script has more names than there are letters")?;
        let places_of_letter = in_use.entry(letter.clone()).or_insert_with(|| Some(BTreeSet::new()));
        match places_of_letter {
            Some(others) if !is_global(name) => others.extend(places),
            everywhere => *everywhere = None,
        }
        given.insert(name, letter);
    }
    Ok(given)
}

/// Which statement outside of functions, or member of a class, each token belongs to.
fn items(tokens: &[String]) -> Vec<usize> {
    let (mut item, mut depth, mut class_depth) = (0, 0_usize, 0);
    let mut items = Vec::with_capacity(tokens.len());
    for token in tokens {
        items.push(item);
        match token.as_str() {
            "class" => class_depth = 1,
            token if opens(token) => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if matches!(token.as_str(), ";" | "}") && depth <= class_depth {
            item += 1;
            if depth == 0 && token == "}" {
                class_depth = 0;
            }
        }
    }
    items
}

/// Which tokens name a property: after a dot, before a colon, of a method.
fn properties(tokens: &[String]) -> Result<Vec<bool>> {
    let at = |n: usize| tokens.get(n).map_or("", String::as_str);
    let mut open = Vec::new();
    let mut found = Vec::with_capacity(tokens.len());
    for n in 0..tokens.len() {
        let token = at(n);
        match token {
            token if opens(token) => open.push(token),
            "}" | ")" | "]" => drop(open.pop()),
            _ => {}
        }
        let (before, after) = (at(n.wrapping_sub(1)), at(n + 1));
        let begins = matches!(before, "{" | ",") && open.last() == Some(&"{");
        if is_name(token) && begins && matches!(after, "," | "}") {
            return Err(format!("{token} in braces is to be written out").into());
        }
        let is_spread = before == "." && at(n.wrapping_sub(2)) == ".";
        let is_method = after == "("
            && matches!(before, "{" | "}" | ";" | "," | "get" | "set" | "async")
            && at(closing(tokens, n + 1) + 1) == "{";
        found.push(
            is_name(token)
                && !token.starts_with('#')
                && (before == "." && !is_spread || begins && after == ":" || is_method || before == "static"),
        );
    }
    Ok(found)
}

/// Where the bracket at `open` is closed.
fn closing(tokens: &[String], open: usize) -> usize {
    let mut depth = 0_usize;
    for (n, token) in tokens.iter().enumerate().skip(open) {
        match token.as_str() {
            token if opens(token) => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return n;
        }
    }
    tokens.len()
}

/// Names that the script declares (variables, functions, classes, parameters), and whether outside of functions.
fn declared(tokens: &[String]) -> Result<BTreeMap<&str, bool>> {
    let at = |n: usize| tokens.get(n).map_or("", String::as_str);
    let mut found = BTreeMap::new();
    let mut depth = 0_usize;
    for n in 0..tokens.len() {
        let mut add = |name, is_outside| *found.entry(name).or_insert(false) |= is_outside;
        match at(n) {
            "const" | "let" if at(n + 1) == "{" => return Err("a pattern in braces is to be written out".into()),
            "const" | "let" => {
                // One, or several in brackets, up to the value or the end.
                let names = tokens.iter().skip(n + 1).map(String::as_str);
                for name in names.take_while(|token| !matches!(*token, "=" | ";" | "of")).filter(|token| is_name(token))
                {
                    add(name, depth == 0);
                }
            }
            "function" | "class" => add(at(n + 1), depth == 0),
            "=" if at(n + 1) == ">" && is_name(at(n.wrapping_sub(1))) => add(at(n - 1), false),
            "(" => {
                let end = closing(tokens, n);
                let is_method = at(end + 1) == "{" && !matches!(at(n.wrapping_sub(1)), "if" | "for" | "while");
                if is_method || at(end + 1) == "=" && at(end + 2) == ">" {
                    let names = (n + 1..end).filter(|inner| matches!(at(inner - 1), "(" | ",") && is_name(at(*inner)));
                    names.for_each(|inner| add(at(inner), false));
                }
            }
            _ => {}
        }
        match at(n) {
            token if opens(token) => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(found)
}
