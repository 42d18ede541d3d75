//! What people read while a processor has trouble: customers one neutral sentence for each house,
//! staff the account and the case that is kept for it.

use std::sync::Arc;

use base::Timestamp;
use base::id::CaseId;
use desk::incidents::OpenIncident;
use words::Words;

use super::name_of;
use crate::house::House;

/// The sentences to show on top of a page, for `parts/incident.html`. Where they cannot be read the
/// page goes on without.
pub(crate) async fn incidents(house: &House, words: Words) -> Vec<String> {
    let mut sentences = Vec::new();
    // Two accounts may be of one house.
    let known = |one: &OpenIncident| house.billing.accounts.get(&one.account).cloned();
    for account in open(house).await.iter().filter_map(known) {
        let name = name_of(&account);
        let sentence = words.text_with("incident-trouble", &[("house", name.as_str().into())]);
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}

/// An open incident as staff read of it.
pub(crate) struct Trouble {
    pub(crate) account: String,
    pub(crate) since: Timestamp,
    pub(crate) case: CaseId,
}

/// The incidents that are open, for staff.
pub(crate) async fn troubles(house: &House) -> Vec<Trouble> {
    let told = |one: &OpenIncident| Trouble {
        account: one.account.clone(),
        since: one.since,
        case: one.case,
    };
    open(house).await.iter().map(told).collect()
}

async fn open(house: &House) -> Arc<[OpenIncident]> {
    let billing = &house.billing;
    house.desk.banners.open(&billing.store, billing.env.now()).await.unwrap_or_else(|fault| {
        tracing::warn!(fault = fault.chain(), "open incidents could not be read");
        Arc::new([])
    })
}
