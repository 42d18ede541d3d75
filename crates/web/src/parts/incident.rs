//! What customers read while a processor has trouble: one neutral sentence for each.

use words::Words;

use super::name_of;
use crate::house::House;

/// The sentences to show on top of a page, for `parts/incident.html`. Where they cannot be read the
/// page goes on without.
pub(crate) async fn incidents(house: &House, words: Words) -> Vec<String> {
    let billing = &house.billing;
    let open = match house.desk.banners.open(&billing.store, billing.env.now()).await {
        Ok(open) => open,
        Err(fault) => {
            tracing::warn!(fault = fault.chain(), "open incidents could not be read");
            return Vec::new();
        }
    };
    let mut sentences = Vec::new();
    // Two accounts may be of one house.
    for account in open.iter().filter_map(|one| billing.accounts.get(&one.account)) {
        let name = name_of(account);
        let sentence = words.text_with("incident-trouble", &[("house", name.as_str().into())]);
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}
