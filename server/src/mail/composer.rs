//! Writes mails from the theme's messages.

use super::{Body, Mail};
use crate::http::{
    Lang,
    address::{self, Address as _},
    theme::{Arg, Theme},
};

/// What is needed to write mails: the messages, and the beginning of links.
#[derive(Clone)]
pub struct Composer {
    theme: Theme,
    public_url: String,
}

impl Composer {
    /// `public_url` is the beginning of links, without a trailing slash.
    #[must_use]
    pub const fn new(theme: Theme, public_url: String) -> Self {
        Self { theme, public_url }
    }

    /// A link to a page of this site.
    #[must_use]
    pub fn link(&self, url: &str) -> String {
        format!("{}{url}", self.public_url)
    }

    /// The messages.
    #[must_use]
    pub const fn theme(&self) -> &Theme {
        &self.theme
    }

    /// The beginning of links, without a trailing slash.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// A message of the theme, for a part of a mail.
    #[must_use]
    pub fn text(&self, lang: Lang, key: &str) -> String {
        self.theme.text(lang, key)
    }

    /// The mail from the messages `mail-{kind}-subject` and `mail-{kind}-body`, with the common footer.
    #[must_use]
    pub fn mail(
        &self,
        lang: Lang,
        kind: &str,
        recipient: &str,
        dedup_key: String,
        args: &[(&str, Arg<'_>)],
    ) -> Mail {
        let text = |part: &str| {
            self.theme
                .text_with(lang, &format!("mail-{kind}-{part}"), args)
        };
        let home = Arg::from(self.link(&address::Home.url(lang)));
        let footer = self.theme.text_with(lang, "mail-footer", &[("home", home)]);
        Mail {
            dedup_key,
            recipient: recipient.to_owned(),
            topic: kind.to_owned(),
            is_for_security: false,
            subject: text("subject"),
            body: Body {
                text: format!("{}\n\n-- \n{footer}\n", text("body")),
                ..Body::default()
            },
        }
    }
}
