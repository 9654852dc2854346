//! How mails leave: by an SMTP relay, or as files in a folder when none is configured.

use std::path::PathBuf;

use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use uuid::Uuid;

use super::model::file_name;
use crate::config::Config;

/// A way out.
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

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// It cannot be written as a message, e.g. for its address; trying again does not help.
    #[error("not a valid message: {0}")]
    Invalid(String),
    /// The relay refused it for good.
    #[error("refused: {0}")]
    Refused(String),
    /// It did not work this time.
    #[error("{0}")]
    Failed(String),
}

impl TransportError {
    /// Whether trying again is of no use.
    pub(super) const fn is_final(&self) -> bool {
        matches!(self, Self::Invalid(_) | Self::Refused(_))
    }
}

impl Transport {
    /// The way that the configuration asks for. Nothing is sent yet.
    ///
    /// # Errors
    /// The sender's address or the relay cannot be used; the message names the configuration key.
    pub fn new(config: &Config) -> Result<Self, String> {
        let sender = config.mail_from.parse().map_err(|error| {
            format!("configuration key `IESPEJA_MAIL_FROM` cannot be used: {error}")
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

    /// Sends a mail. The message's id is the outbox's, so that a relay can drop one sent twice.
    ///
    /// # Errors
    /// See [`TransportError`].
    pub async fn send(
        &self,
        id: Uuid,
        recipient: &str,
        subject: &str,
        body: &str,
    ) -> Result<(), TransportError> {
        let domain = self.sender.email.domain();
        let message = Message::builder()
            .from(self.sender.clone())
            .to(recipient
                .parse()
                .map_err(|error| TransportError::Invalid(format!("{error}")))?)
            .subject(subject)
            .message_id(Some(format!("<{id}@{domain}>")))
            .header(ContentType::TEXT_PLAIN)
            .body(body.to_owned())
            .map_err(|error| TransportError::Invalid(error.to_string()))?;
        match &self.way {
            Way::Smtp(relay) => match relay.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => {
                    Err(TransportError::Refused(error.to_string()))
                }
                Err(error) => Err(TransportError::Failed(error.to_string())),
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

/// Writes beside and renames, so that nobody reads half a mail.
#[expect(
    clippy::disallowed_methods,
    reason = "mails written as files are this module's"
)]
fn write(file: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let unfinished = file.with_extension("part");
    std::fs::write(&unfinished, bytes)?;
    std::fs::rename(&unfinished, file)
}
