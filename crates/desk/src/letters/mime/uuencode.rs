//! Files within text: uuencode and yEnc blocks, as old programs and news readers send them.

use std::borrow::Cow;

use crate::letters::steps;

/// A file that stood within text.
pub(crate) struct Block {
    /// Its name, as the block says.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A body that is one uuencoded file.
pub(super) fn whole(body: &[u8]) -> Cow<'_, [u8]> {
    let (_, mut blocks) = take_out(body);
    if blocks.is_empty() {
        return Cow::Borrowed(body);
    }
    Cow::Owned(blocks.swap_remove(0).bytes)
}

/// Takes the files out of a text. A block that is not whole stays text.
pub(crate) fn take_out(text: &[u8]) -> (Cow<'_, [u8]>, Vec<Block>) {
    steps::add(text.len());
    let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    let begins = |line: &&[u8]| line.starts_with(b"begin ") || line.starts_with(b"=ybegin ");
    if !lines.iter().any(begins) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let (mut rest, mut blocks) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < lines.len() {
        match block(&lines[at..]) {
            Some((block, used)) if blocks.len() < 100 => {
                blocks.push(block);
                at += used;
            }
            _ => {
                rest.extend_from_slice(lines[at]);
                at += 1;
            }
        }
    }
    (Cow::Owned(rest), blocks)
}

/// The block that begins with the first of these lines, and how many lines it has.
fn block(lines: &[&[u8]]) -> Option<(Block, usize)> {
    let first = lines[0].trim_ascii_end();
    if let Some(rest) = first.strip_prefix(b"begin ") {
        let (mode, name) = rest.split_at_checked(rest.iter().position(|one| *one == b' ')?)?;
        let octal =
            (3..=4).contains(&mode.len()) && mode.iter().all(|one| (b'0'..b'8').contains(one));
        let name = String::from_utf8_lossy(name.trim_ascii()).into_owned();
        return (octal && !name.is_empty()).then(|| uu(lines, name)).flatten();
    }
    let rest = first.strip_prefix(b"=ybegin ")?;
    let text = String::from_utf8_lossy(rest).into_owned();
    let name = text.split_once("name=").map(|(_, name)| name.trim().to_owned())?;
    yenc(lines, name)
}

/// Goes on while lines are sound, so that a false beginning costs nothing twice.
fn uu(lines: &[&[u8]], name: String) -> Option<(Block, usize)> {
    let mut bytes = Vec::new();
    for (number, line) in lines.iter().enumerate().skip(1) {
        steps::add(1);
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match line {
            b"end" => return Some((Block { name, bytes }, number + 1)),
            [] | [b'`' | b' '] => {}
            [length @ b' '..=b'`', groups @ ..] => {
                let length = usize::from((length - b' ') & 63);
                let sound = groups.iter().all(|one| (b' '..=b'`').contains(one));
                // Blanks at the end of a line get lost on the way.
                if !sound || groups.len() > length.div_ceil(3) * 4 + 2 {
                    return None;
                }
                line_into(groups, length, &mut bytes);
            }
            _ => return None,
        }
    }
    None
}

fn line_into(groups: &[u8], length: usize, bytes: &mut Vec<u8>) {
    let before = bytes.len();
    for group in groups.chunks(4) {
        let six = |at: usize| (group.get(at).copied().unwrap_or(b' ') - b' ') & 63;
        bytes.push(six(0) << 2 | six(1) >> 4);
        bytes.push(six(1) << 4 | six(2) >> 2);
        bytes.push(six(2) << 6 | six(3));
    }
    bytes.resize(before + length, 0);
}

fn yenc(lines: &[&[u8]], name: String) -> Option<(Block, usize)> {
    let mut bytes = Vec::new();
    for (number, line) in lines.iter().enumerate().skip(1) {
        steps::add(line.len());
        if line.starts_with(b"=yend") {
            return Some((Block { name, bytes }, number + 1));
        }
        if line.starts_with(b"=ybegin ") {
            return None;
        }
        if line.starts_with(b"=ypart ") {
            continue;
        }
        let mut escaped = false;
        for byte in *line {
            match byte {
                b'\r' | b'\n' => {}
                b'=' if !escaped => escaped = true,
                byte => {
                    let shift = if escaped { 42 + 64 } else { 42 };
                    bytes.push(byte.wrapping_sub(shift));
                    escaped = false;
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_taken_out_of_text_and_the_text_stays() {
        let text = b"Hello\nbegin 644 cat.txt\n#0V%T\n`\nend\nBye\n";
        let (rest, blocks) = take_out(text);
        assert_eq!(rest.as_ref(), b"Hello\nBye\n");
        assert_eq!((blocks[0].name.as_str(), blocks[0].bytes.as_slice()), ("cat.txt", &b"Cat"[..]));
        let coded: Vec<u8> = b"Cat".iter().map(|byte| byte.wrapping_add(42)).collect();
        let text =
            [b"=ybegin line=128 size=3 name=a b.txt\r\n", &coded[..], b"\r\n=yend size=3\r\n"];
        let whole = text.concat();
        let (rest, blocks) = take_out(&whole);
        assert!(rest.is_empty());
        assert_eq!((blocks[0].name.as_str(), blocks[0].bytes.as_slice()), ("a b.txt", &b"Cat"[..]));
    }

    #[test]
    fn what_only_looks_like_a_block_stays_text() {
        for text in [
            "begin 644 never ends\n#0V%T\n",
            "Let us\nbegin 2026 well\nand end\n",
            "begin now\nend\n",
            "=ybegin line=1\nx\n",
        ] {
            let (rest, blocks) = take_out(text.as_bytes());
            assert!(blocks.is_empty(), "{text}");
            assert_eq!(rest.as_ref(), text.as_bytes());
        }
    }
}
