//! Codes that move money: recognised, and nothing of them kept.
//!
//! `EMVCo` Merchant-Presented QR (`VietQR` is one), the QR codes of credit transfers in Europe and
//! Switzerland, and links and texts of Vietnamese wallets.

/// Whether a text is a payment.
pub(super) fn is_payment(text: &str) -> bool {
    is_emv(text.as_bytes()) || is_transfer(text) || is_wallet(text)
}

/// Tag, length, value: `00` `02` `01` first, and a checksum in tag 63 at the end.
fn is_emv(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"000201") else {
        return false;
    };
    let digits = |at: usize| rest.get(at..at + 2).is_some_and(|two| two.iter().all(u8::is_ascii_digit));
    // The next field, and more of it than any element string of digits has.
    digits(0)
        && digits(2)
        && rest.len() > 20
        && (text.windows(4).rev().take(12).any(|four| four == b"6304")
            || text.windows(9).any(|nine| nine == b"A00000072"))
}

fn is_transfer(text: &str) -> bool {
    ["BCD\n", "BCD\r\n", "SPC\n", "SPC\r\n", "2|99|"].iter().any(|start| text.starts_with(start))
}

fn is_wallet(text: &str) -> bool {
    [
        "momo://",
        "zalopay://",
        "viettelpay://",
        "vnpay://",
        "upi://",
        "bitcoin:",
        "ethereum:",
        "alipays://",
        "weixin://wxpay",
        "https://qr.momo.vn/",
        "https://me.momo.vn/",
        "https://nhantien.momo.vn/",
        "https://img.vietqr.io/",
        "https://vietqr.net/",
        "https://qr.zalopay.vn/",
        "https://social.zalopay.vn/",
        "https://qr.alipay.com/",
        "wxp://",
    ]
    .iter()
    .any(|start| text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)))
}
