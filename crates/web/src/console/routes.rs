//! Every address of the console.

use axum::Router;
use axum::routing::{get, post};

use super::sign_in;
use super::{
    account, answers, audit, case, chats, customers, erase, help, home, inbox, incidents, jobs,
    live, macros, mail, notice, notices, payment, payments, people, processors, quarantine,
    routing, surveys,
};
use crate::house::House;

/// The console's pages and deeds.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/console", get(home::show::show))
        .merge(door())
        .merge(inbox::routes())
        .merge(case::routes())
        .merge(help_centre())
        .merge(answers_and_macros())
        .merge(quarantine::routes())
        .merge(erase::routes())
        .merge(money())
        .merge(processors_and_routing())
        .merge(own_account())
        .route("/console/mail", get(mail::list::list))
        .route("/console/mail/{mail}", get(mail::show::show))
        .route("/console/mail/{mail}/html", get(mail::show::html_part))
        .route("/console/live", get(live::watch::watch))
        .route("/console/chats", get(chats::show::show))
        .route("/console/chats/offer", get(chats::offer::show))
        .route("/console/chats/away", post(chats::offer::be_away))
        .route("/console/chats/back", post(chats::offer::come_back))
        .route("/console/chats/{case}/take", post(chats::take::take))
        .route("/console/chats/{case}/pass", post(chats::offer::pass))
        .route("/console/audit", get(audit::show::show))
        .route("/console/incidents", get(incidents::show::show))
        .route("/console/jobs", get(jobs::show::show))
        .route("/console/jobs/{job}/again", post(jobs::deeds::again))
        .route("/console/jobs/{job}/drop", post(jobs::deeds::give_up))
        .route("/console/people", get(people::show::show).post(people::deeds::add))
        .route("/console/people/{staff}/link", post(people::deeds::new_link))
        .route("/console/people/{staff}/role", post(people::deeds::change_role))
        .route("/console/people/{staff}/disable", post(people::deeds::disable))
        .route("/console/people/{staff}/enable", post(people::deeds::enable))
        .route("/console/people/{staff}/forget-codes", post(people::deeds::forget_codes))
}

fn door() -> Router<House> {
    Router::new()
        .route("/console/sign-in", get(sign_in::show::show).post(sign_in::show::sign_in))
        .route("/console/link", get(sign_in::link::show).post(sign_in::link::open))
        .route("/console/sign-out", post(sign_in::go_out::go_out))
}

fn money() -> Router<House> {
    Router::new()
        .route("/console/payments", get(payments::show::show))
        .route("/console/payments/{payment}", get(payment::show::show))
        .route("/console/payments/{payment}/ask", post(payment::deeds::ask))
        .route(
            "/console/payments/{payment}/attempts/{attempt}/vouch",
            post(payment::vouch::attempt),
        )
        .route(
            "/console/payments/{payment}/refunds/{operation}/confirm",
            post(payment::vouch::refund),
        )
        .route(
            "/console/payments/{payment}/refund",
            get(payment::refund::show).post(payment::refund::send),
        )
        .route("/console/notices", get(notices::show::show))
        .route("/console/notices/{notice}", get(notice::show::show))
        .route("/console/notices/{notice}/replay", post(notice::replay::replay))
        .route("/console/customers", get(customers::search::search))
        .route("/console/customers/{customer}", get(customers::show::show))
}

fn help_centre() -> Router<House> {
    Router::new()
        .route("/console/help", get(help::list::show).post(help::new::make))
        .route("/console/help/new", get(help::new::show))
        .route("/console/help/categories", get(help::categories::show).post(help::categories::save))
        .route("/console/help/misses/forget", post(help::deeds::forget))
        .route("/console/help/{article}", get(help::article::show))
        .route("/console/help/{article}/place", post(help::deeds::place))
        .route("/console/help/{article}/{language}", post(help::deeds::save))
        .route("/console/help/{article}/{language}/move", post(help::moves::go))
}

fn answers_and_macros() -> Router<House> {
    Router::new()
        .route("/console/surveys", get(surveys::show::show))
        .route("/console/answers", get(answers::list::show).post(answers::deeds::add))
        .route("/console/answers/new", get(answers::edit::new))
        .route("/console/answers/{answer}", get(answers::edit::show))
        .route("/console/answers/{answer}/retire", post(answers::deeds::retire))
        .route("/console/answers/{answer}/bring-back", post(answers::deeds::bring_back))
        .route("/console/answers/{answer}/{language}", post(answers::deeds::save))
        .route("/console/macros", get(macros::list::show).post(macros::deeds::add))
        .route("/console/macros/new", get(macros::edit::new))
        .route("/console/macros/{macro}", get(macros::edit::show).post(macros::deeds::save))
        .route("/console/macros/{macro}/retire", post(macros::deeds::retire))
        .route("/console/macros/{macro}/bring-back", post(macros::deeds::bring_back))
}

fn processors_and_routing() -> Router<House> {
    Router::new()
        .route("/console/processors", get(processors::show::show))
        .route("/console/processors/{account}/check", post(processors::deeds::check))
        .route(
            "/console/processors/{account}/switch",
            get(processors::deeds::look).post(processors::deeds::switch),
        )
        .route("/console/routing", get(routing::show::show).post(routing::deeds::save))
        .route("/console/routing/use", post(routing::deeds::go_to))
}

fn own_account() -> Router<House> {
    Router::new()
        .route("/console/account", get(account::show::show))
        .route("/console/account/password", post(account::password::set))
        .route("/console/account/codes", post(account::codes::begin))
        .route("/console/account/codes/confirm", post(account::codes::confirm))
        .route("/console/account/codes/off", post(account::codes::turn_off))
        .route("/console/account/sessions/{session}/end", post(account::sessions::end))
}
