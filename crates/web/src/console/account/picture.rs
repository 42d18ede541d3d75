//! The square that a phone's camera reads, drawn as SVG.

use std::borrow::Cow;
use std::fmt::Write as _;

use base::Fault;
use qrcode::{Color, QrCode};

use crate::parts::Markup;

/// A QR code of this text, dark on light whatever the page looks like: cameras want it so.
pub(crate) fn qr(text: &str) -> Result<Markup, Fault> {
    let code = QrCode::new(text).map_err(|error| Fault::of("draw a QR code", error))?;
    let side = code.width();
    let mut path = String::new();
    for (nth, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            // Writing into a String cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", nth % side + 4, nth / side + 4);
        }
    }
    let whole = side + 8;
    Ok(Markup(Cow::Owned(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {whole} {whole}\" role=\"img\" \
         aria-label=\"QR code for your authenticator\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    ))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_square_has_its_three_corners() {
        let svg = qr("otpauth://totp/a?secret=B").unwrap().to_string();
        assert!(svg.contains("M4 4h1") && svg.contains("<path fill=\"#000\""), "{svg}");
        assert!(qr(&"x".repeat(5_000)).is_err(), "too long for any square");
    }
}
