//! `a11y-media-no-captions`: a recording without captions or transcript.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::MediaKind;
use crate::draft_course::DraftCourse;
use crate::parse::{NodeKind, Target, target};

pub(crate) const RULE: Rule = Rule {
    code: "a11y-media-no-captions",
    severity: Severity::Error,
    page: include_str!("a11y_media_no_captions.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        file.walk(&mut |node| {
            let NodeKind::Image { url, .. } = &node.kind else {
                return;
            };
            let Target::File { path, .. } = target(url, &file.path) else {
                return;
            };
            let kind = MediaKind::of(&path);
            if !kind.is_recording() || !course.assets.contains_key(&path) {
                return;
            }
            let captions = course.captions(&path);
            let transcript = course.transcript(&path, file.language);
            let own_captions = captions.contains_key(&file.language);
            let own_transcript = transcript.is_some_and(|(language, _)| language == file.language);
            let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
            let language = file.language;
            let (is_error, message, help) = match kind {
                MediaKind::Picture => return,
                MediaKind::Sound if own_transcript => return,
                MediaKind::Sound => (
                    transcript.is_none(),
                    "the sound has no text for those who do not hear it",
                    format!("write down what is said, in `{stem}.{language}.md`"),
                ),
                MediaKind::Video if own_captions => return,
                MediaKind::Video if own_transcript => (
                    false,
                    "the video has a text, but no captions",
                    format!("add captions, `{stem}.{language}.vtt`, so that one can read them while watching"),
                ),
                MediaKind::Video => (
                    captions.is_empty() && transcript.is_none(),
                    "the video has no captions for those who do not hear it",
                    format!("add captions, `{stem}.{language}.vtt`, and what is said and shown as text, `{stem}.{language}.md`"),
                ),
            };
            let message = if is_error || own_transcript {
                message.to_owned()
            } else {
                format!("{message} in the language of this text")
            };
            let mut diagnostic = RULE.at(&file.source, node.span, message).help(help);
            if !is_error {
                diagnostic.severity = Severity::Warning;
            }
            found.push(diagnostic);
        });
    }
}
