//! The client's address of a request: the peer's, or the one that our own reverse proxies report.
//!
//! The proxy nearest to the server wrote the right end of `X-Forwarded-For` and `Forwarded`; whatever the
//! client sent itself is at the left. So the hops are read from the right, and only those inside the
//! configured networks of trusted proxies are skipped.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::atomic::{AtomicBool, Ordering},
};

use actix_web::{
    HttpRequest,
    http::header::{self, HeaderMap},
};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

const X_FORWARDED_FOR: &str = "x-forwarded-for";
const X_FORWARDED_HOST: &str = "x-forwarded-host";

/// The networks of our own proxies. Empty if there are none; then no header is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// A proxy on this machine.
    #[must_use]
    pub fn this_machine() -> Self {
        let v4 = Ipv4Net::new(Ipv4Addr::new(127, 0, 0, 0), 8);
        let v6 = Ipv6Net::new(Ipv6Addr::LOCALHOST, 128);
        Self(
            v4.into_iter()
                .map(IpNet::V4)
                .chain(v6.into_iter().map(IpNet::V6))
                .collect(),
        )
    }

    /// Reads a comma-separated list of networks (`10.0.0.0/8`, `fd00::/8`) and addresses (`192.0.2.7`).
    ///
    /// # Errors
    /// What is wrong with the first entry that is not valid.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(network)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the address is one of our own proxies.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The address of the client of a request that came from `peer`.
    ///
    /// Headers count only if the peer is one of our proxies. The hops of each header are read from the right;
    /// the first outside our networks is the client. If a hop cannot be read, e.g. `unknown`, the result is
    /// the last of our own proxies before it, never a hop further left, which anyone can write. If both
    /// headers came and disagree, one of them was written by the client; which one is unknown, so the result
    /// is the peer.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        if !self.contains(peer) {
            return peer;
        }
        let x_forwarded_for = hops_of(headers, X_FORWARDED_FOR, x_forwarded_for);
        let forwarded = hops_of(headers, header::FORWARDED.as_str(), forwarded);
        match (x_forwarded_for, forwarded) {
            (None, None) => peer,
            (Some(hops), None) | (None, Some(hops)) => self.walk(peer, &hops),
            (Some(one), Some(other)) => {
                let (one, other) = (self.walk(peer, &one), self.walk(peer, &other));
                if one == other { one } else { peer }
            }
        }
    }

    fn walk(&self, peer: IpAddr, hops: &[Hop]) -> IpAddr {
        let mut known = peer;
        for hop in hops.iter().rev() {
            match hop {
                Some(address) if self.contains(*address) => known = *address,
                Some(address) => return *address,
                None => return known,
            }
        }
        known
    }
}

impl fmt::Display for TrustedProxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, network) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{network}")?;
        }
        Ok(())
    }
}

/// Reads a network of the configuration, in the address family that is used for comparison.
fn network(text: &str) -> Result<IpNet, String> {
    let parsed: IpNet = match text.parse::<IpAddr>() {
        Ok(address) => address.into(),
        Err(_) => text.parse().map_err(|_| {
            format!("“{text}” is not a network; write e.g. 10.0.0.0/8, fd00::/8 or 192.0.2.7")
        })?,
    };
    let network = match parsed {
        // `::ffff:10.0.0.0/104` is 10.0.0.0/8 as a dual-stack socket reports it.
        IpNet::V6(v6) if v6.prefix_len() >= 96 => v6
            .addr()
            .to_ipv4_mapped()
            .and_then(|v4| Ipv4Net::new(v4, v6.prefix_len() - 96).ok())
            .map_or(parsed, IpNet::V4),
        _ => parsed,
    };
    if network.prefix_len() == 0 {
        return Err(format!(
            "“{text}” is everybody: then anyone could choose an address; name the networks of your proxies"
        ));
    }
    Ok(network.trunc())
}

/// The client's address for rate limits and the log; see [`TrustedProxies::client`].
#[must_use]
pub fn client_address(trusted: &TrustedProxies, request: &HttpRequest) -> IpAddr {
    let peer = request
        .peer_addr()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    if !trusted.is_empty() && !trusted.contains(peer) {
        warn_of_untrusted_headers(peer, request.headers());
    }
    trusted.client(peer, request.headers())
}

/// The network that an address counts as: the address itself for IPv4, the /64 for IPv6, because one
/// subscriber has at least a /64 and can use any address in it.
#[must_use]
pub fn network_of(address: IpAddr) -> IpNet {
    let address = address.to_canonical();
    match address {
        IpAddr::V4(_) => address.into(),
        IpAddr::V6(v6) => Ipv6Net::new(v6, 64).map_or(address.into(), |net| IpNet::V6(net.trunc())),
    }
}

/// The host that the browser asked for, with its port if there is one: from the `Host` header, or from the
/// header of one of our proxies.
#[must_use]
pub fn asked_host(trusted: &TrustedProxies, request: &HttpRequest) -> Option<String> {
    let from_proxy = request
        .peer_addr()
        .is_some_and(|peer| trusted.contains(peer.ip()));
    let text = |name: &str| {
        let value = request.headers().get_all(name).next_back()?;
        let last = value.to_str().ok()?.rsplit(',').next()?.trim();
        (!last.is_empty()).then(|| last.to_owned())
    };
    from_proxy
        .then(|| text(X_FORWARDED_HOST))
        .flatten()
        .or_else(|| text(header::HOST.as_str()))
}

/// Logs once that a peer outside our proxies sends forwarding headers: most often the list of trusted
/// networks is incomplete, and then all clients have the proxy's address.
fn warn_of_untrusted_headers(peer: IpAddr, headers: &HeaderMap) {
    static TOLD: AtomicBool = AtomicBool::new(false);
    let names_a_client =
        headers.contains_key(X_FORWARDED_FOR) || headers.contains_key(header::FORWARDED);
    if names_a_client && !TOLD.swap(true, Ordering::Relaxed) {
        tracing::warn!(
            %peer,
            "X-Forwarded-For or Forwarded of an address outside IESPEJA_TRUSTED_PROXIES is not read; said once"
        );
    }
}

/// A hop of the header; `None` if it is no address.
type Hop = Option<IpAddr>;

/// The hops of all lines of a header in order; `None` if there is no such header.
fn hops_of(headers: &HeaderMap, name: &str, read: fn(&str) -> Vec<Hop>) -> Option<Vec<Hop>> {
    let mut hops = None;
    for line in headers.get_all(name) {
        let line = String::from_utf8_lossy(line.as_bytes());
        // Proxies remove a header by setting it to an empty value.
        if !line.trim().is_empty() {
            hops.get_or_insert_with(Vec::new).extend(read(&line));
        }
    }
    hops
}

fn x_forwarded_for(line: &str) -> Vec<Hop> {
    line.split(',').map(|hop| node(unquoted(hop))).collect()
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text)
}

/// RFC 7239, section 4. A line that violates the grammar is one unreadable hop, because it cannot be known
/// where the client's text in it ends.
fn forwarded(line: &str) -> Vec<Hop> {
    elements(line).unwrap_or_else(|| vec![None])
}

fn elements(line: &str) -> Option<Vec<Hop>> {
    let mut hops = Vec::new();
    // The `for` value of the current element, and whether it occurred twice.
    let (mut named, mut is_twice) = (None, false);
    let mut rest = line.trim();
    loop {
        let end = rest.find(['=', ';', ','])?;
        let (name, after) = rest.split_at_checked(end)?;
        let name = name.trim();
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after)?,
            // Empty pairs, as in `for=a;;` and `for=a,,for=b`.
            None if name.is_empty() => (String::new(), after),
            None => return None,
        };
        if name.eq_ignore_ascii_case("for") {
            is_twice |= named.is_some();
            named = Some(value);
        }
        let after = after.trim_start();
        let is_end = after.is_empty();
        if is_end || after.starts_with(',') {
            let value = named.take().filter(|_| !is_twice);
            hops.push(value.and_then(|value| node(&value)));
            is_twice = false;
        } else if !after.starts_with(';') {
            return None;
        }
        if is_end {
            return Some(hops);
        }
        rest = after.get(1..)?.trim_start();
        if rest.is_empty() {
            // A separator at the end, with nothing after it.
            if after.starts_with(';') {
                let value = named.take().filter(|_| !is_twice);
                hops.push(value.and_then(|value| node(&value)));
            } else {
                hops.push(None);
            }
            return Some(hops);
        }
    }
}

/// A token or a quoted string, and the rest of the text.
fn value(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        let (token, after) = text.split_at_checked(end)?;
        let token = token.trim();
        let is_plain = !token.contains(['"', '\\', ' ', '\t', '=']);
        return is_plain.then(|| (token.to_owned(), after));
    };
    let mut value = String::new();
    let mut letters = quoted.chars();
    loop {
        match letters.next()? {
            '"' => return Some((value, letters.as_str())),
            '\\' => value.push(letters.next()?),
            letter => value.push(letter),
        }
    }
}

/// An address as headers contain it: with or without a port, brackets, a zone.
fn node(text: &str) -> Hop {
    let text = text.trim();
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, after) = rest.split_once(']')?;
            match after {
                "" => (host, None),
                _ => (host, Some(after.strip_prefix(':')?)),
            }
        }
        // More than one colon: an IPv6 address, which has no port without brackets.
        None => match text.split_once(':') {
            Some((host, port)) if !port.contains(':') => (host, Some(port)),
            _ => (text, None),
        },
    };
    if !port.is_none_or(is_port) {
        return None;
    }
    let address: IpAddr = match host.split_once('%') {
        Some((address, zone)) if !zone.is_empty() => IpAddr::V6(address.parse::<Ipv6Addr>().ok()?),
        _ => host.parse().ok()?,
    };
    Some(address.to_canonical())
}

/// Digits, or an obfuscated port (RFC 7239, section 6).
fn is_port(text: &str) -> bool {
    let is_number = text.parse::<u16>().is_ok() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_hidden = text.strip_prefix('_').is_some_and(|name| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    });
    is_number || is_hidden
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use proptest::prelude::*;

    use super::*;

    const NETWORKS: &str = "127.0.0.1/8, 10.0.0.0/8, fd00::/8, ::1";

    fn client(peer: &str, headers: &[(&str, &str)]) -> String {
        let mut request = TestRequest::get();
        for header in headers {
            request = request.append_header(*header);
        }
        let request = request.to_http_request();
        let trusted = TrustedProxies::parse(NETWORKS).unwrap();
        trusted
            .client(peer.parse().unwrap(), request.headers())
            .to_string()
    }

    /// The header's name, its lines, and the expected client when the peer is our proxy 127.0.0.1.
    const CASES: &[(&str, &[&str], &str)] = &[
        // Plain, with a port, in brackets, with a zone, mapped.
        ("X-Forwarded-For", &["203.0.113.7"], "203.0.113.7"),
        ("X-Forwarded-For", &["  203.0.113.7  "], "203.0.113.7"),
        ("X-Forwarded-For", &["203.0.113.7:51234"], "203.0.113.7"),
        ("X-Forwarded-For", &["2001:db8::1"], "2001:db8::1"),
        ("X-Forwarded-For", &["[2001:db8::1]"], "2001:db8::1"),
        ("X-Forwarded-For", &["[2001:db8::1]:4711"], "2001:db8::1"),
        (
            "X-Forwarded-For",
            &["\"[2001:db8::1]:4711\""],
            "2001:db8::1",
        ),
        ("X-Forwarded-For", &["fe80::1%eth0"], "fe80::1"),
        ("X-Forwarded-For", &["[fe80::1%25eth0]:80"], "fe80::1"),
        ("X-Forwarded-For", &["::ffff:203.0.113.7"], "203.0.113.7"),
        (
            "X-Forwarded-For",
            &["[::ffff:203.0.113.7]:80"],
            "203.0.113.7",
        ),
        ("x-forwarded-for", &["203.0.113.7"], "203.0.113.7"),
        // What the client sends itself is at the left.
        (
            "X-Forwarded-For",
            &["198.51.100.1, 203.0.113.7"],
            "203.0.113.7",
        ),
        (
            "X-Forwarded-For",
            &["198.51.100.1", "203.0.113.7"],
            "203.0.113.7",
        ),
        (
            "X-Forwarded-For",
            &["203.0.113.7", "10.0.0.2"],
            "203.0.113.7",
        ),
        (
            "X-Forwarded-For",
            &["198.51.100.1,203.0.113.7,10.0.0.2,10.9.9.9"],
            "203.0.113.7",
        ),
        (
            "X-Forwarded-For",
            &["198.51.100.1, 203.0.113.7, fd00::5"],
            "203.0.113.7",
        ),
        // All hops are our proxies: the furthest one.
        ("X-Forwarded-For", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ("X-Forwarded-For", &["::ffff:10.0.0.3"], "10.0.0.3"),
        // The deciding hop cannot be read.
        ("X-Forwarded-For", &["198.51.100.1, nonsense"], "127.0.0.1"),
        (
            "X-Forwarded-For",
            &["198.51.100.1, unknown, 10.0.0.2"],
            "10.0.0.2",
        ),
        ("X-Forwarded-For", &["198.51.100.1,"], "127.0.0.1"),
        ("X-Forwarded-For", &["198.51.100.1, , 10.0.0.2"], "10.0.0.2"),
        (
            "X-Forwarded-For",
            &["198.51.100.1, 203.0.113.7:x"],
            "127.0.0.1",
        ),
        (
            "X-Forwarded-For",
            &["198.51.100.1, 203.0.113.7:99999"],
            "127.0.0.1",
        ),
        (
            "X-Forwarded-For",
            &["198.51.100.1, 203.0.113.256"],
            "127.0.0.1",
        ),
        (
            "X-Forwarded-For",
            &["198.51.100.1, 203.0.113.07"],
            "127.0.0.1",
        ),
        (
            "X-Forwarded-For",
            &["198.51.100.1, [2001:db8::1"],
            "127.0.0.1",
        ),
        (
            "X-Forwarded-For",
            &["198.51.100.1, [2001:db8::1]x"],
            "127.0.0.1",
        ),
        (
            "X-Forwarded-For",
            &["198.51.100.1, 203.0.113.7%eth0"],
            "127.0.0.1",
        ),
        // What is further left does not matter.
        (
            "X-Forwarded-For",
            &["nonsense, ,, 203.0.113.7"],
            "203.0.113.7",
        ),
        ("X-Forwarded-For", &[""], "127.0.0.1"),
        ("X-Forwarded-For", &["203.0.113.7", ""], "203.0.113.7"),
        // RFC 7239.
        ("Forwarded", &["for=203.0.113.7"], "203.0.113.7"),
        ("Forwarded", &["For=203.0.113.7"], "203.0.113.7"),
        (
            "Forwarded",
            &["FOR = \"203.0.113.7\" ; proto=https"],
            "203.0.113.7",
        ),
        ("Forwarded", &["for=\"203.0.113.7:4711\""], "203.0.113.7"),
        ("Forwarded", &["for=203.0.113.7:4711"], "203.0.113.7"),
        ("Forwarded", &["for=\"[2001:db8::1]:4711\""], "2001:db8::1"),
        ("Forwarded", &["for=\"[2001:db8::1]\""], "2001:db8::1"),
        ("Forwarded", &["for=\"[2001:db8::1]:_obf\""], "2001:db8::1"),
        ("Forwarded", &["for=\"\\2\\03.0.113.7\""], "203.0.113.7"),
        (
            "Forwarded",
            &["by=10.0.0.1;for=203.0.113.7;host=x;proto=http"],
            "203.0.113.7",
        ),
        (
            "Forwarded",
            &["proto=http;host=\"a,b;for=1.1.1.1\";for=203.0.113.7"],
            "203.0.113.7",
        ),
        (
            "Forwarded",
            &["for=198.51.100.1, for=203.0.113.7"],
            "203.0.113.7",
        ),
        (
            "Forwarded",
            &["for=198.51.100.1", "for=203.0.113.7;by=_x", "for=10.0.0.2"],
            "203.0.113.7",
        ),
        ("Forwarded", &["for=203.0.113.7;"], "203.0.113.7"),
        ("Forwarded", &["for=_hidden"], "127.0.0.1"),
        (
            "Forwarded",
            &["for=198.51.100.1, for=_hidden, for=10.0.0.2"],
            "10.0.0.2",
        ),
        ("Forwarded", &["for=198.51.100.1, for=unknown"], "127.0.0.1"),
        ("Forwarded", &["for=198.51.100.1, proto=https"], "127.0.0.1"),
        ("Forwarded", &["for=198.51.100.1,"], "127.0.0.1"),
        (
            "Forwarded",
            &["for=198.51.100.1;for=203.0.113.7"],
            "127.0.0.1",
        ),
        ("Forwarded", &["203.0.113.7"], "127.0.0.1"),
        ("Forwarded", &["=203.0.113.7"], "127.0.0.1"),
        // A quotation mark opened by the client does not swallow what our proxy appends.
        (
            "Forwarded",
            &["for=198.51.100.1, for=\"x, for=203.0.113.7"],
            "127.0.0.1",
        ),
        (
            "Forwarded",
            &["for=198.51.100.1;x=\", for=\"[2001:db8::1]\""],
            "127.0.0.1",
        ),
        (
            "Forwarded",
            &["for=198.51.100.1;x=\"", "for=203.0.113.7"],
            "203.0.113.7",
        ),
        // Other headers are not read.
        ("X-Real-IP", &["203.0.113.7"], "127.0.0.1"),
        ("X-Client-IP", &["203.0.113.7"], "127.0.0.1"),
    ];

    #[test]
    fn the_nearest_hop_that_is_not_ours_is_the_client() {
        for (name, lines, expected) in CASES {
            let headers: Vec<_> = lines.iter().map(|line| (*name, *line)).collect();
            assert_eq!(client("127.0.0.1", &headers), *expected, "{headers:?}");
            assert_eq!(
                client("::ffff:127.0.0.1", &headers),
                *expected,
                "{headers:?}"
            );
        }
    }

    #[test]
    fn the_operations_guide_contains_the_same_cases() {
        let guide = include_str!("../../../docs/operations.md");
        let (_, table) = guide
            .split_once("| Headers | Client |\n|---|---|\n")
            .unwrap();
        let (table, _) = table.split_once("\n\n").unwrap();
        for row in table.lines() {
            let (said, expected) = row.trim_matches(['|', ' ']).rsplit_once(" | ").unwrap();
            let headers: Vec<_> = said
                .split('`')
                .filter_map(|part| part.split_once(": "))
                .collect();
            assert_eq!(headers.is_empty(), said == "none", "{row}");
            assert_eq!(client("127.0.0.1", &headers), expected, "{row}");
        }
    }

    #[test]
    fn headers_of_untrusted_peers_are_not_read() {
        for (name, lines, _) in CASES {
            let headers: Vec<_> = lines.iter().map(|line| (*name, *line)).collect();
            assert_eq!(client("192.0.2.9", &headers), "192.0.2.9", "{headers:?}");
            let request = TestRequest::get().insert_header((*name, lines[0]));
            let nobody = TrustedProxies::default();
            let headers = request.to_http_request();
            assert_eq!(
                nobody.client([127, 0, 0, 1].into(), headers.headers()),
                IpAddr::from([127, 0, 0, 1])
            );
        }
    }

    #[test]
    fn two_headers_count_when_they_agree() {
        for (one, other, expected) in [
            ("203.0.113.7", "for=203.0.113.7", "203.0.113.7"),
            (
                "1.1.1.1, 203.0.113.7, 10.0.0.2",
                "for=\"203.0.113.7:80\"",
                "203.0.113.7",
            ),
            ("203.0.113.7", "for=198.51.100.1", "127.0.0.1"),
            ("198.51.100.1", "for=203.0.113.7", "127.0.0.1"),
            ("203.0.113.7", "for=unknown", "127.0.0.1"),
            ("203.0.113.7", "", "203.0.113.7"),
            ("", "for=203.0.113.7", "203.0.113.7"),
        ] {
            let headers = [("X-Forwarded-For", one), ("Forwarded", other)];
            assert_eq!(client("127.0.0.1", &headers), expected, "{headers:?}");
        }
    }

    #[test]
    fn networks_of_the_configuration_are_read_or_refused() {
        let read = |text| TrustedProxies::parse(text).map(|networks| networks.to_string());
        for (text, expected) in [
            ("", ""),
            ("127.0.0.1/8,10.0.0.0/8", "127.0.0.0/8, 10.0.0.0/8"),
            (" 192.0.2.7 , fd00::1/8 ,", "192.0.2.7/32, fd00::/8"),
            ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        }
        for text in [
            "yes",
            "10.0.0.0/33",
            "10.0.0/8",
            "0.0.0.0/0",
            "::/0",
            "10.0.0.0/-1",
            "proxy.example",
            "127.0.0.1/8;10.0.0.0/8",
        ] {
            let problem = read(text).unwrap_err();
            assert!(problem.contains(text), "{text}: {problem}");
        }
    }

    #[test]
    fn an_address_stands_for_its_network() {
        for (address, network) in [
            ("203.0.113.7", "203.0.113.7/32"),
            ("::ffff:203.0.113.7", "203.0.113.7/32"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(network_of(address.parse().unwrap()).to_string(), network);
        }
    }

    proptest! {
        /// Whatever a client sends, the value that our proxy appends at the right decides.
        #[test]
        fn a_client_cannot_choose_its_address(said in "[ -~\u{a1}-\u{ff}]{0,40}", is_new_line: bool) {
            for (name, added) in [("X-Forwarded-For", "203.0.113.7"), ("Forwarded", "for=203.0.113.7")] {
                let headers = if is_new_line {
                    vec![(name, said.clone()), (name, added.to_owned())]
                } else {
                    vec![(name, format!("{said}, {added}"))]
                };
                let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let found = client("127.0.0.1", &headers);
                prop_assert!(["203.0.113.7", "127.0.0.1"].contains(&found.as_str()), "{found}");
            }
        }
    }
}
