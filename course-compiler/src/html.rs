//! Helpers for HTML: escaping, attributes, and the feedback of marked questions.

use std::borrow::Cow;
use std::fmt;

use crate::grade::PartMark;
use crate::model::{Language, pick};
use crate::text::Words;

/// Appends formatted text to a `String`, which cannot fail.
macro_rules! put {
    ($out:expr, $($argument:tt)*) => {{
        use std::fmt::Write as _;
        let _ = write!($out, $($argument)*);
    }};
}
pub(crate) use put;

/// Precedes the number of a gap, counted from 0, in the HTML of a prompt. No author's text can look like it,
/// because `<` is escaped.
pub(crate) const GAP_OPEN: &str = "<span class=\"gap\" data-gap=\"";
/// Follows the number of a gap.
pub(crate) const GAP_CLOSE: &str = "\"></span>";

/// Escapes text for element content and double-quoted attributes.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len().saturating_add(16));
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// The text of an HTML fragment made by this crate, still escaped, for an `option`, which cannot contain
/// elements.
pub(crate) fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// The number of visible characters of an HTML fragment made by this crate.
pub(crate) fn visible_length(html: &str) -> usize {
    let text = without_tags(html);
    let mut in_reference = false;
    text.chars()
        .filter(|c| {
            let is_seen = !in_reference;
            // `&amp;` is one visible character, counted at its first byte here.
            in_reference = if in_reference { *c != ';' } else { *c == '&' };
            is_seen
        })
        .count()
}

/// An element id made of two parts.
pub(crate) struct Id<'a>(pub(crate) &'a str, pub(crate) &'a str);

impl fmt::Display for Id<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}", escape(self.0), escape(self.1))
    }
}

/// A boolean attribute with a space before it.
pub(crate) const fn flag(name: &'static str, on: bool) -> impl fmt::Display {
    Flag(name, on)
}

struct Flag(&'static str, bool);

impl fmt::Display for Flag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.1 {
            write!(out, " {}", self.0)?;
        }
        Ok(())
    }
}

/// The `lang` attribute of a text in another language than the page, with a space before it.
pub(crate) fn lang(foreign: Option<Language>) -> impl fmt::Display {
    Lang(foreign)
}

struct Lang(Option<Language>);

impl fmt::Display for Lang {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(language) => write!(out, " lang=\"{language}\""),
            None => Ok(()),
        }
    }
}

/// The attribute of a control with an invalid value, with a space before it.
pub(crate) const fn invalid(on: bool) -> &'static str {
    if on { " aria-invalid=\"true\"" } else { "" }
}

/// The attribute that connects a control to these elements, with a space before it; empty if there are none.
pub(crate) fn described_by<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    let ids: Vec<Cow<'_, str>> = ids.into_iter().map(escape).collect();
    if ids.is_empty() {
        String::new()
    } else {
        format!(" aria-describedby=\"{}\"", ids.join(" "))
    }
}

/// The attribute that connects a control to its feedback, with a space before it.
pub(crate) fn described(on: bool, id: &Id<'_>) -> String {
    if on {
        format!(" aria-describedby=\"{id}-feedback\"")
    } else {
        String::new()
    }
}

/// The feedback on a marked part.
pub(crate) struct Feedback<'a, D> {
    /// The id of the part's element; the feedback's own is `…-feedback`.
    pub(crate) id: D,
    /// The verdict in a word, as safe HTML.
    pub(crate) word: &'a str,
    /// The mark of the part.
    pub(crate) part: &'a PartMark,
    /// The page's language.
    pub(crate) language: Language,
}

/// Writes the verdict in a word, then the author's feedback.
pub(crate) fn verdict(feedback: &Feedback<'_, impl fmt::Display>, out: &mut String) {
    let modifier = match feedback.part.verdict {
        crate::grade::Verdict::Right => "right",
        crate::grade::Verdict::Partial => "partial",
        crate::grade::Verdict::Wrong => "wrong",
        crate::grade::Verdict::Missed | crate::grade::Verdict::Untouched => "missed",
    };
    put!(
        out,
        "<div class=\"choice__feedback\" id=\"{}-feedback\"><span class=\"verdict verdict--{modifier}\">{}</span>",
        feedback.id,
        feedback.word,
    );
    if let Some((found, text)) = pick(&feedback.part.feedback, feedback.language) {
        let foreign = (found != feedback.language).then_some(found);
        put!(
            out,
            "<div class=\"choice__comment\"{}>{text}</div>",
            lang(foreign)
        );
    }
    out.push_str("</div>");
}

/// Writes a notice, in the language of the page, that what follows is in another language.
pub(crate) fn untranslated_notice(language: Language, out: &mut String) {
    put!(
        out,
        "<p class=\"untranslated__notice\" lang=\"{language}\">{}</p>\n",
        Words::of(language).untranslated
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_could_end_a_text_or_an_attribute() {
        assert_eq!(
            escape("\"a\" & <b> 'c'"),
            "&quot;a&quot; &amp; &lt;b&gt; &#39;c&#39;"
        );
        assert!(matches!(escape("Āboli"), Cow::Borrowed("Āboli")));
    }

    #[test]
    fn strips_tags_and_keeps_escapes() {
        assert_eq!(without_tags("<em>a</em> &lt; <code>b</code>"), "a &lt; b");
    }
}
