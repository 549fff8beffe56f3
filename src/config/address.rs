//! Addresses in settings: where to listen, what visitors type, which proxies are believed.
//! Acting on them belongs to `web`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

/// The address that visitors type: scheme and host, no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    encrypted: bool,
}

impl PublicUrl {
    /// Scheme, host and port, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether visitors come over https, so that cookies must be marked `Secure`.
    #[must_use]
    pub const fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// The full address of a page; `path` begins with a slash.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim().trim_end_matches('/');
        let (host, encrypted) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(host), _) => (host, true),
            (None, Some(host)) => (host, false),
            (None, None) => return Err("it begins with http:// or https://"),
        };
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        if host.is_empty() || host.len() > 253 || !host.chars().all(allowed) {
            return Err(
                "it is a scheme and a host, such as https://cuocthi.example.vn, with no path or user name",
            );
        }
        Ok(Self {
            origin: text.to_owned(),
            encrypted,
        })
    }
}

/// An address, or all addresses that share its first `prefix` bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Whether `address` is in this network; an IPv4 address written in IPv6 form counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(net), IpAddr::V4(one)) => {
                same_prefix(net.to_bits().into(), one.to_bits().into(), self.prefix + 96)
            }
            (IpAddr::V6(net), IpAddr::V6(one)) => same_prefix(net.to_bits(), one.to_bits(), self.prefix),
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

impl FromStr for Network {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "a proxy is an address or a network, such as 10.0.0.7 or 10.0.0.0/8";
        let (address, prefix) = match text.trim().split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u8>().map_err(|_| FORM)?)),
            None => (text.trim(), None),
        };
        let address: IpAddr = address.parse().map_err(|_| FORM)?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        match prefix.unwrap_or(bits) {
            prefix if prefix <= bits => Ok(Self { address, prefix }),
            _ => Err(FORM),
        }
    }
}

fn same_prefix(a: u128, b: u128, prefix: u8) -> bool {
    (a ^ b).leading_zeros() >= u32::from(prefix)
}

/// An address and port; `localhost` is taken as 127.0.0.1.
pub(super) fn parse_listen(text: &str) -> Result<SocketAddr, &'static str> {
    let numeric = match text.strip_prefix("localhost:") {
        Some(port) => port
            .parse()
            .map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
            .ok(),
        None => text.parse().ok(),
    };
    numeric.ok_or("it is an address and a port, such as 127.0.0.1:8080, 0.0.0.0:80 or [::]:8080")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_contains_the_addresses_that_share_its_prefix() {
        let contains = |net: &str, one: &str| net.parse::<Network>().unwrap().contains(one.parse().unwrap());
        assert!(contains("10.0.0.0/8", "10.255.0.1"));
        assert!(!contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("10.0.0.7", "::ffff:10.0.0.7"));
        assert!(!contains("10.0.0.7", "10.0.0.6"));
        assert!(contains("0.0.0.0/0", "203.0.113.9"));
        assert!(!contains("0.0.0.0/0", "2001:db8::1"));
        assert!(contains("2001:db8::/32", "2001:db8:1::1"));
        for bad in ["10.0.0.0/33", "::/129", "10.0.0", "proxy", ""] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_public_address_is_a_scheme_and_a_host() {
        let url: PublicUrl = "https://cuocthi.example.vn/".parse().unwrap();
        assert_eq!(
            (url.page("/bai-thi").as_str(), url.is_encrypted()),
            ("https://cuocthi.example.vn/bai-thi", true)
        );
        assert!(
            !"http://localhost:8080"
                .parse::<PublicUrl>()
                .unwrap()
                .is_encrypted()
        );
        for bad in [
            "localhost",
            "ftp://a",
            "https://",
            "https://a/b",
            "https://me@a",
            "http://a b",
        ] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
    }

    #[test]
    fn localhost_is_an_address_to_listen_on() {
        assert_eq!(
            parse_listen("localhost:8080").unwrap().to_string(),
            "127.0.0.1:8080"
        );
        assert_eq!(parse_listen("[::]:80").unwrap().to_string(), "[::]:80");
        assert!(parse_listen("8080").is_err());
        assert!(parse_listen("localhost:99999").is_err());
    }
}
