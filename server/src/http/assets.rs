//! Static files, served under names that contain a hash of their content, so that browsers may cache them for
//! ever.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use actix_web::{http::header, web::Bytes};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

#[derive(rust_embed::RustEmbed)]
#[folder = "../themes/default"]
#[include = "css/*"]
#[include = "js/*"]
#[include = "assets/*"]
struct Files;

/// The style sheet that every page links: the files of `css/order.txt`, one after another.
const STYLE_SHEET: &str = "css/main.css";
const STYLE_ORDER: &str = "css/order.txt";

/// All served files by their plain and their hashed names. Cheap to clone.
#[derive(Clone, Default)]
pub struct Assets {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    urls: BTreeMap<String, String>,
    files: BTreeMap<String, File>,
}

struct File {
    bytes: Bytes,
    content_type: &'static str,
}

impl Assets {
    /// Reads every file and computes its name.
    #[must_use]
    pub fn load() -> Self {
        let mut inner = Inner::default();
        let mut scripts = Vec::new();
        for name in Files::iter().filter(|name| name != STYLE_SHEET && name != STYLE_ORDER) {
            let Some(file) = Files::get(&name) else {
                continue;
            };
            if name.starts_with("js/") {
                scripts.push((name, file.data));
            } else {
                let hash = short_hash([&*file.data]);
                inner.add(&name, with_hash(&name, &hash), file.data);
            }
        }
        // Modules import one another by plain names, so they share a folder whose name contains the hash.
        let hash = short_hash(scripts.iter().map(|(_, data)| &**data));
        for (name, data) in scripts {
            let hashed = name.replacen("js/", &format!("js.{hash}/"), 1);
            inner.add(&name, hashed, data);
        }
        let sheet = style_sheet(&inner);
        let hashed = with_hash(STYLE_SHEET, &short_hash([sheet.as_slice()]));
        inner.add(STYLE_SHEET, hashed, Cow::Owned(sheet));
        Self {
            inner: Arc::new(inner),
        }
    }

    /// The file with a hashed name: its media type and its bytes.
    #[must_use]
    pub fn file(&self, hashed: &str) -> Option<(&'static str, Bytes)> {
        let file = self.inner.files.get(hashed)?;
        Some((file.content_type, file.bytes.clone()))
    }

    /// The address of a file of the theme, e.g. `css/main.css`.
    #[must_use]
    pub fn url(&self, path: &str) -> Option<&str> {
        self.inner.urls.get(path).map(String::as_str)
    }
}

impl Inner {
    fn add(&mut self, name: &str, hashed: String, bytes: Cow<'static, [u8]>) {
        self.urls
            .insert(name.to_owned(), format!("/assets/{hashed}"));
        self.files.insert(
            hashed,
            File {
                bytes: match bytes {
                    Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                    Cow::Owned(bytes) => bytes.into(),
                },
                content_type: content_type(name),
            },
        );
    }
}

fn short_hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    let mut hash = HEXLOWER.encode(&digest.finalize());
    hash.truncate(12);
    hash
}

fn with_hash(name: &str, hash: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{name}.{hash}"),
    }
}

/// Joins the style sheets in their order. A `url(x)` in them is a path from the theme's root and is replaced
/// by the hashed address.
fn style_sheet(inner: &Inner) -> Vec<u8> {
    let text = |name: &str| {
        Files::get(name)
            .map(|file| String::from_utf8_lossy(&file.data).into_owned())
            .unwrap_or_default()
    };
    let mut joined = String::new();
    for name in text(STYLE_ORDER).lines().map(str::trim) {
        if !name.is_empty() && !name.starts_with('#') {
            joined.push_str(&text(&format!("css/{}", name.trim_start_matches("css/"))));
            joined.push('\n');
        }
    }
    for (name, url) in &inner.urls {
        joined = joined
            .replace(&format!("url(\"{name}\")"), &format!("url(\"{url}\")"))
            .replace(&format!("url(\"../{name}\")"), &format!("url(\"{url}\")"))
            .replace(&format!("url(\"/{name}\")"), &format!("url(\"{url}\")"));
    }
    joined.into_bytes()
}

/// The media type of a file by its extension.
fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("vtt") => "text/vtt; charset=utf-8",
        Some("gif") => "image/gif",
        Some("mp4" | "m4v") => "video/mp4",
        Some("webm") => "video/webm",
        Some("ogv") => "video/ogg",
        Some("mp3") => "audio/mpeg",
        Some("m4a") => "audio/mp4",
        Some("ogg" | "oga" | "opus") => "audio/ogg",
        Some("wav") => "audio/wav",
        Some("flac") => "audio/flac",
        Some("pdf") => "application/pdf",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// The cache headers of a file that never changes under its name.
pub const CACHE_FOREVER: (header::HeaderName, &str) =
    (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
