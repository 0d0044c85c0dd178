//! The rule behind each reason on a card, and which lines of the log it rests on.

use gs1::Gtin14;
use nguon_openapi::ReasonCode;

use super::said::Said;
use crate::registry::{Batch, Record};

/// The family of rules that finds a reason, as in `verify/rules`.
pub(super) const fn rule_of(reason: ReasonCode) -> &'static str {
    use ReasonCode as R;
    match reason {
        R::GtinOnRecord
        | R::LotOnRecord
        | R::SerialOnRecord
        | R::UnknownLot
        | R::UnknownSerial
        | R::CaseVariantExists
        | R::SerialsNotKept
        | R::LotMismatch
        | R::InputTrimmed
        | R::HostNotDeclared
        | R::OwnershipDisputed
        | R::ClaimInName
        | R::MaybeTradeUnitOf => "identity",
        R::ExpiryMismatch
        | R::Expired
        | R::ExpiredByCode
        | R::ExpiresToday
        | R::BestBeforePassed
        | R::CertificateEnded
        | R::RegistrationEnded => "dates",
        R::NotActivated | R::Specimen | R::CodeRevoked => "state",
        R::RecallActive | R::RecallClosed | R::RecallWithdrawn | R::RecallOtherLots | R::InputRecalled => "recalls",
        R::NotCheckedYet
        | R::FirstCheck
        | R::CheckedBefore
        | R::CloneSoftRule
        | R::CloneHardRule
        | R::SharedPublicly
        | R::PinRedeemed
        | R::SameReceipt
        | R::PinAccepted
        | R::PinMismatch
        | R::PinNotOnRecord
        | R::PinTooOften
        | R::PinNotCompared
        | R::NotCounted
        | R::CountedLater => "checks",
        R::CheckDigit
        | R::Structure
        | R::SeveralCodes
        | R::PaymentCode
        | R::PersonalDocument
        | R::RestrictedCirculation
        | R::LogisticUnit
        | R::OtherScheme => "code",
    }
}

/// What a card is about.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) gtin: Option<Gtin14>,
    /// The lot in the code, or the unit's.
    pub(super) lot: Option<&'a str>,
}

impl Subject<'_> {
    fn is(self, gtin: Gtin14) -> bool {
        self.gtin == Some(gtin)
    }

    fn is_lot(self, batch: &Batch) -> bool {
        self.is(batch.gtin) && self.lot == Some(batch.lot.as_str())
    }
}

/// Whether a reason on a card rests on what a line says. What the code itself says rests on none.
pub(super) fn rests_on(reason: ReasonCode, subject: Subject<'_>, said: &Said) -> bool {
    use ReasonCode as R;
    let record = |takes: &dyn Fn(&Record) -> bool| matches!(said, Said::Record(it) if takes(it));
    let own = || said.products().iter().any(|gtin| subject.is(*gtin));
    let product = || own() && (record(&|it| matches!(it, Record::Product(_))) || matches!(said, Said::Settlement(_)));
    let lot = || record(&|it| matches!(it, Record::Batch(it) if subject.is_lot(it)));
    let unit = || {
        own() && (record(&|it| matches!(it, Record::Item(_) | Record::Items(_))) || matches!(said, Said::Revocation(_)))
    };
    let recall = || record(&|it| matches!(it, Record::Recall(_)));
    match reason {
        R::GtinOnRecord
        | R::UnknownLot
        | R::UnknownSerial
        | R::SerialsNotKept
        | R::HostNotDeclared
        | R::OwnershipDisputed
        | R::ClaimInName
        | R::RegistrationEnded => product(),
        R::MaybeTradeUnitOf => record(&|it| matches!(it, Record::Product(_))),
        R::LotOnRecord | R::BestBeforePassed => lot(),
        R::SerialOnRecord | R::CaseVariantExists | R::NotActivated | R::Specimen | R::CodeRevoked => unit(),
        R::LotMismatch | R::Expired | R::ExpiresToday | R::ExpiryMismatch => lot() || unit(),
        R::CertificateEnded => record(&|it| matches!(it, Record::Certificate(_))),
        R::RecallActive | R::RecallClosed | R::RecallWithdrawn | R::RecallOtherLots => own() && recall(),
        R::InputRecalled => (!own() && recall()) || lot(),
        R::SharedPublicly | R::CloneSoftRule | R::CloneHardRule => own() && matches!(said, Said::Unit(_)),
        _ => false,
    }
}
