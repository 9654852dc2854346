//! What the templates of imports get.

use serde::Serialize;

use super::{
    check::EXAMPLE_EMAIL,
    model::{
        CheckedFile, Column, FileNote, Forecast, Import, ImportStatus, MOST_BYTES, MOST_ROWS,
        RowOutcome, RowProblem, rows_with,
    },
    table::Unreadable,
};
use crate::{
    events::{Event, views::title},
    http::{
        FormState, Lang,
        address::{self, Address as _},
        form::{FormView, argument},
        theme::{Arg, Theme},
        visit::{Section, View},
    },
    input::Field,
    list::{Format, PAGE_SIZE, PageNumber, Paging, Sheet},
};

type Words<'a> = (&'a Theme, Lang);

/// Why a chosen file is not checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FileProblem {
    /// None was chosen.
    None,
    /// It has too many bytes.
    TooLarge,
    /// It cannot be read.
    Unreadable(Unreadable),
}

/// The field of the file.
const FILE: Field = Field::new("file");

const MEGABYTE: usize = 1024 * 1024;

fn number(count: usize) -> Arg<'static> {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}

fn column_names((theme, lang): Words<'_>, columns: &[Column]) -> String {
    let names: Vec<String> = columns
        .iter()
        .map(|column| theme.text(lang, column.message()))
        .collect();
    names.join(", ")
}

impl FileProblem {
    fn form(&self, words: Words<'_>) -> FormState {
        let form = FormState::new();
        let with =
            |form: FormState, key, value: String| form.error_with("file", key, "value", value);
        match self {
            Self::None => form.error("file", "import-file-missing"),
            Self::TooLarge => {
                let most = MOST_BYTES / MEGABYTE;
                with(form, "import-file-too-large", most.to_string())
            }
            Self::Unreadable(why) => match why {
                Unreadable::NotATable => form.error("file", "import-not-a-table"),
                Unreadable::Damaged => form.error("file", "import-damaged"),
                Unreadable::Encoding => form.error("file", "import-encoding"),
                Unreadable::Unpacked => form.error("file", "import-unpacked"),
                Unreadable::Rows => with(form, "import-too-many-rows", MOST_ROWS.to_string()),
                Unreadable::Columns => form.error("file", "import-too-many-columns"),
                Unreadable::Empty => form.error("file", "import-empty"),
                Unreadable::Missing(columns) => {
                    let names = column_names(words, columns);
                    with(form, "import-columns-missing", names)
                }
                Unreadable::Twice(column) => {
                    let name = column_names(words, &[*column]);
                    with(form, "import-column-twice", name)
                }
            },
        }
    }
}

/// The event at the top of these pages.
#[derive(Debug, Serialize)]
struct OfEvent {
    id: String,
    title: String,
    registrations_url: String,
    import_url: String,
}

impl OfEvent {
    fn new(words: Words<'_>, event: &Event) -> Self {
        let id = event.row.id;
        Self {
            id: id.to_string(),
            title: title(words, event),
            registrations_url: address::OrganisedEvent { event: id }.url(words.1),
            import_url: address::ImportRegistrations { event: id }.url(words.1),
        }
    }
}

/// A column in the explanation.
#[derive(Debug, Serialize)]
struct ColumnView {
    name: String,
    about: String,
    is_needed: bool,
}

#[derive(Debug, Serialize)]
struct TemplateView {
    url: String,
    text: String,
}

/// `/organise/events/{event}/registrations/import`.
#[derive(Debug, Serialize)]
pub(crate) struct ImportPage {
    event: OfEvent,
    form: FormView,
    columns: Vec<ColumnView>,
    templates: Vec<TemplateView>,
    most_rows: usize,
    most_megabytes: usize,
}

impl ImportPage {
    /// The form; `problem` is why a file was not checked.
    #[must_use]
    pub(super) fn new(words: Words<'_>, event: &Event, problem: Option<FileProblem>) -> Self {
        let (theme, lang) = words;
        let column = |column: Column| ColumnView {
            name: theme.text(lang, column.message()),
            about: theme.text(lang, &format!("{}-about", column.message())),
            is_needed: Column::NEEDED.contains(&column),
        };
        let template = |format: Format| TemplateView {
            url: address::ImportTemplate {
                event: event.row.id,
                ending: format.ending().to_owned(),
            }
            .url(lang),
            text: theme.text(lang, &format!("import-template-{}", format.ending())),
        };
        let form = problem.map_or_else(FormState::new, |problem| problem.form(words));
        Self {
            event: OfEvent::new(words, event),
            form: form.view(theme, lang, &[FILE]),
            columns: Column::ALL.into_iter().map(column).collect(),
            templates: Format::ALL.into_iter().map(template).collect(),
            most_rows: MOST_ROWS,
            most_megabytes: MOST_BYTES / MEGABYTE,
        }
    }
}

impl View for ImportPage {
    const TEMPLATE: &'static str = "pages/organise-import.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "import-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let event = crate::events::sample();
        let unreadable = [
            Unreadable::NotATable,
            Unreadable::Damaged,
            Unreadable::Encoding,
            Unreadable::Unpacked,
            Unreadable::Rows,
            Unreadable::Columns,
            Unreadable::Empty,
            Unreadable::Missing(vec![Column::FamilyName, Column::Email]),
            Unreadable::Twice(Column::Email),
        ];
        let problems = unreadable.into_iter().map(FileProblem::Unreadable);
        let all = [FileProblem::None, FileProblem::TooLarge]
            .into_iter()
            .chain(problems)
            .map(Some);
        std::iter::once(None)
            .chain(all)
            .map(|problem| Self::new((theme, lang), &event, problem))
            .collect()
    }
}

/// The template that is filled in: the headers, and a row that shows how. An import recognises that row by its
/// address, and skips it.
#[must_use]
pub(super) fn template_sheet((theme, lang): Words<'_>) -> Sheet {
    let headers = Column::ALL.map(|column| theme.text(lang, column.message()));
    let mut sheet = Sheet::new(theme.text(lang, "import-title"), headers);
    let example = |part: &str| theme.text(lang, &format!("import-example-{part}"));
    sheet.row([
        example("given-name").into(),
        example("family-name").into(),
        EXAMPLE_EMAIL.into(),
        example("organisation").into(),
        example("role").into(),
        lang.as_str().into(),
    ]);
    sheet
}

/// A problem in the table.
#[derive(Debug, Serialize)]
struct ProblemView {
    row: u32,
    column: String,
    value: String,
    text: String,
    is_mistake: bool,
}

impl ProblemView {
    fn new((theme, lang): Words<'_>, problem: &RowProblem) -> Self {
        let args: Vec<(&str, Arg<'static>)> = problem
            .params
            .iter()
            .map(|(name, value)| (name.as_str(), argument(value.clone())))
            .collect();
        Self {
            row: problem.row,
            column: problem.column.clone(),
            value: problem.value.clone(),
            text: theme.text_with(lang, &problem.code, &args),
            is_mistake: problem.is_mistake,
        }
    }
}

/// `/organise/events/{event}/registrations/import/{import}` before it is decided on.
#[derive(Debug, Serialize)]
pub(crate) struct CheckedImportPage {
    event: OfEvent,
    id: String,
    file_name: String,
    /// What would happen, one a line; nothing if the event takes no registrations.
    outcomes: Vec<String>,
    notes: Vec<String>,
    problems: Vec<ProblemView>,
    paging: Paging,
    /// What the button says; `None` if nobody would be registered.
    button: Option<String>,
    is_open: bool,
}

impl CheckedImportPage {
    /// What a file holds, and what would happen.
    #[must_use]
    pub(super) fn new(
        words: Words<'_>,
        event: &Event,
        (import, file, forecast): (&Import, &CheckedFile, &Forecast),
        page: PageNumber,
    ) -> Self {
        let (theme, lang) = words;
        let counted =
            |key: &str, count: usize| theme.text_with(lang, key, &[("count", number(count))]);
        let parts = [
            ("import-would-register", forecast.with_place),
            ("import-would-wait", forecast.waiting),
            ("import-would-already", forecast.already.len()),
            (
                "import-would-leave-out",
                usize::try_from(file.left_out).unwrap_or(usize::MAX),
            ),
        ];
        let outcomes = parts
            .into_iter()
            .filter(|(_, count)| forecast.is_open && *count > 0)
            .map(|(key, count)| counted(key, count));
        let note = |note: &FileNote| {
            let args = [("text", note.text.as_str().into())];
            theme.text_with(lang, &note.code, &args)
        };
        let mut problems: Vec<ProblemView> = file
            .problems
            .iter()
            .map(|problem| ProblemView::new(words, problem))
            .collect();
        let rows = &forecast.already;
        let already = file.people.iter().filter(|one| rows.contains(&one.row));
        problems.extend(already.map(|person| ProblemView {
            row: person.row,
            column: theme.text(lang, Column::Email.message()),
            value: person.email.clone(),
            text: theme.text(lang, "import-already"),
            is_mistake: false,
        }));
        problems.sort_by_key(|problem| problem.row);
        let total = u64::try_from(problems.len()).unwrap_or(u64::MAX);
        let own = address::RegistrationImport {
            event: import.event_id,
            import: import.id,
        }
        .url(lang);
        let last = total.div_ceil(PAGE_SIZE).max(1);
        let page = page.get().min(last);
        let paging = Paging::new(theme, lang, page, total, |page| {
            format!("{own}?page={page}")
        });
        let size = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
        let skipped = usize::try_from(page - 1).unwrap_or(0).saturating_mul(size);
        let new = forecast.new_people();
        Self {
            event: OfEvent::new(words, event),
            id: import.id.to_string(),
            file_name: import.file_name.clone(),
            outcomes: outcomes.collect(),
            notes: file.notes.iter().map(note).collect(),
            problems: problems.into_iter().skip(skipped).take(size).collect(),
            paging,
            button: (new > 0 && forecast.is_open).then(|| counted("import-button", new)),
            is_open: forecast.is_open,
        }
    }
}

impl View for CheckedImportPage {
    const TEMPLATE: &'static str = "pages/organise-import-checked.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "import-checked-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let event = crate::events::sample();
        let import = sample(ImportStatus::Checked, 0, "");
        let codes = [
            "import-missing",
            "import-formula",
            "import-fault",
            "import-line-break",
            "import-lines",
            "import-quote-open",
            "import-quote-after",
            "import-language-unknown",
            "import-organisation-unknown",
            "import-email-twice",
        ];
        let problem = |(row, code): (u32, &str)| RowProblem {
            row,
            column: "E-pasts".to_owned(),
            value: "anna@".to_owned(),
            code: code.to_owned(),
            params: vec![("row".to_owned(), "3".into())],
            is_mistake: row % 2 == 0,
        };
        let notes = [
            "import-note-windows-1257",
            "import-note-first-sheet",
            "import-note-unknown-columns",
            "import-note-example",
        ];
        let file = CheckedFile {
            people: Vec::new(),
            problems: (2..)
                .zip(codes.into_iter().cycle().take(60))
                .map(problem)
                .collect(),
            notes: notes.map(|code| FileNote::new(code, "Piezīmes")).to_vec(),
            left_out: 30,
        };
        let forecast = Forecast {
            with_place: 12,
            waiting: 3,
            already: vec![7],
            is_open: true,
        };
        let closed = Forecast {
            is_open: false,
            ..forecast.clone()
        };
        let good = CheckedFile::default();
        let show = |file: &CheckedFile, forecast: &Forecast, page| {
            let of = (&import, file, forecast);
            Self::new((theme, lang), &event, of, PageNumber::new(page))
        };
        vec![
            show(&file, &forecast, 1),
            show(&file, &forecast, 2),
            show(&good, &forecast, 1),
            show(&file, &closed, 1),
            show(
                &file,
                &Forecast {
                    is_open: true,
                    ..Forecast::default()
                },
                1,
            ),
        ]
    }
}

/// What became of some rows.
#[derive(Debug, Serialize)]
struct OutcomeView {
    text: String,
    /// The rows, as ranges: `2–14, 16`.
    rows: String,
}

/// Numbers as ranges.
fn ranges(numbers: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*number) => *last = *number,
            _ => ranges.push((*number, *number)),
        }
    }
    let texts: Vec<String> = ranges
        .into_iter()
        .map(|(first, last)| {
            if first == last {
                first.to_string()
            } else {
                format!("{first}–{last}")
            }
        })
        .collect();
    texts.join(", ")
}

/// `/organise/events/{event}/registrations/import/{import}` once it has begun.
#[derive(Debug, Serialize)]
pub(crate) struct ImportRunPage {
    event: OfEvent,
    id: String,
    file_name: String,
    is_done: bool,
    done: i32,
    people: i32,
    progress: String,
    outcomes: Vec<OutcomeView>,
    left_out: Option<String>,
}

impl ImportRunPage {
    /// How far an import is, or what it did.
    #[must_use]
    pub(super) fn new(words: Words<'_>, event: &Event, import: &Import) -> Self {
        let (theme, lang) = words;
        let outcome = |outcome: RowOutcome| {
            let rows = rows_with(import, outcome);
            let key = format!("import-did-{}", outcome.slug());
            let text = theme.text_with(lang, &key, &[("count", number(rows.len()))]);
            (!rows.is_empty()).then(|| OutcomeView {
                text,
                rows: theme.text_with(lang, "import-rows", &[("rows", ranges(&rows).into())]),
            })
        };
        let left_out = usize::try_from(import.left_out).unwrap_or_default();
        let counts = [
            (
                "done",
                number(usize::try_from(import.done).unwrap_or_default()),
            ),
            (
                "total",
                number(usize::try_from(import.people).unwrap_or_default()),
            ),
        ];
        Self {
            event: OfEvent::new(words, event),
            id: import.id.to_string(),
            file_name: import.file_name.clone(),
            is_done: import.status == ImportStatus::Done,
            done: import.done,
            people: import.people,
            progress: theme.text_with(lang, "import-progress", &counts),
            outcomes: RowOutcome::ALL.into_iter().filter_map(outcome).collect(),
            left_out: (left_out > 0).then(|| {
                let count = [("count", number(left_out))];
                theme.text_with(lang, "import-did-leave-out", &count)
            }),
        }
    }
}

impl View for ImportRunPage {
    const TEMPLATE: &'static str = "pages/organise-import-run.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        let key = if self.is_done {
            "import-done-title"
        } else {
            "import-running-title"
        };
        theme.text(lang, key)
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let event = crate::events::sample();
        let outcomes = "2 registered\n3 registered\n5 waiting\n6 already\n7 refused\n";
        [
            sample(ImportStatus::Running, 40, ""),
            sample(ImportStatus::Done, 120, outcomes),
            sample(ImportStatus::Done, 120, ""),
        ]
        .map(|import| Self::new((theme, lang), &event, &import))
        .into()
    }
}

#[cfg(test)]
fn sample(status: ImportStatus, done: i32, outcomes: &str) -> Import {
    let now = chrono::DateTime::UNIX_EPOCH;
    Import {
        id: crate::ids::RegistrationImportId::NIL,
        event_id: crate::ids::EventId::NIL,
        created_by: crate::ids::AccountId::NIL,
        created_at: now,
        file_name: "dalībnieki.xlsx".to_owned(),
        status,
        sealed: None,
        people: 120,
        left_out: if done == 0 { 0 } else { 4 },
        done,
        outcomes: outcomes.to_owned(),
        ended_at: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_named_as_ranges() {
        assert_eq!(ranges(&[]), "");
        assert_eq!(ranges(&[2]), "2");
        assert_eq!(ranges(&[2, 3, 4, 6, 8, 9]), "2–4, 6, 8–9");
        assert_eq!(ranges(&[u32::MAX]), "4294967295");
    }
}
