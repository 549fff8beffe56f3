//! Addresses in settings: where to listen, what visitors type.
//! Acting on them belongs to `web`.

use std::net::{Ipv4Addr, SocketAddr};
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
