//! Publishers and users in Redis: everything under `w:{ppl}:`, one slot, so that a user and the tokens that lead to it
//! change at once.
//!
//! | name | what |
//! |---|---|
//! | `w:{ppl}:publishers` | every publisher |
//! | `w:{ppl}:u:ID` | a user |
//! | `w:{ppl}:users` | sorted set: identifiers of all users |
//! | `w:{ppl}:t:HASH` | identifier of the user who has a token of this hash |
//!
//! Each script looks at the witness of the slot first, and each read proves it: a slot that was emptied is an error, and
//! never a register in which nobody is written down.

use std::time::Duration;

use async_trait::async_trait;
use redis::{Cmd, Value, cmd};

use super::ask::{Ask, Manner};
use super::reply::{bytes, list, odd};
use super::write::is_yes;
use super::{Inner, RedisStore, in_time, replica};
use crate::people::{Register, TokenHash, User};
use crate::registry::Id;
use crate::store::codec::people as codec;
use crate::store::{People, StoreError};

/// Longest that reading or changing one value may take.
const ONE: Duration = Duration::from_secs(3);
/// Longest that reading all users may take.
const MANY: Duration = Duration::from_secs(30);

const PUBLISHERS: &str = "w:{ppl}:publishers";
const USERS: &str = "w:{ppl}:users";

/// `KEYS`: witness, value. `ARGV`: value as it was (nothing: none), as it is to be. Returns whether it was still that.
const SWAP: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
local now = redis.call('GET', KEYS[2]) or ''
if now == ARGV[2] then return 1 end
if now ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
return 1
";

/// `KEYS`: witness, user, all users, tokens to leave, tokens to take. `ARGV`: user as it was (nothing: none), as it is to
/// be, identifier, how many tokens to leave. Returns whether it was still that.
const PUT: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
local now = redis.call('GET', KEYS[2]) or ''
if now == ARGV[2] then return 1 end
if now ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
redis.call('ZADD', KEYS[3], 0, ARGV[3])
local left = tonumber(ARGV[4])
for i = 4, 3 + left do redis.call('DEL', KEYS[i]) end
for i = 4 + left, #KEYS do redis.call('SET', KEYS[i], ARGV[3]) end
return 1
";

fn user_name(id: &str) -> String {
    format!("w:{{ppl}}:u:{id}")
}

fn token_name(token: &TokenHash) -> String {
    format!("w:{{ppl}}:t:{token}")
}

#[async_trait]
impl People for RedisStore {
    async fn register(&self) -> Result<Register, StoreError> {
        let stored = in_time(ONE, self.inner.get_in_people(PUBLISHERS.to_owned())).await?;
        stored.map_or_else(|| Ok(Register::default()), |bytes| codec::decode_register(&bytes))
    }

    async fn replace_register(&self, is: &Register) -> Result<bool, StoreError> {
        in_time(ONE, self.inner.replace_register(is)).await
    }

    async fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        in_time(ONE, self.inner.user(id.as_str())).await
    }

    async fn users(&self) -> Result<Vec<User>, StoreError> {
        in_time(MANY, self.inner.users()).await
    }

    async fn user_of(&self, token: &TokenHash) -> Result<Option<User>, StoreError> {
        in_time(ONE, async {
            let Some(id) = self.inner.get_in_people(token_name(token)).await? else { return Ok(None) };
            let id = String::from_utf8(id).map_err(|_| StoreError::Corrupt("whose a token is".to_owned()))?;
            self.inner.user(&id).await
        })
        .await
    }

    async fn put_user(&self, is: &User) -> Result<bool, StoreError> {
        in_time(ONE, self.inner.put_user(is)).await
    }
}

impl Inner {
    fn slot_of_people(&self) -> u16 {
        self.fleet.spread.slot(PUBLISHERS.as_bytes())
    }

    /// Ask, and make sure that the slot was not emptied.
    async fn in_people(&self, command: Cmd) -> Result<Value, StoreError> {
        self.witnessed(self.slot_of_people(), command).await
    }

    async fn get_in_people(&self, name: String) -> Result<Option<Vec<u8>>, StoreError> {
        bytes(self.in_people(cmd("GET").arg(name).to_owned()).await?, "GET")
    }

    /// Carry out a script that writes. Its first name is the witness.
    async fn write_people(
        &self,
        script: &str,
        names: Vec<String>,
        arguments: Vec<Vec<u8>>,
    ) -> Result<bool, StoreError> {
        let slot = self.slot_of_people();
        let mut command = cmd("EVAL");
        command.arg(script).arg(names.len() + 1).arg(self.fleet.spread.witness(slot)).arg(names).arg(arguments);
        let reply = self.fleet.one(slot, command, Manner::Patient).await?;
        replica::wait_at(&self.fleet, slot).await?;
        Ok(is_yes(&reply))
    }

    async fn replace_register(&self, is: &Register) -> Result<bool, StoreError> {
        let raw = self.get_in_people(PUBLISHERS.to_owned()).await?;
        let now = raw.as_deref().map(codec::decode_register).transpose()?;
        if now.map_or(0, |now| now.version) + 1 != is.version {
            return Ok(false);
        }
        let arguments = vec![raw.unwrap_or_default(), codec::encode_register(is)?];
        self.write_people(SWAP, vec![PUBLISHERS.to_owned()], arguments).await
    }

    async fn user(&self, id: &str) -> Result<Option<User>, StoreError> {
        self.get_in_people(user_name(id)).await?.map(|bytes| codec::decode_user(&bytes)).transpose()
    }

    async fn users(&self) -> Result<Vec<User>, StoreError> {
        let command = cmd("ZRANGE").arg(USERS).arg(0).arg(-1).to_owned();
        let ids = list(self.in_people(command).await?).ok_or_else(|| odd("ZRANGE"))?;
        let slot = self.slot_of_people();
        let named = |id: &Vec<u8>| user_name(&String::from_utf8_lossy(id));
        let asks: Vec<Ask> = ids.iter().map(|id| Ask { slot, command: cmd("GET").arg(named(id)).to_owned() }).collect();
        let mut users = Vec::with_capacity(ids.len());
        for reply in self.fleet.ask(&asks, Manner::Patient).await? {
            if let Some(raw) = bytes(reply, "GET")? {
                users.push(codec::decode_user(&raw)?);
            }
        }
        Ok(users)
    }

    async fn put_user(&self, is: &User) -> Result<bool, StoreError> {
        let name = user_name(is.id.as_str());
        let raw = self.get_in_people(name.clone()).await?;
        let now = raw.as_deref().map(codec::decode_user).transpose()?;
        if now.as_ref().map_or(0, |now| now.version) + 1 != is.version {
            return Ok(false);
        }
        let left: Vec<String> = now.iter().flat_map(|now| &now.tokens).map(|it| token_name(&it.hash)).collect();
        let taken = is.tokens.iter().map(|it| token_name(&it.hash));
        let count = left.len().to_string().into_bytes();
        let names = [name, USERS.to_owned()].into_iter().chain(left).chain(taken).collect();
        let arguments =
            vec![raw.unwrap_or_default(), codec::encode_user(is)?, is.id.as_str().as_bytes().to_vec(), count];
        self.write_people(PUT, names, arguments).await
    }
}
