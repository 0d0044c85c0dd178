//! What is so, what was so, and what a card says of it.

pub(super) const CODES: [&str; 4] = [
    "/01/09520000010010",
    "/01/09520000010010/10/L1",
    "/01/09520000010010/21/U1",
    // Not on record at first.
    "/01/09520000010027",
];

/// What may change; each has a history of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// Whether the registry is there: 1, or 0.
    There,
    /// The product's name, by number.
    Name,
    /// A recall of the lot: 0 none or withdrawn, 1 active.
    Recall,
    /// Whether the unit was cancelled.
    Revoked,
    /// Whether the fourth code is on record.
    Registered,
}

pub(super) const FACTS: [Fact; 5] = [Fact::There, Fact::Name, Fact::Recall, Fact::Revoked, Fact::Registered];

/// What a card says of all that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) verdict: String,
    pub(super) status: String,
    pub(super) name: Option<String>,
}

/// What a code's card says when these are the facts.
pub(super) fn expected(code: usize, fact: impl Fn(Fact) -> usize) -> Option<Said> {
    if fact(Fact::There) == 0 {
        return None;
    }
    let recalled = fact(Fact::Recall) == 1;
    let (verdict, status) = match code {
        0 => ("registered_gtin", if recalled { "possible" } else { "none_known" }),
        1 | 2 if recalled => ("recalled", "affected"),
        1 => ("registered_batch", "none_known"),
        2 if fact(Fact::Revoked) == 1 => ("revoked", "none_known"),
        2 => ("registered_item", "none_known"),
        _ if fact(Fact::Registered) == 1 => ("registered_gtin", "none_known"),
        _ => ("unknown", "none_known"),
    };
    let name = match (code, verdict) {
        (_, "unknown") => None,
        (3, _) => Some("Mật ong".to_owned()),
        _ => Some(name(fact(Fact::Name))),
    };
    Some(Said { verdict: verdict.to_owned(), status: status.to_owned(), name })
}

pub(super) fn name(number: usize) -> String {
    format!("Nước mắm {number}")
}

/// One fact's values, each with the second from which it held.
pub(super) struct History(pub(super) Vec<(i64, usize)>);

impl History {
    pub(super) fn now(&self) -> usize {
        self.0[self.0.len() - 1].1
    }

    pub(super) fn last(&self) -> usize {
        self.0.len() - 1
    }

    /// Values from a place on that still held at some second, or after it.
    pub(super) fn since(&self, place: usize, second: i64) -> impl Iterator<Item = usize> {
        let held = move |n: usize| n == self.last() || self.0[n + 1].0 >= second;
        (place..self.0.len()).filter(move |n| held(*n)).map(|n| self.0[n].1)
    }
}

/// What a node was told, for each fact as a place in its history.
#[derive(Clone, Copy, Default)]
pub(super) struct Told {
    /// That something may have changed, or that it has.
    pub(super) any: [usize; FACTS.len()],
    /// That just this has.
    pub(super) named: [usize; FACTS.len()],
}

pub(super) fn combinations(possible: &[Vec<usize>; FACTS.len()]) -> impl Iterator<Item = [usize; FACTS.len()]> {
    let count: usize = possible.iter().map(Vec::len).product();
    (0..count).map(move |mut n| {
        let mut values = [0; FACTS.len()];
        for (value, choices) in values.iter_mut().zip(possible) {
            *value = choices[n % choices.len()];
            n /= choices.len();
        }
        values
    })
}
