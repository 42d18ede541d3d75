//! Beginning a payment: a form that the browser posts (FlexPost) or a link.
//!
//! Names and limits follow the Epoch module of Magic Members (`fpost.cgi`) and public join links.
//! Neither needs a signature: the price lies at Epoch under `pi_code`, so a customer who changes
//! it can only choose another price of the account. That is why the amount told later is compared.

use processor::{Answer, CaptureWhen, GoTo, StartRequest, Started};

use super::config::{Sound, SoundProduct, StartBy};
use super::digest;

/// The longest name that Epoch takes.
const NAME: usize = 32;
/// The longest description that is sent along.
const DESCRIPTION: usize = 80;
/// The longest mail address that is sent along.
const MAIL: usize = 100;

type Fields = Vec<(String, String)>;

/// Makes the form or the link.
pub(super) fn start(config: &Sound, request: &StartRequest) -> Answer<Started> {
    if request.capture == CaptureWhen::Later {
        return Answer::cannot("hold money: Epoch takes it at once");
    }
    let fields = fits(&request.reference).and_then(|()| {
        let product = product(config, request)?;
        Ok(match config.start {
            StartBy::Flexpost => flexpost(config, product, request),
            StartBy::Join => join(config, product, request),
        })
    });
    let fields = match fields {
        Ok(fields) => fields,
        Err(why) => return Answer::NotExecuted(why),
    };
    let go_to = match config.start {
        StartBy::Flexpost => GoTo::Form { action: config.flexpost_at.to_string(), fields },
        StartBy::Join => {
            let mut url = config.join_at.clone();
            url.query_pairs_mut().extend_pairs(&fields);
            GoTo::Link(url.into())
        }
    };
    Answer::Done(Started { go_to, transaction: None })
}

/// Our reference as an own field: what we make is short and plain, anything else is a mistake.
pub(super) fn fits(reference: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if (1..=32).contains(&reference.len()) && reference.bytes().all(plain) {
        Ok(())
    } else {
        Err("Epoch gets references of 32 small letters and digits at most".to_owned())
    }
}

fn product<'a>(config: &'a Sound, request: &StartRequest) -> Result<&'a SoundProduct, String> {
    let name = &request.product;
    let Some(product) = config.products.get(name) else {
        return Err(format!("products has no price for {name}"));
    };
    if product.price != request.amount {
        return Err(format!(
            "Epoch sells {name} for {}, not for {}",
            product.price, request.amount
        ));
    }
    match (product.renews, request.renews.is_some()) {
        (true, false) => Err(format!("Epoch renews {name}, which was asked for once only")),
        (false, true) => Err(format!("Epoch does not renew {name}: set products.{name}.renews")),
        _ => Ok(product),
    }
}

fn flexpost(config: &Sound, product: &SoundProduct, request: &StartRequest) -> Fields {
    let buyer = &request.buyer;
    let mut fields = vec![
        pair("co_code", &config.co_code),
        pair("pi_code", &product.pi_code),
        pair("reseller", &config.reseller),
    ];
    let name = buyer.name.as_deref().map(|name| short(name, NAME));
    fields.extend(name.map(|name| pair("name", &name)));
    fields.extend(mail(request).map(|mail| pair("email", mail)));
    fields.extend(country(request).map(|country| pair("country", &country)));
    // Members are known by our own accounts: no user name and no password goes to Epoch.
    fields.push(pair("no_userpass", "1"));
    fields.push(pair("no_userpassverify", "1"));
    fields.push(pair("pi_returnurl", &request.return_url));
    if config.response_post {
        fields.push(pair("response_post", "Y"));
    }
    fields.push(pair("product_description", &short(&request.description, DESCRIPTION)));
    fields.push(pair(&config.reference_field, &request.reference));
    fields
}

fn join(config: &Sound, product: &SoundProduct, request: &StartRequest) -> Fields {
    let mut fields = vec![
        pair("api", "join"),
        pair("pi_code", &product.pi_code),
        pair("reseller", &config.reseller),
        pair("no_userpass", "1"),
    ];
    fields.extend(mail(request).map(|mail| pair("email", mail)));
    fields.extend(config.selected_type.as_ref().map(|kind| pair("selected_type", kind)));
    fields.push(pair("pi_returnurl", &request.return_url));
    if config.response_post {
        fields.push(pair("response_post", "Y"));
    }
    fields.push(pair(&config.reference_field, &request.reference));
    if let Some(key) = config.digest.as_ref().filter(|digest| digest.join) {
        let pairs: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let digest = digest::of(key, &pairs);
        fields.push(pair(digest::NAME, &digest));
    }
    fields
}

fn mail(request: &StartRequest) -> Option<&str> {
    request.buyer.email.as_deref().filter(|mail| mail.len() <= MAIL)
}

fn country(request: &StartRequest) -> Option<String> {
    let code = request.buyer.country.as_deref()?;
    let two = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    two.then(|| code.to_ascii_uppercase())
}

/// A text in one line and cut to what fits.
pub(super) fn short(text: &str, most: usize) -> String {
    let line = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().map(line).take(most).collect::<String>().trim().to_owned()
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
