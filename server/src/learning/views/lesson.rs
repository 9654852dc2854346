//! A lesson with the questions inside it.

use course_compiler::{
    Course, Lesson, LessonText, Question, QuestionId, QuestionView, Response, ResponseError,
    Segment, grade::Outcome, question::Body,
};
use serde::Serialize;

use super::{
    Link, OutlineItem, ProgressView, SourceView, course_link, foreign, lesson_url, outline,
    uncited_sources,
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

/// An answer that could not be taken, to be shown again beside the reason.
#[derive(Debug)]
pub(crate) struct Refused {
    /// To which question.
    pub question_id: QuestionId,
    /// What was answered, as far as it could be read.
    pub response: Option<Response>,
    /// The message that says why.
    pub message_key: &'static str,
    /// How many characters the answer may have, where that is what the message says.
    pub longest: Option<usize>,
    /// What the person is asked to decide, beside trying again.
    pub choice: Choice,
}

/// What is to be decided about an answer that was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Choice {
    /// Nothing: it has to be put right.
    #[default]
    None,
    /// Whether what is left empty is to be emptied.
    Empties,
    /// Which of two answers is to be kept.
    Changed,
}

impl Refused {
    /// For fields that are no answer.
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

    /// For an answer that would empty what is saved.
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

    /// For an answer to a question that was answered otherwise since its form was shown.
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

    /// The answer that is saved, to stand read-only beside the one that was given, where both are to be seen.
    #[must_use]
    pub(crate) fn shows_saved(&self) -> bool {
        self.choice != Choice::None && self.response.is_some()
    }

    /// Why, in the page's language.
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
    course: Link,
    minutes: u32,
    legal_check: Option<String>,
    /// The language of the text, when it is not the page's.
    text_lang: Option<&'static str>,
    blocks: Vec<Block>,
    sources: Vec<SourceView>,
    outline: Vec<OutlineItem>,
    progress: ProgressView,
    previous: Option<Link>,
    next: Option<Link>,
    is_done: bool,
    done_action: String,
    errors: Vec<ErrorLink>,
    url: String,
    /// The one form of the page that the header's switch of languages sends.
    answer_form: Option<String>,
    /// Whether there are several: then each has a switch of its own, and the header's leads to words about it.
    has_several_forms: bool,
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
    html: TrustedHtml,
    error: Option<String>,
    /// The answer that is saved, beside another that was given.
    saved: Option<TrustedHtml>,
    /// Whether what is left empty can be emptied by a button.
    may_empty: bool,
    /// Whether there is, or may be meanwhile, something to clear.
    can_clear: bool,
    /// Whether the answer is right or wrong; if not, it is only kept.
    is_marked: bool,
    is_answered: bool,
    /// Whether an answer leads to the next step of the same question.
    goes_on: bool,
    /// `correct`, `partial`, `incorrect`, `noted`; absent before an answer.
    outcome: Option<&'static str>,
    outcome_text: Option<String>,
    explanation: Option<TrustedHtml>,
}

#[derive(Debug, Serialize)]
struct ErrorLink {
    field: String,
    text: String,
}

/// What the page is made of.
pub(crate) struct Reading<'a> {
    /// The course.
    pub course: &'a Course,
    /// The lesson, not a test.
    pub lesson: &'a Lesson,
    /// How far the person is.
    pub progress: &'a Progress,
    /// What they answered in this lesson.
    pub answers: &'a Answers,
    /// An answer just refused.
    pub refused: Option<&'a Refused>,
}

impl LessonPage {
    /// The lesson in the page's language, or in the one it exists in.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, reading: &Reading<'_>) -> Self {
        let Reading {
            course,
            lesson,
            progress,
            answers,
            refused,
        } = *reading;
        let empty = LessonText::default();
        let (found, text) = lesson.text(lang.into()).unwrap_or((lang.into(), &empty));
        let blocks = text
            .segments
            .iter()
            .filter_map(|segment| match segment {
                Segment::Html(html) => Some(Block::Text {
                    html: TrustedHtml(html.clone()),
                }),
                Segment::Question(id) => {
                    let question = course.question(id)?;
                    let refused = refused.filter(|refused| refused.question_id == *id);
                    let place = (course, lesson, question);
                    let block = question_block(theme, lang, place, answers, refused);
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
            minutes: lesson.minutes,
            legal_check: lesson.legal_check.map(|date| lang.date(date)),
            text_lang: foreign(lang, found),
            blocks,
            sources: uncited_sources(lang, text),
            outline: outline(theme, lang, course, progress, Some(lesson.id.as_str())),
            progress: ProgressView::of(theme, lang, course, progress),
            previous: neighbour(-1).map(|item| Link {
                url: item.url,
                text: item.title,
            }),
            next: neighbour(1).map(|item| Link {
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
                    text: refused.message(theme, lang),
                })
                .into_iter()
                .collect(),
        }
    }
}

fn question_block(
    theme: &Theme,
    lang: Lang,
    (course, lesson, question): (&Course, &Lesson, &Question),
    answers: &Answers,
    refused: Option<&Refused>,
) -> QuestionBlock {
    let id = question.id.to_string();
    let key = course.key(&question.id);
    let saved = answers.responses.get(&question.id);
    // An answer just refused is shown instead of the one given before, and is not marked. One that is empty
    // shows what was given before, which stays.
    let answer = saved.filter(|_| {
        refused.is_none_or(|refused| refused.choice != Choice::None && refused.response.is_none())
    });
    // What is still to be asked about it is asked before it is marked.
    let mark = answer
        .filter(|answer| question.remark(answer, lang.into()).is_none())
        .and_then(|answer| Some(key?.mark(Some(answer))));
    let error_id = format!("{id}-error");
    let html = question.render(&QuestionView {
        response: answer.or_else(|| refused.and_then(|refused| refused.response.as_ref())),
        marked: mark.as_ref(),
        described_by: refused.map(|_| error_id.as_str()),
        ..QuestionView::new(lang.into(), &id)
    });
    let saved_prefix = format!("{id}-saved");
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
            .filter(|_| refused.is_some_and(Refused::shows_saved))
            .map(|saved| {
                TrustedHtml(question.render(&QuestionView {
                    response: Some(saved),
                    disabled: true,
                    ..QuestionView::new(lang.into(), &saved_prefix)
                }))
            }),
        may_empty: refused
            .is_some_and(|refused| refused.choice == Choice::Empties && refused.response.is_some()),
        can_clear: saved.is_some() || !question.is_marked(),
        html: TrustedHtml(html),
        error: refused.map(|refused| refused.message(theme, lang)),
        is_marked: question.is_marked(),
        is_answered: mark.is_some(),
        goes_on: matches!(question.body, Body::Case(_))
            && !answer.is_some_and(|answer| question.is_complete(answer)),
        outcome: mark.as_ref().map(|mark| mark.outcome.as_str()),
        outcome_text: mark
            .as_ref()
            .map(|mark| outcome_text(theme, lang, mark.outcome)),
        explanation: mark
            .as_ref()
            .filter(|mark| mark.outcome != Outcome::Unfinished)
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
                            Some(Refused::unreadable(id.clone(), ResponseError::TooMany)),
                        ),
                        (&answered, Some(Refused::empties(id.clone(), None))),
                        (&answered, Some(Refused::empties(id.clone(), given.clone()))),
                        (&answered, Some(Refused::changed(id.clone(), given))),
                    ]);
                }
                for (answers, refused) in pages {
                    let progress = Progress::default();
                    let reading = Reading {
                        course,
                        lesson,
                        progress: &progress,
                        answers,
                        refused: refused.as_ref(),
                    };
                    samples.push(Self::new(theme, lang, &reading));
                }
            }
        }
        samples
    }
}
