//! Coupon codes of AI 8110 and AI 8112.
//!
//! A coupon is a run of fields without separators; a length indicator (VLI) in front of a field
//! says how long it is. GS1 "North American Coupon Application Guideline Using GS1 `DataBar`
//! Expanded Symbols" and "Positive Offer File" annex.

use super::{Fault, Verdict, date, text};
use crate::charset::Charset;
use crate::error::{CouponFault, CouponField, ErrorCode};

/// Reads fields off the front of a coupon.
struct Fields<'a> {
    value: &'a [u8],
    at: usize,
}

impl<'a> Fields<'a> {
    fn new(value: &'a [u8]) -> Result<Self, Fault> {
        text::members(Charset::Numeric, value)?;
        Ok(Self { value, at: 0 })
    }

    fn left(&self) -> &'a [u8] {
        self.value.get(self.at..).unwrap_or_default()
    }

    /// Something is missing: all that is left is at fault, or all there is where nothing is left.
    fn cut_short(&self, field: CouponField, fault: CouponFault) -> Fault {
        let code = ErrorCode::Coupon(field, fault);
        match self.left().len() {
            0 => Fault::whole(code, self.value),
            len => Fault::at(code, self.at, len),
        }
    }

    /// One digit out of `allowed`, as a number.
    fn one_of(&mut self, allowed: &[u8], field: CouponField) -> Result<usize, Fault> {
        let Some(&digit) = self.left().first() else {
            return Err(self.cut_short(field, CouponFault::Missing));
        };
        if !allowed.contains(&digit) {
            let code = ErrorCode::Coupon(field, CouponFault::Value);
            return Err(Fault::at(code, self.at, 1));
        }
        self.at += 1;
        Ok(usize::from(digit - b'0'))
    }

    /// Exactly `len` digits.
    fn digits(&mut self, len: usize, field: CouponField) -> Result<&'a [u8], Fault> {
        let Some(digits) = self.left().get(..len) else {
            return Err(self.cut_short(field, CouponFault::Short));
        };
        self.at += len;
        Ok(digits)
    }

    /// An optional field begins with its number; whether the next one does.
    fn begins(&mut self, number: u8) -> bool {
        let begins = self.left().first() == Some(&number);
        if begins {
            self.at += 1;
        }
        begins
    }

    fn purchase(&mut self, purchase: &Purchase) -> Verdict {
        let len = self.one_of(b"12345", purchase.requirement_vli)?;
        self.digits(len, purchase.requirement)?;
        self.one_of(b"012349", purchase.requirement_code)?;
        self.digits(3, purchase.family)?;
        Ok(())
    }

    /// The company prefix of a further purchase: 9 means that there is none.
    fn prefix(&mut self, vli: CouponField, prefix: CouponField) -> Verdict {
        match self.one_of(b"01234569", vli)? {
            9 => Ok(()),
            more => self.digits(6 + more, prefix).map(|_| ()),
        }
    }

    fn date(&mut self, field: CouponField) -> Result<&'a [u8], Fault> {
        let at = self.at;
        let digits = self.digits(6, field)?;
        if date::yymmdd(digits, false).is_err() {
            let code = ErrorCode::Coupon(field, CouponFault::Value);
            return Err(Fault::at(code, at, 6));
        }
        Ok(digits)
    }

    fn end(&self) -> Verdict {
        if self.left().is_empty() {
            return Ok(());
        }
        Err(self.cut_short(CouponField::Whole, CouponFault::Excess))
    }
}

struct Purchase {
    requirement_vli: CouponField,
    requirement: CouponField,
    requirement_code: CouponField,
    family: CouponField,
}

const PRIMARY: Purchase = Purchase {
    requirement_vli: CouponField::PrimaryRequirementVli,
    requirement: CouponField::PrimaryRequirement,
    requirement_code: CouponField::PrimaryRequirementCode,
    family: CouponField::PrimaryFamily,
};

const SECOND: Purchase = Purchase {
    requirement_vli: CouponField::SecondRequirementVli,
    requirement: CouponField::SecondRequirement,
    requirement_code: CouponField::SecondRequirementCode,
    family: CouponField::SecondFamily,
};

const THIRD: Purchase = Purchase {
    requirement_vli: CouponField::ThirdRequirementVli,
    requirement: CouponField::ThirdRequirement,
    requirement_code: CouponField::ThirdRequirementCode,
    family: CouponField::ThirdFamily,
};

/// AI 8110.
pub(super) fn code(value: &[u8]) -> Verdict {
    use CouponField as Field;
    let mut fields = Fields::new(value)?;
    let more = fields.one_of(b"0123456", Field::PrimaryPrefixVli)?;
    fields.digits(6 + more, Field::PrimaryPrefix)?;
    fields.digits(6, Field::OfferCode)?;
    let len = fields.one_of(b"12345", Field::SaveValueVli)?;
    fields.digits(len, Field::SaveValue)?;
    fields.purchase(&PRIMARY)?;
    if fields.begins(b'1') {
        fields.one_of(b"0123", Field::PurchaseRules)?;
        fields.purchase(&SECOND)?;
        fields.prefix(Field::SecondPrefixVli, Field::SecondPrefix)?;
    }
    if fields.begins(b'2') {
        fields.purchase(&THIRD)?;
        fields.prefix(Field::ThirdPrefixVli, Field::ThirdPrefix)?;
    }
    dates(&mut fields)?;
    if fields.begins(b'5') {
        let more = fields.one_of(b"0123456789", Field::SerialVli)?;
        fields.digits(6 + more, Field::Serial)?;
    }
    if fields.begins(b'6') {
        let more = fields.one_of(b"1234567", Field::RetailerVli)?;
        fields.digits(6 + more, Field::Retailer)?;
    }
    if fields.begins(b'9') {
        fields.one_of(b"01256", Field::SaveValueCode)?;
        fields.one_of(b"012", Field::SaveValueAppliesTo)?;
        fields.one_of(b"0123456789", Field::StoreCouponFlag)?;
        fields.one_of(b"01", Field::DontMultiplyFlag)?;
    }
    fields.end()
}

/// The optional expiry and start dates, and their order.
fn dates(fields: &mut Fields<'_>) -> Verdict {
    let start_of_dates = fields.at;
    let expiry = if fields.begins(b'3') { Some(fields.date(CouponField::Expiry)?) } else { None };
    if !fields.begins(b'4') {
        return Ok(());
    }
    let start = fields.date(CouponField::Start)?;
    if expiry.is_some_and(|expiry| expiry < start) {
        let code = ErrorCode::Coupon(CouponField::Expiry, CouponFault::Order);
        return Err(Fault::at(code, start_of_dates, fields.at - start_of_dates));
    }
    Ok(())
}

/// AI 8112.
pub(super) fn positive_offer(value: &[u8]) -> Verdict {
    let mut fields = Fields::new(value)?;
    fields.one_of(b"01", CouponField::Format)?;
    let more = fields.one_of(b"0123456", CouponField::FunderVli)?;
    fields.digits(6 + more, CouponField::Funder)?;
    fields.digits(6, CouponField::OfferCode)?;
    let more = fields.one_of(b"0123456789", CouponField::SerialVli)?;
    fields.digits(6 + more, CouponField::Serial)?;
    fields.end()
}
