//! Which machines are on the public internet. What a stranger names must not become a way to speak
//! to machines that only we can reach: names are resolved by us, every address is looked at, and
//! the connection goes to the addresses that were looked at and to no others.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Whether the machine itself may be spoken to as well: for development only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loopback {
    /// Never.
    #[default]
    Refused,
    /// It may.
    Allowed,
}

/// Whether an address of the web may be of the public internet. Names are looked up when
/// something is sent, not here.
#[must_use]
pub fn may_lead_outside(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_public(address.into()),
        Some(Host::Ipv6(address)) => is_public(address.into()),
        Some(Host::Domain(name)) => may_be_public(name),
        None => false,
    }
}

/// Whether an address of the web is one of this very machine.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// A name with a dot in it that is not one of those that never leave a network.
fn may_be_public(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let inner = ["localhost", "local", "internal", "lan", "home.arpa", "onion"];
    name.contains('.')
        && !inner.iter().any(|end| name == *end || name.ends_with(&format!(".{end}")))
}

/// Whether an address is one of the public internet.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shut = matches!(
        (a, b, c),
        (0 | 10 | 127, _, _)                        // this network, private, loopback
            | (100, 64..=127, _)                    // carriers' own
            | (169, 254, _)                         // link-local, cloud metadata
            | (172, 16..=31, _) | (192, 168, _)     // private
            | (192, 0, 0 | 2) | (192, 88, 99)       // protocol, documentation, old 6to4
            | (198, 18 | 19, _)                     // benchmarks
            | (198, 51, 100) | (203, 0, 113)        // documentation
            | (224..=255, _, _) // multicast, reserved, broadcast
    );
    !shut
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, ..] = address.segments();
    // Only 2000::/3 is given out. Within it: protocol assignments and Teredo, documentation, and
    // 6to4, which carries an IPv4 address of its own.
    let given_out = a & 0xe000 == 0x2000;
    let special = a == 0x2001 && b < 0x200;
    let documentation = (a == 0x2001 && b == 0xdb8) || (a == 0x3fff && b < 0x1000);
    let carried = (a == 0x2002).then(|| {
        let ([b1, b2], [c1, c2]) = (b.to_be_bytes(), c.to_be_bytes());
        Ipv4Addr::new(b1, b2, c1, c2)
    });
    given_out && !special && !documentation && carried.is_none_or(is_public_v4)
}

/// Resolves names and keeps only addresses that may be spoken to.
#[derive(Clone, Copy, Debug)]
pub struct Guarded(pub Loopback);

impl Guarded {
    /// As the client takes it.
    #[must_use]
    pub fn shared(self) -> Arc<Guarded> {
        Arc::new(self)
    }
}

/// The name leads to no public address.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no public address")]
pub struct NoPublicAddress;

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let loopback = self.0;
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let open = open_addresses(found, loopback);
            if open.is_empty() {
                return Err(NoPublicAddress.into());
            }
            Ok(Box::new(open.into_iter()) as Addrs)
        })
    }
}

/// The addresses that may be spoken to. One that may not shuts out all: a name that leads to both
/// is somebody trying.
fn open_addresses(found: Vec<SocketAddr>, loopback: Loopback) -> Vec<SocketAddr> {
    let open = |address: &SocketAddr| {
        is_public(address.ip())
            || (loopback == Loopback::Allowed && address.ip().to_canonical().is_loopback())
    };
    if found.iter().all(open) { found } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_only_we_can_reach_are_shut() {
        let shut = [
            "0.0.0.0",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.8.8.8",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::7f00:1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:a00:1::",
            "2002:c0a8:101::1",
            "3fff::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for address in shut {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn addresses_of_the_internet_are_open() {
        let open = [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "128.0.0.1",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.255.255",
            "198.17.255.255",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "2606:4700:4700::1111",
            "2a00:1450:4001:81c::200e",
            "2002:808:808::1",
        ];
        for address in open {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn a_name_with_one_shut_address_is_shut() {
        let at = |ip: &str| SocketAddr::new(ip.parse().unwrap(), 0);
        let public = vec![at("8.8.8.8"), at("2606:4700::1")];
        assert_eq!(open_addresses(public.clone(), Loopback::Refused), public);
        assert!(open_addresses(vec![at("8.8.8.8"), at("10.0.0.1")], Loopback::Refused).is_empty());
        assert!(open_addresses(vec![at("127.0.0.1")], Loopback::Refused).is_empty());
        assert_eq!(open_addresses(vec![at("127.0.0.1")], Loopback::Allowed).len(), 1);
        assert!(open_addresses(vec![at("10.0.0.1")], Loopback::Allowed).is_empty());
    }
}
