//! What the template `components/list.html` shows of a list.

use serde::Serialize;

use super::{
    export::Format,
    found::Found,
    paging::{PAGE_SIZE, Paging},
    query::{Filter, Order, Query},
};
use crate::http::{Lang, Link, Posted, theme::Theme};

/// A list as it is shown: search and filters, how many rows there are, the table, what can be done with ticked
/// rows, the files, and the way to the other pages. All of it works without scripts.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// Begins the ids of what is on the page.
    id: &'static str,
    path: String,
    caption: String,
    search_label: String,
    search: String,
    filters: Vec<FilterView>,
    /// Fields that keep the order when something else is searched for.
    kept: Vec<(&'static str, &'static str)>,
    /// Shows all rows again; `None` while nothing is left out.
    clear_url: Option<String>,
    columns: Vec<ColumnView>,
    rows: Vec<Row>,
    empty: String,
    paging: Paging,
    exports: Vec<Link>,
    export_note: Option<String>,
    bulk: Option<Bulk>,
    /// What was wrong with the ticked rows that were sent, for the summary on top of the page.
    errors: Vec<ListError>,
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
    /// Sorts by the column.
    url: Option<String>,
    /// The value of `aria-sort`, of the column by which the rows are sorted.
    sorted: Option<&'static str>,
}

/// A row. Its first cell says what the row is.
#[derive(Debug, Serialize)]
pub struct Row {
    /// What a form says of the row when it is ticked.
    id: String,
    cells: Vec<Cell>,
}

impl Row {
    /// A row of cells, as many as the list has columns.
    #[must_use]
    pub fn new(id: impl ToString, cells: impl IntoIterator<Item = Cell>) -> Self {
        Self {
            id: id.to_string(),
            cells: cells.into_iter().collect(),
        }
    }
}

/// What stands in a row under a column.
#[derive(Debug, Default, Serialize)]
pub struct Cell {
    text: String,
    /// Where the text leads.
    url: Option<String>,
    /// A second line.
    note: Option<String>,
    tags: Vec<Tag>,
    links: Vec<Link>,
    menu: Option<Menu>,
}

#[derive(Debug, Serialize)]
struct Tag {
    text: String,
    tone: Tone,
}

/// What a tag's colour says beside its words.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Nothing.
    Plain,
    /// It is done, or as it should be.
    Success,
    /// Somebody has to look at it.
    Warning,
}

/// What can be done with one row, behind a word that opens it.
#[derive(Debug, Serialize)]
pub struct Menu {
    /// The word.
    pub summary: String,
    /// Whom or what it is about, for those who hear the word without the row.
    pub about: String,
    /// Where its buttons send their form.
    pub action: String,
    /// Each of its lines.
    pub items: Vec<MenuItem>,
}

/// A line of a [`Menu`].
#[derive(Debug, Serialize)]
pub struct MenuItem {
    /// What it is about.
    pub name: String,
    /// Whether it is so now.
    pub is_on: bool,
    /// Its button; `None` where nothing can be changed.
    pub button: Option<Button>,
    /// Other fields of its form.
    pub fields: Vec<(&'static str, String)>,
}

/// A button of a form.
#[derive(Debug, Serialize)]
pub struct Button {
    /// The field that it sends, and its value.
    pub name: &'static str,
    /// See `name`.
    pub value: &'static str,
    /// What it says.
    pub text: String,
    /// The same for those who hear it without its row; empty if it says all.
    pub full_text: String,
}

#[derive(Debug, Serialize)]
struct Bulk {
    action: String,
    buttons: Vec<Button>,
    /// Where the list was, so that it is shown again so.
    query: String,
}

impl Cell {
    /// Words.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Words that lead somewhere.
    #[must_use]
    pub fn link(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            url: Some(url.into()),
            ..Self::default()
        }
    }

    /// With a second line.
    #[must_use]
    pub fn with_note(self, note: Option<String>) -> Self {
        Self { note, ..self }
    }

    /// With a tag after the words.
    #[must_use]
    pub fn with_tag(mut self, tone: Tone, text: impl Into<String>) -> Self {
        let text = text.into();
        self.tags.push(Tag { text, tone });
        self
    }

    /// With a link after the words.
    #[must_use]
    pub fn with_link(mut self, link: Link) -> Self {
        self.links.push(link);
        self
    }

    /// With what can be done.
    #[must_use]
    pub fn with_menu(self, menu: Menu) -> Self {
        Self {
            menu: Some(menu),
            ..self
        }
    }
}

impl ListView {
    /// The list at `path`, as `query` asks for it, with its filters and its rows. The words come with the other
    /// methods, by their messages.
    #[must_use]
    pub fn new<O: Order>(
        (theme, lang): (&Theme, Lang),
        id: &'static str,
        path: String,
        query: &Query<O>,
        filters: &[Filter],
        found: Found<Row>,
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
                    label: text(&choice.label),
                    is_chosen: query.chosen(filter.name) == Some(choice.value.as_str()),
                })
                .collect(),
        };
        Self {
            id,
            caption: String::new(),
            search_label: String::new(),
            search: query.search().to_owned(),
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
            path,
        }
    }

    /// The messages of what the rows are, and of what the search field looks for.
    #[must_use]
    pub fn words(self, (theme, lang): (&Theme, Lang), caption: &str, search: &str) -> Self {
        Self {
            caption: theme.text(lang, caption),
            search_label: theme.text(lang, search),
            ..self
        }
    }

    /// The message that an empty list shows, where nothing is searched for.
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

    /// The columns: each with its message, and by what it sorts the rows.
    #[must_use]
    pub fn columns<O: Order>(
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

    /// The files of what the query finds; `path` gives that of a kind of file, `note` is the message that says what
    /// taking them away means.
    #[must_use]
    pub fn exports<O: Order>(
        self,
        (theme, lang): (&Theme, Lang),
        query: &Query<O>,
        path: impl Fn(Format) -> String,
        note: &str,
    ) -> Self {
        if self.rows.is_empty() {
            return self;
        }
        let link = |format: Format| Link {
            url: query.at(1).address(&path(format)),
            text: theme.text(lang, format.message()),
        };
        Self {
            exports: Format::ALL.map(link).into(),
            export_note: Some(theme.text(lang, note)),
            ..self
        }
    }

    /// What can be done with the rows that are ticked: the buttons, and where they send the form.
    #[must_use]
    pub fn bulk<O: Order>(self, query: &Query<O>, action: String, buttons: Vec<Button>) -> Self {
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

    /// What was wrong with what was sent, as a message.
    #[must_use]
    pub fn error(mut self, (theme, lang): (&Theme, Lang), message: Option<&str>) -> Self {
        self.errors.extend(message.map(|message| ListError {
            field: self.id,
            text: theme.text(lang, message),
        }));
        self
    }
}

/// The rows that were ticked, by their ids, each once; what is no id is left out, as nobody can have ticked it.
/// No more than a page has.
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
    fn what_was_ticked_twice_is_done_once_and_nonsense_not_at_all() {
        let posted = Posted::from_fields(&[("id", "2"), ("id", " 1 "), ("id", "x"), ("id", "2")]);
        assert_eq!(selected::<u32>(&posted), [2, 1]);
        let many: Vec<String> = (0..1_000).map(|id| id.to_string()).collect();
        let fields: Vec<_> = many.iter().map(|id| ("id", id.as_str())).collect();
        assert_eq!(selected::<u32>(&Posted::from_fields(&fields)).len(), 50);
    }
}
