//! Who makes or trades it, and how to reach them.

use crate::{
    label::Label as L,
    name::Name as N,
    step::Step::{self, Close, End, In, Open, Row, Section, SourceBeyondDeclared},
};

/// Old addresses stand beside new ones: labels still carry them, and a difference means nothing.
pub(crate) const PRODUCER: &[Step] = &[
    In(N::Producer),
    Section(N::ProducerPart, L::Producer),
    Open(N::Dl, N::Rows),
    Row(L::Name, N::Called),
    In(N::Place),
    Row(L::Address, N::Address),
    Row(L::LegacyAddress, N::LegacyAddress),
    End,
    Row(L::Phone, N::Phone),
    Row(L::Email, N::Email),
    Row(L::Website, N::Website),
    Close,
    SourceBeyondDeclared,
    Close,
    End,
];
