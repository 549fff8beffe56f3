//! How a request is written down: its line, who asks and in which dialect, what it carries.

use super::{Via, Visitor};
use std::io::{self, Write as _};

/// The name of the browser that all visitors share: 22 characters of URL-safe base 64.
const VISIT: &str = "hoithi-load-visitor-00";

impl Visitor {
    /// Writes a request with what `body` holds.
    pub(super) fn write_request(&mut self, method: &str, path: &str) -> io::Result<()> {
        let (out, token) = (&mut self.request, &self.sitting.person.token);
        out.clear();
        write!(out, "{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.site.address)?;
        match self.site.via {
            Via::Api => {
                write!(out, "authorization: Bearer {token}\r\n")?;
                if !self.body.is_empty() {
                    out.extend_from_slice(b"content-type: application/json\r\n");
                }
            }
            // Registering goes through the API whatever the dialect of the entry.
            Via::Pages if path.starts_with("/api/") => {
                out.extend_from_slice(b"content-type: application/json\r\n")
            }
            Via::Pages => {
                write!(
                    out,
                    "cookie: hoithi-login-{}={token}; hoithi-visit={VISIT}\r\n",
                    self.sitting.person.contest
                )?;
                out.extend_from_slice(b"sec-fetch-site: same-origin\r\n");
                if method == "PUT" {
                    write!(
                        out,
                        "x-csrf: {}\r\naccept: application/json\r\n",
                        self.sitting.form_token
                    )?;
                    out.extend_from_slice(b"content-type: application/json\r\n");
                } else if method == "POST" {
                    out.extend_from_slice(b"content-type: application/x-www-form-urlencoded\r\n");
                }
            }
            Via::Baseline => write!(out, "cookie: sid={token}\r\n")?,
        }
        if method != "GET" {
            write!(out, "content-length: {}\r\n", self.body.len())?;
        }
        write!(out, "\r\n{}", self.body)
    }
}
