//! A mail, and the job of sending it.

use chrono::DateTime;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ids::JobId,
    jobs::{self, Retry},
};

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// What the mail is about, e.g. `certificate-issued:{id}`: one mail is queued for each key.
    pub dedup_key: String,
    /// The address it goes to.
    pub recipient: String,
    /// The kind of its messages, e.g. `reset-password`; administrators see it instead of its text.
    pub topic: String,
    /// Whether it is needed for signing in or tells of a danger to the account. Such mails have a daily bound of their
    /// own, so that no others shut them out.
    pub is_for_security: bool,
    /// The subject line.
    pub subject: String,
    /// What it says.
    pub body: Body,
}

impl Mail {
    /// Marks it as needed for signing in or telling of a danger to the account: see [`Mail::is_for_security`].
    #[must_use]
    pub fn for_security(self) -> Self {
        Self {
            is_for_security: true,
            ..self
        }
    }
}

/// The content of a mail. It is deleted once the mail is sent, because it may contain a one-time link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The plain text.
    pub text: String,
    /// The same content as HTML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// A calendar entry that mail programs show as an invitation: it is there as another form of the text, and as a
    /// file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Attachment>,
    /// The attachments in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Where an answer goes, if not to the sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// Where mails of this kind are stopped, for the button of mail programs (RFC 8058): a POST to it needs nothing
    /// else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe_url: Option<String>,
    /// What is asked once more right before the mail is sent, see [`StillWanted`](super::StillWanted).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_while: Option<String>,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its file name.
    pub file_name: String,
    /// Its media type, e.g. `application/pdf`.
    pub media_type: String,
    /// Its bytes.
    #[serde(with = "base64")]
    pub content: Vec<u8>,
}

/// The job of sending a [`Mail`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SendMail {
    pub(super) recipient: String,
    #[serde(default)]
    pub(super) topic: String,
    #[serde(default)]
    pub(super) is_for_security: bool,
    pub(super) subject: String,
    #[serde(default)]
    pub(super) body: Body,
}

impl jobs::Job for SendMail {
    const KIND: &'static str = "send-mail";
    const RETRY: Retry = Retry::PATIENT;
    type Output = ();

    fn redact(&mut self) {
        self.body = Body::default();
    }
}

/// Bytes as Base64 text in JSON.
mod base64 {
    use data_encoding::BASE64;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&BASE64.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        BASE64.decode(text.as_bytes()).map_err(D::Error::custom)
    }
}

/// The file name of a mail when no SMTP server is configured: the time at which it was queued, and enough of
/// its id to be unique.
#[must_use]
pub fn file_name(id: JobId) -> String {
    let id = Uuid::from(id);
    let (seconds, _) = id
        .get_timestamp()
        .map_or((0, 0), |timestamp| timestamp.to_unix());
    let queued =
        DateTime::from_timestamp(i64::try_from(seconds).unwrap_or(0), 0).unwrap_or_default();
    let simple = id.simple().to_string();
    let tail = simple.get(20..).unwrap_or_default();
    format!("{}-{tail}.eml", queued.format("%Y%m%d-%H%M%S"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[test]
    fn files_are_named_by_time_and_id() {
        let clock = Clock::fixed("2026-11-22T09:00:05Z".parse().unwrap());
        let (one, other) = (file_name(clock.new_id()), file_name(clock.new_id()));
        assert!(
            one.starts_with("20261122-090005-") && one.strip_suffix(".eml").is_some(),
            "{one}"
        );
        assert_ne!(one, other);
    }
}
