//! The findings that a reader can use, and where they lead.

use crate::{
    label::Label as L,
    name::Name as N,
    step::Step::{self, Close, Each, End, Findings, Has, In, Onward, Open, Row, Section, Theirs, Untold},
};

/// Where code and record differ, both stand side by side.
pub(crate) const REASONS: &[Step] = &[
    Findings,
    Section(N::ReasonsPart, L::Notes),
    Open(N::Ul, N::List),
    Each(N::Reasons),
    Untold,
    Open(N::Li, N::Reason),
    Theirs(N::P, N::Line, N::Text),
    Has(N::InCode),
    Open(N::Dl, N::Difference),
    Row(L::InCode, N::InCode),
    Row(L::OnRecord, N::OnRecord),
    Close,
    End,
    Close,
    End,
    End,
    Close,
    In(N::Links),
    Onward(L::CaseVariant, N::CaseVariant),
    Onward(L::TradeUnit, N::TradeUnit),
    End,
    Close,
    End,
];
