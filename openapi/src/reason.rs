//! Why: the closed list of reason codes.

use serde::{Deserialize, Serialize};

/// One finding, with its sentence in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(
        example = json!({"code":"lot_mismatch","text":"Số lô trên mã là F13Z, trong hồ sơ là F13A.","in_code":"F13Z","on_record":"F13A"})
    )
)]
pub struct Reason {
    /// The finding, from a closed list.
    pub code: ReasonCode,
    /// One sentence in the reader's language.
    pub text: String,
    /// What the code says, where the two are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_code: Option<String>,
    /// What the record says, where the two are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_record: Option<String>,
}

macro_rules! reason_codes {
    ($($(#[$doc:meta])* $name:ident = $wire:literal,)+) => {
        /// The closed list of findings. A new one is a change of contract.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum ReasonCode {
            $($(#[$doc])* $name,)+
        }

        impl ReasonCode {
            /// Every reason code, in the order of the contract.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The wire name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $wire,)+ }
            }
        }
    };
}

reason_codes! {
    /// The product is on record.
    GtinOnRecord = "gtin_on_record",
    /// The lot is on record.
    LotOnRecord = "lot_on_record",
    /// The serial is on record.
    SerialOnRecord = "serial_on_record",
    /// The product is known; this lot is not.
    UnknownLot = "unknown_lot",
    /// The product keeps serials; this one was never issued.
    UnknownSerial = "unknown_serial",
    /// A serial that differs only in upper and lower case is on record.
    CaseVariantExists = "case_variant_exists",
    /// The product keeps no serials, so the one in the code says nothing.
    SerialsNotKept = "serials_not_kept",
    /// The lot in the code is not the one on record for this serial.
    LotMismatch = "lot_mismatch",
    /// The expiry in the code is not the one on record.
    ExpiryMismatch = "expiry_mismatch",
    /// Blanks around the code were removed.
    InputTrimmed = "input_trimmed",
    /// The label points to a web address that the producer does not declare.
    HostNotDeclared = "host_not_declared",
    /// Past the recorded expiry.
    Expired = "expired",
    /// Past the expiry printed in the code.
    ExpiredByCode = "expired_by_code",
    /// Today is the last day.
    ExpiresToday = "expires_today",
    /// Past the best-before date; no danger in itself.
    BestBeforePassed = "best_before_passed",
    /// A certificate has ended.
    CertificateEnded = "certificate_ended",
    /// The registration has ended.
    RegistrationEnded = "registration_ended",
    /// Issued, not yet on sale.
    NotActivated = "not_activated",
    /// A specimen for training or display.
    Specimen = "specimen",
    /// An active recall matches.
    RecallActive = "recall_active",
    /// A closed recall matches; closed is not safe.
    RecallClosed = "recall_closed",
    /// A recall was withdrawn in the last 30 days.
    RecallWithdrawn = "recall_withdrawn",
    /// Other lots or serials of this product are recalled.
    RecallOtherLots = "recall_other_lots",
    /// A lot that this one was made from is recalled.
    InputRecalled = "input_recalled",
    /// The code was cancelled.
    CodeRevoked = "code_revoked",
    /// No check has been counted for this unit yet.
    NotCheckedYet = "not_checked_yet",
    /// This was the first check.
    FirstCheck = "first_check",
    /// There were checks before this one.
    CheckedBefore = "checked_before",
    /// A soft clone rule fired.
    CloneSoftRule = "clone_soft_rule",
    /// A hard clone rule fired.
    CloneHardRule = "clone_hard_rule",
    /// The code was published somewhere.
    SharedPublicly = "shared_publicly",
    /// The PIN of this unit was used, or the unit was marked used.
    PinRedeemed = "pin_redeemed",
    /// By the same receipt as before.
    SameReceipt = "same_receipt",
    /// The PIN is the one on record, and was used by this check.
    PinAccepted = "pin_accepted",
    /// The PIN is not the one on record.
    PinMismatch = "pin_mismatch",
    /// A PIN was given, and there is none on record for this unit.
    PinNotOnRecord = "pin_not_on_record",
    /// The PIN was not compared: too many were tried.
    PinTooOften = "pin_too_often",
    /// The PIN could not be compared.
    PinNotCompared = "pin_not_compared",
    /// This check could not be counted.
    NotCounted = "not_counted",
    /// It is kept, and will be counted.
    CountedLater = "counted_later",
    /// Two publishers declare this product.
    OwnershipDisputed = "ownership_disputed",
    /// The producer's own wording makes a claim; it is shown in quotes.
    ClaimInName = "claim_in_name",
    /// The check digit does not fit.
    CheckDigit = "check_digit",
    /// The structure does not fit.
    Structure = "structure",
    /// Two codes were read as one.
    SeveralCodes = "several_codes",
    /// A code for a bank transfer.
    PaymentCode = "payment_code",
    /// The code of a personal document.
    PersonalDocument = "personal_document",
    /// A number for use inside one shop.
    RestrictedCirculation = "restricted_circulation",
    /// A pallet or parcel.
    LogisticUnit = "logistic_unit",
    /// The case code of a product on record.
    MaybeTradeUnitOf = "maybe_trade_unit_of",
    /// A code of another scheme.
    OtherScheme = "other_scheme",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_reason_is_the_one_on_the_wire() {
        for reason in ReasonCode::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
    }
}
