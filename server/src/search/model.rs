//! What a query finds in a catalogue, by kind.

use std::{cmp::Reverse, collections::BTreeMap};

use course_compiler::{
    Course, Language, Lesson, LessonId,
    search::{Found, Index, Query, keep_best},
};

use crate::learning::{Catalogue, LearningPath};

/// The kinds of what can be found, in the order in which a page shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A course as a whole.
    Course,
    /// A learning path.
    Path,
    /// A lesson of a course.
    Lesson,
    /// A handbook, or a chapter of one.
    Chapter,
    /// A term of the glossary.
    Term,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [
        Self::Course,
        Self::Path,
        Self::Lesson,
        Self::Chapter,
        Self::Term,
    ];

    /// As an address says it.
    #[must_use]
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Course => "courses",
            Self::Path => "paths",
            Self::Lesson => "lessons",
            Self::Chapter => "chapters",
            Self::Term => "terms",
        }
    }

    /// The kind that an address says.
    #[must_use]
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What was found: a course, a lesson, a chapter or a term, with the sections of it that have the words.
#[derive(Debug)]
pub(crate) struct Thing<'a> {
    /// Which it is.
    pub what: What<'a>,
    /// Where its sections stand.
    pub index: &'a Index,
    /// The language in which it is looked for.
    pub language: Language,
    /// The language of what is shown of it.
    pub shown: Language,
    /// The best first.
    pub sections: Vec<Found>,
}

/// What a [`Thing`] is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum What<'a> {
    /// A course or a handbook.
    Course(&'a Course),
    /// A learning path.
    Path(&'a LearningPath),
    /// A lesson, or a chapter of a handbook.
    Lesson(&'a Course, &'a Lesson),
    /// A term.
    Term,
}

/// What a query found.
#[derive(Debug)]
pub(crate) struct Results<'a> {
    /// Of each kind, the best first.
    pub by_kind: BTreeMap<Kind, Vec<Thing<'a>>>,
    /// Whether everything has every word of the query.
    pub has_all_words: bool,
    /// The query with words that are nowhere replaced by others that are.
    pub suggestion: Option<String>,
}

/// What of a course is looked through, in a language.
struct Place<'a> {
    kind_of_whole: Kind,
    kind_of_part: Kind,
    course: &'a Course,
    index: &'a Index,
    language: Language,
}

/// What a query finds. What a text in another language says is found where it is shown in place of the page's.
#[must_use]
pub(crate) fn find<'a>(catalogue: &'a Catalogue, text: &str, language: Language) -> Results<'a> {
    let queries: BTreeMap<Language, Query> = Language::ALL
        .iter()
        .map(|language| (*language, Query::new(text, *language)))
        .collect();
    let mut results = Results {
        by_kind: BTreeMap::new(),
        has_all_words: true,
        suggestion: None,
    };
    let Some(query) = queries.get(&language) else {
        return results;
    };
    let mut things: Vec<(Kind, Thing<'a>)> = Vec::new();
    for place in places(catalogue, language) {
        if let Some(query) = queries.get(&place.language) {
            things_of(&place, query, language, &mut things);
        }
    }
    if let Some(index) = catalogue.path_index(language) {
        paths(catalogue, index, (query, language), &mut things);
    }
    if let Some(index) = catalogue.term_index(language) {
        terms(catalogue, index, (query, language), &mut things);
    }
    let most_words = |(_, thing): &(Kind, Thing<'_>)| {
        let words = thing.sections.iter().map(|found| found.words);
        words.max().unwrap_or_default()
    };
    results.has_all_words = keep_best(&mut things, query, most_words);
    // The words of the page's language only: a word of the other would be no suggestion.
    if !results.has_all_words || things.is_empty() {
        let indexes: Vec<&Index> = places(catalogue, language)
            .filter(|place| place.language == language)
            .map(|place| place.index)
            .chain(catalogue.path_index(language))
            .chain(catalogue.term_index(language))
            .collect();
        results.suggestion = query.suggestion(&indexes);
    }
    for (kind, thing) in things {
        results.by_kind.entry(kind).or_default().push(thing);
    }
    for things in results.by_kind.values_mut() {
        // Stable: what is worth as much stays in the order of the catalogue.
        things.sort_by_key(|thing| Reverse(thing.sections.first().map(|found| found.score)));
    }
    results
}

/// Every index of what is open, those in the page's language and those in others.
fn places(catalogue: &Catalogue, language: Language) -> impl Iterator<Item = Place<'_>> {
    let courses = catalogue
        .offered()
        .map(|course| (Kind::Course, Kind::Lesson, course));
    let handbooks = catalogue
        .handbooks()
        .map(|handbook| (Kind::Chapter, Kind::Chapter, handbook));
    courses
        .chain(handbooks)
        .flat_map(move |(kind_of_whole, kind_of_part, course)| {
            let is_translated = course
                .lessons
                .iter()
                .all(|lesson| lesson.texts.contains_key(&language));
            course
                .search
                .iter()
                .filter(move |(of, _)| **of == language || !is_translated)
                .map(move |(of, index)| Place {
                    kind_of_whole,
                    kind_of_part,
                    course,
                    index,
                    language: *of,
                })
        })
}

/// What of a course has words of the query: the course itself, its lessons.
fn things_of<'a>(
    place: &Place<'a>,
    query: &Query,
    shown_in: Language,
    things: &mut Vec<(Kind, Thing<'a>)>,
) {
    let Place { course, index, .. } = place;
    let mut by_lesson: BTreeMap<Option<&'a LessonId>, Vec<Found>> = BTreeMap::new();
    for found in index.find(query) {
        if let Some(section) = index.sections().get(found.place) {
            let lesson = section.lesson.as_ref();
            by_lesson.entry(lesson).or_default().push(found);
        }
    }
    let mut add = |kind, what, mut sections: Vec<Found>| {
        keep_best(&mut sections, query, |found| found.words);
        sections.sort_by_key(|found| (Reverse(found.score), found.place));
        if !sections.is_empty() {
            let (language, index) = (place.language, *index);
            things.push((
                kind,
                Thing {
                    what,
                    index,
                    language,
                    shown: language,
                    sections,
                },
            ));
        }
    };
    if let Some(sections) = by_lesson.remove(&None)
        && (place.language == shown_in || !course.search.contains_key(&shown_in))
    {
        add(place.kind_of_whole, What::Course(course), sections);
    }
    for lesson in &course.lessons {
        let is_shown = |lesson: &Lesson| {
            let shown = lesson.text(shown_in);
            shown.is_some_and(|(language, _)| language == place.language)
        };
        if let Some(sections) = by_lesson.remove(&Some(&lesson.id))
            && is_shown(lesson)
        {
            add(place.kind_of_part, What::Lesson(course, lesson), sections);
        }
    }
}

fn paths<'a>(
    catalogue: &'a Catalogue,
    index: &'a Index,
    (query, language): (&Query, Language),
    things: &mut Vec<(Kind, Thing<'a>)>,
) {
    for found in index.find(query) {
        // The index has the paths in their order.
        if let Some(path) = catalogue.paths().nth(found.place) {
            let thing = Thing {
                what: What::Path(path),
                index,
                language,
                shown: language,
                sections: vec![found],
            };
            things.push((Kind::Path, thing));
        }
    }
}

fn terms<'a>(
    catalogue: &'a Catalogue,
    index: &'a Index,
    (query, language): (&Query, Language),
    things: &mut Vec<(Kind, Thing<'a>)>,
) {
    for found in index.find(query) {
        // The index has the terms in the order of their ids.
        let Some(id) = catalogue.glossary().terms.keys().nth(found.place) else {
            continue;
        };
        let shown = catalogue.glossary().term(id, language);
        things.push((
            Kind::Term,
            Thing {
                what: What::Term,
                index,
                language,
                shown: shown.map_or(language, |(found, _)| found),
                sections: vec![found],
            },
        ));
    }
}
