//! Many transfers in one argument: the quickest way for rows to reach SQLite through its driver.
//!
//! Every argument of a statement costs an allocation on one thread and a free on another, which is
//! more than the row itself costs. So the rows of a request travel as one string of bytes, numbers
//! in digits, and the statement cuts them out again. See
//! `docs/decisions/0002-how-transfers-reach-sqlite.md`.

use base::Fault;
use store::Tx;

use crate::Transfer;
use crate::engines::seal;

/// So many rows the table of numbers can tell apart.
const MOST: usize = 8_192;

/// Bytes of a row: 10 + 10 + 10 + 19 + 5 + 5 + 10 digits and two ids.
const WIDTH: usize = 101;

const INSERT: &str = "INSERT INTO ledger_transfers \
    (timestamp, debit, credit, amount, code, flags, seal, id, user_data_128) \
    SELECT $2 + CAST(substr($1, n * 101 + 1, 10) AS INTEGER), \
    CAST(substr($1, n * 101 + 11, 10) AS INTEGER), \
    CAST(substr($1, n * 101 + 21, 10) AS INTEGER), \
    nullif(CAST(substr($1, n * 101 + 31, 19) AS INTEGER), 0), \
    CAST(substr($1, n * 101 + 50, 5) AS INTEGER), \
    nullif(CAST(substr($1, n * 101 + 55, 5) AS INTEGER), 0), \
    CAST(substr($1, n * 101 + 60, 10) AS INTEGER), \
    substr($1, n * 101 + 70, 16), \
    nullif(substr($1, n * 101 + 86, 16), x'00000000000000000000000000000000') \
    FROM ledger_numbers WHERE n < $3";

/// Rows on their way: transfers that leave empty what few of them have.
#[derive(Debug, Default)]
pub(super) struct Packed {
    /// The timestamp of the first row, and the rows as bytes; one for each statement.
    statements: Vec<(i64, Vec<u8>)>,
}

/// Whether a transfer can be packed.
pub(super) fn fits(transfer: &Transfer) -> bool {
    transfer.id != 0
        && transfer.pending_id == 0
        && transfer.user_data_64 == 0
        && transfer.user_data_32 == 0
        && transfer.timeout == 0
}

impl Packed {
    /// Adds a transfer that [`fits`].
    pub(super) fn push(&mut self, transfer: &Transfer, debit: i64, credit: i64) {
        assert!(fits(transfer), "the rest of the row is empty");
        let (first, bytes) = self.room(transfer.timestamp);
        digits(bytes, transfer.timestamp - first, 10);
        digits(bytes, debit, 10);
        digits(bytes, credit, 10);
        digits(bytes, transfer.amount, 19);
        digits(bytes, transfer.code.into(), 5);
        digits(bytes, transfer.flags.bits().into(), 5);
        digits(bytes, seal::of_transfer(transfer, debit, credit), 10);
        bytes.extend_from_slice(&transfer.id.to_be_bytes());
        bytes.extend_from_slice(&transfer.user_data_128.to_be_bytes());
    }

    /// The statement that has room for a row of this time.
    fn room(&mut self, timestamp: i64) -> (i64, &mut Vec<u8>) {
        let fits = |(first, bytes): &(i64, Vec<u8>)| {
            bytes.len() < MOST * WIDTH && (0..10_000_000_000).contains(&(timestamp - first))
        };
        if !self.statements.last().is_some_and(fits) {
            self.statements.push((timestamp, Vec::with_capacity(64 * WIDTH)));
        }
        let last = self.statements.len() - 1;
        let (first, bytes) = &mut self.statements[last];
        (*first, bytes)
    }

    /// Writes all rows.
    pub(super) async fn write(self, tx: &mut Tx) -> Result<(), Fault> {
        for (first, bytes) in self.statements {
            let rows = bytes.len() / WIDTH;
            let count = i64::try_from(rows).unwrap_or(i64::MAX);
            let written = tx.execute(INSERT, (bytes, first, count)).await?;
            assert_eq!(written, rows as u64, "every row is written");
        }
        Ok(())
    }
}

/// A number in exactly `width` digits.
fn digits(bytes: &mut Vec<u8>, number: i64, width: usize) {
    let mut buffer = [b'0'; 19];
    let mut rest = number.unsigned_abs();
    for digit in buffer.iter_mut().rev() {
        if rest == 0 {
            break;
        }
        *digit += (rest % 10).to_le_bytes()[0];
        rest /= 10;
    }
    let (over, own) = buffer.split_at(19 - width);
    assert!(number >= 0 && rest == 0 && over.iter().all(|digit| *digit == b'0'), "too long");
    bytes.extend_from_slice(own);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_their_width() {
        let mut bytes = Vec::new();
        digits(&mut bytes, 0, 5);
        digits(&mut bytes, 4_294_967_295, 10);
        digits(&mut bytes, i64::MAX, 19);
        assert_eq!(bytes, b"0000042949672959223372036854775807");
    }

    #[test]
    fn a_row_is_as_wide_as_the_statement_thinks() {
        let mut packed = Packed::default();
        let transfer = Transfer { id: 7, timestamp: 9, code: 1, ..Transfer::default() };
        packed.push(&transfer, 1, 2);
        assert_eq!(packed.statements[0].1.len(), WIDTH);
        assert!(INSERT.contains(&format!("n * {WIDTH} + 86, 16")));
    }

    #[test]
    fn a_statement_takes_no_more_rows_than_there_are_numbers() {
        let mut packed = Packed::default();
        for timestamp in 1..=10_000 {
            let transfer = Transfer { id: 7, timestamp, code: 1, ..Transfer::default() };
            packed.push(&transfer, 1, 2);
        }
        let rows: Vec<usize> =
            packed.statements.iter().map(|(_, bytes)| bytes.len() / WIDTH).collect();
        assert_eq!(rows, [8_192, 1_808]);
    }
}
