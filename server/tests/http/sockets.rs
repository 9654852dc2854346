//! Real connections: incomplete requests and unread responses do not block others.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    time::Duration,
};

use server::{
    data,
    http::connections::{Bounds, ClientTimeouts, Connections},
    testing::TestApp,
};

const HALF_A_BODY: &str = "POST /lv/sign-in HTTP/1.1\r\nHost: x\r\n\
    Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nemail=";

/// Runs `clients` in a thread of their own against a server with these connections.
async fn serving<T: Send + 'static>(
    connections: Connections,
    clients: impl FnOnce(SocketAddr) -> T + Send + 'static,
) -> T {
    let app = TestApp::build().connections(connections).start().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = server::server::start(app.app.clone(), listener).unwrap();
    let handle = server.handle();
    let running = actix_web::rt::spawn(server);
    let done = actix_web::rt::task::spawn_blocking(move || clients(address)).await;
    handle.stop(false).await;
    running.await.unwrap().unwrap();
    done.unwrap()
}

fn send(address: SocketAddr, text: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_mins(1)))
        .unwrap();
    stream.write_all(text).unwrap();
    stream
}

/// Everything that is received until the server closes the connection; fails if it does not, or if the connection breaks.
fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn get(address: SocketAddr, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    rest(send(address, request.as_bytes()))
}

/// Waits for an expected state.
fn until(is_so: impl Fn() -> bool) {
    let begun = std::time::Instant::now();
    while !is_so() {
        assert!(
            begun.elapsed() < Duration::from_mins(2),
            "it does not happen"
        );
        std::thread::yield_now();
    }
}

/// Short, but long enough for a busy machine to read what was sent whole.
fn impatient() -> ClientTimeouts {
    ClientTimeouts {
        head: Duration::from_secs(5),
        body: Duration::from_secs(2),
        ..ClientTimeouts::default()
    }
}

#[actix_web::test]
async fn incomplete_requests_do_not_block_others() {
    const HALF_SENT: usize = 1200;
    let files = data::raise_file_limit();
    assert!(
        files > 4 * HALF_SENT as u64,
        "this test needs more files than {files}"
    );
    let bounds = Bounds {
        all: 4000,
        of_network: 4000,
    };
    let connections = Connections::new(
        ClientTimeouts {
            head: Duration::from_mins(5),
            body: Duration::from_mins(5),
            ..ClientTimeouts::default()
        },
        bounds,
    );
    let seen = connections.clone();
    let (page, open) = serving(connections, move |address| {
        let half: Vec<_> = (0..HALF_SENT)
            .map(|number| {
                let text = if number % 4 == 0 {
                    "GET /lv/ HT"
                } else {
                    HALF_A_BODY
                };
                send(address, text.as_bytes())
            })
            .collect();
        until(|| seen.count_so_far() >= HALF_SENT as u64);
        let page = get(address, "/lv/sign-in");
        let open = seen.count();
        drop(half);
        (page, open)
    })
    .await;
    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
    assert!(open >= HALF_SENT, "only {open} were held open");
}

#[actix_web::test]
async fn one_network_cannot_take_all_connections() {
    let bounds = Bounds {
        all: 400,
        of_network: 40,
    };
    let connections = Connections::new(ClientTimeouts::default(), bounds);
    let seen = connections.clone();
    let page = serving(connections, move |address| {
        let half: Vec<_> = (0..200)
            .map(|_| send(address, HALF_A_BODY.as_bytes()))
            .collect();
        until(|| seen.count_so_far() >= 200);
        // The longest idle ones are closed, the newest is served.
        until(|| seen.count() <= 40);
        let page = get(address, "/lv/sign-in");
        drop(half);
        page
    })
    .await;
    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
}

#[actix_web::test]
async fn incomplete_requests_get_a_response_and_are_closed() {
    let chunked = "POST /en/sign-in HTTP/1.1\r\nHost: x\r\n\
        Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nemai";
    // Only one of the limits is short: on a busy machine the limit for a head could end first.
    let heads = ClientTimeouts {
        body: Duration::from_mins(1),
        ..impatient()
    };
    let bodies = ClientTimeouts {
        head: Duration::from_mins(1),
        ..impatient()
    };
    let mut answers = Vec::new();
    for (patience, texts) in [
        (bodies, [HALF_A_BODY, chunked]),
        (heads, ["GET /lv/ HTTP/1.1\r\nHo", ""]),
    ] {
        let told = serving(
            Connections::new(patience, Bounds::default()),
            move |address| {
                let streams: Vec<_> = texts
                    .into_iter()
                    .map(|text| send(address, text.as_bytes()))
                    .collect();
                streams.into_iter().map(rest).collect::<Vec<_>>()
            },
        )
        .await;
        answers.extend(told);
    }
    for answer in &answers {
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    }
    assert!(
        answers[0].contains("Veidlapa nepienāca laikā"),
        "{}",
        answers[0]
    );
    assert!(
        answers[1].contains("The form did not arrive in time"),
        "{}",
        answers[1]
    );
}

#[actix_web::test]
async fn after_a_body_that_was_given_up_the_connection_ends() {
    let head = "POST /en/sign-in HTTP/1.1\r\nHost: x\r\n\
        Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n";
    let large = "a".repeat(300 * 1024);
    let texts = [
        (format!("{head}5\r\nemail\r\n"), "HTTP/1.1 408 "),
        (format!("{head}5\r\nemai"), "HTTP/1.1 408 "),
        (
            format!("{head}{:x}\r\n{large}\r\n", large.len()),
            "HTTP/1.1 413 ",
        ),
    ];
    // The wait for a next head is longer than the clients wait for the end.
    let patience = ClientTimeouts {
        head: Duration::from_mins(5),
        ..impatient()
    };
    let answers = serving(
        Connections::new(patience, Bounds::default()),
        move |address| {
            let streams: Vec<_> = texts
                .iter()
                .map(|(text, _)| send(address, text.as_bytes()))
                .collect();
            let answers = streams.into_iter().map(|mut stream| {
                let mut bytes = Vec::new();
                let end = stream.read_to_end(&mut bytes);
                let is_over = end.as_ref().map_or_else(
                    |error| error.kind() == std::io::ErrorKind::ConnectionReset,
                    |_| true,
                );
                (is_over, String::from_utf8_lossy(&bytes).into_owned())
            });
            let answers: Vec<_> = answers.collect();
            answers
                .into_iter()
                .zip(texts.map(|(_, expected)| expected))
                .collect::<Vec<_>>()
        },
    )
    .await;
    for ((is_over, answer), expected) in &answers {
        assert!(answer.starts_with(expected), "{answer}");
        assert!(is_over, "still open after {expected}");
    }
}

#[actix_web::test]
async fn connections_that_never_complete_a_request_are_closed() {
    let whole = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    let second_head = format!("{whole}GET /lv/ HT");
    let unread = "GET /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab";
    let unread_length = "GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab";
    let upgrade = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n\r\n";
    let idle = whole;
    let expects = "POST /lv/sign-in HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\
        Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\n";
    let texts = [
        second_head,
        unread.to_owned(),
        unread_length.to_owned(),
        upgrade.to_owned(),
        idle.to_owned(),
        expects.to_owned(),
    ];
    let answers = serving(
        Connections::new(impatient(), Bounds::default()),
        move |address| {
            let streams: Vec<_> = texts
                .iter()
                .map(|text| send(address, text.as_bytes()))
                .collect();
            streams
                .into_iter()
                .map(|mut stream| {
                    // Reset or closed: over.
                    let mut bytes = Vec::new();
                    let end = stream.read_to_end(&mut bytes);
                    let is_over = end.as_ref().map_or_else(
                        |error| error.kind() == std::io::ErrorKind::ConnectionReset,
                        |_| true,
                    );
                    (is_over, String::from_utf8_lossy(&bytes).into_owned())
                })
                .collect::<Vec<_>>()
        },
    )
    .await;
    for (index, (is_over, answer)) in answers.iter().enumerate() {
        assert!(is_over, "{index} is still open: {answer}");
        let starts = if index == 5 {
            "HTTP/1.1 100 Continue"
        } else {
            "HTTP/1.1 200 OK"
        };
        assert!(answer.starts_with(starts), "{index}: {answer}");
    }
    assert!(answers[5].1.contains("HTTP/1.1 408 "), "{}", answers[5].1);
}

#[actix_web::test]
async fn nonsense_gets_an_answer_and_not_a_broken_connection() {
    let large = "a".repeat(600 * 1024);
    let requests = [
        (
            format!("GET /{large} HTTP/1.1\r\nHost: x\r\n\r\n"),
            "HTTP/1.1 4",
        ),
        (
            format!("GET / HTTP/1.1\r\nHost: x\r\nX: {large}\r\n\r\n"),
            "HTTP/1.1 431",
        ),
        (
            format!(
                "POST /lv/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{large}",
                large.len()
            ),
            "HTTP/1.1 413",
        ),
        ("nonsense\r\n\r\n".to_owned(), "HTTP/1.1 400"),
        ("GET  HTTP/1.1\r\n\r\n".to_owned(), "HTTP/1.1 4"),
        (
            "GET / HTTP/1.1\r\nBad Header: x\r\n\r\n".to_owned(),
            "HTTP/1.1 400",
        ),
        ("GET / HTTP/9.9\r\n\r\n".to_owned(), "HTTP/1.1 400"),
        (
            "POST /lv/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n".to_owned(),
            "HTTP/1.1 400",
        ),
        (
            "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}\r\n\r\n".to_owned(),
            "HTTP/1.1 400",
        ),
        (
            "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
            "HTTP/1.1 204",
        ),
        (
            "CONNECT x:80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
            "HTTP/1.1 4",
        ),
        (
            "HEAD /lv/sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
            "HTTP/1.1 200",
        ),
    ];
    let answers = serving(Connections::default(), move |address| {
        requests
            .into_iter()
            .map(|(request, expected)| {
                let stream = send(address, request.as_bytes());
                let begin: String = request.chars().take(30).collect();
                (begin, rest(stream), expected)
            })
            .collect::<Vec<_>>()
    })
    .await;
    for (request, answer, expected) in &answers {
        assert!(answer.starts_with(expected), "{request:?}: {answer}");
    }
    let (_, head, _) = answers.last().unwrap();
    let (headers, body) = head.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "");
    let length = headers.lines().find_map(|line| {
        line.to_lowercase()
            .strip_prefix("content-length: ")
            .map(str::to_owned)
    });
    assert!(
        length.unwrap().parse::<usize>().unwrap() > 1000,
        "{headers}"
    );
}
