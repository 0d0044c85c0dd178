//! What to compare with the thing in the hand.

use crate::{
    label::Label as L,
    name::Name as N,
    step::Step::{self, Close, Each, Embedded, End, Has, OnPage, Open, Picture, Say, Theirs},
};

/// Stands beside the numbers and dates: the two are one glance at the pack.
pub(crate) const COMPARE: &[Step] = &[
    Has(N::Compare),
    Open(N::Section, N::Section),
    Open(N::H2, N::Heading),
    Embedded,
    Say(L::CompareLater),
    End,
    OnPage,
    Say(L::Compare),
    End,
    Close,
    Open(N::Ul, N::Compare),
    Each(N::Compare),
    Open(N::Li, N::None),
    Picture(N::Image),
    Theirs(N::P, N::Line, N::Text),
    Close,
    End,
    Close,
    Close,
    End,
];
