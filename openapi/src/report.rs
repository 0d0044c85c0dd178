//! Reports: "this looks wrong", from a consumer with a product in hand.

use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Lang, UnknownValue};

macro_rules! report_reasons {
    ($($(#[$doc:meta])* $name:ident = $wire:literal, $vi:literal, $en:literal;)+) => {
        /// What looks wrong: a closed list. A new one is a change of contract.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum ReportReason {
            $($(#[$doc])* $name,)+
        }

        impl ReportReason {
            /// Every reason, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The wire name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $wire,)+ }
            }

            /// As a person chooses it.
            #[must_use]
            pub const fn say(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($vi, $en),)+ }
            }
        }

        impl FromStr for ReportReason {
            type Err = UnknownValue;
            fn from_str(s: &str) -> Result<Self, UnknownValue> {
                // The last name is followed by a comma and a blank too.
                const ALLOWED: &str = concat!($($wire, ", "),+);
                match s {
                    $($wire => Ok(Self::$name),)+
                    _ => Err(UnknownValue { allowed: ALLOWED.trim_end_matches(", ") }),
                }
            }
        }
    };
}

report_reasons! {
    /// The pack looks different from what the page shows.
    LooksDifferent = "looks_different", "Bao bì khác với hình trên trang", "The pack looks different from the page";
    /// The seal is broken or missing.
    SealBroken = "seal_broken", "Tem, nắp hoặc niêm phong bị rách, hở", "Seal, cap or label is broken or open";
    /// The same code is on another pack.
    CodeElsewhere = "code_elsewhere", "Thấy cùng mã này trên món khác", "The same code is on another pack";
    /// The PIN was used before.
    PinAlreadyUsed = "pin_already_used", "Mã PIN đã bị dùng trước đó", "The PIN had been used before";
    /// The goods are not as described.
    NotAsDescribed = "not_as_described", "Hàng không đúng như mô tả", "The product is not as described";
    /// Somebody fell ill or was hurt.
    MadeIll = "made_ill", "Có người bị ốm hoặc bị thương sau khi dùng", "Somebody fell ill or was hurt";
    /// Still on sale although it is recalled.
    SoldAfterRecall = "sold_after_recall", "Vẫn bán dù đã có thông báo thu hồi", "Still on sale after a recall";
    /// Something on the card is wrong: a request for correction.
    WrongRecord = "wrong_record", "Thông tin trên trang chưa đúng, cần sửa", "Something on the page is wrong, please correct it";
    /// Anything else.
    Other = "other", "Điều khác", "Something else";
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(
        example = json!({"code": "(01)09520000010010(10)L01A", "reason": "seal_broken", "text": "Nắp đã mở sẵn khi mua.", "place": "Chợ Sắt, Hải Phòng", "contact": "0225 3 123 456", "lang": "vi"})
    )
)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// The code on the pack, as it was read or typed; at most 2,048 bytes. Codes of personal documents and payments are
    /// refused, and kept nowhere.
    pub code: String,
    /// What looks wrong.
    pub reason: ReportReason,
    /// In the reporter's own words; at most 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A telephone number or an e-mail address for questions; at most 120 characters. Kept apart from the report, never
    /// shown in public, erased 90 days after the report is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Where it was bought or seen; at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// A photo (JPEG, PNG or WebP, at most 2 MB) in base64. It is made smaller, and everything that came with it (place,
    /// time, camera) is removed before it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
    /// Language of the reporter; `vi` when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
}

/// A report as a form sends it: the same fields, the photo as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"code": "(01)09520000010010(10)L01A", "reason": "seal_broken"})))]
pub struct ReportForm {
    /// The code on the pack.
    pub code: String,
    /// What looks wrong.
    pub reason: ReportReason,
    /// In the reporter's own words; at most 2,000 characters.
    pub text: Option<String>,
    /// A telephone number or an e-mail address.
    pub contact: Option<String>,
    /// Where it was bought or seen.
    pub place: Option<String>,
    /// A photo: JPEG, PNG or WebP, at most 2 MB.
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = Binary))]
    pub photo: Option<String>,
    /// Language of the reporter.
    pub lang: Option<Lang>,
}

/// A report was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(example = json!({"receipt": "7K3M-9QXW-2HFA-C8VD", "read_by": "Trung tâm Mẫu", "by_when": "2026-12-06", "passed_on": true}))
)]
pub struct ReportAccepted {
    /// What the report is found by again. Given once, and known to nobody else: only its hash is kept.
    pub receipt: String,
    /// Who reads it.
    pub read_by: String,
    /// The day by which it is read, in Viet Nam.
    #[cfg_attr(feature = "utoipa", schema(value_type = String, format = Date))]
    pub by_when: jiff::civil::Date,
    /// It is where it is read. `false`: it is on the disk of the node that answered, which passes it on as soon as it can;
    /// until then its receipt may not be found.
    pub passed_on: bool,
}

/// How far a report has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// It is kept; nobody has read it yet.
    Received,
    /// Somebody has read it.
    Read,
    /// There is an answer.
    Answered,
    /// Nothing more will be done.
    Closed,
}

impl ReportState {
    /// Every state, in the order of a report's life.
    pub const ALL: [Self; 4] = [Self::Received, Self::Read, Self::Answered, Self::Closed];

    /// The wire name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Read => "read",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }

    /// As a reporter reads it.
    #[must_use]
    pub const fn say(self, lang: Lang) -> &'static str {
        match self {
            Self::Received => lang.pick("Đã nhận, chưa đọc", "Received, not read yet"),
            Self::Read => lang.pick("Đã đọc", "Read"),
            Self::Answered => lang.pick("Đã trả lời", "Answered"),
            Self::Closed => lang.pick("Đã khép lại", "Closed"),
        }
    }
}

impl FromStr for ReportState {
    type Err = UnknownValue;
    fn from_str(s: &str) -> Result<Self, UnknownValue> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == s)
            .ok_or(UnknownValue { allowed: "received, read, answered, closed" })
    }
}

/// How far a report has come, for whoever has its receipt. What the report says is not repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(
        example = json!({"status": "answered", "answer": "Cảm ơn. Lô này đang được kiểm tra.", "read_by": "Trung tâm Mẫu", "by_when": "2026-12-06", "received_at": "2026-11-29T03:00:00Z", "read_at": "2026-11-30T02:00:00Z", "answered_at": "2026-12-01T02:00:00Z"})
    )
)]
pub struct ReportStatus {
    /// How far it has come.
    pub status: ReportState,
    /// What was answered, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Who reads it.
    pub read_by: String,
    /// The day by which it is read, in Viet Nam.
    #[cfg_attr(feature = "utoipa", schema(value_type = String, format = Date))]
    pub by_when: jiff::civil::Date,
    /// When it was received.
    #[cfg_attr(feature = "utoipa", schema(value_type = String, format = DateTime))]
    pub received_at: jiff::Timestamp,
    /// When it was first read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = DateTime))]
    pub read_at: Option<jiff::Timestamp>,
    /// When it was last answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = DateTime))]
    pub answered_at: Option<jiff::Timestamp>,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "utoipa", schema(value_type = Option<String>, format = DateTime))]
    pub closed_at: Option<jiff::Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_reason_and_of_a_state_is_the_one_on_the_wire() {
        for reason in ReportReason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
            assert_eq!(reason.as_str().parse(), Ok(*reason));
        }
        for state in ReportState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
            assert_eq!(state.as_str().parse(), Ok(state));
        }
    }

    #[test]
    fn what_is_allowed_is_told_as_a_list() {
        let allowed = "".parse::<ReportReason>().unwrap_err().allowed;
        assert!(allowed.starts_with("looks_different, seal_broken, ") && allowed.ends_with(", other"), "{allowed}");
    }
}
