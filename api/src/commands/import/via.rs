//! Loading through the admin listener of a running server.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use nguon_openapi::Lang;

use super::form::Form;
use crate::commands::admin::{AdminError, Server, streamed};
use crate::registry::import::{Format, ImportOrder, Report};
use crate::sheets::SheetFormat;

/// What a file is sent as.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    media_type: &'static str,
    /// Files that go along with it.
    images: Vec<PathBuf>,
    /// Language of the report, where a server can choose.
    lang: Option<Lang>,
}

impl Sent {
    /// Records.
    pub(super) fn records(file: &Path) -> Self {
        let format = if file == Path::new("-") { Format::Ndjson } else { Format::of_name(file) };
        Self { media_type: format.media_type(), images: Vec::new(), lang: None }
    }

    /// A spreadsheet, with its pictures.
    pub(super) const fn sheet(format: SheetFormat, images: Vec<PathBuf>, lang: Lang) -> Self {
        Self { media_type: format.media_type(), images, lang: Some(lang) }
    }

    fn open(&self, file: &Path) -> io::Result<(String, Box<dyn Read>)> {
        if self.images.is_empty() {
            let source: Box<dyn Read> =
                if file == Path::new("-") { Box::new(io::stdin().lock()) } else { Box::new(File::open(file)?) };
            return Ok((self.media_type.to_owned(), source));
        }
        let mut form = Form::default();
        form.file("file", file, self.media_type)?;
        for image in &self.images {
            form.file("images", image, "application/octet-stream")?;
        }
        Ok((Form::media_type(), Box::new(form.finish())))
    }
}

/// Send a file and wait for the report. Blocks.
pub(super) fn send(server: &Server, file: &Path, sent: &Sent, order: &ImportOrder) -> Result<Report, AdminError> {
    let (media_type, source) = sent.open(file)?;
    let mut request = server
        .post_for("/v1/import", &order.author)
        .content_type(media_type)
        .query("strict", order.strict.to_string())
        .query("dry_run", order.dry_run.to_string());
    if let Some(lang) = sent.lang {
        request = request.query("lang", lang.as_str());
    }
    streamed(request, source)
}
