//! The picture on a pack: a heap of coins that grows with the pack.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::Markup;

/// How many coins each step of the heap has, in columns from left to right.
const HEAPS: [&[usize]; 6] = [&[1], &[2, 1], &[2, 4], &[3, 5, 2], &[4, 6, 3], &[4, 7, 5, 2]];

const WIDTH: usize = 200;
const HEIGHT: usize = 116;
const COIN: usize = 50;
const THICK: usize = 11;

/// The heap for the pack at `rank` of `packs`, counted from the smallest.
///
/// The smallest pack gets the smallest heap and the largest the largest, however many there are.
pub(crate) fn heap(rank: usize, packs: usize) -> Markup {
    let last = HEAPS.len() - 1;
    let steps = packs.saturating_sub(1).max(1);
    let nth = if packs <= HEAPS.len() { rank } else { rank * last / steps };
    let columns = HEAPS[nth.min(last)];
    let left = (WIDTH - columns.len() * COIN) / 2;
    let mut svg = format!(
        "<svg class=\"coins\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\" \
         focusable=\"false\"><ellipse class=\"coins-shadow\" cx=\"{}\" cy=\"103\" rx=\"{}\" \
         ry=\"9\"/>",
        WIDTH / 2,
        columns.len() * COIN / 2 + 10,
    );
    for (column, coins) in columns.iter().enumerate() {
        for coin in 0..*coins {
            draw_coin(&mut svg, left + column * COIN + COIN / 2, 95 - coin * THICK);
        }
    }
    svg.push_str("</svg>");
    Markup(Cow::Owned(svg))
}

fn draw_coin(svg: &mut String, middle: usize, bottom: usize) {
    let (left, right, top) = (middle - COIN / 2 + 2, middle + COIN / 2 - 2, bottom - THICK + 2);
    let radius = (right - left) / 2;
    // Writing into a String cannot fail.
    let _ = write!(
        svg,
        "<path class=\"coin-edge\" \
         d=\"M{left} {top}v{THICK}a{radius} 8 0 0 0 {width} 0v-{THICK}z\"/>\
         <ellipse class=\"coin-face\" cx=\"{middle}\" cy=\"{top}\" rx=\"{radius}\" ry=\"8\"/>\
         <ellipse class=\"coin-mark\" cx=\"{middle}\" cy=\"{top}\" rx=\"{inner}\" ry=\"4.6\"/>",
        width = right - left,
        inner = radius * 3 / 5,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coins(rank: usize, packs: usize) -> usize {
        heap(rank, packs).to_string().matches("coin-face").count()
    }

    #[test]
    fn a_larger_pack_never_shows_fewer_coins() {
        for packs in 1..20 {
            let heaps: Vec<_> = (0..packs).map(|rank| coins(rank, packs)).collect();
            assert!(heaps.is_sorted(), "{packs}: {heaps:?}");
        }
        assert_eq!((coins(0, 1), coins(0, 9), coins(8, 9)), (1, 1, 18));
    }
}
