//! The whole of what is told about a few samples, so that a change of any field is seen.

use super::*;

#[test]
fn what_is_told_of_a_mail_is_all_there_is_to_it() {
    for name in [
        "gmail-reply",
        "outlook-reply",
        "outlook-winmail",
        "form-en",
        "postfix-unknown-user",
        "complaint-arf",
        "out-of-office-exchange",
        "names-in-many-ways",
        "script-and-remote",
        "group-with-person-behind",
        "too-deep",
    ] {
        let told = explain(&read(&sample(name), &reading()));
        insta::assert_json_snapshot!(name, told);
    }
}
