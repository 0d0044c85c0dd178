//! `POST /v1/pins`: the PINs that were printed under coatings, as NDJSON. Only keyed hashes are kept, and no log, no
//! answer and no evidence repeats one.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::json;

use super::standing::offered;
use super::{Admin, author};
use crate::checks::PinLine;
use crate::problem::{Kind, Problem};

/// Largest body, in bytes: a hundred thousand lines.
pub(super) const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

/// Hashes that are written together.
const TOGETHER: usize = 1_000;

/// What was kept.
#[derive(Serialize)]
struct Kept {
    pins: usize,
}

/// Keep PINs: a line `{"gtin","serial","pin"}` each. All lines are read, and their units looked up, before any is kept; the same again changes
/// nothing.
pub(super) async fn keep(
    request: HttpRequest,
    body: web::Bytes,
    admin: web::Data<Admin>,
) -> Result<HttpResponse, Problem> {
    let checks = offered(&admin)?;
    let mut pins = Vec::new();
    for (n, line) in body.split(|byte| *byte == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let field = || format!("line {}", n + 1);
        let pin: PinLine =
            serde_json::from_slice(line).map_err(|error| Problem::at(Kind::BadBody, field(), told(&error)))?;
        pins.push(pin);
    }
    for (n, some) in pins.chunks(TOGETHER).enumerate() {
        if let Some(unknown) = checks.first_unknown(some).await? {
            let field = format!("PIN {}", n * TOGETHER + unknown + 1);
            return Err(Problem::at(
                Kind::Conflict,
                field,
                "is for a unit that is not on record: import the units first",
            ));
        }
    }
    let noted = json!({ "pins": pins.len() });
    admin.desk.note("pins", noted, author(&request)?).await?;
    for some in pins.chunks(TOGETHER) {
        checks.put_pins(some).await?;
    }
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(Kept { pins: pins.len() }))
}

/// What is wrong with a line, without a word of the line.
fn told(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Data => "is not a PIN of a unit",
        _ => "is not JSON",
    };
    format!("{what} (column {}): write {{\"gtin\":\"…\",\"serial\":\"…\",\"pin\":\"…\"}}", error.column())
}
