//! `nguon parse`: what a code says, without a registry.
//!
//! One answer per code: as a JSON object on a line of its own, or a few lines for people at a
//! terminal. What codes mean lives in the crate `gs1`; nothing is looked up here.

use std::fmt::{self, Write as _};
use std::io::{self, BufRead, IsTerminal as _, Read as _, Write};
use std::process::ExitCode;

use gs1::strict::{self, Content, GS1_RESOLVER};
use gs1::{Elements, Gtin14, Language, Options, Outcome, ParseError, Reading, Reason, read};
use serde_json::{Map, Value, json};

/// A longer line is cut here; the parser refuses it long before.
const MAX_LINE_BYTES: u64 = 65_536;

/// Says what a code means: its kind, its canonical link, every AI with its value.
#[derive(clap::Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of a command")]
pub struct ParseArgs {
    /// Codes to read; without any, one per line from standard input. A byte 0x1D is FNC1.
    codes: Vec<String>,
    /// Accept only what GS1's reference parser accepts.
    #[arg(long)]
    strict: bool,
    /// Answer in JSON, one object a line; always so when the output is no terminal.
    #[arg(long)]
    json: bool,
    /// Language of sentences.
    #[arg(long, value_parser = language, default_value = "vi", value_name = "vi|en")]
    lang: Language,
    /// Refuse AIs that exclude each other or lack one that they need.
    #[arg(long, requires = "strict")]
    associations: bool,
    /// Accept AIs that are not assigned.
    #[arg(long, requires = "strict")]
    permit_unknown_ais: bool,
    /// Accept a GTIN with fewer than 14 digits in a link.
    #[arg(long, requires = "strict")]
    permit_zero_suppressed_gtin: bool,
    /// Accept names such as `/gtin/` in a link.
    #[arg(long, requires = "strict")]
    permit_convenience_alphas: bool,
    /// Accept AIs that are not assigned in the query of a link.
    #[arg(long, requires = "permit_unknown_ais")]
    permit_unknown_ai_as_attribute: bool,
}

fn language(text: &str) -> Result<Language, String> {
    match text {
        "vi" => Ok(Language::Vi),
        "en" => Ok(Language::En),
        _ => Err("one of vi, en".to_owned()),
    }
}

/// Reads every code and writes an answer to each; fails if one of them is malformed.
///
/// # Errors
/// Those of the input and the output.
pub fn run(args: &ParseArgs, input: impl BufRead, output: impl Write) -> io::Result<ExitCode> {
    let json = args.json || !io::stdout().is_terminal();
    answer_all(args, json, input, output)
}

fn answer_all(args: &ParseArgs, json: bool, mut input: impl BufRead, mut output: impl Write) -> io::Result<ExitCode> {
    let mut all_ok = true;
    let mut answer = |code: &[u8]| -> io::Result<()> {
        let answer = Answer::to(code, args);
        all_ok &= answer.ok;
        if json { writeln!(output, "{}", answer.json()) } else { write!(output, "{answer}") }
    };
    if args.codes.is_empty() {
        let mut line = Vec::new();
        while next_line(&mut input, &mut line)? {
            answer(&line)?;
        }
    } else {
        for code in &args.codes {
            answer(code.as_bytes())?;
        }
    }
    output.flush()?;
    Ok(if all_ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The next line without its end; one that is too long loses what goes beyond.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    if input.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', line)? == 0 {
        return Ok(false);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
    } else {
        input.skip_until(b'\n')?;
    }
    Ok(true)
}

/// What is said of one code.
struct Answer {
    /// Left out where the code is a person's or a payment.
    input: Option<String>,
    ok: bool,
    kind: &'static str,
    reason: Option<(Reason, &'static str)>,
    canonical: Option<String>,
    element_string: Option<String>,
    ais: Vec<(String, String)>,
    tidied: Vec<&'static str>,
    host: Option<String>,
    error: Option<Fault>,
}

struct Fault {
    code: &'static str,
    position: usize,
    message: String,
    expected: Option<char>,
}

impl Answer {
    fn to(code: &[u8], args: &ParseArgs) -> Self {
        if args.strict { Self::strict(code, args) } else { Self::ordinary(&read(code), code, args.lang) }
    }

    fn of(code: &[u8], kind: &'static str) -> Self {
        Self {
            input: Some(String::from_utf8_lossy(code).into_owned()),
            ok: true,
            kind,
            reason: None,
            canonical: None,
            element_string: None,
            ais: Vec::new(),
            tidied: Vec::new(),
            host: None,
            error: None,
        }
    }

    fn ordinary(reading: &Reading<'_>, code: &[u8], language: Language) -> Self {
        let outcome = &reading.outcome;
        let reason = outcome.reason();
        let mut answer = Self::of(code, outcome.kind());
        if keeps_to_itself(reason) {
            answer.input = None;
        }
        answer.reason = reason.map(|reason| (reason, reason.text(language)));
        answer.canonical = match outcome {
            Outcome::TradeItem(item) => link(|path| item.write_canonical(path)),
            Outcome::Key(key) => link(|path| key.write_path(path)),
            Outcome::NotProduct(not) => not.key.and_then(|key| link(|path| key.write_path(path))),
            Outcome::Opaque(_) | Outcome::Malformed(_) => None,
        };
        answer.list(&reading.elements);
        answer.tidied = reading.tidied.iter().collect();
        answer.host = reading.host.map(str::to_owned);
        if let Outcome::Malformed(malformed) = outcome {
            answer.fail(&malformed.error, language);
        }
        answer
    }

    fn strict(code: &[u8], args: &ParseArgs) -> Self {
        let options = Options {
            permit_unknown_ais: args.permit_unknown_ais,
            permit_zero_suppressed_gtin: args.permit_zero_suppressed_gtin,
            permit_convenience_alphas: args.permit_convenience_alphas,
            unknown_ai_not_dl_attribute: !args.permit_unknown_ai_as_attribute,
            ..Options::STRICT
        };
        let mut answer = Self::of(code, "message");
        if keeps_to_itself(read(code).outcome.reason()) {
            answer.input = None;
        }
        let parsed = strictly(code, options).and_then(|elements| {
            if args.associations {
                elements.check_associations()?;
            }
            Ok(elements)
        });
        match parsed {
            Ok(elements) => {
                answer.list(&elements);
                answer.canonical = elements.link(options).ok().and_then(|written| link(|path| written.write("", path)));
            }
            Err(error) => {
                answer.kind = "malformed";
                answer.fail(&error, args.lang);
            }
        }
        answer
    }

    fn list(&mut self, elements: &Elements<'_>) {
        if elements.is_empty() {
            return;
        }
        let mut written = String::new();
        if elements.write_element_string('^', &mut written).is_ok() {
            self.element_string = Some(written);
        }
        self.ais = elements.iter().map(|element| (element.ai().to_string(), element.value().to_string())).collect();
    }

    fn fail(&mut self, error: &ParseError, language: Language) {
        self.ok = false;
        self.error = Some(Fault {
            code: error.code().as_str(),
            position: error.position(),
            message: error.message(language).to_string(),
            expected: error.expected_check_digit(),
        });
    }

    fn json(&self) -> Value {
        let mut object = Map::new();
        let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
        put("input", json!(self.input));
        put("ok", json!(self.ok));
        put("kind", json!(self.kind));
        put("canonical", json!(self.canonical));
        put("element_string", json!(self.element_string));
        put("ais", json!(self.ais));
        if let Some((reason, text)) = self.reason {
            put("reason", json!({"code": reason.as_str(), "text": text}));
        }
        if !self.tidied.is_empty() {
            put("tidied", json!(self.tidied));
        }
        if let Some(host) = &self.host {
            put("host", json!(host));
        }
        if let Some(fault) = &self.error {
            let mut error = json!({
                "code": fault.code,
                "position": fault.position,
                "message": fault.message,
            });
            if let (Some(expected), Some(error)) = (fault.expected, error.as_object_mut()) {
                error.insert("expected".to_owned(), json!(expected));
            }
            put("error", error);
        }
        Value::Object(object)
    }
}

/// Whether a code is not to be repeated: of a person, or of a payment.
fn keeps_to_itself(reason: Option<Reason>) -> bool {
    reason.is_some_and(Reason::is_private)
}

/// The elements of a code in whichever form it claims to have.
fn strictly(code: &[u8], options: Options) -> Result<Elements<'_>, ParseError> {
    match code {
        [b'(', ..] => strict::bracketed(code, options),
        [b'^', ..] => strict::element_string(code, b'^', options),
        [0x1d, ..] => strict::element_string(code, 0x1d, options),
        [b']', ..] => match strict::scan(code, options)?.content {
            Content::Elements(elements) | Content::Link(_, elements) => Ok(elements),
            // Digits of a GTIN, or a text without elements.
            Content::Gtin(_) | Content::Text(_) => Ok(Elements::none()),
        },
        _ if code.iter().all(u8::is_ascii_digit) && !code.is_empty() => {
            Gtin14::from_digits(code).map(|_| read(code).elements)
        }
        _ => strict::link(code, options),
    }
}

/// A canonical link: at GS1's own resolver, as the standard has it.
fn link(write: impl FnOnce(&mut String) -> fmt::Result) -> Option<String> {
    let mut link = GS1_RESOLVER.to_owned();
    write(&mut link).ok().map(|()| link)
}

/// A few lines for people.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.input.as_deref().unwrap_or("…").chars() {
            f.write_char(match character {
                '\u{1d}' => '^',
                // A terminal obeys these.
                _ if character.is_control() => '\u{fffd}',
                _ => character,
            })?;
        }
        writeln!(f)?;
        let mut line = |name: &str, value: &str| writeln!(f, "  {name:<15}{value}");
        line("kind", self.kind)?;
        for (name, value) in
            [("canonical", &self.canonical), ("element string", &self.element_string), ("host", &self.host)]
        {
            if let Some(value) = value {
                line(name, value)?;
            }
        }
        for (ai, value) in &self.ais {
            line(&format!("({ai})"), value)?;
        }
        if let Some((reason, text)) = self.reason {
            line(reason.as_str(), text)?;
        }
        if !self.tidied.is_empty() {
            line("tidied", &self.tidied.join(", "))?;
        }
        if let Some(fault) = &self.error {
            let mut at = String::new();
            write!(at, "{} @ {}: {}", fault.code, fault.position, fault.message)?;
            line("error", &at)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
