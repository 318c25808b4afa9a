//! Which server is spoken to, and which addresses may be asked for what: the one place that decides who sees the token.

use std::net::IpAddr;

use reqwest::Url;

use crate::api::{ApiError, Call, Host, RequestSpec};
use crate::domain::SafeText;

/// The service itself, or one server standing in for all of its hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// Scheme and authority without a slash at the end; none for the service itself.
    base: Option<String>,
}

impl Server {
    /// The service itself.
    pub fn groupme() -> Self {
        Self::default()
    }

    /// Reads `--server` or `LAPEL_SERVER`: `https://host`, `https://host:port`, or http on this computer only. An address of the
    /// service stands for the service itself, whose calls are spread over several hosts.
    ///
    /// # Errors
    /// A sentence for the user saying what to write instead.
    pub fn parse(address: &str) -> Result<Self, String> {
        let url = Url::parse(address.trim())
            .ok()
            .filter(Url::has_host)
            .ok_or("the server's address must be written like https://example.org or http://127.0.0.1:8080")?;
        let host = url.host_str().unwrap_or_default();
        if !url.username().is_empty() || url.password().is_some() {
            return Err("the server's address must not hold a user name or password".into());
        }
        if url.query().is_some() || url.fragment().is_some() || url.path() != "/" {
            return Err("the server's address must end after the host and port: nothing from a further /, ? or # on".into());
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(host) => {}
            "http" => return Err(format!("http would send the token readable to {}; write https:// instead", SafeText::line(host))),
            _ => return Err("the server's address must begin with https:// (or http:// on this computer)".into()),
        }
        if url.scheme() == "https" && url.port().is_none() && (host == "groupme.com" || host.ends_with(".groupme.com")) {
            return Ok(Self::groupme());
        }
        Ok(Self { base: Some(url.as_str().trim_end_matches('/').to_owned()) })
    }

    /// Whether this is the service itself.
    pub fn is_groupme(&self) -> bool {
        self.base.is_none()
    }

    /// A name for a header or a message: `GroupMe`, or host and port.
    pub fn label(&self) -> &str {
        self.base.as_deref().map_or("GroupMe", |base| base.split_once("://").map_or(base, |(_, authority)| authority))
    }

    /// Scheme and authority that stand for `host`, without a slash at the end.
    pub fn base_url(&self, host: Host) -> &str {
        self.base.as_deref().unwrap_or(host.base_url())
    }

    /// Whether it runs on this computer, where no proxy can find it.
    pub fn is_here(&self) -> bool {
        self.base.as_deref().and_then(|base| Url::parse(base).ok()).is_some_and(|url| url.host_str().is_some_and(is_loopback))
    }

    /// Whether the connection is encrypted; where not, it does not leave this computer.
    pub(super) fn is_encrypted(&self) -> bool {
        self.base.as_deref().is_none_or(|base| base.starts_with("https:"))
    }

    /// The address of a call.
    ///
    /// # Errors
    /// [`ApiError::ForeignPicture`] for a picture that is neither on the service's picture host nor on this server.
    pub(super) fn url(&self, call: &Call, spec: &RequestSpec) -> Result<Url, ApiError> {
        if let Call::Picture(address) = call {
            self.check_picture(address.raw())?;
        }
        Url::parse(&spec.url_on(self.base_url(spec.host))).map_err(|_| ApiError::garbled("the address of the request is not valid"))
    }

    fn check_picture(&self, address: &str) -> Result<(), ApiError> {
        let url = Url::parse(address).ok();
        let origin = url.as_ref().map(|url| url.origin().ascii_serialization());
        let known = |base: &str| origin.as_deref() == Some(base);
        if known(Host::Pictures.base_url()) || self.base.as_deref().is_some_and(known) {
            return Ok(());
        }
        let host = url.as_ref().and_then(Url::host_str).unwrap_or("an unreadable address");
        Err(ApiError::ForeignPicture { host: SafeText::line(host) })
    }

    /// Whether a request to `url`, meant for `host`, may carry the token: exactly the allowed hosts, nothing by resemblance.
    pub(super) fn may_see_token(&self, host: Host, url: &Url) -> bool {
        host.takes_token() && url.origin().ascii_serialization() == self.base_url(host)
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_for_this_computer_only() {
        for address in [
            "http://127.0.0.1:8080",
            "http://127.9.9.9",
            "http://[::1]:9",
            "http://localhost:1/",
            "https://example.org:8443",
            " https://a.b ",
        ] {
            assert!(Server::parse(address).is_ok_and(|server| !server.is_groupme()), "{address}");
        }
        for address in [
            "http://example.org",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
            "http://[::2]",
            "http://0.0.0.0",
            "http://10.0.0.1",
            "http://api.groupme.com",
            "ftp://127.0.0.1",
            "file:///etc/passwd",
        ] {
            assert!(Server::parse(address).is_err(), "{address}");
        }
    }

    #[test]
    fn a_server_on_this_computer_is_reached_without_a_proxy() {
        for (address, here) in [
            ("http://127.0.0.1:8080", true),
            ("https://127.0.0.1", true),
            ("https://[::1]:9", true),
            ("https://localhost:1", true),
            ("https://localhost.example.org", false),
            ("https://api.groupme.com", false),
        ] {
            assert_eq!(Server::parse(address).unwrap().is_here(), here, "{address}");
        }
    }

    #[test]
    fn an_address_is_scheme_host_and_port_and_no_more() {
        for address in [
            "",
            "example.org",
            "localhost:8080",
            "https://",
            "https://u@h.org",
            "https://u:p@h.org",
            "https://h.org/v3",
            "https://h.org?a",
            "https://h.org#a",
        ] {
            let told = Server::parse(address).unwrap_err();
            assert!(told.len() > 30 && !told.contains("u:p"), "{address}: {told}");
        }
    }

    #[test]
    fn the_services_own_hosts_stand_for_the_service() {
        for address in ["https://api.groupme.com", "https://groupme.com/", "https://v2.groupme.com:443"] {
            assert!(Server::parse(address).unwrap().is_groupme(), "{address}");
        }
        for address in ["https://api.groupme.com.example.org", "https://evilgroupme.com", "https://api.groupme.com:8443"] {
            assert!(!Server::parse(address).unwrap().is_groupme(), "{address}");
        }
    }

    #[test]
    fn a_server_is_named_and_asked_by_host_and_port() {
        let server = Server::parse("http://127.0.0.1:8080/").unwrap();
        assert_eq!(server.label(), "127.0.0.1:8080");
        assert_eq!(server.url(&Call::Me, &Call::Me.spec()).unwrap().as_str(), "http://127.0.0.1:8080/v3/users/me");
        assert_eq!(Server::groupme().label(), "GroupMe");
    }

    #[test]
    fn only_the_three_hosts_that_need_the_token_may_see_it() {
        let seen = |server: &Server, host: Host, url: &str| server.may_see_token(host, &Url::parse(url).unwrap());
        let service = Server::groupme();
        for host in Host::ALL {
            let expected = matches!(host, Host::Api | Host::V2 | Host::Image);
            assert_eq!(seen(&service, host, &format!("{}/x", host.base_url())), expected, "{host:?}");
        }
        for url in
            ["http://api.groupme.com/", "https://api.groupme.com:8443/", "https://api.groupme.com.evil.org/", "https://i.groupme.com/"]
        {
            assert!(!seen(&service, Host::Api, url), "{url}");
        }
        let local = Server::parse("http://127.0.0.1:8080").unwrap();
        assert!(seen(&local, Host::V2, "http://127.0.0.1:8080/users/1"));
        assert!(!seen(&local, Host::V2, "http://127.0.0.1:8081/users/1"));
        assert!(!seen(&local, Host::Api, "https://api.groupme.com/v3/users/me"));
        assert!(!seen(&local, Host::Cdn, "http://127.0.0.1:8080/assets"));
    }

    #[test]
    fn pictures_come_from_the_picture_host_or_the_server_in_use() {
        let local = Server::parse("http://127.0.0.1:8080").unwrap();
        let asked = |server: &Server, address: &str| {
            let call = Call::Picture(address.into());
            server.url(&call, &call.spec()).map(String::from)
        };
        let picture = "https://i.groupme.com/200x200.jpeg.94e0.avatar";
        assert_eq!(asked(&Server::groupme(), picture).unwrap(), picture);
        assert_eq!(asked(&local, picture).unwrap(), "http://127.0.0.1:8080/200x200.jpeg.94e0.avatar");
        assert_eq!(asked(&local, "http://127.0.0.1:8080/p.png").unwrap(), "http://127.0.0.1:8080/p.png");
        for address in [
            "http://i.groupme.com/1",
            "https://i.groupme.com:8443/1",
            "https://i.groupme.com@evil.org/1",
            "https://i.groupme.com.evil.org/1",
            "http://127.0.0.1:8080/p.png",
            "http://169.254.169.254/latest",
            "//evil.org/1",
            "",
        ] {
            assert!(matches!(asked(&Server::groupme(), address), Err(ApiError::ForeignPicture { .. })), "{address}");
        }
    }
}
