//! Camcharge: charging a member again through a signed link that the customer follows.
//!
//! Parameters and digest follow a public class that makes such links. `authandclose` authorises
//! and takes the money at once; the link has a return address, so it is for the customer's
//! browser. Whether Epoch lets a server follow it is not public, so it is not done here: the
//! outcome comes by postback.

use processor::{Answer, CaptureWhen, Charge, ChargeOutcome, Charged, GoTo, Instrument};

use super::config::Sound;
use super::start::{fits, short};
use super::{digest, words};

/// The longest description that is sent along.
const DESCRIPTION: usize = 80;

/// Makes the link.
pub(super) fn charge(config: &Sound, charge: &Charge) -> Answer<Charged> {
    match link(config, charge) {
        Ok((link, member)) => Answer::Done(Charged {
            outcome: ChargeOutcome::MustAct(GoTo::Link(link)),
            transaction: None,
            amount: None,
            stored: Some(member),
            card: None,
        }),
        Err(why) => Answer::NotExecuted(why),
    }
}

fn link(config: &Sound, charge: &Charge) -> Result<(String, String), String> {
    let (Some(camcharge), Some(key)) = (&config.camcharge, &config.digest) else {
        return Err("this processor account cannot charge from the server: camcharge is not \
                    configured"
            .to_owned());
    };
    let Instrument::Stored { id: member, .. } = &charge.instrument else {
        return Err("Epoch charges members it knows, by their member id only".to_owned());
    };
    if !words::is_id(member) {
        return Err("this is no member id of Epoch".to_owned());
    }
    if charge.capture == CaptureWhen::Later {
        return Err("Epoch takes the money at once: it cannot be held".to_owned());
    }
    let (amount, range) = (charge.amount, camcharge.min.minor..=camcharge.max.minor);
    if amount.currency != camcharge.min.currency || !range.contains(&amount.minor) {
        let (min, max) = (camcharge.min, camcharge.max);
        return Err(format!("Epoch charges members from {min} to {max}, not {amount}"));
    }
    fits(&charge.reference)?;
    let (decimal, description) = (amount.to_decimal(), short(&charge.description, DESCRIPTION));
    let mut pairs = vec![
        ("action", "authandclose"),
        ("api", "camcharge"),
        ("auth_amount", decimal.as_str()),
        ("member_id", member.as_str()),
        (config.reference_field.as_str(), charge.reference.as_str()),
        ("description", description.as_str()),
        ("returnurl", charge.return_url.as_str()),
    ];
    if camcharge.pburl {
        pairs.push(("pburl", charge.postback_url.as_str()));
    }
    let digest = digest::of(key, &pairs);
    let mut url = config.camcharge_at.clone();
    url.query_pairs_mut().extend_pairs(&pairs).append_pair(digest::NAME, &digest);
    Ok((url.into(), member.clone()))
}
