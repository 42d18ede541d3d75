//! Calls after the start: filled in from the record, sent, and their answers placed by its rules.
//! What no rule places is an outcome we do not know.

use base::Money;
use processor::{
    Answer, Call, Cancellation, CaptureWhen, Charge, ChargeOutcome, Charged, Done, FindBy, Found,
    FoundState, Instrument, Refunding, Reply, Sent,
};
use url::Url;

use super::Described;
use super::json;
use super::message::{Message, shown};
use super::own::{Own, fits};
use super::parameters::{Terms, pairs, query, sign};
use super::postback::{money, reference};
use super::record::{BodyKind, Escape, Forms, Means, Method, Operation, Template};

/// The longest reason that is sent along.
const REASON: usize = 200;

impl Described {
    /// The template of an operation, if it is a call.
    pub(super) fn calls(&self, name: &str) -> Option<&Template> {
        match self.operation(name)? {
            Operation::Call(template) => Some(template),
            Operation::Manual(_) => None,
        }
    }

    /// How an operation is done, if it is.
    pub(super) fn operation(&self, name: &str) -> Option<&Operation> {
        let operations = &self.record.operations;
        let all = [
            ("charge", &operations.charge),
            ("capture", &operations.capture),
            ("void", &operations.void),
            ("refund", &operations.refund),
            ("cancel", &operations.cancel),
            ("find", &operations.find),
        ];
        all.into_iter().find(|(own, _)| *own == name)?.1.as_ref()
    }

    /// Charges what the house keeps.
    pub(super) async fn charge_stored(&self, charge: &Charge) -> Answer<Charged> {
        let Some(template) = self.calls("charge") else { return self.not_there("charge") };
        let Instrument::Stored { id, customer } = &charge.instrument else {
            return Answer::cannot("charge anything but what the house keeps");
        };
        let forms = template.forms.unwrap_or(self.record.forms);
        let currency = charge.amount.currency;
        if !self.record.currencies.is_empty() && !self.record.currencies.contains(&currency) {
            return Answer::NotExecuted(format!("currencies does not have {currency}"));
        }
        if let Err(why) = fits(charge.amount, forms.amount) {
            return Answer::NotExecuted(why);
        }
        let held = charge.capture == CaptureWhen::Later;
        if held && self.calls("capture").is_none() {
            return Answer::cannot("hold money: record.operations.capture is missing");
        }
        let mut own = self.own();
        own.put("key", charge.key.as_str());
        own.put("reference", charge.reference.as_str());
        own.put("product", charge.product.as_str());
        own.put("description", charge.description.as_str());
        own.put("return_url", charge.return_url.as_str());
        own.put("postback_url", charge.postback_url.as_str());
        own.put("stored", id.as_str());
        own.put("stored_customer", customer.as_deref().unwrap_or_default());
        own.put_money(charge.amount, forms);
        own.put_buyer(&charge.buyer, forms);
        let said = match self.ask(template, &own, Terms { renews: false, held }).await {
            Ok(said) => said,
            Err(answer) => return answer,
        };
        let outcome = match said.means {
            Some(Means::Done | Means::Paid) if !held => ChargeOutcome::Paid,
            Some(Means::Done | Means::Authorized) if held => ChargeOutcome::Authorized,
            Some(Means::Provisional | Means::Pending) => ChargeOutcome::Pending,
            _ => return said.otherwise(self, template),
        };
        let amount = said.amount(template, forms);
        match (said.transaction(template), amount) {
            (Ok(transaction), Ok(amount)) => Answer::Done(Charged {
                outcome,
                transaction,
                amount,
                stored: said.message.id(template.answer.stored.as_ref()).ok().flatten(),
                card: None,
            }),
            (Err(why), _) | (_, Err(why)) => Answer::Unknown(why),
        }
    }

    /// Collects what is held.
    pub(super) async fn collect(
        &self,
        key: &str,
        transaction: &str,
        amount: Money,
    ) -> Answer<Done> {
        let mut own = self.own();
        own.put("key", key);
        own.put("transaction", transaction);
        self.done("capture", own, Some(amount)).await
    }

    /// Releases what is held.
    pub(super) async fn release(&self, key: &str, transaction: &str) -> Answer<Done> {
        let mut own = self.own();
        own.put("key", key);
        own.put("transaction", transaction);
        self.done("void", own, None).await
    }

    /// Gives back.
    pub(super) async fn give_back(&self, refunding: &Refunding) -> Answer<Done> {
        let Some(template) = self.calls("refund") else { return self.not_there("refund") };
        if refunding.amount != refunding.paid && !template.partial {
            let why = "record.operations.refund gives back whole payments only";
            return Answer::NotExecuted(why.to_owned());
        }
        let mut own = self.own();
        own.put("key", refunding.key.as_str());
        own.put("transaction", refunding.transaction.as_str());
        own.put("reason", short(&refunding.reason));
        let forms = template.forms.unwrap_or(self.record.forms);
        own.put("paid", super::own::amount(refunding.paid, forms.amount));
        self.done("refund", own, Some(refunding.amount)).await
    }

    /// Ends a subscription.
    pub(super) async fn end(&self, cancellation: &Cancellation) -> Answer<Done> {
        let mut own = self.own();
        own.put("key", cancellation.key.as_str());
        own.put("subscription", cancellation.subscription.as_str());
        own.put("reason", short(&cancellation.reason));
        own.put("at_once", if cancellation.at_once { "1" } else { "0" });
        self.done("cancel", own, None).await
    }

    async fn done(&self, name: &str, mut own: Own, amount: Option<Money>) -> Answer<Done> {
        let Some(template) = self.calls(name) else { return self.not_there(name) };
        let forms = template.forms.unwrap_or(self.record.forms);
        if let Some(amount) = amount {
            if let Err(why) = fits(amount, forms.amount) {
                return Answer::NotExecuted(why);
            }
            own.put_money(amount, forms);
        }
        let said = match self.ask(template, &own, Terms::default()).await {
            Ok(said) => said,
            Err(answer) => return answer,
        };
        match said.means {
            Some(Means::Done) => match (said.transaction(template), said.amount(template, forms)) {
                (Ok(transaction), Ok(amount)) => Answer::Done(Done { transaction, amount }),
                (Err(why), _) | (_, Err(why)) => Answer::Unknown(why),
            },
            Some(Means::Pending) => Answer::Accepted,
            _ => said.otherwise(self, template),
        }
    }

    /// Looks a payment up.
    pub(super) async fn look_up(&self, by: &FindBy) -> Answer<Option<Found>> {
        let Some(template) = self.calls("find") else { return self.not_there("find") };
        let mut own = self.own();
        let (name, id) = match by {
            FindBy::Reference(id) => ("reference", id),
            FindBy::Transaction(id) => ("transaction", id),
        };
        own.put(name, id.as_str());
        if !speaks_of(template, name) {
            let why = format!("record.operations.find does not look up by {{{name}}}");
            return Answer::NotExecuted(why);
        }
        let said = match self.ask(template, &own, Terms::default()).await {
            Ok(said) => said,
            Err(answer) => return answer,
        };
        if said.means == Some(Means::Absent) {
            return Answer::Done(None);
        }
        let Some(state) = said.means.and_then(state) else {
            return said.otherwise(self, template);
        };
        let forms = template.forms.unwrap_or(self.record.forms);
        match said.found(template, state, by, forms) {
            Ok(found) => Answer::Done(Some(found)),
            Err(why) => Answer::Unknown(why),
        }
    }

    /// Sends one call and reads what was said, or gives the answer that needs no reading.
    async fn ask<T>(
        &self,
        template: &Template,
        own: &Own,
        terms: Terms,
    ) -> Result<Said, Answer<T>> {
        let call = self.call(template, own, terms).map_err(Answer::NotExecuted)?;
        let reply = match self.http.send(call).await {
            Sent::Answered(reply) => reply,
            Sent::NotExecuted(why) => return Err(Answer::NotExecuted(why)),
            Sent::Unknown(why) => return Err(Answer::Unknown(why)),
        };
        let Reply { status, body, .. } = reply;
        let read = Message::of_body(template.answer.body, &body);
        let broken = read.is_err();
        let message = read.unwrap_or_default().with("@status", status.to_string());
        let means = message.means(&template.answer.outcomes).map(|rule| rule.means);
        // An answer that is not of its kind still has a status, by which a rule may know a no;
        // it is never a yes.
        let no = matches!(means, Some(Means::Refused | Means::Declined));
        Ok(Said { means: means.filter(|_| no || !broken), message })
    }

    fn call(&self, template: &Template, own: &Own, terms: Terms) -> Result<Call, String> {
        let address = self.address(&template.address, template.test_address.as_deref());
        let escaped = |value: &str| super::parameters::escape(value, Escape::Percent);
        let address =
            own.fill_with(address, escaped).ok_or("a part of the address has no value")?;
        let mut url: Url =
            address.parse().map_err(|error| format!("the address is none: {error}"))?;
        let mut sent = pairs(&template.parameters, own, terms, &self.purse)?;
        let json = template.body == Some(BodyKind::Json);
        let write = |sent: &Vec<(String, String)>| match json {
            true => json::body(sent, &template.parameters),
            false => Ok(query(sent, &template.parameters, Escape::Form).into_bytes()),
        };
        let unsigned = write(&sent)?;
        let signed = sign(template.digest.as_ref(), &mut sent, &unsigned, &self.purse)?;
        let mut call = match (template.method, json) {
            (Method::Get, _) => {
                let text = query(&sent, &template.parameters, Escape::Form);
                if !text.is_empty() {
                    let joined = url.query().map_or(text.clone(), |own| format!("{own}&{text}"));
                    url.set_query(Some(&joined));
                }
                Call::get(url)
            }
            (Method::Post, true) => Call::post(url).body("application/json", write(&sent)?),
            (Method::Post, false) => {
                Call::post(url).body("application/x-www-form-urlencoded", write(&sent)?)
            }
        };
        for (name, template) in &template.headers {
            call = call.key_header(name, &own.fill(template));
        }
        if let Some((name, value)) = signed {
            call = call.key_header(&name, &value);
        }
        if let Some(basic) = &template.basic {
            call = call.basic(&own.fill(&basic.user), &own.fill(&basic.password));
        }
        Ok(call)
    }

    /// Nothing was sent: the record has no such call, or a person does it.
    fn not_there<T>(&self, name: &str) -> Answer<T> {
        Answer::NotExecuted(match self.operation(name) {
            Some(Operation::Manual(how)) => format!("this is done by hand: {how}"),
            _ => self.missing(&format!("operations.{name}")),
        })
    }
}

/// What a house said to a call.
struct Said {
    means: Option<Means>,
    message: Message,
}

impl Said {
    /// The answer for what is neither a yes nor a wait.
    fn otherwise<T>(&self, house: &Described, template: &Template) -> Answer<T> {
        let words = self.message.words(&template.answer.outcomes).unwrap_or_default();
        match self.means {
            Some(Means::Declined) => {
                let fields = template.answer.reason.as_ref();
                let reason = fields.and_then(|fields| self.message.first(fields));
                Answer::Declined(house.decline(reason.unwrap_or("no")))
            }
            Some(Means::Refused) => Answer::NotExecuted(format!("the house refused: {words}")),
            _ => Answer::Unknown(format!("the house answered what no rule knows: {words}")),
        }
    }

    fn transaction(&self, template: &Template) -> Result<Option<String>, String> {
        self.message.id(template.answer.transaction.as_ref())
    }

    fn amount(&self, template: &Template, forms: Forms) -> Result<Option<Money>, String> {
        let fields = template.answer.amount.as_ref();
        Ok(fields.map(|fields| money(&self.message, fields, forms)).transpose()?.flatten())
    }

    fn found(
        &self,
        template: &Template,
        state: FoundState,
        by: &FindBy,
        forms: Forms,
    ) -> Result<Found, String> {
        let asked = match by {
            FindBy::Transaction(id) => Some(id.clone()),
            FindBy::Reference(_) => None,
        };
        let named = self.transaction(template)?;
        if let (Some(asked), Some(named)) = (&asked, &named)
            && asked != named
        {
            return Err(format!("the house answered about another payment ({})", shown(named)));
        }
        let transaction = named.or(asked).ok_or("the house names no transaction")?;
        let reference =
            template.answer.reference.as_ref().and_then(|names| reference(&self.message, names));
        if let (FindBy::Reference(asked), Some(named)) = (by, &reference)
            && asked != named
        {
            return Err(format!("the house answered about another payment ({})", shown(named)));
        }
        let amount = self.amount(template, forms)?;
        let occurred_at = self.message.time(template.answer.time.as_ref());
        Ok(Found { state, transaction, reference, amount, occurred_at })
    }
}

/// Whether a template uses one of our own names anywhere.
fn speaks_of(template: &Template, name: &str) -> bool {
    let addresses = [Some(&template.address), template.test_address.as_ref()];
    let values = template.parameters.iter().map(|parameter| &parameter.value);
    let headers = template.headers.values();
    let all = addresses.into_iter().flatten().chain(values).chain(headers);
    all.into_iter().any(|text| super::own::names(text).contains(&name))
}

const fn state(means: Means) -> Option<FoundState> {
    Some(match means {
        Means::Paid | Means::RebillPaid => FoundState::Paid,
        Means::Authorized => FoundState::Authorized,
        Means::Provisional | Means::Pending => FoundState::Waiting,
        Means::Declined | Means::RebillDeclined => FoundState::Declined,
        Means::Refunded => FoundState::Refunded,
        Means::Voided => FoundState::Voided,
        Means::Chargeback => FoundState::ChargedBack,
        Means::RefundFailed
        | Means::ChargebackReversed
        | Means::DisputeOpened
        | Means::Cancelled
        | Means::Expired
        | Means::Reactivated
        | Means::Ignored
        | Means::Done
        | Means::Refused
        | Means::Absent => return None,
    })
}

fn short(reason: &str) -> String {
    reason.chars().take(REASON).collect()
}
