//! A pack of tokens, and what makes a new one right.

use base::id::TokenPackId;
use base::{Currency, Kind, Money, Refusal, Timestamp, Tokens};

/// There is no such pack.
pub const PACK_NOT_FOUND: Refusal =
    Refusal::new(Kind::NotFound, "token_pack_not_found", "there is no token pack of that id");
/// The code cannot be one.
pub const NOT_A_CODE: Refusal = Refusal::new(
    Kind::Malformed,
    "code_not_valid",
    "a code has 1 to 40 small letters, digits and hyphens, such as tokens-100",
);
/// Another pack has the code.
pub const CODE_TAKEN: Refusal =
    Refusal::new(Kind::Conflict, "code_taken", "another token pack has this code");
/// The prices do not make sense.
pub const NOT_A_PRICE: Refusal = Refusal::new(
    Kind::Malformed,
    "prices_not_valid",
    "give 1 to 40 prices above zero and up to 10^12 minor units, one per currency",
);
/// The number of tokens does not make sense.
pub const TOO_MANY_TOKENS: Refusal = Refusal::new(
    Kind::Malformed,
    "tokens_not_valid",
    "tokens must be a whole number from 1 up to 1,000,000,000",
);

const MOST_TOKENS: i64 = 1_000_000_000;
const HIGHEST_PRICE: i64 = 1_000_000_000_000;
const MOST_PRICES: usize = 40;

/// A number of tokens for a price.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "object", rename = "token_pack")]
pub struct TokenPack {
    /// Its id.
    pub id: TokenPackId,
    /// The merchant's own name of it, `tokens-100`.
    pub code: String,
    /// How many tokens.
    pub tokens: Tokens,
    /// What it costs, one price per currency.
    pub prices: Vec<Money>,
    /// Whether it can be bought.
    pub active: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl TokenPack {
    /// What it costs in a currency, if it is sold in it.
    #[must_use]
    pub fn price(&self, currency: Currency) -> Option<Money> {
        self.prices.iter().copied().find(|price| price.currency == currency)
    }
}

/// Which packs a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Showing {
    /// The ones that can be bought.
    Active,
    /// All of them.
    All,
}

/// A pack to be made, checked.
#[derive(Clone, Debug)]
pub struct NewPack {
    pub(super) code: String,
    pub(super) tokens: Tokens,
    pub(super) prices: Vec<Money>,
}

impl NewPack {
    /// A pack that may be sold.
    ///
    /// # Errors
    /// [`NOT_A_CODE`], [`TOO_MANY_TOKENS`] or [`NOT_A_PRICE`].
    pub fn checked(code: &str, tokens: Tokens, prices: Vec<Money>) -> Result<NewPack, Refusal> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !(1..=40).contains(&code.len()) || !code.bytes().all(plain) {
            return Err(NOT_A_CODE.at("code"));
        }
        if !(1..=MOST_TOKENS).contains(&tokens.count()) {
            return Err(TOO_MANY_TOKENS.at("tokens"));
        }
        let prices = checked_prices(prices)?;
        Ok(NewPack { code: code.to_owned(), tokens, prices })
    }
}

/// Prices that can be asked: above zero, one per currency.
pub(super) fn checked_prices(prices: Vec<Money>) -> Result<Vec<Money>, Refusal> {
    let twice = |nth: usize| prices[..nth].iter().any(|one| one.currency == prices[nth].currency);
    let good = (1..=MOST_PRICES).contains(&prices.len())
        && prices.iter().all(|price| (1..=HIGHEST_PRICE).contains(&price.minor))
        && !(0..prices.len()).any(twice);
    if good { Ok(prices) } else { Err(NOT_A_PRICE.at("prices")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(code: &str, tokens: i64, prices: Vec<Money>) -> &'static str {
        let tokens = Tokens::new(tokens).unwrap();
        NewPack::checked(code, tokens, prices).map_or_else(|no| no.code, |_| "fine")
    }

    #[test]
    fn a_pack_has_a_code_some_tokens_and_one_price_per_currency() {
        let price = |minor| Money::new(minor, Currency::USD);
        assert_eq!(code_of("tokens-100", 100, vec![price(1000)]), "fine");
        assert_eq!(code_of("Tokens 100", 100, vec![price(1000)]), "code_not_valid");
        assert_eq!(code_of("t", 0, vec![price(1000)]), "tokens_not_valid");
        assert_eq!(code_of("t", 1, vec![]), "prices_not_valid");
        assert_eq!(code_of("t", 1, vec![price(0)]), "prices_not_valid");
        assert_eq!(code_of("t", 1, vec![price(i64::MAX)]), "prices_not_valid");
        assert_eq!(code_of("t", 1, vec![price(5), price(6)]), "prices_not_valid");
    }
}
