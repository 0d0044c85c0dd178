//! Makes a package for npm of the element, for one service:
//!
//! ```sh
//! cargo run -p nguon-bundle -- https://id.example.vn origin-card
//! npm publish ./origin-card
//! ```
//!
//! A script that a shop bundles with its own does not know where it came from, so the service's address is written
//! into it. The module stays with the service, under its immutable address: bundlers find it hard to carry one.

use std::{env, error::Error, fs, path::PathBuf};

const SCRIPT: &str = "origin-card.js";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(service), Some(directory)) = (arguments.next(), arguments.next()) else {
        return Err("nguon-bundle SERVICE DIRECTORY, for example: https://id.example.vn origin-card".into());
    };
    let script = packed_script(&service)?;
    let directory = PathBuf::from(directory);
    fs::create_dir_all(&directory)?;
    fs::write(directory.join(SCRIPT), script)?;
    fs::write(directory.join("origin-card.d.ts"), include_str!("../../origin-card.d.ts"))?;
    fs::write(directory.join("package.json"), include_str!("../../package.json"))?;
    println!("npm publish ./{}", directory.display());
    Ok(())
}

/// The script with the address that it has on the service in the place of its own.
fn packed_script(service: &str) -> Result<String, Box<dyn Error>> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '.' | '-' | '[' | ']');
    if !service.starts_with("https://") || !service.chars().all(is_plain) || service.matches('/').count() != 2 {
        return Err("the service is an origin without a slash at its end, for example https://id.example.vn".into());
    }
    let file = nguon_bundle::files()
        .iter()
        .find(|file| file.immutable && file.path.ends_with(SCRIPT))
        .ok_or("the bundle has a script")?;
    let script = str::from_utf8(file.identity)?;
    let packed = script.replace("import.meta.url", &format!("'{service}{}'", file.path));
    if packed == script { Err("the script asks for its address".into()) } else { Ok(packed) }
}

#[cfg(test)]
mod tests {
    use super::packed_script;

    #[test]
    fn the_packed_script_asks_one_service_only() {
        let script = packed_script("https://id.example.vn").unwrap();
        assert!(script.contains("'https://id.example.vn/widget/"));
        assert!(!script.contains("import.meta"));
    }

    #[test]
    fn an_address_that_is_no_origin_is_refused() {
        for service in ["http://id.example.vn", "https://id.example.vn/", "https://x'+alert(1)+'", "id.example.vn", ""]
        {
            assert!(packed_script(service).is_err(), "{service}");
        }
    }
}
