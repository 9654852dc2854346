//! Kinds of media among a course's assets. For the files that belong to a recording see
//! `DraftCourse::captions`.

/// The kind of media in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediaKind {
    /// A picture, or any other file.
    Picture,
    /// A video.
    Video,
    /// A sound recording.
    Sound,
}

impl MediaKind {
    /// The kind of media by the file's name.
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

    /// Whether it is played, so that it needs captions or a transcript.
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
