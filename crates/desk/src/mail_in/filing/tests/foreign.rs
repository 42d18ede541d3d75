//! Numbers of other desks, in trusted and in strange hands.

use super::office::ALIGNED;
use super::{ENGINES, Office, mail};
use crate::mail_in::senders::{self, Rule};

#[tokio::test]
async fn a_number_of_an_allowed_sender_leads_back_to_its_case_and_a_strangers_does_not() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.scene.env;
        store::write!(office.scene.store, |tx| {
            senders::set(tx, env, "@example.org", Rule::Allow, "bo").await
        })
        .unwrap();
        let first = mail("risk@example.org", "INC0012345: payment missing", ALIGNED, "We look.");
        let case = office.case_of(first).await;
        let next = mail("desk@example.org", "Update on INC0012345", ALIGNED, "It is found.");
        assert_eq!(office.case_of(next).await.id, case.id, "another person of the same desk");
        let forged = mail("desk@example.org", "Closing INC0012345", "", "Pay elsewhere.");
        assert_ne!(office.case_of(forged).await.id, case.id, "nobody vouches for it");
        let other = ALIGNED.replace("example.org", "other.example");
        let stranger = mail("desk@other.example", "Ah, INC0012345", &other, "Me too.");
        assert_ne!(office.case_of(stranger).await.id, case.id, "another desk counts on its own");
        assert_eq!(office.said(case.id).await.len(), 2);
    }
}
