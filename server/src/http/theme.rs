//! The theme: templates (Tera), messages (Fluent) and files, embedded from `themes/default`.
//!
//! There is one Tera instance for each language, so that `t(key=…)` and `path(to=…)` use the right language
//! without an argument, also inside components.

use std::{borrow::Cow, sync::Arc};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use super::{address, assets::Assets, lang::Lang};

/// Templates, messages and the texts of mails; the files of the certificate are read elsewhere.
#[derive(rust_embed::RustEmbed)]
#[folder = "../themes/default"]
#[include = "templates/*"]
#[include = "messages/*"]
struct Files;

/// Why the theme cannot be used, for those who change the theme.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    /// A template is not valid.
    #[error("templates: {0}")]
    Template(String),
    /// A message file is not valid.
    #[error("{file}: {problem}")]
    Messages {
        /// The Fluent file.
        file: String,
        /// What is wrong.
        problem: String,
    },
}

/// HTML that is printed without escaping: made by the course compiler, or a file of the theme.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct TrustedHtml(pub String);

/// Renders pages and mails. Cheap to clone.
#[derive(Clone)]
pub struct Theme {
    inner: Arc<Inner>,
}

struct Inner {
    lv: Tera,
    en: Tera,
    messages: Arc<Messages>,
    assets: Assets,
}

impl Theme {
    /// Loads and checks everything in the theme.
    ///
    /// # Errors
    /// The first template or message file that is not valid.
    pub fn load() -> Result<Self, ThemeError> {
        let messages = Arc::new(Messages::load()?);
        let assets = Assets::load();
        Ok(Self {
            inner: Arc::new(Inner {
                lv: tera(Lang::Lv, &messages, &assets)?,
                en: tera(Lang::En, &messages, &assets)?,
                messages,
                assets,
            }),
        })
    }

    /// Renders `templates/{name}` in a language.
    ///
    /// # Errors
    /// A variable or message is missing; tests that render every view's samples prevent this.
    pub fn render(&self, lang: Lang, name: &str, context: &Context) -> tera::TeraResult<String> {
        let tera = match lang {
            Lang::Lv => &self.inner.lv,
            Lang::En => &self.inner.en,
        };
        tera.render(name, context)
    }

    /// The messages, for texts outside templates.
    #[must_use]
    pub fn messages(&self) -> &Messages {
        &self.inner.messages
    }

    /// The static files.
    #[must_use]
    pub fn assets(&self) -> &Assets {
        &self.inner.assets
    }

    /// A message without arguments.
    #[must_use]
    pub fn text(&self, lang: Lang, key: &str) -> String {
        self.inner.messages.text(lang, key, &[])
    }

    /// A message with arguments.
    #[must_use]
    pub fn text_with(&self, lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.inner.messages.text(lang, key, args)
    }
}

/// A value put into a message.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A number, which also selects the plural form.
    Number(f64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}
impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}
impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}
impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of people and lessons are small"
        )]
        Self::Number(number as f64)
    }
}
impl From<f64> for Arg<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

type Bundle = FluentBundle<FluentResource>;

/// Every message in both languages.
pub struct Messages {
    lv: Bundle,
    en: Bundle,
}

impl Messages {
    fn load() -> Result<Self, ThemeError> {
        Ok(Self {
            lv: Self::bundle(Lang::Lv)?,
            en: Self::bundle(Lang::En)?,
        })
    }

    fn bundle(lang: Lang) -> Result<Bundle, ThemeError> {
        let locale = match lang {
            Lang::Lv => unic_langid::langid!("lv"),
            Lang::En => unic_langid::langid!("en"),
        };
        let mut bundle = Bundle::new_concurrent(vec![locale]);
        // Without Unicode isolation marks, which would appear in mails: all text has one direction.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::Lv => |value, _| fluent_number(Lang::Lv, value),
            Lang::En => |value, _| fluent_number(Lang::En, value),
        }));
        bundle
            .add_function("PLURAL", |numbers, _| plural_like(numbers))
            .map_err(|error| ThemeError::Messages {
                file: format!("messages/{lang}"),
                problem: error.to_string(),
            })?;
        let folder = format!("messages/{lang}/");
        let mut names: Vec<_> = Files::iter()
            .filter(|name| name.starts_with(&folder))
            .collect();
        names.sort();
        for name in names {
            let problem = |problem: String| ThemeError::Messages {
                file: name.to_string(),
                problem,
            };
            let file = Files::get(&name).ok_or_else(|| problem("missing".to_owned()))?;
            let text = String::from_utf8(file.data.into_owned())
                .map_err(|error| problem(error.to_string()))?;
            let resource = FluentResource::try_new(text)
                .map_err(|(_, errors)| problem(format!("{errors:?}")))?;
            bundle
                .add_resource(resource)
                .map_err(|errors| problem(format!("{errors:?}")))?;
        }
        Ok(bundle)
    }

    /// A message; its key if there is no such message. In unit tests that fails, so that the samples of every
    /// view reveal missing messages.
    #[must_use]
    pub fn text(&self, lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.find(lang, key, args).unwrap_or_else(|| {
            tell_missing(lang, key);
            key.to_owned()
        })
    }

    /// A message, if there is one of this key.
    #[must_use]
    pub fn find(&self, lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let bundle = match lang {
            Lang::Lv => &self.lv,
            Lang::En => &self.en,
        };
        let pattern = bundle.get_message(key)?.value()?;
        let fluent: FluentArgs<'_> = args
            .iter()
            .map(|(name, arg)| {
                let value = match arg {
                    Arg::Text(text) => FluentValue::from(text.as_ref()),
                    Arg::Number(number) => FluentValue::from(*number),
                };
                (Cow::from(*name), value)
            })
            .collect();
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, Some(&fluent), &mut errors)
            .into_owned();
        if !errors.is_empty() {
            tracing::error!(message.key = key, ?errors, "a message could not be filled");
        }
        Some(text)
    }
}

#[cfg(not(test))]
fn tell_missing(lang: Lang, key: &str) {
    tracing::error!(
        message.key = key,
        lang = lang.as_str(),
        "a message is missing"
    );
}

#[cfg(test)]
fn tell_missing(lang: Lang, key: &str) {
    panic!("no message “{key}” in {lang}");
}

fn tera(lang: Lang, messages: &Arc<Messages>, assets: &Assets) -> Result<Tera, ThemeError> {
    let mut tera = Tera::new();
    let words = Arc::clone(messages);
    tera.register_function(
        "t",
        move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let key = kwargs.must_get::<String>("key")?;
            let mut args = Vec::new();
            for (name, value) in kwargs.iter() {
                let Some(name) = name.as_str().filter(|name| *name != "key") else {
                    continue;
                };
                args.push((name, argument(value)));
            }
            words
                .find(lang, &key, &args)
                .ok_or_else(|| tera::Error::message(format!("no message “{key}” in {lang}")))
        },
    );
    let files = assets.clone();
    tera.register_function(
        "asset",
        move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let path = kwargs.must_get::<String>("path")?;
            files
                .url(&path)
                .map(str::to_owned)
                .ok_or_else(|| tera::Error::message(format!("no asset “{path}”")))
        },
    );
    tera.register_function(
        "path",
        move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let to = kwargs.must_get::<String>("to")?;
            let held: Vec<_> = kwargs
                .iter()
                .filter_map(|(name, value)| Some((name.as_str()?, value.to_string())))
                .filter(|(name, _)| *name != "to")
                .collect();
            address::by_name(lang, &to, &held).map_err(tera::Error::message)
        },
    );
    let constant = |function: &str, argument: &str| match function {
        "t" => messages.find(lang, argument, &[]),
        "asset" => assets.url(argument).map(str::to_owned),
        "path" => address::by_name(lang, argument, &[]).ok(),
        _ => None,
    };
    let mut templates = Vec::new();
    for name in Files::iter().filter(|name| name.starts_with("templates/")) {
        let Some(file) = Files::get(&name) else {
            continue;
        };
        let text = String::from_utf8(file.data.into_owned())
            .map_err(|error| ThemeError::Template(format!("{name}: {error}")))?;
        let text = with_constants(&text, &constant);
        templates.push((name.trim_start_matches("templates/").to_owned(), text));
    }
    tera.autoescape_on(vec![".html"]);
    tera.add_raw_templates(templates)
        .map_err(|error| ThemeError::Template(error.to_string()))?;
    Ok(tera)
}

/// Replaces every call in a template whose result is constant, such as `{{ t(key="sign-in") }}`, by that
/// result. These calls are most of what would be rendered for each page.
///
/// `constant` returns the result of a function with one argument, if it is constant.
fn with_constants(template: &str, constant: &impl Fn(&str, &str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, from)) = rest.find("{{ ").and_then(|at| rest.split_at_checked(at)) {
        text.push_str(before);
        let known = constant_call(from).and_then(|(function, argument, after)| {
            // A result that could be read as template syntax is not inserted.
            let known = constant(function, argument).filter(|known| !known.contains('{'))?;
            Some((escaped(&known)?, after))
        });
        if let Some((known, after)) = known {
            text.push_str(&known);
            rest = after;
        } else {
            let (opening, after) = from.split_at_checked(2).unwrap_or((from, ""));
            text.push_str(opening);
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

/// Parses `{{ function(name="argument") }}` at the beginning of the text: returns the function, the argument,
/// and the rest.
fn constant_call(text: &str) -> Option<(&str, &str, &str)> {
    let (call, after) = text.strip_prefix("{{ ")?.split_once(" }}")?;
    let (function, argument) = call.split_once('(')?;
    let (_, argument) = argument.strip_suffix("\")")?.split_once("=\"")?;
    (!argument.contains('"')).then_some((function, argument, after))
}

/// Escaped as a template would print it.
fn escaped(text: &str) -> Option<String> {
    let mut html = Vec::new();
    tera::escape_html(text, &mut html).ok()?;
    String::from_utf8(html).ok()
}

fn argument(value: &Value) -> Arg<'static> {
    match value.as_f64() {
        Some(number) if value.is_number() => Arg::Number(number),
        _ => Arg::Text(
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
                .into(),
        ),
    }
}

/// `PLURAL($count)` of the Latvian messages: a number that Fluent puts into the same plural form as the
/// count.
///
/// In Latvian 112 has the plural form of 12, not that of 2 (CLDR: `n % 100 = 11..19`). The rules that Fluent
/// uses (`intl_pluralrules` 7) only treat 11 to 19 themselves in this way.
fn plural_like<'a>(numbers: &[FluentValue<'a>]) -> FluentValue<'a> {
    match numbers.first() {
        Some(FluentValue::Number(number)) if (11.0..20.0).contains(&(number.value % 100.0)) => {
            FluentValue::from(number.value % 100.0)
        }
        Some(other) => other.clone(),
        None => FluentValue::Error,
    }
}

fn fluent_number(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(lang.number(number.value, 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_loads() {
        Theme::load().unwrap();
    }

    #[test]
    fn latvian_counts_take_their_form_also_beyond_a_hundred() {
        let theme = Theme::load().unwrap();
        for (count, text) in [
            (0_u32, "0 minūšu"),
            (1, "1 minūte"),
            (2, "2 minūtes"),
            (11, "11 minūšu"),
            (21, "21 minūte"),
            (100, "100 minūšu"),
            (101, "101 minūte"),
            (102, "102 minūtes"),
            (111, "111 minūšu"),
            (112, "112 minūšu"),
            (121, "121 minūte"),
        ] {
            assert_eq!(
                theme.text_with(Lang::Lv, "course-minutes", &[("count", count.into())]),
                text
            );
        }
    }

    #[test]
    fn only_constant_calls_are_replaced() {
        let constant = |function: &str, argument: &str| match (function, argument) {
            ("t", "sure") => Some("\"yes\" & no".to_owned()),
            ("t", "odd") => Some("{{ x }}".to_owned()),
            _ => None,
        };
        for (template, text) in [
            (
                r#"<p>{{ t(key="sure") }}</p>{{ x }}"#,
                "<p>&quot;yes&quot; &amp; no</p>{{ x }}",
            ),
            (
                r#"{{ t(key="sure") }}{{ t(key="sure") }}"#,
                "&quot;yes&quot; &amp; no&quot;yes&quot; &amp; no",
            ),
            (
                r#"{{ t(key="sure", count=n) }}"#,
                r#"{{ t(key="sure", count=n) }}"#,
            ),
            (
                r#"{{ t(key="sure", to="x") }}"#,
                r#"{{ t(key="sure", to="x") }}"#,
            ),
            (r"{{ t(key=sure) }}", r"{{ t(key=sure) }}"),
            (r#"{{ t(key="none") }}"#, r#"{{ t(key="none") }}"#),
            (r#"{{ t(key="odd") }}"#, r#"{{ t(key="odd") }}"#),
            ("{{ ", "{{ "),
        ] {
            assert_eq!(with_constants(template, &constant), text);
        }
    }
}
