//! Billing support as the API shows it.

use billing::Site;
use billing::lookup::House;
use processor::Phone;
use serde::Serialize;
use utoipa::ToSchema;

/// Who takes payments for the site, and what only the site can help with.
#[derive(Serialize, ToSchema)]
#[schema(as = BillingSupport)]
pub struct Shown {
    /// Always `billing_support`.
    #[schema(example = "billing_support")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// The processors, made from the accounts that take payments or finish them.
    processors: Vec<ShownHouse>,
    /// The site's own support.
    site: ShownSite,
}

/// A processor as a customer meets it.
#[derive(Serialize, ToSchema)]
#[schema(as = ProcessorSupport)]
pub struct ShownHouse {
    /// What customers call it.
    #[schema(example = "SegPay")]
    name: String,
    /// Your accounts with it, by their keys.
    #[schema(example = json!(["segpay-eu"]))]
    accounts: Vec<String>,
    /// What a charge reads on a statement, letter by letter.
    #[schema(example = json!(["SEGPAY.COM *LUMEN"]))]
    descriptors: Vec<String>,
    /// How lines of the processor begin in general.
    #[schema(example = json!(["SEGPAY.COM"]))]
    statement: Vec<String>,
    /// Where to find a purchase on the web.
    #[schema(example = "https://cs.segpay.com")]
    web: Option<String>,
    /// Where to chat.
    chat: Option<String>,
    /// A mail address.
    #[schema(example = "help@segpay.com")]
    mail: Option<String>,
    /// Telephone numbers.
    phones: Vec<ShownPhone>,
    /// When somebody answers, in the processor's words.
    hours: Option<String>,
    /// Languages they speak.
    #[schema(example = json!(["en", "de"]))]
    languages: Vec<String>,
    /// Where they take payments; empty: anywhere.
    #[schema(example = json!(["EU"]))]
    regions: Vec<String>,
    /// What they do for a customer: `find_charge`, `cancel_renewal`, `change_card`, `refund`.
    #[schema(value_type = Vec<String>, example = json!(["find_charge", "cancel_renewal"]))]
    can: Vec<processor::HouseCan>,
}

/// A telephone number.
#[derive(Serialize, ToSchema)]
#[schema(as = SupportPhone)]
pub struct ShownPhone {
    /// In international form.
    #[schema(example = "+1 888 376 0948")]
    telephone: String,
    /// Who pays for the call: `house`, `caller` or `unknown`.
    #[schema(value_type = String, example = "house")]
    paid_by: processor::CallPaidBy,
    /// From where it can be called, if not from anywhere.
    #[schema(example = "US")]
    from: Option<String>,
}

/// What the site itself helps with.
#[derive(Serialize, ToSchema)]
#[schema(as = SiteSupport)]
pub struct ShownSite {
    /// Where customers write to.
    #[schema(example = "help@lumen.example")]
    mail: String,
    /// The page with all of this, in English; other languages in place of `en`.
    #[schema(example = "https://pay.lumen.example/en/billing-support")]
    page: String,
    /// The page that tells what a charge is.
    #[schema(example = "https://pay.lumen.example/en/charge")]
    charge_page: String,
    /// What nobody else can do.
    #[schema(example = json!(["tokens", "content", "creators", "refunds"]))]
    only_we_can: [&'static str; 4],
}

impl Shown {
    /// As shown by a house in this mode.
    pub fn of(site: &Site, houses: Vec<House>, livemode: bool) -> Shown {
        Shown {
            object: "billing_support",
            livemode,
            processors: houses.into_iter().map(ShownHouse::of).collect(),
            site: ShownSite {
                mail: site.support_mail.clone(),
                page: site.address("/en/billing-support"),
                charge_page: site.address("/en/charge"),
                only_we_can: ["tokens", "content", "creators", "refunds"],
            },
        }
    }
}

impl ShownHouse {
    fn of(house: House) -> ShownHouse {
        let House { accounts, descriptors, contact } = house;
        let phone = |Phone { number, paid_by, from }: Phone| ShownPhone {
            telephone: number,
            paid_by,
            from,
        };
        ShownHouse {
            name: contact.name,
            accounts,
            descriptors,
            statement: contact.statement,
            web: contact.web,
            chat: contact.chat,
            mail: contact.mail,
            phones: contact.phones.into_iter().map(phone).collect(),
            hours: contact.hours,
            languages: contact.languages,
            regions: contact.regions,
            can: contact.can,
        }
    }
}
