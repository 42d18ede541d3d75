//! One spelling for what people write in many ways: what is kept and what is typed go through here.

/// The longest thing anybody types into one field.
pub(super) const LONGEST: usize = 200;

/// How much of a statement's text is compared: as much of it as was typed, in these steps.
const STEPS: [usize; 5] = [5, 8, 12, 16, 24];
/// Less than so much of a statement's text says nothing.
pub(super) const SHORTEST: usize = 3;

/// A mail address: all in small letters.
pub(super) fn mail(written: &str) -> Option<String> {
    let mail = written.trim().to_lowercase();
    (mail.contains('@') && mail.len() <= LONGEST).then_some(mail)
}

/// A user name: letters and digits only, in small letters, so that spaces, dots, dashes and the
/// sign before a name do not matter.
pub(super) fn user(written: &str) -> Option<String> {
    let name: String = letters_and_digits(written).flat_map(char::to_lowercase).collect();
    (!name.is_empty() && name.len() <= LONGEST).then_some(name)
}

/// A reference: as a user name, for people leave out dashes and use capitals.
pub(super) fn reference(written: &str) -> Option<String> {
    user(written).filter(|reference| reference.len() >= 4)
}

/// The last four digits of a card.
pub(super) fn card(written: &str) -> Option<String> {
    let plain = |letter: &char| !letter.is_whitespace() && !matches!(letter, '*' | '•' | '…' | '.');
    let digits: String = written.chars().filter(plain).collect();
    (digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// How a line on a statement begins: cut to the longest step that it fills.
pub(super) fn statement(written: &str) -> Option<String> {
    let line = line(written);
    let length = line.chars().count();
    let cut = STEPS.iter().rev().find(|step| **step <= length).copied().unwrap_or(length);
    (SHORTEST..=LONGEST).contains(&length).then(|| line.chars().take(cut).collect())
}

/// Every beginning of a line on a statement that somebody may type.
pub(super) fn statements(line_written: &str) -> Vec<String> {
    let line = line(line_written);
    let length = line.chars().count();
    let steps = STEPS.iter().copied().filter(|step| *step <= length);
    let short = (SHORTEST..STEPS[0]).filter(|cut| *cut <= length);
    short.chain(steps).map(|cut| line.chars().take(cut).collect()).collect()
}

/// A line on a statement as it is compared: capital letters and digits.
pub(super) fn line(written: &str) -> String {
    letters_and_digits(written).flat_map(char::to_uppercase).collect()
}

fn letters_and_digits(written: &str) -> impl Iterator<Item = char> {
    written.chars().filter(|letter| letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_dashes_and_capitals_do_not_matter() {
        assert_eq!(mail(" Ana@Example.ORG ").as_deref(), Some("ana@example.org"));
        assert_eq!(user(" @Ana-Lind "), user("ana lind"));
        assert_eq!(reference("2026-000042"), reference("2026 000042"));
        assert_eq!(card("**** 4242").as_deref(), Some("4242"));
        assert_eq!(statement("segpay.com *vel"), statement("SEGPAY COM*VELVET"));
    }

    #[test]
    fn what_says_nothing_is_no_fact() {
        let long = "x".repeat(201);
        assert_eq!(
            [mail("ana"), mail(&format!("{long}@x")), user(" - "), user(&long)],
            [None, None, None, None]
        );
        assert_eq!(
            [card("424"), card("42424"), card("4242 4242"), card("42a2")],
            [None, None, None, None]
        );
        assert_eq!([reference("123"), statement("S*"), statement(&long)], [None, None, None]);
    }

    #[test]
    fn whatever_beginning_is_typed_was_kept() {
        let line = "LUMEN*LOUNGE DEMO +45 12345678";
        let kept = statements(line);
        let plain = super::line(line);
        for cut in SHORTEST..=plain.len() {
            let typed = statement(&plain[..cut]).unwrap();
            assert!(kept.contains(&typed), "{typed} is not among {kept:?}");
        }
        for other in ["LUMA", "LUMENSTAR", "LOUNGE DEMO", "LUMEN LOUNGE DEMAND"] {
            assert!(!kept.contains(&statement(other).unwrap()), "{other}");
        }
    }
}
