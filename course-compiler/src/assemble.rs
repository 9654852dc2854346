//! Assembles the compiled course from a course without errors: ids from the lock, the two halves of each
//! question, HTML, reviews.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::course::Course;
use crate::diagnostic::Diagnostic;
use crate::draft::{Block, DraftFile, DraftGlossary, Meta, ReviewDraft, TermDraft};
use crate::draft_course::{DraftCourse, LessonDraft};
use crate::hash::Hasher;
use crate::lint::review_missing;
use crate::lock::{self, Contents, Lock, Remembered, RememberedLesson, What};
use crate::model::{
    CompletionLessons, CompletionRule, CourseId, Glossary, Language, Lesson, LessonId, LessonKind,
    LessonText, OutcomeId, PartId, QuestionId, Rescore, Review, ReviewKind, RevisionHash, Status,
    TermText, Verdict,
};
use crate::parse::attributes::Word;
use crate::parse::plain_text;
use crate::question::QuestionDraft;
use crate::question::{self, AnswerKey, Question};
use crate::rules::lock_stale;
use crate::search::{Index, Section};
use crate::{doubts, render};

/// How much of a content hash a review has to name, in hexadecimal digits.
const SHORTEST_NAMED_HASH: usize = 12;

/// A compiled course with its assets, lock and warnings.
pub(crate) struct Assembled {
    pub(crate) course: Course,
    /// Pictures and downloads by their name in the bundle.
    pub(crate) assets: BTreeMap<String, Arc<[u8]>>,
    /// The text that `course.lock` should have.
    pub(crate) lock: String,
    /// Warnings that are found only while assembling.
    pub(crate) warnings: Vec<Diagnostic>,
}

/// A question with the ids of its parts, as the lock records them.
struct Identified<'a> {
    draft: &'a QuestionDraft,
    ids: Vec<PartId>,
    question: Question,
    key: AnswerKey,
    /// Parts that said something else before, with the earlier text; the author has confirmed that they mean
    /// the same.
    parts_were: Vec<(usize, String)>,
    changed: bool,
}

/// The glossary with its definitions as HTML.
pub(crate) fn glossary(draft: &DraftGlossary) -> Glossary {
    let text = |language: &Language, term: &TermDraft| {
        let file = draft.files.get(language)?;
        let text = TermText {
            title: term.title.clone(),
            definition: plain_text(&term.definition),
            definition_html: render::definition(file, &term.definition),
            forms: term.forms().to_vec(),
            sees: term.sees(),
        };
        Some((*language, text))
    };
    let terms = draft.terms.iter().map(|(id, languages)| {
        let texts = languages.iter();
        let texts = texts.filter_map(|(language, term)| text(language, term));
        (id.clone(), texts.collect())
    });
    Glossary {
        terms: terms.collect(),
    }
}

/// Compiles a course without errors.
pub(crate) fn assemble(
    draft: &DraftCourse,
    glossary: &Glossary,
    required: &[ReviewKind],
) -> Assembled {
    let id = CourseId::from(draft.meta.id.text.as_str());
    let render = || -> Vec<(Lesson, Vec<Identified<'_>>)> {
        let lessons = draft.lessons.par_iter();
        lessons
            .filter_map(|lesson| assemble_lesson(draft, glossary, &id, lesson))
            .collect()
    };
    let whole = || rayon::join(|| search_indexes(draft), || draft.content_hash());
    let (lessons, (search, content)) = rayon::join(render, whole);

    let mut warnings = Vec::new();
    let identified = || lessons.iter().flat_map(|(_, questions)| questions);
    let changed = identified().any(|identified| identified.changed);
    let remember = |identified| {
        let identified: &Identified<'_> = identified;
        // An unresolved doubt is an error, so the course is not in the bundle.
        let rebound = draft
            .lock
            .as_ref()
            .filter(|_| !draft.decisions.is_empty())
            .and_then(|lock| lock.question_rebound(identified.draft, draft.meta.source_language));
        Remembered {
            id: identified.question.id.as_str(),
            class: &identified.draft.class,
            title: plain_text(&identified.draft.title),
            prompt: identified.draft.below.clone(),
            was: rebound
                .filter(|rebound| rebound.what != What::Answers)
                .map(|rebound| rebound.before)
                .into_iter()
                .collect(),
            parts_were: identified.parts_were.clone(),
            content: content_hash(&identified.question, &identified.key),
            grading: identified.question.revision.as_str(),
            parts: &identified.draft.parts,
            ids: &identified.ids,
        }
    };
    let remembered = lessons.par_iter().flat_map_iter(|(_, questions)| questions);
    let remembered: Vec<Remembered<'_>> = remembered.map(remember).collect();
    let language = draft.meta.source_language;
    let lessons_now = draft.lessons.par_iter().filter_map(|lesson| {
        let file = lesson.files.get(&language)?;
        RememberedLesson::of(draft.lock.as_ref(), file, &lesson.slug, language)
    });
    let outcomes = draft.meta.outcomes.iter();
    let lock = Lock::of(
        draft.lock.as_ref(),
        Contents {
            course: id.clone(),
            lessons: lessons_now.collect(),
            outcomes: outcomes
                .map(|outcome| {
                    let text = outcome.text.get(language, language);
                    (outcome.id.to_string(), text.to_owned())
                })
                .collect(),
            questions: &remembered,
            translations: draft.records(),
        },
    );
    let known = draft
        .lock
        .as_ref()
        .is_some_and(|before| before.knows(&lock));
    if changed || !known {
        let folder = &draft.slug;
        warnings.push(lock_stale::stale(
            format!("{folder}/course.lock"),
            draft.lock.is_none(),
        ));
    }

    let (lock_text, mut course) = rayon::join(
        || lock.to_text(),
        || course(draft, (id, content), lessons, required, search),
    );
    course.earlier_texts = lock.earlier_texts();
    warnings.extend(review_missing::report(draft, &course));
    Assembled {
        course,
        assets: draft
            .assets
            .iter()
            .map(|(path, bytes)| (render::asset_name(path, bytes), Arc::clone(bytes)))
            .collect(),
        lock: lock_text,
        warnings,
    }
}

/// The course with its lessons.
fn course(
    draft: &DraftCourse,
    (id, content_hash): (CourseId, String),
    lessons: Vec<(Lesson, Vec<Identified<'_>>)>,
    required: &[ReviewKind],
    search: BTreeMap<Language, Index>,
) -> Course {
    let reviews = reviews(&draft.meta.reviews, &content_hash);
    let missing_reviews: Vec<ReviewKind> = required
        .iter()
        .copied()
        .filter(|kind| !is_passed(&reviews, *kind))
        .collect();
    let mut questions = BTreeMap::new();
    let mut keys = BTreeMap::new();
    let mut compiled = Vec::new();
    for (lesson, identified) in lessons {
        compiled.push(lesson);
        for question in identified {
            keys.insert(question.question.id.clone(), question.key);
            questions.insert(question.question.id.clone(), question.question);
        }
    }
    let meta = &draft.meta;
    Course {
        uuid: lock::course_uuid(draft.lock.as_ref(), &id),
        id,
        slug: draft.slug.clone(),
        kind: meta.kind,
        ground: meta.ground,
        theme: meta.theme.clone(),
        exit_page: meta.exit_page,
        audience: meta.audience,
        hours: meta.hours,
        source_language: meta.source_language,
        languages: languages(&compiled),
        title: meta.title.clone(),
        summary: meta.summary.clone(),
        outcomes: meta.outcomes.clone(),
        sectors: meta.sectors.clone(),
        tasks: meta.tasks.iter().map(|task| task.task.clone()).collect(),
        lessons: compiled,
        completion: CompletionRule {
            lessons: match &meta.completion_lessons {
                None => CompletionLessons::All,
                Some(ids) => CompletionLessons::Listed(
                    ids.iter()
                        .map(|id| LessonId::from(id.text.as_str()))
                        .collect(),
                ),
            },
            questions: meta.completion_questions,
            test: meta
                .completion_test
                .as_ref()
                .map(|id| LessonId::from(id.text.as_str())),
        },
        reviews,
        status: if missing_reviews.is_empty() {
            Status::Publishable
        } else {
            Status::Draft
        },
        missing_reviews,
        rescores: rescores(draft, &questions),
        retired: draft
            .lock
            .as_ref()
            .map(|lock| lock.retired.clone())
            .unwrap_or_default(),
        earlier_texts: BTreeMap::new(),
        content_hash,
        questions,
        keys,
        search,
        digest: String::new(),
    }
}

/// The search index of a course and its lessons, by language; without tests and questions.
fn search_indexes(draft: &DraftCourse) -> BTreeMap<Language, Index> {
    let mut sections: BTreeMap<Language, Vec<Section>> = BTreeMap::new();
    for file in draft.files().filter(|file| file.front.test.is_none()) {
        let id = file.front.id.as_ref();
        let lesson = LessonId::from(id.map(|id| id.text.as_str()).unwrap_or_default());
        let found = sections
            .entry(file.language)
            .or_insert_with(|| vec![about(&draft.meta, file.language)]);
        found.extend(render::sections(file, &lesson));
    }
    sections
        .into_iter()
        .map(|(language, sections)| (language, Index::new(sections)))
        .collect()
}

/// What is said of the course as a whole.
fn about(meta: &Meta, language: Language) -> Section {
    let source = meta.source_language;
    let outcomes = meta.outcomes.iter().map(|outcome| &outcome.text);
    let texts = std::iter::once(&meta.summary).chain(outcomes);
    let texts: Vec<&str> = texts.map(|text| text.get(language, source)).collect();
    Section {
        lesson: None,
        heading: meta.title.get(language, source).to_owned(),
        anchor: None,
        text: texts.join(" "),
        also: String::new(),
    }
}

fn rescores(draft: &DraftCourse, questions: &BTreeMap<QuestionId, Question>) -> Vec<Rescore> {
    let rescores = draft.meta.rescores.iter().map(|rescore| {
        let question = QuestionId::from(rescore.question.text.as_str());
        let revision = RevisionHash::from(rescore.revision.as_str());
        Rescore {
            current: questions
                .get(&question)
                .is_some_and(|now| now.revision == revision),
            question,
            revision,
            reason: rescore.reason.clone(),
        }
    });
    rescores.collect()
}

fn assemble_lesson<'a>(
    draft: &DraftCourse,
    glossary: &Glossary,
    course: &CourseId,
    lesson: &'a LessonDraft,
) -> Option<(Lesson, Vec<Identified<'a>>)> {
    let source = lesson.files.get(&draft.meta.source_language)?;
    let id = &source.front.id.as_ref()?.text;
    let texts: BTreeMap<Language, LessonText> = lesson
        .files
        .iter()
        .map(|(language, file)| (*language, render::lesson(draft, glossary, lesson, file)))
        .collect();
    let questions: Vec<Identified<'a>> = source
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| match block {
            Block::Question(question) => identify(draft, course, lesson, source, (index, question)),
            Block::Heading { .. } | Block::Prose(_) => None,
        })
        .collect();
    let compiled = Lesson {
        id: LessonId::from(id.as_str()),
        uuid: lock::lesson_uuid(draft.lock.as_ref(), course, id),
        slug: lesson.slug.clone(),
        slugs_before: draft.slugs_before(lesson),
        kind: match &source.front.test {
            None => LessonKind::Lesson,
            Some(test) => LessonKind::Test(test.rules.clone()),
        },
        sector: source
            .front
            .sector
            .as_ref()
            .map(|sector| sector.text.clone()),
        outcomes: outcome_ids(&source.front.outcomes),
        minutes: source.front.minutes,
        legal_check: source.front.legal_check,
        texts,
        questions: questions
            .iter()
            .map(|question| question.question.id.clone())
            .collect(),
    };
    Some((compiled, questions))
}

/// Assigns ids to a question and its parts, and makes its two halves in all its languages.
fn identify<'a>(
    draft: &DraftCourse,
    course: &CourseId,
    lesson: &LessonDraft,
    source: &DraftFile,
    (block, question): (usize, &'a QuestionDraft),
) -> Option<Identified<'a>> {
    let id = &question.id.as_ref()?.text;
    let given = doubts::part_ids(draft, course, source, question);
    let languages: Vec<(Language, &QuestionDraft)> = lesson
        .files
        .iter()
        .filter_map(|(language, file)| Some((*language, lesson.question_in(file, block)?)))
        .collect();
    let halves = question::assemble(question, &given.ids, &languages)?;
    let mut texts = BTreeMap::new();
    let mut feedback: BTreeMap<PartId, BTreeMap<Language, String>> = BTreeMap::new();
    let mut explanation = BTreeMap::new();
    for (language, file) in &lesson.files {
        let Some(translated) = lesson.question_in(file, block) else {
            continue;
        };
        let rendered = render::question_texts(draft, file, translated, &given.ids);
        texts.insert(*language, rendered.public);
        for (part, html) in rendered.feedback {
            feedback.entry(part).or_default().insert(*language, html);
        }
        explanation.extend(rendered.explanation.map(|html| (*language, html)));
    }
    let mut hash = Hasher::new();
    hash.add(course.as_str(), id.as_bytes());
    hash.add(&question.class, question.points.to_string().as_bytes());
    hash.add("grading", halves.grading.to_string().as_bytes());
    let revision: String = hash.finish().chars().take(16).collect();
    Some(Identified {
        draft: question,
        question: Question {
            id: QuestionId::from(id.as_str()),
            uuid: lock::question_uuid(draft.lock.as_ref(), course, id),
            revision: RevisionHash::from(revision),
            points: question.points,
            outcomes: outcome_ids(&question.outcomes),
            texts,
            body: halves.body,
        },
        key: AnswerKey {
            key: halves.key,
            feedback,
            explanation,
        },
        ids: given.ids,
        parts_were: given.doubtful,
        changed: given.changed,
    })
}

fn outcome_ids(words: &[Word]) -> Vec<OutcomeId> {
    let words = words.iter();
    words
        .map(|word| OutcomeId::from(word.text.as_str()))
        .collect()
}

/// A hash of everything that a question says.
fn content_hash(question: &Question, key: &AnswerKey) -> String {
    let mut hash = Hasher::new();
    let texts = serde_json::to_vec(&(&question.texts, &key.feedback, &key.explanation));
    hash.add("texts", &texts.unwrap_or_default());
    hash.finish().chars().take(16).collect()
}

fn languages(lessons: &[Lesson]) -> Vec<Language> {
    Language::ALL
        .iter()
        .copied()
        .filter(|language| {
            lessons
                .iter()
                .any(|lesson| lesson.texts.contains_key(language))
        })
        .collect()
}

fn reviews(reviews: &[ReviewDraft], content_hash: &str) -> Vec<Review> {
    reviews
        .iter()
        .map(|ReviewDraft { review, .. }| Review {
            current: review.content_hash.len() >= SHORTEST_NAMED_HASH
                && content_hash.starts_with(&review.content_hash),
            ..review.clone()
        })
        .collect()
}

/// Whether the latest review of a kind of the current content was positive.
fn is_passed(reviews: &[Review], kind: ReviewKind) -> bool {
    reviews
        .iter()
        .filter(|review| review.kind == kind && review.current)
        .max_by_key(|review| review.date)
        .is_some_and(|review| review.verdict == Verdict::Positive)
}
