//! Pictures, figures, video and sound.

use super::markdown::{References, Renderer};
use super::size::size;
use crate::draft::MediaKind;
use crate::html::{escape, put};
use crate::load::FileKind;
use crate::parse::{Node, NodeKind, Target, plain_text, target};

impl Renderer<'_> {
    /// The picture or recording of a paragraph without other content. A title becomes its caption.
    pub(super) fn alone(&mut self, image: &Node, out: &mut String) {
        let NodeKind::Image { url, title, .. } = &image.kind else {
            return;
        };
        let kind = self.playable(url);
        let caption = if title.is_empty() {
            String::new()
        } else {
            format!("<figcaption>{}</figcaption>", escape(title))
        };
        if kind.is_recording() {
            self.recording(kind, url, &plain_text(&image.children), &caption, out);
        } else if caption.is_empty() {
            out.push_str("<p>");
            self.image(image, out);
            out.push_str("</p>\n");
        } else {
            out.push_str("<figure>");
            self.image(image, out);
            out.push_str(&caption);
            out.push_str("</figure>\n");
        }
    }

    /// An inline picture. An inline recording, or one in a transcript, is a link.
    pub(super) fn image(&mut self, node: &Node, out: &mut String) {
        let NodeKind::Image {
            url, decorative, ..
        } = &node.kind
        else {
            return;
        };
        let alt = if *decorative {
            String::new()
        } else {
            plain_text(&node.children)
        };
        let Some(address) = self.asset(url) else {
            return;
        };
        if self.kind(url).is_recording() {
            put!(out, "<a href=\"{}\">{}</a>", escape(&address), escape(&alt));
            return;
        }
        put!(
            out,
            "<img src=\"{}\" alt=\"{}\"",
            escape(&address),
            escape(&alt)
        );
        if let Target::File { path, .. } = target(url, &self.file.path)
            && let Some(bytes) = self.course.and_then(|course| course.assets.get(&path))
            && let Some((width, height)) = size(&path, bytes)
        {
            put!(out, " width=\"{width}\" height=\"{height}\"");
        }
        out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    fn kind(&self, url: &str) -> MediaKind {
        match target(url, &self.file.path) {
            Target::File { path, .. } => MediaKind::of(&path),
            _ => MediaKind::Picture,
        }
    }

    /// The kind of a file that gets a player here; none in a transcript, which could contain its own
    /// recording.
    fn playable(&self, url: &str) -> MediaKind {
        match FileKind::of(&self.file.path) {
            FileKind::Transcript(_) => MediaKind::Picture,
            _ => self.kind(url),
        }
    }

    /// A player with captions in all available languages, and the transcript.
    fn recording(
        &mut self,
        kind: MediaKind,
        url: &str,
        name: &str,
        caption: &str,
        out: &mut String,
    ) {
        let Target::File { path, .. } = target(url, &self.file.path) else {
            return;
        };
        let (Some(course), Some(address)) = (self.course, self.asset(url)) else {
            return;
        };
        let (element, modifier) = match kind {
            MediaKind::Sound => ("audio", "sound"),
            _ => ("video", "video"),
        };
        let (address, name) = (escape(&address), escape(name));
        put!(
            out,
            "<figure class=\"media media--{modifier}\"><{element} controls preload=\"metadata\" src=\"{address}\" \
             aria-label=\"{name}\">"
        );
        for (language, captions) in course.captions(&path) {
            if let Some(captions) = self.asset_at(&captions) {
                put!(
                    out,
                    "<track kind=\"captions\" src=\"{}\" srclang=\"{language}\" label=\"{}\"{}>",
                    escape(&captions),
                    crate::text::language_name(language),
                    crate::html::flag("default", language == self.file.language),
                );
            }
        }
        put!(
            out,
            "<a href=\"{address}\">{name}</a></{element}>{caption}</figure>\n"
        );
        if let Some((language, text)) = course.transcript(&path, self.file.language) {
            put!(
                out,
                "<details class=\"media__transcript\"><summary>{}: {name}</summary><div{}>\n",
                self.words.transcript,
                crate::html::lang((language != self.file.language).then_some(language)),
            );
            Renderer::new(course, text, References::InPlace).blocks(out);
            out.push_str("</div></details>\n");
        }
    }
}
