//! Files that pages link to, under names that change with their content, so that a browser may
//! keep them for ever.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, Header as _},
    },
    web,
};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{Error, Shell};

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
    bytes: Cow<'static, [u8]>,
    content_type: &'static str,
}

impl Assets {
    /// Reads and names every file.
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
        // Modules import one another by plain names: they share a folder that bears the hash.
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
                bytes,
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

/// Joins the style sheets in their order. A `url(x)` in them is a theme path from its root and
/// becomes the hashed address.
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

/// The media type of a file by its name's ending.
#[must_use]
pub fn content_type(name: &str) -> &'static str {
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

/// A file that never changes under its name: the part that was asked for, so that a player can go to any place
/// of a recording, else all of it (RFC 9110, section 14).
#[must_use]
pub fn part_or_whole(
    request: &HttpRequest,
    bytes: &[u8],
    content_type: &'static str,
) -> HttpResponse {
    let length = bytes.len() as u64;
    let asked = match header::Range::parse(request) {
        Ok(header::Range::Bytes(ranges)) if ranges.len() == 1 => ranges.into_iter().next(),
        // Several parts at once, or another unit: then all of it.
        _ => None,
    };
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(content_type)
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
    let Some(asked) = asked else {
        return answer.body(bytes.to_vec());
    };
    let part = asked
        .to_satisfiable_range(length)
        .and_then(|(first, last)| {
            let range = usize::try_from(first).ok()?..=usize::try_from(last).ok()?;
            Some((first, last, bytes.get(range)?))
        });
    let Some((first, last, part)) = part else {
        return answer
            .status(StatusCode::RANGE_NOT_SATISFIABLE)
            .insert_header((header::CONTENT_RANGE, format!("bytes */{length}")))
            .finish();
    };
    answer
        .status(StatusCode::PARTIAL_CONTENT)
        .insert_header((
            header::CONTENT_RANGE,
            format!("bytes {first}-{last}/{length}"),
        ))
        // Its places are those of the file as it is, so it is not compressed.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(part.to_vec())
}

/// `GET /assets/{path}`: open to anyone.
///
/// # Errors
/// [`Error::NotFound`] for a name that no file has (any more).
pub async fn asset(
    shell: web::Data<Shell>,
    path: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let assets = shell.theme.assets();
    let file = assets
        .inner
        .files
        .get(path.as_str())
        .ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(file.content_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(file.bytes.to_vec()))
}

#[cfg(test)]
mod tests {
    use actix_web::{body::to_bytes, test::TestRequest};

    use super::*;

    #[actix_web::test]
    async fn a_player_gets_the_part_it_asks_for() {
        for (range, status, content_range, body) in [
            (None, 200, None, "0123456789"),
            (Some("bytes=2-4"), 206, Some("bytes 2-4/10"), "234"),
            (Some("bytes=7-"), 206, Some("bytes 7-9/10"), "789"),
            (Some("bytes=-2"), 206, Some("bytes 8-9/10"), "89"),
            (Some("bytes=0-99"), 206, Some("bytes 0-9/10"), "0123456789"),
            (Some("bytes=10-"), 416, Some("bytes */10"), ""),
            (Some("bytes=0-1,3-4"), 200, None, "0123456789"),
            (Some("nonsense"), 200, None, "0123456789"),
        ] {
            let mut request = TestRequest::get();
            if let Some(range) = range {
                request = request.insert_header((header::RANGE, range));
            }
            let answer = part_or_whole(&request.to_http_request(), b"0123456789", "video/mp4");
            assert_eq!(answer.status().as_u16(), status, "{range:?}");
            let said = answer.headers().get(header::CONTENT_RANGE);
            let said = said.map(|value| value.to_str().unwrap().to_owned());
            assert_eq!(said.as_deref(), content_range, "{range:?}");
            assert_eq!(
                to_bytes(answer.into_body()).await.unwrap(),
                body,
                "{range:?}"
            );
        }
    }
}
