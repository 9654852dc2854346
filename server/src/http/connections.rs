//! Limits on connections: how long a client may take to send and to receive, and how many connections there
//! may be, for each network and in total.
//!
//! The web framework limits only the time of a connection's first request head. So every connection is
//! [`Watched`]: it is closed when its client neither completes a request nor reads the response in time, and
//! when there are too many connections, the longest idle ones are closed first.

use std::{
    collections::HashMap,
    future::Future as _,
    io,
    net::IpAddr,
    pin::Pin,
    sync::{
        Arc, LazyLock, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{
    HttpMessage as _,
    body::MessageBody,
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::PayloadError,
    http::StatusCode,
    middleware::Next,
    web::Bytes,
};
use futures::{Stream, task::AtomicWaker};
use ipnet::IpNet;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep_until},
};

use super::client::{TrustedProxies, network_of};

/// How long the server waits for a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientTimeouts {
    /// For the request line and headers.
    pub head: Duration,
    /// For a request's body, plus a second for every [`ClientTimeouts::body_bytes_a_second`] received.
    pub body: Duration,
    /// The lowest speed at which a body has to arrive.
    pub body_bytes_a_second: u64,
    /// How long a response may make less progress than [`ClientTimeouts::answer_bytes`].
    pub answer: Duration,
    /// How many bytes of a response have to be read in that time.
    pub answer_bytes: u64,
}

impl Default for ClientTimeouts {
    /// Generous enough for a form of at most 256 KiB over a poor mobile connection.
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            body: Duration::from_secs(20),
            body_bytes_a_second: 1024,
            answer: Duration::from_secs(30),
            answer_bytes: 16 * 1024,
        }
    }
}

/// The most connections at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// In total.
    pub all: usize,
    /// For each client's network. Our own proxies are not clients and only count towards the total.
    pub of_network: usize,
}

impl Bounds {
    /// The most connections that one server can use.
    const MOST: usize = 16_384;

    /// The bounds for a process with this limit on open files; some files are needed for other things.
    #[must_use]
    pub fn for_files(files: u64) -> Self {
        let files = usize::try_from(files).unwrap_or(usize::MAX);
        let all = files
            .saturating_sub(256)
            .clamp(files.div_ceil(2), Self::MOST.max(files.div_ceil(2)))
            .min(Self::MOST);
        Self {
            all,
            of_network: all.div_ceil(4),
        }
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Self::for_files(1024)
    }
}

/// All connections of the process. Cheap to clone; clones share the count.
#[derive(Clone, Default)]
pub struct Connections(Arc<Inner>);

#[derive(Default)]
struct Inner {
    patience: ClientTimeouts,
    bounds: Bounds,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    count: usize,
    so_far: u64,
    /// `None`: our own proxies.
    by_network: HashMap<Option<IpNet>, Vec<Arc<Connection>>>,
}

impl Connections {
    /// Connections under these limits.
    #[must_use]
    pub fn new(patience: ClientTimeouts, bounds: Bounds) -> Self {
        Self(Arc::new(Inner {
            patience,
            bounds,
            open: Mutex::default(),
        }))
    }

    /// The time limits.
    #[must_use]
    pub fn patience(&self) -> ClientTimeouts {
        self.0.patience
    }

    /// The limits on their number.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.0.bounds
    }

    /// How many connections are open.
    #[must_use]
    pub fn count(&self) -> usize {
        self.open().count
    }

    /// How many connections there were since the start.
    #[must_use]
    pub fn count_so_far(&self) -> u64 {
        self.open().so_far
    }

    /// Adds a connection. If there are too many, another one is closed: the one that has been idle longest,
    /// of the same network if that has reached its limit. `at_the_end` decides what is done with a connection
    /// whose client may still be sending when it ends.
    pub fn watch<T>(
        &self,
        io: T,
        peer: IpAddr,
        trusted: &TrustedProxies,
        at_the_end: fn(T),
    ) -> Watched<T> {
        let network = (!trusted.contains(peer)).then(|| network_of(peer));
        let connection = Arc::new(Connection::new(network));
        let mut open = self.open();
        let of_network = open.by_network.entry(network).or_default();
        if network.is_some() && of_network.len() >= self.0.bounds.of_network {
            cut_longest_waiting(of_network.iter());
        }
        of_network.push(Arc::clone(&connection));
        open.count += 1;
        open.so_far += 1;
        if open.count > self.0.bounds.all {
            cut_longest_waiting(open.by_network.values().flatten());
        }
        drop(open);
        Watched {
            io: Some(io),
            at_the_end,
            connection,
            connections: self.clone(),
            head: None,
            answer: None,
            written: 0,
            heard: Instant::now(),
            is_silent: false,
        }
    }

    fn leave(&self, connection: &Arc<Connection>) {
        let mut open = self.open();
        if let Some(of_network) = open.by_network.get_mut(&connection.network) {
            of_network.retain(|other| !Arc::ptr_eq(other, connection));
            if of_network.is_empty() {
                open.by_network.remove(&connection.network);
            }
            open.count = open.count.saturating_sub(1);
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cut_longest_waiting<'a>(connections: impl Iterator<Item = &'a Arc<Connection>>) {
    let longest = connections
        .filter(|connection| connection.is_waiting() && !connection.is_cut())
        .min_by_key(|connection| connection.since.load(Ordering::Relaxed));
    if let Some(connection) = longest {
        connection.cut();
    }
}

/// The state of one connection; requests have it as their connection data.
pub struct Connection {
    network: Option<IpNet>,
    /// When its last activity was, in milliseconds since [`BEGINNING`].
    since: AtomicU64,
    /// The number of requests being answered.
    answering: AtomicUsize,
    /// The number of requests so far.
    requests: AtomicU64,
    /// Whether a request that is being answered waits for its body.
    is_reading: AtomicBool,
    /// Whether the connection closes after this response, without waiting for the rest of a body.
    is_ending: AtomicBool,
    is_cut: AtomicBool,
    waker: AtomicWaker,
}

static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);

fn milliseconds() -> u64 {
    u64::try_from(BEGINNING.elapsed().as_millis()).unwrap_or(u64::MAX)
}

impl Connection {
    fn new(network: Option<IpNet>) -> Self {
        Self {
            network,
            since: AtomicU64::new(milliseconds()),
            answering: AtomicUsize::new(0),
            requests: AtomicU64::new(0),
            is_reading: AtomicBool::new(false),
            is_ending: AtomicBool::new(false),
            is_cut: AtomicBool::new(false),
            waker: AtomicWaker::new(),
        }
    }

    fn touch(&self) {
        self.since.store(milliseconds(), Ordering::Relaxed);
    }

    /// Whether the server is waiting for the client.
    fn is_waiting(&self) -> bool {
        self.answering.load(Ordering::Relaxed) == 0 || self.is_reading.load(Ordering::Relaxed)
    }

    fn cut(&self) {
        self.is_cut.store(true, Ordering::Release);
        self.waker.wake();
    }

    fn is_cut(&self) -> bool {
        self.is_cut.load(Ordering::Acquire)
    }

    /// When a request head has to have arrived; `None` while a request is being answered.
    fn head_due(&self, patience: Duration) -> Option<Instant> {
        if self.answering.load(Ordering::Relaxed) > 0 {
            return None;
        }
        let patience = if self.is_ending.load(Ordering::Relaxed) {
            patience.min(DRAIN_LIMIT)
        } else {
            patience
        };
        let since = Duration::from_millis(self.since.load(Ordering::Relaxed));
        Some(*BEGINNING + since + patience)
    }
}

/// A request that is being answered; dropping it ends that.
struct Answering(Arc<Connection>);

impl Answering {
    fn begin(connection: Arc<Connection>) -> Self {
        connection.requests.fetch_add(1, Ordering::Relaxed);
        connection.answering.fetch_add(1, Ordering::Relaxed);
        connection.touch();
        Self(connection)
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.is_reading.store(false, Ordering::Relaxed);
        self.0.touch();
        self.0.answering.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Middleware: tracks which requests are being answered, and limits the time of their bodies.
///
/// # Errors
/// Only what the connection itself raises.
pub async fn bounded<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let connection = request.conn_data::<Arc<Connection>>().cloned();
    let patience = request
        .app_data::<actix_web::web::Data<Connections>>()
        .map(|connections| connections.patience())
        .unwrap_or_default();
    let payload: Payload = match request.take_payload() {
        Payload::None => Payload::None,
        payload => Payload::Stream {
            payload: Box::pin(InTime {
                payload,
                connection: connection.clone(),
                patience,
                begun: Instant::now(),
                received_bytes: 0,
                due: None,
            }),
        },
    };
    request.set_payload(payload);
    let _answering = connection.clone().map(Answering::begin);
    let response = next.call(request).await?;
    let is_given_up = matches!(
        response.status(),
        StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE
    );
    if let (true, Some(connection)) = (is_given_up, connection) {
        connection.is_ending.store(true, Ordering::Relaxed);
    }
    Ok(response)
}

/// A body with a time limit.
struct InTime {
    payload: Payload,
    connection: Option<Arc<Connection>>,
    patience: ClientTimeouts,
    begun: Instant,
    received_bytes: u64,
    due: Option<Pin<Box<Sleep>>>,
}

impl InTime {
    fn note_reading(&self, is_reading: bool) {
        if let Some(connection) = &self.connection {
            connection.is_reading.store(is_reading, Ordering::Relaxed);
        }
    }
}

impl Stream for InTime {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        match Pin::new(&mut this.payload).poll_next(context) {
            Poll::Ready(item) => {
                if let Some(Ok(bytes)) = &item {
                    this.received_bytes += bytes.len() as u64;
                } else {
                    this.note_reading(false);
                }
                Poll::Ready(item)
            }
            Poll::Pending => {
                this.note_reading(true);
                let earned = this.received_bytes / this.patience.body_bytes_a_second.max(1);
                let due = this.begun + this.patience.body + Duration::from_secs(earned);
                if is_due(&mut this.due, due, context) {
                    this.note_reading(false);
                    let late = io::Error::from(io::ErrorKind::TimedOut);
                    return Poll::Ready(Some(Err(PayloadError::Io(late))));
                }
                Poll::Pending
            }
        }
    }
}

/// Whether `due` has passed; if not, the task is woken then. The timer may be left from an earlier call.
fn is_due(alarm: &mut Option<Pin<Box<Sleep>>>, due: Instant, context: &mut Context<'_>) -> bool {
    let alarm = alarm.get_or_insert_with(|| Box::pin(sleep_until(due)));
    if alarm.deadline() > due {
        alarm.as_mut().reset(due);
    }
    while alarm.as_mut().poll(context).is_ready() {
        if Instant::now() >= due {
            return true;
        }
        alarm.as_mut().reset(due);
    }
    false
}

/// A connection that is closed when its client takes too long.
pub struct Watched<T> {
    /// `Some` until the connection ends.
    io: Option<T>,
    at_the_end: fn(T),
    connection: Arc<Connection>,
    connections: Connections,
    head: Option<Pin<Box<Sleep>>>,
    answer: Option<Answer>,
    written: u64,
    /// When the client last sent something, and whether it has closed its sending side.
    heard: Instant,
    is_silent: bool,
}

/// A response that the client has not read completely.
struct Answer {
    of_request: u64,
    /// How many bytes had been written when the time limit started.
    written: u64,
    since: Instant,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl<T> Watched<T> {
    /// The connection's state, for its requests.
    #[must_use]
    pub fn connection(&self) -> Arc<Connection> {
        Arc::clone(&self.connection)
    }

    fn io(&mut self) -> io::Result<Pin<&mut T>>
    where
        T: Unpin,
    {
        let io = self.io.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        Ok(Pin::new(io))
    }

    /// Whether to keep waiting for a client that has sent nothing more.
    fn wait_for_head(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        self.connection.waker.register(context.waker());
        if self.connection.is_cut() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        // A little longer than the framework, which answers 408 to a late first request head.
        let patience = self.connections.patience().head + Duration::from_secs(1);
        match self.connection.head_due(patience) {
            Some(due) if is_due(&mut self.head, due, context) => {
                self.connection.cut();
                Err(io::ErrorKind::TimedOut.into())
            }
            _ => Ok(()),
        }
    }

    /// Whether to keep waiting for a client that does not read.
    fn wait_for_reader(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        self.connection.waker.register(context.waker());
        if self.connection.is_cut() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        let patience = self.connections.patience();
        let of_request = self.connection.requests.load(Ordering::Relaxed);
        let begin = |written, alarm| Answer {
            of_request,
            written,
            since: Instant::now(),
            alarm,
        };
        let mut answer = match self.answer.take() {
            Some(answer) if answer.of_request == of_request => answer,
            _ => begin(self.written, None),
        };
        while is_due(&mut answer.alarm, answer.since + patience.answer, context) {
            if self.written - answer.written < patience.answer_bytes {
                self.connection.cut();
                return Err(io::ErrorKind::TimedOut.into());
            }
            answer = begin(self.written, answer.alarm.take());
        }
        self.answer = Some(answer);
        Ok(())
    }
}

impl<T> Drop for Watched<T> {
    fn drop(&mut self) {
        self.connections.leave(&self.connection);
        if let Some(io) = self.io.take() {
            let sends_still = !self.is_silent && self.heard.elapsed() < Duration::from_secs(1);
            if sends_still && !self.connection.is_cut() {
                (self.at_the_end)(io);
            }
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Watched<T> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let read = this.io()?.poll_read(context, buffer);
        match &read {
            Poll::Pending => this.wait_for_head(context)?,
            Poll::Ready(Ok(())) if buffer.filled().len() > before => this.heard = Instant::now(),
            Poll::Ready(_) => this.is_silent = true,
        }
        read
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Watched<T> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = this.io()?.poll_write(context, bytes);
        match &written {
            Poll::Ready(Ok(count)) => {
                this.written += *count as u64;
                this.connection.touch();
            }
            Poll::Ready(Err(_)) => {}
            Poll::Pending => this.wait_for_reader(context)?,
        }
        written
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let flushed = this.io()?.poll_flush(context);
        // The framework reads again only when the client sends something. After a response to an incomplete
        // request, only this timer ends the wait for the rest.
        if flushed.is_ready() {
            this.wait_for_head(context)?;
        }
        flushed
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().io()?.poll_shutdown(context)
    }
}

/// Reads for a short time from a client that may still be sending after the response. A connection that is
/// closed with unread data is reset, and the client may lose the response.
pub fn drain(io: TcpStream) {
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn(tokio::time::timeout(DRAIN_LIMIT, forget_the_rest(io)));
    }
}

/// How long, and how many bytes, are read after the response.
const DRAIN_LIMIT: Duration = Duration::from_secs(2);
const LAST_BYTES: usize = 8 * 1024 * 1024;

async fn forget_the_rest(mut io: TcpStream) {
    let mut buffer = vec![0; 16 * 1024];
    let mut forgotten = 0;
    if io.shutdown().await.is_ok() {
        while let Ok(count) = io.read(&mut buffer).await {
            forgotten += count;
            if count == 0 || forgotten > LAST_BYTES {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{DuplexStream, duplex};

    use super::*;

    const CLIENT: [u8; 4] = [203, 0, 113, 7];
    const OTHER: [u8; 4] = [203, 0, 113, 8];
    const PROXY: [u8; 4] = [127, 0, 0, 1];

    fn connections(all: usize, of_network: usize) -> Connections {
        Connections::new(ClientTimeouts::default(), Bounds { all, of_network })
    }

    fn impatient(patience: ClientTimeouts) -> Connections {
        Connections::new(patience, Bounds::default())
    }

    fn open(connections: &Connections, peer: [u8; 4]) -> (Watched<DuplexStream>, DuplexStream) {
        let (ours, theirs) = duplex(64);
        let trusted = TrustedProxies::this_machine();
        (connections.watch(ours, peer.into(), &trusted, drop), theirs)
    }

    async fn fails(watched: &mut Watched<DuplexStream>) -> io::ErrorKind {
        watched.read_u8().await.unwrap_err().kind()
    }

    #[test]
    fn bounds_leave_files_for_other_things() {
        for (files, all, of_network) in [
            (64, 32, 8),
            (1024, 768, 192),
            (4096, 3840, 960),
            (1 << 20, 16_384, 4096),
            (u64::MAX, 16_384, 4096),
        ] {
            assert_eq!(
                Bounds::for_files(files),
                Bounds { all, of_network },
                "{files}"
            );
        }
    }

    #[tokio::test]
    async fn a_head_that_does_not_come_ends_the_connection() {
        let connections = impatient(ClientTimeouts {
            head: Duration::from_millis(50),
            ..ClientTimeouts::default()
        });
        let (mut watched, mut client) = open(&connections, CLIENT);
        client.write_all(b"GET / HT").await.unwrap();
        let mut head = [0; 8];
        watched.read_exact(&mut head).await.unwrap();
        assert_eq!(fails(&mut watched).await, io::ErrorKind::TimedOut);
        drop(watched);
        assert_eq!(connections.count(), 0);
    }

    #[tokio::test]
    async fn no_head_is_expected_while_a_request_is_answered() {
        let connections = impatient(ClientTimeouts {
            head: Duration::ZERO,
            ..ClientTimeouts::default()
        });
        let (mut watched, mut client) = open(&connections, CLIENT);
        let answering = Answering::begin(watched.connection());
        let work = tokio::time::timeout(Duration::from_millis(1200), watched.read_u8());
        assert!(work.await.is_err(), "cut while it was our turn");
        drop(answering);
        client.write_all(b"x").await.unwrap();
        assert_eq!(watched.read_u8().await.unwrap(), b'x');
        assert_eq!(fails(&mut watched).await, io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_client_that_reads_nothing_or_too_slowly_is_not_waited_for() {
        for reads in [false, true] {
            let connections = impatient(ClientTimeouts {
                answer: Duration::from_millis(200),
                answer_bytes: 1 << 30,
                ..ClientTimeouts::default()
            });
            let (mut watched, mut client) = open(&connections, CLIENT);
            let reader = tokio::spawn(async move {
                let mut buffer = [0; 8];
                while reads && client.read_exact(&mut buffer).await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                client
            });
            let error = watched.write_all(&vec![0; 1 << 20]).await.unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::TimedOut);
            drop(watched);
            reader.await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_client_that_reads_slowly_is_waited_for() {
        let connections = impatient(ClientTimeouts {
            // Longer than the system lets a thread wait for its turn, shorter than all the reading takes.
            answer: Duration::from_secs(1),
            answer_bytes: 0,
            ..ClientTimeouts::default()
        });
        let (mut watched, mut client) = open(&connections, CLIENT);
        let reader = tokio::spawn(async move {
            let mut buffer = [0; 64];
            for _ in 0..10 {
                client.read_exact(&mut buffer).await.unwrap();
                tokio::time::sleep(Duration::from_millis(150)).await;
            }
        });
        watched.write_all(&[0; 640]).await.unwrap();
        reader.await.unwrap();
    }

    #[tokio::test]
    async fn a_network_at_its_limit_loses_its_own_idle_connection() {
        let connections = connections(100, 3);
        let (mut oldest, _a) = open(&connections, CLIENT);
        let (second, _b) = open(&connections, CLIENT);
        let (_third, _c) = open(&connections, CLIENT);
        let (other, _d) = open(&connections, OTHER);
        let (_fourth, _e) = open(&connections, CLIENT);
        assert_eq!(fails(&mut oldest).await, io::ErrorKind::ConnectionAborted);
        assert!(!second.connection.is_cut() && !other.connection.is_cut());
    }

    #[tokio::test]
    async fn a_connection_being_answered_stays_and_one_sending_a_body_may_be_closed() {
        let connections = connections(100, 2);
        let (first, _a) = open(&connections, CLIENT);
        let answering = Answering::begin(first.connection());
        let (second, _b) = open(&connections, CLIENT);
        let (third, _c) = open(&connections, CLIENT);
        assert!(!first.connection.is_cut() && second.connection.is_cut());
        let (_fourth, _d) = open(&connections, CLIENT);
        assert!(!first.connection.is_cut() && third.connection.is_cut());
        first.connection.is_reading.store(true, Ordering::Relaxed);
        assert!(first.connection.is_waiting());
        drop(answering);
        assert!(!first.connection.is_reading.load(Ordering::Relaxed));
    }

    #[tokio::test]
    async fn a_proxy_has_no_network_limit_but_the_total_applies() {
        let connections = connections(4, 1);
        let mut ones: Vec<_> = (0..5).map(|_| open(&connections, PROXY)).collect();
        assert!(ones[1..].iter().all(|(one, _)| !one.connection.is_cut()));
        assert_eq!(
            fails(&mut ones[0].0).await,
            io::ErrorKind::ConnectionAborted
        );
    }
}
