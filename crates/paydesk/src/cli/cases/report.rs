//! What an import says: how far it is while it runs, and what was refused and why when it ends.

use desk::contact::import::{Brought, Refused};
use indicatif::{ProgressBar, ProgressStyle};

/// How many refusals are printed one by one.
const MOST: usize = 200;

/// Counts what becomes of the pieces of a file.
pub(super) struct Report {
    bar: ProgressBar,
    opened: u64,
    added: u64,
    before: u64,
    refused: Vec<Refused>,
}

impl Report {
    /// A report on a file of so many bytes. The bar shows itself on a terminal only.
    pub(super) fn begin(bytes: u64) -> Report {
        let bar = ProgressBar::new(bytes);
        let look = "{bar:40} {binary_bytes}/{binary_total_bytes}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(look) {
            bar.set_style(style);
        }
        Report { bar, opened: 0, added: 0, before: 0, refused: Vec::new() }
    }

    /// So many bytes are read.
    pub(super) fn at(&self, bytes: u64) {
        self.bar.set_position(bytes);
    }

    /// Something was brought in.
    pub(super) fn brought(&mut self, what: Brought) {
        match what {
            Brought::Opened(_) => self.opened += 1,
            Brought::Added(_) => self.added += 1,
            Brought::Before(_) => self.before += 1,
        }
    }

    /// Something would be brought in.
    pub(super) fn would(&mut self, known: Known) {
        match known {
            Known::Here => self.before += 1,
            Known::New => self.added += 1,
        }
    }

    /// Something cannot be brought in.
    pub(super) fn refused(&mut self, refused: Refused) {
        self.refused.push(refused);
    }

    /// Says what became of everything.
    pub(super) fn end(self, piece: &str, way: Way) -> usize {
        self.bar.finish_and_clear();
        for Refused { place, why } in self.refused.iter().take(MOST) {
            println!("{piece} {place} refused: {why}");
        }
        if self.refused.len() > MOST {
            println!("… and {} more", self.refused.len() - MOST);
        }
        let (opened, added, before, refused) =
            (self.opened, self.added, self.before, self.refused.len());
        match way {
            Way::Real => println!(
                "{opened} cases opened, {added} messages added, {before} were there before, \
                 {refused} refused"
            ),
            Way::DryRun => println!(
                "dry run: {added} messages would be brought in, {before} are there already, \
                 {refused} would be refused"
            ),
        }
        refused
    }
}

/// Whether a message is here already.
#[derive(Clone, Copy)]
pub(super) enum Known {
    Here,
    New,
}

/// Whether anything is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Real,
    DryRun,
}
