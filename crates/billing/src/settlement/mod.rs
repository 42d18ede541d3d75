//! Settlement files: what a processor says it has settled, as proof of what was taken.
//!
//! A file is kept as it is and imported once. A sale that nobody had told us of is booked by it; a
//! line that fits nothing, or another amount, is listed for a person. What was paid out is another
//! matter and not booked here.

mod import;
mod line;
mod rows;

pub use import::{Imported, LARGEST_FILE, SETTLEMENT_NOT_READ, SETTLEMENT_TOO_LARGE, import};
pub use line::{Line, Standing};
pub use rows::{lines, open_lines};
