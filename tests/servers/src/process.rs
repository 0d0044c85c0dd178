//! Signals to a process that a test has started.

use std::process::{Child, Command};

/// A signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Freeze: it keeps its connections and says nothing.
    Stop,
    /// Go on.
    Continue,
    /// Please stop.
    Terminate,
}

/// Send it.
pub fn signal(child: &Child, signal: Signal) {
    let name = match signal {
        Signal::Stop => "-STOP",
        Signal::Continue => "-CONT",
        Signal::Terminate => "-TERM",
    };
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status();
    assert!(sent.expect("kill can be run").success(), "{name}");
}
