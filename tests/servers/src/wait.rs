//! Time: how long something took, and waiting for a condition, never for a while.

use std::thread;
use std::time::{Duration, Instant};

/// Longest that anything may take that is not itself about time.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Between two looks, not instead of one.
const PAUSE: Duration = Duration::from_millis(5);

#[expect(clippy::disallowed_methods, reason = "a test measures the time that passes outside of it")]
fn now() -> Instant {
    Instant::now()
}

/// Runs something; its result, and how long it took.
pub fn elapsed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let began = now();
    let result = run();
    (result, began.elapsed())
}

/// Asks until there is an answer. Fails the test when there is none in time.
pub fn within<T>(limit: Duration, awaited: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let began = now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(began.elapsed() < limit, "not within {limit:?}: {awaited}");
        thread::sleep(PAUSE);
    }
}

/// Waits in a runtime for a condition, for [`PATIENCE`] at most.
pub async fn until(awaited: &str, mut condition: impl AsyncFnMut() -> bool) {
    let began = now();
    while !condition().await {
        assert!(began.elapsed() < PATIENCE, "in vain: {awaited}");
        tokio::time::sleep(PAUSE).await;
    }
}
