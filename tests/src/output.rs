//! What a started process prints: kept, so that a test can wait for a line and show all of it when it fails.

use std::io::{BufRead as _, BufReader, Read};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

#[derive(Debug, Default)]
struct Printed {
    text: String,
    /// Pipes that are still open.
    open: usize,
}

/// The lines of one process, from both of its pipes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Output {
    shared: Arc<(Mutex<Printed>, Condvar)>,
}

impl Output {
    /// Keep what comes out of a pipe.
    pub(crate) fn follow(&self, pipe: impl Read + Send + 'static) {
        self.shared.0.lock().open += 1;
        let output = self.clone();
        thread::spawn(move || {
            for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
                let (printed, more) = &*output.shared;
                let mut printed = printed.lock();
                printed.text.push_str(&String::from_utf8_lossy(&line));
                printed.text.push('\n');
                more.notify_all();
            }
            output.shared.0.lock().open -= 1;
            output.shared.1.notify_all();
        });
    }

    /// What `find` makes of the text so far, as soon as it makes something of it. `None` when the process has
    /// closed its pipes, or took too long.
    pub(crate) fn wait_for<T>(&self, limit: Duration, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let (printed, more) = &*self.shared;
        let mut printed = printed.lock();
        loop {
            if let Some(found) = find(&printed.text) {
                return Some(found);
            }
            if printed.open == 0 || more.wait_for(&mut printed, limit).timed_out() {
                return None;
            }
        }
    }

    /// Everything so far.
    pub(crate) fn text(&self) -> String {
        self.shared.0.lock().text.clone()
    }
}
