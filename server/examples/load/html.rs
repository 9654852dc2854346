//! A minimal HTML parser for sending a page's form like a browser.

use memchr::{memchr, memchr_iter};

/// A form of a page: its target, its fields, and its possible answers.
#[derive(Debug, Default)]
pub(crate) struct Form {
    pub(crate) action: String,
    /// Hidden and filled fields, as they would be sent unchanged.
    pub(crate) fields: Vec<(String, String)>,
    /// Radio buttons, checkboxes and list options: name and value of each.
    pub(crate) choices: Vec<(String, String)>,
    /// Named buttons.
    pub(crate) buttons: Vec<(String, String)>,
    /// Text fields, by name.
    pub(crate) texts: Vec<String>,
}

impl Form {
    /// Sets a field, replacing its value.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    /// Answers every question: the first with its first choice, the second with its second, so that all
    /// positions in an order differ; a number in every text field.
    pub(crate) fn answer_somehow(&mut self) {
        let choices = std::mem::take(&mut self.choices);
        let mut names: Vec<&String> = Vec::new();
        for (name, _) in &choices {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for (index, name) in names.into_iter().enumerate() {
            let values: Vec<&String> = choices
                .iter()
                .filter(|(of, _)| of == name)
                .map(|(_, value)| value)
                .collect();
            if let Some(value) = values.get(index % values.len().max(1)) {
                self.set(name, value);
            }
        }
        for name in std::mem::take(&mut self.texts) {
            self.set(&name, "1");
        }
        if let Some((name, value)) = self.buttons.first().cloned() {
            self.set(&name, &value);
        }
    }
}

/// All forms of a page, in order.
pub(crate) fn forms(html: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut open = false;
    let mut menu: Option<String> = None;
    for tag in tags(html) {
        match (tag.name, open) {
            ("form", _) => {
                forms.push(Form {
                    action: tag.value("action").unwrap_or_default(),
                    ..Form::default()
                });
                open = true;
            }
            ("/form", _) => open = false,
            ("/select", _) => menu = None,
            (_, true) => {
                if let Some(form) = forms.last_mut() {
                    read_control(form, &tag, &mut menu);
                }
            }
            _ => {}
        }
    }
    forms
}

fn read_control(form: &mut Form, tag: &Tag<'_>, menu: &mut Option<String>) {
    match tag.name {
        "input" => {
            let Some(name) = tag.value("name") else {
                return;
            };
            let value = tag.value("value").unwrap_or_default();
            match tag.value("type").as_deref().unwrap_or("text") {
                "hidden" => form.fields.push((name, value)),
                "radio" | "checkbox" => form.choices.push((name, value)),
                "submit" => form.buttons.push((name, value)),
                _ => form.texts.push(name),
            }
        }
        "button" => {
            if let Some(name) = tag.value("name") {
                form.buttons
                    .push((name, tag.value("value").unwrap_or_default()));
            }
        }
        "select" => *menu = tag.value("name"),
        "option" => {
            let value = tag.value("value").unwrap_or_default();
            if let (Some(name), false) = (menu.clone(), value.is_empty()) {
                form.choices.push((name, value));
            }
        }
        _ => {}
    }
}

/// A tag; its attributes are parsed only when needed, so that reading a page costs less than rendering it.
struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
}

impl Tag<'_> {
    fn value(&self, name: &str) -> Option<String> {
        attributes(self.attributes)
            .find(|(attribute, _)| *attribute == name)
            .map(|(_, value)| decode(value))
    }
}

/// The tags that forms are made of, in order. The server writes names in lower case.
fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    memchr_iter(b'<', html.as_bytes()).filter_map(move |at| {
        let rest = html.get(at + 1..)?;
        if !rest.starts_with(['f', '/', 'i', 'b', 's', 'o']) {
            return None;
        }
        let inside = memchr(b'>', rest.as_bytes()).map_or(Some(rest), |end| rest.get(..end))?;
        let name_end = inside
            .find(|c: char| c.is_whitespace())
            .unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(name_end)?;
        Some(Tag {
            name: name.trim_end_matches('/'),
            attributes,
        })
    })
}

/// Names and values, the values still encoded.
fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=');
        let (name, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        let (value, next) = match after.strip_prefix('=') {
            Some(quoted) if quoted.starts_with('"') => quoted
                .get(1..)
                .and_then(|inner| inner.split_once('"'))
                .unwrap_or_default(),
            Some(bare) => bare.split_once(char::is_whitespace).unwrap_or((bare, "")),
            None => ("", after),
        };
        rest = next.trim_start();
        (!name.is_empty()).then_some((name, value))
    })
}

fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
