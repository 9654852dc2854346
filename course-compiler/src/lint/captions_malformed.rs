//! `captions-malformed`: captions that no browser reads.

use crate::diagnostic::{Diagnostic, Location, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::parse::conflicts;
use crate::source::{Source, Span};

pub(crate) const RULE: Rule = Rule {
    code: "captions-malformed",
    severity: Severity::Error,
    page: include_str!("captions_malformed.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for (path, bytes) in &course.assets {
        if has_ending(path, "vtt") && !conflicts::may_have(bytes) {
            let place = format!("{}/{path}", course.slug);
            found.extend(problem(place, bytes));
        }
    }
}

fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, own)| own.eq_ignore_ascii_case(ending))
}

/// What is wrong with a `WebVTT` file.
fn problem(path: String, bytes: &[u8]) -> Option<Diagnostic> {
    let whole = |message: &str, help: &str| {
        Some(
            RULE.in_place(Location::file(path.clone()), message)
                .help(help),
        )
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        return whole(
            "the captions are not text in UTF-8",
            "save them again as UTF-8; many editors ask for the encoding in their dialogue for saving",
        );
    };
    let text = text
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let first = text.lines().next().unwrap_or_default();
    let is_header = first
        .strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    let source = Source::new(path.clone(), text.as_bytes());
    let mut at = 0_usize;
    let mut cues = 0_usize;
    let mut last = 0_u64;
    let mut wrong = None;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at.saturating_add(line.trim_end().len()));
        at = at.saturating_add(line.len());
        if !line.contains("-->") {
            continue;
        }
        cues = cues.saturating_add(1);
        let problem = match times(line) {
            None => Some((
                "these times are not read",
                "write `00:01.000 --> 00:04.000`: minutes, seconds, a point and three digits, with hours before them if need be",
            )),
            Some((start, end)) if end <= start => Some((
                "this caption ends before it begins",
                "write the earlier time first",
            )),
            Some((start, _)) if start < last => Some((
                "this caption begins before the one above it",
                "put captions in the order in which they are shown",
            )),
            Some((start, _)) => {
                last = start;
                None
            }
        };
        if wrong.is_none() {
            wrong = problem.map(|problem| (span, problem));
        }
    }
    if !is_header {
        let is_subrip = text
            .lines()
            .any(|line| line.contains("-->") && line.contains(','));
        return whole(
            "the captions are not WebVTT: they do not begin with `WEBVTT`",
            if is_subrip {
                "they look like SubRip (.srt): put a line `WEBVTT` and an empty line above them, and write points instead of commas in the times"
            } else {
                "put a line `WEBVTT` and an empty line above them"
            },
        );
    }
    if cues == 0 {
        return whole(
            "the captions have no text",
            "write for each what is said, below a line such as `00:01.000 --> 00:04.000`",
        );
    }
    wrong.map(|(span, (message, help))| RULE.at(&source, span, message).help(help))
}

/// The times of a caption in milliseconds.
fn times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    (rest.starts_with(char::is_whitespace) && start.ends_with(char::is_whitespace)).then_some(())?;
    Some((milliseconds(start.trim())?, milliseconds(end)?))
}

/// `01:02:03.004`; hours may be missing.
fn milliseconds(time: &str) -> Option<u64> {
    let (clock, fraction) = time.split_once('.')?;
    let digits = |text: &str, most: usize| {
        let is_number =
            (2..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<u64>().ok()).flatten()
    };
    let fraction = (fraction.len() == 3)
        .then(|| digits(fraction, 3))
        .flatten()?;
    let mut parts = clock.rsplit(':');
    let seconds = digits(parts.next()?, 2).filter(|seconds| *seconds < 60)?;
    let minutes = digits(parts.next()?, 2).filter(|minutes| *minutes < 60)?;
    let hours = parts.next().map_or(Some(0), |hours| digits(hours, 4))?;
    parts.next().is_none().then_some(())?;
    let minutes = hours.checked_mul(60)?.checked_add(minutes)?;
    let seconds = minutes.checked_mul(60)?.checked_add(seconds)?;
    seconds.checked_mul(1000)?.checked_add(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<String> {
        problem("c/assets/a.lv.vtt".to_owned(), text.as_bytes()).map(|found| found.message)
    }

    #[test]
    fn captions_that_browsers_read_are_let_pass() {
        for text in [
            "WEBVTT\n\n00:00.000 --> 00:02.000\nLabdien!\n",
            "\u{feff}WEBVTT - Saruna\r\n\r\n1\r\n00:00:00.000 --> 00:00:02.500 align:start\r\n<v Anna>Labdien!\r\n",
            "WEBVTT\n\nNOTE piezīme\n\n100:00:00.000 --> 100:00:01.000\nA\n",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn others_are_told() {
        for (text, words) in [
            ("", "not WebVTT"),
            ("Labdien!\n", "not WebVTT"),
            ("1\n00:00:00,000 --> 00:00:02,000\nLabdien!\n", "not WebVTT"),
            ("WEBVTTX\n\n00:00.000 --> 00:02.000\nA\n", "not WebVTT"),
            ("WEBVTT\n", "no text"),
            ("WEBVTT\n\n00:00:00,000 --> 00:00:02,000\nA\n", "times"),
            ("WEBVTT\n\n00:00.000-->00:02.000\nA\n", "times"),
            ("WEBVTT\n\n0:00.000 --> 0:02.000\nA\n", "times"),
            ("WEBVTT\n\n00:61.000 --> 00:62.000\nA\n", "times"),
            ("WEBVTT\n\n00:02.000 --> 00:01.000\nA\n", "ends before"),
            (
                "WEBVTT\n\n00:02.000 --> 00:03.000\nA\n\n00:01.000 --> 00:02.000\nB\n",
                "begins before",
            ),
        ] {
            let message = said(text).unwrap_or_default();
            assert!(message.contains(words), "{text}: {message}");
        }
        let latin = problem("a".to_owned(), b"WEBVTT\n\n00:00.000 --> 00:02.000\n\xe2\n").unwrap();
        assert!(latin.message.contains("UTF-8"));
    }
}
