//! Makes our own scripts and styles shorter, line by line: what we write ourselves is regular enough for that, and
//! compression does the rest. What is not regular enough is refused, not guessed at.

use crate::Result;

/// A script without comments that have a line of their own, indentation, blank lines, imports, and the word `export`.
pub(crate) fn script(text: &str) -> Result<String> {
    let mut out = String::new();
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            in_comment = !line.ends_with("*/");
            continue;
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        if line.starts_with("import ") {
            if !line.ends_with(';') {
                return Err(format!("an import over several lines: {line}").into());
            }
            continue;
        }
        if line.matches('`').count() % 2 == 1 {
            return Err(format!("a text over several lines: {line}").into());
        }
        out.push_str(line.strip_prefix("export ").unwrap_or(line));
        out.push('\n');
    }
    Ok(out)
}

/// A style without comments and without blanks that mean nothing. Blanks inside values and selectors stay.
pub(crate) fn style(text: &str) -> Result<String> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").ok_or("a comment without an end")?.1;
    }
    plain.push_str(rest);
    let mut out = String::new();
    for word in plain.split_whitespace() {
        let is_joined = out.is_empty() || out.ends_with(['{', '}', ';', ',', ':']) || word.starts_with(['{', '}']);
        if !is_joined {
            out.push(' ');
        }
        out.push_str(word);
    }
    Ok(out.replace(";}", "}"))
}
