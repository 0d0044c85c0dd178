//! Scripts that are sent by their digest, because they are run for every check.
//!
//! A server that does not know a script, because it was started anew or has become the primary, says so before it does
//! anything; it is then given the text and asked again.

use std::sync::OnceLock;

use redis::{Cmd, Pipeline, Value, cmd};

use super::ask::Manner;
use super::fleet::Fleet;
use super::link::Link;
use super::reply::{odd, text};
use crate::store::StoreError;

/// A script, and its digest once a server has said it.
pub(super) struct Script {
    text: &'static str,
    digest: OnceLock<String>,
}

/// Records a check.
pub(super) static RECORD: Script = Script { text: include_str!("ledger/record.lua"), digest: OnceLock::new() };

impl Script {
    /// The command that runs it with so many names, which are to follow; somewhere in this slot.
    ///
    /// # Errors
    /// `Unreachable` when no server says its digest, which is asked for once.
    pub(super) async fn with_names(&self, fleet: &Fleet, slot: u16, names: usize) -> Result<Cmd, StoreError> {
        let digest = if let Some(digest) = self.digest.get() {
            digest
        } else {
            let reply = fleet.one(slot, self.load(), Manner::Patient).await?;
            let digest = text(&reply).ok_or_else(|| odd("SCRIPT LOAD"))?;
            self.digest.get_or_init(|| digest)
        };
        let mut command = cmd("EVALSHA");
        command.arg(digest).arg(names);
        Ok(command)
    }

    fn load(&self) -> Cmd {
        cmd("SCRIPT").arg("LOAD").arg(self.text).to_owned()
    }
}

/// Give a server the scripts that are sent by their digest.
///
/// # Errors
/// With the reason, when it does not take them.
pub(super) async fn give(link: &Link) -> Result<(), String> {
    let mut connection = link.line().await.map_err(|error| error.to_string())?.connection.clone();
    let mut load = Pipeline::new();
    load.add_command(RECORD.load());
    match connection.send_packed_commands(&load, 0, 1).await.as_deref() {
        Ok([Value::ServerError(error)]) => Err(format!("Redis refused a script: {}", error.code())),
        Ok(_) => Ok(()),
        Err(error) => Err(error.category().to_owned()),
    }
}
