//! The pages: data for the templates, which escape every text.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use course_compiler::diagnostic::terminal;
use course_compiler::grade::Outcome;
use course_compiler::{
    AnswerKey, Course, Diagnostic, Language, Lesson, Mark, Question, QuestionId, QuestionView,
    Response, ResponseError, Segment,
};
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, TeraResult};

use super::live::Shown;
use super::theme::Scheme;
use super::words::{self, Arg};

/// The query of an address: how to show a page, and the answer that is tried.
#[derive(Clone, Debug, Default)]
pub(super) struct Wish {
    /// The language; the course's own when absent.
    pub(super) language: Option<Language>,
    pub(super) scheme: Scheme,
    /// The question to which `fields` belong.
    pub(super) question: Option<QuestionId>,
    /// Whether to show a right answer instead.
    pub(super) right: bool,
    /// The fields of the question's form.
    pub(super) fields: Vec<(String, String)>,
}

impl Wish {
    /// Reads the query of an address. Unknown parameters belong to the answer.
    pub(super) fn read(pairs: Vec<(String, String)>) -> Self {
        let mut wish = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "lang" => wish.language = Language::from_word(&value),
                "scheme" => wish.scheme = Scheme::from_word(&value),
                "question" => wish.question = Some(QuestionId::from(value)),
                "right" => wish.right = true,
                _ => wish.fields.push((name, value)),
            }
        }
        wish
    }

    /// The parameters of how to show a page, without an answer.
    fn view(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        if let Some(language) = self.language {
            fields.push(Field {
                name: "lang",
                value: language.to_string(),
            });
        }
        fields.push(Field {
            name: "scheme",
            value: self.scheme.as_str().to_owned(),
        });
        fields
    }

    /// The same as a query string.
    fn query(&self) -> String {
        let pairs: Vec<String> = self
            .view()
            .iter()
            .map(|field| format!("{}={}", field.name, field.value))
            .collect();
        pairs.join("&")
    }

    fn link(&self, path: &str) -> String {
        format!("{path}?{}", self.query())
    }
}

#[derive(Serialize)]
struct Field {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Link {
    url: String,
    text: String,
}

#[derive(Serialize)]
struct Switch {
    url: String,
    /// Its value in addresses.
    word: &'static str,
    text: String,
    is_current: bool,
}

/// The data of every page.
#[derive(Serialize)]
struct Page {
    #[serde(skip)]
    language: Language,
    lang: &'static str,
    title: String,
    version: String,
    scheme: Scheme,
    query: String,
    languages: Vec<Switch>,
    schemes: Vec<Switch>,
    /// How many problems there are, in words.
    summary: String,
    nothing_wrong: String,
    built: String,
    problems: Vec<Problem>,
}

#[derive(Serialize)]
struct Problem {
    severity: &'static str,
    /// The same in the page's language.
    word: String,
    code: String,
    message: String,
    place: String,
    help: Option<String>,
    /// The source lines with the place underlined.
    drawing: String,
}

/// Which problems a page shows.
enum About<'a> {
    Everything,
    Course(&'a str),
}

impl Page {
    fn new(
        shown: &Shown,
        wish: &Wish,
        (path, shown_in): (&str, Language),
        title: String,
        about: &About<'_>,
    ) -> Self {
        let say = |key: &str, args: &[Arg<'_>]| words::text(shown_in, key, args);
        let problems: Vec<&Diagnostic> = shown
            .compilation
            .diagnostics
            .iter()
            .filter(|diagnostic| match about {
                About::Everything => true,
                About::Course(slug) => diagnostic.course_folder() == Some(slug),
            })
            .collect();
        let languages = Language::ALL
            .iter()
            .map(|&language| Switch {
                url: Wish {
                    language: Some(language),
                    ..wish.clone()
                }
                .link(path),
                word: language.as_str(),
                text: match language {
                    Language::Lv => "Latviešu".to_owned(),
                    Language::En => "English".to_owned(),
                },
                is_current: language == shown_in,
            })
            .collect();
        let schemes = Scheme::ALL
            .into_iter()
            .map(|scheme| Switch {
                url: Wish {
                    scheme,
                    ..wish.clone()
                }
                .link(path),
                word: scheme.as_str(),
                text: say(&format!("scheme-{}", scheme.as_str()), &[]),
                is_current: wish.scheme == scheme,
            })
            .collect();
        Self {
            language: shown_in,
            lang: shown_in.as_str(),
            title,
            version: shown.version.to_string(),
            scheme: wish.scheme,
            query: wish.query(),
            languages,
            schemes,
            summary: say("problems", &[("count", problems.len().into())]),
            nothing_wrong: match about {
                About::Everything => say("all-well", &[]),
                About::Course(_) => say("course-well", &[]),
            },
            built: say(
                "built",
                &[("ms", shown.took.as_millis().to_string().into())],
            ),
            problems: problems
                .into_iter()
                .map(|diagnostic| Problem::new(diagnostic, shown, shown_in))
                .collect(),
        }
    }
}

impl Problem {
    fn new(diagnostic: &Diagnostic, shown: &Shown, language: Language) -> Self {
        let start = diagnostic.location.start;
        Self {
            severity: diagnostic.severity.as_str(),
            word: words::text(
                language,
                &format!("severity-{}", diagnostic.severity.as_str()),
                &[],
            ),
            code: diagnostic.code.to_string(),
            message: diagnostic.message.clone(),
            place: format!(
                "{}:{}:{}",
                diagnostic.location.file, start.line, start.column
            ),
            help: diagnostic.help.clone(),
            drawing: terminal::render(
                diagnostic,
                &shown.compilation.sources,
                terminal::Style::Plain,
            ),
        }
    }
}

/// A page, or the page that says that there is none.
pub(super) enum Found {
    Page(String),
    Missing(String),
}

macro_rules! templates {
    ($($name:literal),+) => {
        /// The templates, by name.
        const TEMPLATES: &[(&str, &str)] = &[ $( ($name, include_str!(concat!("files/", $name))), )+ ];
    };
}

templates! { "base.html", "index.html", "course.html", "lesson.html", "missing.html" }

static LV: LazyLock<Result<Tera, tera::Error>> = LazyLock::new(|| templates(Language::Lv));
static EN: LazyLock<Result<Tera, tera::Error>> = LazyLock::new(|| templates(Language::En));

/// The templates, with `t(key=…, what=…)` for the words in a language.
fn templates(language: Language) -> Result<Tera, tera::Error> {
    let mut tera = Tera::default();
    tera.register_function(
        "t",
        move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let key = kwargs.must_get::<String>("key")?;
            let what = kwargs.get::<String>("what")?.unwrap_or_default();
            Ok(words::text(language, &key, &[("what", what.into())]))
        },
    );
    tera.add_raw_templates(TEMPLATES.iter().copied())?;
    Ok(tera)
}

/// Renders one of the templates above; all of them are listed here and tested together.
fn render(name: &str, page: &Page, fill: impl FnOnce(&mut Context)) -> String {
    let mut context = Context::new();
    context.insert("page", page);
    fill(&mut context);
    let tera = match page.language {
        Language::Lv => &*LV,
        Language::En => &*EN,
    };
    match tera {
        Ok(tera) => tera
            .render(name, &context)
            .unwrap_or_else(|error| format!("{error:?}")),
        Err(error) => format!("{error:?}"),
    }
}

/// All courses.
pub(super) fn index(shown: &Shown, wish: &Wish) -> String {
    #[derive(Serialize)]
    struct Row {
        url: String,
        title: String,
        /// The language of the title.
        lang: &'static str,
        languages: String,
        lessons: usize,
        questions: usize,
        state: String,
    }
    let good = &shown.compilation.bundle.courses;
    // Of a page with several courses, the language is that of the first.
    let language = wish.language.unwrap_or_else(|| {
        good.first()
            .map_or(Language::Lv, |course| course.source_language)
    });
    let names: BTreeSet<&str> = good.iter().map(|course| course.slug.as_str()).collect();
    let mut rows: Vec<Row> = good
        .iter()
        .map(|course| Row {
            url: wish.link(&format!("/{}", course.slug)),
            title: title(course, wish),
            lang: if course.languages.contains(&language) && wish.language.is_some() {
                language.as_str()
            } else {
                course.source_language.as_str()
            },
            languages: listed(&course.languages),
            lessons: course.lessons.len(),
            questions: course.questions.len(),
            state: words::text(language, &format!("state-{}", course.status), &[]),
        })
        .collect();
    let broken: BTreeSet<&str> = shown
        .compilation
        .diagnostics
        .iter()
        .filter_map(Diagnostic::course_folder)
        .filter(|slug| !names.contains(slug) && shown.compilation.is_broken(slug))
        .collect();
    rows.extend(broken.into_iter().map(|slug| Row {
        url: wish.link(&format!("/{slug}")),
        title: slug.to_owned(),
        lang: language.as_str(),
        languages: String::new(),
        lessons: 0,
        questions: 0,
        state: words::text(language, "state-broken", &[]),
    }));
    let heading = words::text(language, "courses", &[]);
    let page = Page::new(shown, wish, ("/", language), heading, &About::Everything);
    render("index.html", &page, |context| {
        context.insert("courses", &rows);
    })
}

/// One course.
pub(super) fn course(shown: &Shown, wish: &Wish, slug: &str) -> Found {
    #[derive(Serialize)]
    struct Row {
        url: String,
        title: String,
        meta: String,
    }
    let path = format!("/{slug}");
    let about = About::Course(slug);
    let Some((course, outdated)) = shown.course(slug) else {
        return missing(shown, wish, &path, slug);
    };
    let language = wish.language.unwrap_or(course.source_language);
    let lessons: Vec<Row> = course
        .lessons
        .iter()
        .map(|lesson| Row {
            url: wish.link(&format!("{path}/{}", lesson.slug)),
            title: lesson_title(lesson, language),
            meta: lesson_meta(lesson, language),
        })
        .collect();
    let outcomes: Vec<&str> = course
        .outcomes
        .iter()
        .map(|outcome| outcome.text.get(language, course.source_language))
        .collect();
    let missing: Vec<String> = course
        .missing_reviews
        .iter()
        .map(|kind| words::text(language, &format!("review-{}", kind.as_str()), &[]))
        .collect();
    let page = Page::new(shown, wish, (&path, language), title(course, wish), &about);
    Found::Page(render("course.html", &page, |context| {
        context.insert("lang", language.as_str());
        context.insert(
            "notice",
            &outdated.then(|| words::text(language, "outdated", &[])),
        );
        context.insert(
            "summary",
            course.summary.get(language, course.source_language),
        );
        context.insert("outcomes", &outcomes);
        context.insert("lessons", &lessons);
        context.insert("missing_reviews", &missing.join(", "));
        context.insert("content_hash", &course.content_hash);
    }))
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Block<'a> {
    Text { html: &'a str },
    Question(Box<QuestionBlock>),
}

#[derive(Serialize)]
struct QuestionBlock {
    id: String,
    about: String,
    html: String,
    error: Option<String>,
    is_answered: bool,
    outcome: Option<&'static str>,
    outcome_text: Option<String>,
    explanation: Option<String>,
    right_url: Option<String>,
    empty_url: String,
}

/// One lesson, or a test with its whole pool.
pub(super) fn lesson(shown: &Shown, wish: &Wish, slug: &str, lesson_slug: &str) -> Found {
    let path = format!("/{slug}/{lesson_slug}");
    let found = shown.course(slug).and_then(|(course, outdated)| {
        Some((course, outdated, course.lesson_by_slug(lesson_slug)?))
    });
    let Some((course, outdated, lesson)) = found else {
        return missing(shown, wish, &path, slug);
    };
    let language = wish.language.unwrap_or(course.source_language);
    let Some((written_in, text)) = lesson.text(language) else {
        return missing(shown, wish, &path, slug);
    };
    let notice = if outdated {
        Some(words::text(language, "outdated", &[]))
    } else if written_in == language {
        None
    } else {
        Some(words::text(language, "untranslated", &[]))
    };
    let blocks: Vec<Block<'_>> = text
        .segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Html(html) => Some(Block::Text { html }),
            Segment::Question(id) => {
                let question = course.question(id)?;
                let key = course.key(id)?;
                let block = question_block(question, key, wish, language, &path);
                Some(Block::Question(Box::new(block)))
            }
        })
        .collect();
    let sources: Vec<_> = text.uncited_sources().collect();
    let place = course
        .lessons
        .iter()
        .position(|other| other.id == lesson.id);
    let neighbour = |offset: isize| {
        let other = course.lessons.get(place?.checked_add_signed(offset)?)?;
        Some(Link {
            url: wish.link(&format!("/{slug}/{}", other.slug)),
            text: lesson_title(other, language),
        })
    };
    let heading = text.title.clone();
    let page = Page::new(
        shown,
        wish,
        (&path, language),
        heading,
        &About::Course(slug),
    );
    Found::Page(render("lesson.html", &page, |context| {
        context.insert("lang", written_in.as_str());
        context.insert(
            "course",
            &Link {
                url: wish.link(&format!("/{slug}")),
                text: title(course, wish),
            },
        );
        context.insert("meta", &lesson_meta(lesson, language));
        context.insert("notice", &notice);
        context.insert("blocks", &blocks);
        context.insert("hidden", &wish.view());
        context.insert("sources", &sources);
        context.insert("previous", &neighbour(-1));
        context.insert("next", &neighbour(1));
    }))
}

/// The result of trying an answer.
enum Try {
    None,
    Answer(Response),
    /// The reason in words.
    Refused(String),
}

fn tried(question: &Question, key: &AnswerKey, wish: &Wish, language: Language) -> Try {
    if wish.question.as_ref() != Some(&question.id) {
        return Try::None;
    }
    if wish.right {
        return Try::Answer(key.right_answer());
    }
    match question.read(&wish.fields, language) {
        Ok(Some(response)) => Try::Answer(response),
        Ok(None) => Try::Refused(words::text(language, "answer-missing", &[])),
        Err(error) => Try::Refused(refusal(&error, language)),
    }
}

fn refusal(error: &ResponseError, language: Language) -> String {
    match error {
        ResponseError::Unknown(_) => words::text(language, "answer-unknown", &[]),
        ResponseError::TooMany => words::text(language, "answer-too-many", &[]),
        ResponseError::TooLong { longest, .. } => words::text(
            language,
            "answer-too-long",
            &[("longest", (*longest).into())],
        ),
    }
}

fn question_block(
    question: &Question,
    key: &AnswerKey,
    wish: &Wish,
    language: Language,
    path: &str,
) -> QuestionBlock {
    let id = question.id.to_string();
    let tried = tried(question, key, wish, language);
    let (response, refused) = match &tried {
        Try::None => (None, None),
        Try::Answer(response) => (Some(response), None),
        Try::Refused(words) => (None, Some(words)),
    };
    // For an ambiguous number, or a text that is not one, the follow-up question comes before the mark.
    let mark = response
        .filter(|response| question.remark(response, language).is_none())
        .map(|response| key.mark(Some(response)));
    let error_id = format!("{id}-error");
    let html = question.render(&QuestionView {
        response,
        marked: mark.as_ref(),
        described_by: refused.map(|_| error_id.as_str()),
        ..QuestionView::new(language, &id)
    });
    let address = |more: &str| format!("{}{more}#{id}", wish.link(path));
    QuestionBlock {
        about: format!(
            "{} · {}",
            question.body.class(),
            if question.is_marked() {
                points(question.points, language)
            } else {
                words::text(language, "not-marked", &[])
            }
        ),
        html,
        error: refused.cloned().or_else(|| {
            let is_asked = response.is_some() && mark.is_none();
            is_asked.then(|| words::text(language, "answer-asked", &[]))
        }),
        is_answered: mark.is_some(),
        outcome: mark.as_ref().map(|mark| mark.outcome.as_str()),
        outcome_text: mark
            .as_ref()
            .map(|mark| outcome_text(mark, question.points, language)),
        explanation: mark
            .as_ref()
            .filter(|mark| mark.outcome != Outcome::Unfinished)
            .and_then(|_| key.explanation(language))
            .map(str::to_owned),
        right_url: question
            .is_marked()
            .then(|| address(&format!("&question={id}&right=1"))),
        empty_url: address(""),
        id,
    }
}

fn outcome_text(mark: &Mark, worth: f64, language: Language) -> String {
    let word = words::text(language, &format!("outcome-{}", mark.outcome.as_str()), &[]);
    if matches!(mark.outcome, Outcome::Noted | Outcome::Unfinished) {
        return word;
    }
    let earned = decimal(format!("{:.2}", mark.fraction.value() * worth), language);
    let args = [
        ("word", word.into()),
        ("earned", earned.into()),
        ("points", worth.into()),
        ("worth", decimal(worth.to_string(), language).into()),
    ];
    words::text(language, "earned", &args)
}

fn points(points: f64, language: Language) -> String {
    let args = [
        ("count", points.into()),
        ("points", decimal(points.to_string(), language).into()),
    ];
    words::text(language, "points", &args)
}

/// A number with the decimal sign of a language.
fn decimal(number: String, language: Language) -> String {
    match language {
        Language::Lv => number.replace('.', ","),
        Language::En => number,
    }
}

/// The page that says that there is nothing here, with the problems that may be the reason.
pub(super) fn missing(shown: &Shown, wish: &Wish, path: &str, slug: &str) -> Found {
    let is_broken = shown.compilation.is_broken(slug);
    let about = if is_broken {
        About::Course(slug)
    } else {
        About::Everything
    };
    let language = wish.language.unwrap_or_else(|| {
        let course = shown.compilation.bundle.courses.first();
        course.map_or(Language::Lv, |course| course.source_language)
    });
    let (title, text) = if is_broken {
        ("broken", "broken-text")
    } else {
        ("missing", "missing-text")
    };
    let title = words::text(language, title, &[("what", slug.into())]);
    let text = words::text(language, text, &[]);
    let page = Page::new(shown, wish, (path, language), title, &about);
    Found::Missing(render("missing.html", &page, |context| {
        context.insert("text", &text);
    }))
}

fn title(course: &Course, wish: &Wish) -> String {
    let language = wish.language.unwrap_or(course.source_language);
    course
        .title
        .get(language, course.source_language)
        .to_owned()
}

fn lesson_title(lesson: &Lesson, language: Language) -> String {
    lesson
        .text(language)
        .map_or_else(|| lesson.slug.clone(), |(_, text)| text.title.clone())
}

fn lesson_meta(lesson: &Lesson, language: Language) -> String {
    let words = lesson.text(language).map_or(0, |(_, text)| text.words);
    let counts = words::text(
        language,
        "meta",
        &[
            ("minutes", lesson.minutes.into()),
            ("words", words.into()),
            ("questions", lesson.questions.len().into()),
        ],
    );
    if lesson.test_rules().is_some() {
        format!("{}, {counts}", words::text(language, "meta-test", &[]))
    } else {
        counts
    }
}

fn listed(languages: &[Language]) -> String {
    let words: Vec<&str> = languages.iter().map(|language| language.as_str()).collect();
    words.join(", ")
}
