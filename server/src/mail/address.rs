//! The rule of which e-mail addresses are accepted, for forms, configuration and delivery.
//!
//! An accepted address is in the normal form in which it is stored, compared and used: lower case, with an
//! ASCII domain (`xn--…` for other letters). Addresses that ordinary mail servers would reject, e.g. with
//! diacritics before the `@` (they need SMTPUTF8 on every server on the way), are refused, so that the person
//! can correct them at once.

use std::fmt;

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use validator::ValidationError;

/// The most bytes of an address (RFC 5321, section 4.5.3.1.3, without the angle brackets).
pub const LONGEST_EMAIL: u64 = 254;

/// The most bytes of the part before the `@` (section 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// A valid e-mail address in its normal form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

/// Why an address is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmailProblem {
    /// It is empty.
    Missing,
    /// It is not an address, or one of a form that is not in ordinary use.
    Wrong,
    /// It contains letters that mail servers do not accept.
    ForeignLetters(ForeignLetters),
    /// It is too long.
    TooLong,
}

/// Letters in an address that mail servers do not accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignLetters {
    /// The letters, each once; if some only look like Latin letters, those.
    pub letters: Vec<char>,
    /// Whether they belong to another alphabet and look like Latin letters.
    pub are_look_alikes: bool,
    /// The address in Latin letters, if every letter has an equivalent.
    pub latin: Option<String>,
}

impl ForeignLetters {
    /// The letters of a text that is the local part or the domain; `address` builds the full address from it.
    fn of(text: &str, address: impl FnOnce(&str) -> String) -> Self {
        let mut letters: Vec<char> = Vec::new();
        for c in text.chars().filter(|c| !c.is_ascii()) {
            if !letters.contains(&c) {
                letters.push(c);
            }
        }
        let alike = |c: &char| look_alike(*c).is_some();
        let are_look_alikes = letters.iter().any(alike);
        if are_look_alikes && letters.iter().all(|c| latin(*c).is_some()) {
            letters.retain(alike);
        }
        let latin: Option<String> = text.chars().map(latin).collect();
        Self {
            letters,
            are_look_alikes,
            latin: latin.map(|text| address(&text).to_lowercase()),
        }
    }

    /// The letters in quotation marks, for a sentence.
    #[must_use]
    pub fn listed(&self, (open, close): (char, char)) -> String {
        let quoted: Vec<_> = self
            .letters
            .iter()
            .map(|letter| format!("{open}{letter}{close}"))
            .collect();
        quoted.join(", ")
    }
}

/// The Latin letter that a letter of another alphabet looks like.
fn look_alike(letter: char) -> Option<char> {
    const FOREIGN: &str = "аеіјорсухѕһԁԛԝАВЕЅІЈКМНОРСТУХορνικαΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
    const LATIN: &str = "aeijopcyxshdqwABESIJKMHOPCTYXopvikaABEZHIKMNOPTYX";
    FOREIGN
        .chars()
        .zip(LATIN.chars())
        .find_map(|(foreign, latin)| (foreign == letter).then_some(latin))
}

/// The Latin letter for a letter: the one without its diacritics, or the one that it looks like.
fn latin(letter: char) -> Option<String> {
    const OWN: [(char, &str); 9] = [
        ('ß', "ss"),
        ('æ', "ae"),
        ('œ', "oe"),
        ('ø', "o"),
        ('ł', "l"),
        ('đ', "d"),
        ('ð', "d"),
        ('þ', "th"),
        ('ı', "i"),
    ];
    if letter.is_ascii() {
        return Some(letter.to_string());
    }
    if let Some(latin) = look_alike(letter) {
        return Some(latin.to_string());
    }
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    if let Some((_, latin)) = OWN.iter().find(|(own, _)| *own == lower) {
        return Some((*latin).to_owned());
    }
    let base: String = letter.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let is_plain = !base.is_empty() && base.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_plain.then_some(base)
}

impl EmailProblem {
    /// The key of the message that explains it.
    #[must_use]
    pub const fn message_key(&self) -> &'static str {
        match self {
            Self::Missing => "email-missing",
            Self::Wrong => "email-wrong",
            Self::ForeignLetters(ForeignLetters { latin: None, .. }) => "email-foreign-letters",
            Self::ForeignLetters(letters) if letters.are_look_alikes => "email-look-alikes",
            Self::ForeignLetters(_) => "email-marked-letters",
            Self::TooLong => "email-too-long",
        }
    }
}

impl fmt::Display for EmailProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no address"),
            Self::Wrong => f.write_str("it is not an address such as name@example.lv"),
            Self::ForeignLetters(found) => {
                let letters = found.listed(('“', '”'));
                write!(
                    f,
                    "mail servers do not know {letters} there; use Latin letters without diacritics"
                )?;
                match &found.latin {
                    Some(latin) => write!(f, ", such as {latin}"),
                    None => Ok(()),
                }
            }
            Self::TooLong => f.write_str("the address is too long"),
        }
    }
}

impl Email {
    /// Reads an address; `None` if it is not accepted.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(text).ok()
    }

    /// Reads an address as typed.
    ///
    /// # Errors
    /// Why it is not accepted.
    pub fn read(text: &str) -> Result<Self, EmailProblem> {
        // In composed form, because some keyboards produce a letter and its diacritic separately.
        let text: String = text.trim_matches(is_blank).nfc().collect();
        if text.is_empty() {
            return Err(EmailProblem::Missing);
        }
        let is_too_long = |length: usize| u64::try_from(length).is_ok_and(|l| l > LONGEST_EMAIL);
        // A character has at least one byte.
        if is_too_long(text.chars().count()) {
            return Err(EmailProblem::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailProblem::Wrong)?;
        let is_plain = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || SIGNS.contains(c);
        let is_whole = local
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(is_plain));
        if !is_whole || domain.is_empty() {
            return Err(EmailProblem::Wrong);
        }
        if !local.is_ascii() {
            let is_letters = |c: char| c.is_ascii() || c.is_alphanumeric() || is_combining_mark(c);
            return Err(if local.chars().all(is_letters) {
                let letters = ForeignLetters::of(local, |local| format!("{local}@{domain}"));
                EmailProblem::ForeignLetters(letters)
            } else {
                EmailProblem::Wrong
            });
        }
        // Names that mix alphabets cannot be registered, so a letter that only looks like a Latin one was
        // typed by mistake.
        let is_mixed = |label: &str| {
            label.chars().any(|c| c.is_ascii_alphabetic())
                && label.chars().any(|c| look_alike(c).is_some())
        };
        if domain.split('.').any(is_mixed) {
            let letters = ForeignLetters::of(domain, |domain| format!("{local}@{domain}"));
            return Err(EmailProblem::ForeignLetters(letters));
        }
        let domain = domain_in_ascii(domain).ok_or(EmailProblem::Wrong)?;
        if local.len() > LONGEST_LOCAL || is_too_long(local.len() + 1 + domain.len()) {
            return Err(EmailProblem::TooLong);
        }
        let local = local.to_ascii_lowercase();
        // It also has to be accepted by the library that sends mails.
        lettre::Address::new(&local, &domain).map_err(|_| EmailProblem::Wrong)?;
        Ok(Self(format!("{local}@{domain}")))
    }

    /// The rule of an address for `validator`'s derive.
    ///
    /// # Errors
    /// As [`Email::read`]; the code is the key of the message.
    pub fn check(text: &str) -> Result<(), ValidationError> {
        Self::read(text).map(drop).map_err(|problem| {
            let mut error = ValidationError::new(problem.message_key());
            if let EmailProblem::ForeignLetters(found) = &problem {
                let latin = found.latin.clone().unwrap_or_default();
                error.add_param("letters".into(), &found.listed(('„', '”')));
                error.add_param("latin".into(), &latin);
            }
            error
        })
    }

    /// The address in its normal form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address with the letters of its domain.
    #[must_use]
    pub fn readable(&self) -> String {
        readable(&self.0)
    }
}

/// Invisible characters around a copied address.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\u{200b}'..='\u{200f}').contains(&c) || c == '\u{feff}'
}

/// The characters besides letters and digits that are allowed before the `@` (`atext` of RFC 5322).
const SIGNS: &str = "!#$%&'*+-/=?^_`{|}~";

/// A domain in its ASCII form; `None` if it is not a valid name. An IP address is not a domain.
fn domain_in_ascii(domain: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii_strict(domain).ok()?;
    let last = ascii.rsplit('.').next()?;
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit());
    // Converted twice: the readable form has to lead back to the same ASCII form.
    let is_stable = idna::domain_to_ascii_strict(&ascii).is_ok_and(|again| again == ascii);
    (!ascii.is_empty() && !is_number && is_stable).then_some(ascii)
}

/// The readable form of a stored address: `anna@xn--rga-uta.lv` is shown as `anna@rīga.lv`.
#[must_use]
pub fn readable(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) if domain.contains("xn--") => {
            let (shown, read) = idna::domain_to_unicode(domain);
            match read {
                Ok(()) => format!("{local}@{shown}"),
                Err(_) => address.to_owned(),
            }
        }
        _ => address.to_owned(),
    }
}

/// A word of a search in the form in which stored addresses contain it: a domain in its ASCII form.
#[must_use]
pub fn as_stored(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let (local, domain) = match word.rsplit_once('@') {
        Some((local, domain)) => (format!("{local}@"), domain),
        None => (String::new(), word),
    };
    let stored = domain
        .contains('.')
        .then(|| domain_in_ascii(domain))
        .flatten();
    stored.map_or_else(|| word.to_owned(), |domain| local + &domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_form() {
        for (typed, stored, shown) in [
            (" Anna@Example.LV ", "anna@example.lv", "anna@example.lv"),
            ("anna@Rīga.LV", "anna@xn--rga-uta.lv", "anna@rīga.lv"),
            ("anna@XN--RGA-UTA.lv", "anna@xn--rga-uta.lv", "anna@rīga.lv"),
            ("anna@ri\u{304}ga.lv", "anna@xn--rga-uta.lv", "anna@rīga.lv"),
            (
                "a.b+c_d-e@example.lv",
                "a.b+c_d-e@example.lv",
                "a.b+c_d-e@example.lv",
            ),
            (
                "o'neil@example.lv",
                "o'neil@example.lv",
                "o'neil@example.lv",
            ),
            ("anna@localhost", "anna@localhost", "anna@localhost"),
            (
                "anna@sub.sub.example.lv",
                "anna@sub.sub.example.lv",
                "anna@sub.sub.example.lv",
            ),
            (
                "anna@пример.рф",
                "anna@xn--e1afmkfd.xn--p1ai",
                "anna@пример.рф",
            ),
        ] {
            let email = Email::read(typed).unwrap_or_else(|problem| panic!("{typed}: {problem}"));
            assert_eq!(email.as_str(), stored, "{typed}");
            assert_eq!(email.readable(), shown, "{typed}");
            assert_eq!(Email::read(shown).unwrap(), email, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        use EmailProblem::{Missing, TooLong, Wrong};
        let long_local = format!("{}@example.lv", "a".repeat(65));
        let long = format!("a@{}lv", "abcdefghi.".repeat(26));
        let long_label = format!("a@{}.lv", "a".repeat(64));
        for (typed, problem) in [
            ("", Missing),
            (" \t ", Missing),
            ("anna", Wrong),
            ("anna@", Wrong),
            ("@example.lv", Wrong),
            ("a b@example.lv", Wrong),
            ("anna @example.lv", Wrong),
            ("anna@ example.lv", Wrong),
            ("anna@exam ple.lv", Wrong),
            ("anna@@example.lv", Wrong),
            ("anna@x@example.lv", Wrong),
            (".anna@example.lv", Wrong),
            ("anna.@example.lv", Wrong),
            ("an..na@example.lv", Wrong),
            ("anna@.example.lv", Wrong),
            ("anna@example..lv", Wrong),
            ("anna@example.lv.", Wrong),
            ("anna@-example.lv", Wrong),
            ("anna@example-.lv", Wrong),
            ("anna@exam_ple.lv", Wrong),
            ("anna@192.0.2.1", Wrong),
            ("anna@[192.0.2.1]", Wrong),
            ("anna@[IPv6:2001:db8::1]", Wrong),
            ("anna@xn--.lv", Wrong),
            ("\"anna b\"@example.lv", Wrong),
            ("\"anna\"@example.lv", Wrong),
            ("anna(work)@example.lv", Wrong),
            ("anna@example.lv(work)", Wrong),
            ("Anna <anna@example.lv>", Wrong),
            ("<anna@example.lv>", Wrong),
            ("mailto:anna@example.lv", Wrong),
            ("anna@example.lv, ivo@example.lv", Wrong),
            ("anna@example.lv;ivo@example.lv", Wrong),
            ("anna@example.lv\nBcc: x@y.lv", Wrong),
            ("anna\r\n@example.lv", Wrong),
            ("an\0na@example.lv", Wrong),
            ("anna\u{200b}@example.lv", Wrong),
            (&long_local, TooLong),
            (&long, TooLong),
            (&long_label, Wrong),
        ] {
            assert_eq!(Email::read(typed), Err(problem), "{typed:?}");
        }
    }

    #[test]
    fn letters_that_mail_does_not_know_are_named_with_the_latin_ones() {
        for (typed, key, letters, latin) in [
            (
                "jānis.bērziņš@example.lv",
                "marked",
                "„ā”, „ē”, „ņ”, „š”",
                "janis.berzins@example.lv",
            ),
            // The same with separate diacritics, as some keyboards write them.
            (
                "ja\u{304}nis@example.lv",
                "marked",
                "„ā”",
                "janis@example.lv",
            ),
            (
                "Øystein.Groß@example.lv",
                "marked",
                "„Ø”, „ß”",
                "oystein.gross@example.lv",
            ),
            ("аnna@example.lv", "alike", "„а”", "anna@example.lv"),
            (
                "Аnnа.bērziņa@example.lv",
                "alike",
                "„А”, „а”",
                "anna.berzina@example.lv",
            ),
            ("αnna@example.lv", "alike", "„α”", "anna@example.lv"),
            ("anna@gmаil.com", "alike", "„а”", "anna@gmail.com"),
            (
                "anna@exаmple.rīga.lv",
                "alike",
                "„а”",
                "anna@example.riga.lv",
            ),
            ("анна@example.lv", "foreign", "„а”, „н”", ""),
            (
                "żółw.小明@example.lv",
                "foreign",
                "„ż”, „ó”, „ł”, „小”, „明”",
                "",
            ),
        ] {
            let Err(problem) = Email::read(typed) else {
                panic!("{typed} is accepted");
            };
            assert!(problem.message_key().contains(key), "{typed}: {problem:?}");
            let EmailProblem::ForeignLetters(found) = &problem else {
                panic!("{typed}: {problem:?}");
            };
            assert_eq!(found.listed(('„', '”')), letters, "{typed}");
            assert_eq!(found.latin.as_deref().unwrap_or_default(), latin, "{typed}");
            assert!(problem.to_string().contains(found.letters[0]), "{problem}");
            if let Some(latin) = &found.latin {
                // A suggested address is accepted, unless its own domain has non-ASCII letters.
                Email::read(latin).unwrap();
            }
        }
    }

    #[test]
    fn invisible_characters_around_an_address_are_ignored() {
        for typed in [
            "\u{feff}anna@example.lv",
            "anna@example.lv\u{200b}",
            "\u{a0}anna@example.lv\u{200e} ",
        ] {
            assert_eq!(
                Email::read(typed).unwrap().as_str(),
                "anna@example.lv",
                "{typed:?}"
            );
        }
    }

    #[test]
    fn a_domain_is_found_as_people_write_it() {
        assert_eq!(as_stored("rīga.lv"), "xn--rga-uta.lv");
        assert_eq!(as_stored("anna@rīga.lv"), "anna@xn--rga-uta.lv");
        for word in ["bērziņa", "anna@", "riga.lv", "b..ē"] {
            assert_eq!(as_stored(word), word);
        }
    }
}
