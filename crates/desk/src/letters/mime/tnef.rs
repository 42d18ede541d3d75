//! `winmail.dat`: what Outlook sends instead of attachments. The files and the plain text in it are
//! taken out; the rest is Outlook's own affair.

use super::uuencode::Block;

const SIGNATURE: u32 = 0x223E_9F78;
const BODY: u32 = 0x0002_800C;
const BEGIN_FILE: u32 = 0x0006_9002;
const FILE_NAME: u32 = 0x0001_8010;
const FILE_BYTES: u32 = 0x0006_800F;

/// The files in a TNEF stream; the plain text, if there is one, as `message.txt`. `None` if it is
/// none.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Vec<Block>> {
    let mut rest = bytes;
    if four(&mut rest)? != SIGNATURE {
        return None;
    }
    rest = rest.get(2..)?;
    let mut files: Vec<Block> = Vec::new();
    while let [_level, after @ ..] = rest {
        rest = after;
        let (Some(id), Some(length)) = (four(&mut rest), four(&mut rest)) else { break };
        let Ok(length) = usize::try_from(length) else { break };
        let Some((value, after)) = rest.split_at_checked(length) else { break };
        rest = after.get(2..).unwrap_or_default();
        let count = files.len();
        match (id, files.last_mut()) {
            (BEGIN_FILE, _) if count < 100 => {
                files.push(Block { name: String::new(), bytes: Vec::new() });
            }
            (FILE_NAME, Some(file)) => file.name = text(value),
            (FILE_BYTES, Some(file)) => file.bytes = value.to_vec(),
            (BODY, None) => {
                let bytes = value.strip_suffix(b"\0").unwrap_or(value).to_vec();
                files.push(Block { name: "message.txt".to_owned(), bytes });
            }
            _ => {}
        }
    }
    files.retain(|file| !file.bytes.trim_ascii().is_empty());
    Some(files)
}

fn four(rest: &mut &[u8]) -> Option<u32> {
    let (four, after) = rest.split_first_chunk::<4>()?;
    *rest = after;
    Some(u32::from_le_bytes(*four))
}

fn text(value: &[u8]) -> String {
    let value = value.split(|byte| *byte == 0).next().unwrap_or_default();
    crate::letters::charset::decode_header(value, None)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A stream with one file, as Outlook would write it.
    pub(crate) fn stream(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut all = SIGNATURE.to_le_bytes().to_vec();
        all.extend([1, 0]);
        let named = [name.as_bytes(), b"\0"].concat();
        for (id, value) in [(BEGIN_FILE, &[0; 14][..]), (FILE_NAME, &named), (FILE_BYTES, bytes)] {
            all.push(2);
            all.extend(id.to_le_bytes());
            all.extend(u32::try_from(value.len()).unwrap().to_le_bytes());
            all.extend_from_slice(value);
            all.extend([0, 0]);
        }
        all
    }

    #[test]
    fn the_files_in_winmail_dat_are_taken_out() {
        let files = unpack(&stream("a.pdf", b"%PDF-1.4")).unwrap();
        assert_eq!(
            (files[0].name.as_str(), files[0].bytes.as_slice()),
            ("a.pdf", &b"%PDF-1.4"[..])
        );
        assert!(unpack(b"PK\x03\x04").is_none());
        let whole = stream("a.pdf", b"%PDF-1.4");
        for end in 0..whole.len() {
            let _ = unpack(&whole[..end]);
        }
    }
}
