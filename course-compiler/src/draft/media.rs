//! Pictures, video and sound among a course's assets. What belongs to a recording: `DraftCourse::captions`.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_shown_or_played_by_its_ending() {
        assert_eq!(MediaKind::of("assets/intro.MP4"), MediaKind::Video);
        assert_eq!(MediaKind::of("assets/intro.mp3"), MediaKind::Sound);
        assert_eq!(MediaKind::of("assets/intro.svg"), MediaKind::Picture);
    }
}
