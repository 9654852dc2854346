//! A simulated visitor: one HTTP/1.1 connection that is kept alive, and its cookies.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
};

/// The time limit of a response, after which the run is given up.
const ANSWER_TIMEOUT: Duration = Duration::from_mins(1);

/// The parts of a response that are needed.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

/// One connection with the cookies that the server set on it.
pub(crate) struct Client {
    server: SocketAddr,
    from: Ipv4Addr,
    stream: TcpStream,
    buffer: Vec<u8>,
    cookies: Vec<(String, String)>,
}

/// The places of a response's parts in the buffer, and its headers.
struct Head {
    status: u16,
    length_bytes: usize,
    body_starts_at: usize,
    closes: bool,
}

impl Client {
    /// Connects from its own loopback address, because different people have different addresses.
    pub(crate) async fn connect(server: SocketAddr, visitor: u32) -> anyhow::Result<Self> {
        let [_, b, c, d] = (visitor + 2).to_be_bytes();
        let from = Ipv4Addr::new(127, b, c, d);
        let stream = open(server, from).await?;
        Ok(Self {
            server,
            from,
            stream,
            buffer: Vec::with_capacity(64 * 1024),
            cookies: Vec::new(),
        })
    }

    /// Sets a cookie, as if the server had set it.
    pub(crate) fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.retain(|(known, _)| known != name);
        self.cookies.push((name.to_owned(), value.to_owned()));
    }

    /// Requests a page and reads it completely.
    pub(crate) async fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        let request = self.get_request(path);
        self.exchange(&request).await
    }

    /// Sends a form.
    pub(crate) async fn post(
        &mut self,
        path: &str,
        fields: &[(String, String)],
    ) -> anyhow::Result<Answer> {
        let body: String = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.server,
            self.cookie_header(),
            body.len(),
        );
        self.exchange(request.as_bytes()).await
    }

    /// Requests something of the API.
    pub(crate) async fn get_json(&mut self, path: &str, token: &str) -> anyhow::Result<Answer> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\n\r\n",
            self.server
        );
        self.exchange(request.as_bytes()).await
    }

    /// The bytes of a request of the API with a body, and a key with which it could be repeated.
    pub(crate) fn json_request(&self, path: &str, token: &str, key: &str, body: &str) -> Vec<u8> {
        format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.server,
            body.len(),
        )
        .into_bytes()
    }

    /// The bytes of a `GET`, for repeating the same request.
    pub(crate) fn get_request(&self, path: &str) -> Vec<u8> {
        let cookie = self.cookie_header();
        let cookie = if cookie.is_empty() {
            cookie
        } else {
            format!("Cookie: {cookie}\r\n")
        };
        format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n{cookie}\r\n",
            self.server
        )
        .into_bytes()
    }

    /// Sends prepared bytes and reads the response without parsing its body; returns status and size.
    pub(crate) async fn repeat(&mut self, request: &[u8]) -> anyhow::Result<(u16, usize)> {
        let head = tokio::time::timeout(ANSWER_TIMEOUT, self.send_and_read(request))
            .await
            .context("no answer in time")??;
        if head.closes {
            self.stream = open(self.server, self.from).await?;
        }
        Ok((head.status, head.length_bytes))
    }

    /// Sends prepared bytes and reads the response.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        let head = tokio::time::timeout(ANSWER_TIMEOUT, self.send_and_read(request))
            .await
            .context("no answer in time")??;
        let text =
            String::from_utf8_lossy(self.buffer.get(..head.body_starts_at).unwrap_or_default())
                .into_owned();
        let body = self.buffer.split_off(head.body_starts_at);
        let body = String::from_utf8(body).context("the answer's body is not text")?;
        let mut location = None;
        for line in text.lines().skip(1) {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            if name.eq_ignore_ascii_case("location") {
                location = Some(path_of(value.trim()));
            } else if name.eq_ignore_ascii_case("set-cookie") {
                self.keep_cookie(value.trim());
            }
        }
        if head.closes {
            self.stream = open(self.server, self.from).await?;
        }
        Ok(Answer {
            status: head.status,
            location,
            body,
        })
    }

    async fn send_and_read(&mut self, request: &[u8]) -> anyhow::Result<Head> {
        self.stream
            .write_all(request)
            .await
            .context("cannot send")?;
        self.buffer.clear();
        let head = loop {
            if let Some(head) = read_head(&self.buffer)? {
                break head;
            }
            self.fill().await?;
        };
        while self.buffer.len() < head.body_starts_at + head.length_bytes {
            self.fill().await?;
        }
        Ok(head)
    }

    async fn fill(&mut self) -> anyhow::Result<()> {
        if self
            .stream
            .read_buf(&mut self.buffer)
            .await
            .context("cannot read")?
            == 0
        {
            bail!("the server closed the connection in the middle of an answer");
        }
        Ok(())
    }

    fn keep_cookie(&mut self, header: &str) {
        let pair = header.split(';').next().unwrap_or_default();
        let Some((name, value)) = pair.split_once('=') else {
            return;
        };
        if value.is_empty() {
            self.cookies.retain(|(known, _)| known != name);
        } else {
            self.set_cookie(name, value);
        }
    }

    fn cookie_header(&self) -> String {
        self.cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }
}

async fn open(server: SocketAddr, from: Ipv4Addr) -> anyhow::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket
        .bind(SocketAddr::from((from, 0)))
        .context("cannot take a loopback address")?;
    let stream = socket
        .connect(server)
        .await
        .with_context(|| format!("cannot connect to {server}"))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The head, once it is complete.
fn read_head(buffer: &[u8]) -> anyhow::Result<Option<Head>> {
    // Line ends are searched for first, because few bytes are one.
    let line_ends = buffer
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n');
    let Some(end) = line_ends
        .map(|(at, _)| at.saturating_sub(3))
        .find(|at| buffer.get(*at..*at + 4) == Some(b"\r\n\r\n"))
    else {
        return Ok(None);
    };
    let text = std::str::from_utf8(buffer.get(..end).unwrap_or_default())
        .context("the answer's head is not text")?;
    let status = text
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .context("the answer has no status")?;
    let mut head = Head {
        status,
        length_bytes: 0,
        body_starts_at: end + 4,
        closes: false,
    };
    for line in text.lines().skip(1) {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        if name.eq_ignore_ascii_case("content-length") {
            head.length_bytes = value.trim().parse().context("a length that is no number")?;
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            bail!("the server sends an answer in chunks, which this client does not read");
        } else if name.eq_ignore_ascii_case("connection") {
            head.closes = value.trim().eq_ignore_ascii_case("close");
        }
    }
    Ok(Some(head))
}

/// The path of an address that may be absolute.
fn path_of(address: &str) -> String {
    match address.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .and_then(|at| rest.get(at..))
            .unwrap_or("/")
            .to_owned(),
        None => address.to_owned(),
    }
}
