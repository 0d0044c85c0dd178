//! Two nodes over one registry, whatever happens to it and to their links, against a model: no answer is older than its
//! bound, none is invented, none says "unknown" because of what was lost, and none hides what its node was told.
//!
//! | an answer | may be as old as |
//! |---|---|
//! | of a node that is told in time | nothing: every acknowledged change shows |
//! | of a node that is not | 30 s |
//! | marked as stale, when the registry cannot be asked | 10 min, and no change that the node was told of |
//! | marked as stale, that tells of a recall | a day |
//!
//! And whenever the registry can be asked there is an answer, and it is not a stale one.

mod model;
mod world;

use proptest::prelude::*;

use super::simulated::State;
use model::{CODES, FACTS, Fact};
use world::World;

#[derive(Clone, Debug)]
enum Step {
    Change(usize, Fact),
    Flush,
    Restore,
    /// Links fail at once, or in silence.
    Fail(usize, State),
    Heal(usize),
    FailOver,
    Advance(i64),
    Ask(usize, usize),
    /// Asks, and the registry changes between what is read and the answer.
    AskAcross(usize, usize, usize, Fact),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let node = 0..2_usize;
    let code = 0..CODES.len();
    let fact = prop::sample::select(&FACTS[1..]);
    let failure = prop::sample::select(&[State::Deaf, State::Cut, State::Stalled][..]);
    let step = prop_oneof![
        4 => (node.clone(), fact.clone()).prop_map(|(node, fact)| Step::Change(node, fact)),
        1 => Just(Step::Flush),
        2 => Just(Step::Restore),
        3 => (node.clone(), failure).prop_map(|(node, state)| Step::Fail(node, state)),
        3 => node.clone().prop_map(Step::Heal),
        1 => Just(Step::FailOver),
        3 => (1..40_i64).prop_map(Step::Advance),
        1 => (100..700_i64).prop_map(Step::Advance),
        12 => (node.clone(), code.clone()).prop_map(|(node, code)| Step::Ask(node, code)),
        2 => (node.clone(), code, node, fact).prop_map(|(a, code, b, fact)| Step::AskAcross(a, code, b, fact)),
    ];
    prop::collection::vec(step, 1..60)
}

fn run(steps: &[Step]) {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let mut world = World::new().await;
        for step in steps {
            world.step(step).await;
        }
        world.ends_well().await;
    });
}

#[test]
fn a_recall_that_was_not_pushed_shows_within_30_s() {
    let asked_every_second = |seconds| (0..seconds).flat_map(|_| [Step::Ask(0, 1), Step::Advance(1)]);
    let silent = [Step::Ask(0, 1), Step::Fail(0, State::Deaf), Step::Change(1, Fact::Recall)];
    run(&silent.into_iter().chain(asked_every_second(70)).collect::<Vec<_>>());
}

#[test]
fn a_recall_that_was_found_when_all_were_read_anew_is_not_hidden_by_a_stale_card() {
    run(&[
        Step::Ask(0, 1),
        Step::Fail(0, State::Cut),
        Step::Change(1, Fact::Recall),
        Step::Heal(0),
        // Reads the recalls, and with them the one of a card that nobody asks for now.
        Step::Ask(0, 3),
        Step::Fail(0, State::Cut),
        Step::Advance(60),
        Step::Ask(0, 1),
    ]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, max_shrink_iters: 2_000, ..ProptestConfig::default() })]
    #[test]
    fn no_answer_is_older_than_its_bound_and_none_is_invented(steps in steps()) {
        run(&steps);
    }
}
