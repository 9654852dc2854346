//! What the templates of the site's own pages get.

use std::sync::{Arc, LazyLock};

use course_compiler::{Course, Language, QuestionView, Segment, compile, load::Tree};
use serde::Serialize;

use crate::{
    events::views::public::EventCard,
    http::{
        Contact, Lang,
        address::{self, Address as _, with_query},
        form::{FormState, FormView},
        theme::{Theme, TrustedHtml},
        visit::{Section, View},
    },
    input::Field,
    learning::{
        Catalogue,
        views::{
            TextLink,
            catalogue::CourseCard,
            course_link,
            going_on::GoingOn,
            lesson::outcome_text,
            themes::{self, ThemeView},
        },
    },
};

/// The front page.
#[derive(Debug, Serialize)]
pub(crate) struct HomePage {
    going_on: Option<GoingOn>,
    themes: Vec<ThemeCard>,
    events: Vec<EventCard>,
}

/// A theme with the first of its courses.
#[derive(Debug, Serialize)]
struct ThemeCard {
    theme: ThemeView,
    text: String,
    courses: Vec<TextLink>,
    url: String,
    all_text: String,
}

/// How many courses of a theme the front page names.
const COURSES_OF_A_THEME: usize = 3;

impl HomePage {
    /// The front page with the offered courses.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        going_on: Option<GoingOn>,
    ) -> Self {
        let groups = themes::grouped(catalogue.offered(), |course| themes::slug(course));
        let card = |(slug, courses): (&'static str, Vec<&Course>)| ThemeCard {
            theme: ThemeView::named(theme, lang, slug),
            text: theme.text(lang, &format!("theme-{slug}-about")),
            courses: courses
                .iter()
                .take(COURSES_OF_A_THEME)
                .map(|course| course_link(lang, course))
                .collect(),
            url: with_query(&address::Courses.url(lang), [("theme", slug)]),
            all_text: theme.text_with(lang, "home-theme-all", &[("count", courses.len().into())]),
        };
        Self {
            going_on,
            themes: groups.into_iter().map(card).collect(),
            events: Vec::new(),
        }
    }

    /// With the events that come next.
    #[must_use]
    pub(crate) fn with_events(self, events: Vec<EventCard>) -> Self {
        Self { events, ..self }
    }
}

impl View for HomePage {
    const TEMPLATE: &'static str = "pages/home.html";
    const SECTION: Section = Section::Home;

    const IS_CONTENT: bool = true;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "home-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::sample_catalogue();
        let course = catalogue.offered().next();
        let going_on = |index: usize| {
            let course = course?;
            let enrolled = crate::learning::sample_enrolments(course);
            GoingOn::of(theme, lang, course, enrolled.get(index)?)
        };
        vec![
            Self::new(theme, lang, &catalogue, None),
            Self::new(theme, lang, &catalogue, going_on(0)),
            Self::new(theme, lang, &catalogue, going_on(1))
                .with_events(vec![EventCard::sample(theme, lang)]),
            Self::new(theme, lang, &Catalogue::empty(), None),
        ]
    }
}

/// Help, and the contact details of the organiser.
#[derive(Debug, Serialize)]
pub(crate) struct ContactPage {
    email: Option<String>,
    phone: Option<String>,
    /// The number as a `tel:` link.
    phone_url: Option<String>,
}

impl ContactPage {
    /// With the configured contact details.
    #[must_use]
    pub(crate) fn new(contact: &Contact) -> Self {
        let dialled = |phone: &String| {
            let digits: String = phone
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '+')
                .collect();
            format!("tel:{digits}")
        };
        Self {
            email: contact.email.clone(),
            phone_url: contact.phone.as_ref().map(dialled),
            phone: contact.phone.clone(),
        }
    }
}

impl View for ContactPage {
    const TEMPLATE: &'static str = "pages/contact.html";
    const SECTION: Section = Section::None;

    const IS_CONTENT: bool = true;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "contact-title")
    }

    #[cfg(test)]
    fn samples(_: &Theme, _: Lang) -> Vec<Self> {
        let named = Contact {
            email: Some("palidziba@example.lv".to_owned()),
            phone: Some("+371 6702 1600".to_owned()),
        };
        vec![Self::new(&named), Self::new(&Contact::default())]
    }
}

/// Every component of the theme. The text and questions come from a course of its own that is compiled like
/// others, so that they look as in lessons and reveal no answers of real ones.
#[derive(Debug, Serialize)]
pub(crate) struct StyleguidePage {
    colours: &'static [&'static str],
    prose: Vec<TrustedHtml>,
    questions: Vec<TrustedHtml>,
    marked: Vec<MarkedView>,
    cards: Vec<CourseCard>,
    form: FormView,
    options: Vec<OptionView>,
    places: Vec<OptionView>,
}

/// An option of a list.
#[derive(Debug, Serialize)]
struct OptionView {
    value: &'static str,
    label: String,
}

#[derive(Debug, Serialize)]
struct MarkedView {
    html: TrustedHtml,
    outcome: &'static str,
    outcome_text: String,
    explanation: Option<TrustedHtml>,
}

/// The design tokens that are colours.
const COLOURS: &[&str] = &[
    "paper",
    "surface",
    "sunken",
    "ink",
    "ink-soft",
    "line",
    "line-strong",
    "accent",
    "accent-deep",
    "link",
    "link-strong",
    "select",
    "select-tint",
    "amber",
    "amber-tint",
    "success",
    "success-tint",
    "warning",
    "warning-tint",
    "error",
    "error-tint",
    "info",
    "info-tint",
    "important",
    "important-tint",
    "hue-plain",
    "hue-plain-tint",
    "hue-woad",
    "hue-woad-tint",
    "hue-heather",
    "hue-heather-tint",
    "hue-tansy",
    "hue-tansy-tint",
    "hero",
    "door",
];

static SAMPLE: LazyLock<Option<Course>> = LazyLock::new(|| {
    let tree = Tree::from_texts([
        (
            "sample/course.toml",
            include_str!("../../../themes/default/styleguide/course.toml"),
        ),
        (
            "sample/lv/01-paraugs.md",
            include_str!("../../../themes/default/styleguide/lv/01-paraugs.md"),
        ),
        (
            "sample/en/01-paraugs.md",
            include_str!("../../../themes/default/styleguide/en/01-paraugs.md"),
        ),
    ]);
    let options = compile::Options::default();
    let compilation = compile::compile_tree(&tree, &options, &()).ok()?;
    compilation
        .bundle
        .courses
        .into_iter()
        .next()
        .map(Arc::unwrap_or_clone)
});

impl StyleguidePage {
    /// The page in a language.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang) -> Self {
        let mut page = Self {
            colours: COLOURS,
            prose: Vec::new(),
            questions: Vec::new(),
            marked: Vec::new(),
            cards: Vec::new(),
            form: FormState::new()
                .value("name", "Anna Paraudziņa")
                .value("email", "anna.paraudzina")
                .value("place", "remote")
                .value("day", "31.02.2027.")
                .value("begins", "10:00")
                .error("email", "styleguide-email-wrong")
                .error("day", "day-unreadable")
                .view(
                    theme,
                    lang,
                    &[
                        "name", "email", "kind", "place", "day", "begins", "list", "text", "agree",
                    ]
                    .map(Field::new),
                ),
            options: options(theme, lang, "audience", &["everyone", "employers"]),
            places: options(theme, lang, "styleguide-place", &["present", "remote"]),
        };
        let Some(course) = &*SAMPLE else {
            return page;
        };
        page.cards = vec![CourseCard::new(theme, lang, course, None)];
        let language = Language::from(lang);
        let segments = course
            .lessons
            .iter()
            .filter_map(|lesson| lesson.text(language))
            .flat_map(|(_, text)| &text.segments);
        for segment in segments {
            match segment {
                Segment::Html(html) => page.prose.push(TrustedHtml(html.clone())),
                Segment::Question(id) => {
                    let (Some(question), Some(key)) = (course.question(id), course.key(id)) else {
                        continue;
                    };
                    let id_prefix = id.to_string();
                    let view = QuestionView::new(language, &id_prefix);
                    page.questions.push(TrustedHtml(question.render(&view)));
                    // Every second question is shown with a correct answer, the others without an answer.
                    let answer = page
                        .marked
                        .len()
                        .is_multiple_of(2)
                        .then(|| key.right_answer());
                    let mark = key.mark(answer.as_ref());
                    let id_prefix = format!("{id}-marked");
                    let html = question.render(&QuestionView {
                        response: answer.as_ref(),
                        marked: Some(&mark),
                        disabled: true,
                        ..QuestionView::new(language, &id_prefix)
                    });
                    page.marked.push(MarkedView {
                        html: TrustedHtml(html),
                        outcome: mark.outcome.as_str(),
                        outcome_text: outcome_text(theme, lang, mark.outcome),
                        explanation: key
                            .explanation(language)
                            .map(|html| TrustedHtml(html.to_owned())),
                    });
                }
            }
        }
        page
    }
}

/// Options whose message keys start with `of`.
fn options(theme: &Theme, lang: Lang, of: &str, values: &[&'static str]) -> Vec<OptionView> {
    let option = |value: &&'static str| OptionView {
        value,
        label: theme.text(lang, &format!("{of}-{value}")),
    };
    values.iter().map(option).collect()
}

impl View for StyleguidePage {
    const TEMPLATE: &'static str = "pages/styleguide.html";
    const SECTION: Section = Section::None;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "styleguide-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        vec![Self::new(theme, lang)]
    }
}

#[cfg(test)]
mod tests {
    use course_compiler::question::CLASSES;

    use super::*;

    #[test]
    fn the_styleguide_shows_every_type_of_question_in_both_languages() {
        let theme = Theme::load().unwrap();
        for lang in Lang::ALL {
            let page = StyleguidePage::new(&theme, lang);
            assert_eq!(page.questions.len(), CLASSES.len(), "{lang}");
            assert!(!page.prose.is_empty(), "{lang}");
        }
    }
}
