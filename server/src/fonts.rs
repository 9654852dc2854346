//! The fonts of certificates and other documents, and which characters they contain.

use std::{collections::BTreeSet, sync::LazyLock};

use sha2::{Digest as _, Sha256};
use typst::{foundations::Bytes, text::Font};

#[derive(rust_embed::RustEmbed)]
#[folder = "../themes/default"]
#[include = "certificate/*.otf"]
struct Files;

struct Stock {
    fonts: Vec<Font>,
    digest: [u8; 32],
}

static STOCK: LazyLock<Stock> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let mut digest = Sha256::new();
    let mut fonts = Vec::new();
    for name in names {
        if let Some(file) = Files::get(&name) {
            digest.update(name.as_bytes());
            digest.update(&file.data);
            fonts.extend(Font::iter(Bytes::new(file.data.into_owned())));
        }
    }
    Stock {
        fonts,
        digest: digest.finalize().into(),
    }
});

/// All of them, in a fixed order.
#[must_use]
pub fn all() -> &'static [Font] {
    &STOCK.fonts
}

/// SHA-256 of their files.
#[must_use]
pub fn digest() -> [u8; 32] {
    STOCK.digest
}

/// The characters of a text that at least one of the fonts lacks, so that it cannot be printed everywhere.
/// White space counts as present.
#[must_use]
pub fn missing_glyphs(text: &str) -> BTreeSet<char> {
    let has_glyph = |c: char| {
        all()
            .iter()
            .all(|font| font.info().coverage.contains(u32::from(c)))
    };
    text.chars()
        .filter(|c| !c.is_whitespace() && !has_glyph(*c))
        .collect()
}
