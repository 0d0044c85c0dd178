//! The fields of a coupon, and what can be wrong with one.

/// A field of a coupon code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CouponField {
    /// The coupon.
    Whole,
    /// The format code.
    Format,
    /// The length of the funder.
    FunderVli,
    /// The funder.
    Funder,
    /// The offer code.
    OfferCode,
    /// The length of the first company prefix.
    PrimaryPrefixVli,
    /// The first company prefix.
    PrimaryPrefix,
    /// The length of the save value.
    SaveValueVli,
    /// The save value.
    SaveValue,
    /// The length of the first purchase requirement.
    PrimaryRequirementVli,
    /// The first purchase requirement.
    PrimaryRequirement,
    /// The first purchase requirement code.
    PrimaryRequirementCode,
    /// The first purchase family code.
    PrimaryFamily,
    /// The length of the second purchase requirement.
    SecondRequirementVli,
    /// The second purchase requirement.
    SecondRequirement,
    /// The second purchase requirement code.
    SecondRequirementCode,
    /// The second purchase family code.
    SecondFamily,
    /// The length of the second company prefix.
    SecondPrefixVli,
    /// The second company prefix.
    SecondPrefix,
    /// The length of the third purchase requirement.
    ThirdRequirementVli,
    /// The third purchase requirement.
    ThirdRequirement,
    /// The third purchase requirement code.
    ThirdRequirementCode,
    /// The third purchase family code.
    ThirdFamily,
    /// The length of the third company prefix.
    ThirdPrefixVli,
    /// The third company prefix.
    ThirdPrefix,
    /// The additional purchase rules.
    PurchaseRules,
    /// The expiry date.
    Expiry,
    /// The start date.
    Start,
    /// The length of the serial number.
    SerialVli,
    /// The serial number.
    Serial,
    /// The length of the retailer.
    RetailerVli,
    /// The retailer.
    Retailer,
    /// The save value code.
    SaveValueCode,
    /// The item that the save value applies to.
    SaveValueAppliesTo,
    /// The store coupon flag.
    StoreCouponFlag,
    /// The do not multiply flag.
    DontMultiplyFlag,
}

impl CouponField {
    /// What the field is called in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "coupon",
            Self::Format => "format code",
            Self::FunderVli => "length of the funder",
            Self::Funder => "funder",
            Self::OfferCode => "offer code",
            Self::PrimaryPrefixVli => "length of the first company prefix",
            Self::PrimaryPrefix => "first company prefix",
            Self::SaveValueVli => "length of the save value",
            Self::SaveValue => "save value",
            Self::PrimaryRequirementVli => "length of the first purchase requirement",
            Self::PrimaryRequirement => "first purchase requirement",
            Self::PrimaryRequirementCode => "first purchase requirement code",
            Self::PrimaryFamily => "first purchase family code",
            Self::SecondRequirementVli => "length of the second purchase requirement",
            Self::SecondRequirement => "second purchase requirement",
            Self::SecondRequirementCode => "second purchase requirement code",
            Self::SecondFamily => "second purchase family code",
            Self::SecondPrefixVli => "length of the second company prefix",
            Self::SecondPrefix => "second company prefix",
            Self::ThirdRequirementVli => "length of the third purchase requirement",
            Self::ThirdRequirement => "third purchase requirement",
            Self::ThirdRequirementCode => "third purchase requirement code",
            Self::ThirdFamily => "third purchase family code",
            Self::ThirdPrefixVli => "length of the third company prefix",
            Self::ThirdPrefix => "third company prefix",
            Self::PurchaseRules => "additional purchase rules",
            Self::Expiry => "expiry date",
            Self::Start => "start date",
            Self::SerialVli => "length of the serial number",
            Self::Serial => "serial number",
            Self::RetailerVli => "length of the retailer",
            Self::Retailer => "retailer",
            Self::SaveValueCode => "save value code",
            Self::SaveValueAppliesTo => "item that the save value applies to",
            Self::StoreCouponFlag => "store coupon flag",
            Self::DontMultiplyFlag => "do not multiply flag",
        }
    }
}

/// What is wrong with a field of a coupon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CouponFault {
    /// It is not there.
    Missing,
    /// It is shorter than its length says.
    Short,
    /// It holds a value that it may not.
    Value,
    /// The expiry date precedes the start date.
    Order,
    /// Something follows after the last field.
    Excess,
}

impl CouponFault {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "coupon_field_missing",
            Self::Short => "coupon_field_too_short",
            Self::Value => "coupon_field_value",
            Self::Order => "coupon_dates",
            Self::Excess => "coupon_excess",
        }
    }
}
