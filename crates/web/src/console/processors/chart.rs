//! One bar of parts as SVG. The words beside it say the same in numbers.

use std::borrow::Cow;
use std::fmt::Write as _;

use billing::routing::LastDay;

use crate::parts::Markup;

const WIDTH: i64 = 560;
const HEIGHT: i64 = 14;

/// The last day of an account as one bar: what was taken first, what failed last.
pub(super) fn bar(day: &LastDay) -> Markup {
    let parts = [
        ("part-good", day.captured),
        ("part-wait", day.open),
        ("part-plain", day.left),
        ("part-bad", day.declined),
        ("part-lost", day.not_executed + day.unknown),
    ];
    let all = day.all().max(1);
    let mut svg = format!(
        "<svg class=\"bars\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\" \
         focusable=\"false\"><path class=\"bars-floor\" d=\"M0 {floor}h{WIDTH}\"/>",
        floor = HEIGHT - 1,
    );
    let mut at = 0;
    for (class, many) in parts {
        let width = many.saturating_mul(WIDTH) / all;
        if width > 0 {
            // Writing into a String cannot fail.
            let _ = write!(
                svg,
                "<rect class=\"{class}\" x=\"{at}\" y=\"0\" width=\"{width}\" \
                 height=\"{HEIGHT}\"/>"
            );
        }
        at += width;
    }
    svg.push_str("</svg>");
    Markup(Cow::Owned(svg))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_never_leave_the_bar() {
        let day =
            LastDay { captured: 3, declined: 1, unknown: i64::MAX / 1_000, ..LastDay::default() };
        let drawn = bar(&day).to_string();
        assert_eq!(drawn.matches("<rect").count(), 1, "what is too small to see is not drawn");
        let even = LastDay { captured: 1, declined: 1, ..LastDay::default() };
        assert!(bar(&even).to_string().contains("class=\"part-bad\" x=\"280\""));
        assert!(!bar(&LastDay::default()).to_string().contains("<rect"));
    }
}
