//! Whom a request was meant for: no web page may talk to the sandbox through a browser on the same computer.
//!
//! A page that asks its own server's name until that name points here sends a foreign `Host`; any other page sends a foreign `Origin`, or
//! is told by the browser to be of another site. Programs send neither.

use std::net::IpAddr;

use hyper::HeaderMap;
use hyper::header::{HOST, ORIGIN};

/// Whether this was meant for somebody else, or comes from a web page. With `exposed`, other computers' addresses are fine too.
pub(super) fn is_foreign(headers: &HeaderMap, exposed: bool) -> bool {
    let text = |name| headers.get(name).map(|value: &hyper::header::HeaderValue| value.to_str().unwrap_or("?"));
    let host = text(HOST);
    let own_origin = |origin: &str| origin.strip_prefix("http://").is_some_and(|authority| Some(authority) == host);
    host.is_some_and(|host| !is_own(host, exposed))
        || text(ORIGIN).is_some_and(|origin| !own_origin(origin))
        || headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none")
}

/// Names can be made to point anywhere, addresses cannot.
fn is_own(host: &str, exposed: bool) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| exposed || address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(pairs: &[(&'static str, &'static str)], exposed: bool) -> bool {
        let headers = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        is_foreign(&headers, exposed)
    }

    #[test]
    fn programs_on_this_computer_are_heard() {
        for host in ["127.0.0.1:8080", "localhost:1", "LOCALHOST", "[::1]:8080", "127.9.9.9"] {
            assert!(!foreign(&[("host", host)], false), "{host}");
        }
        assert!(!foreign(&[], false));
        assert!(!foreign(&[("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "same-origin")], false));
    }

    #[test]
    fn web_pages_are_not() {
        for host in ["example.org", "example.org:8080", "localhost.example.org", "127.0.0.1.example.org", "192.0.2.1", "", "?"] {
            assert!(foreign(&[("host", host)], false), "{host}");
        }
        for origin in ["http://example.org", "null", "https://127.0.0.1:8080", "http://127.0.0.1:9", "http://localhost:8080"] {
            assert!(foreign(&[("host", "127.0.0.1:8080"), ("origin", origin)], false), "{origin}");
        }
        assert!(foreign(&[("host", "127.0.0.1:8080"), ("sec-fetch-site", "cross-site")], false));
    }

    #[test]
    fn other_computers_are_heard_by_address_when_they_may_be() {
        assert!(!foreign(&[("host", "192.0.2.1:8080")], true));
        assert!(foreign(&[("host", "example.org:8080")], true));
    }
}
