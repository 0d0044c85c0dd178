//! What is wrong with a report as it was sent: where, and what to do, in both languages.

use nguon_openapi::Lang;

/// Longest text of a report, in characters.
pub const TEXT_CHARS: usize = 2_000;
/// Longest place, in characters.
pub const PLACE_CHARS: usize = 200;
/// Longest contact, in characters.
pub const CONTACT_CHARS: usize = 120;
/// Largest photo as it is sent, in bytes: 2 MB.
pub const PHOTO_BYTES: usize = 2_000_000;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident at $field:literal: $vi:literal, $en:literal;)+) => {
        /// What is wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Fault {
            $($(#[$doc])* $name,)+
        }

        impl Fault {
            /// Every fault.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The field that it is in.
            #[must_use]
            pub const fn field(self) -> &'static str {
                match self { $(Self::$name => $field,)+ }
            }

            /// What to do.
            #[must_use]
            pub const fn say(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($vi, $en),)+ }
            }
        }
    };
}

faults! {
    /// There is no code.
    NoCode at "code":
        "Ghi mã in trên bao bì: dãy số dưới mã vạch, đường dẫn trong mã QR, hoặc mã trên tem.",
        "Give the code on the pack: the digits under the barcode, the address in the QR code, or the code on the label.";
    /// The code is too long.
    CodeTooLong at "code":
        "Mã dài nhất 2.048 byte. Hãy ghi một mã, không phải cả trang chữ.",
        "A code has at most 2,048 bytes: give one code, not a page of text.";
    /// The code is one of a person's document.
    PersonalDocument at "code":
        "Đây là mã trên giấy tờ tuỳ thân: không nhận và không lưu. Hãy ghi mã trên bao bì sản phẩm.",
        "This is the code of a personal document: it is not taken and not kept. Give the code on the pack.";
    /// The code is for a payment.
    PaymentCode at "code":
        "Đây là mã chuyển tiền: không nhận và không lưu. Hãy ghi mã trên bao bì sản phẩm.",
        "This is a code for a bank transfer: it is not taken and not kept. Give the code on the pack.";
    /// There is no reason.
    NoReason at "reason":
        "Chọn điều đáng ngờ.",
        "Choose what looks wrong, from: looks_different, seal_broken, code_elsewhere, pin_already_used, not_as_described, made_ill, sold_after_recall, wrong_record, other.";
    /// The text is too long.
    TextTooLong at "text":
        "Phần mô tả dài nhất 2.000 ký tự: hãy viết ngắn lại.",
        "The text has at most 2,000 characters: shorten it.";
    /// The text is the code of a personal document or a payment.
    TextPrivate at "text":
        "Đây là mã giấy tờ tuỳ thân hoặc mã chuyển tiền: không nhận và không lưu.",
        "This is the code of a personal document or a payment: it is not taken and not kept.";
    /// The place is too long.
    PlaceTooLong at "place":
        "Nơi mua dài nhất 200 ký tự: hãy viết ngắn lại.",
        "The place has at most 200 characters: shorten it.";
    /// The place is the code of a personal document or a payment.
    PlacePrivate at "place":
        "Đây là mã giấy tờ tuỳ thân hoặc mã chuyển tiền: không nhận và không lưu.",
        "This is the code of a personal document or a payment: it is not taken and not kept.";
    /// The contact is none.
    ContactForm at "contact":
        "Ghi một số điện thoại hoặc một địa chỉ e-mail, hoặc để trống.",
        "Give one telephone number or one e-mail address, or leave it out.";
    /// The photo is no base64.
    PhotoBase64 at "photo":
        "Ảnh gửi dạng base64 chưa đúng.",
        "The photo is not base64 (RFC 4648, section 4, with padding).";
    /// The photo is too large.
    PhotoTooLarge at "photo":
        "Ảnh lớn hơn 2 MB: hãy chụp màn hình ảnh đó rồi gửi ảnh chụp màn hình, hoặc gửi không kèm ảnh.",
        "The photo has more than 2 MB: send a screenshot of it instead, or report without a photo.";
    /// The photo has too many pixels.
    PhotoTooWide at "photo":
        "Ảnh có quá nhiều điểm ảnh (hơn 24 triệu): hãy gửi ảnh nhỏ hơn.",
        "The photo has too many pixels (more than 24 million): send a smaller one.";
    /// The photo is HEIC, HEIF or AVIF.
    PhotoHeic at "photo":
        "Ảnh HEIC hoặc AVIF chưa đọc được: hãy chụp màn hình ảnh đó rồi gửi ảnh chụp màn hình, hoặc trên iPhone chọn Cài đặt, Camera, Định dạng, Tương thích nhất rồi chụp lại.",
        "HEIC and AVIF photos cannot be read: send a screenshot of it, or choose Settings, Camera, Formats, Most Compatible on an iPhone and take it again.";
    /// The photo is no JPEG, PNG or WebP, or a damaged one.
    PhotoUnreadable at "photo":
        "Chưa đọc được ảnh này: hãy gửi ảnh JPEG, PNG hoặc WebP.",
        "The photo cannot be read: send a JPEG, PNG or WebP.";
    /// A text is not UTF-8.
    NotText at "":
        "Nội dung gửi lên phải là chữ (UTF-8).",
        "Every field but the photo must be text in UTF-8.";
}
