//! Publishers and users in the registry's file: tables of their own, made when the first one is written.

use async_trait::async_trait;
use redb::{ReadTransaction, ReadableTable as _, TableDefinition, WriteTransaction};

use super::EmbeddedStore;
use super::reports::opened;
use super::table::{Bytes, failed, lost};
use crate::people::{Register, TokenHash, User};
use crate::registry::Id;
use crate::store::codec::people as codec;
use crate::store::{People, StoreError};

/// The register, under [`ALL`].
const REGISTER: Bytes = TableDefinition::new("people_register");
const ALL: &[u8] = b"publishers";
/// Users by identifier.
const USERS: Bytes = TableDefinition::new("people_user");
/// Identifiers of users by the hash of a token.
const TOKENS: Bytes = TableDefinition::new("people_token");

#[async_trait]
impl People for EmbeddedStore {
    async fn register(&self) -> Result<Register, StoreError> {
        let txn = self.inner.read_beside()?;
        let Some(table) = opened(txn.open_table(REGISTER))? else { return Ok(Register::default()) };
        let stored = table.get(ALL).map_err(failed)?;
        stored.map_or_else(|| Ok(Register::default()), |bytes| codec::decode_register(bytes.value()))
    }

    async fn replace_register(&self, is: &Register) -> Result<bool, StoreError> {
        let is = is.clone();
        self.inner.write_beside(move |txn| replace_register(txn, &is)).await
    }

    async fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        user(&self.inner.read_beside()?, id.as_str().as_bytes())
    }

    async fn users(&self) -> Result<Vec<User>, StoreError> {
        let txn = self.inner.read_beside()?;
        let Some(users) = opened(txn.open_table(USERS))? else { return Ok(Vec::new()) };
        let rows = users.iter().map_err(failed)?;
        rows.map(|row| codec::decode_user(row.map_err(failed)?.1.value())).collect()
    }

    async fn user_of(&self, token: &TokenHash) -> Result<Option<User>, StoreError> {
        let txn = self.inner.read_beside()?;
        let Some(tokens) = opened(txn.open_table(TOKENS))? else { return Ok(None) };
        let Some(id) = tokens.get(&token.as_bytes()[..]).map_err(failed)? else { return Ok(None) };
        user(&txn, id.value())
    }

    async fn put_user(&self, is: &User) -> Result<bool, StoreError> {
        let is = is.clone();
        self.inner.write_beside(move |txn| put_user(txn, &is)).await
    }
}

fn user(txn: &ReadTransaction, id: &[u8]) -> Result<Option<User>, StoreError> {
    let Some(users) = opened(txn.open_table(USERS))? else { return Ok(None) };
    users.get(id).map_err(failed)?.map(|bytes| codec::decode_user(bytes.value())).transpose()
}

fn replace_register(txn: &WriteTransaction, is: &Register) -> Result<bool, StoreError> {
    let mut table = txn.open_table(REGISTER).map_err(lost)?;
    let now = table.get(ALL).map_err(failed)?.map(|bytes| codec::decode_register(bytes.value())).transpose()?;
    if now.map_or(0, |now| now.version) + 1 != is.version {
        return Ok(false);
    }
    table.insert(ALL, codec::encode_register(is)?.as_slice()).map_err(failed)?;
    Ok(true)
}

fn put_user(txn: &WriteTransaction, is: &User) -> Result<bool, StoreError> {
    let mut users = txn.open_table(USERS).map_err(lost)?;
    let mut tokens = txn.open_table(TOKENS).map_err(lost)?;
    let id = is.id.as_str().as_bytes();
    let now = users.get(id).map_err(failed)?.map(|bytes| codec::decode_user(bytes.value())).transpose()?;
    if now.as_ref().map_or(0, |now| now.version) + 1 != is.version {
        return Ok(false);
    }
    for token in now.iter().flat_map(|now| &now.tokens) {
        tokens.remove(&token.hash.as_bytes()[..]).map_err(failed)?;
    }
    for token in &is.tokens {
        tokens.insert(&token.hash.as_bytes()[..], id).map_err(failed)?;
    }
    users.insert(id, codec::encode_user(is)?.as_slice()).map_err(failed)?;
    Ok(true)
}
