//! Which crate may use which, who may name a driver, and what a room keeps to itself.

mod rooms;
mod table;

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use self::table::{DRIVERS, may_use};
use crate::tree::{Tree, root};

/// One line of a crate's manifest.
#[derive(Debug)]
struct Dependency {
    from: String,
    to: String,
    /// Whether only tests use it.
    for_tests: bool,
}

/// Everything that points where no arrow goes.
pub(crate) fn check(tree: &Tree) -> Result<Vec<String>> {
    let (crates, dependencies) = read_metadata(&metadata()?)?;
    let mut found = table::unknown(&crates);
    found.extend(against_arrows(&crates, &dependencies));
    found.extend(against_drivers(&dependencies));
    found.extend(rooms::keep_their_rows(tree));
    found.extend(rooms::have_doors(tree));
    Ok(found)
}

fn against_arrows(crates: &[String], dependencies: &[Dependency]) -> Vec<String> {
    dependencies
        .iter()
        .filter(|dependency| crates.contains(&dependency.to))
        // A crate may name itself, to switch on a feature for its own tests.
        .filter(|dependency| dependency.from != dependency.to)
        .filter(|dependency| !(dependency.for_tests && dependency.to == "testkit"))
        .filter(|dependency| !may_use(&dependency.from, &dependency.to))
        .map(|Dependency { from, to, .. }| {
            format!("{from} uses {to}, and no arrow goes from {from} to {to}")
        })
        .collect()
}

fn against_drivers(dependencies: &[Dependency]) -> Vec<String> {
    let mut found = Vec::new();
    for driver in &DRIVERS {
        for Dependency { from, to, for_tests } in dependencies {
            if to == driver.name && !for_tests && !driver.users.contains(&from.as_str()) {
                found.push(format!("{from} uses {to}, but {}", driver.because));
            }
        }
    }
    found
}

fn metadata() -> Result<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root())
        .output()
        .context("cannot run cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).context("cannot read what cargo metadata says")
}

/// The names of our crates, and every dependency they have.
fn read_metadata(metadata: &Value) -> Result<(Vec<String>, Vec<Dependency>)> {
    let packages = metadata["packages"].as_array().context("no packages in the metadata")?;
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let crates = packages.iter().map(name).collect();
    let mut dependencies = Vec::new();
    for package in packages {
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            dependencies.push(Dependency {
                from: name(package),
                to: name(dependency),
                for_tests: dependency["kind"] == "dev",
            });
        }
    }
    Ok((crates, dependencies))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(from: &str, to: &str, kind: Option<&str>) -> Vec<String> {
        let metadata = json!({"packages": [
            {"name": from, "dependencies": [{"name": to, "kind": kind}]},
            {"name": "billing", "dependencies": []},
            {"name": "desk", "dependencies": []},
            {"name": "identity", "dependencies": []},
            {"name": "testkit", "dependencies": []},
        ]});
        let (crates, dependencies) = read_metadata(&metadata).unwrap();
        let mut found = against_arrows(&crates, &dependencies);
        found.extend(against_drivers(&dependencies));
        found
    }

    #[test]
    fn arrows_go_one_way() {
        assert_eq!(found("desk", "billing", None), [""; 0]);
        assert_eq!(
            found("billing", "desk", None),
            ["billing uses desk, and no arrow goes from billing to desk"]
        );
        assert_eq!(found("billing", "identity", None).len(), 1);
        assert_eq!(found("billing", "desk", Some("dev")).len(), 1);
    }

    #[test]
    fn tests_may_use_the_testkit_and_nothing_else_may() {
        assert_eq!(found("billing", "testkit", Some("dev")), [""; 0]);
        assert_eq!(found("billing", "testkit", None).len(), 1);
    }

    #[test]
    fn drivers_have_their_users() {
        assert_eq!(found("store", "sqlx", None), [""; 0]);
        assert_eq!(found("billing", "sqlx", None).len(), 1);
        assert_eq!(found("billing", "axum", None).len(), 1);
        assert_eq!(found("billing", "axum", Some("dev")), [""; 0]);
    }

    #[test]
    fn the_metadata_of_this_workshop_is_read() {
        let (crates, dependencies) = read_metadata(&metadata().unwrap()).unwrap();
        assert!(crates.contains(&String::from("xtask")));
        assert!(dependencies.iter().any(|d| d.from == "words" && d.to == "base"));
    }
}
