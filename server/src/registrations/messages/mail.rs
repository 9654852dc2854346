//! The mails of a message: what they say beside its text, and when they are not sent.

use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use tera::Context;

use super::model::{STATES, Wording};
use crate::{
    events::{Event, views::title},
    http::Lang,
    ids::RegistrationId,
    mail::{Body, Mail},
    registrations::{state::State, store},
};

/// What [`Body::only_while`] of these mails begins with.
const ONLY_WHILE: &str = "event-message:";

/// The kind of these mails.
pub(super) const KIND: &str = "event-message";

/// A message as somebody gets it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Written {
    /// The subject line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The paragraphs of the message, each with its lines; for the HTML.
    paragraphs: Vec<Vec<String>>,
    event: String,
    /// What the link is to.
    link_label: String,
    link: String,
    why: String,
}

#[cfg(test)]
impl Written {
    /// For samples of pages.
    pub(super) fn sample(wording: &Wording) -> Self {
        Self {
            subject: wording.subject.clone(),
            text: wording.text.clone(),
            paragraphs: vec![wording.text.lines().map(str::to_owned).collect()],
            event: "Pasākums: Diskusija".to_owned(),
            link_label: "Jūsu pieteikums:".to_owned(),
            link: "https://example.test/lv/registrations/…".to_owned(),
            why: "Ziņu sūtīja Anna Paraudziņa.".to_owned(),
        }
    }
}

/// To whom a message is written.
pub(super) struct Reader {
    /// The language.
    pub lang: Lang,
    /// The whole address of their registration, or what stands for it in a preview.
    pub link: String,
}

/// Writes a message for a reader; `sender` is the name of whoever sends it.
pub(super) fn write(
    state: &State,
    event: &Event,
    wording: &Wording,
    sender: &str,
    reader: &Reader,
) -> Written {
    let (theme, lang) = (state.composer.theme(), reader.lang);
    let event = title((theme, lang), event);
    let sender = [("sender", sender.into())];
    let why = theme.text_with(lang, "event-message-why", &sender);
    let link_label = theme.text(lang, "event-message-link");
    let about = theme.text_with(
        lang,
        "event-message-about",
        &[("event", event.as_str().into())],
    );
    let text = format!(
        "{}\n\n-- \n{about}\n{link_label}\n{}\n\n{why}\n",
        wording.text, reader.link
    );
    let paragraphs = wording
        .text
        .split("\n\n")
        .map(|paragraph| paragraph.lines().map(str::to_owned).collect())
        .collect();
    Written {
        subject: wording.subject.clone(),
        text,
        paragraphs,
        event: about,
        link_label,
        link: reader.link.clone(),
        why,
    }
}

/// The mail.
///
/// # Errors
/// The template cannot be rendered.
pub(super) fn mail(
    state: &State,
    event: &Event,
    written: Written,
    lang: Lang,
    (recipient, dedup_key): (&str, String),
) -> Result<Mail, DbErr> {
    let custom = |error: tera::Error| DbErr::Custom(error.to_string());
    let mut context = Context::from_serialize(&written).map_err(custom)?;
    context.insert("lang", lang.as_str());
    let theme = state.composer.theme();
    let html = theme
        .render(lang, "emails/event-message.html", &context)
        .map_err(custom)?;
    let own = event.row.contact_email.clone();
    let own = Some(own).filter(|address| !address.is_empty());
    Ok(Mail {
        dedup_key,
        recipient: recipient.to_owned(),
        topic: KIND.to_owned(),
        is_for_security: false,
        subject: written.subject,
        body: Body {
            text: written.text,
            html: Some(html),
            reply_to: own.or_else(|| state.contact_email.as_deref().map(str::to_owned)),
            ..Body::default()
        },
    })
}

/// What [`Body::only_while`] of the mail to a registration is.
pub(super) fn only_while(id: RegistrationId) -> String {
    format!("{ONLY_WHILE}{id}")
}

/// Whether a mail is still to be sent: the registration has not ended. `None` if the mail is none of a message.
pub(in crate::registrations) async fn is_wanted(
    db: &impl ConnectionTrait,
    only_while: &str,
) -> Result<Option<bool>, DbErr> {
    let Some(id) = only_while.strip_prefix(ONLY_WHILE) else {
        return Ok(None);
    };
    let Ok(id) = id.parse::<RegistrationId>() else {
        return Ok(Some(false));
    };
    let row = store::find(db, id).await?;
    Ok(Some(row.is_some_and(|row| STATES.contains(&row.state))))
}
