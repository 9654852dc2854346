//! The data of the template `components/list.html`.

use serde::Serialize;

use super::{
    export::Format,
    found::FoundRows,
    paging::{PAGE_SIZE, Paging},
    query::{Filter, Query, SortOrder},
};
use crate::http::{Lang, Posted, Search, TextLink, theme::Theme};

/// A list as it is shown: search and filters, the number of rows, the table, the actions for selected rows,
/// the exports, and the links to other pages. All of it works without scripts.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// The prefix of the ids on the page.
    id: &'static str,
    path: String,
    caption: String,
    search_label: String,
    search: String,
    longest_search: usize,
    filters: Vec<FilterView>,
    /// Hidden fields that keep the order when the search changes.
    kept: Vec<(&'static str, &'static str)>,
    /// The link that shows all rows again; `None` if no search or filter is active.
    clear_url: Option<String>,
    columns: Vec<ColumnView>,
    rows: Vec<ListRow>,
    empty: String,
    paging: Paging,
    exports: Vec<TextLink>,
    export_note: Option<String>,
    bulk: Option<Bulk>,
    /// The errors of the selected rows that were sent, for the error summary.
    errors: Vec<ListError>,
    /// Where the list stands with its query.
    #[serde(skip)]
    address: String,
}

#[derive(Debug, Serialize)]
struct ListError {
    field: &'static str,
    text: String,
}

#[derive(Debug, Serialize)]
struct FilterView {
    name: &'static str,
    label: String,
    any: String,
    choices: Vec<ChoiceView>,
}

#[derive(Debug, Serialize)]
struct ChoiceView {
    value: String,
    label: String,
    is_chosen: bool,
}

#[derive(Debug, Serialize)]
struct ColumnView {
    text: String,
    /// The link that sorts by the column.
    url: Option<String>,
    /// The value of `aria-sort` for the column by which the rows are sorted.
    sorted: Option<&'static str>,
}

/// A row. Its first cell is the header of the row.
#[derive(Debug, Serialize)]
pub struct ListRow {
    /// The value of its checkbox.
    id: String,
    /// The name of its checkbox: what the first cell says.
    name: String,
    cells: Vec<ListCell>,
}

impl ListRow {
    /// A row with one cell for each column.
    #[must_use]
    pub fn new(id: impl ToString, cells: impl IntoIterator<Item = ListCell>) -> Self {
        let cells: Vec<ListCell> = cells.into_iter().collect();
        let first = cells.first();
        let texts = first.map(|cell| [Some(cell.text.as_str()), cell.note.as_deref()]);
        let texts: Vec<_> = texts.into_iter().flatten().flatten().collect();
        Self {
            id: id.to_string(),
            name: texts.join(", "),
            cells,
        }
    }
}

/// A cell.
#[derive(Debug, Default, Serialize)]
pub struct ListCell {
    text: String,
    /// The target of its link.
    url: Option<String>,
    /// A second line.
    note: Option<String>,
    tags: Vec<Tag>,
    links: Vec<TextLink>,
}

#[derive(Debug, Serialize)]
struct Tag {
    text: String,
    tone: Tone,
}

/// The meaning of a tag's colour.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Neutral.
    Plain,
    /// Done, or as it should be.
    Success,
    /// Needs attention.
    Warning,
}

/// A button of a form.
#[derive(Debug, Serialize)]
pub struct Button {
    /// The name of the field that it sends.
    pub name: &'static str,
    /// The value of the field.
    pub value: &'static str,
    /// Its label.
    pub text: String,
    /// Its label for screen readers, which names the row; empty if `text` is sufficient.
    pub full_text: String,
}

#[derive(Debug, Serialize)]
struct Bulk {
    action: String,
    buttons: Vec<Button>,
    /// The current query, so that the same list is shown afterwards.
    query: String,
}

impl ListCell {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A text with a link.
    #[must_use]
    pub fn link(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            url: Some(url.into()),
            ..Self::default()
        }
    }

    /// Adds a second line.
    #[must_use]
    pub fn with_note(self, note: Option<String>) -> Self {
        Self { note, ..self }
    }

    /// Adds a tag after the text.
    #[must_use]
    pub fn with_tag(mut self, tone: Tone, text: impl Into<String>) -> Self {
        let text = text.into();
        self.tags.push(Tag { text, tone });
        self
    }

    /// Adds a link after the text.
    #[must_use]
    pub fn with_link(mut self, link: TextLink) -> Self {
        self.links.push(link);
        self
    }
}

impl ListView {
    /// The list at `path` for `query`, with its filters and rows. The texts are set by the other methods.
    #[must_use]
    pub fn new<O: SortOrder>(
        (theme, lang): (&Theme, Lang),
        id: &'static str,
        path: String,
        query: &Query<O>,
        filters: &[Filter],
        found: FoundRows<ListRow>,
    ) -> Self {
        let text = |key: &str| theme.text(lang, key);
        let filter_view = |filter: &Filter| FilterView {
            name: filter.name,
            label: text(filter.label),
            any: text(filter.any),
            choices: filter
                .choices
                .iter()
                .map(|choice| ChoiceView {
                    value: choice.value.clone(),
                    label: if filter.has_keys {
                        text(&choice.label)
                    } else {
                        choice.label.clone()
                    },
                    is_chosen: query.chosen(filter.name) == Some(choice.value.as_str()),
                })
                .collect(),
        };
        Self {
            id,
            caption: String::new(),
            search_label: String::new(),
            search: query.search().to_owned(),
            longest_search: Search::LONGEST,
            filters: filters.iter().map(filter_view).collect(),
            kept: query.order_pairs(),
            clear_url: query
                .is_narrowed()
                .then(|| query.unnarrowed().address(&path)),
            columns: Vec::new(),
            empty: text(if query.is_narrowed() {
                "list-none-found"
            } else {
                "list-empty"
            }),
            paging: Paging::new(theme, lang, found.page, found.total, |page| {
                query.at(page).address(&path)
            }),
            rows: found.rows,
            exports: Vec::new(),
            export_note: None,
            bulk: None,
            errors: Vec::new(),
            address: query.address(&path),
            path,
        }
    }

    /// Sets the message keys of the caption and of the search field.
    #[must_use]
    pub fn words(self, (theme, lang): (&Theme, Lang), caption: &str, search: &str) -> Self {
        Self {
            caption: theme.text(lang, caption),
            search_label: theme.text(lang, search),
            ..self
        }
    }

    /// Sets the message of an empty list when no search is active.
    #[must_use]
    pub fn empty(self, (theme, lang): (&Theme, Lang), message: &str) -> Self {
        if self.clear_url.is_some() {
            return self;
        }
        Self {
            empty: theme.text(lang, message),
            ..self
        }
    }

    /// Sets the columns, each with its message key and the order by which it sorts.
    #[must_use]
    pub fn columns<O: SortOrder>(
        self,
        (theme, lang): (&Theme, Lang),
        query: &Query<O>,
        columns: &[(&str, Option<O>)],
    ) -> Self {
        let path = &self.path;
        let column = |(message, order): &(&str, Option<O>)| ColumnView {
            text: theme.text(lang, message),
            url: order.map(|order| query.sorted_by(order).address(path)),
            sorted: (*order == Some(query.order())).then_some(if query.is_descending() {
                "descending"
            } else {
                "ascending"
            }),
        };
        Self {
            columns: columns.iter().map(column).collect(),
            ..self
        }
    }

    /// Adds the exports of the query; `path` returns the address for a format, `note` is the key of the
    /// message about exporting.
    #[must_use]
    pub fn exports<O: SortOrder>(
        self,
        (theme, lang): (&Theme, Lang),
        query: &Query<O>,
        path: impl Fn(Format) -> String,
        note: &str,
    ) -> Self {
        if self.rows.is_empty() {
            return self;
        }
        let link = |format: Format| TextLink {
            url: query.at(1).address(&path(format)),
            text: theme.text(lang, format.message()),
        };
        Self {
            exports: Format::ALL.map(link).into(),
            export_note: Some(theme.text(lang, note)),
            ..self
        }
    }

    /// Adds the actions for selected rows: the buttons, and the address to which they send the form.
    #[must_use]
    pub fn bulk<O: SortOrder>(
        self,
        query: &Query<O>,
        action: String,
        buttons: Vec<Button>,
    ) -> Self {
        let query = query.query_string();
        let bulk = Bulk {
            action,
            buttons,
            query,
        };
        Self {
            bulk: (!self.rows.is_empty()).then_some(bulk),
            ..self
        }
    }

    /// Adds an error about the selection that was sent.
    #[must_use]
    pub fn error(mut self, (theme, lang): (&Theme, Lang), message: Option<&str>) -> Self {
        self.errors.extend(message.map(|message| ListError {
            field: self.id,
            text: theme.text(lang, message),
        }));
        self
    }

    /// Where the list can be opened when it is shown again with an error: a form has no query in its address. For
    /// [`crate::http::visit::View::address`].
    #[must_use]
    pub fn address(&self) -> Option<String> {
        (!self.errors.is_empty()).then(|| self.address.clone())
    }
}

/// The ids of the selected rows, each once, at most as many as a page has. Values that are not ids are
/// ignored: no checkbox has such a value.
#[must_use]
pub fn selected<Id: std::str::FromStr + PartialEq>(posted: &Posted) -> Vec<Id> {
    let mut ids = Vec::new();
    for id in posted.all("id").filter_map(|id| id.parse().ok()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.truncate(usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX));
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selected_ids_are_unique_and_invalid_ones_are_ignored() {
        let posted = Posted::from_fields(&[("id", "2"), ("id", " 1 "), ("id", "x"), ("id", "2")]);
        assert_eq!(selected::<u32>(&posted), [2, 1]);
        let many: Vec<String> = (0..1_000).map(|id| id.to_string()).collect();
        let fields: Vec<_> = many.iter().map(|id| ("id", id.as_str())).collect();
        assert_eq!(selected::<u32>(&Posted::from_fields(&fields)).len(), 50);
    }
}
