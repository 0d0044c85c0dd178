//! Submissions in Redis: everything under `w:{sub}:`, one slot, so that a submission, its lists and its files change at
//! once.
//!
//! | name | what |
//! |---|---|
//! | `w:{sub}:count` | the last number that was given out |
//! | `w:{sub}:n:NUMBER` | a submission |
//! | `w:{sub}:d:NUMBER` `:p:` `:u:` | its document, its pictures, the records that take it back |
//! | `w:{sub}:z:SHELF` | sorted set: numbers that stand on a shelf, scored by themselves |
//!
//! A number is taken first, so that what a lost reply makes the store send again is the same submission. Each script looks
//! at the witness of the slot first, as those of reports do.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use redis::{Cmd, Value, cmd};

use super::ask::{Ask, Manner};
use super::reply::{bytes, list, number, odd};
use super::write::is_yes;
use super::{Inner, RedisStore, in_time, replica};
use crate::store::StoreError;
use crate::store::codec::submission as codec;
use crate::store::submissions::{
    MOST_SUBMISSIONS_LISTED, NewSubmission, Part, Submission, SubmissionFilter, Submissions,
};

/// Submissions that are looked at together for what is to be destroyed.
const PAGE: usize = 200;
/// Longest that reading or changing one submission may take.
const ONE: Duration = Duration::from_secs(3);
/// Longest that files, or a list, may take.
const MANY: Duration = Duration::from_secs(30);

const COUNT: &str = "w:{sub}:count";

/// `KEYS`: witness, count.
const NUMBER: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
return redis.call('INCR', KEYS[2])
";

/// `KEYS`: witness, submission, document, pictures, shelves. `ARGV`: submission, document, pictures (nothing: none), number.
const KEEP: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
if redis.call('EXISTS', KEYS[2]) == 1 then return 1 end
redis.call('SET', KEYS[2], ARGV[1])
redis.call('SET', KEYS[3], ARGV[2])
if ARGV[3] ~= '' then redis.call('SET', KEYS[4], ARGV[3]) end
for i = 5, #KEYS do redis.call('ZADD', KEYS[i], ARGV[4], ARGV[4]) end
return 1
";

/// `KEYS`: witness, submission, document, pictures, undo, shelves to leave, shelves to take. `ARGV`: submission as it was, as
/// it is to be, number, how many shelves to leave, undo (nothing: as it is), whether to destroy the files. Returns whether
/// it was still that.
const REPLACE: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
local now = redis.call('GET', KEYS[2])
if now == ARGV[2] then return 1 end
if now ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
if ARGV[5] ~= '' then redis.call('SET', KEYS[5], ARGV[5]) end
if ARGV[6] == '1' then redis.call('DEL', KEYS[3], KEYS[4], KEYS[5]) end
local left = tonumber(ARGV[4])
for i = 6, 5 + left do redis.call('ZREM', KEYS[i], ARGV[3]) end
for i = 6 + left, #KEYS do redis.call('ZADD', KEYS[i], ARGV[3], ARGV[3]) end
return 1
";

/// `KEYS`: witness, submission, document, pictures, undo, shelves. `ARGV`: submission as it was, number. Returns whether it
/// was still that, and is gone.
const DESTROY: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
for i = 6, #KEYS do redis.call('ZREM', KEYS[i], ARGV[2]) end
return 1
";

fn name(number: u64) -> String {
    format!("w:{{sub}}:n:{number}")
}

fn part_name(number: u64, part: Part) -> String {
    format!("w:{{sub}}:{}:{number}", part.letter())
}

fn shelf_name(shelf: &str) -> String {
    format!("w:{{sub}}:z:{shelf}")
}

#[async_trait]
impl Submissions for RedisStore {
    async fn keep_submission(&self, new: &NewSubmission) -> Result<u64, StoreError> {
        in_time(MANY, self.inner.keep_submission(new)).await
    }

    async fn submission(&self, number: u64) -> Result<Option<Submission>, StoreError> {
        let stored = in_time(ONE, self.inner.get_in_submissions(name(number))).await?;
        stored.map(|bytes| codec::decode_submission(number, &bytes)).transpose()
    }

    async fn submissions(
        &self,
        filter: &SubmissionFilter,
        before: u64,
        limit: usize,
    ) -> Result<Vec<Submission>, StoreError> {
        in_time(MANY, self.inner.list_submissions(&filter.shelf(), before, limit.min(MOST_SUBMISSIONS_LISTED))).await
    }

    async fn replace_submission(
        &self,
        was: &Submission,
        is: &Submission,
        undo: Option<&[u8]>,
    ) -> Result<bool, StoreError> {
        in_time(MANY, self.inner.replace_submission(was, is, undo)).await
    }

    async fn expire_submissions(&self, untouched_since: Timestamp) -> Result<usize, StoreError> {
        self.inner.expire_submissions(untouched_since).await
    }

    async fn submission_part(&self, number: u64, part: Part) -> Result<Option<Bytes>, StoreError> {
        let stored = in_time(MANY, self.inner.get_in_submissions(part_name(number, part))).await?;
        stored.map(|bytes| codec::decode_part(&bytes)).transpose()
    }
}

impl Inner {
    fn slot_of_submissions(&self) -> u16 {
        self.fleet.spread.slot(COUNT.as_bytes())
    }

    /// Ask, and make sure that the slot was not emptied.
    async fn in_submissions(&self, command: Cmd) -> Result<Value, StoreError> {
        self.witnessed(self.slot_of_submissions(), command).await
    }

    async fn get_in_submissions(&self, name: String) -> Result<Option<Vec<u8>>, StoreError> {
        bytes(self.in_submissions(cmd("GET").arg(name).to_owned()).await?, "GET")
    }

    /// Carry out a script that writes. Its first name is the witness.
    async fn write_submissions(
        &self,
        script: &str,
        names: Vec<String>,
        arguments: Vec<Vec<u8>>,
    ) -> Result<Value, StoreError> {
        let slot = self.slot_of_submissions();
        let mut command = cmd("EVAL");
        command.arg(script).arg(names.len() + 1).arg(self.fleet.spread.witness(slot)).arg(names).arg(arguments);
        let reply = self.fleet.one(slot, command, Manner::Patient).await?;
        replica::wait_at(&self.fleet, slot).await?;
        Ok(reply)
    }

    async fn keep_submission(&self, new: &NewSubmission) -> Result<u64, StoreError> {
        let taken = self.write_submissions(NUMBER, vec![COUNT.to_owned()], Vec::new()).await?;
        let taken = number(&taken).and_then(|taken| u64::try_from(taken).ok()).ok_or_else(|| odd("INCR"))?;
        let parts = [Part::Document, Part::Photos].map(|part| part_name(taken, part));
        let shelves = new.submission.shelves().into_iter().map(|shelf| shelf_name(&shelf));
        let names = [name(taken)].into_iter().chain(parts).chain(shelves).collect();
        let photos = new.photos.as_ref().map(|photos| codec::encode_part(photos)).transpose()?;
        let arguments = vec![
            codec::encode_submission(&new.submission)?,
            codec::encode_part(&new.document)?,
            photos.unwrap_or_default(),
            taken.to_string().into_bytes(),
        ];
        if is_yes(&self.write_submissions(KEEP, names, arguments).await?) { Ok(taken) } else { Err(odd("KEEP")) }
    }

    async fn replace_submission(
        &self,
        was: &Submission,
        is: &Submission,
        undo: Option<&[u8]>,
    ) -> Result<bool, StoreError> {
        let Some(raw) = self.get_in_submissions(name(was.number)).await? else { return Ok(false) };
        let now = codec::decode_submission(was.number, &raw)?;
        if now.version != was.version {
            return Ok(false);
        }
        let (left, taken) = (now.shelves(), is.shelves());
        let parts = Part::ALL.map(|part| part_name(was.number, part));
        let shelves = left.iter().chain(&taken).map(|shelf| shelf_name(shelf));
        let names = [name(was.number)].into_iter().chain(parts).chain(shelves).collect();
        let undo = undo.map(codec::encode_part).transpose()?;
        let arguments = vec![
            raw,
            codec::encode_submission(is)?,
            was.number.to_string().into_bytes(),
            left.len().to_string().into_bytes(),
            undo.unwrap_or_default(),
            if is.has_files() { Vec::new() } else { b"1".to_vec() },
        ];
        Ok(is_yes(&self.write_submissions(REPLACE, names, arguments).await?))
    }

    async fn list_submissions(&self, place: &str, before: u64, limit: usize) -> Result<Vec<Submission>, StoreError> {
        let mut command = cmd("ZREVRANGEBYSCORE");
        command.arg(shelf_name(place)).arg(format!("({before}")).arg("-inf").arg("LIMIT").arg(0).arg(limit);
        let stored = self.stored_of(command).await?;
        stored.into_iter().map(|(number, raw)| codec::decode_submission(number, &raw)).collect()
    }

    /// Submissions whose numbers a command lists, as they are stored.
    async fn stored_of(&self, listing: Cmd) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let found = list(self.in_submissions(listing).await?).ok_or_else(|| odd("a shelf"))?;
        let numbers = found.iter().map(|raw| core::str::from_utf8(raw).ok()?.parse().ok());
        let numbers: Option<Vec<u64>> = numbers.collect();
        let numbers = numbers.ok_or_else(|| StoreError::Corrupt("a shelf of submissions".to_owned()))?;
        let slot = self.slot_of_submissions();
        let asks: Vec<Ask> =
            numbers.iter().map(|it| Ask { slot, command: cmd("GET").arg(name(*it)).to_owned() }).collect();
        let mut stored = Vec::with_capacity(numbers.len());
        for (number, reply) in numbers.into_iter().zip(self.fleet.ask(&asks, Manner::Patient).await?) {
            stored.extend(bytes(reply, "GET")?.map(|raw| (number, raw)));
        }
        Ok(stored)
    }

    /// None is touched before it is kept: the first that was kept later ends the search.
    async fn expire_submissions(&self, since: Timestamp) -> Result<usize, StoreError> {
        let all = shelf_name(&SubmissionFilter::default().shelf());
        let (mut gone, mut after) = (0, 0);
        loop {
            let mut command = cmd("ZRANGEBYSCORE");
            command.arg(&all).arg(format!("({after}")).arg("+inf").arg("LIMIT").arg(0).arg(PAGE);
            let page = in_time(MANY, self.stored_of(command)).await?;
            let Some(last) = page.last().map(|(number, _)| *number) else { return Ok(gone) };
            after = last;
            for (number, raw) in page {
                // A damaged one is left to whoever reads it.
                let Ok(submission) = codec::decode_submission(number, &raw) else { continue };
                if submission.at >= since {
                    return Ok(gone);
                }
                if submission.touched_at() < since {
                    gone += usize::from(in_time(ONE, self.destroy_submission(&submission, raw)).await?);
                }
            }
        }
    }

    async fn destroy_submission(&self, was: &Submission, raw: Vec<u8>) -> Result<bool, StoreError> {
        let parts = Part::ALL.map(|part| part_name(was.number, part));
        let shelves = was.shelves().into_iter().map(|shelf| shelf_name(&shelf));
        let names = [name(was.number)].into_iter().chain(parts).chain(shelves).collect();
        let arguments = vec![raw, was.number.to_string().into_bytes()];
        Ok(is_yes(&self.write_submissions(DESTROY, names, arguments).await?))
    }
}
