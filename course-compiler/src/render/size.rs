//! Reads the size of a picture from the beginning of its file, so that pages can reserve space for it.

/// Width and height in CSS pixels; `None` if the file does not contain them.
pub(crate) fn size(path: &str, bytes: &[u8]) -> Option<(usize, usize)> {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending)?;
    let (width, height) = if ending.eq_ignore_ascii_case("svg") {
        svg(&String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)))?
    } else {
        let found = imagesize::blob_size(bytes).ok()?;
        (found.width, found.height)
    };
    (width > 0 && height > 0).then_some((width, height))
}

/// The size of an SVG: its `width` and `height` in pixels, otherwise those of its view box.
fn svg(text: &str) -> Option<(usize, usize)> {
    let tag = text.get(text.find("<svg")?..)?;
    let tag = tag.get(..tag.find('>')?)?;
    let pixels = |name| number(attribute(tag, name)?.trim_end_matches("px"));
    if let (Some(width), Some(height)) = (pixels("width"), pixels("height")) {
        return Some((width, height));
    }
    let view_box = attribute(tag, "viewBox")?;
    let mut numbers = view_box
        .split([' ', ',', '\n'])
        .filter(|part| !part.is_empty())
        .skip(2);
    Some((number(numbers.next()?)?, number(numbers.next()?)?))
}

/// The quoted text after `name=`.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let before = tag.get(..at)?;
        let value = tag
            .get(at.saturating_add(name.len())..)?
            .trim_start()
            .strip_prefix('=')?
            .trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let inner = value.strip_prefix(quote)?;
        before
            .ends_with(char::is_whitespace)
            .then(|| inner.split(quote).next())
            .flatten()
    })
}

/// A number of pixels, rounded up.
fn number(text: &str) -> Option<usize> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let whole: usize = whole.parse().ok()?;
    let more = fraction.bytes().any(|digit| digit != b'0');
    Some(whole.saturating_add(usize::from(more)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_tells_its_size_or_its_view_box() {
        for (text, expected) in [
            (
                "<?xml version='1.0'?>\n<svg xmlns='x' width=\"640\" height='480px'>",
                Some((640, 480)),
            ),
            (
                "<svg viewBox=\"0 0 24.5,10\" stroke-width=\"2\">",
                Some((25, 10)),
            ),
            (
                "<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 4 3\">",
                Some((4, 3)),
            ),
            ("<svg width=\"0\" height=\"0\">", None),
            ("<svg>", None),
            ("no drawing", None),
        ] {
            assert_eq!(size("a.svg", text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn a_photograph_tells_its_size() {
        let png = [
            0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0,
            0, 2, 0x80, 0, 0, 1, 0xe0, 8, 2, 0, 0, 0,
        ];
        assert_eq!(size("a.png", &png), Some((640, 480)));
        assert_eq!(size("a.png", b"no picture"), None);
        assert_eq!(size("a.mp4", b""), None);
    }
}
