//! What our own receiving server found out about the sender. Whatever else the mail says about
//! itself is a claim of whoever sent it.

use super::header::{Headers, Mailbox};

/// How far the sender can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The domain in From vouches for it.
    Aligned,
    /// It came over a list or forwarder that sealed what it had found (ARC).
    Forwarded,
    /// Nobody vouches, nobody denies, or nobody we trust has looked.
    None,
    /// The domain in From denies it.
    Failed,
}

impl Standing {
    /// A stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Standing::Aligned => "aligned",
            Standing::Forwarded => "forwarded",
            Standing::None => "none",
            Standing::Failed => "failed",
        }
    }
}

/// The finding and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How far the sender can be believed.
    pub standing: Standing,
    /// Why, in a sentence.
    pub why: String,
    /// What the domain in From asks for when its mail fails: `reject`, `quarantine`, `none`.
    pub policy: Option<String>,
}

/// One finding: `dkim=pass header.d=example.com`.
#[derive(Debug, Default)]
struct Finding {
    method: String,
    result: String,
    properties: Vec<(String, String)>,
}

/// Reads the verdict for the author of a mail.
pub(super) fn read(headers: &Headers, authserv: Option<&str>, from: Option<&Mailbox>) -> Verdict {
    let told = |standing, why: &str, policy| Verdict { standing, why: why.to_owned(), policy };
    let Some(authserv) = authserv else {
        return told(Standing::None, "no receiving server is named whose word is taken", None);
    };
    let findings = trusted(headers, authserv);
    if findings.is_empty() {
        let why = format!("{authserv} has left no finding on it");
        return told(Standing::None, &why, None);
    }
    let domain = from.map(Mailbox::domain).unwrap_or_default();
    let dmarc = findings.iter().find(|one| one.method == "dmarc");
    let arc = findings.iter().any(|one| one.method == "arc" && one.result == "pass");
    let policy = dmarc.and_then(|one| one.policy());
    if let Some(dmarc) = dmarc {
        let about = dmarc.property("header.from").unwrap_or(&domain).to_owned();
        match dmarc.result.as_str() {
            "pass" if about.eq_ignore_ascii_case(&domain) => {
                return told(Standing::Aligned, &format!("DMARC passes for {domain}"), policy);
            }
            "fail" if arc => {
                let why = "DMARC fails, and a forwarder's seal (ARC) says it was sound before";
                return told(Standing::Forwarded, why, policy);
            }
            "fail" => {
                return told(Standing::Failed, &format!("DMARC fails for {domain}"), policy);
            }
            _ => {}
        }
    }
    for (method, property, name) in [
        ("dkim", "header.d", "DKIM"),
        ("dkim", "header.i", "DKIM"),
        ("spf", "smtp.mailfrom", "SPF"),
    ] {
        let passed = findings.iter().filter(|one| one.method == method && one.result == "pass");
        for one in passed {
            let who = one.property(property).unwrap_or_default();
            if covers(who, &domain) {
                return told(Standing::Aligned, &format!("{name} passes for {domain}"), policy);
            }
        }
    }
    if arc {
        return told(Standing::Forwarded, "a forwarder's seal (ARC) says it was sound", policy);
    }
    let failed = |method| findings.iter().any(|one| one.method == method && one.result == "fail");
    if failed("dkim") && failed("spf") {
        return told(Standing::Failed, "both DKIM and SPF fail", policy);
    }
    told(Standing::None, &format!("nothing that passes is of {domain}"), policy)
}

/// The findings of our own server: those of all fields in its name above the topmost `Received`,
/// which it wrote itself when the mail came in; without one there, those of the topmost field only,
/// because whatever stands directly below it may have come with the mail.
fn trusted(headers: &Headers, authserv: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let received = headers.all().position(|(name, _)| name == "received").unwrap_or(0);
    for (nth, (name, value)) in headers.all().enumerate() {
        if nth >= received && !findings.is_empty() {
            break;
        }
        if name != "authentication-results" {
            continue;
        }
        let value: String = String::from_utf8_lossy(value).chars().take(10_000).collect();
        let Some((id, all)) = split(&value) else { continue };
        if id.eq_ignore_ascii_case(authserv.trim()) {
            findings.push(all);
        }
    }
    findings.into_iter().flatten().collect()
}

/// The server's name, and its findings.
fn split(value: &str) -> Option<(String, Vec<Finding>)> {
    let plain = without_comments(value);
    let mut pieces = plain.split(';');
    let id = pieces.next()?.split_whitespace().next()?.trim_matches('"').to_owned();
    let findings = pieces.take(50).filter_map(finding).collect();
    Some((id, findings))
}

fn finding(piece: &str) -> Option<Finding> {
    let mut words = piece.split_whitespace();
    let (method, result) = words.next()?.split_once('=')?;
    let method = method.split('/').next().unwrap_or(method).to_ascii_lowercase();
    let properties = words
        .filter_map(|word| word.split_once('='))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim_matches('"').to_owned()))
        .collect();
    Some(Finding { method, result: result.to_ascii_lowercase(), properties })
}

impl Finding {
    fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// The policy: a property for some servers, and a comment for others.
    fn policy(&self) -> Option<String> {
        let named = ["policy.published-domain-policy", "policy.dmarc", "header.policy", "p"]
            .into_iter()
            .find_map(|name| self.property(name))?;
        Some(named.to_ascii_lowercase())
    }
}

/// Takes comments out, but keeps what they say of a policy: `(p=reject dis=none)`.
fn without_comments(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let (mut depth, mut quoted) = (0_usize, false);
    for sign in value.chars() {
        match sign {
            '"' if depth == 0 => {
                quoted = !quoted;
                out.push(sign);
            }
            '(' if !quoted => {
                depth += 1;
                out.push(' ');
            }
            ')' if !quoted && depth > 0 => {
                depth -= 1;
                out.push(' ');
            }
            ';' if depth > 0 || quoted => out.push(' '),
            // Within a comment nothing may look like a finding; only its policy is of use.
            sign if depth > 0 && sign == '=' && !ends_with_policy(&out) => out.push(':'),
            sign => out.push(if sign.is_control() { ' ' } else { sign }),
        }
    }
    out
}

fn ends_with_policy(out: &str) -> bool {
    out.ends_with(" p") || out.ends_with(" P")
}

/// Whether a domain that signed vouches for the domain in From: the same one, or one above it.
fn covers(signer: &str, domain: &str) -> bool {
    let signer = signer.rsplit('@').next().unwrap_or_default().trim_matches('<').to_lowercase();
    let signer = signer.trim_end_matches('>').trim_end_matches('.');
    if domain.is_empty() || !signer.contains('.') {
        return false;
    }
    domain == signer || domain.strip_suffix(signer).is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::mime::block;

    fn verdict(headers: &str) -> (Standing, Option<String>) {
        let from = Mailbox { name: String::new(), address: "ann@example.com".to_owned() };
        let verdict = read(&block(headers.as_bytes()), Some("mx.shop.example"), Some(&from));
        (verdict.standing, verdict.policy)
    }

    #[test]
    fn only_the_topmost_word_of_our_own_server_counts() {
        let ours = "Authentication-Results: mx.shop.example; ";
        for (headers, standing) in [
            (format!("{ours}dmarc=pass header.from=example.com\n"), Standing::Aligned),
            (format!("{ours}dkim=pass header.d=example.com\n"), Standing::Aligned),
            (format!("{ours}dkim=pass header.i=@example.com\n"), Standing::Aligned),
            (format!("{ours}spf=pass smtp.mailfrom=b@example.com\n"), Standing::Aligned),
            (format!("{ours}dkim=pass header.d=evil.example\n"), Standing::None),
            (format!("{ours}dkim=pass header.d=notexample.com\n"), Standing::None),
            (format!("{ours}dkim=pass header.d=com\n"), Standing::None),
            (format!("{ours}dmarc=fail header.from=example.com\n"), Standing::Failed),
            (format!("{ours}dkim=fail; spf=fail\n"), Standing::Failed),
            (format!("{ours}dkim=fail; arc=pass\n"), Standing::Forwarded),
            (format!("{ours}dmarc=fail; arc=pass\n"), Standing::Forwarded),
            (format!("{ours}none\n"), Standing::None),
            // Somebody else's name.
            ("Authentication-Results: mx.evil.example; dmarc=pass\n".to_owned(), Standing::None),
            // A forged one below ours, behind the hop where the mail came in.
            (
                format!(
                    "{ours}dmarc=fail\nReceived: by mx\n{ours}dmarc=pass header.from=example.com\n"
                ),
                Standing::Failed,
            ),
            // Two filters of ours, one field each.
            (
                format!("{ours}spf=fail\n{ours}dkim=pass header.d=example.com\nReceived: by mx\n"),
                Standing::Aligned,
            ),
            // Filters that write below the line of the hop: what follows may be forged.
            (
                format!(
                    "Received: by mx\n{ours}spf=none\n{ours}dmarc=pass header.from=example.com\n"
                ),
                Standing::None,
            ),
            (
                format!("Received: by mx\n{ours}dmarc=pass header.from=example.com\n"),
                Standing::Aligned,
            ),
            // An empty finding of ours is one: nothing below it is looked at.
            (
                format!("Received: by mx\n{ours}none\n{ours}dmarc=pass header.from=example.com\n"),
                Standing::None,
            ),
            // A pass about another From, and one within a comment.
            (format!("{ours}dmarc=pass header.from=evil.example\n"), Standing::None),
            (format!("{ours}spf=none (x; dmarc=pass header.from=example.com)\n"), Standing::None),
            (format!("{ours}spf=none reason=\"; dmarc=pass\"\n"), Standing::None),
        ] {
            assert_eq!(verdict(&headers).0, standing, "{headers}");
        }
    }

    #[test]
    fn the_policy_is_read_off_a_comment() {
        let headers = "Authentication-Results: mx.shop.example;\n dmarc=fail (p=REJECT dis=none) \
                       header.from=example.com\n";
        assert_eq!(verdict(headers), (Standing::Failed, Some("reject".to_owned())));
    }

    #[test]
    fn without_a_server_of_ours_nobody_is_believed() {
        let headers = block(b"Authentication-Results: mx; dmarc=pass\n");
        assert_eq!(read(&headers, None, None).standing, Standing::None);
    }
}
