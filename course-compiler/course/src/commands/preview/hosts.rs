//! The names under which the preview answers.
//!
//! A page of another site could give its own name the address of this computer and then read the preview, with the
//! right answers, as if it were its own. Browsers send that name, so only expected ones are answered.

use std::net::{IpAddr, SocketAddr};

/// The expected names.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    listen: IpAddr,
    named: Vec<String>,
}

impl Hosts {
    pub(super) fn new(listen: SocketAddr, named: &[String]) -> Self {
        Self {
            listen: listen.ip(),
            named: named.iter().map(|name| plain(name)).collect(),
        }
    }

    /// Whether a request for this host, with or without a port, is answered.
    pub(super) fn has(&self, host: &str) -> bool {
        let host = plain(host);
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        // No site can give an address of figures to another computer.
        if let Ok(address) = name.parse::<IpAddr>() {
            return address.is_loopback() || address == self.listen || self.listen.is_unspecified();
        }
        name == "localhost"
            || name.ends_with(".localhost")
            || self.named.iter().any(|named| named == name)
    }
}

fn plain(host: &str) -> String {
    host.trim().trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(listen: &str) -> Hosts {
        Hosts::new(listen.parse().unwrap(), &["Dators.Local".to_owned()])
    }

    #[test]
    fn this_computer_is_answered() {
        let hosts = hosts("127.0.0.1:8090");
        for host in [
            "127.0.0.1:8090",
            "127.0.0.1",
            "localhost:8090",
            "LOCALHOST",
            "kurss.localhost:1",
            "[::1]:8090",
            "dators.local:8090",
            "dators.local.",
        ] {
            assert!(hosts.has(host), "{host}");
        }
    }

    #[test]
    fn other_names_are_not() {
        let hosts = hosts("127.0.0.1:8090");
        for host in [
            "",
            "evil.example",
            "evil.example:8090",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.0.2.1:8090",
            "evil-localhost",
        ] {
            assert!(!hosts.has(host), "{host}");
        }
    }

    #[test]
    fn a_preview_for_a_network_is_answered_by_address() {
        assert!(hosts("0.0.0.0:8090").has("192.0.2.1:8090"));
        assert!(hosts("192.0.2.1:8090").has("192.0.2.1:8090"));
        assert!(!hosts("0.0.0.0:8090").has("evil.example:8090"));
    }
}
