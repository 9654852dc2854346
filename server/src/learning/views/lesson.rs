//! A lesson with its questions.

use course_compiler::{
    Course, Lesson, LessonText, Question, QuestionHtml, QuestionId, QuestionView, Response,
    ResponseError, Segment, grade::Outcome, question::Body,
};
use serde::Serialize;

use super::{
    OutlineItem, ProgressView, SourceView, TextLink, course_link, foreign, lesson_url, outline,
    time::left_text, uncited_sources,
};
use crate::{
    http::{
        Lang,
        address::{self, Address as _},
        theme::{Theme, TrustedHtml},
        visit::{Section, View},
    },
    ids::PracticeAnswerId,
    learning::{
        model::{LessonState, Progress},
        service::lesson::Answers,
    },
};

/// An answer that was not accepted, to be shown again with the reason.
#[derive(Debug)]
pub(crate) struct RefusedAnswer {
    /// The question.
    pub question_id: QuestionId,
    /// What was answered, as far as it could be read.
    pub response: Option<Response>,
    /// The key of the message with the reason.
    pub message_key: &'static str,
    /// The most characters of the answer, if the message contains it.
    pub longest: Option<usize>,
    /// The decision that the person is asked for.
    pub choice: Choice,
}

/// The decision about an answer that was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Choice {
    /// None: it has to be corrected.
    #[default]
    None,
    /// Whether to empty the saved answer.
    Empties,
    /// Which of two answers to keep.
    Changed,
}

impl RefusedAnswer {
    /// For fields that are not a valid answer.
    #[must_use]
    pub(crate) fn unreadable(question_id: QuestionId, error: ResponseError) -> Self {
        let mut refused = Self {
            question_id,
            response: None,
            message_key: "answer-unknown",
            longest: None,
            choice: Choice::None,
        };
        match error {
            ResponseError::TooLong { response, longest } => {
                refused.message_key = "answer-too-long";
                refused.response = Some(*response);
                refused.longest = Some(longest);
            }
            ResponseError::TooMany => refused.message_key = "answer-too-many",
            ResponseError::Unknown(_) => {}
        }
        refused
    }

    /// For an answer that would empty the saved one.
    #[must_use]
    pub(crate) const fn empties(question_id: QuestionId, response: Option<Response>) -> Self {
        Self {
            question_id,
            message_key: if response.is_some() {
                "answer-partly-empty"
            } else {
                "answer-empty"
            },
            response,
            longest: None,
            choice: Choice::Empties,
        }
    }

    /// For an answer to a question that was answered differently since its form was shown.
    #[must_use]
    pub(crate) const fn changed(question_id: QuestionId, response: Option<Response>) -> Self {
        Self {
            question_id,
            message_key: if response.is_some() {
                "answer-changed"
            } else {
                "answer-changed-not-cleared"
            },
            response,
            longest: None,
            choice: Choice::Changed,
        }
    }

    /// Whether the saved answer is shown read-only next to the new one.
    #[must_use]
    pub(crate) fn shows_saved(&self) -> bool {
        self.choice != Choice::None && self.response.is_some()
    }

    /// The reason, in the page's language.
    #[must_use]
    pub(crate) fn message(&self, theme: &Theme, lang: Lang) -> String {
        match self.longest {
            Some(longest) => {
                theme.text_with(lang, self.message_key, &[("longest", longest.into())])
            }
            None => theme.text(lang, self.message_key),
        }
    }
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct LessonPage {
    #[serde(skip)]
    has_exit: bool,
    title: String,
    course: TextLink,
    /// Which lesson of how many this is.
    position: Option<String>,
    /// How long the lessons that are still to be read take, this one among them.
    time_left: Option<String>,
    /// Its sections, when there are several.
    contents: Vec<TextLink>,
    minutes: u32,
    legal_check: Option<String>,
    /// The language of the text, when it is not the page's.
    text_lang: Option<&'static str>,
    blocks: Vec<Block>,
    sources: Vec<SourceView>,
    outline: Vec<OutlineItem>,
    progress: ProgressView,
    previous: Option<TextLink>,
    next: Option<TextLink>,
    is_done: bool,
    done_action: String,
    /// What keeps it from being marked as read.
    open_questions: Option<OpenQuestions>,
    errors: Vec<ErrorLink>,
    url: String,
    /// The id of the page's only form, which is sent when the language is changed in the header.
    answer_form: Option<String>,
    /// Whether there are several forms: then each has a language button of its own, and the one in the header
    /// leads to an explanation.
    has_several_forms: bool,
}

/// The questions that have to be answered before a lesson can be marked as read.
#[derive(Debug, Serialize)]
struct OpenQuestions {
    questions: Vec<OpenQuestion>,
}

#[derive(Debug, Serialize)]
struct OpenQuestion {
    id: String,
    title: String,
    /// The language of the title, when it is not the page's.
    lang: Option<&'static str>,
}

impl OpenQuestions {
    /// `None` if the course does not require answers, or has them.
    fn of(lang: Lang, reading: &Reading<'_>) -> Option<Self> {
        let (course, lesson) = (reading.course, reading.lesson);
        if !course.requires_answers(lesson) || reading.progress.state(lesson) == LessonState::Done {
            return None;
        }
        let questions: Vec<OpenQuestion> = reading
            .answers
            .open(course, lesson)
            .map(|question| {
                let text = question.text(lang.into());
                OpenQuestion {
                    id: question.id.to_string(),
                    title: text.map(|(_, text)| text.title.clone()).unwrap_or_default(),
                    lang: text.and_then(|(found, _)| foreign(lang, found)),
                }
            })
            .collect();
        (!questions.is_empty()).then_some(Self { questions })
    }
}

/// A piece of the lesson, in order.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Block {
    Text { html: TrustedHtml },
    Question(Box<QuestionBlock>),
}

/// A question with its form.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is asked by the template on its own"
)]
pub(crate) struct QuestionBlock {
    id: String,
    action: String,
    clear_action: String,
    revision: String,
    version: String,
    /// The question up to its title; what is said of the answer stands between it and the rest.
    opening: TrustedHtml,
    rest: TrustedHtml,
    error: Option<String>,
    /// The saved answer, shown next to a different new one.
    saved: Option<TrustedHtml>,
    /// Whether a button offers to empty the saved answer.
    may_empty: bool,
    /// Whether there is, or may be, an answer to clear.
    can_clear: bool,
    /// Where what is answered in one's own words is deleted for good.
    delete_url: Option<String>,
    /// Whether that was done; the question counts as answered.
    is_deleted: bool,
    /// Whether answers are marked; otherwise they are only saved.
    is_marked: bool,
    is_answered: bool,
    /// Whether an answer leads to a further step of the same question.
    goes_on: bool,
    /// `correct`, `partial`, `incorrect` or `noted`; absent without an answer.
    outcome: Option<&'static str>,
    outcome_text: Option<String>,
    /// Whether what is right is told only after another try.
    may_try_again: bool,
    explanation: Option<TrustedHtml>,
}

#[derive(Debug, Serialize)]
struct ErrorLink {
    field: String,
    text: String,
}

/// The data of the page.
pub(crate) struct Reading<'a> {
    /// The course.
    pub course: &'a Course,
    /// The lesson, not a test.
    pub lesson: &'a Lesson,
    /// How far the person is.
    pub progress: &'a Progress,
    /// The person's answers in this lesson.
    pub answers: &'a Answers,
    /// An answer that was not accepted.
    pub refused: Option<&'a RefusedAnswer>,
    /// Whether it could not be marked as read, because questions are open.
    pub is_not_read: bool,
}

impl LessonPage {
    /// The lesson in the page's language, or in the one in which it exists.
    #[must_use]
    #[expect(
        clippy::too_many_lines,
        reason = "one field after another, nothing between them"
    )]
    pub(crate) fn new(theme: &Theme, lang: Lang, reading: &Reading<'_>) -> Self {
        let Reading {
            course,
            lesson,
            progress,
            answers,
            refused,
            is_not_read,
        } = *reading;
        let open_questions = OpenQuestions::of(lang, reading);
        let empty = LessonText::default();
        let (found, text) = lesson.text(lang.into()).unwrap_or((lang.into(), &empty));
        let mut has_sections = false;
        let blocks = text
            .segments
            .iter()
            .filter_map(|segment| match segment {
                Segment::Html(html) => {
                    has_sections |= html.contains("<h2 ");
                    Some(Block::Text {
                        html: TrustedHtml(html.clone()),
                    })
                }
                Segment::Question(id) => {
                    let question = course.question(id)?;
                    let refused = refused.filter(|refused| refused.question_id == *id);
                    let place = (course, lesson, question);
                    let level = if has_sections { 3 } else { 2 };
                    let block = question_block(theme, lang, place, level, answers, refused);
                    Some(Block::Question(Box::new(block)))
                }
            })
            .collect();
        let blocks: Vec<Block> = blocks;
        let mut forms = blocks.iter().filter_map(|block| match block {
            Block::Question(question) => Some(question.id.clone()),
            Block::Text { .. } => None,
        });
        let (first_form, has_several_forms) = (forms.next(), forms.next().is_some());
        let position = course
            .lessons
            .iter()
            .position(|other| other.id == lesson.id);
        let neighbour = |offset: isize| {
            let index = position?.checked_add_signed(offset)?;
            outline(theme, lang, course, progress, None)
                .into_iter()
                .nth(index)
        };
        Self {
            has_exit: course.exit_page,
            title: text.title.clone(),
            course: course_link(lang, course),
            position: position_text(theme, lang, course, lesson),
            time_left: left_text(theme, lang, course, progress),
            contents: contents(text),
            minutes: lesson.minutes,
            legal_check: lesson.legal_check.map(|date| lang.date(date)),
            text_lang: foreign(lang, found),
            blocks,
            sources: uncited_sources(lang, text),
            outline: outline(theme, lang, course, progress, Some(lesson.id.as_str())),
            progress: ProgressView::of(theme, lang, course, progress),
            previous: neighbour(-1).map(|item| TextLink {
                url: item.url,
                text: item.title,
            }),
            next: neighbour(1).map(|item| TextLink {
                url: item.url,
                text: item.title,
            }),
            is_done: progress.state(lesson) == LessonState::Done,
            done_action: address::LessonDone {
                course: course.into(),
                lesson: lesson.into(),
            }
            .url(lang),
            answer_form: first_form.filter(|_| !has_several_forms),
            has_several_forms,
            url: lesson_url(lang, course, lesson),
            errors: refused
                .map(|refused| ErrorLink {
                    field: refused.question_id.to_string(),
                    text: error_text(theme, lang, course, refused),
                })
                .into_iter()
                .chain(
                    open_questions
                        .iter()
                        .filter(|_| is_not_read)
                        .flat_map(|open| &open.questions)
                        .map(|question| {
                            let args = [("question", question.title.as_str().into())];
                            ErrorLink {
                                field: question.id.clone(),
                                text: theme.text_with(lang, "lesson-open-question", &args),
                            }
                        }),
                )
                .collect(),
            open_questions,
        }
    }
}

/// What is wrong, with the question that it is about.
fn error_text(theme: &Theme, lang: Lang, course: &Course, refused: &RefusedAnswer) -> String {
    let error = refused.message(theme, lang);
    let title = course
        .question(&refused.question_id)
        .and_then(|question| question.text(lang.into()))
        .map(|(_, text)| text.title.clone());
    match title {
        Some(title) => {
            let args = [("question", title.into()), ("error", error.into())];
            theme.text_with(lang, "question-error", &args)
        }
        None => error,
    }
}

/// “Lesson 2 of 6”, of those that are read; tests are not among them.
fn position_text(theme: &Theme, lang: Lang, course: &Course, lesson: &Lesson) -> Option<String> {
    let lessons = || {
        let lessons = course.lessons.iter();
        lessons.filter(|lesson| lesson.test_rules().is_none())
    };
    let number = lessons().position(|other| other.id == lesson.id)? + 1;
    let args = [
        ("number", number.into()),
        ("total", lessons().count().into()),
    ];
    Some(theme.text_with(lang, "lesson-position", &args))
}

/// The sections of a lesson; one alone needs no list.
fn contents(text: &LessonText) -> Vec<TextLink> {
    let sections = text.headings.iter().filter(|heading| heading.level == 2);
    let sections: Vec<TextLink> = sections
        .map(|heading| TextLink {
            url: format!("#{}", heading.id),
            text: heading.text.clone(),
        })
        .collect();
    if sections.len() > 1 {
        sections
    } else {
        Vec::new()
    }
}

fn question_block(
    theme: &Theme,
    lang: Lang,
    (course, lesson, question): (&Course, &Lesson, &Question),
    heading: u8,
    answers: &Answers,
    refused: Option<&RefusedAnswer>,
) -> QuestionBlock {
    let id = question.id.to_string();
    let key = course.key(&question.id);
    let saved = answers.responses.get(&question.id);
    // An answer that was not accepted is shown instead of the saved one, and is not marked. If it is empty,
    // the saved one is shown.
    let answer = saved.filter(|_| {
        refused.is_none_or(|refused| refused.choice != Choice::None && refused.response.is_none())
    });
    // What is still to be asked about it is asked before it is marked.
    let asked = answer.filter(|answer| question.remark(answer, lang.into()).is_none());
    let mark = asked.and_then(|answer| Some(key?.mark(Some(answer))));
    // What is right is shown to those who found it, or have tried twice.
    let may_try_again = answers.tries(&question.id) < 2
        && mark.as_ref().is_some_and(|mark| {
            matches!(mark.outcome, Outcome::Incorrect | Outcome::Partial)
                && !matches!(question.body, Body::Case(_))
        });
    let shown = if may_try_again {
        asked.and_then(|answer| Some(key?.mark_for_another_try(Some(answer))))
    } else {
        mark.clone()
    };
    let error_id = format!("{id}-error");
    let verdict_id = format!("{id}-word");
    let QuestionHtml { opening, rest } = question.render_parts(&QuestionView {
        response: answer.or_else(|| refused.and_then(|refused| refused.response.as_ref())),
        marked: shown.as_ref(),
        described_by: refused
            .map(|_| error_id.as_str())
            .or_else(|| shown.as_ref().map(|_| verdict_id.as_str())),
        heading: Some(heading),
        ..QuestionView::new(lang.into(), &id)
    });
    let saved_prefix = format!("{id}-saved");
    let is_own_words = matches!(question.body, Body::Reflect(_));
    QuestionBlock {
        action: address::Question {
            course: course.into(),
            lesson: lesson.into(),
            question: question.id.clone(),
        }
        .url(lang),
        clear_action: address::ClearQuestion {
            course: course.into(),
            lesson: lesson.into(),
            question: question.id.clone(),
        }
        .url(lang),
        revision: question.revision.to_string(),
        version: answers
            .versions
            .get(&question.id)
            .copied()
            .unwrap_or(PracticeAnswerId::NIL)
            .to_string(),
        saved: saved
            .filter(|_| refused.is_some_and(RefusedAnswer::shows_saved))
            .map(|saved| {
                TrustedHtml(question.render(&QuestionView {
                    response: Some(saved),
                    disabled: true,
                    ..QuestionView::new(lang.into(), &saved_prefix)
                }))
            }),
        may_empty: refused
            .is_some_and(|refused| refused.choice == Choice::Empties && refused.response.is_some()),
        can_clear: (saved.is_some() || !question.is_marked()) && !is_own_words,
        delete_url: is_own_words.then(|| {
            address::DeleteAnswer {
                course: course.into(),
                lesson: lesson.into(),
                question: question.id.clone(),
            }
            .url(lang)
        }),
        is_deleted: saved.is_none() && answers.deleted.contains(&question.id),
        opening: TrustedHtml(opening),
        rest: TrustedHtml(rest),
        error: refused.map(|refused| refused.message(theme, lang)),
        is_marked: question.is_marked(),
        is_answered: mark.is_some(),
        goes_on: matches!(question.body, Body::Case(_))
            && !answer.is_some_and(|answer| question.is_complete(answer)),
        outcome: mark.as_ref().map(|mark| mark.outcome.as_str()),
        outcome_text: mark.as_ref().map(|mark| match asked {
            Some(answer) if mark.outcome == Outcome::Noted && question.leaves_open(answer) => {
                theme.text(lang, "outcome-noted-partly")
            }
            _ => outcome_text(theme, lang, mark.outcome),
        }),
        may_try_again,
        explanation: mark
            .as_ref()
            .filter(|mark| mark.outcome != Outcome::Unfinished && !may_try_again)
            .and_then(|_| key?.explanation(lang.into()))
            .map(|html| TrustedHtml(html.to_owned())),
        id,
    }
}

/// An outcome in words.
#[must_use]
pub(crate) fn outcome_text(theme: &Theme, lang: Lang, outcome: Outcome) -> String {
    theme.text(lang, &format!("outcome-{outcome}"))
}

impl View for LessonPage {
    const TEMPLATE: &'static str = "pages/lesson.html";
    const SECTION: Section = Section::Courses;

    const IS_CONTENT: bool = true;

    fn has_exit(&self) -> bool {
        self.has_exit
    }

    fn title(&self, _: &Theme, _: Lang) -> String {
        format!("{} – {}", self.title, self.course.text)
    }

    fn address(&self) -> Option<String> {
        Some(self.url.clone())
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::catalogue::sample();
        let mut samples = Vec::new();
        for course in catalogue.all() {
            for lesson in course
                .lessons
                .iter()
                .filter(|lesson| lesson.test_rules().is_none())
            {
                let answered = Answers {
                    responses: lesson
                        .questions
                        .iter()
                        .filter_map(|id| Some((id.clone(), course.key(id)?.right_answer())))
                        .collect(),
                    ..Answers::default()
                };
                let none = Answers::default();
                let mut pages = vec![(&none, None), (&answered, None)];
                if let Some(id) = lesson.questions.first() {
                    let given = answered.responses.get(id).cloned();
                    pages.extend([
                        (
                            &answered,
                            Some(RefusedAnswer::unreadable(
                                id.clone(),
                                ResponseError::TooMany,
                            )),
                        ),
                        (&answered, Some(RefusedAnswer::empties(id.clone(), None))),
                        (
                            &answered,
                            Some(RefusedAnswer::empties(id.clone(), given.clone())),
                        ),
                        (&answered, Some(RefusedAnswer::changed(id.clone(), given))),
                    ]);
                }
                for (answers, refused) in pages {
                    let progress = Progress::default();
                    let reading = Reading {
                        course,
                        lesson,
                        progress: &progress,
                        answers,
                        is_not_read: refused.is_none(),
                        refused: refused.as_ref(),
                    };
                    samples.push(Self::new(theme, lang, &reading));
                }
            }
        }
        samples
    }
}

/// Asks whether what was answered in one's own words is to be deleted for good.
#[derive(Debug, Serialize)]
pub(crate) struct DeleteAnswerPage {
    #[serde(skip)]
    has_exit: bool,
    course: TextLink,
    lesson: TextLink,
    question_id: String,
    question: String,
    /// The language of the question, when it is not the page's.
    question_lang: Option<&'static str>,
    /// What was written; `None` if there is nothing.
    text: Option<String>,
    action: String,
}

impl DeleteAnswerPage {
    /// For a question of a lesson with the saved answer.
    #[must_use]
    pub(crate) fn new(
        lang: Lang,
        (course, lesson, question): (&Course, &Lesson, &Question),
        saved: Option<&Response>,
    ) -> Self {
        let text = question.text(lang.into());
        let lesson_title = lesson.text(lang.into());
        Self {
            has_exit: course.exit_page,
            course: course_link(lang, course),
            lesson: TextLink {
                url: lesson_url(lang, course, lesson),
                text: lesson_title
                    .map(|(_, text)| text.title.clone())
                    .unwrap_or_default(),
            },
            question_id: question.id.to_string(),
            question: text.map(|(_, text)| text.title.clone()).unwrap_or_default(),
            question_lang: text.and_then(|(found, _)| foreign(lang, found)),
            text: match saved {
                Some(Response::Reflect(answer)) => Some(answer.text.clone()),
                _ => None,
            },
            action: address::DeleteAnswer {
                course: course.into(),
                lesson: lesson.into(),
                question: question.id.clone(),
            }
            .url(lang),
        }
    }
}

impl View for DeleteAnswerPage {
    const TEMPLATE: &'static str = "pages/delete-answer.html";
    const SECTION: Section = Section::Courses;
    const IS_INDEXED: bool = false;

    fn has_exit(&self) -> bool {
        self.has_exit
    }

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "delete-answer-title")
    }

    #[cfg(test)]
    fn samples(_: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::catalogue::sample();
        let mut samples = Vec::new();
        for course in catalogue.all() {
            for lesson in &course.lessons {
                for question in lesson.questions.iter().filter_map(|id| course.question(id)) {
                    if let Some(key) = course.key(&question.id)
                        && matches!(question.body, Body::Reflect(_))
                    {
                        let written = key.right_answer();
                        let place = (course, lesson, question);
                        samples.push(Self::new(lang, place, Some(&written)));
                        samples.push(Self::new(lang, place, None));
                    }
                }
            }
        }
        samples
    }
}
