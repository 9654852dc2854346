//! Names and addresses of pictures, recordings and downloads.

use crate::hash::Hasher;

/// The address before an asset's name in links of lessons.
pub const ASSET_ADDRESS: &str = "/media/";

/// The name of an asset in the bundle: the beginning of its hash and its own name, in characters that need no
/// encoding.
pub(crate) fn asset_name(path: &str, bytes: &[u8]) -> String {
    let mut hash = Hasher::new();
    hash.add("asset", bytes);
    let digits: String = hash.finish().chars().take(16).collect();
    let own: String = path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        .collect();
    format!("{digits}-{own}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asset_names_follow_from_the_content() {
        assert_eq!(
            asset_name("assets/Āa b.png", b"x"),
            asset_name("assets/ab.png", b"x")
        );
        assert_ne!(
            asset_name("assets/a.png", b"x"),
            asset_name("assets/a.png", b"y")
        );
    }
}
