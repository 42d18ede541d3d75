//! What can be said of an account without asking the house: what is missing, and what is weak.

use processor::Finding;

use super::Described;
use super::postback::relied_on;
use super::record::{Covers, Operation, Postback, Recipe};

impl Described {
    /// Every finding, line by line.
    pub(super) fn look(&self) -> Vec<Finding> {
        let mut findings = vec![match &self.record.start {
            Some(start) => {
                let address = self.address(&start.address, start.test_address.as_deref());
                Finding::good("record.start", format!("payments begin at {address}"))
            }
            None => Finding::bad("record.start", self.missing("start")),
        }];
        match &self.record.postback {
            Some(postback) => self.look_at(postback, &mut findings),
            None => {
                let says = format!("{}; no payment is begun without it", self.missing("postback"));
                findings.push(Finding::bad("record.postback", says));
            }
        }
        for name in ["refund", "void", "cancel", "find", "charge", "capture"] {
            let what = format!("record.operations.{name}");
            findings.push(match self.operation(name) {
                Some(Operation::Call(_)) => {
                    Finding::notice(what, "described; it cannot be tried without moving money")
                }
                Some(Operation::Manual(how)) => Finding::notice(what, format!("by hand: {how}")),
                None => {
                    let says = self.missing(&format!("operations.{name}"));
                    Finding::notice(what, says)
                }
            });
        }
        let others = self.record.asked.iter().filter(|(key, _)| !is_a_part(key));
        findings.extend(
            others.map(|(key, asked)| Finding::notice(format!("record.{key}"), asked.as_str())),
        );
        if self.purse.test {
            findings.push(Finding::notice("test", "on: the house's test addresses are used"));
        }
        findings
    }

    fn look_at(&self, postback: &Postback, findings: &mut Vec<Finding>) {
        findings.push(match &postback.digest {
            Some(recipe) => self.look_at_digest(postback, recipe),
            None => {
                let says = "none: notices are believed for the locks alone, so use several, and \
                            look_up if the house can be asked";
                Finding::notice("record.postback.digest", says)
            }
        });
        if self.locks.senders.is_empty() {
            let says = "empty, so any sender is taken; ask the house for its addresses";
            findings.push(Finding::notice("locks.senders", says));
        }
        if let Some(retries) = &postback.retries {
            let says = format!("the house says that it sends again {retries}");
            findings.push(Finding::notice("record.postback.retries", says));
        }
    }

    fn look_at_digest(&self, postback: &Postback, recipe: &Recipe) -> Finding {
        let what = "record.postback.digest";
        let all = relied_on(postback);
        let bare: Vec<&str> = all.into_iter().filter(|field| !recipe.covers(field, None)).collect();
        let covers_all = matches!(recipe.fields, Covers::All(_)) && recipe.key_ids.is_none();
        if bare.is_empty() || covers_all {
            return Finding::good(what, "covers everything that is relied on");
        }
        let also = if self.look_up { "" } else { "; set look_up if the house can be asked" };
        let says =
            format!("does not cover {}: these can be changed on the way{also}", bare.join(", "));
        Finding::notice(what, says)
    }
}

/// Whether a key of `asked` is a part of the record that is looked at by itself.
fn is_a_part(key: &str) -> bool {
    key == "start" || key == "postback" || key.starts_with("operations.")
}
