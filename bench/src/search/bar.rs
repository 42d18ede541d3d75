//! How far something long has come, for whoever waits for it.

use std::io::{IsTerminal as _, Write as _};
use std::time::Instant;

/// A bar on a terminal, and a line every tenth elsewhere.
pub struct Bar {
    what: String,
    all: usize,
    done: usize,
    shown: usize,
    begun: Instant,
}

/// How wide the bar is, and so how often it moves.
const STEPS: usize = 50;

impl Bar {
    /// Nothing of so many is done.
    pub fn new(what: String, all: usize) -> Bar {
        Bar { what, all, done: 0, shown: 0, begun: Instant::now() }
    }

    /// So many more are done.
    pub fn add(&mut self, more: usize) {
        self.done += more;
        let percent = self.done * 100 / self.all.max(1);
        let seconds = self.begun.elapsed().as_secs();
        let what = &self.what;
        if std::io::stderr().is_terminal() {
            let full = percent * STEPS / 100;
            let bar = "#".repeat(full) + &"-".repeat(STEPS - full);
            eprint!("\r{what} [{bar}] {percent:>3} %, {seconds} s");
            if self.done >= self.all {
                eprintln!();
            }
            let _ = std::io::stderr().flush();
        } else if percent / 10 > self.shown {
            self.shown = percent / 10;
            eprintln!("{what} {percent:>3} %, {seconds} s");
        }
    }
}
