//! The people who learn, for managers.

use serde::Serialize;

use super::{ProgressView, course_title};
use crate::{
    db::entity::test_allowance::AllowanceKind,
    http::{
        FormState, Lang,
        address::{self, Address as _},
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    input::Input as _,
    learning::{
        Catalogue,
        forms::{EXTRA_ATTEMPTS, RawExtraAttempts, RawExtraTime, RawWithdrawal},
        list::{LearnerOrder, filters},
        model::LearnerSummary,
        service::allowance::{Allowance, LearnerRecord},
    },
    list::{FoundRows, ListCell, ListRow, ListView, Query},
    people,
};

/// `/manage/learners`.
#[derive(Debug, Serialize)]
pub(crate) struct LearnersPage {
    list: ListView,
}

impl LearnersPage {
    /// The people that match a query.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        query: &Query<LearnerOrder>,
        found: FoundRows<LearnerSummary>,
    ) -> Self {
        let words = (theme, lang);
        let rows = found.map(|learner| {
            let name = format!("{} {}", learner.given_name, learner.family_name);
            let name = shown_name(theme, lang, name.trim());
            let person = learner.person_id;
            let link = ListCell::link(name.clone(), address::Learner { person }.url(lang));
            let cells = [
                people::marked_name(words, link, &name),
                ListCell::text(learner.courses.to_string()),
                ListCell::text(lang.date(Lang::riga_date(learner.enrolled_at))),
            ];
            ListRow::new(person, cells)
        });
        let path = address::Learners.url(lang);
        let view = ListView::new(words, "learners", path, query, &filters(), rows)
            .words(words, "learners-title", "learners-search")
            .empty(words, "learners-none")
            .columns(
                words,
                query,
                &[
                    ("heads-column-name", Some(LearnerOrder::Name)),
                    ("learners-courses", None),
                    ("learners-enrolled", Some(LearnerOrder::Enrolled)),
                ],
            );
        Self { list: view }
    }
}

/// A name; words in its place for somebody who has not said it.
fn shown_name(theme: &Theme, lang: Lang, name: &str) -> String {
    if name.is_empty() {
        theme.text(lang, "learner-without-name")
    } else {
        name.to_owned()
    }
}

impl View for LearnersPage {
    const TEMPLATE: &'static str = "pages/manage-learners.html";
    const SECTION: Section = Section::Manage;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "learners-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let sample = |query: &str, count: u64| {
            let learner = |number: u64| LearnerSummary {
                person_id: crate::ids::PersonId::from_u128(number.into()),
                given_name: if number == 0 { "" } else { "Anna" }.to_owned(),
                family_name: if number == 0 { "" } else { "Paraudziņa" }.to_owned(),
                courses: 2,
                enrolled_at: chrono::DateTime::UNIX_EPOCH,
            };
            let found = FoundRows {
                rows: (0..count).map(learner).collect(),
                total: count,
                page: 1,
            };
            Self::new(theme, lang, &Query::read(query, &filters()), found)
        };
        vec![sample("", 3), sample("", 0), sample("q=nobody", 0)]
    }
}

/// The forms of a person's page, with what was typed.
#[derive(Debug, Default)]
pub(crate) struct LearnerForms {
    /// For more attempts.
    pub attempts: FormState,
    /// For extra time.
    pub time: FormState,
}

/// `/manage/learners/{person}`.
#[derive(Debug, Serialize)]
pub(crate) struct LearnerPage {
    person: String,
    name: String,
    courses: Vec<CourseRow>,
    /// What holds.
    held: Vec<AllowanceView>,
    /// What was taken back.
    past: Vec<AllowanceView>,
    /// The courses in which more attempts can be allowed.
    limited: Vec<OptionView>,
    counts: Vec<OptionView>,
    attempts: FormView,
    time: FormView,
}

#[derive(Debug, Serialize)]
struct CourseRow {
    title: String,
    progress: Option<ProgressView>,
    /// How the person stands in the test.
    test: String,
}

#[derive(Debug, Serialize)]
struct OptionView {
    value: String,
    label: String,
}

/// What is or was allowed, in words.
#[derive(Debug, Serialize)]
struct AllowanceView {
    text: String,
    given: String,
    reason: String,
    withdraw_url: String,
    withdrawn: Option<String>,
    withdrawn_reason: Option<String>,
}

impl AllowanceView {
    fn new(
        (theme, lang): (&Theme, Lang),
        catalogue: &Catalogue,
        record: &LearnerRecord,
        allowance: &Allowance,
    ) -> Self {
        let enrolled = record
            .courses
            .iter()
            .find(|(_, enrolled)| Some(enrolled.id) == allowance.enrolment_id);
        let course = enrolled.map(|(id, _)| {
            let course = catalogue.by_id(id);
            course.map_or_else(|| id.to_string(), |course| course_title(lang, course))
        });
        let amount = allowance.amount.unsigned_abs();
        let text = match allowance.kind {
            AllowanceKind::Attempts => theme.text_with(
                lang,
                "allowance-attempts",
                &[
                    ("count", amount.into()),
                    ("course", course.unwrap_or_else(|| "–".to_owned()).into()),
                ],
            ),
            AllowanceKind::Time => {
                theme.text_with(lang, "allowance-time", &[("percent", amount.into())])
            }
        };
        let withdraw = address::WithdrawAllowance {
            person: record.person_id,
            allowance: allowance.id,
        };
        let withdrawn = allowance.withdrawn.as_ref();
        Self {
            text,
            given: lang.date_time(allowance.given_at),
            reason: allowance.reason.clone(),
            withdraw_url: withdraw.url(lang),
            withdrawn: withdrawn.map(|(at, _)| lang.date_time(*at)),
            withdrawn_reason: withdrawn.and_then(|(_, reason)| reason.clone()),
        }
    }
}

impl LearnerPage {
    /// A person with their courses and what they are allowed.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        record: &LearnerRecord,
        forms: &LearnerForms,
    ) -> Self {
        let words = (theme, lang);
        let (mut courses, mut limited) = (Vec::new(), Vec::new());
        for (id, enrolled) in &record.courses {
            let Some(course) = catalogue.by_id(id) else {
                courses.push(CourseRow {
                    title: id.to_string(),
                    progress: None,
                    test: theme.text(lang, "learner-course-gone"),
                });
                continue;
            };
            let test = course.final_test();
            let attempts: Vec<_> = enrolled
                .progress
                .attempts
                .iter()
                .filter(|attempt| test.is_some_and(|test| attempt.test_id == test.id))
                .collect();
            let is_passed = attempts.iter().any(|attempt| attempt.is_passed());
            let allowed = test
                .and_then(|test| test.test_rules())
                .and_then(|rules| rules.attempts);
            let used = ("used", attempts.len().into());
            let test = match (is_passed, test.is_some(), allowed) {
                (true, ..) => theme.text(lang, "learner-test-passed"),
                (_, false, _) => theme.text(lang, "learner-test-none"),
                (.., None) => theme.text_with(lang, "learner-test-free", &[used]),
                (.., Some(allowed)) => {
                    let all = allowed.saturating_add(enrolled.progress.extra_attempts);
                    theme.text_with(
                        lang,
                        "learner-test-limited",
                        &[used, ("allowed", all.into())],
                    )
                }
            };
            if allowed.is_some() && !is_passed {
                limited.push(OptionView {
                    value: id.to_string(),
                    label: course_title(lang, course),
                });
            }
            courses.push(CourseRow {
                title: course_title(lang, course),
                progress: Some(ProgressView::of(theme, lang, course, &enrolled.progress)),
                test,
            });
        }
        let (held, past) = record
            .allowances
            .iter()
            .partition::<Vec<_>, _>(|one| one.withdrawn.is_none());
        let views = |all: Vec<&Allowance>| {
            let view = |one| AllowanceView::new(words, catalogue, record, one);
            all.into_iter().map(view).collect()
        };
        Self {
            person: record.person_id.to_string(),
            name: shown_name(theme, lang, &record.name),
            courses,
            held: views(held),
            past: views(past),
            limited,
            counts: EXTRA_ATTEMPTS
                .map(|count| OptionView {
                    value: count.to_string(),
                    label: count.to_string(),
                })
                .collect(),
            attempts: forms.attempts.view(theme, lang, RawExtraAttempts::FIELDS),
            time: forms.time.view(theme, lang, RawExtraTime::FIELDS),
        }
    }
}

impl View for LearnerPage {
    const TEMPLATE: &'static str = "pages/manage-learner.html";
    const SECTION: Section = Section::Manage;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.name.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::catalogue::sample();
        let wrong = LearnerForms {
            attempts: FormState::new()
                .value("course", "foundations")
                .error("count", "allow-count-wrong"),
            time: FormState::new()
                .value("percent", "5")
                .error("percent", "allow-percent-wrong"),
        };
        let record = sample_record(&catalogue);
        let nothing = LearnerRecord {
            allowances: Vec::new(),
            name: String::new(),
            ..record.clone()
        };
        let new = |record, forms: &LearnerForms| Self::new(theme, lang, &catalogue, record, forms);
        vec![
            new(&record, &LearnerForms::default()),
            new(&record, &wrong),
            new(&nothing, &LearnerForms::default()),
        ]
    }
}

/// `/manage/learners/{person}/allowances/{allowance}/withdraw`.
#[derive(Debug, Serialize)]
pub(crate) struct WithdrawPage {
    person: String,
    name: String,
    allowance: AllowanceView,
    form: FormView,
}

impl WithdrawPage {
    /// Asks for the reason, with what was typed.
    #[must_use]
    pub(crate) fn new(
        words: (&Theme, Lang),
        catalogue: &Catalogue,
        record: &LearnerRecord,
        held: &Allowance,
        form: &FormState,
    ) -> Self {
        let (theme, lang) = words;
        Self {
            person: record.person_id.to_string(),
            name: shown_name(theme, lang, &record.name),
            allowance: AllowanceView::new(words, catalogue, record, held),
            form: form.view(theme, lang, RawWithdrawal::FIELDS),
        }
    }
}

impl View for WithdrawPage {
    const TEMPLATE: &'static str = "pages/manage-withdraw.html";
    const SECTION: Section = Section::Manage;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "withdraw-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::catalogue::sample();
        let record = sample_record(&catalogue);
        let wrong = FormState::new().error("reason", "allow-reason-missing");
        record
            .allowances
            .iter()
            .flat_map(|held| {
                [FormState::new(), wrong.clone()]
                    .map(|form| Self::new((theme, lang), &catalogue, &record, held, &form))
            })
            .collect()
    }
}

#[cfg(test)]
fn sample_record(catalogue: &Catalogue) -> LearnerRecord {
    use chrono::DateTime;

    use crate::ids::{PersonId, TestAllowanceId};

    let courses: Vec<_> = catalogue
        .all()
        .flat_map(|course| {
            crate::learning::service::samples(course)
                .into_iter()
                .map(|enrolled| (course.id.clone(), enrolled))
        })
        .chain([(
            "gone".into(),
            crate::learning::service::samples(catalogue.all().next().unwrap()).remove(0),
        )])
        .collect();
    let enrolment_id = courses.first().map(|(_, enrolled)| enrolled.id);
    let allowance = |number, kind, withdrawn| Allowance {
        id: TestAllowanceId::from_u128(number),
        enrolment_id: enrolment_id.filter(|_| kind == AllowanceKind::Attempts),
        kind,
        amount: 2,
        reason: "Kavēja slimība".to_owned(),
        given_at: DateTime::UNIX_EPOCH,
        withdrawn,
    };
    LearnerRecord {
        person_id: PersonId::NIL,
        name: "Anna Paraudziņa".to_owned(),
        allowances: vec![
            allowance(1, AllowanceKind::Attempts, None),
            allowance(2, AllowanceKind::Time, None),
            allowance(3, AllowanceKind::Time, Some((DateTime::UNIX_EPOCH, None))),
            allowance(
                4,
                AllowanceKind::Attempts,
                Some((
                    DateTime::UNIX_EPOCH,
                    Some("Piešķirts kļūdas dēļ".to_owned()),
                )),
            ),
        ],
        courses,
    }
}
