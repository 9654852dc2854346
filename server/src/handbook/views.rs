//! The views of the handbooks and the glossary.

use std::cmp::Reverse;

use course_compiler::{
    Course, Lesson, Segment,
    model::{Status, Task, term_element_id},
    search::{Hit, Query, keep_best},
};
use serde::Serialize;

use super::model::{chapters, facts_of, sector_of, text, url_of, url_of_chapter, version};
use crate::{
    http::{
        Lang, Search,
        address::{self, Address as _, with_query},
        theme::{Theme, TrustedHtml},
        visit::{Section, View},
    },
    learning::{
        Catalogue,
        views::{
            PieceView, SourceView, TextLink, catalogue::audience_label, foreign, uncited_sources,
        },
    },
    text::compare_latvian,
};

/// The list of handbooks, if there are several.
#[derive(Debug, Serialize)]
pub(crate) struct HandbooksPage {
    handbooks: Vec<HandbookCard>,
}

/// A handbook in a list.
#[derive(Debug, Serialize)]
struct HandbookCard {
    link: TextLink,
    summary: String,
    audience_label: String,
    chapters_text: String,
    is_draft: bool,
}

impl HandbooksPage {
    /// Sorted by title.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, handbooks: &[&Course]) -> Self {
        let card = |handbook: &&Course| {
            let count = chapters(handbook).count();
            HandbookCard {
                link: handbook_link(lang, handbook),
                summary: text(lang, handbook, &handbook.summary),
                audience_label: audience_label(theme, lang, handbook.audience),
                chapters_text: theme.text_with(
                    lang,
                    "handbook-chapters",
                    &[("count", count.into())],
                ),
                is_draft: handbook.status == Status::Draft,
            }
        };
        let mut handbooks: Vec<HandbookCard> = handbooks.iter().map(card).collect();
        handbooks.sort_by(|one, other| compare_latvian(&one.link.text, &other.link.text));
        Self { handbooks }
    }
}

impl View for HandbooksPage {
    const TEMPLATE: &'static str = "pages/handbooks.html";
    const SECTION: Section = Section::Handbook;

    const IS_CONTENT: bool = true;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "nav-handbook")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = two_handbooks();
        let handbooks: Vec<&Course> = catalogue.handbooks().collect();
        vec![Self::new(theme, lang, &handbooks)]
    }
}

/// Two copies of the shipped handbook.
#[cfg(test)]
fn two_handbooks() -> Catalogue {
    let mut bundle = crate::testing::shipped_bundle();
    let mut courses = bundle.courses.iter();
    let found = courses.find(|course| course.kind == course_compiler::model::CourseKind::Handbook);
    let mut other = std::sync::Arc::clone(found.unwrap());
    std::sync::Arc::make_mut(&mut other).slug = "methodology".to_owned();
    bundle.courses.push(other);
    Catalogue::new(bundle, Vec::new(), true)
}

/// The breadcrumbs of a handbook: with the list of handbooks, if there are several.
fn way(theme: &Theme, lang: Lang, catalogue: &Catalogue) -> Vec<TextLink> {
    let all = TextLink {
        url: address::Handbook.url(lang),
        text: theme.text(lang, "nav-handbook"),
    };
    (catalogue.handbooks().count() > 1)
        .then_some(all)
        .into_iter()
        .collect()
}

/// The contents by sector, and what a search found.
#[derive(Debug, Serialize)]
pub(crate) struct HandbookPage {
    /// The address of this page without a search.
    url: String,
    way: Vec<TextLink>,
    title: String,
    summary: String,
    is_draft: bool,
    query: String,
    longest_search: usize,
    tasks: Vec<TaskView>,
    sectors: Vec<SectorView>,
    result: Option<ResultView>,
    pdf_url: String,
    /// When any chapter last changed.
    version: Option<String>,
}

/// What a reader sets out to do, with the chapters that help, in order.
#[derive(Debug, Serialize)]
struct TaskView {
    id: String,
    title: String,
    chapters: Vec<ChapterLink>,
}

#[derive(Debug, Serialize)]
struct SectorView {
    id: String,
    /// Absent for chapters without a sector.
    title: Option<String>,
    chapters: Vec<ChapterLink>,
}

#[derive(Debug, Serialize)]
struct ChapterLink {
    link: TextLink,
    minutes: u32,
}

#[derive(Debug, Serialize)]
struct ResultView {
    count_text: String,
    is_partial: bool,
    hits: Vec<HitView>,
}

#[derive(Debug, Serialize)]
struct HitView {
    url: String,
    /// The chapter's title, if the heading is a different one.
    chapter: Option<String>,
    heading: Vec<PieceView>,
    excerpt: Vec<PieceView>,
}

impl HandbookPage {
    /// The table of contents in the page's language, with the results for `query` unless it is empty.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        handbook: &Course,
        query: &str,
    ) -> Self {
        let of_sector = |id: Option<&str>| -> Vec<ChapterLink> {
            chapters(handbook)
                .filter(|lesson| lesson.sector.as_deref() == id)
                .map(|lesson| ChapterLink {
                    link: chapter_link(lang, handbook, lesson),
                    minutes: lesson.minutes,
                })
                .collect()
        };
        let of_none = SectorView {
            id: "none".to_owned(),
            title: None,
            chapters: of_sector(None),
        };
        let sectors = handbook.sectors.iter().map(|sector| SectorView {
            id: sector.id.clone(),
            title: Some(text(lang, handbook, &sector.title)),
            chapters: of_sector(Some(&sector.id)),
        });
        let here = handbook_link(lang, handbook);
        Self {
            url: here.url,
            way: way(theme, lang, catalogue),
            title: here.text,
            summary: text(lang, handbook, &handbook.summary),
            is_draft: handbook.status == Status::Draft,
            query: query.to_owned(),
            longest_search: Search::LONGEST,
            tasks: handbook
                .tasks
                .iter()
                .map(|task| TaskView {
                    id: task.id.clone(),
                    title: text(lang, handbook, &task.title),
                    chapters: of_task(handbook, task)
                        .map(|lesson| ChapterLink {
                            link: task_link(lang, handbook, lesson, Some(task)),
                            minutes: lesson.minutes,
                        })
                        .collect(),
                })
                .collect(),
            sectors: std::iter::once(of_none)
                .chain(sectors)
                .filter(|sector| !sector.chapters.is_empty())
                .collect(),
            result: (!query.is_empty()).then(|| found(theme, lang, handbook, query)),
            pdf_url: address::HandbookFile {
                handbook: handbook.into(),
            }
            .url(lang),
            version: version(lang, handbook).map(|date| lang.date(date)),
        }
    }
}

fn handbook_link(lang: Lang, handbook: &Course) -> TextLink {
    TextLink {
        url: url_of(lang, handbook),
        text: text(lang, handbook, &handbook.title),
    }
}

fn chapter_link(lang: Lang, handbook: &Course, lesson: &Lesson) -> TextLink {
    TextLink {
        url: url_of_chapter(lang, handbook, lesson),
        text: lesson
            .text(lang.into())
            .map(|(_, text)| text.title.clone())
            .unwrap_or_default(),
    }
}

/// The chapters of a task, in its order.
fn of_task<'a>(handbook: &'a Course, task: &'a Task) -> impl Iterator<Item = &'a Lesson> {
    task.chapters.iter().filter_map(|id| handbook.lesson(id))
}

/// Leads to a chapter, and from there on through those of the task.
fn task_link(lang: Lang, handbook: &Course, lesson: &Lesson, task: Option<&Task>) -> TextLink {
    let link = chapter_link(lang, handbook, lesson);
    TextLink {
        url: with_query(&link.url, task.map(|task| ("task", task.id.as_str()))),
        ..link
    }
}

fn found(theme: &Theme, lang: Lang, handbook: &Course, query: &str) -> ResultView {
    let query = Query::new(query, lang.into());
    let index = handbook.search.get(&lang.into());
    let search = index.map(|index| index.search(&query));
    let is_partial = search.as_ref().is_some_and(|search| !search.has_all_words);
    let hits: Vec<HitView> = search
        .into_iter()
        .flat_map(|search| search.hits)
        .filter_map(|hit| hit_view(lang, handbook, hit))
        .collect();
    ResultView {
        is_partial: is_partial && !hits.is_empty(),
        count_text: theme.text_with(lang, "handbook-found", &[("count", hits.len().into())]),
        hits,
    }
}

fn hit_view(lang: Lang, handbook: &Course, hit: Hit<'_>) -> Option<HitView> {
    let link = chapter_link(
        lang,
        handbook,
        handbook.lesson(hit.section.lesson.as_ref()?)?,
    );
    Some(HitView {
        url: match &hit.section.anchor {
            Some(anchor) => format!("{}#{anchor}", link.url),
            None => link.url,
        },
        chapter: (link.text != hit.section.heading).then_some(link.text),
        heading: hit.heading.into_iter().map(PieceView::from).collect(),
        excerpt: hit.excerpt.into_iter().map(PieceView::from).collect(),
    })
}

impl View for HandbookPage {
    const TEMPLATE: &'static str = "pages/handbook.html";
    const SECTION: Section = Section::Handbook;

    const IS_CONTENT: bool = true;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.title.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::sample_catalogue();
        let handbook = catalogue.handbooks().next().unwrap();
        let mut samples: Vec<Self> = ["dati", "data", "nekas-tads"]
            .map(|query| Self::new(theme, lang, &catalogue, handbook, query))
            .into();
        samples.push(Self::new(theme, lang, &two_handbooks(), handbook, ""));
        samples
    }
}

/// What is read: a chapter of a handbook, perhaps on the way through a task.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The handbook.
    pub handbook: &'a Course,
    /// The chapter.
    pub chapter: &'a Lesson,
    /// What the reader has set out to do.
    pub task: Option<&'a Task>,
}

/// Where in a task a reader is.
#[derive(Debug, Serialize)]
struct TaskStep {
    /// Leads to the task in the contents of the handbook.
    link: TextLink,
    text: String,
}

/// A chapter.
#[derive(Debug, Serialize)]
pub(crate) struct ChapterPage {
    #[serde(skip)]
    has_exit: bool,
    title: String,
    way: Vec<TextLink>,
    handbook: TextLink,
    sector: Option<String>,
    task: Option<TaskStep>,
    is_draft: bool,
    minutes: u32,
    /// When it changed, when its law was checked, when its sources were read.
    facts: Vec<String>,
    pdf_url: String,
    /// The language of the text, when it is not the page's.
    text_lang: Option<&'static str>,
    /// Links to the headings of the second level.
    contents: Vec<TextLink>,
    texts: Vec<TrustedHtml>,
    sources: Vec<SourceView>,
    previous: Option<TextLink>,
    next: Option<TextLink>,
}

impl ChapterPage {
    /// The chapter in the page's language, or in the one in which it exists. Questions are left out: they
    /// belong to courses. With a task, the previous and next chapters are those of the task.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        reading: &Reading<'_>,
    ) -> Self {
        let Reading {
            handbook, chapter, ..
        } = reading;
        let found = chapter.text(lang.into());
        let is_this = |other: &&Lesson| other.id == chapter.id;
        let task = reading
            .task
            .filter(|task| of_task(handbook, task).any(|other| is_this(&other)));
        let row: Vec<&Lesson> = match task {
            Some(task) => of_task(handbook, task).collect(),
            None => chapters(handbook).collect(),
        };
        let position = row.iter().position(is_this);
        let all: Vec<TextLink> = row
            .iter()
            .map(|lesson| task_link(lang, handbook, lesson, task))
            .collect();
        let neighbour = |offset: isize| all.get(position?.checked_add_signed(offset)?).cloned();
        let text_of = found.map(|(_, text)| text);
        let contents_url = handbook_link(lang, handbook).url;
        let task = task.zip(position).map(|(task, position)| TaskStep {
            link: TextLink {
                url: format!("{contents_url}#task-{}", task.id),
                text: text(lang, handbook, &task.title),
            },
            text: theme.text_with(
                lang,
                "handbook-task-step",
                &[
                    ("step", position.saturating_add(1).into()),
                    ("of", row.len().into()),
                ],
            ),
        });
        Self {
            has_exit: handbook.exit_page,
            title: chapter_link(lang, handbook, chapter).text,
            way: way(theme, lang, catalogue),
            handbook: handbook_link(lang, handbook),
            sector: sector_of(lang, handbook, chapter),
            task,
            facts: facts_of(theme, lang, handbook, chapter),
            pdf_url: address::ChapterFile {
                handbook: (*handbook).into(),
                chapter: (*chapter).into(),
            }
            .url(lang),
            is_draft: handbook.status == Status::Draft,
            minutes: chapter.minutes,
            text_lang: found.and_then(|(found, _)| foreign(lang, found)),
            contents: text_of
                .iter()
                .flat_map(|text| &text.headings)
                .filter(|heading| heading.level == 2)
                .map(|heading| TextLink {
                    url: format!("#{}", heading.id),
                    text: heading.text.clone(),
                })
                .collect(),
            texts: text_of
                .iter()
                .flat_map(|text| &text.segments)
                .filter_map(|segment| match segment {
                    Segment::Html(html) => Some(TrustedHtml(html.clone())),
                    Segment::Question(_) => None,
                })
                .collect(),
            sources: text_of.map_or_else(Vec::new, |text| uncited_sources(lang, text)),
            previous: neighbour(-1),
            next: neighbour(1),
        }
    }
}

impl View for ChapterPage {
    const TEMPLATE: &'static str = "pages/handbook-chapter.html";
    const SECTION: Section = Section::Handbook;

    const IS_CONTENT: bool = true;

    fn has_exit(&self) -> bool {
        self.has_exit
    }

    fn title(&self, _: &Theme, _: Lang) -> String {
        format!("{} – {}", self.title, self.handbook.text)
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::sample_catalogue();
        let handbook = catalogue.handbooks().next().unwrap();
        let page = |chapter, task| {
            let reading = Reading {
                handbook,
                chapter,
                task,
            };
            Self::new(theme, lang, &catalogue, &reading)
        };
        let of_tasks = handbook
            .tasks
            .iter()
            .flat_map(|task| of_task(handbook, task).map(move |chapter| (chapter, Some(task))));
        chapters(handbook)
            .map(|chapter| (chapter, None))
            .chain(of_tasks)
            .map(|(chapter, task)| page(chapter, task))
            .collect()
    }
}

/// The terms of all courses in alphabetical order, or the results of a search.
#[derive(Debug, Serialize)]
pub(crate) struct GlossaryPage {
    query: String,
    /// The letters that terms begin with; none where something is looked for.
    letters: Vec<TextLink>,
    groups: Vec<LetterView>,
    /// Says how many were found; nothing where nothing is looked for.
    count_text: Option<String>,
}

/// The terms that begin with a letter; without one, those that were found.
#[derive(Debug, Serialize)]
struct LetterView {
    id: String,
    letter: Option<String>,
    terms: Vec<TermView>,
}

#[derive(Debug, Serialize)]
struct TermView {
    id: String,
    title: String,
    definition: TrustedHtml,
    /// The language of the term, when it is not the page's.
    lang: Option<&'static str>,
}

impl GlossaryPage {
    /// Terms in the page's language, or in the one in which they are defined: all, or those matching `query`.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, catalogue: &Catalogue, query: &str) -> Self {
        let glossary = catalogue.glossary();
        let term = |id| {
            let (found, text) = glossary.term(id, lang.into())?;
            Some(TermView {
                id: term_element_id(id),
                title: text.title.clone(),
                definition: TrustedHtml(text.definition_html.clone()),
                lang: foreign(lang, found),
            })
        };
        if !query.is_empty() {
            let index = catalogue.term_index(lang.into());
            let query_words = Query::new(query, lang.into());
            let mut found = index
                .map(|index| index.find(&query_words))
                .unwrap_or_default();
            keep_best(&mut found, &query_words, |found| found.words);
            found.sort_by_key(|found| (Reverse(found.score), found.place));
            // The index has the terms in the order of their ids.
            let terms: Vec<TermView> = found
                .iter()
                .filter_map(|found| term(glossary.terms.keys().nth(found.place)?))
                .collect();
            let count = [("count", terms.len().into())];
            return Self {
                query: query.to_owned(),
                letters: Vec::new(),
                count_text: Some(theme.text_with(lang, "glossary-found", &count)),
                groups: vec![LetterView {
                    id: "found".to_owned(),
                    letter: None,
                    terms,
                }],
            };
        }
        let mut terms: Vec<TermView> = glossary.terms.keys().filter_map(term).collect();
        terms.sort_by(|one, other| compare_latvian(&one.title, &other.title));
        let mut groups: Vec<LetterView> = Vec::new();
        for term in terms {
            let letter = letter_of(&term.title);
            match groups.last_mut() {
                Some(group) if group.letter == letter => group.terms.push(term),
                _ => groups.push(LetterView {
                    id: format!("letter-{}", letter.as_deref().unwrap_or_default()),
                    letter,
                    terms: vec![term],
                }),
            }
        }
        Self {
            query: String::new(),
            letters: groups
                .iter()
                .filter_map(|group| {
                    Some(TextLink {
                        url: format!("#{}", group.id),
                        text: group.letter.clone()?,
                    })
                })
                .collect(),
            groups,
            count_text: None,
        }
    }
}

/// The letter under which a term stands.
fn letter_of(title: &str) -> Option<String> {
    let first = title.chars().find(|c| c.is_alphanumeric())?;
    Some(first.to_uppercase().collect())
}

impl View for GlossaryPage {
    const TEMPLATE: &'static str = "pages/glossary.html";
    const SECTION: Section = Section::Handbook;

    const IS_CONTENT: bool = true;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "glossary-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::sample_catalogue();
        let mut bundle = crate::testing::shipped_bundle();
        bundle.glossary = course_compiler::model::Glossary::default();
        let without_terms = Catalogue::new(bundle, Vec::new(), true);
        vec![
            Self::new(theme, lang, &catalogue, ""),
            Self::new(theme, lang, &catalogue, "diskriminacija"),
            Self::new(theme, lang, &catalogue, "nekas-tads"),
            Self::new(theme, lang, &without_terms, ""),
        ]
    }
}
