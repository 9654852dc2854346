//! Reads `course.toml`, front matter and `programme.toml`: the known keys and their values.

use super::levels::Levels;
use crate::diagnostic::{Report, Rule};
use crate::model::{
    Audience, CompletionQuestions, CourseKind, Ground, Language, LessonId, Localized, Outcome,
    OutcomeId, Review, ReviewKind, Sector, ShowFeedback, Source, Task, TestRules, Verdict,
    is_well_formed,
};
use crate::parse::attributes::Word;
use crate::parse::fields::{self, Fields};
use crate::rules::meta_bad_value;
use crate::source::Span;

/// The content of `course.toml`.
#[derive(Debug)]
pub(crate) struct Meta {
    pub(crate) id: Word,
    pub(crate) kind: CourseKind,
    pub(crate) ground: Ground,
    pub(crate) theme: String,
    /// Whether its pages can be left at once.
    pub(crate) exit_page: bool,
    pub(crate) audience: Audience,
    pub(crate) hours: f64,
    pub(crate) hours_span: Span,
    pub(crate) source_language: Language,
    pub(crate) title: Localized,
    pub(crate) summary: Localized,
    pub(crate) outcomes: Vec<Outcome>,
    /// The places of the outcomes' ids, for outcomes with an id.
    pub(crate) outcome_ids: Vec<Word>,
    pub(crate) sectors: Vec<Sector>,
    pub(crate) tasks: Vec<TaskDraft>,
    /// Ids of the lessons to read; all when absent.
    pub(crate) completion_lessons: Option<Vec<Word>>,
    pub(crate) completion_questions: CompletionQuestions,
    pub(crate) completion_test: Option<Word>,
    pub(crate) reviews: Vec<ReviewDraft>,
    pub(crate) rescores: Vec<RescoreDraft>,
    /// The severity of rules in this course.
    pub(crate) levels: Levels,
    /// The accepted probability of passing a test by guessing.
    pub(crate) guess_limit: f64,
    /// Words of the course that no dictionary contains, and beginnings of words, `begin*`.
    pub(crate) known_words: Vec<String>,
}

/// A task with the places of its id and of the chapters that it names.
#[derive(Debug)]
pub(crate) struct TaskDraft {
    pub(crate) task: Task,
    pub(crate) id: Option<Word>,
    pub(crate) chapters: Vec<Word>,
}

/// A review with its places in the file.
#[derive(Debug)]
pub(crate) struct ReviewDraft {
    pub(crate) review: Review,
    pub(crate) date: Span,
    pub(crate) verdict: Span,
    pub(crate) content_hash: Span,
}

/// A decision to mark earlier answers again, with the place of the question's id.
#[derive(Debug)]
pub(crate) struct RescoreDraft {
    pub(crate) question: Word,
    pub(crate) revision: String,
    pub(crate) reason: String,
}

/// A source in the front matter, with its place.
#[derive(Debug)]
pub(crate) struct SourceDraft {
    pub(crate) source: Source,
    pub(crate) url_span: Span,
    /// Where `checked` is written.
    pub(crate) checked_span: Span,
}

/// The front matter of a lesson or test.
#[derive(Debug, Default)]
pub(crate) struct Front {
    pub(crate) id: Option<Word>,
    pub(crate) title: String,
    pub(crate) title_span: Span,
    pub(crate) minutes: u32,
    /// The place of the key, otherwise of the front matter.
    pub(crate) minutes_span: Span,
    /// The policy sector of a handbook's chapter.
    pub(crate) sector: Option<Word>,
    /// Ids of the outcomes that a lesson teaches.
    pub(crate) outcomes: Vec<Word>,
    /// The rules, if this is a test.
    pub(crate) test: Option<TestDraft>,
    pub(crate) legal_check: Option<chrono::NaiveDate>,
    pub(crate) legal_check_span: Span,
    /// When what it says last changed.
    pub(crate) updated: Option<chrono::NaiveDate>,
    pub(crate) updated_span: Span,
    pub(crate) sources: Vec<SourceDraft>,
}

/// The rules of a test, with the places of those that are written.
#[derive(Debug)]
pub(crate) struct TestDraft {
    pub(crate) rules: TestRules,
    pub(crate) places: Vec<(&'static str, Span)>,
    /// The place of `draw`, otherwise of the front matter.
    pub(crate) draw: Span,
}

impl TestDraft {
    /// The value of a rule as it is written, if it is.
    pub(crate) fn shown(&self, rule: &str) -> Option<String> {
        let rules = &self.rules;
        match rule {
            "draw" => rules.draw.map(|draw| draw.to_string()),
            "pass" => Some(rules.pass.to_string()),
            "attempts" => rules.attempts.map(|attempts| attempts.to_string()),
            "time_limit_minutes" => rules.time_limit_minutes.map(|minutes| minutes.to_string()),
            "pause_minutes" => rules.pause_minutes.map(|minutes| minutes.to_string()),
            "shuffle" => Some(rules.shuffle.to_string()),
            _ => Some(rules.show_feedback.to_string()),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FileKindWord {
    Lesson,
    Test,
}

impl FileKindWord {
    const ALL: &[Self] = &[Self::Lesson, Self::Test];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Lesson => "lesson",
            Self::Test => "test",
        }
    }
}

/// Reads `course.toml`.
pub(crate) fn meta(rules: &[&'static Rule], report: &mut Report<'_>) -> Meta {
    let source = report.source;
    let table = fields::parse(source.text(), 0, report);
    let mut course = Fields::new(&table, Span::default(), 0);
    course.require(
        &[
            "id",
            "kind",
            "ground",
            "audience",
            "source_language",
            "title",
            "summary",
        ],
        report,
    );
    let id = well_formed_id(&mut course, "id", "", report);
    let source_language = course
        .choice("source_language", Language::ALL, Language::as_str, report)
        .unwrap_or(Language::Lv);
    let kind = course
        .choice("kind", CourseKind::ALL, CourseKind::as_str, report)
        .unwrap_or(CourseKind::Course);
    if kind == CourseKind::Course {
        course.require(&["hours"], report);
    }
    let ground = course
        .choice("ground", Ground::ALL, Ground::as_str, report)
        .unwrap_or(Ground::None);
    let theme = course.text("theme", report).unwrap_or_default();
    let exit_page = course.flag("exit_page", report).unwrap_or_default();
    let audience = course
        .choice("audience", Audience::ALL, Audience::as_str, report)
        .unwrap_or(Audience::Everyone);
    let hours_span = course.place("hours");
    let hours = course.number("hours", 0.0..=1000.0, report).unwrap_or(0.0);
    let title = localized(&mut course, "title", source_language, report);
    let summary = localized(&mut course, "summary", source_language, report);
    let (outcomes, outcome_ids): (Vec<Outcome>, Vec<Option<Word>>) = course
        .tables("outcome", report)
        .into_iter()
        .map(|outcome| read_outcome(outcome, source_language, report))
        .unzip();
    let sectors = course.tables("sector", report).into_iter();
    let sectors = sectors.map(|sector| read_sector(sector, source_language, report));
    let sectors = sectors.collect();
    let tasks = course.tables("task", report).into_iter();
    let tasks = tasks.map(|task| read_task(task, source_language, report));
    let tasks = tasks.collect();
    let (completion_lessons, completion_questions, completion_test) =
        completion(&mut course, report);
    let reviews = course
        .tables("review", report)
        .into_iter()
        .filter_map(|review| read_review(review, report))
        .collect();
    let rescores = course
        .tables("rescore", report)
        .into_iter()
        .filter_map(|rescore| read_rescore(rescore, report))
        .collect();
    let levels = Levels::read(&mut course, rules, report);
    let guess_limit = guess_limit(&mut course, report);
    let known_words = known_words(&mut course, report);
    course.finish(report);
    Meta {
        id: id.unwrap_or_else(|| Word {
            text: String::new(),
            span: Span::default(),
        }),
        kind,
        ground,
        theme,
        exit_page,
        audience,
        hours,
        hours_span,
        source_language,
        title,
        summary,
        outcomes,
        outcome_ids: outcome_ids.into_iter().flatten().collect(),
        sectors,
        tasks,
        completion_lessons,
        completion_questions,
        completion_test,
        reviews,
        rescores,
        levels,
        guess_limit,
        known_words,
    }
}

/// What `[completion]` asks for: which lessons (all without a list), whether their questions, and which test.
fn completion(
    course: &mut Fields<'_>,
    report: &mut Report<'_>,
) -> (Option<Vec<Word>>, CompletionQuestions, Option<Word>) {
    let Some(mut completion) = course.table("completion", report) else {
        return (None, CompletionQuestions::default(), None);
    };
    let mut lessons = None;
    if !completion.is_text("lessons", "all") {
        lessons = completion.words("lessons", report);
    }
    let questions = completion
        .choice(
            "questions",
            CompletionQuestions::ALL,
            CompletionQuestions::as_str,
            report,
        )
        .unwrap_or_default();
    let test = completion.word_at("test", report);
    completion.finish(report);
    (lessons, questions, test)
}

fn read_sector(
    mut sector: Fields<'_>,
    source_language: Language,
    report: &mut Report<'_>,
) -> Sector {
    sector.require(&["id"], report);
    let id = well_formed_id(&mut sector, "id", "", report);
    let title = texts(&mut sector, source_language, report);
    sector.finish(report);
    Sector {
        id: id.map(|word| word.text).unwrap_or_default(),
        title,
    }
}

fn read_task(
    mut task: Fields<'_>,
    source_language: Language,
    report: &mut Report<'_>,
) -> TaskDraft {
    task.require(&["id", "chapters"], report);
    let id = well_formed_id(&mut task, "id", "", report);
    let place = task.place("chapters");
    let chapters = task.words("chapters", report);
    if chapters.as_ref().is_some_and(Vec::is_empty) {
        meta_bad_value::names_nothing(
            report,
            place,
            "the task names no chapter".to_owned(),
            "name the chapters that help, by their ids, in the order in which they are needed"
                .to_owned(),
        );
    }
    let chapters = chapters.unwrap_or_default();
    let title = texts(&mut task, source_language, report);
    task.finish(report);
    let name = id.as_ref().map(|id| id.text.clone());
    TaskDraft {
        task: Task {
            id: name.unwrap_or_default(),
            title,
            chapters: chapters
                .iter()
                .map(|chapter| LessonId::from(chapter.text.as_str()))
                .collect(),
        },
        id,
        chapters,
    }
}

fn read_outcome(
    mut outcome: Fields<'_>,
    source_language: Language,
    report: &mut Report<'_>,
) -> (Outcome, Option<Word>) {
    outcome.require(&["id"], report);
    let id = well_formed_id(&mut outcome, "id", "o-", report);
    let text = texts(&mut outcome, source_language, report);
    outcome.finish(report);
    let name = id.as_ref().map(|word| word.text.as_str());
    let outcome = Outcome {
        id: OutcomeId::from(name.unwrap_or_default()),
        text,
    };
    (outcome, id)
}

/// The accepted probability of passing a test by guessing, unless `[quality]` sets another.
const GUESS_LIMIT: f64 = 0.05;

fn guess_limit(course: &mut Fields<'_>, report: &mut Report<'_>) -> f64 {
    let Some(mut quality) = course.table("quality", report) else {
        return GUESS_LIMIT;
    };
    let limit = quality.number("guess_limit", 0.0..=1.0, report);
    quality.finish(report);
    limit.unwrap_or(GUESS_LIMIT)
}

/// The words of `[spelling]`.
fn known_words(course: &mut Fields<'_>, report: &mut Report<'_>) -> Vec<String> {
    let Some(mut spelling) = course.table("spelling", report) else {
        return Vec::new();
    };
    let words = spelling.words("words", report).unwrap_or_default();
    spelling.finish(report);
    words.into_iter().map(|word| word.text).collect()
}

fn read_review(mut review: Fields<'_>, report: &mut Report<'_>) -> Option<ReviewDraft> {
    review.require(&["kind", "by", "date", "verdict", "content_hash"], report);
    let kind = review.choice("kind", ReviewKind::ALL, ReviewKind::as_str, report);
    let places = (review.place("verdict"), review.place("content_hash"));
    let date_span = review.place("date");
    let by = review.text("by", report);
    let date = review.date("date", report);
    let verdict = review.choice("verdict", Verdict::ALL, Verdict::as_str, report);
    let document = review.text("document", report);
    let content_hash = review.text("content_hash", report);
    review.finish(report);
    Some(ReviewDraft {
        review: Review {
            kind: kind?,
            by: by?,
            date: date?,
            verdict: verdict?,
            document,
            content_hash: content_hash?,
            current: false,
        },
        date: date_span,
        verdict: places.0,
        content_hash: places.1,
    })
}

fn read_rescore(mut rescore: Fields<'_>, report: &mut Report<'_>) -> Option<RescoreDraft> {
    rescore.require(&["question", "revision", "reason"], report);
    let question = rescore.word_at("question", report);
    let revision = rescore.text("revision", report);
    let reason = rescore.text("reason", report);
    rescore.finish(report);
    Some(RescoreDraft {
        question: question?,
        revision: revision?,
        reason: reason?,
    })
}

/// An id that starts with `prefix`.
fn well_formed_id(
    fields: &mut Fields<'_>,
    key: &'static str,
    prefix: &str,
    report: &mut Report<'_>,
) -> Option<Word> {
    let word = fields.word_at(key, report)?;
    if is_well_formed(&word.text) && word.text.starts_with(prefix) {
        return Some(word);
    }
    let expected = format!(
        "lower-case Latin letters, digits and hyphens{}",
        if prefix.is_empty() {
            String::new()
        } else {
            format!(", beginning with `{prefix}`")
        }
    );
    meta_bad_value::report(report, word.span, key, &expected);
    Some(word)
}

/// A table of texts by language; the source language is required.
fn localized(
    fields: &mut Fields<'_>,
    key: &'static str,
    source_language: Language,
    report: &mut Report<'_>,
) -> Localized {
    let Some(mut table) = fields.table(key, report) else {
        return Localized::default();
    };
    let texts = texts(&mut table, source_language, report);
    table.finish(report);
    texts
}

fn texts(table: &mut Fields<'_>, source_language: Language, report: &mut Report<'_>) -> Localized {
    table.require(&[source_language.as_str()], report);
    Language::ALL
        .iter()
        .filter_map(|language| Some((*language, table.text(language.as_str(), report)?)))
        .collect()
}

/// Reads the front matter of a lesson or test; `text` is at `span` in its file.
pub(crate) fn front(text: &str, span: Span, report: &mut Report<'_>) -> Front {
    let table = fields::parse(text, span.start, report);
    let mut front = Fields::new(&table, Span::new(0, span.start), span.start);
    front.require(&["id", "title"], report);
    let kind = front
        .choice("kind", FileKindWord::ALL, FileKindWord::as_str, report)
        .unwrap_or(FileKindWord::Lesson);
    let prefix = match kind {
        FileKindWord::Lesson => "l-",
        FileKindWord::Test => "t-",
    };
    let id = well_formed_id(&mut front, "id", prefix, report);
    let title = front.word_at("title", report);
    let title_span = title.as_ref().map_or(Span::default(), |title| title.span);
    let title = title.map(|title| title.text).unwrap_or_default();
    let legal_check_span = front.place("legal_check");
    let legal_check = front.date("legal_check", report);
    let updated_span = front.place("updated");
    let updated = front.date("updated", report);
    let minutes_span = front.place("minutes");
    let minutes = front.integer("minutes", 1..=600, report);
    let sector = front.word_at("sector", report);
    let sources = front
        .tables("source", report)
        .into_iter()
        .map(|source| read_source(source, report))
        .collect();
    let mut outcomes = Vec::new();
    let test = match kind {
        FileKindWord::Lesson => {
            front.require(&["minutes"], report);
            outcomes = front.words("outcomes", report).unwrap_or_default();
            None
        }
        FileKindWord::Test => Some(test_rules(&mut front, report)),
    };
    front.finish(report);
    Front {
        id,
        title,
        title_span,
        minutes: minutes
            .or_else(|| test.as_ref().and_then(|test| test.rules.time_limit_minutes))
            .unwrap_or(30),
        minutes_span,
        sector,
        outcomes,
        test,
        legal_check,
        legal_check_span,
        updated,
        updated_span,
        sources,
    }
}

/// The longest pause between attempts: a week, in minutes.
const MOST_PAUSE: u32 = 7 * 24 * 60;

fn test_rules(front: &mut Fields<'_>, report: &mut Report<'_>) -> TestDraft {
    front.require(&["pass"], report);
    let places = [
        "draw",
        "pass",
        "attempts",
        "time_limit_minutes",
        "pause_minutes",
        "shuffle",
        "show_feedback",
    ]
    .into_iter()
    .filter(|rule| front.has(rule))
    .map(|rule| (rule, front.place(rule)))
    .collect();
    let draw = front.integer("draw", 1..=1000, report);
    let rules = TestRules {
        draw: draw.and_then(|draw| usize::try_from(draw).ok()),
        pass: front.number("pass", 0.0..=1.0, report).unwrap_or(1.0),
        attempts: front.integer("attempts", 1..=1000, report),
        time_limit_minutes: front.integer("time_limit_minutes", 1..=1440, report),
        pause_minutes: front.integer("pause_minutes", 1..=MOST_PAUSE, report),
        shuffle: front.flag("shuffle", report).unwrap_or(false),
        show_feedback: front
            .choice(
                "show_feedback",
                ShowFeedback::ALL,
                ShowFeedback::as_str,
                report,
            )
            .unwrap_or(ShowFeedback::AfterLast),
    };
    TestDraft {
        rules,
        places,
        draw: front.place("draw"),
    }
}

fn read_source(mut source: Fields<'_>, report: &mut Report<'_>) -> SourceDraft {
    source.require(&["id", "title"], report);
    let id = well_formed_id(&mut source, "id", "", report);
    let url_span = source.place("url");
    let checked_span = source.place("checked");
    let read = Source {
        id: id.map(|word| word.text).unwrap_or_default(),
        title: source.text("title", report).unwrap_or_default(),
        url: source.text("url", report),
        checked: source.date("checked", report),
        note: source.text("note", report),
        retelling: source.flag("retelling", report).unwrap_or(false),
        footnote: None,
    };
    source.finish(report);
    SourceDraft {
        source: read,
        url_span,
        checked_span,
    }
}

/// The reviews that are required before a course can be published, from `programme.toml`; all four kinds if
/// it contains none. The compiler ignores the rest of that file.
pub(crate) fn required_reviews(report: &mut Report<'_>) -> Vec<ReviewKind> {
    let table = fields::parse(report.source.text(), 0, report);
    let mut programme = Fields::new(&table, Span::default(), 0);
    let words = programme
        .table("publishing", report)
        .and_then(|mut publishing| publishing.words("required_reviews", report));
    let Some(words) = words else {
        return ReviewKind::ALL.to_vec();
    };
    words
        .into_iter()
        .filter_map(|word| {
            let kind = ReviewKind::from_word(&word.text);
            if kind.is_none() {
                let kinds: Vec<&str> = ReviewKind::ALL.iter().map(|kind| kind.as_str()).collect();
                meta_bad_value::report(report, word.span, "required_reviews", &kinds.join(" or "));
            }
            kind
        })
        .collect()
}
