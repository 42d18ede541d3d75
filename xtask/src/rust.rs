//! Just enough Rust to read sources as text: what is a test, what is a comment, what is quoted.

/// The lines of a file outside `#[cfg(test)]` items, with their numbers from one.
///
/// It trusts rustfmt: such an item ends with a bracket or a semicolon on a line that is indented
/// like its beginning.
pub(crate) fn product_lines(text: &str) -> Vec<(usize, &str)> {
    let mut kept = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push((index + 1, line));
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        for (_, line) in lines.by_ref() {
            let own = line.strip_prefix(indent).is_some_and(|rest| !rest.starts_with(' '));
            let attribute = line.trim_start().starts_with("#[");
            let ends = line.ends_with('}') || line.ends_with(';');
            if own && ends && !attribute {
                break;
            }
        }
    }
    kept
}

/// The lines that count for how long a file is: everything but tests.
pub(crate) fn product_text(text: &str) -> String {
    let lines: Vec<_> = product_lines(text).into_iter().map(|(_, line)| line).collect();
    lines.join("\n")
}

/// A line without a comment at its end and without what stands in quotes.
pub(crate) fn bare(line: &str) -> String {
    let mut bare = String::new();
    let mut rest = code(line);
    while let Some(start) = rest.find('"') {
        bare.push_str(&rest[..start]);
        rest = next_quoted(&rest[start..]).map_or_else(String::new, |(_, after)| after.to_owned());
    }
    bare + &rest
}

/// Code without comments, raw texts and quoted single letters, so that every `"` left in it
/// begins or ends a text.
pub(crate) fn code(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let skipped = match letter {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '\'' if rest.starts_with("'\"'") => 3,
            '\'' if rest.starts_with("'\\\"'") => 4,
            'r' if !code.ends_with(|before: char| before.is_alphanumeric() || before == '_') => {
                raw(rest).unwrap_or(0)
            }
            _ => 0,
        };
        if skipped > 0 {
            rest = &rest[skipped..];
            continue;
        }
        let kept = match next_quoted(rest).filter(|_| letter == '"') {
            Some((_, after)) => rest.len() - after.len(),
            None => letter.len_utf8(),
        };
        code.push_str(&rest[..kept]);
        rest = &rest[kept..];
    }
    code
}

/// How long the raw text is that begins here, if one does.
fn raw(text: &str) -> Option<usize> {
    let hashes = text[1..].bytes().take_while(|byte| *byte == b'#').count();
    let begin = 1 + hashes;
    if !text[begin..].starts_with('"') {
        return None;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    text[begin + 1..].find(&end).map(|at| begin + 1 + at + end.len())
}

/// The words of a line: runs of letters, digits and underscores.
pub(crate) fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
}

/// All texts in double quotes, without unescaping; good enough for ids and codes.
pub(crate) fn quoted(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((literal, after)) = next_quoted(rest) {
        found.push(literal);
        rest = after;
    }
    found
}

/// The next text in double quotes and what comes after it.
fn next_quoted(text: &str) -> Option<(&str, &str)> {
    let start = text.find('"')? + 1;
    let mut escaped = false;
    for (index, letter) in text[start..].char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some((&text[start..start + index], &text[start + index + 1..])),
            _ => {}
        }
    }
    None
}

/// What stands between the brackets that open at the start of `text`, to their partner.
pub(crate) fn inside(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (index, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return text.get(1..index);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_left_out_and_what_follows_is_kept() {
        let text = "a\n#[cfg(test)]\nmod tests {\n    fn x() {\n    }\n}\nb\n\
                    #[cfg(test)]\nmod more;\nc\n#[cfg(test)]\n#[path = \"x\"]\nfn d() {}\ne";
        let lines: Vec<_> = product_lines(text);
        assert_eq!(lines, [(1, "a"), (7, "b"), (10, "c"), (14, "e")]);
    }

    #[test]
    fn quotes_and_comments_are_not_code() {
        assert_eq!(bare(r#"let a = "f64 \" // no"; // f64"#), "let a = ; ");
        assert_eq!(bare("letter == '\"' // x"), "letter ==  ");
        assert_eq!(bare("it's a lifetime 'a \"quoted"), "it's a lifetime 'a ");
    }

    #[test]
    fn what_is_left_of_code_has_even_quotes() {
        let text = "a('\"', \"b // \\\" c\"); // it's \"\nr#\"d \"e\" \"# f r\"g\" for_r\"h\"";
        assert_eq!(code(text), "a(, \"b // \\\" c\"); \n f  for_r\"h\"");
    }

    #[test]
    fn quoted_texts_and_brackets_find_their_ends() {
        assert_eq!(quoted(r#"text("a-b") + "c\"d""#), ["a-b", r#"c\"d"#]);
        assert_eq!(inside(r#"(a, [")"], (b)) rest"#), Some(r#"a, [")"], (b)"#));
        assert_eq!(inside("(never"), None);
    }
}
