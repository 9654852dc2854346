//! The addresses of all pages, each a type. Routes, handlers, links, redirects, mails and templates use these
//! types, and no other code builds an address.
//!
//! ```
//! use server::http::{Lang, address::{self, Address as _}};
//!
//! let lesson = address::Lesson {
//!     course: "vecums".into(),
//!     lesson: "kas ir vecums?".into(),
//! };
//! assert_eq!(lesson.url(Lang::Lv), "/lv/courses/vecums/lessons/kas%20ir%20vecums%3F");
//! ```
//!
//! A page is registered by its address type ([`super::route::page`]); its handler takes the parameters of the
//! address as a [`super::Path`]. A template writes `{{ path(to="Courses") }}`, with the parameters as
//! arguments; other arguments become the query.

use std::fmt::{self, Write as _};

use course_compiler::QuestionId;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use url::form_urlencoded;

use super::Lang;
use crate::ids::{
    AccountId, ApiTokenId, AttemptId, CompletionId, CourseSlug, EventId, FactId, HandbookSlug,
    JobId, LessonSlug, MergeId, OrganisationId, PathSlug, PersonId, RegistrationGroupId,
    RegistrationId, RegistrationImportId, TestAllowanceId,
};

/// The address of a page, below its language.
pub trait Address {
    /// The pattern of the route, with each parameter's name in braces.
    const ROUTE: &'static str;

    /// Appends the path to `url`.
    fn write(&self, url: &mut String);

    /// The path with its language: `/lv/courses`.
    fn url(&self, lang: Lang) -> String {
        let mut url = below(lang);
        self.write(&mut url);
        url
    }
}

/// Defines a type for each address: its name, and its path with the parameters in braces.
macro_rules! addresses {
    ($($(#[$doc:meta])* $name:ident($($part:tt)+),)+) => {
        $(addresses!(@type $(#[$doc])* $name $($part)+);)+

        /// Every address by its name, with the pattern of its route.
        pub const ALL: &[(&str, &str)] = &[$((stringify!($name), $name::ROUTE)),+];
    };
    (@type $(#[$doc:meta])* $name:ident $path:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name;

        impl Address for $name {
            const ROUTE: &'static str = $path;

            fn write(&self, url: &mut String) {
                url.push_str($path);
            }
        }
    };
    (@type $(#[$doc:meta])* $name:ident
        $first:literal $({$field:ident: $type:ty} $($path:literal)?)+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
        pub struct $name {
            $(
                #[doc = concat!("`{", stringify!($field), "}` in the path.")]
                pub $field: $type,
            )+
        }

        impl Address for $name {
            const ROUTE: &'static str =
                concat!($first, $("{", stringify!($field), "}", $($path)?),+);

            fn write(&self, url: &mut String) {
                url.push_str($first);
                $(
                    // Writing to a string does not fail.
                    let _ = write!(Segment(url), "{}", self.$field);
                    $(url.push_str($path);)?
                )+
            }
        }
    };
}

addresses! {
    /// The front page.
    Home("/"),
    /// Shows every component of the theme.
    Styleguide("/styleguide"),

    /// Where one registers for an event.
    RegisterForEvent("/events/" {event: EventId} "/register"),
    /// What a guest sees after registering: the address has to be confirmed.
    RegistrationSent("/events/" {event: EventId} "/register/sent"),
    /// The link in mails about a registration.
    Registration("/registrations/" {token: String}),
    /// Confirms the address of a registration.
    ConfirmRegistration("/registrations/" {token: String} "/confirm"),
    /// Takes an offered place.
    AcceptPlace("/registrations/" {token: String} "/accept"),
    /// Gives up a place, an offer, or a turn on the waiting list.
    CancelRegistration("/registrations/" {token: String} "/cancel"),
    /// Changes the position and what is needed.
    ChangeRegistration("/registrations/" {token: String} "/change"),

    /// Where somebody registers several people of their organisation.
    RegisterGroup("/events/" {event: EventId} "/register-group"),
    /// People whom somebody has registered together.
    MyGroup("/me/groups/" {group: RegistrationGroupId}),
    /// Cancels the registration of one of them.
    CancelMember("/me/groups/" {group: RegistrationGroupId} "/" {registration: RegistrationId} "/cancel"),
    /// Somebody else comes instead of one of them.
    SubstituteMember("/me/groups/" {group: RegistrationGroupId} "/" {registration: RegistrationId} "/substitute"),
    /// Somebody else of the same organisation takes over a place.
    SubstituteRegistration("/registrations/" {token: String} "/substitute"),
    /// The events that a person is registered for, and was.
    MyEvents("/me/events"),
    /// Makes or renews the address of the feed of one's own events.
    MyFeed("/me/events/calendar"),
    /// The feed of somebody's own events.
    OwnFeed("/calendar/" {token: String} "/events.ics"),
    /// Leads the person whose registration it is to its page.
    MyRegistration("/me/registrations/" {registration: RegistrationId}),

    /// Where an e-mail address is typed for registration.
    Register("/register"),
    /// Where a new link for confirming an address is requested.
    AskToConfirm("/confirm"),
    /// The link in a mail that confirms an address.
    Confirm("/confirm/" {token: String}),
    /// Signing in.
    SignIn("/sign-in"),
    /// Where the code of the second factor is entered.
    SignInCode("/sign-in/code"),
    /// Signing out.
    SignOut("/sign-out"),
    /// Where a link for setting a new password is requested.
    Forgotten("/forgotten"),
    /// The link in a mail for setting a new password.
    Reset("/reset/" {token: String}),
    /// The link in a mail that confirms the new address of an account.
    ConfirmNewEmail("/new-email/" {token: String}),
    /// Mails and jobs, for administrators.
    Jobs("/admin/jobs"),
    /// Dropping jobs: those named in the query.
    DropJobs("/admin/jobs/drop"),
    /// A job.
    Job("/admin/jobs/" {job: JobId}),
    /// Trying a job again.
    RetryJob("/admin/jobs/" {job: JobId} "/retry"),
    /// Whether the address of a job takes mails.
    JobAddress("/admin/jobs/" {job: JobId} "/address"),
    /// The link for creating the first administrator.
    FirstAdministrator("/admin/first/" {token: String}),
    /// The list of accounts.
    Accounts("/admin/accounts"),
    /// The list of accounts as a file.
    AccountsFile("/admin/accounts/export." {ending: String}),
    /// An account, with the roles that it holds.
    Account("/admin/accounts/" {account: AccountId}),
    /// Where the roles of an account are changed.
    AccountRoles("/admin/accounts/" {account: AccountId} "/roles"),
    /// Where an account is closed.
    CloseAccount("/admin/accounts/" {account: AccountId} "/close"),
    /// Where an account is reopened.
    ReopenAccount("/admin/accounts/" {account: AccountId} "/reopen"),
    /// Where the second factor of an account is removed.
    AccountSecondFactor("/admin/accounts/" {account: AccountId} "/second-factor"),
    /// Where sessions of an account are ended.
    AccountSessions("/admin/accounts/" {account: AccountId} "/sessions"),

    /// Help, and whom to write to.
    Contact("/contact"),
    /// The form for reporting a mistake on a page.
    Report("/report"),
    /// The privacy notice.
    Privacy("/privacy"),
    /// The accessibility statement.
    Accessibility("/accessibility"),
    /// The person's own courses.
    Me("/me"),
    /// The person's own account: address, password, language, sessions.
    MyAccount("/me/account"),
    /// Where the language of one's own account is chosen.
    MyLanguage("/me/account/language"),
    /// Where one's own password is changed.
    MyPassword("/me/account/password"),
    /// Where one's own e-mail address is changed.
    MyEmail("/me/account/email"),
    /// One's own second factor.
    MySecondFactor("/me/account/second-factor"),
    /// Where a second factor is set up.
    SetUpSecondFactor("/me/account/second-factor/setup"),
    /// Where new recovery codes are made.
    MyRecoveryCodes("/me/account/second-factor/codes"),
    /// Where one's own second factor is removed.
    RemoveSecondFactor("/me/account/second-factor/remove"),
    /// Where one's own sessions are ended.
    MySessions("/me/account/sessions"),
    /// One's own tokens of the API.
    MyTokens("/me/tokens"),
    /// Where one's own token is revoked.
    RevokeToken("/me/tokens/" {token: ApiTokenId} "/revoke"),
    /// The person's own name.
    MyProfile("/me/profile"),
    /// The person's own organisation.
    MyOrganisation("/me/organisation"),
    /// Where an organisation that is not in the register is proposed.
    NewOrganisation("/me/organisation/new"),
    /// The person's own acceptance of the privacy notice.
    MyPrivacy("/me/privacy"),
    /// Whether the person wants to be reminded of courses.
    Reminders("/me/reminders"),
    /// Where whoever got a reminder stops them.
    StopReminders("/reminders/" {token: String}),
    /// The person's own data: to download, to erase.
    MyData("/me/data"),
    /// The person's own data as a file.
    MyDataFile("/me/data/export." {ending: String}),
    /// Where the erasure of one's own data is asked for.
    EraseMyData("/me/data/erase"),
    /// Where that is taken back.
    KeepMyData("/me/data/keep"),
    /// The person's own certificate as a file.
    MyCertificate("/me/certificates/" {serial: String} ".pdf"),

    /// The events that are announced.
    Events("/events"),
    /// Those to come, for calendars that subscribe to them.
    EventsFeed("/events.ics"),
    /// An announced event.
    Event("/events/" {event: EventId}),
    /// An announced event for a calendar.
    EventFile("/events/" {event: EventId} "/event.ics"),

    /// The events that somebody organises.
    Organise("/organise"),
    /// The same as a file.
    OrganisedFile("/organise/export." {ending: String}),
    /// The kinds of events to choose from for a new one.
    NewEvent("/organise/events/new"),
    /// A new event of a kind.
    NewEventOf("/organise/events/new/" {kind: String}),
    /// An event as its organisers see it.
    OrganisedEvent("/organise/events/" {event: EventId}),
    /// Where an event is changed.
    EditEvent("/organise/events/" {event: EventId} "/edit"),
    /// Where an event is announced.
    PublishEvent("/organise/events/" {event: EventId} "/publish"),
    /// Where an event is cancelled.
    CancelEvent("/organise/events/" {event: EventId} "/cancel"),
    /// Where an event is made that is like another one.
    DuplicateEvent("/organise/events/" {event: EventId} "/duplicate"),
    /// Where a draft is deleted.
    DeleteEvent("/organise/events/" {event: EventId} "/delete"),
    /// The registrations for an event.
    EventRegistrations("/organise/events/" {event: EventId} "/registrations"),
    /// The same as a file.
    EventRegistrationsFile("/organise/events/" {event: EventId} "/registrations/export." {ending: String}),
    /// What participants of an event asked for, without names, as a file.
    EventRequestsFile("/organise/events/" {event: EventId} "/registrations/requests." {ending: String}),
    /// Where an organiser registers somebody.
    AddRegistration("/organise/events/" {event: EventId} "/registrations/new"),
    /// Where an organiser cancels registrations: those named in the query.
    CancelRegistrations("/organise/events/" {event: EventId} "/registrations/cancel"),
    /// A registration as the organisers of its event see it.
    OrganisedRegistration("/organise/events/" {event: EventId} "/registrations/" {registration: RegistrationId}),
    /// Where a message to participants of an event is written.
    MessageParticipants("/organise/events/" {event: EventId} "/message"),
    /// Where registrations for an event are imported from a file.
    ImportRegistrations("/organise/events/" {event: EventId} "/registrations/import"),
    /// The file to fill in for that.
    ImportTemplate("/organise/events/" {event: EventId} "/registrations/import/template." {ending: String}),
    /// A file that was checked: what is in it, and what became of it.
    RegistrationImport(
        "/organise/events/" {event: EventId} "/registrations/import/" {import: RegistrationImportId}
    ),
    /// Where a checked file is discarded.
    DiscardImport(
        "/organise/events/" {event: EventId} "/registrations/import/" {import: RegistrationImportId}
        "/discard"
    ),

    /// The overview of the programme.
    Manage("/manage"),
    /// Who organises events of which strands.
    Organisers("/manage/organisers"),
    /// Where an organiser is given a strand, or it is taken.
    OrganiserStrands("/manage/organisers/" {account: AccountId} "/strands"),
    /// The register of organisations.
    Organisations("/manage/organisations"),
    /// The register as a file.
    OrganisationsFile("/manage/organisations/export." {ending: String}),
    /// An organisation in the register.
    Organisation("/manage/organisations/" {organisation: OrganisationId}),
    /// Where an organisation is approved.
    ApproveOrganisation("/manage/organisations/" {organisation: OrganisationId} "/approve"),
    /// Where an organisation is rejected.
    RejectOrganisation("/manage/organisations/" {organisation: OrganisationId} "/reject"),
    /// Looking for the record of the same organisation, to merge both.
    MergeOrganisation("/manage/organisations/" {organisation: OrganisationId} "/merge"),
    /// Merging two organisations.
    MergeOrganisations("/manage/organisations/" {organisation: OrganisationId} "/merge/" {other: OrganisationId}),
    /// Undoing a merge of two organisations.
    UndoMerge("/manage/merges/" {merge: MergeId}),
    /// The programme's indicators.
    Indicators("/manage/indicators"),
    /// The people whom an indicator counts.
    Indicator("/manage/indicators/" {indicator: String}),
    /// The people whom an indicator counts, as a file.
    IndicatorFile("/manage/indicators/" {indicator: String} "/export." {ending: String}),
    /// Why a fact counts or does not.
    Fact("/manage/indicators/" {indicator: String} "/facts/" {fact: FactId}),
    /// The record that proves a fact: a completion.
    Completion("/manage/completions/" {completion: CompletionId}),
    /// The people who learn, for managers.
    Learners("/manage/learners"),
    /// One of them.
    Learner("/manage/learners/" {person: PersonId}),
    /// Where they are allowed more attempts at a test.
    AllowAttempts("/manage/learners/" {person: PersonId} "/attempts"),
    /// Where they are allowed extra time in tests.
    AllowTime("/manage/learners/" {person: PersonId} "/time"),
    /// Where that is taken back.
    WithdrawAllowance(
        "/manage/learners/" {person: PersonId} "/allowances/" {allowance: TestAllowanceId}
        "/withdraw"
    ),
    /// The courses as authors see them.
    AuthorCourses("/author/courses"),
    /// The reports of mistakes on pages.
    AuthorReports("/author/reports"),

    /// The glossary.
    Glossary("/glossary"),
    /// The search of the whole site.
    Search("/search"),
    /// The list of handbooks; redirects to the handbook if there is only one.
    Handbook("/handbook"),
    /// The contents of a handbook.
    HandbookContents("/handbook/" {handbook: HandbookSlug}),
    /// A handbook as a file.
    HandbookFile("/handbook/" {handbook: HandbookSlug} ".pdf"),
    /// A chapter of a handbook as a file.
    ChapterFile("/handbook/" {handbook: HandbookSlug} "/" {chapter: LessonSlug} ".pdf"),
    /// A chapter of a handbook.
    Chapter("/handbook/" {handbook: HandbookSlug} "/" {chapter: LessonSlug}),
    /// Where the code of a certificate is typed.
    Verify("/verify"),
    /// A certificate, for anyone who has its code.
    Certificate("/verify/" {code: String}),

    /// The catalogue.
    Courses("/courses"),
    /// A course.
    Course("/courses/" {course: CourseSlug}),
    /// Where a person enrols.
    Enrol("/courses/" {course: CourseSlug} "/enrol"),
    /// Where a person confirms having seen what changed in a course.
    SeeChanges("/courses/" {course: CourseSlug} "/seen"),
    /// A learning path: several courses that belong together.
    LearningPath("/paths/" {path: PathSlug}),
    /// Where a person enrols in a learning path.
    EnrolInPath("/paths/" {path: PathSlug} "/enrol"),
    /// A lesson.
    Lesson("/courses/" {course: CourseSlug} "/lessons/" {lesson: LessonSlug}),
    /// Where a lesson is marked as read.
    LessonDone("/courses/" {course: CourseSlug} "/lessons/" {lesson: LessonSlug} "/done"),
    /// Where a question inside a lesson is answered.
    Question(
        "/courses/" {course: CourseSlug} "/lessons/" {lesson: LessonSlug}
        "/questions/" {question: QuestionId}
    ),
    /// Where the answer to a question inside a lesson is cleared.
    ClearQuestion(
        "/courses/" {course: CourseSlug} "/lessons/" {lesson: LessonSlug}
        "/questions/" {question: QuestionId} "/clear"
    ),
    /// Where what was answered in one's own words is deleted for good.
    DeleteAnswer(
        "/courses/" {course: CourseSlug} "/lessons/" {lesson: LessonSlug}
        "/questions/" {question: QuestionId} "/delete"
    ),
    /// The page before a test.
    Test("/courses/" {course: CourseSlug} "/test"),
    /// Where a test is started.
    StartTest("/courses/" {course: CourseSlug} "/test/start"),
    /// The questions of an attempt.
    Attempt("/attempts/" {attempt: AttemptId}),
    /// Where a question of an attempt is answered.
    AttemptAnswers("/attempts/" {attempt: AttemptId} "/answers"),
    /// Where the answer to a question of an attempt is cleared.
    ClearAttemptAnswer("/attempts/" {attempt: AttemptId} "/answers/clear"),
    /// Handing an attempt in.
    FinishAttempt("/attempts/" {attempt: AttemptId} "/finish"),
    /// The marked attempt.
    AttemptReview("/attempts/" {attempt: AttemptId} "/review"),
}

/// The address of a page by its name, for templates: with its parameters, and other arguments as its query.
/// An error if there is no such page or a parameter is missing.
pub(super) fn by_name(
    lang: Lang,
    name: &str,
    arguments: &[(&str, String)],
) -> Result<String, String> {
    let (_, route) = ALL
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| format!("no page is called “{name}”"))?;
    let mut query: Vec<_> = arguments.iter().collect();
    let mut url = below(lang);
    let mut parts = route.split('{');
    url.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (held, rest) = part.split_once('}').unwrap_or_default();
        let place = query.iter().position(|(argument, _)| *argument == held);
        let (_, value) =
            query.remove(place.ok_or_else(|| format!("the address of “{name}” needs “{held}”"))?);
        // Writing to a string does not fail.
        let _ = Segment(&mut url).write_str(value);
        url.push_str(rest);
    }
    Ok(with_query(
        &url,
        query.into_iter().map(|(name, value)| (*name, value)),
    ))
}

/// An address with a query, if there are parameters.
#[must_use]
pub fn with_query<'a>(
    url: &str,
    query: impl IntoIterator<Item = (&'a str, impl AsRef<str>)>,
) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(query)
        .finish();
    if query.is_empty() {
        url.to_owned()
    } else {
        format!("{url}?{query}")
    }
}

/// The same page in this language, whatever the language of its address.
pub(super) fn in_language(url: &str, lang: Lang) -> String {
    let path = Lang::ALL
        .into_iter()
        .find_map(|other| url.strip_prefix(&below(other)));
    path.map_or_else(|| Home.url(lang), |path| below(lang) + path)
}

/// An address with a parameter of its query set to this value, and the others as they are.
pub(super) fn with_parameter(url: &str, name: &str, value: &str) -> String {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let others = form_urlencoded::parse(query.as_bytes()).filter(|(other, _)| other != name);
    let others: Vec<_> = others.collect();
    let pairs = others.iter().map(|(name, value)| (&**name, &**value));
    with_query(path, pairs.chain([(name, value)]))
}

/// Whether an address starts with one of the languages.
pub(super) fn has_language(url: &str) -> bool {
    let is_below = |lang| {
        url.strip_prefix(&below(lang))
            .is_some_and(|path| path.starts_with('/'))
    };
    Lang::ALL.into_iter().any(is_below)
}

/// The beginning of a language's addresses.
fn below(lang: Lang) -> String {
    format!("/{lang}")
}

/// The characters that are percent-encoded in a path segment.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Writes a path segment, percent-encoded.
struct Segment<'a>(&'a mut String);

impl fmt::Write for Segment<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend(utf8_percent_encode(text, ENCODED));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_holds_is_encoded() {
        let page = Certificate {
            code: "ā/b?c#d %2f".to_owned(),
        };
        let url = "/en/verify/%C4%81%2Fb%3Fc%23d%20%252f";
        assert_eq!(page.url(Lang::En), url);
        let code = ("code", "ā/b?c#d %2f".to_owned());
        assert_eq!(by_name(Lang::En, "Certificate", &[code]).unwrap(), url);
    }

    #[test]
    fn a_template_names_a_page_and_what_it_asks_for() {
        let ask = |name, arguments: &[(&str, &str)]| {
            let arguments: Vec<_> = arguments
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect();
            by_name(Lang::Lv, name, &arguments)
        };
        assert_eq!(ask("Home", &[]).unwrap(), "/lv/");
        assert_eq!(
            ask("SignIn", &[("next", "/lv/courses?ground=age&x=1")]).unwrap(),
            "/lv/sign-in?next=%2Flv%2Fcourses%3Fground%3Dage%26x%3D1"
        );
        assert_eq!(
            ask("MyCertificate", &[("serial", "2026-1")]).unwrap(),
            "/lv/me/certificates/2026-1.pdf"
        );
        assert!(ask("Nowhere", &[]).unwrap_err().contains("Nowhere"));
        assert!(ask("Certificate", &[]).unwrap_err().contains("code"));
    }

    #[test]
    fn a_parameter_is_set_and_the_others_stay() {
        for (url, other) in [
            ("/en/register", "/en/register?next=%2Fen%2Fme"),
            (
                "/en/register?next=%2Flv%2Fme",
                "/en/register?next=%2Fen%2Fme",
            ),
            (
                "/en/me/organisation?next=%2Flv%2Fme&q=r%C4%ABga",
                "/en/me/organisation?q=r%C4%ABga&next=%2Fen%2Fme",
            ),
        ] {
            assert_eq!(with_parameter(url, "next", "/en/me"), other);
        }
    }

    #[test]
    fn the_other_language_has_the_same_page() {
        for (url, other) in [
            ("/lv/me?x=1", "/en/me?x=1"),
            ("/lv/", "/en/"),
            ("/lv", "/en"),
            ("/assets/x", "/en/"),
        ] {
            assert_eq!(in_language(url, Lang::En), other);
        }
        assert_eq!(in_language("/en/me", Lang::En), "/en/me");
        assert!(has_language("/en/me") && !has_language("/english") && !has_language("/"));
    }
}
