//! What was probably meant by a line that is not TOML: quotation marks of a word processor, YAML, a decimal comma,
//! a date as people write it.

/// A line as it was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slip {
    /// What to do.
    pub(crate) help: &'static str,
    /// The line that it makes, where only one is possible.
    pub(crate) line: Option<String>,
}

/// Quotation marks other than the straight ones that TOML has.
const TYPOGRAPHIC: [char; 15] = [
    '„', '“', '”', '‟', '«', '»', '‹', '›', '‘', '’', '‚', '‛', '″', '＂', '`',
];

/// What was probably meant by a line, without its line end.
pub(crate) fn meant(line: &str) -> Option<Slip> {
    let line = line.trim_end();
    let indent = line.get(..line.len().saturating_sub(line.trim_start().len()))?;
    let trimmed = line.trim_start();
    let key_end = trimmed
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .filter(|end| *end > 0)?;
    let (key, rest) = trimmed.split_at_checked(key_end)?;
    let rest = rest.trim_start();
    let (mark, value) = rest.split_at_checked(1)?;
    let value = value.trim();
    let whole = |value: &str| format!("{indent}{key} = {value}");
    if mark == ":" {
        return Some(Slip {
            help: "write `=` between the key and the value: this is TOML, not YAML",
            line: right_value(value).map(|value| whole(&value)),
        });
    }
    if mark != "=" {
        return None;
    }
    let help = help(value)?;
    let line = right_value(value).filter(|right| right != value);
    Some(Slip {
        help,
        line: line.map(|value| whole(&value)),
    })
}

fn help(value: &str) -> Option<&'static str> {
    let first = value.chars().next()?;
    if value.contains(TYPOGRAPHIC) && unquoted(value).is_some() {
        return Some("write straight quotation marks around the text: `\"`, not `„`, `“` or `”`");
    }
    if first == '"' {
        let marks = value
            .replace("\\\\", "")
            .replace("\\\"", "")
            .matches('"')
            .count();
        return Some(match marks {
            1 => "end the text with `\"`, on the same line",
            2 => {
                "write a backslash twice, `\\\\`; nothing but a comment may follow the text on its line"
            }
            _ => {
                "within a text write „…”, or a backslash before each straight quotation mark: `\\\"`"
            }
        });
    }
    if date(value).is_some() {
        return Some("write a date as year, month and day, without quotes: `2026-11-22`");
    }
    if decimal(value).is_some() {
        return Some("write numbers with a decimal point: `0.7`");
    }
    if ["true", "false"].contains(&value.to_lowercase().as_str()) {
        return Some("write `true` or `false`, in small letters");
    }
    first
        .is_alphabetic()
        .then_some("write straight quotation marks around a text: `\"…\"`")
}

/// The value in TOML, if only one can be meant.
fn right_value(value: &str) -> Option<String> {
    if let Some(text) = unquoted(value) {
        return quoted(text);
    }
    if value.is_empty() || value.starts_with(['|', '>', '{', '&', '*']) {
        return None;
    }
    let lower = value.to_lowercase();
    if ["true", "false"].contains(&lower.as_str()) {
        return Some(lower);
    }
    if let Some(right) = date(value).or_else(|| decimal(value)) {
        return Some(right);
    }
    let is_number = value.parse::<f64>().is_ok();
    let is_iso = chrono::NaiveDate::parse_from_str(value, "%Y-%m-%d").is_ok();
    let is_list = value.starts_with('[') && value.ends_with(']') && value.contains('"');
    if is_number || is_iso || is_list {
        return Some(value.to_owned());
    }
    let is_text = value.starts_with(char::is_alphabetic);
    is_text.then(|| quoted(value)).flatten()
}

/// The text within quotation marks of any kind.
fn unquoted(value: &str) -> Option<&str> {
    let is_mark = |c: char| TYPOGRAPHIC.contains(&c) || matches!(c, '"' | '\'');
    let inner = value.strip_prefix(is_mark)?.strip_suffix(is_mark)?;
    let edge = |c: Option<char>| c.is_some_and(|c| TYPOGRAPHIC.contains(&c));
    let is_straight = value.starts_with('"') && value.ends_with('"');
    let is_typographic = edge(value.chars().next()) || edge(value.chars().next_back());
    (is_straight && !inner.contains('"') || is_typographic).then_some(inner)
}

/// A text as TOML, unless it has what would have to be escaped in a way that nobody can be sure of.
fn quoted(text: &str) -> Option<String> {
    let is_plain = !text.contains(['"', '\\', '#']) && !text.contains(char::is_control);
    is_plain.then(|| format!("\"{}\"", text.trim()))
}

/// `22.11.2026` → `2026-11-22`.
fn date(value: &str) -> Option<String> {
    let value = value.trim_end_matches('.');
    let formats = ["%d.%m.%Y", "%Y.%m.%d", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y"];
    let mut dates = formats
        .iter()
        .filter_map(|format| chrono::NaiveDate::parse_from_str(value, format).ok());
    dates.next().map(|date| date.to_string())
}

/// `0,7` → `0.7`.
fn decimal(value: &str) -> Option<String> {
    let (whole, part) = value.split_once(',')?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_digits(whole) && is_digits(part)).then(|| format!("{whole}.{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_toml_is_put_right() {
        for (line, right) in [
            ("title = „Ievads”", Some("title = \"Ievads\"")),
            ("title = “Ievads”", Some("title = \"Ievads\"")),
            ("title = «Ievads»", Some("title = \"Ievads\"")),
            ("title = ‘Ievads’", Some("title = \"Ievads\"")),
            ("title = \"Ievads”", Some("title = \"Ievads\"")),
            ("title = Ievads", Some("title = \"Ievads\"")),
            ("title: \"Ievads\"", Some("title = \"Ievads\"")),
            ("title: Ievads kursā", Some("title = \"Ievads kursā\"")),
            ("minutes: 5", Some("minutes = 5")),
            ("pass = 0,7", Some("pass = 0.7")),
            ("updated = 22.11.2026", Some("updated = 2026-11-22")),
            ("shuffle = True", Some("shuffle = true")),
            ("  shuffle: TRUE", Some("  shuffle = true")),
        ] {
            let slip = meant(line).unwrap();
            assert_eq!(slip.line.as_deref(), right, "{line}");
        }
    }

    #[test]
    fn what_cannot_be_put_right_alone_gets_advice() {
        for (line, help) in [
            ("title = \"Ievads", "end the text"),
            ("title = \"A \"B\" c\"", "within a text"),
            ("title = \"a\\pb\"", "backslash"),
            ("title = „Tā teica \"viņš\"”", "straight quotation marks"),
            ("title:", "not YAML"),
        ] {
            let slip = meant(line).unwrap();
            assert!(slip.help.contains(help), "{line}: {}", slip.help);
            assert_eq!(slip.line, None, "{line}");
        }
        for line in ["", "= 5", "[table", "# note", "title"] {
            assert_eq!(meant(line), None, "{line}");
        }
    }
}
