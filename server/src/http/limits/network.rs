//! The networks to which a client's address belongs.

use std::net::{IpAddr, Ipv6Addr};

/// The network of an address. For IPv4 it is the address itself, also when it is written as IPv6. For IPv6 it
/// is the /64 that one connection is given, in which any address can be chosen, and in addition the /48 that
/// contains it, because the holder of a /48 can choose among 65,536 networks (RFC 6177).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Network {
    /// The address, or the /64.
    pub(super) near: IpAddr,
    /// The /48.
    pub(super) wide: Option<IpAddr>,
}

impl Network {
    pub(super) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            near @ IpAddr::V4(_) => Self { near, wide: None },
            IpAddr::V6(address) => Self {
                near: prefix(address, 64),
                wide: Some(prefix(address, 48)),
            },
        }
    }
}

fn prefix(address: Ipv6Addr, bits: u32) -> IpAddr {
    Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - bits))).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        Network::of(text.parse().unwrap())
    }

    #[test]
    fn an_ipv4_address_is_a_network_however_it_is_written() {
        assert_eq!(network("192.0.2.7"), network("::ffff:192.0.2.7"));
        assert_ne!(network("192.0.2.7"), network("192.0.2.8"));
        assert_eq!(network("192.0.2.7").wide, None);
    }

    #[test]
    fn an_ipv6_address_counts_with_its_network() {
        let one = network("2001:db8:1:2:3:4:5:6");
        assert_eq!(one, network("2001:db8:1:2:ffff::1"));
        let beside = network("2001:db8:1:3::1");
        assert_ne!(one.near, beside.near);
        assert_eq!(one.wide, beside.wide);
        assert_ne!(one.wide, network("2001:db8:2:2::1").wide);
    }
}
