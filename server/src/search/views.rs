//! What the template of the search gets.

use course_compiler::{
    Course, CourseId, Lesson,
    model::{CourseKind, Status},
    search::{Hit, Piece, Query},
};
use serde::Serialize;

use super::model::{Kind, Results, Thing, What, find};
use crate::{
    events::EventCard,
    http::{
        Lang,
        address::{self, Address as _, with_query},
        theme::Theme,
        visit::{Section, View},
    },
    learning::{
        Catalogue,
        views::{PieceView, TextLink, course_url, foreign, lesson_url, path_card::path_url},
    },
};

/// Hits of a kind that are shown beside those of others.
const FEW: usize = 5;
/// Hits that are shown of one kind alone.
const MANY: usize = 100;
/// Further places of one hit that are named.
const MORE_PLACES: usize = 3;

/// What somebody looks for, and who it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// What was typed.
    pub text: &'a str,
    /// Among what alone.
    pub kind: Option<Kind>,
    /// The courses that they are in.
    pub own: &'a [CourseId],
}

/// What a search found.
#[derive(Debug, Serialize)]
pub(crate) struct SearchPage {
    query: String,
    /// Nothing where nothing was looked for.
    count_text: Option<String>,
    is_partial: bool,
    suggestion: Option<TextLink>,
    kinds: Vec<KindLink>,
    groups: Vec<Group>,
    events: Vec<EventCard>,
    /// Leads to all events, where some are left out.
    all_events: Option<String>,
}

/// Narrows what was found to a kind, or widens it to all.
#[derive(Debug, Serialize)]
struct KindLink {
    link: TextLink,
    is_current: bool,
}

/// What was found of a kind.
#[derive(Debug, Serialize)]
struct Group {
    id: &'static str,
    title: String,
    hits: Vec<HitView>,
    /// Leads to all of them, where some are left out.
    all: Option<TextLink>,
    /// Says that even alone not all are shown.
    left_out: Option<String>,
}

#[derive(Debug, Serialize)]
struct HitView {
    url: String,
    title: Vec<PieceView>,
    /// The language of title and excerpt, when it is not the page's.
    lang: Option<&'static str>,
    /// The course or handbook that it is in.
    within: Option<String>,
    is_draft: bool,
    /// Whether it leads to the course because its lessons are for those who are in it.
    is_closed: bool,
    /// The heading of the best place, where it is not the title.
    heading: Vec<PieceView>,
    excerpt: Vec<PieceView>,
    more: Vec<TextLink>,
}

impl SearchPage {
    /// In the page's language.
    #[must_use]
    pub(crate) fn new(
        (theme, lang): (&Theme, Lang),
        catalogue: &Catalogue,
        asked: &Asked<'_>,
        (events, all_events): (Vec<EventCard>, usize),
    ) -> Self {
        let mut page = Self {
            query: asked.text.to_owned(),
            count_text: None,
            is_partial: false,
            suggestion: None,
            kinds: Vec::new(),
            groups: Vec::new(),
            all_events: (asked.kind.is_none() && all_events > events.len())
                .then(|| events_url(lang, asked.text)),
            events,
        };
        if asked.text.is_empty() {
            return page;
        }
        let results = find(catalogue, asked.text, lang.into());
        let count: usize = results.by_kind.values().map(Vec::len).sum();
        let all = count + all_events;
        page.count_text = Some(theme.text_with(lang, "search-count", &[("count", all.into())]));
        page.is_partial = !results.has_all_words && count > 0;
        page.suggestion = results.suggestion.as_ref().map(|text| TextLink {
            url: url(lang, text, None),
            text: text.clone(),
        });
        page.kinds = kind_links(theme, lang, asked, &results, all_events);
        page.groups = results
            .by_kind
            .iter()
            .filter(|(kind, _)| asked.kind.is_none_or(|only| only == **kind))
            .map(|(kind, things)| group(theme, lang, asked, (*kind, things)))
            .collect();
        page
    }
}

fn url(lang: Lang, text: &str, kind: Option<Kind>) -> String {
    let kind = kind.map(|kind| ("in", kind.as_str()));
    with_query(
        &address::Search.url(lang),
        std::iter::once(("q", text)).chain(kind),
    )
}

fn kind_links(
    theme: &Theme,
    lang: Lang,
    asked: &Asked<'_>,
    results: &Results<'_>,
    events: usize,
) -> Vec<KindLink> {
    let count = events + results.by_kind.values().map(Vec::len).sum::<usize>();
    let link = |kind: Option<Kind>, count: usize| {
        let word = kind.map_or("all", Kind::as_str);
        let key = format!("search-in-{word}");
        KindLink {
            link: TextLink {
                url: url(lang, asked.text, kind),
                text: theme.text_with(lang, &key, &[("count", count.into())]),
            },
            is_current: asked.kind == kind,
        }
    };
    if results.by_kind.len() + usize::from(events > 0) < 2 && asked.kind.is_none() {
        return Vec::new();
    }
    let events = (events > 0).then(|| KindLink {
        link: TextLink {
            url: events_url(lang, asked.text),
            text: theme.text_with(lang, "search-in-events", &[("count", events.into())]),
        },
        is_current: false,
    });
    let kinds = Kind::ALL.into_iter().filter_map(|kind| {
        let count = results.by_kind.get(&kind).map_or(0, Vec::len);
        (count > 0 || asked.kind == Some(kind)).then(|| link(Some(kind), count))
    });
    std::iter::once(link(None, count))
        .chain(kinds)
        .chain(events)
        .collect()
}

/// The page of all events that match.
fn events_url(lang: Lang, text: &str) -> String {
    with_query(&address::Events.url(lang), [("q", text)])
}

fn group(theme: &Theme, lang: Lang, asked: &Asked<'_>, found: (Kind, &Vec<Thing<'_>>)) -> Group {
    let (kind, things) = found;
    let most = if asked.kind.is_some() { MANY } else { FEW };
    let count = [("count", things.len().into())];
    let is_cut = things.len() > most;
    Group {
        id: kind.as_str(),
        title: theme.text(lang, &format!("search-kind-{}", kind.as_str())),
        hits: things
            .iter()
            .take(most)
            .filter_map(|thing| hit_view(lang, asked, thing))
            .collect(),
        all: (is_cut && asked.kind.is_none()).then(|| TextLink {
            url: url(lang, asked.text, Some(kind)),
            text: theme.text_with(lang, &format!("search-all-{}", kind.as_str()), &count),
        }),
        left_out: (is_cut && asked.kind.is_some())
            .then(|| theme.text_with(lang, "search-left-out", &[("shown", MANY.into())])),
    }
}

fn hit_view(lang: Lang, asked: &Asked<'_>, thing: &Thing<'_>) -> Option<HitView> {
    let query = Query::new(asked.text, thing.language);
    let best = thing.sections.first()?;
    let Hit {
        section,
        heading,
        excerpt,
    } = thing.index.hit(&query, best.place)?;
    let pieces = |pieces: Vec<Piece>| pieces.into_iter().map(PieceView::from).collect();
    let (title, heading, page) = match thing.what {
        What::Course(course) => (heading, Vec::new(), course_page(lang, course)),
        What::Path(path) => (heading, Vec::new(), path_url(lang, path)),
        What::Term => (heading, Vec::new(), address::Glossary.url(lang)),
        What::Lesson(course, lesson) => {
            let page = lesson_page(lang, course, lesson, asked.own);
            if section.anchor.is_none() {
                (heading, Vec::new(), page)
            } else {
                let title = lesson
                    .text(thing.language)
                    .map(|(_, text)| text.title.as_str());
                (query.pieces(title.unwrap_or_default()), heading, page)
            }
        }
    };
    let is_closed = matches!(thing.what, What::Lesson(course, _)
        if course.kind == CourseKind::Course && !asked.own.contains(&course.id));
    let within = match thing.what {
        What::Lesson(course, _) => Some(course),
        What::Course(_) | What::Path(_) | What::Term => None,
    };
    let is_draft = match thing.what {
        What::Course(course) | What::Lesson(course, _) => course.status == Status::Draft,
        What::Path(_) | What::Term => false,
    };
    let at = |anchor: Option<&String>| match anchor {
        Some(anchor) if !is_closed => format!("{page}#{anchor}"),
        _ => page.clone(),
    };
    let more = thing
        .sections
        .iter()
        .skip(1)
        .filter(|_| !is_closed)
        .filter_map(|found| thing.index.sections().get(found.place))
        .filter(|other| other.anchor.is_some())
        .take(MORE_PLACES)
        .map(|other| TextLink {
            url: at(other.anchor.as_ref()),
            text: other.heading.clone(),
        })
        .collect();
    Some(HitView {
        url: at(section.anchor.as_ref()),
        title: pieces(title),
        lang: foreign(lang, thing.shown),
        within: within.map(|course| {
            let title = course.title.get(lang.into(), course.source_language);
            title.to_owned()
        }),
        is_draft,
        is_closed,
        heading: pieces(heading),
        excerpt: pieces(excerpt),
        more,
    })
}

/// The page of a course or a handbook.
fn course_page(lang: Lang, course: &Course) -> String {
    match course.kind {
        CourseKind::Course => course_url(lang, course),
        CourseKind::Handbook => {
            let handbook = course.into();
            address::HandbookContents { handbook }.url(lang)
        }
    }
}

/// The page of a lesson or a chapter; of a lesson that is closed to somebody, that of the course.
fn lesson_page(lang: Lang, course: &Course, lesson: &Lesson, own: &[CourseId]) -> String {
    match course.kind {
        CourseKind::Course if own.contains(&course.id) => lesson_url(lang, course, lesson),
        CourseKind::Course => course_url(lang, course),
        CourseKind::Handbook => {
            let (handbook, chapter) = (course.into(), lesson.into());
            address::Chapter { handbook, chapter }.url(lang)
        }
    }
}

impl View for SearchPage {
    const TEMPLATE: &'static str = "pages/search.html";
    const SECTION: Section = Section::None;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        if self.query.is_empty() {
            theme.text(lang, "search-title")
        } else {
            theme.text_with(
                lang,
                "search-title-of",
                &[("query", self.query.as_str().into())],
            )
        }
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::sample_catalogue();
        let own: Vec<CourseId> = catalogue
            .offered()
            .map(|course| course.id.clone())
            .collect();
        let found = |text: &str| match text {
            "dati" => (vec![EventCard::sample(theme, lang)], 7),
            _ => (Vec::new(), 0),
        };
        let page = |text, kind, own| {
            let asked = Asked { text, kind, own };
            Self::new((theme, lang), &catalogue, &asked, found(text))
        };
        vec![
            page("", None, &[]),
            page("diskriminācija", None, &[]),
            page("discrimination", None, &own),
            page("dati", Some(Kind::Chapter), &[]),
            page("dati", Some(Kind::Course), &[]),
            page("diskrimminacija", None, &[]),
            page("nekas-tads qwertyuiop", None, &[]),
        ]
    }
}
