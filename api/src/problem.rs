//! Every error a caller can see, in one table (RFC 9457). It drives the responses, the contract and the docs.
//!
//! What goes wrong inside never shows: a `Kind` has public words, and what caused it goes to the log.

use actix_web::error::JsonPayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName};
use actix_web::{HttpResponse, ResponseError};
use nguon_openapi::{FieldError, Origin};

use crate::lookup::Unanswered;
use crate::store::StoreError;

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Stable name.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What went wrong.
    pub title: &'static str,
    /// What to do.
    pub detail: &'static str,
    /// Title and detail in Vietnamese, for pages.
    pub vi: (&'static str, &'static str),
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $title:literal, $detail:literal,
        $vi_title:literal, $vi_detail:literal;)+) => {
        /// Kinds of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind {
            $($(#[$doc])* $name,)+
        }

        impl Kind {
            /// Every kind, in the order of the docs.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its row.
            #[must_use]
            pub const fn row(self) -> Row {
                match self {
                    $(Self::$name => Row {
                        code: $code,
                        status: $status,
                        title: $title,
                        detail: $detail,
                        vi: ($vi_title, $vi_detail),
                    },)+
                }
            }
        }
    };
}

problems! {
    /// No code in the request.
    NoCode = "no_code", 400, "No code was given",
        "Put the code in the path, /v1/verify/{code}, or in the query, /v1/verify?code=…",
        "Chưa có mã để tra", "Nhập mã in trên bao bì rồi tra lại.";
    /// The code is too long to be one.
    CodeTooLong = "code_too_long", 400, "The code is too long",
        "A code has at most 2,048 bytes. Send one code, not a page of text.",
        "Mã quá dài", "Một mã dài nhất 2.048 byte. Hãy gửi một mã, không phải cả trang chữ.";
    /// A parameter is not on its closed list.
    BadParameter = "bad_parameter", 400, "A parameter has a value that is not allowed",
        "See `errors` for the parameter and the values that are allowed.",
        "Tham số có giá trị không hợp lệ", "Xem phần errors để biết tham số nào và những giá trị được dùng.";
    /// The body is not what the content type says.
    BadBody = "bad_body", 422, "The body could not be read",
        "See `errors` for the field and what it should hold.",
        "Chưa đọc được nội dung gửi lên", "Xem phần errors để biết trường nào và cần ghi gì.";
    /// The body is too large.
    BodyTooLarge = "body_too_large", 413, "The body is too large",
        "Send less at a time.",
        "Nội dung gửi lên quá lớn", "Hãy gửi ít hơn mỗi lần.";
    /// The body is of another type.
    UnsupportedMediaType = "unsupported_media_type", 415, "The content type is not supported",
        "Set Content-Type to one that the documentation names for this address.",
        "Kiểu nội dung chưa được hỗ trợ", "Đặt Content-Type theo tài liệu của địa chỉ này.";
    /// No or wrong token.
    Unauthorized = "unauthorized", 401, "A token is needed",
        "Send Authorization: Bearer with a token that the operator gave you, or sign in.",
        "Cần có mã truy cập", "Gửi Authorization: Bearer cùng mã truy cập do người vận hành cấp, hoặc đăng nhập.";
    /// The person's roles do not reach.
    RoleNeeded = "role_needed", 403, "This needs another role",
        "See `errors` for the role that is needed; an operator gives roles.",
        "Việc này cần quyền khác", "Xem phần errors để biết cần quyền nào; người vận hành cấp quyền.";
    /// A browser page asks.
    CrossSite = "cross_site", 403, "Requests from web pages are refused here",
        "The admin listener is for tools on this machine, not for pages of other sites.",
        "Không nhận yêu cầu từ trang web khác", "Cổng quản trị dành cho công cụ trên máy này, không dành cho trang web khác.";
    /// A page of another site makes a browser check a code.
    CheckFromOtherSite = "check_from_other_site", 403, "A check is made on our own page, or by an app",
        "Checks that come from another site's page are not counted. Open the page of the code here and tap Check; a shop leads its readers to links.card.",
        "Chỉ kiểm tra được trên trang này", "Lần kiểm tra gửi từ trang khác không được tính. Hãy mở trang của mã rồi bấm Kiểm tra.";
    /// Checks are not counted here.
    ChecksNotOffered = "checks_not_offered", 404, "Checks are not offered here",
        "This service looks codes up and counts no checks: its operator has set no secret for it.",
        "Ở đây chưa có chức năng kiểm tra", "Hệ thống này chỉ tra cứu mã, chưa đếm lần kiểm tra.";
    /// The PIN is none.
    BadPin = "bad_pin", 422, "The PIN is not one",
        "A PIN has 4 to 32 letters and digits; blanks and hyphens do not count. The check was not counted.",
        "Mã PIN chưa đúng dạng", "Mã PIN gồm 4 đến 32 chữ cái và chữ số. Hãy quay lại và nhập đúng dãy dưới lớp phủ.";
    /// The receipt is none.
    BadReceipt = "bad_receipt", 422, "The receipt is not one",
        "A receipt has 20 letters and digits, as 7Q2M-X9TD-4KRA-0W6V-HB3E. Leave it out if there is none.",
        "Biên nhận chưa đúng dạng", "Biên nhận gồm 20 chữ và số. Hãy quay lại và nhập đúng, hoặc để trống nếu không có.";
    /// Nothing at this address.
    NotFound = "not_found", 404, "There is nothing at this address",
        "See /docs for the addresses that exist.",
        "Không có gì ở địa chỉ này", "Xem /docs để biết các địa chỉ hiện có.";
    /// Another method.
    MethodNotAllowed = "method_not_allowed", 405, "The method is not allowed here",
        "See the Allow header for the methods that are.",
        "Phương thức không dùng được ở đây", "Xem tiêu đề Allow để biết các phương thức dùng được.";
    /// The change does not fit the state of what it changes.
    Conflict = "conflict", 409, "The change does not fit the present state",
        "See `errors`; read the present state and decide anew.",
        "Thay đổi không hợp với trạng thái hiện tại", "Xem phần errors; đọc lại trạng thái hiện tại rồi quyết định.";
    /// The client asks more than its share.
    TooManyRequests = "too_many_requests", 429, "Too many requests",
        "This says nothing about the code. Wait for the time in Retry-After.",
        "Yêu cầu quá dồn dập", "Đây không phải kết luận về sản phẩm. Xin chờ một lát rồi thử lại.";
    /// More codes than one request may hold.
    TooManyCodes = "too_many_codes", 422, "There are more codes than one request may hold",
        "Send the remaining codes in another request.",
        "Quá nhiều mã trong một yêu cầu", "Hãy gửi các mã còn lại trong yêu cầu khác.";
    /// The request did not arrive in time.
    RequestTimeout = "request_timeout", 408, "The request took too long to arrive",
        "Try again over a steadier connection.",
        "Yêu cầu đến quá chậm", "Hãy thử lại khi mạng ổn định hơn.";
    /// The answer is not to be had in this format.
    FormatNotOffered = "format_not_offered", 501, "This format is not offered",
        "Ask with format=json.",
        "Chưa có định dạng này", "Hãy hỏi với format=json.";
    /// The registry was emptied or is being restored.
    RegistryUnavailable = "registry_unavailable", 503, "The registry is not available",
        "This says nothing about the code. Try again after the time in Retry-After.",
        "Chưa kiểm tra được, xin thử lại", "Hệ thống đang bận. Đây không phải kết luận về sản phẩm.";
    /// The store did not answer.
    CouldNotCheck = "could_not_check", 503, "The code could not be checked",
        "This says nothing about the code. Try again after the time in Retry-After.",
        "Chưa kiểm tra được, xin thử lại", "Mạng hoặc hệ thống đang bận. Đây không phải kết luận về sản phẩm.";
    /// No report has this receipt.
    NoSuchReport = "no_such_report", 404, "There is no report with this receipt",
        "Compare the receipt letter by letter: 16 letters and digits. Reports are kept for 24 months.",
        "Không có phản ánh nào mang biên nhận này", "Hãy so lại từng chữ: biên nhận gồm 16 chữ và số. Phản ánh được lưu 24 tháng.";
    /// Reports can be neither kept nor read just now.
    ReportsUnavailable = "reports_unavailable", 503, "Reports can be neither taken nor read just now",
        "The report was not acknowledged; nothing is lost by sending it again after the time in Retry-After, with the same Idempotency-Key if there was one.",
        "Chưa nhận được phản ánh, xin gửi lại", "Hệ thống đang bận. Gửi lại sau ít giây không làm mất hay trùng phản ánh.";
    /// Left out to keep room for lookups.
    Busy = "busy", 503, "The service is busy with lookups",
        "Documents, pictures and badges wait while there are many lookups. Try again after the time in Retry-After.",
        "Hệ thống đang bận", "Việc tra cứu được ưu tiên khi đông người dùng. Xin thử lại sau ít giây.";
    /// A fault of ours.
    Internal = "internal", 500, "Something went wrong on our side",
        "This says nothing about the code. Try again; if it stays so, tell the operator.",
        "Hệ thống gặp lỗi", "Đây không phải kết luận về sản phẩm. Xin thử lại sau.";
}

/// Seconds after which to try again when we could not look.
pub const RETRY_AFTER_S: &str = "5";

/// A problem, ready to be answered.
#[derive(Debug, thiserror::Error)]
#[error("{}", .kind.row().title)]
pub struct Problem {
    kind: Kind,
    errors: Vec<FieldError>,
    headers: Vec<(HeaderName, String)>,
    origin: Option<Box<Origin>>,
}

impl Problem {
    /// Which one.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What was on record before, where that is at hand.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_deref()
    }

    /// Headers beside those that every problem has.
    pub(crate) fn headers(&self) -> &[(HeaderName, String)] {
        &self.headers
    }

    /// Seconds after which to try again, where that is known: for a page, which says so in words.
    pub(crate) fn retry_after_s(&self) -> Option<u64> {
        let told = self.headers.iter().find(|(name, _)| *name == header::RETRY_AFTER);
        match told {
            Some((_, seconds)) => seconds.parse().ok(),
            None if self.kind.row().status >= 500 => RETRY_AFTER_S.parse().ok(),
            None => None,
        }
    }

    /// With one fault by field.
    #[must_use]
    pub fn at(kind: Kind, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::with(kind, vec![FieldError { field: field.into(), message: message.into() }])
    }

    /// With faults by field.
    #[must_use]
    pub fn with(kind: Kind, errors: Vec<FieldError>) -> Self {
        Self { errors, ..kind.into() }
    }

    /// A method that is not allowed, and those that are.
    #[must_use]
    pub fn method(allow: &'static str) -> Self {
        Self { headers: vec![(header::ALLOW, allow.to_owned())], ..Kind::MethodNotAllowed.into() }
    }

    /// Too many requests: when to come back, the policy, and what is left of it.
    #[must_use]
    pub fn too_many(retry_after_s: u64, policy: String, limit: String) -> Self {
        let headers = vec![
            (header::RETRY_AFTER, retry_after_s.to_string()),
            (HeaderName::from_static("ratelimit-policy"), policy),
            (HeaderName::from_static("ratelimit"), limit),
        ];
        Self { headers, ..Kind::TooManyRequests.into() }
    }

    /// As it goes out. The type is a reference that resolves against the address of the request.
    #[must_use]
    pub fn body(&self) -> nguon_openapi::Problem {
        let row = self.kind.row();
        nguon_openapi::Problem {
            kind: format!("/docs/problems#{}", row.code),
            title: row.title.to_owned(),
            status: row.status,
            code: row.code.to_owned(),
            detail: row.detail.to_owned(),
            errors: self.errors.clone(),
            origin: self.origin.clone(),
        }
    }
}

impl From<Kind> for Problem {
    fn from(kind: Kind) -> Self {
        Self { kind, errors: Vec::new(), headers: Vec::new(), origin: None }
    }
}

impl From<Unanswered> for Problem {
    fn from(unanswered: Unanswered) -> Self {
        Self { origin: unanswered.origin, ..Self::from(&*unanswered.error) }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::from(&error)
    }
}

impl From<&StoreError> for Problem {
    fn from(error: &StoreError) -> Self {
        // An outage would fill the log: that the store does not answer is said once, where it is noticed.
        if let StoreError::Unreachable(_) = error {
            tracing::debug!(%error, "the store could not answer");
        } else {
            tracing::error!(%error, "the store could not answer");
        }
        match error {
            StoreError::RegistryUnavailable(_) => Kind::RegistryUnavailable.into(),
            StoreError::Unreachable(_) | StoreError::Corrupt(_) | StoreError::Busy(_) | StoreError::Conflict { .. } => {
                Kind::CouldNotCheck.into()
            }
        }
    }
}

/// A body that is no JSON of the right form.
impl From<&JsonPayloadError> for Problem {
    fn from(error: &JsonPayloadError) -> Self {
        match error {
            JsonPayloadError::Overflow { .. } | JsonPayloadError::OverflowKnownLength { .. } => {
                Kind::BodyTooLarge.into()
            }
            JsonPayloadError::ContentType => Kind::UnsupportedMediaType.into(),
            // What serde says names the field, and quotes nothing but the caller's own body.
            JsonPayloadError::Deserialize(fault) => Self::at(Kind::BadBody, "", fault.to_string()),
            _ => Kind::BadBody.into(),
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.row().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let mut response = HttpResponse::build(status);
        response
            .insert_header((header::CACHE_CONTROL, "no-store"))
            // A problem from a middleware passes by the headers that every answer gets.
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.insert_header((header::RETRY_AFTER, RETRY_AFTER_S));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        if matches!(status.as_u16(), 401 | 403 | 408 | 413 | 415) {
            // What is still to come of the request is not waited for.
            response.force_close();
        }
        for (name, value) in &self.headers {
            response.insert_header((name.clone(), value.as_str()));
        }
        // A problem is plain data: writing it as JSON cannot fail.
        let body = serde_json::to_vec(&self.body()).unwrap_or_default();
        response.content_type("application/problem+json").body(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_its_own_name_and_says_what_to_do() {
        let mut codes: Vec<&str> = Kind::ALL.iter().map(|kind| kind.row().code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert!(StatusCode::from_u16(kind.row().status).is_ok_and(|s| s.is_client_error() || s.is_server_error()));
            assert!(kind.row().detail.ends_with(['.', '…']));
        }
    }

    #[test]
    fn could_not_look_is_503_with_a_time_to_try_again() {
        for kind in [Kind::CouldNotCheck, Kind::RegistryUnavailable] {
            let response = Problem::from(kind).error_response();
            assert_eq!(response.status(), 503);
            assert!(response.headers().contains_key(header::RETRY_AFTER));
        }
    }
}
