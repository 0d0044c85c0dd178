//! How far an import is: a bar on a terminal, and nothing anywhere else.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::registry::import::Watch;

/// How often what has no measure shows that it goes on.
const TICK: Duration = Duration::from_millis(200);

/// A bar that is gone when this is.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Of so many bytes or records. `what` stands before it.
    pub(super) fn of(total: u64, what: String) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {percent}% {eta}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(what);
        Self(bar)
    }

    /// Of something that has no measure.
    pub(super) fn without_end(what: String) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        bar.set_message(what);
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// To be told how far it is.
    pub(super) fn watch(&self) -> Watch {
        let bar = self.0.clone();
        Watch::new(move |much| bar.inc(much))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
