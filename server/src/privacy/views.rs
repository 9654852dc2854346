//! What the templates of privacy get.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{forms::RawErasure, model::Pending};
use crate::{
    http::{
        FormState, Lang,
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    input::Input as _,
    personal::Records,
};

/// `/me/data`.
#[derive(Debug, Serialize)]
pub(crate) struct DataPage {
    /// The day of an erasure that was asked for.
    due_on: Option<String>,
}

impl DataPage {
    #[must_use]
    pub(super) fn new(lang: Lang, pending: Option<Pending>) -> Self {
        Self {
            due_on: pending.map(|pending| lang.date(Lang::riga_date(pending.due_at))),
        }
    }
}

impl View for DataPage {
    const TEMPLATE: &'static str = "pages/my-data.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "my-data-title")
    }

    #[cfg(test)]
    fn samples(_: &Theme, lang: Lang) -> Vec<Self> {
        let due_at = DateTime::UNIX_EPOCH;
        vec![
            Self::new(lang, None),
            Self::new(lang, Some(Pending { due_at })),
        ]
    }
}

/// `/me/data/erase`.
#[derive(Debug, Serialize)]
pub(crate) struct ErasePage {
    form: FormView,
}

impl ErasePage {
    #[must_use]
    pub(super) fn new(theme: &Theme, lang: Lang, form: &FormState) -> Self {
        Self {
            form: form.view(theme, lang, RawErasure::FIELDS),
        }
    }
}

impl View for ErasePage {
    const TEMPLATE: &'static str = "pages/my-data-erase.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "erase-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .error("understood", "erase-understood-missing")
            .error("password", "own-password-wrong");
        vec![
            Self::new(theme, lang, &FormState::new()),
            Self::new(theme, lang, &wrong),
        ]
    }
}

/// A file with everything about a person, to be read without the platform.
#[derive(Debug, Serialize)]
pub(crate) struct DataFile {
    made_at: String,
    tables: Vec<TableView>,
    #[serde(skip)]
    json: Value,
}

#[derive(Debug, Serialize)]
struct TableView {
    title: String,
    rows: Vec<Vec<FieldView>>,
}

#[derive(Debug, Serialize)]
struct FieldView {
    label: String,
    text: String,
}

impl DataFile {
    #[must_use]
    pub(super) fn new(theme: &Theme, lang: Lang, now: DateTime<Utc>, all: Vec<Records>) -> Self {
        let mut whole = Map::new();
        let mut tables = Vec::new();
        for records in all {
            let field = |(name, value): &(&'static str, Value)| FieldView {
                label: theme.text(lang, &format!("data-field-{}", name.replace('_', "-"))),
                text: readable(theme, lang, value),
            };
            let rows = records
                .rows
                .iter()
                .map(|row| row.iter().map(field).collect());
            tables.push(TableView {
                title: theme.text(
                    lang,
                    &format!("data-table-{}", records.table.replace('_', "-")),
                ),
                rows: rows.collect(),
            });
            let rows: Vec<Value> = records
                .rows
                .into_iter()
                .map(|row| {
                    let members = row
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value));
                    Value::Object(members.collect())
                })
                .collect();
            whole.insert(records.table.to_owned(), Value::Array(rows));
        }
        Self {
            made_at: lang.date(Lang::riga_date(now)),
            tables,
            json: json!({ "made_at": now, "records": whole }),
        }
    }

    /// The same as JSON.
    pub(super) fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(&self.json)
    }
}

/// A value as people read it; what has no better form is shown as JSON.
fn readable(theme: &Theme, lang: Lang, value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::Bool(true) => theme.text(lang, "data-yes"),
        Value::Bool(false) => theme.text(lang, "data-no"),
        Value::String(text) => match text.parse::<DateTime<Utc>>() {
            Ok(at) => at.format("%Y-%m-%d %H:%M:%S UTC").to_string(),
            Err(_) => text.clone(),
        },
        other => other.to_string(),
    }
}

impl View for DataFile {
    const TEMPLATE: &'static str = "pages/my-data-file.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "my-data-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let records = vec![Records {
            table: "person",
            rows: vec![vec![
                ("given_name", json!("Anna")),
                ("family_name", json!(null)),
                ("passed", json!(true)),
                ("created_at", json!(DateTime::UNIX_EPOCH)),
                ("points", json!(1.5)),
            ]],
        }];
        vec![Self::new(theme, lang, DateTime::UNIX_EPOCH, records)]
    }
}
