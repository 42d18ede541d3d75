//! A small bar chart as SVG. The table beside it says the same in numbers.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::parts::Markup;

const WIDTH: i64 = 560;
const HEIGHT: i64 = 120;
const GAP: i64 = 6;

/// Bars for these amounts, oldest first, the highest as high as the chart.
pub(crate) fn bars(amounts: &[i64]) -> Markup {
    let highest = amounts.iter().copied().max().unwrap_or(0).max(1);
    let many = i64::try_from(amounts.len()).unwrap_or(1).max(1);
    let step = WIDTH / many;
    let mut svg = format!(
        "<svg class=\"bars\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\" \
         focusable=\"false\"><path class=\"bars-floor\" d=\"M0 {floor}h{WIDTH}\"/>",
        floor = HEIGHT - 1,
    );
    for (nth, amount) in (0_i64..).zip(amounts) {
        let tall = scaled((*amount).max(0), highest);
        // Writing into a String cannot fail.
        let _ = write!(
            svg,
            "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{tall}\" rx=\"2\"/>",
            if nth + 1 == many { "bar-now" } else { "bar-then" },
            nth * step + GAP / 2,
            HEIGHT - 2 - tall,
            step - GAP,
        );
    }
    svg.push_str("</svg>");
    Markup(Cow::Owned(svg))
}

/// How tall a bar is; a small sum is still seen.
fn scaled(amount: i64, highest: i64) -> i64 {
    let room = i128::from(HEIGHT - 8);
    let tall = i128::from(amount) * room / i128::from(highest);
    let tall = i64::try_from(tall).unwrap_or(HEIGHT - 8);
    if amount > 0 { tall.max(2) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stay_within_the_chart_whatever_the_sums_are() {
        assert_eq!(scaled(i64::MAX, i64::MAX), HEIGHT - 8);
        assert_eq!(scaled(1, i64::MAX), 2, "a small sum is still seen");
        assert_eq!(scaled(0, 10), 0);
        let drawn = bars(&[0, 5, 10]).to_string();
        assert_eq!(drawn.matches("<rect").count(), 3);
        assert_eq!(drawn.matches("bar-now").count(), 1);
        assert!(bars(&[]).to_string().contains("bars-floor"));
    }
}
