//! Numbers and dates: what one compares with the print on the pack.

use crate::{
    label::Label as L,
    name::Name as N,
    step::Step::{self, Close, DayRow, End, Has, In, Lacks, Open, Row, Section, Theirs},
};

/// Lot, serial, dates; or the code as it was read, where nothing is on record.
pub(crate) const BATCH: &[Step] = &[
    Has(N::Product),
    // What was on record before comes without a code, and says nothing of numbers.
    Has(N::Code),
    Section(N::BatchPart, L::Batch),
    Open(N::Dl, N::Rows),
    In(N::Batch),
    Row(L::Lot, N::Lot),
    End,
    Lacks(N::Batch),
    In(N::Code),
    Row(L::LotInCode, N::Lot),
    End,
    End,
    In(N::Code),
    Row(L::Serial, N::Serial),
    End,
    In(N::Batch),
    DayRow(N::Row, L::Produced, N::Produced),
    DayRow(N::ExpiryPart, L::Expires, N::Expires),
    DayRow(N::Row, L::BestBefore, N::BestBefore),
    End,
    In(N::Item),
    DayRow(N::ExpiryPart, L::OwnExpires, N::Expires),
    End,
    In(N::Code),
    DayRow(N::Row, L::ExpiresInCode, N::Expiry),
    Row(L::Gtin, N::Gtin),
    End,
    Close,
    Close,
    End,
    End,
    // Nothing on record: the code itself, large enough to compare digit by digit.
    Lacks(N::Product),
    In(N::Code),
    Has(N::Input),
    Section(N::BatchPart, L::CodeRead),
    Theirs(N::P, N::Code, N::Input),
    Close,
    End,
    End,
    End,
];
