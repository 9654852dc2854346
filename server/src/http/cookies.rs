//! Cookies under https: their names begin with `__Host-`.
//!
//! With this prefix a browser accepts a cookie only with `Secure`, with `Path=/` and without `Domain`. So
//! another site below the same domain, or somebody on the way who can answer over http, cannot set one for this
//! site. The rest of the program names cookies without the prefix: it is added to responses and taken from
//! requests here, and a cookie that comes without it is ignored.

use actix_web::{
    Error,
    body::MessageBody,
    cookie::Cookie,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap, HeaderValue},
    middleware::Next,
    web::Data,
};

use super::Shell;

const PREFIX: &str = "__Host-";

/// The middleware.
///
/// # Errors
/// Those of the handlers.
pub async fn prefixed(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let is_https = request
        .app_data::<Data<Shell>>()
        .is_some_and(|shell| shell.is_https);
    if !is_https {
        return next.call(request).await;
    }
    take_prefix(request.headers_mut());
    let mut response = next.call(request).await?;
    add_prefix(response.headers_mut());
    Ok(response)
}

/// Leaves the cookies with the prefix, without it.
fn take_prefix(headers: &mut HeaderMap) {
    let ours: Vec<String> = headers
        .get_all(header::COOKIE)
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().strip_prefix(PREFIX))
        .map(str::to_owned)
        .collect();
    headers.remove(header::COOKIE);
    if let Ok(line) = HeaderValue::from_str(&ours.join("; "))
        && !ours.is_empty()
    {
        headers.insert(header::COOKIE, line);
    }
}

/// Adds the prefix and what it requires, also to cookies that are removed: a browser would ignore them
/// otherwise.
fn add_prefix(headers: &mut HeaderMap) {
    let set: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .filter_map(|line| line.to_str().ok())
        .filter_map(|line| Cookie::parse(line.to_owned()).ok())
        .filter_map(|mut cookie| {
            cookie.set_name(format!("{PREFIX}{}", cookie.name()));
            cookie.set_secure(true);
            cookie.set_path("/");
            cookie.unset_domain();
            HeaderValue::from_str(&cookie.to_string()).ok()
        })
        .collect();
    headers.remove(header::SET_COOKIE);
    for line in set {
        headers.append(header::SET_COOKIE, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cookies_with_the_prefix_are_read() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("session=forged; __Host-session=ours; other=1"),
        );
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-flash=a.b"));
        take_prefix(&mut headers);
        let lines: Vec<_> = headers.get_all(header::COOKIE).collect();
        assert_eq!(lines, ["session=ours; flash=a.b"]);

        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("session=forged"));
        take_prefix(&mut headers);
        assert!(headers.get(header::COOKIE).is_none());
    }

    #[test]
    fn cookies_are_set_and_removed_with_what_the_prefix_requires() {
        let mut headers = HeaderMap::new();
        for line in [
            "session=x; HttpOnly; SameSite=Lax; Path=/; Max-Age=60",
            "flash=; Path=/lv; Max-Age=0; Domain=example.lv",
        ] {
            headers.append(header::SET_COOKIE, HeaderValue::from_static(line));
        }
        add_prefix(&mut headers);
        let lines: Vec<_> = headers
            .get_all(header::SET_COOKIE)
            .map(|line| line.to_str().unwrap().to_owned())
            .collect();
        assert_eq!(lines.len(), 2);
        for line in &lines {
            assert!(line.starts_with("__Host-"), "{line}");
            assert!(line.contains("Secure") && line.contains("Path=/"), "{line}");
            assert!(
                !line.contains("Path=/lv") && !line.contains("Domain"),
                "{line}"
            );
        }
        assert!(lines[0].contains("HttpOnly") && lines[0].contains("SameSite=Lax"));
        assert!(lines[1].contains("Max-Age=0"));
    }
}
