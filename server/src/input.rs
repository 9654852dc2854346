//! The inputs of forms and of an API: their fields, the rules of each field, and the problems that are reported.
//!
//! An [`Input`] is a struct of unchecked values with its rules in `validator`'s derive. The types that use cases
//! take are only made from an input that passed its rules. Forms are read with `http::Posted::read`, JSON with
//! serde. This module depends on neither: a failed rule is a [`Problem`] with a field and a code.
//!
//! A code is the key of a message. The rules `length` and `range` have one code for both limits, and a suffix is
//! added: `length(min = 1, max = 80, code = "given-name")` gives `given-name-missing` for an empty text and
//! `given-name-too-long`; with a larger `min` also `…-too-short`. `range` gives `…-too-small` or `…-too-large`.
//! The message gets the limits as `$min` and `$max`. The code of every other rule is the whole key. A rule over
//! several fields (`schema`) names the field where it is reported, see [`broken`].
//!
//! Lengths are counted in characters (Unicode scalar values) of the text after [`tidied`]. Secrets are not
//! normalised and are counted as typed.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{
    Deserialize, Deserializer,
    de::{self, Visitor},
};
use serde_json::Value;
use unicode_normalization::char::is_combining_mark;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use crate::text::{tidy, tidy_lines};

/// The most characters of a password, in whichever area it is asked for; more would only make hashing slow.
pub const MAX_PASSWORD_CHARACTERS: u64 = 200;

/// A field of an [`Input`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name, in forms and in JSON.
    pub name: &'static str,
    /// The most characters that can be typed into it: the limit of its rule.
    pub max: Option<u64>,
    /// Whether it is a secret, which is never shown again.
    pub is_secret: bool,
}

impl Field {
    /// A field of this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            max: None,
            is_secret: false,
        }
    }

    /// With a limit of characters.
    #[must_use]
    pub const fn at_most(self, characters: u64) -> Self {
        Self {
            max: Some(characters),
            ..self
        }
    }

    /// As a secret, for example a password.
    #[must_use]
    pub const fn secret(self) -> Self {
        Self {
            is_secret: true,
            ..self
        }
    }
}

/// Unchecked values with their rules.
pub trait Input: Validate + Sized {
    /// Its fields, in the order of the form and of the reported problems.
    const FIELDS: &'static [Field];

    /// The type that use cases take.
    type Checked;

    /// Converts an input that passed its rules; `None` if that is not possible, which is a bug in the rules.
    fn into_checked(self) -> Option<Self::Checked>;

    /// Checks the rules and converts the input.
    ///
    /// # Errors
    /// The first failed rule of each field, in the order of the fields; at least one.
    fn check(self) -> Result<Self::Checked, Vec<Problem>> {
        if let Err(errors) = self.validate() {
            let problems = problems(errors, Self::FIELDS);
            return Err(if problems.is_empty() {
                unreadable(Self::FIELDS, "a rule of no field is broken")
            } else {
                problems
            });
        }
        self.into_checked()
            .ok_or_else(|| unreadable(Self::FIELDS, "its rules let too much pass"))
    }
}

/// A failed rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The field where it is reported.
    pub field: &'static str,
    /// The key of the message.
    pub code: Cow<'static, str>,
    /// The arguments of the message.
    pub params: Vec<(Cow<'static, str>, Value)>,
}

/// The problem of an input that cannot be read although no rule failed: a bug in the rules, which is logged.
pub fn unreadable(fields: &[Field], why: &str) -> Vec<Problem> {
    tracing::error!(why, "an input's rules and fields do not fit");
    let first = fields.first();
    let problem = first.map(|field| Problem {
        field: field.name,
        code: "field-unreadable".into(),
        params: Vec::new(),
    });
    problem.into_iter().collect()
}

/// The name that `validator` uses for rules over several fields.
const ALL_FIELDS: &str = "__all__";
/// The parameter in which such a rule names its field.
const FIELD: &str = "field";
/// Parameters that `validator` adds and messages never get: the typed values, which may be secrets.
const NOT_FOR_MESSAGES: [&str; 3] = ["value", "other", FIELD];

/// The code of an error whose real code is in the derive.
const BROKEN: &str = "broken";

/// The error of a failed rule over several fields, reported at one of them. Its code is in the derive.
#[must_use]
pub fn broken(field: &'static str) -> ValidationError {
    let mut error = ValidationError::new(BROKEN);
    error.add_param(FIELD.into(), &field);
    error
}

fn problems(errors: ValidationErrors, fields: &[Field]) -> Vec<Problem> {
    let mut own = Vec::new();
    let mut of_several = Vec::new();
    gather(errors, &mut own, &mut of_several);
    // `validator` returns a hash map.
    of_several.sort_by(|(_, one), (_, other)| one.code.cmp(&other.code));
    own.append(&mut of_several);
    fields
        .iter()
        .filter_map(|field| {
            let (_, error) = own.iter().find(|(name, _)| name == field.name)?;
            let told = |name: &str| !NOT_FOR_MESSAGES.contains(&name);
            let params = error.params.iter().filter(|(name, _)| told(name));
            Some(Problem {
                field: field.name,
                code: code(error),
                params: params
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect(),
            })
        })
        .collect()
}

type Found = Vec<(String, ValidationError)>;

/// Collects the errors of each field, in the order of its rules, and those of rules over several fields. The
/// fields of a nested input count as fields of the whole (`#[serde(flatten)]`).
fn gather(errors: ValidationErrors, own: &mut Found, of_several: &mut Found) {
    for (name, kind) in errors.into_errors() {
        match kind {
            ValidationErrorsKind::Field(errors) if name == ALL_FIELDS => {
                of_several.extend(errors.into_iter().map(|error| {
                    let field = error.params.get(FIELD).and_then(Value::as_str);
                    (field.unwrap_or(ALL_FIELDS).to_owned(), error)
                }));
            }
            ValidationErrorsKind::Field(errors) => {
                own.extend(errors.into_iter().map(|error| (name.to_string(), error)));
            }
            ValidationErrorsKind::Struct(errors) => gather(*errors, own, of_several),
            ValidationErrorsKind::List(_) => {}
        }
    }
}

/// The key of the message: the code of the rule, for `length` and `range` with the suffix of the failed limit.
fn code(error: &ValidationError) -> Cow<'static, str> {
    let (min, max) = (error.params.get("min"), error.params.get("max"));
    if min.is_none() && max.is_none() {
        return error.code.clone();
    }
    let side = match error.params.get("value") {
        Some(Value::Number(number)) => {
            let is_less = min.and_then(Value::as_f64) > number.as_f64();
            if is_less { "too-small" } else { "too-large" }
        }
        Some(Value::String(text)) if text.is_empty() => "missing",
        Some(Value::String(text)) => {
            let length = u64::try_from(text.chars().count()).ok();
            let is_less = min.and_then(Value::as_u64) > length;
            if is_less { "too-short" } else { "too-long" }
        }
        _ => "missing",
    };
    format!("{}-{side}", error.code).into()
}

/// Reads a text and normalises it: composed letters (NFC), one space between words, none around.
///
/// # Errors
/// The value is not a text.
pub fn tidied<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|text| tidy(&text))
}

/// The same for a text of several lines. A line break counts as one character.
///
/// # Errors
/// The value is not a text.
pub fn tidied_lines<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|text| tidy_lines(&text))
}

/// Reads a checkbox: `yes` in a form, `true` in JSON. A browser sends nothing for one that is not ticked.
///
/// # Errors
/// The value is neither a text nor a boolean.
pub fn ticked<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    struct Ticked;
    impl Visitor<'_> for Ticked {
        type Value = bool;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("true or false")
        }

        fn visit_bool<E: de::Error>(self, is_ticked: bool) -> Result<bool, E> {
            Ok(is_ticked)
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<bool, E> {
            Ok(["yes", "on", "true"].contains(&text))
        }
    }
    deserializer.deserialize_any(Ticked)
}

/// The rule of a checkbox that has to be ticked.
///
/// # Errors
/// It is not ticked.
pub fn is_ticked(is_ticked: &bool) -> Result<(), ValidationError> {
    holds(*is_ticked)
}

/// The rule of a text that has to be a value of a type.
///
/// # Errors
/// It cannot be parsed.
pub fn is_a<T: FromStr>(text: &str) -> Result<(), ValidationError> {
    holds(text.parse::<T>().is_ok())
}

/// The rule that no letter has so many marks that they would cover other text. After [`tidied`], a letter of the
/// languages written with Latin, Cyrillic or Greek letters has at most one.
///
/// # Errors
/// One has.
pub fn has_no_stacked_marks(text: &str) -> Result<(), ValidationError> {
    let marks = text.split(|c| !is_combining_mark(c));
    holds(marks.map(|marks| marks.chars().count()).max() <= Some(MOST_MARKS))
}

/// The most marks on a letter.
const MOST_MARKS: usize = 2;

/// The result of a rule whose code is in the derive.
///
/// # Errors
/// The rule failed.
pub fn holds(is_kept: bool) -> Result<(), ValidationError> {
    if is_kept {
        Ok(())
    } else {
        Err(ValidationError::new(BROKEN))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, Deserialize, Validate)]
    #[serde(default)]
    struct Part {
        #[serde(deserialize_with = "tidied")]
        #[validate(length(min = 1, max = 5, code = "name"), custom(function = is_lower, code = "name-strange"))]
        name: String,
    }

    #[derive(Debug, Default, Deserialize, Validate)]
    #[serde(default)]
    #[validate(schema(function = differ, skip_on_field_errors = false, code = "secret-is-name"))]
    struct Whole {
        #[validate(range(min = 2, max = 9, code = "places"))]
        places: u32,
        #[serde(flatten)]
        #[validate(nested)]
        part: Part,
        #[validate(length(min = 3, max = 4, code = "secret"))]
        secret: String,
        #[validate(must_match(other = "secret", code = "secret-differs"))]
        again: String,
        #[serde(deserialize_with = "ticked")]
        #[validate(custom(function = is_ticked, code = "agree-missing"))]
        agree: bool,
    }

    fn is_lower(text: &str) -> Result<(), ValidationError> {
        holds(!text.is_empty() && text.chars().all(char::is_lowercase))
    }

    fn differ(whole: &Whole) -> Result<(), ValidationError> {
        if whole.secret == whole.part.name {
            return Err(broken("secret"));
        }
        Ok(())
    }

    impl Input for Whole {
        const FIELDS: &'static [Field] = &[
            Field::new("name").at_most(5),
            Field::new("places"),
            Field::new("agree"),
            Field::new("secret").secret(),
            Field::new("again").secret(),
        ];
        type Checked = String;

        fn into_checked(self) -> Option<String> {
            (self.part.name != "no").then_some(self.part.name)
        }
    }

    fn told(json: Value) -> Vec<String> {
        let whole: Whole = serde_json::from_value(json).unwrap();
        let problems = whole.check().err().unwrap_or_default();
        let one = |problem: Problem| {
            let mut params: Vec<_> = problem
                .params
                .iter()
                .map(|(name, value)| format!(" {name}={value}"))
                .collect();
            params.sort();
            format!("{}: {}{}", problem.field, problem.code, params.concat())
        };
        problems.into_iter().map(one).collect()
    }

    #[test]
    fn the_first_failed_rule_of_each_field_is_reported_in_the_order_of_the_fields() {
        for _ in 0..10 {
            assert_eq!(
                told(json!({})),
                [
                    "name: name-missing max=5 min=1",
                    "places: places-too-small max=9 min=2",
                    "agree: agree-missing",
                    "secret: secret-missing max=4 min=3",
                ]
            );
        }
        let good =
            json!({ "name": "anna", "places": 2, "agree": true, "secret": "abc", "again": "abc" });
        let with = |field: &str, value: Value| {
            let mut one = good.clone();
            one[field] = value;
            told(one)
        };
        assert_eq!(told(good.clone()), [""; 0]);
        // Counted in characters of composed letters, without spaces around.
        assert_eq!(with("name", json!("  a\u{304}bcde ")), [""; 0]);
        assert_eq!(
            with("name", json!("ābcdef")),
            ["name: name-too-long max=5 min=1"]
        );
        assert_eq!(with("name", json!("Anna")), ["name: name-strange"]);
        assert_eq!(
            with("places", json!(10)),
            ["places: places-too-large max=9 min=2"]
        );
        assert_eq!(with("agree", json!("yes")), [""; 0]);
        assert_eq!(with("agree", json!("no")), ["agree: agree-missing"]);
        assert_eq!(
            with("secret", json!("ab")),
            [
                "secret: secret-too-short max=4 min=3",
                "again: secret-differs"
            ]
        );
        assert_eq!(
            with("secret", json!("abcde")),
            [
                "secret: secret-too-long max=4 min=3",
                "again: secret-differs"
            ]
        );
        // A rule over several fields comes after those of its field.
        assert_eq!(
            with("secret", json!("anna")),
            ["secret: secret-is-name", "again: secret-differs"]
        );
        let same =
            json!({ "name": "ab", "places": 2, "agree": true, "secret": "ab", "again": "ab" });
        assert_eq!(told(same), ["secret: secret-too-short max=4 min=3"]);
    }

    #[test]
    fn an_input_that_passes_its_rules_but_cannot_be_converted_is_reported() {
        let wrong =
            json!({ "name": "no", "places": 2, "agree": true, "secret": "abc", "again": "abc" });
        assert_eq!(told(wrong), ["name: field-unreadable"]);
    }

    #[test]
    fn problems_contain_no_secret() {
        let whole = json!({ "secret": "sesame", "again": "open" });
        let whole: Whole = serde_json::from_value(whole).unwrap();
        let problems = format!("{:?}", whole.check().unwrap_err());
        assert!(!problems.contains("sesame") && !problems.contains("open"));
    }
}
