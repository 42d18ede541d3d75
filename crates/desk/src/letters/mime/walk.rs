//! One walk over the lines of a mail finds its parts. A line is compared with the boundaries that
//! are open, of which there are few, and so the walk is linear whatever the mail says.

use std::ops::Range;

use crate::letters::header::{Headers, Params};
use crate::letters::letter::Unreadable;
use crate::letters::limits::{DEEPEST, LARGEST_HEADERS, MOST_PARTS};
use crate::letters::problems::Problems;
use crate::letters::steps;

/// The longest boundary that is honoured.
const LONGEST_BOUNDARY: usize = 512;

/// A part of a mail. The first one is the mail itself.
pub(crate) struct Part {
    /// Its own header fields.
    pub headers: Headers,
    /// Content-Type; `text/plain` if none is given.
    pub content: Params,
    /// What it is.
    pub kind: Kind,
    /// Where its body stands in the bytes.
    pub body: Range<usize>,
}

/// What a part is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Something with a body of its own.
    Leaf,
    /// Parts in order, by their place in the list: `multipart/` and then this word.
    Multipart(String, Vec<usize>),
}

/// A multipart whose end was not met yet.
struct Open {
    boundary: Vec<u8>,
    part: usize,
}

/// Whether a separating line ends its multipart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Yes,
    No,
}

/// Where the walk is.
enum At {
    /// In the header fields of the part.
    Headers(usize),
    /// In the body of a leaf, from this byte on.
    Body(usize, usize),
    /// Between parts, where nothing counts.
    Nowhere,
}

struct Walk<'a> {
    bytes: &'a [u8],
    parts: Vec<Part>,
    open: Vec<Open>,
    at: At,
    header_bytes: usize,
    problems: &'a mut Problems,
}

/// Finds all parts.
pub(crate) fn walk(bytes: &[u8], problems: &mut Problems) -> Result<Vec<Part>, Unreadable> {
    let mut walk = Walk {
        bytes,
        parts: Vec::new(),
        open: Vec::new(),
        at: At::Nowhere,
        header_bytes: 0,
        problems,
    };
    walk.add(None)?;
    let mut start = 0;
    while start < bytes.len() {
        let end = next_line(bytes, start);
        walk.line(start, end)?;
        start = end;
    }
    walk.finish(bytes.len())?;
    Ok(walk.parts)
}

/// Reads one block of header fields alone, such as those of a mail within a mail.
pub(crate) fn block(bytes: &[u8]) -> Headers {
    let mut headers = Headers::default();
    let bytes = &bytes[..bytes.len().min(LARGEST_HEADERS)];
    let mut start = 0;
    while start < bytes.len() {
        let end = next_line(bytes, start);
        let line = trimmed(&bytes[start..end]);
        match line {
            [] if headers.is_empty() => {}
            [] => break,
            [b' ' | b'\t', ..] => headers.go_on(line),
            line => {
                let _ = headers.begin(line);
            }
        }
        start = end;
    }
    headers
}

impl Walk<'_> {
    fn line(&mut self, start: usize, end: usize) -> Result<(), Unreadable> {
        let line = trimmed(&self.bytes[start..end]);
        if line.starts_with(b"--")
            && let Some((level, last)) = self.boundary(line)
        {
            return self.cross(level, last, start);
        }
        if let At::Headers(part) = self.at {
            return self.header(part, line, start, end);
        }
        Ok(())
    }

    /// A line among header fields.
    fn header(
        &mut self,
        part: usize,
        line: &[u8],
        start: usize,
        end: usize,
    ) -> Result<(), Unreadable> {
        self.header_bytes += end - start;
        if self.header_bytes > LARGEST_HEADERS {
            return Err(Unreadable::new("headers_too_large", "its headers are over 1 MB"));
        }
        let headers = &mut self.parts[part].headers;
        match line {
            [] => return self.begin_body(part, end),
            [b' ' | b'\t', ..] if line.trim_ascii().is_empty() && headers.is_empty() => {}
            [b' ' | b'\t', ..] => headers.go_on(line),
            line if headers.begin(line) => {}
            line if line.starts_with(b"From ") || line.starts_with(b">From ") => {}
            _ if part == 0 && headers.is_empty() => {
                return Err(Unreadable::new("no_headers", "it does not begin with header fields"));
            }
            _ => {
                self.problems.note("a line among the header fields is none: the body begins there");
                return self.begin_body(part, start);
            }
        }
        Ok(())
    }

    /// The header fields of a part are over.
    fn begin_body(&mut self, number: usize, from: usize) -> Result<(), Unreadable> {
        let part = &mut self.parts[number];
        part.content = part.headers.params("content-type").unwrap_or_default();
        part.headers.label = part.content.get("charset").map(str::to_owned);
        part.body = from..from;
        self.at = At::Body(number, from);
        let Some(word) = part.content.word.strip_prefix("multipart/") else { return Ok(()) };
        let Some(boundary) = part.content.get("boundary").map(str::trim_end) else {
            self.problems.note("a multipart names no boundary: it is read as text");
            part.content = Params::default();
            return Ok(());
        };
        if boundary.is_empty() || boundary.len() > LONGEST_BOUNDARY {
            self.problems.note("a multipart has no usable boundary: it is read as text");
            part.content = Params::default();
            return Ok(());
        }
        if self.open.len() >= DEEPEST {
            return Err(Unreadable::new("too_deep", "its parts are nested more than 20 deep"));
        }
        let boundary = boundary.as_bytes().to_vec();
        part.kind = Kind::Multipart(word.to_owned(), Vec::new());
        self.open.push(Open { boundary, part: number });
        Ok(())
    }

    /// Which open multipart a line separates, innermost first, and whether it ends it.
    fn boundary(&self, line: &[u8]) -> Option<(usize, Last)> {
        let line = line[2..].trim_ascii_end();
        for (level, open) in self.open.iter().enumerate().rev() {
            steps::add(1);
            match line.strip_prefix(open.boundary.as_slice()) {
                Some(b"") => return Some((level, Last::No)),
                Some(b"--") => return Some((level, Last::Yes)),
                Some(_) | None => {}
            }
        }
        None
    }

    /// A line that separates parts.
    fn cross(&mut self, level: usize, last: Last, start: usize) -> Result<(), Unreadable> {
        self.close_leaf(start)?;
        // Closing a leaf may have opened a multipart at the last moment; it closes with the rest.
        if self.open.len() > level + 1 {
            self.problems.note("a multipart is not closed");
            self.open.truncate(level + 1);
        }
        if last == Last::Yes {
            self.open.truncate(level);
            self.at = At::Nowhere;
        } else {
            let parent = self.open[level].part;
            self.add(Some(parent))?;
        }
        Ok(())
    }

    fn add(&mut self, parent: Option<usize>) -> Result<(), Unreadable> {
        let number = self.parts.len();
        if number >= MOST_PARTS {
            return Err(Unreadable::new("too_many_parts", "it has more than 500 parts"));
        }
        self.parts.push(Part {
            headers: Headers::default(),
            content: Params::default(),
            kind: Kind::Leaf,
            body: 0..0,
        });
        if let Some(parent) = parent
            && let Kind::Multipart(_, children) = &mut self.parts[parent].kind
        {
            children.push(number);
        }
        self.at = At::Headers(number);
        Ok(())
    }

    /// Ends the part in hand before a separating line or the end.
    fn close_leaf(&mut self, end: usize) -> Result<(), Unreadable> {
        if let At::Headers(part) = self.at {
            self.begin_body(part, end)?;
        }
        if let At::Body(part, from) = self.at {
            self.parts[part].body = from..without_line_end(self.bytes, from, end);
        }
        self.at = At::Nowhere;
        Ok(())
    }

    fn finish(&mut self, end: usize) -> Result<(), Unreadable> {
        if self.parts[0].headers.is_empty() {
            return Err(Unreadable::new("no_headers", "it does not begin with header fields"));
        }
        let unfinished = matches!(self.at, At::Headers(_) | At::Body(..));
        if unfinished && !self.open.is_empty() {
            self.problems.note("a multipart is not closed");
        }
        self.close_leaf(end)?;
        for part in &mut self.parts {
            if matches!(&part.kind, Kind::Multipart(_, children) if children.is_empty()) {
                self.problems.note("a multipart has no parts: it is read as text");
                part.kind = Kind::Leaf;
                part.content = Params::default();
                if part.body.is_empty() {
                    part.body.end = end.max(part.body.start);
                }
            }
        }
        Ok(())
    }
}

/// The line break before a separating line belongs to it.
fn without_line_end(bytes: &[u8], from: usize, end: usize) -> usize {
    let mut body = &bytes[from..end.max(from)];
    if end < bytes.len() {
        body = body.strip_suffix(b"\n").unwrap_or(body);
        body = body.strip_suffix(b"\r").unwrap_or(body);
    }
    from + body.len()
}

fn next_line(bytes: &[u8], start: usize) -> usize {
    let end = bytes[start..].iter().position(|byte| *byte == b'\n');
    let end = end.map_or(bytes.len(), |at| start + at + 1);
    steps::add(end - start);
    end
}

fn trimmed(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
