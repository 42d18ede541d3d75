//! Conditions made ready: each is read once, may use nothing but the facts, and cannot loop.

use std::sync::Arc;

use cel::common::ast::{Expr, IdedExpr};
use cel::{Context, Env, Program, Value};

use super::facts::Facts;
use super::region::EU;
use super::rule::{RouteSet, Rule};
use super::trace::Verdict;

/// The longest condition.
pub(super) const LONGEST: usize = 500;

/// So many brackets, question marks, signs and dots may be in one: each can nest once more, and
/// what nests too deep ends the program.
const MOST_NESTED: usize = 40;
/// The stack that a parser gets.
const ROOM: usize = 32 * 1024 * 1024;

/// What a condition may name.
pub const NAMES: [&str; 14] = [
    "amount",
    "currency",
    "purpose",
    "method",
    "product",
    "country",
    "eu",
    "language",
    "age_days",
    "purchases",
    "tries",
    "hour",
    "weekday",
    "tab",
];

/// What a condition may call, beside operators.
const CALLS: [&str; 4] = ["size", "contains", "startsWith", "endsWith"];

/// A set of rules of one version, ready to be asked.
pub struct Compiled {
    /// Which version; 0 is the set that ships.
    pub version: i64,
    /// The rules.
    pub set: RouteSet,
    conditions: Vec<Result<Program, String>>,
    env: Arc<Env>,
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Compiled(version {}, {} rules)", self.version, self.set.rules.len())
    }
}

impl Compiled {
    /// Makes a set ready. A condition that cannot be read does not hold, and traces say so.
    #[must_use]
    pub fn of(version: i64, set: RouteSet) -> Compiled {
        let conditions = with_room(|| set.rules.iter().map(|rule| condition(&rule.when)).collect());
        Compiled { version, set, conditions, env: Arc::new(Env::stdlib()) }
    }

    /// Each rule that cannot be read, with why.
    pub(super) fn unreadable(&self) -> impl Iterator<Item = (&Rule, &String)> {
        let rules = self.set.rules.iter().zip(&self.conditions);
        rules.filter_map(|(rule, condition)| condition.as_ref().err().map(|why| (rule, why)))
    }

    /// The rules in order, with what each says about a payment.
    pub(super) fn verdicts<'a>(
        &'a self,
        facts: &'a Facts,
    ) -> impl Iterator<Item = (&'a Rule, Verdict)> {
        let context = self.context(facts);
        self.set.rules.iter().zip(&self.conditions).map(move |(rule, condition)| {
            let other = !rule.purposes.is_empty() && !rule.purposes.contains(&facts.purpose);
            let verdict = match condition {
                _ if other => Verdict::OtherPurpose,
                Err(why) => Verdict::Error(why.clone()),
                Ok(program) => match program.execute(&context) {
                    Ok(Value::Bool(true)) => Verdict::Matched,
                    Ok(Value::Bool(false)) => Verdict::No,
                    Ok(_) => Verdict::Error("it is neither true nor false".to_owned()),
                    Err(error) => Verdict::Error(error.to_string()),
                },
            };
            (rule, verdict)
        })
    }

    fn context(&self, facts: &Facts) -> Context<'static, 'static> {
        let mut context = Context::with_env(Arc::clone(&self.env));
        let country = facts.country.clone().unwrap_or_default();
        let numbers = [
            ("amount", facts.amount.minor),
            ("age_days", facts.age_days),
            ("purchases", facts.purchases),
            ("tries", facts.tries),
            ("hour", facts.hour),
            ("weekday", facts.weekday),
        ];
        for (name, number) in numbers {
            context.add_variable_from_value(name, number);
        }
        context.add_variable_from_value("eu", EU.contains(&country.as_str()));
        let tab = facts.purpose == super::facts::Purpose::Tab;
        context.add_variable_from_value("tab", tab);
        let texts = [
            ("currency", facts.amount.currency.code().to_owned()),
            ("purpose", facts.purpose.as_str().to_owned()),
            ("method", facts.method.as_str().to_owned()),
            ("product", facts.product.clone()),
            ("language", facts.language.clone()),
            ("country", country),
        ];
        for (name, text) in texts {
            context.add_variable_from_value(name, text);
        }
        context
    }
}

/// Runs the parser where it has room: it goes down dozens of calls for each bracket.
fn with_room<T: Send>(
    read: impl FnOnce() -> Vec<Result<T, String>> + Send,
) -> Vec<Result<T, String>> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(ROOM).spawn_scoped(scope, read);
        thread.ok().and_then(|thread| thread.join().ok()).unwrap_or_default()
    })
}

fn condition(text: &str) -> Result<Program, String> {
    if text.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    let nests = |letter: char| "([{?!-+*/%.=<>".contains(letter);
    if text.chars().filter(|letter| nests(*letter)).count() > MOST_NESTED {
        return Err(format!("it has more than {MOST_NESTED} brackets, signs and dots"));
    }
    let program = Program::compile(text).map_err(|errors| {
        let said: Vec<String> = errors.errors.iter().map(|error| error.msg.clone()).collect();
        format!("it cannot be read: {}", said.join("; "))
    })?;
    if !plain(program.expression()) {
        return Err("it may not loop over lists or make maps".to_owned());
    }
    let references = program.references();
    let stranger = references.variables().into_iter().find(|name| !NAMES.contains(name));
    if let Some(name) = stranger {
        return Err(format!("there is no fact {name:?} among {}", NAMES.join(", ")));
    }
    let operator = |name: &str| name.contains(['_', '@']);
    let call =
        references.functions().into_iter().find(|name| !operator(name) && !CALLS.contains(name));
    match call {
        Some(name) => Err(format!("it may not call {name:?}, only {}", CALLS.join(", "))),
        None => Ok(program),
    }
}

/// Whether evaluating takes no longer than the text is: nothing in it loops.
fn plain(expression: &IdedExpr) -> bool {
    match &expression.expr {
        Expr::Ident(_) | Expr::Literal(_) => true,
        Expr::Call(call) => {
            call.target.as_ref().is_none_or(|target| plain(target)) && call.args.iter().all(plain)
        }
        Expr::List(list) => list.elements.iter().all(plain),
        Expr::Select(select) => plain(&select.operand),
        Expr::Comprehension(_) | Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => false,
    }
}
