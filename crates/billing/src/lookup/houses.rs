//! The houses behind the processor accounts, as a customer meets them: made from the accounts, so
//! that a new account appears without an edit.

use base::Fault;
use processor::SupportContact;
use store::Reads;

use super::spelling;
use crate::{Account, AccountStatus, Accounts, routing};

/// A house that takes money for us, and everything that leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct House {
    /// The accounts with it, by their keys.
    pub accounts: Vec<String>,
    /// What our own lines on statements say, letter by letter.
    pub descriptors: Vec<String>,
    /// How to reach it. Its name is never empty.
    pub contact: SupportContact,
}

/// The houses of the accounts that take payments or finish them, as configured or as staff have
/// switched them, in the order of the configuration. Accounts with the same house stand together.
///
/// # Errors
/// A fault if the database fails.
pub async fn houses(reads: &mut impl Reads, accounts: &Accounts) -> Result<Vec<House>, Fault> {
    let switches = routing::switches(reads).await?;
    let status = |account: &&Account| routing::effective(account, &switches);
    let open = accounts.all().iter().filter(|one| status(one) != AccountStatus::Paused);
    Ok(together(open))
}

fn together<'a>(accounts: impl Iterator<Item = &'a Account>) -> Vec<House> {
    let mut houses: Vec<House> = Vec::new();
    for account in accounts {
        let house = House::of(account);
        match houses.iter_mut().find(|other| other.contact == house.contact) {
            Some(same) => {
                same.accounts.extend(house.accounts);
                same.descriptors.extend(house.descriptors);
                same.descriptors.dedup();
            }
            None => houses.push(house),
        }
    }
    houses
}

impl House {
    /// The house behind one account.
    #[must_use]
    pub fn of(account: &Account) -> House {
        let mut contact = account.support();
        if contact.name.is_empty() {
            contact.name.clone_from(&account.key);
        }
        let descriptors = Some(account.descriptor.clone()).filter(|text| !text.is_empty());
        House {
            accounts: vec![account.key.clone()],
            descriptors: descriptors.into_iter().collect(),
            contact,
        }
    }

    /// Whether a line on a statement that begins like this may be from here. Less than three
    /// letters say nothing.
    #[must_use]
    pub fn shows_up_as(&self, line: &str) -> bool {
        let line = spelling::line(line);
        let known = self.descriptors.iter().chain(&self.contact.statement);
        line.chars().count() >= spelling::SHORTEST
            && known.map(|text| spelling::line(text)).any(|known| {
                !known.is_empty() && (known.starts_with(&line) || line.starts_with(&known))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(descriptor: &str, beginnings: &[&str]) -> House {
        House {
            accounts: vec!["a".to_owned()],
            descriptors: vec![descriptor.to_owned()],
            contact: SupportContact {
                statement: beginnings.iter().map(|text| (*text).to_owned()).collect(),
                ..SupportContact::default()
            },
        }
    }

    #[test]
    fn a_line_is_known_by_its_beginning_whatever_its_signs() {
        let segpay = house("SEGPAY.COM *VELVET", &["SEGPAYEU.COM"]);
        for line in ["segpay", "SEGPAY COM*VEL", "SEGPAY.COM *VELVET 866-450", "segpayeu"] {
            assert!(segpay.shows_up_as(line), "{line}");
        }
        for line in ["", "se", "epoch", "segpayx", "velvet"] {
            assert!(!segpay.shows_up_as(line), "{line}");
        }
        assert!(!house("", &[""]).shows_up_as("anything"));
    }
}
