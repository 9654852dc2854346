//! Sending mails: by an SMTP server, or as files in a folder if none is configured.

use std::{io::Write as _, path::PathBuf};

use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

use super::{
    Email,
    model::{Body, SendMail, file_name},
};
use crate::{config::Config, data, ids::JobId};

/// A way to send mails.
#[derive(Debug, Clone)]
pub struct Transport {
    sender: Mailbox,
    way: Way,
}

#[derive(Debug, Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum TransportError {
    /// It is not a valid message, e.g. because of its address; trying again does not help.
    #[error("not a valid message: {0}")]
    Invalid(String),
    /// The mail server refused the address permanently.
    #[error("address refused: {0}")]
    AddressRefused(String),
    /// The mail server refused it permanently for another reason.
    #[error("refused: {0}")]
    Refused(String),
    /// A transient failure.
    #[error("{0}")]
    Failed(String),
}

impl TransportError {
    /// Whether trying again does not help.
    pub(super) const fn is_permanent(&self) -> bool {
        matches!(
            self,
            Self::Invalid(_) | Self::AddressRefused(_) | Self::Refused(_)
        )
    }
}

impl Transport {
    /// The configured transport. Nothing is sent yet.
    ///
    /// # Errors
    /// The sender's address or the SMTP server is not valid; the message names the configuration key.
    pub fn new(config: &Config) -> Result<Self, String> {
        let sender = sender(&config.mail_from).map_err(|problem| {
            format!("configuration key `IESPEJA_MAIL_FROM` cannot be used: {problem}")
        })?;
        let way = match &config.smtp_url {
            None => Way::Folder(config.data_dir.join("mail")),
            Some(url) => AsyncSmtpTransport::<Tokio1Executor>::from_url(url.0.as_str())
                .map(|builder| Way::Smtp(builder.build()))
                .map_err(|error| {
                    format!("configuration key `IESPEJA_SMTP_URL` cannot be used: {error}")
                })?,
        };
        Ok(Self { sender, way })
    }

    /// Whether the mail server answers and accepts the sign-in; nothing is sent.
    ///
    /// # Errors
    /// Why not.
    pub async fn test(&self) -> Result<(), String> {
        match &self.way {
            Way::Smtp(relay) => match relay.test_connection().await {
                Ok(true) => Ok(()),
                Ok(false) => Err("it does not answer".to_owned()),
                Err(error) => Err(error.to_string()),
            },
            Way::Folder(_) => Ok(()),
        }
    }

    /// Sends a mail. The message id contains the job's id, so that a server can drop a duplicate.
    ///
    /// # Errors
    /// See [`TransportError`].
    pub(super) async fn send(&self, id: JobId, mail: &SendMail) -> Result<(), TransportError> {
        let message = self.message(id, mail)?;
        match &self.way {
            Way::Smtp(relay) => match relay.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(failure(
                    error
                        .status()
                        .filter(|_| error.is_permanent())
                        .map(u16::from),
                    error.to_string(),
                )),
            },
            Way::Folder(folder) => {
                let file = folder.join(file_name(id));
                let bytes = message.formatted();
                tokio::task::spawn_blocking(move || write(&file, &bytes))
                    .await
                    .map_err(std::io::Error::other)
                    .flatten()
                    .map_err(|error| TransportError::Failed(error.to_string()))
            }
        }
    }
}

/// What the answer of a mail server means; `code` is that of a permanent refusal.
///
/// A refusal of the sign-in (RFC 4954) is about our configuration and not about the mail: it is tried again. The
/// address is refused by the codes of RFC 5321, section 4.2.3, unless the enhanced code (RFC 3463) says that the
/// reason is not the address (`X.1`), its mailbox (`X.2`) or nothing in particular (`X.0`).
fn failure(code: Option<u16>, answer: String) -> TransportError {
    let about = answer.split_whitespace().find_map(|word| {
        let mut parts = word.trim_matches(|c: char| !c.is_ascii_digit()).split('.');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some("5"), Some(about), Some(detail), None) if detail.parse::<u16>().is_ok() => {
                about.parse::<u16>().ok()
            }
            _ => None,
        }
    });
    match (code, about) {
        (None | Some(530 | 534 | 535 | 538), _) => TransportError::Failed(answer),
        (Some(_), Some(1 | 2)) | (Some(550..=553), None | Some(0)) => {
            TransportError::AddressRefused(answer)
        }
        (Some(_), _) => TransportError::Refused(answer),
    }
}

impl Transport {
    /// The message, in UTF-8 with an encoding that every server accepts.
    fn message(&self, id: JobId, mail: &SendMail) -> Result<Message, TransportError> {
        let invalid = |problem: String| TransportError::Invalid(problem);
        let recipient =
            Email::read(&mail.recipient).map_err(|problem| invalid(problem.to_string()))?;
        let domain = self.sender.email.domain();
        let message = Message::builder()
            .from(self.sender.clone())
            .to(mailbox(None, &recipient).map_err(invalid)?)
            .subject(one_line(&mail.subject))
            .message_id(Some(format!("<{id}@{domain}>")));
        let message = match mail.body.reply_to.as_deref().map(Email::read) {
            // An answer address that is none must not keep the mail from its reader.
            None | Some(Err(_)) => message,
            Some(Ok(address)) => message.reply_to(mailbox(None, &address).map_err(invalid)?),
        };
        let message = match &mail.body.unsubscribe_url {
            None => message,
            Some(url) => message
                .raw_header(header("List-Unsubscribe", format!("<{}>", one_line(url))))
                .raw_header(header(
                    "List-Unsubscribe-Post",
                    "List-Unsubscribe=One-Click".to_owned(),
                )),
        };
        match parts(&mail.body)? {
            Parts::Text(text) => message.singlepart(text),
            Parts::Several(parts) => message.multipart(parts),
        }
        .map_err(|error| invalid(error.to_string()))
    }
}

/// A header that the library has no type for.
fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// The structure of a message.
enum Parts {
    Text(SinglePart),
    Several(MultiPart),
}

/// The media type of a calendar file that is not shown as an invitation once more.
const CALENDAR_FILE: &str = "application/ics";

/// The text alone, or with its other forms: HTML, and an invitation, which is the last one, because mail programs take
/// the last form that they know; and the attachments.
fn parts(body: &Body) -> Result<Parts, TransportError> {
    let text = SinglePart::plain(body.text.clone());
    let is_alone = body.html.is_none() && body.invitation.is_none();
    let shown = if is_alone {
        Parts::Text(text)
    } else {
        let mut forms = MultiPart::alternative().singlepart(text);
        if let Some(html) = &body.html {
            forms = forms.singlepart(SinglePart::html(html.clone()));
        }
        if let Some(invitation) = &body.invitation {
            let part = SinglePart::builder().header(media_type(&invitation.media_type)?);
            forms = forms.singlepart(part.body(invitation.content.clone()));
        }
        Parts::Several(forms)
    };
    if body.attachments.is_empty() && body.invitation.is_none() {
        return Ok(shown);
    }
    let mixed = MultiPart::mixed();
    let mut mixed = match shown {
        Parts::Text(text) => mixed.singlepart(text),
        Parts::Several(forms) => mixed.multipart(forms),
    };
    let invitation = body.invitation.iter().map(|file| (file, CALENDAR_FILE));
    let files = body.attachments.iter();
    let files = files.map(|file| (file, file.media_type.as_str()));
    for (file, kind) in invitation.chain(files) {
        let name = one_line(&file.file_name);
        mixed = mixed.singlepart(
            lettre::message::Attachment::new(name).body(file.content.clone(), media_type(kind)?),
        );
    }
    Ok(Parts::Several(mixed))
}

fn media_type(text: &str) -> Result<ContentType, TransportError> {
    ContentType::parse(text).map_err(|error| TransportError::Invalid(format!("{text}: {error}")))
}

/// The address of a configured sender, without the name.
#[must_use]
pub fn sender_address(text: &str) -> Option<String> {
    sender(text).ok().map(|sender| sender.email.to_string())
}

/// The configured sender: an address, with or without a name.
fn sender(text: &str) -> Result<Mailbox, String> {
    let (name, address) = match text
        .trim()
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
    {
        Some((name, address)) => (name.trim().trim_matches('"'), address),
        None => ("", text),
    };
    let email = Email::read(address).map_err(|problem| format!("“{address}”: {problem}"))?;
    mailbox((!name.is_empty()).then(|| one_line(name)), &email)
}

fn mailbox(name: Option<String>, email: &Email) -> Result<Mailbox, String> {
    let address = email.as_str().parse().map_err(|error| format!("{error}"))?;
    Ok(Mailbox::new(name, address))
}

/// Removes line breaks, so that no text can add a header.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Writes to a temporary file and renames it, so that nobody reads an incomplete mail; readable by the owner
/// only, because it may contain a one-time link.
#[expect(
    clippy::disallowed_methods,
    reason = "mails written as files are this module's"
)]
fn write(file: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        data::create_folder(folder)?;
    }
    let unfinished = file.with_extension("part");
    let written = data::create_file(&unfinished).and_then(|mut part| {
        part.write_all(bytes)?;
        part.sync_all()?;
        std::fs::rename(&unfinished, file)
    });
    if written.is_err() {
        // Removed, because the disk may be full.
        let _ = std::fs::remove_file(&unfinished);
    }
    written
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use mail_parser::{Address, MessageParser, MimeHeaders as _};
    use proptest::prelude::*;

    use super::*;
    use crate::mail::Attachment;

    fn transport(mail_from: &str) -> Result<Transport, String> {
        let variable = |key: &str| (key == "IESPEJA_MAIL_FROM").then(|| mail_from.to_owned());
        Transport::new(&Config::from_sources(Path::new("x"), "", variable, false).unwrap())
    }

    fn written(recipient: &str, subject: &str, body: &str) -> Message {
        let body = Body {
            text: body.to_owned(),
            ..Body::default()
        };
        message(recipient, subject, body)
    }

    fn message(recipient: &str, subject: &str, body: Body) -> Message {
        let mail = SendMail {
            recipient: recipient.to_owned(),
            topic: String::new(),
            is_for_security: false,
            subject: subject.to_owned(),
            body,
        };
        transport("Iespēja <iespeja@Rīga.lv>")
            .unwrap()
            .message(JobId::NIL, &mail)
            .unwrap_or_else(|error| panic!("{recipient}: {error}"))
    }

    /// Parses a message with an independent library: sender, recipients, subject, text.
    fn read(bytes: &[u8]) -> (String, Vec<String>, String, String) {
        let message = MessageParser::default().parse(bytes).unwrap();
        let addresses = |address: Option<&Address>| -> Vec<String> {
            address
                .into_iter()
                .flat_map(Address::iter)
                .filter_map(|one| one.address().map(str::to_owned))
                .collect()
        };
        (
            addresses(message.from()).join(","),
            addresses(message.to()),
            message.subject().unwrap_or_default().to_owned(),
            message
                .body_text(0)
                .unwrap_or_default()
                .replace("\r\n", "\n"),
        )
    }

    #[test]
    fn a_mail_that_can_be_stopped_says_where() {
        let url = format!("https://iespeja.example/lv/reminders/{}", "a".repeat(80));
        let body = Body {
            text: "Labdien!".to_owned(),
            unsubscribe_url: Some(url.clone()),
            ..Body::default()
        };
        let bytes = message("anna@example.lv", "Kurss", body).formatted();
        let read = MessageParser::default().parse(&bytes).unwrap();
        let header = |name: &str| read.header_raw(name).unwrap().trim().to_owned();
        assert_eq!(header("List-Unsubscribe"), format!("<{url}>"));
        assert_eq!(
            header("List-Unsubscribe-Post"),
            "List-Unsubscribe=One-Click"
        );
        let plain = message("anna@example.lv", "Kurss", Body::default()).formatted();
        assert!(!String::from_utf8(plain).unwrap().contains("Unsubscribe"));
    }

    #[test]
    fn a_message_has_all_that_servers_ask_for() {
        let body = format!(
            "Labdien!\n\n{}\nhttps://x.lv/{}\n",
            "ā ".repeat(2000),
            "a".repeat(2000)
        );
        let message = written(
            "anna@Rīga.lv",
            "Apliecība „Pamati” ir gatava: šī ir gara tēma, kas nesaietu vienā rindā",
            &body,
        );
        let bytes = message.formatted();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.is_ascii(), "{text}");
        for header in [
            "MIME-Version: 1.0\r\n",
            "Date: ",
            "Message-ID: <00000000-0000-0000-0000-000000000000@xn--rga-uta.lv>\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Transfer-Encoding: ",
            "To: anna@xn--rga-uta.lv\r\n",
        ] {
            assert_eq!(text.matches(header).count(), 1, "{header}: {text}");
        }
        assert!(
            text.split("\r\n")
                .all(|line| line.len() <= 998 && !line.contains(['\r', '\n']))
        );
        let (from, to, subject, read_body) = read(&bytes);
        assert_eq!(from, "iespeja@xn--rga-uta.lv");
        assert_eq!(to, ["anna@xn--rga-uta.lv"]);
        assert!(
            subject.starts_with("Apliecība „Pamati” ir gatava: šī"),
            "{subject}"
        );
        assert_eq!(read_body.trim_end(), body.trim_end());
    }

    #[test]
    fn a_message_with_all_parts_is_read_with_all_of_them() {
        let calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Iespēja\r\nEND:VCALENDAR\r\n";
        let attachment = |name: &str, media_type: &str, content: &[u8]| Attachment {
            file_name: name.to_owned(),
            media_type: media_type.to_owned(),
            content: content.to_vec(),
        };
        let body = Body {
            text: "Labdien, Anna!".to_owned(),
            html: Some("<p>Labdien, <b>Anna</b>!</p>".to_owned()),
            attachments: vec![
                attachment(
                    "Apliecība „Pamati”.pdf",
                    "application/pdf",
                    &[0, 255, 13, 10, 0],
                ),
                attachment(
                    "seminārs.ics",
                    "text/calendar; charset=utf-8",
                    calendar.as_bytes(),
                ),
            ],
            ..Body::default()
        };
        let bytes = message("anna@example.lv", "Tēma", body).formatted();
        let read = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(read.body_text(0).unwrap(), "Labdien, Anna!");
        assert_eq!(read.body_html(0).unwrap(), "<p>Labdien, <b>Anna</b>!</p>");
        let files: Vec<_> = read
            .attachments()
            .map(|file| (file.attachment_name().unwrap(), file.contents()))
            .collect();
        assert_eq!(
            files,
            [
                ("Apliecība „Pamati”.pdf", &[0, 255, 13, 10, 0][..]),
                ("seminārs.ics", calendar.as_bytes()),
            ]
        );
    }

    #[test]
    fn an_invitation_is_another_form_of_the_text_and_a_file() {
        let calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Iespēja\r\nEND:VCALENDAR\r\n";
        let body = Body {
            text: "Labdien!".to_owned(),
            invitation: Some(Attachment {
                file_name: "event-1.ics".to_owned(),
                media_type: "text/calendar; charset=utf-8; method=REQUEST".to_owned(),
                content: calendar.as_bytes().to_vec(),
            }),
            ..Body::default()
        };
        let bytes = message("anna@example.lv", "Tēma", body).formatted();
        let read = MessageParser::default().parse(&bytes).unwrap();
        let kind = |part: &mail_parser::MessagePart<'_>| {
            let found = part.content_type().unwrap();
            let method = found.attribute("method").unwrap_or_default();
            let subtype = found.subtype().unwrap_or_default();
            format!("{}/{subtype} {method}", found.ctype())
                .trim()
                .to_owned()
        };
        let kinds: Vec<String> = read.parts.iter().map(kind).collect();
        assert_eq!(
            kinds,
            [
                "multipart/mixed",
                "multipart/alternative",
                "text/plain",
                "text/calendar REQUEST",
                "application/ics",
            ]
        );
        for part in &read.parts[3..] {
            assert_eq!(part.contents(), calendar.as_bytes());
        }
        assert_eq!(read.parts[4].attachment_name(), Some("event-1.ics"));
    }

    #[test]
    fn what_is_no_media_type_is_refused_for_good() {
        let mail = SendMail {
            recipient: "anna@example.lv".to_owned(),
            topic: String::new(),
            is_for_security: false,
            subject: "Tēma".to_owned(),
            body: Body {
                attachments: vec![Attachment {
                    file_name: "x".to_owned(),
                    media_type: "pdf\r\nBcc: x@y.lv".to_owned(),
                    content: Vec::new(),
                }],
                ..Body::default()
            },
        };
        let problem = transport("a@example.lv")
            .unwrap()
            .message(JobId::NIL, &mail);
        assert!(problem.unwrap_err().is_permanent());
    }

    #[test]
    fn an_answer_tells_whether_the_address_is_the_reason() {
        use TransportError::{AddressRefused, Failed, Refused};
        type Meaning = fn(&TransportError) -> bool;
        let (address, other, later): (Meaning, Meaning, Meaning) = (
            |error| matches!(error, AddressRefused(_)),
            |error| matches!(error, Refused(_)),
            |error| matches!(error, Failed(_)),
        );
        for (code, answer, means) in [
            (
                Some(550),
                "permanent error (550): 5.1.1 <a@x.lv>: user unknown",
                address,
            ),
            (
                Some(550),
                "permanent error (550): No such user here",
                address,
            ),
            (Some(550), "permanent error (550): 5.0.0 refused", address),
            (
                Some(552),
                "permanent error (552): 5.2.2 mailbox full",
                address,
            ),
            (
                Some(554),
                "permanent error (554): 5.1.10 no such domain",
                address,
            ),
            (
                Some(550),
                "permanent error (550): 5.7.1 relaying denied",
                other,
            ),
            (Some(554), "permanent error (554): rejected as spam", other),
            (
                Some(550),
                "permanent error (550): no 10.1.1.2 in the list 5.7.1",
                other,
            ),
            (
                Some(535),
                "permanent error (535): 5.7.8 bad credentials",
                later,
            ),
            (
                Some(530),
                "permanent error (530): 5.7.0 sign in first",
                later,
            ),
            (None, "network error", later),
        ] {
            let error = failure(code, answer.to_owned());
            assert!(means(&error), "{answer}: {error:?}");
        }
    }

    #[test]
    fn no_text_adds_a_header() {
        for subject in [
            "A\r\nBcc: x@y.lv",
            "A\nBcc: x@y.lv",
            "A\r\n\r\nBcc: x@y.lv",
            "Ā\u{85}Bcc: x@y.lv",
            "\0A\u{2028}Bcc: x",
        ] {
            let bytes =
                written("anna@example.lv", subject, "x\r\n.\r\nBcc: x@y.lv\r\n").formatted();
            let text = String::from_utf8(bytes.clone()).unwrap();
            let (head, _) = text.split_once("\r\n\r\n").unwrap();
            assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
            assert_eq!(read(&bytes).1, ["anna@example.lv"], "{subject}");
        }
    }

    #[test]
    fn a_sender_that_cannot_be_used_names_its_key() {
        for text in [
            "Iespēja",
            "a b@example.lv",
            "Iespēja <jānis@example.lv>",
            "<>",
            "x@[192.0.2.1]",
        ] {
            let problem = transport(text).unwrap_err();
            assert!(problem.contains("IESPEJA_MAIL_FROM"), "{problem}");
        }
        for text in [
            "iespeja@localhost",
            "\"Iespēja, mācības\" <iespeja@example.lv>",
            "<a@example.lv>",
        ] {
            transport(text).unwrap();
        }
    }

    proptest! {
        /// Every accepted address can be sent to, and only that address is used.
        #[test]
        fn every_accepted_address_can_be_sent_to(
            local in "[a-zA-Z0-9.+_'\"() -]{1,12}|[!-~]{1,20}|[a-zāčēģī.]{1,9}",
            domain in "[a-zA-Z0-9.-]{1,20}|[a-zāčēģīķļņšūžäöß]{1,12}\\.(lv|eu|рф)|[ -~]{1,12}|\\PC{1,8}",
        ) {
            let typed = format!("{local}@{domain}");
            if let Ok(email) = Email::read(&typed) {
                prop_assert!(email.as_str().is_ascii());
                prop_assert_eq!(Email::read(email.as_str()), Ok(email.clone()));
                prop_assert_eq!(Email::read(&email.readable()), Ok(email.clone()));
                let message = written(email.as_str(), "Tēma", "Teksts");
                let envelope: Vec<_> = message.envelope().to().iter().map(ToString::to_string).collect();
                prop_assert_eq!(envelope, [email.as_str()]);
                prop_assert_eq!(read(&message.formatted()).1, [email.as_str()]);
            }
        }
    }
}
