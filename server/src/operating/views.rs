//! What the templates of mails and jobs get.

use serde::Serialize;

use super::{
    list::{JobOrder, JobsQuery, filters, phase_slug},
    service::JobRecord,
};
use crate::{
    http::{
        Lang,
        address::{self, Address as _},
        theme::Theme,
        visit::{Section, View},
    },
    jobs::{JobSummary, Phase, Retry},
    list::{Button, FoundRows, ListCell, ListRow, ListView, Tone},
    mail,
};

type Words<'a> = (&'a Theme, Lang);

/// What a job is, in words: for a mail, what it is about.
fn title((theme, lang): Words<'_>, job: &JobSummary) -> String {
    let about = job.topic.as_ref().and_then(|topic| {
        let parts = ["topic", "subject"];
        parts.into_iter().find_map(|part| {
            theme
                .messages()
                .find(lang, &format!("mail-{topic}-{part}"), &[])
        })
    });
    about.unwrap_or_else(|| kind((theme, lang), job))
}

fn kind((theme, lang): Words<'_>, job: &JobSummary) -> String {
    let known = theme
        .messages()
        .find(lang, &format!("job-kind-{}", job.kind), &[]);
    // A kind of another version of the program.
    known.unwrap_or_else(|| job.kind.clone())
}

fn phase((theme, lang): Words<'_>, phase: Phase) -> (Tone, String) {
    let tone = match phase {
        Phase::Done => Tone::Success,
        Phase::Dead | Phase::Later => Tone::Warning,
        Phase::Due | Phase::Dropped => Tone::Plain,
    };
    (
        tone,
        theme.text(lang, &format!("job-state-{}", phase_slug(phase))),
    )
}

/// Why a job failed, in words where we have some; without e-mail addresses.
fn failure((theme, lang): Words<'_>, job: &JobSummary) -> Option<String> {
    let error = job.last_error.as_deref()?;
    let known = theme
        .messages()
        .find(lang, &format!("job-error-{error}"), &[]);
    Some(known.unwrap_or_else(|| {
        let said = [("text", without_addresses(error).into())];
        theme.text_with(lang, "job-error-said", &said)
    }))
}

/// An address by its first letter and its domain: enough to recognise it, not to copy it from a list.
fn masked(address: &str) -> String {
    let readable = mail::readable(address);
    match readable.split_once('@') {
        Some((local, domain)) => {
            let first: String = local.chars().take(1).collect();
            format!("{first}•••@{domain}")
        }
        None => "•••".to_owned(),
    }
}

/// A text in which every word with an `@` is masked.
fn without_addresses(text: &str) -> String {
    let word = |word: &str| {
        let name = word.trim_matches(|c: char| !c.is_alphanumeric());
        if name.contains('@') {
            word.replace(name, &masked(name))
        } else {
            word.to_owned()
        }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// `/admin/jobs`.
#[derive(Debug, Serialize)]
pub(crate) struct JobsPage {
    list: ListView,
}

impl JobsPage {
    /// The jobs that match a query; `error` is the message about a selection that was sent.
    #[must_use]
    pub(crate) fn new(
        words: Words<'_>,
        query: &JobsQuery,
        kinds: &[&str],
        found: FoundRows<JobSummary>,
        error: Option<&str>,
    ) -> Self {
        let (theme, lang) = words;
        let path = address::Jobs.url(lang);
        let list = &query.list;
        let button = |value: &'static str| Button {
            name: "do",
            value,
            text: theme.text(lang, &format!("job-{value}-selected")),
            full_text: String::new(),
        };
        let rows = found.map(|job| row(words, &job));
        let view = ListView::new(words, "jobs", path.clone(), list, &filters(kinds), rows)
            .words(words, "jobs-caption", "jobs-search")
            .columns(
                words,
                list,
                &[
                    ("job-what", None),
                    ("job-state", None),
                    ("job-why", None),
                    ("job-queued", Some(JobOrder::Queued)),
                    ("job-next-try", Some(JobOrder::NextTry)),
                ],
            )
            .bulk(list, path, vec![button("retry"), button("drop")])
            .error(words, error);
        Self { list: view }
    }
}

fn row(words: Words<'_>, job: &JobSummary) -> ListRow {
    let lang = words.1;
    let (tone, state) = phase(words, job.phase);
    let url = address::Job { job: job.id }.url(lang);
    let next = match job.phase {
        Phase::Due | Phase::Later => lang.date_time(job.run_at),
        Phase::Done | Phase::Dead | Phase::Dropped => "–".to_owned(),
    };
    let reason = match job.phase {
        Phase::Due | Phase::Later | Phase::Dead => failure(words, job),
        Phase::Done | Phase::Dropped => None,
    };
    ListRow::new(
        job.id,
        [
            ListCell::link(title(words, job), url).with_note(job.recipient.as_deref().map(masked)),
            ListCell::default().with_tag(tone, state),
            ListCell::text(reason.unwrap_or_default()),
            ListCell::text(lang.date_time(job.created_at)),
            ListCell::text(next),
        ],
    )
}

impl View for JobsPage {
    const TEMPLATE: &'static str = "pages/admin-jobs.html";
    const SECTION: Section = Section::Jobs;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "jobs-title")
    }

    fn address(&self) -> Option<String> {
        self.list.address()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let some = FoundRows {
            rows: crate::jobs::PHASES.map(sample_job).to_vec(),
            total: 121,
            page: 2,
        };
        let none = FoundRows {
            rows: Vec::new(),
            total: 0,
            page: 1,
        };
        let kinds = ["send-mail", "render-certificate"];
        let sample_of = |query: &str, found, error| {
            let query = JobsQuery::read(query, &kinds);
            Self::new((theme, lang), &query, &kinds, found, error)
        };
        vec![
            sample_of("q=anna&state=dead&page=2", some.clone(), None),
            sample_of("sort=next", some, Some("list-nothing-selected")),
            sample_of("", none.clone(), None),
            sample_of("kind=send-mail", none, None),
        ]
    }
}

/// An example for samples of views.
#[cfg(test)]
fn sample_job(phase: Phase) -> JobSummary {
    let is_mail = phase != Phase::Done;
    let mail = |text: &str| is_mail.then(|| text.to_owned());
    JobSummary {
        id: crate::ids::JobId::from_u128(1),
        kind: if is_mail {
            "send-mail"
        } else {
            "render-certificate"
        }
        .to_owned(),
        topic: mail("reset-password"),
        recipient: mail("anna@example.lv"),
        phase,
        attempts: 3,
        run_at: chrono::DateTime::UNIX_EPOCH,
        progress: if is_mail { (0, 0) } else { (3, 7) },
        last_error: match phase {
            Phase::Dead => Some("address refused: 5.1.1 <anna@example.lv>: unknown".to_owned()),
            Phase::Later => Some("daily-bound".to_owned()),
            Phase::Due | Phase::Done | Phase::Dropped => None,
        },
        created_at: chrono::DateTime::UNIX_EPOCH,
        done_at: matches!(phase, Phase::Done | Phase::Dropped)
            .then_some(chrono::DateTime::UNIX_EPOCH),
    }
}

/// `/admin/jobs/{job}`.
#[derive(Debug, Serialize)]
pub(crate) struct JobPage {
    id: String,
    title: String,
    tone: Tone,
    state: String,
    about: String,
    facts: Vec<Fact>,
    failure: Option<String>,
    /// Whether it can be tried again or dropped.
    is_open: bool,
    is_mail: bool,
    /// Since when its address does not take mails, in words.
    refusal: Option<String>,
}

#[derive(Debug, Serialize)]
struct Fact {
    label: String,
    value: String,
}

impl JobPage {
    /// Of a job.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, record: JobRecord) -> Self {
        let words = (theme, lang);
        let JobRecord { job, refusal } = record;
        let (tone, state) = phase(words, job.phase);
        let is_open = matches!(job.phase, Phase::Due | Phase::Later | Phase::Dead);
        let mut facts = vec![("job-kind", kind(words, &job))];
        if let Some(address) = &job.recipient {
            facts.push(("job-recipient", mail::readable(address)));
        }
        facts.push(("job-queued", lang.date_time(job.created_at)));
        let most = u32::try_from(Retry::ATTEMPTS).unwrap_or(0);
        let tries = [("count", job.attempts.into()), ("most", most.into())];
        facts.push((
            "job-attempts",
            theme.text_with(lang, "job-attempts-of", &tries),
        ));
        let (done, total) = job.progress;
        if total > 0 {
            let parts = [("done", done.into()), ("total", total.into())];
            facts.push((
                "job-progress",
                theme.text_with(lang, "job-progress-of", &parts),
            ));
        }
        if matches!(job.phase, Phase::Due | Phase::Later) {
            facts.push(("job-next-try", lang.date_time(job.run_at)));
        }
        if let Some(at) = job.done_at {
            facts.push(("job-ended", lang.date_time(at)));
        }
        let refusal = refusal.map(|refusal| {
            let key = if refusal.is_reported {
                "job-address-reported"
            } else {
                "job-address-refused"
            };
            let date = lang.date_time(refusal.at);
            theme.text_with(lang, key, &[("date", date.into())])
        });
        Self {
            id: job.id.to_string(),
            title: title(words, &job),
            tone,
            state,
            about: theme.text(lang, &format!("job-state-{}-about", phase_slug(job.phase))),
            failure: failure(words, &job),
            is_open,
            is_mail: job.recipient.is_some(),
            refusal,
            facts: facts
                .into_iter()
                .map(|(label, value)| Fact {
                    label: theme.text(lang, label),
                    value,
                })
                .collect(),
        }
    }
}

impl View for JobPage {
    const TEMPLATE: &'static str = "pages/admin-job.html";
    const SECTION: Section = Section::Jobs;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.title.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let refusal = |phase, is_reported| {
            (phase == Phase::Dead).then_some(mail::Refusal {
                at: chrono::DateTime::UNIX_EPOCH,
                is_reported,
            })
        };
        let of = |phase, is_reported| {
            let record = JobRecord {
                job: sample_job(phase),
                refusal: refusal(phase, is_reported),
            };
            Self::new(theme, lang, record)
        };
        let mut samples: Vec<_> = crate::jobs::PHASES
            .into_iter()
            .map(|phase| of(phase, false))
            .collect();
        samples.push(of(Phase::Dead, true));
        samples
    }
}

/// `/admin/jobs/drop`.
#[derive(Debug, Serialize)]
pub(crate) struct DropPage {
    jobs: Vec<Dropped>,
    lead: String,
    /// Where one goes who does not drop them.
    back_url: String,
}

#[derive(Debug, Serialize)]
struct Dropped {
    id: String,
    title: String,
    recipient: Option<String>,
    state: String,
}

impl DropPage {
    /// Asks about these jobs.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, jobs: Vec<JobSummary>) -> Self {
        let words = (theme, lang);
        let count = u32::try_from(jobs.len()).unwrap_or(u32::MAX);
        let back_url = match jobs.as_slice() {
            [one] => address::Job { job: one.id }.url(lang),
            _ => address::Jobs.url(lang),
        };
        Self {
            lead: theme.text_with(lang, "jobs-drop-lead", &[("count", count.into())]),
            back_url,
            jobs: jobs
                .into_iter()
                .map(|job| Dropped {
                    id: job.id.to_string(),
                    title: title(words, &job),
                    recipient: job.recipient.as_deref().map(masked),
                    state: phase(words, job.phase).1,
                })
                .collect(),
        }
    }
}

impl View for DropPage {
    const TEMPLATE: &'static str = "pages/admin-jobs-drop.html";
    const SECTION: Section = Section::Jobs;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        let count = u32::try_from(self.jobs.len()).unwrap_or(u32::MAX);
        theme.text_with(lang, "jobs-drop-title", &[("count", count.into())])
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        vec![
            Self::new(theme, lang, vec![sample_job(Phase::Dead)]),
            Self::new(
                theme,
                lang,
                vec![sample_job(Phase::Dead), sample_job(Phase::Later)],
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_masked_wherever_they_stand() {
        assert_eq!(masked("anna.berzina@example.lv"), "a•••@example.lv");
        assert_eq!(masked("anna@xn--rga-uta.lv"), "a•••@rīga.lv");
        assert_eq!(masked("nobody"), "•••");
        assert_eq!(
            without_addresses("550 5.1.1 <anna@example.lv>: unknown, ask help@example.lv"),
            "550 5.1.1 <a•••@example.lv>: unknown, ask h•••@example.lv"
        );
    }
}
