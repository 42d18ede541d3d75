//! Beginning a payment: a link, or a form that the browser posts.

use processor::{Answer, CaptureWhen, GoTo, StartRequest, Started};

use super::Described;
use super::own::{Own, fits};
use super::parameters::{Terms, pairs, query, sign};
use super::record::{Method, Start};

impl Described {
    /// Makes the link or the form.
    pub(super) fn begin(&self, request: &StartRequest) -> Answer<Started> {
        match self.beginning(request) {
            Ok(go_to) => Answer::Done(Started { go_to, transaction: None }),
            Err(why) => Answer::NotExecuted(why),
        }
    }

    fn beginning(&self, request: &StartRequest) -> Result<GoTo, String> {
        let start = self.record.start.as_ref().ok_or_else(|| self.missing("start"))?;
        if self.record.postback.is_none() && !self.purse.test {
            let why = "a payment would be taken that nobody hears of";
            return Err(format!("{}: {why}", self.missing("postback")));
        }
        let currency = request.amount.currency;
        if !self.record.currencies.is_empty() && !self.record.currencies.contains(&currency) {
            return Err(format!("currencies does not have {currency}"));
        }
        let terms =
            Terms { renews: request.renews.is_some(), held: request.capture == CaptureWhen::Later };
        self.takes(start, terms)?;
        let own = self.own_of(start, request)?;
        let mut sent = pairs(&start.parameters, &own, terms, &self.purse)?;
        sign(start.digest.as_ref(), &mut sent, b"", &self.purse)?;
        let action = self.address(&start.address, start.test_address.as_deref());
        if start.method == Method::Post {
            return Ok(GoTo::Form { action: action.to_owned(), fields: sent });
        }
        let between = if action.contains('?') { '&' } else { '?' };
        let query = query(&sent, &start.parameters, start.escape);
        Ok(GoTo::Link(format!("{action}{between}{query}")))
    }

    /// Whether the record can say what is asked for; a payment is not begun in other terms.
    fn takes(&self, start: &Start, terms: Terms) -> Result<(), String> {
        use super::record::When;
        let says = |when| start.parameters.iter().any(|parameter| parameter.when == Some(when));
        let key = "record.start.parameters";
        if terms.renews && !says(When::Renewing) {
            return Err(format!("{key} has nothing for payments that renew (when = \"renewing\")"));
        }
        if terms.held && !(says(When::Held) && self.calls("capture").is_some()) {
            return Err(format!(
                "{key} has nothing for money that is held (when = \"held\"), or there is no \
                 record.operations.capture"
            ));
        }
        Ok(())
    }

    fn own_of(&self, start: &Start, request: &StartRequest) -> Result<Own, String> {
        let forms = start.forms.unwrap_or(self.record.forms);
        fits(request.amount, forms.amount)?;
        let mut own = self.own();
        own.put("key", request.key.as_str());
        own.put("reference", request.reference.as_str());
        own.put("product", request.product.as_str());
        own.put("description", request.description.as_str());
        own.put("return_url", request.return_url.as_str());
        own.put("cancel_url", request.cancel_url.as_str());
        own.put("postback_url", request.postback_url.as_str());
        own.put_money(request.amount, forms);
        own.put_buyer(&request.buyer, forms);
        if let Some(renewal) = &request.renews {
            if renewal.amount.currency != request.amount.currency {
                return Err("it renews in another currency than it begins in".to_owned());
            }
            fits(renewal.amount, forms.amount)?;
            own.put_renewal(renewal, forms);
        }
        Ok(own)
    }

    /// The live address, or in test mode the one for tests.
    pub(super) fn address<'a>(&self, live: &'a str, test: Option<&'a str>) -> &'a str {
        test.filter(|_| self.purse.test).unwrap_or(live)
    }

    /// What every template may speak of: the account's own values and secrets.
    pub(super) fn own(&self) -> Own {
        let mut own = Own::default();
        own.put_all("account", &self.purse.values);
        own.put_all("secret", self.purse.secrets());
        own
    }
}
