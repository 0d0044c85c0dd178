//! Replays: in order, cut short and taken up again, with a crash at any moment.

use std::os::unix::fs::PermissionsExt as _;

use super::*;
use crate::store::ledger::AGAIN_S;

/// A replay in which the line number n meets what `attempt` says; which lines were tried, and what came of it.
async fn replay(journal: &Journal, clock: &Still, attempt: impl Fn(u64) -> Attempt) -> (Vec<(u64, bool)>, Replayed) {
    let tried = Mutex::new(Vec::new());
    let replayed = journal
        .replay(clock, |line| {
            tried.lock().push((number(&line), line.sent));
            core::future::ready(attempt(number(&line)))
        })
        .await
        .unwrap();
    (tried.into_inner(), replayed)
}

#[tokio::test]
async fn a_replay_stops_where_the_store_is_away_again_and_goes_on_from_there() {
    let desk = Desk::with(&written(4).await);
    let (journal, _) = desk.open();
    let at = |number, what| move |n| if n == number { what } else { Attempt::Recorded };
    let (tried, replayed) = replay(&journal, &NOW, at(3, Attempt::NotSent)).await;
    assert_eq!(tried, [(1, false), (2, false), (3, false)]);
    assert_eq!(replayed, Replayed { recorded: 2, waiting: 2, ..Replayed::default() });
    let (tried, _) = replay(&journal, &NOW, at(3, Attempt::Unanswered)).await;
    assert_eq!(tried, [(3, false)]);
    drop(journal);
    let (tried, replayed) = replay(&desk.open().0, &NOW, |_| Attempt::Recorded).await;
    assert_eq!(tried, [(3, true), (4, false)]);
    assert_eq!(replayed, Replayed { recorded: 2, ..Replayed::default() });
}

#[tokio::test]
async fn what_was_recorded_is_not_in_the_file_any_more_and_nobody_else_reads_what_waits() {
    let desk = Desk::new();
    let (journal, _) = desk.open();
    let told = |n: u64| Line { sent: false, entry: Entry::Report(json!({ "contact": format!("0912 000 {n:03}") })) };
    for n in 1..=3 {
        journal.append(&told(n)).await.unwrap();
    }
    let seen = Mutex::new(0);
    let attempt = |_| {
        *seen.lock() += 1;
        core::future::ready(if *seen.lock() == 3 { Attempt::Unanswered } else { Attempt::Recorded })
    };
    assert_eq!(journal.replay(&NOW, attempt).await.unwrap().waiting, 1);
    let text = String::from_utf8(desk.bytes()).unwrap();
    assert!(
        !text.contains("0912 000 001") && !text.contains("0912 000 002") && text.contains("0912 000 003"),
        "{text}"
    );
    // The new file takes lines, and is the one that is found.
    journal.append(&told(4)).await.unwrap();
    drop(journal);
    let (journal, opened) = desk.open();
    assert_eq!(opened, Opened { waiting: 2, ..Opened::default() });
    assert_eq!(all_of(&journal).await, [Line { sent: true, ..told(3) }, told(4)]);
    let mode = fs::metadata(desk.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn lines_of_many_bytes_are_given_a_few_at_a_time() {
    let desk = Desk::new();
    let (journal, _) = Journal::open(&desk.path(), Bounds::REPORTS).unwrap();
    let large = "x".repeat(400_000);
    for _ in 0..30 {
        journal.append(&Line { sent: false, entry: Entry::Report(json!(large)) }).await.unwrap();
    }
    let given = journal.writer.ask(|answer| Order::Take(256, answer)).await.unwrap();
    assert!((10..=11).contains(&given.len()), "{}", given.len());
    journal.writer.ask(|answer| Order::Finish { done: 0, sent: 0, answer }).await.unwrap();
    assert_eq!(all_of(&journal).await.len(), 30);
}

#[tokio::test]
async fn a_line_that_the_store_refuses_is_set_aside_and_the_next_are_recorded() {
    let desk = Desk::with(&written(3).await);
    let refuse = |n| if n == 2 { Attempt::Refused } else { Attempt::Recorded };
    let (tried, replayed) = replay(&desk.open().0, &NOW, refuse).await;
    assert_eq!(tried.len(), 3);
    assert_eq!(replayed, Replayed { recorded: 2, refused: 1, ..Replayed::default() });
    assert_eq!(desk.beside("unrecorded"), line::encode(&line(2)).unwrap());
}

#[tokio::test]
async fn a_check_that_may_have_been_counted_is_sent_again_only_while_the_ledger_knows_its_key() {
    let sent = |n| Line { sent: true, ..line(n) };
    for (age_s, recorded, in_doubt) in [(AGAIN_S - 1, 3, 0), (AGAIN_S, 2, 1)] {
        let desk = Desk::new();
        let (journal, _) = desk.open();
        for line in [line(1), sent(2), Line { sent: true, entry: Entry::Report(json!(3)) }] {
            journal.append(&line).await.unwrap();
        }
        let (_, replayed) = replay(&journal, &Still(START + age_s), |_| Attempt::Recorded).await;
        assert_eq!(replayed, Replayed { recorded, in_doubt, ..Replayed::default() });
        let aside = if in_doubt == 0 { Vec::new() } else { line::encode(&sent(2)).unwrap() };
        assert_eq!(desk.beside("unrecorded"), aside);
    }
}

#[tokio::test]
async fn a_crash_while_a_line_is_recorded_leaves_it_in_doubt_and_loses_none() {
    let desk = Desk::with(&written(3).await);
    let (journal, _) = desk.open();
    let crashes = Mutex::new(Vec::new());
    journal
        .replay(&NOW, |line| {
            crashes.lock().push((number(&line), desk.bytes()));
            core::future::ready(if number(&line) == 3 { Attempt::NotSent } else { Attempt::Recorded })
        })
        .await
        .unwrap();
    drop(journal);
    let crashes = crashes.into_inner();
    // What a crash leaves when the third is known not to have been sent.
    let mut whole = crashes.last().unwrap().1.clone();
    let third = starts(&whole)[2] as u64;
    whole.extend(line::encode_mark(line::Mark { done: third, sent: third }).unwrap());
    for (recording, bytes) in crashes {
        let (tried, _) = replay(&Desk::with(&bytes).open().0, &NOW, |_| Attempt::Recorded).await;
        assert!(tried.contains(&(recording, true)), "{recording}: {tried:?}");
        assert!((recording..=3).all(|n| tried.iter().any(|(tried, _)| *tried == n)), "{recording}: {tried:?}");
    }
    // What was recorded and marked so is not sent again, and what was not sent is known not to be.
    let (tried, _) = replay(&Desk::with(&whole).open().0, &NOW, |_| Attempt::Recorded).await;
    assert_eq!(tried, [(3, false)]);
    // A mark that was torn or damaged says nothing; then nothing is lost and what is in doubt is known to be.
    for cut in (written(3).await.len()..whole.len()).step_by(5) {
        let (tried, _) = replay(&Desk::with(&whole[..cut]).open().0, &NOW, |_| Attempt::Recorded).await;
        assert!(tried.iter().any(|(n, _)| *n == 3), "cut at {cut}: {tried:?}");
        let mut damaged = whole.clone();
        damaged[cut] ^= 0x04;
        let (tried, _) = replay(&Desk::with(&damaged).open().0, &NOW, |_| Attempt::Recorded).await;
        assert!(tried.iter().any(|(n, _)| *n == 3), "damaged at {cut}: {tried:?}");
        assert!(tried.iter().all(|(n, sent)| *n == 3 || *sent), "damaged at {cut}: {tried:?}");
    }
}

#[tokio::test]
async fn a_replay_that_is_dropped_half_way_is_taken_up_again() {
    let desk = Desk::with(&written(2).await);
    let (journal, _) = desk.open();
    let replaying = journal.replay(&NOW, |_| core::future::pending());
    assert!(tokio::time::timeout(core::time::Duration::ZERO, replaying).await.is_err());
    journal.append(&line(3)).await.unwrap();
    assert_eq!(numbers(&all_of(&journal).await), [1, 2, 3]);
}
