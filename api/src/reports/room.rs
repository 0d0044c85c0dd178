//! How much of reports on their way memory may hold, all together: bodies arrive as slowly as whoever sends them likes.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Memory for reports on their way, in KiB: 128 MiB, some sixty of the largest.
const ROOM_KIB: usize = 128 * 1024;

/// The room.
#[derive(Clone, Debug)]
pub struct Room(Arc<Semaphore>);

/// What one report takes of it. Given back when it goes.
#[derive(Debug)]
pub struct Share {
    room: Room,
    bytes: usize,
    held: Option<OwnedSemaphorePermit>,
}

/// There is no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(ROOM_KIB)))
    }
}

impl Room {
    /// A share of nothing, to grow as the body comes.
    #[must_use]
    pub fn share(&self) -> Share {
        Share { room: self.clone(), bytes: 0, held: None }
    }
}

impl Share {
    /// Take room for more bytes.
    ///
    /// # Errors
    /// When there is none.
    pub fn grow(&mut self, bytes: usize) -> Result<(), Full> {
        self.bytes += bytes;
        let held = self.held.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let wanted = u32::try_from(self.bytes.div_ceil(1024).saturating_sub(held)).map_err(|_| Full)?;
        if wanted == 0 {
            return Ok(());
        }
        let more = Arc::clone(&self.room.0).try_acquire_many_owned(wanted).map_err(|_| Full)?;
        match &mut self.held {
            Some(held) => held.merge(more),
            None => self.held = Some(more),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_given_back() {
        let room = Room::default();
        let mut shares: Vec<Share> = (0..4).map(|_| room.share()).collect();
        for share in &mut shares {
            for _ in 0..32 {
                assert_eq!(share.grow(1024 * 1024), Ok(()));
            }
        }
        let mut last = room.share();
        assert_eq!(last.grow(0), Ok(()));
        assert_eq!(last.grow(1), Err(Full));
        shares.pop();
        assert_eq!(room.share().grow(1), Ok(()));
    }
}
