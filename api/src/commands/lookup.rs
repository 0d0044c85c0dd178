//! `nguon lookup CODE`: a card in the terminal, from a running service.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use nguon_openapi::{Card, Lang, Problem};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Settings of `nguon lookup`.
#[derive(Clone, Debug, Args)]
pub struct LookupArgs {
    /// The code, in any form.
    pub code: String,

    /// Origin of the service to ask.
    #[arg(long, env = "NGUON_URL", default_value = "http://127.0.0.1:8080", value_name = "URL")]
    pub url: String,

    /// Language of the texts: vi or en.
    #[arg(long, default_value = "vi", value_parser = ["vi", "en"])]
    pub lang: String,

    /// Print the JSON as it came.
    #[arg(long)]
    pub json: bool,
}

/// How long the service may take in all.
const PATIENCE: Duration = Duration::from_secs(15);

/// Ask and print. Exit code 0 for every verdict, 1 when the service could not look.
///
/// # Errors
/// When the service cannot be reached or answers with something else than a card.
pub fn run(args: &LookupArgs, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
    let code = utf8_percent_encode(&args.code, NON_ALPHANUMERIC);
    let url = format!("{}/v1/verify?code={code}&lang={}", args.url.trim_end_matches('/'), args.lang);
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE)).build().into();
    let mut response = agent.get(&url).call()?;
    let body = response.body_mut().read_to_string()?;
    if !response.status().is_success() {
        let problem: Problem = serde_json::from_str(&body)?;
        writeln!(out, "{} ({})\n{}", plain(&problem.title), plain(&problem.code), plain(&problem.detail))?;
        return Ok(ExitCode::FAILURE);
    }
    if args.json {
        writeln!(out, "{body}")?;
    } else {
        print(&serde_json::from_str(&body)?, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print(card: &Card, out: &mut impl Write) -> std::io::Result<()> {
    let label = |vi: &'static str, en: &'static str| card.lang.pick(vi, en);
    if card.demo {
        writeln!(out, "DỮ LIỆU MINH HOẠ")?;
    }
    writeln!(out, "[{}] {}\n{}", tone(card), plain(&card.headline), plain(&card.advice))?;
    for recall in &card.safety.recalls {
        let fields = [Some(&recall.reason), recall.hazard.as_ref(), recall.remedy.as_ref(), recall.phone.as_ref()];
        let text: Vec<String> = fields.into_iter().flatten().map(|text| plain(text)).collect();
        writeln!(out, "  ! {}: {}", plain(&recall.id), text.join(" · "))?;
    }
    for reason in &card.reasons {
        writeln!(out, "  - {}", plain(&reason.text))?;
    }
    let mut line = |name: &str, value: &str| writeln!(out, "{name:>14}  {}", plain(value));
    line(label("Mã", "Code"), card.code.canonical.as_deref().unwrap_or(&card.code.input))?;
    if let Some(product) = &card.product {
        let quoted = if product.name_is_claim { format!("“{}”", product.name) } else { product.name.clone() };
        line(label("Sản phẩm", "Product"), &quoted)?;
    }
    if let Some(producer) = &card.producer {
        line(label("Nhà sản xuất", "Producer"), &producer.name)?;
        if let Some(place) = &producer.place {
            line(label("Địa chỉ", "Address"), &place.address)?;
        }
    }
    if let Some(batch) = &card.batch {
        line(label("Số lô", "Lot"), &batch.lot)?;
        if let Some(expires) = batch.expires {
            line(label("Hạn dùng", "Use by"), &expires.to_string())?;
        }
    }
    for certificate in &card.certificates {
        let to = certificate.to.map_or_else(String::new, |to| format!(" → {to}"));
        let ended = match certificate.state {
            nguon_openapi::CertificateState::Ended => label(" (đã hết hạn)", " (ended)"),
            _ => "",
        };
        line(label("Chứng nhận", "Certificate"), &format!("{}{to}{ended}", certificate.name))?;
    }
    if let Some(completeness) = &card.completeness {
        line(label("Đầy đủ", "Complete"), &format!("{}/{}", completeness.present, completeness.of))?;
    }
    if let Some(footer) = &card.footer {
        writeln!(out, "{}", plain(footer))?;
    }
    Ok(())
}

fn tone(card: &Card) -> &'static str {
    match (card.tone, card.lang) {
        (nguon_openapi::Tone::Positive, Lang::Vi) => "ĐÃ KIỂM TRA",
        (nguon_openapi::Tone::Positive, Lang::En) => "CHECKED",
        (nguon_openapi::Tone::Info, Lang::Vi) => "THÔNG TIN",
        (nguon_openapi::Tone::Info, Lang::En) => "INFO",
        (nguon_openapi::Tone::Neutral, Lang::Vi) => "CHƯA RÕ",
        (nguon_openapi::Tone::Neutral, Lang::En) => "NOT KNOWN",
        (nguon_openapi::Tone::Caution, Lang::Vi) => "LƯU Ý",
        (nguon_openapi::Tone::Caution, Lang::En) => "CAUTION",
        (nguon_openapi::Tone::Danger, Lang::Vi) => "CẢNH BÁO",
        (nguon_openapi::Tone::Danger, Lang::En) => "DANGER",
    }
}

/// Text from elsewhere, without the characters that a terminal obeys or that turn a line around.
fn plain(text: &str) -> String {
    let obeyed = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if obeyed(c) { '\u{FFFD}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_not_steered_by_what_a_record_says() {
        assert_eq!(plain("a\u{202E}b"), "a\u{FFFD}b");
        assert_eq!(plain("a\u{1b}[2Jb\r\n"), "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}");
    }
}
