//! Codes of squares: QR and Data Matrix.
//!
//! Detectors and decoders are called one by one instead of through their readers: those bring the kinds of QR that no
//! product carries (Micro QR, rMQR, model 1 detectors) and a slower detector each.

use rxing::BinaryBitmap;
use rxing::common::{BitMatrix, DetectorRXingResult as _};
use rxing::datamatrix::decoder::Decoder;
use rxing::datamatrix::detector::zxing_cpp_detector;
use rxing::qrcode::cpp_port::{decoder, detector};

use crate::{Codes, Look, picture};

pub(crate) fn read(mut luma: Vec<u8>, width: usize, height: usize, look: Look, codes: &mut Codes) {
    if look.inverted {
        for light in &mut luma {
            *light = !*light;
        }
    }
    let Some(picture) = picture(luma, width, height) else { return };
    let squares = BinaryBitmap::get_black_matrix(&picture);
    qr(squares, look.harder, codes);
    data_matrix(squares, look.harder, codes);
}

/// Every QR code, by the sets of three finder patterns that could be one's corners.
fn qr(squares: &BitMatrix, harder: bool, codes: &mut Codes) {
    let mut patterns = detector::FindFinderPatterns(squares, harder, 0);
    let mut used = Vec::new();
    for corners in detector::GenerateFinderPatternSets(&mut patterns) {
        let three = [corners.bl, corners.tl, corners.tr];
        if three.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        let Ok(symbol) = detector::SampleQR(squares, &corners) else { continue };
        let Ok(decoded) = decoder::Decode(symbol.getBits()) else { continue };
        if decoded.isValid() {
            used.extend(three);
            codes.add(format!("{}{}", decoded.symbologyIdentifier(), decoded.text()));
        }
    }
}

fn data_matrix(squares: &BitMatrix, harder: bool, codes: &mut Codes) {
    let Ok(symbols) = zxing_cpp_detector::detect(squares, harder, true) else { return };
    let decoder = Decoder::new();
    for symbol in symbols {
        if let Ok(decoded) = decoder.decode(symbol.getBits()) {
            codes.add(format!("]d{}{}", decoded.getSymbologyModifier(), decoded.getText()));
        }
    }
}
