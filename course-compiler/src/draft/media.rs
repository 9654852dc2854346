//! Pictures, video and sound among a course's assets, and what belongs to a recording.
//!
//! What belongs together shares its name: `intro.mp4` has captions in `intro.lv.vtt` and its transcript, a
//! Markdown text, in `intro.lv.md`.

use std::collections::BTreeMap;

use super::course::DraftCourse;
use super::file::DraftFile;
use crate::model::{Language, pick};

/// What a file shows or plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediaKind {
    /// A picture, or anything else: a browser shows it as one or not at all.
    Picture,
    /// Moving pictures.
    Video,
    /// Sound alone.
    Sound,
}

impl MediaKind {
    /// What the file with this name holds.
    pub(crate) fn of(path: &str) -> Self {
        match path
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase())
            .as_deref()
        {
            Some("mp4" | "m4v" | "webm" | "ogv") => Self::Video,
            Some("mp3" | "m4a" | "ogg" | "oga" | "opus" | "wav" | "flac") => Self::Sound,
            _ => Self::Picture,
        }
    }

    /// Whether it has a beginning and an end, so that it needs captions or a transcript.
    pub(crate) fn is_recording(self) -> bool {
        self != Self::Picture
    }
}

/// The language of a text that belongs to a recording: `assets/intro.lv.md` → Latvian.
pub(crate) fn transcript_language(path: &str) -> Option<Language> {
    let stem = path.strip_prefix("assets/")?.strip_suffix(".md")?;
    Language::from_word(stem.rsplit_once('.')?.1)
}

impl DraftCourse {
    /// The captions of a recording, by language, as paths within the course.
    pub(crate) fn captions(&self, recording: &str) -> BTreeMap<Language, String> {
        Language::ALL
            .iter()
            .map(|language| (*language, beside(recording, *language, "vtt")))
            .filter(|(_, path)| self.assets.contains_key(path))
            .collect()
    }

    /// What is said and shown in a recording, in `language` or else in another one.
    pub(crate) fn transcript(
        &self,
        recording: &str,
        language: Language,
    ) -> Option<(Language, &DraftFile)> {
        let all = Language::ALL
            .iter()
            .filter_map(|language| {
                let text = self.transcripts.get(&beside(recording, *language, "md"))?;
                Some((*language, text))
            })
            .collect();
        pick(&all, language).map(|(found, text)| (found, &***text))
    }
}

/// `assets/intro.mp4` → `assets/intro.lv.vtt`.
fn beside(recording: &str, language: Language, ending: &str) -> String {
    let stem = recording
        .rsplit_once('.')
        .map_or(recording, |(stem, _)| stem);
    format!("{stem}.{language}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_recording_share_its_name() {
        assert_eq!(MediaKind::of("assets/intro.MP4"), MediaKind::Video);
        assert_eq!(MediaKind::of("assets/intro.mp3"), MediaKind::Sound);
        assert_eq!(MediaKind::of("assets/intro.svg"), MediaKind::Picture);
        assert_eq!(
            beside("assets/intro.mp4", Language::Lv, "vtt"),
            "assets/intro.lv.vtt"
        );
        assert_eq!(
            transcript_language("assets/intro.en.md"),
            Some(Language::En)
        );
        assert_eq!(transcript_language("assets/intro.md"), None);
        assert_eq!(transcript_language("assets/intro.de.md"), None);
        assert_eq!(transcript_language("lv/intro.lv.md"), None);
    }
}
