//! `nguon template`: the spreadsheet that publishers fill in.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use nguon_openapi::Lang;

use crate::sheets::template;

/// Write an empty workbook for `nguon import`: a sheet each for producers, products, lots, certificates and stages, with
/// notes, drop-downs and an example. No file is written over.
#[derive(Clone, Debug, Args)]
pub struct TemplateArgs {
    /// File to write; with --csv a folder, which is made if it is not there.
    #[arg(default_value = "nguon.xlsx", default_value_if("csv", "true", "nguon-csv"), value_name = "PATH")]
    path: PathBuf,

    /// Language of headings and notes: vi or en. Import reads both.
    #[arg(long, default_value = "vi", value_name = "LANG", value_parser = super::import::lang)]
    lang: Lang,

    /// Write a CSV file for each sheet instead.
    #[arg(long)]
    csv: bool,
}

/// Write the template and print what was written.
///
/// # Errors
/// When a file is there already, or cannot be written.
pub fn run(args: &TemplateArgs, out: &mut impl Write) -> Result<ExitCode, Box<dyn Error>> {
    if !args.csv {
        write(&args.path, &template::workbook(args.lang)?, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    fs::create_dir_all(&args.path).map_err(|error| named(&args.path, &error))?;
    for (name, bytes) in template::csv(args.lang)? {
        write(&args.path.join(name), &bytes, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, bytes: &[u8], out: &mut impl Write) -> io::Result<()> {
    let mut file = File::create_new(path).map_err(|error| named(path, &error))?;
    file.write_all(bytes)?;
    writeln!(out, "{}", path.display())
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
