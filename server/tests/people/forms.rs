//! The rules of every form: each is told in both languages, with everything that was typed but secrets.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use server::{
    accounts::first_administrator_token,
    db::entity::organisation::OrganisationKind,
    http::{
        Lang,
        theme::{Arg, Theme},
    },
    testing::{Client, Page, Someone, TestApp, Who},
};
use syn::{Attribute, Expr, Item, Lit, meta::ParseNestedMeta, punctuated::Punctuated, token};

use super::{PASSWORD, link_for, registered};

/// A form: where it is sent, and by whom; what is right in it; what is wrong, and how that is told.
struct Form {
    client: Client,
    path: String,
    good: Vec<(&'static str, String)>,
    cases: Vec<Case>,
}

struct Case {
    field: &'static str,
    typed: String,
    code: &'static str,
    args: Vec<(&'static str, Arg<'static>)>,
}

fn case(field: &'static str, typed: &str, code: &'static str) -> Case {
    Case {
        field,
        typed: typed.to_owned(),
        code,
        args: Vec::new(),
    }
}

impl Case {
    fn with(mut self, name: &'static str, arg: impl Into<Arg<'static>>) -> Self {
        self.args.push((name, arg.into()));
        self
    }
}

/// One character more than a field takes.
fn too_long(field: &'static str, max: u32, code: &'static str) -> Case {
    case(field, &"ā".repeat(max as usize + 1), code).with("max", max)
}

fn names() -> Vec<Case> {
    let unprintable = |field| {
        case(field, "小明 Anna", "name-not-printable").with("characters", "小, 明".to_owned())
    };
    vec![
        case("given_name", " ", "given-name-missing"),
        case("family_name", "", "family-name-missing"),
        too_long("given_name", 80, "given-name-too-long"),
        too_long("family_name", 80, "family-name-too-long"),
        case("given_name", "Ēva 2", "name-strange"),
        case(
            "given_name",
            "A\u{300}\u{301}\u{302}\u{303}nna",
            "marks-stacked",
        ),
        case(
            "family_name",
            "A\u{300}\u{301}\u{302}\u{303}nna",
            "marks-stacked",
        ),
        case("family_name", "<b>\"x\"</b>", "name-strange"),
        unprintable("given_name"),
        unprintable("family_name"),
    ]
}

fn emails() -> Vec<Case> {
    let letters = |typed, code, letters: &str, latin: &str| {
        case("email", typed, code)
            .with("letters", letters.to_owned())
            .with("latin", latin.to_owned())
    };
    vec![
        case("email", " ", "email-missing"),
        case("email", "eva@", "email-wrong"),
        too_long("email", 254, "email-too-long"),
        letters("анна@example.lv", "email-foreign-letters", "„а”, „н”", ""),
        letters(
            "ēva@example.lv",
            "email-marked-letters",
            "„ē”",
            "eva@example.lv",
        ),
        letters(
            "аnna@example.lv",
            "email-look-alikes",
            "„а”",
            "anna@example.lv",
        ),
    ]
}

/// For the account of `eva.parauga@…`.
fn passwords() -> Vec<Case> {
    vec![
        case("password", "", "password-missing"),
        case("password", "īsa parole2", "password-too-short").with("min", 12_u32),
        too_long("password", 200, "password-too-long"),
        case("password", "Parole123456", "password-common"),
        case("password", "es esmu Eva.Parauga", "password-contains-own"),
    ]
}

/// For the account of `learner@…`.
fn changed_passwords() -> Vec<Case> {
    vec![
        case("password", "", "password-missing"),
        case("password", "īsa parole2", "password-too-short").with("min", 12_u32),
        too_long("password", 200, "password-too-long"),
        case("password", "Parole123456", "password-common"),
        case("password", "es esmu learner@", "password-contains-own"),
    ]
}

fn organisations() -> Vec<Case> {
    vec![
        case("name", "", "organisation-name-missing"),
        too_long("name", 200, "organisation-name-too-long"),
        case("name", "„123”", "organisation-name-strange"),
        case("name", "A\u{300}\u{301}\u{302}\u{303} SIA", "marks-stacked"),
        case(
            "registration_number",
            "4000300345",
            "registration-number-wrong",
        ),
        case(
            "registration_number",
            "4000 300 3457",
            "registration-number-check-digit",
        ),
        case("registration_number", "161175-19997", "personal-code"),
        case("name", "Saimnieks 161175-19997", "personal-code"),
        case("kind", "", "organisation-kind-missing"),
        case("kind", "bank", "organisation-kind-missing"),
    ]
}

/// An event with everything that can be typed.
const EVENT: &[(&str, &str)] = &[
    ("strand", "public-sector-discussions"),
    ("title_lv", "Saruna par darbu"),
    ("title_en", "A talk about work"),
    ("summary_lv", "Par ko"),
    ("summary_en", "About what"),
    ("language", "lv-en"),
    ("audience", "employers"),
    ("lecturers", "Anna Parauga"),
    ("contact_email", "anna@example.lv"),
    ("capacity", "15"),
    ("minimum", "5"),
    ("offer_hours", "24"),
    ("needs_kept_days", "30"),
    ("session-1-day", "2027-02-10"),
    ("session-1-begins", "10:00"),
    ("session-1-ends", "13:00"),
    ("session-1-form", "both"),
    ("session-1-city", "Paraugpils"),
    ("session-1-address", "Paraugu iela 1"),
    ("session-1-room", "101"),
    ("session-1-accessibility", "Lifts"),
    ("session-1-remote_url", "https://example.lv/a"),
    ("material-1-title", "Norises plāns"),
    ("material-1-url", "https://example.lv/b"),
];

fn events() -> Vec<Case> {
    let stacked = "A\u{300}\u{301}\u{302}\u{303}ra";
    vec![
        case("strand", "", "event-strand-missing"),
        too_long("title_lv", 200, "event-title-too-long"),
        too_long("title_en", 200, "event-title-too-long"),
        case("title_lv", stacked, "marks-stacked"),
        too_long("summary_lv", 5_000, "event-summary-too-long"),
        too_long("lecturers", 1_000, "event-lecturers-too-long"),
        case("language", "", "event-language-missing"),
        case("audience", "", "event-audience-missing"),
        case("contact_email", "anna@", "email-wrong"),
        case("capacity", "0", "event-capacity-wrong"),
        case("capacity", "21", "event-capacity-over").with("limit", 20_u32),
        case("minimum", "0", "event-minimum-wrong"),
        case("minimum", "16", "event-minimum-over"),
        case("offer_hours", "169", "event-offer-hours-wrong"),
        case("needs_kept_days", "0", "event-needs-days-wrong"),
        case("session-1-form", "", "event-form-missing"),
        too_long("session-1-city", 200, "event-place-too-long"),
        too_long(
            "session-1-accessibility",
            1_000,
            "event-accessibility-too-long",
        ),
        case("session-1-remote_url", "http://example.lv", "link-wrong"),
        too_long("session-1-remote_url", 500, "link-too-long"),
        case("material-1-title", "", "material-title-missing"),
        too_long("material-1-title", 200, "material-title-too-long"),
        case("material-1-url", "", "material-link-wrong"),
    ]
}

const EMAIL: &str = "eva.parauga@example.test";

fn owned(fields: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    fields
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect()
}

/// Every form that reads an input.
#[expect(clippy::too_many_lines, reason = "a list of all forms")]
async fn forms(app: &TestApp) -> Vec<Form> {
    let names_typed = [("given_name", "Ēva Līga"), ("family_name", "O’Parauga")];
    let organisation_typed = [
        ("name", "SIA „Rīta rasa”"),
        ("registration_number", "LV 4000 300 3456"),
        ("kind", "other"),
    ];
    let id = app
        .organisation("Rīta skola", OrganisationKind::Other)
        .await
        .to_string();
    let proposed = app
        .organisation("Vakara skola", OrganisationKind::Other)
        .await;
    let learner = app.client(Who::Learner).await.account_id;
    let mut participant = app.client(Who::Learner).await;
    participant.post("/lv/courses/foundations/enrol", &[]).await;
    let participant = participant.person_id;
    let mut manager = app.client(Who::Manager).await;
    let made = manager
        .post("/lv/organise/events/new/discussion", EVENT)
        .await;
    let event = made.location().rsplit('/').next().unwrap().to_owned();
    let publish = format!("/lv/organise/events/{event}/publish");
    manager.post(&publish, &[]).await;
    let added = manager
        .post(
            &format!("/lv/organise/events/{event}/registrations/new"),
            &[
                ("given_name", "Anna"),
                ("family_name", "Parauga"),
                ("email", "anna.parauga@example.test"),
                ("locale", "lv"),
            ],
        )
        .await;
    let registration = added.location().rsplit('/').next().unwrap().to_owned();
    let token = first_administrator_token(&app.app.clock, &app.app.db)
        .await
        .unwrap()
        .unwrap();
    registered(app, EMAIL).await;
    let mut visitor = app.visitor();
    visitor.post("/lv/forgotten", &[("email", EMAIL)]).await;
    let reset = app.last_mail_to(EMAIL).await.link();
    let confirm = link_for(app, &mut visitor, "eva.parauga@other.test").await;
    let form = |client, path: &str, good: &[_], cases| Form {
        client,
        path: path.to_owned(),
        good: owned(good),
        cases,
    };
    let mut all_of_first = names();
    all_of_first.extend(emails());
    all_of_first.extend(passwords());
    vec![
        form(
            app.client(Who::Learner).await,
            "/lv/me/profile",
            &names_typed,
            names(),
        ),
        form(
            app.client(Who::Learner).await,
            "/lv/me/organisation",
            &[("organisation", &id), ("q", "skola")],
            vec![
                case("organisation", "", "organisation-choose"),
                case("organisation", "x", "organisation-choose"),
            ],
        ),
        form(
            app.client(Who::Learner).await,
            "/lv/me/organisation/new",
            &organisation_typed,
            organisations(),
        ),
        form(
            app.client_of(Someone {
                email: "newcomer@example.test".to_owned(),
                role: None,
                is_ready: false,
            })
            .await,
            "/lv/me/privacy",
            &[("accept", "yes")],
            vec![case("accept", "", "privacy-accept-missing")],
        ),
        form(
            app.client(Who::Learner).await,
            "/lv/me/data/erase",
            &[("understood", "yes"), ("password", PASSWORD)],
            vec![
                case("understood", "", "erase-understood-missing"),
                case("password", "", "own-password-missing"),
                too_long("password", 200, "own-password-too-long"),
            ],
        ),
        form(
            app.client(Who::Learner).await,
            "/lv/me/account/password",
            &[
                ("present", PASSWORD),
                ("password", "brūns lācis zvejo vētrā"),
            ],
            [
                vec![
                    case("present", "", "own-password-missing"),
                    too_long("present", 200, "own-password-too-long"),
                ],
                changed_passwords(),
            ]
            .into_iter()
            .flatten()
            .collect(),
        ),
        form(
            app.client(Who::Learner).await,
            "/lv/me/account/second-factor/remove",
            &[("password", PASSWORD), ("otp", "287082")],
            vec![
                case("otp", " ", "code-missing"),
                too_long("otp", 40, "code-too-long"),
            ],
        ),
        form(
            app.client(Who::Learner).await,
            "/lv/me/account/email",
            &[("email", EMAIL), ("password", PASSWORD)],
            emails(),
        ),
        form(
            app.client(Who::Admin).await,
            &format!("/lv/admin/accounts/{learner}/close"),
            &[("reason", "Vairs nestrādā")],
            vec![
                case("reason", " \n", "closing-reason-missing"),
                too_long("reason", 500, "closing-reason-too-long"),
            ],
        ),
        form(
            app.client(Who::Manager).await,
            &format!("/lv/manage/organisations/{proposed}"),
            &organisation_typed,
            organisations(),
        ),
        form(
            app.client(Who::Manager).await,
            &format!("/lv/manage/organisations/{id}/merge/{proposed}"),
            &[("keep", &id)],
            vec![
                case("keep", "", "merge-keep-missing"),
                case("keep", "x", "merge-keep-missing"),
            ],
        ),
        form(
            app.client(Who::Manager).await,
            &format!("/lv/manage/organisations/{proposed}/reject"),
            &[("reason", "Jau ir reģistrā")],
            vec![
                case("reason", " \n", "reason-missing"),
                case("reason", "Ieva, 161175-19997", "reason-personal-code"),
                too_long("reason", 500, "reason-too-long"),
            ],
        ),
        form(
            app.client(Who::Manager).await,
            &format!("/lv/manage/learners/{participant}/attempts"),
            &[
                ("course", "foundations"),
                ("count", "2"),
                ("attempts_reason", "Elektrības pārrāvums"),
            ],
            vec![
                case("course", "", "allow-course-missing"),
                case("count", "", "allow-count-wrong"),
                case("count", "4", "allow-count-wrong"),
                case("attempts_reason", " ", "allow-reason-missing"),
                too_long("attempts_reason", 500, "allow-reason-too-long"),
            ],
        ),
        form(
            app.client(Who::Manager).await,
            &format!("/lv/manage/learners/{participant}/time"),
            &[("percent", "50"), ("time_reason", "Elektrības pārrāvums")],
            vec![
                case("percent", "", "allow-percent-wrong"),
                case("percent", "5", "allow-percent-wrong"),
                case("percent", "puse", "allow-percent-wrong"),
                case("time_reason", " ", "allow-reason-missing"),
                too_long("time_reason", 500, "allow-reason-too-long"),
            ],
        ),
        form(
            app.client(Who::Manager).await,
            "/lv/me/tokens",
            &[
                ("name", "Dalībnieku saraksts"),
                ("access", "read"),
                ("days", "90"),
            ],
            vec![
                case("name", " ", "token-name-missing"),
                too_long("name", 80, "token-name-too-long"),
                case("access", "", "token-access-missing"),
                case("days", "0", "token-days-wrong"),
                case("days", "367", "token-days-wrong"),
                case("days", "+5", "token-days-wrong"),
            ],
        ),
        form(
            app.visitor(),
            "/lv/report",
            &[("text", "Trūkst vārda")],
            vec![
                case("text", " \n", "report-text-missing"),
                too_long("text", 2_000, "report-text-too-long"),
            ],
        ),
        form(
            app.client(Who::Manager).await,
            "/lv/organise/events/new/discussion",
            EVENT,
            events(),
        ),
        form(
            app.client(Who::Manager).await,
            &format!("/lv/organise/events/{event}/duplicate"),
            &[("first_day", "2027-03-10")],
            vec![case("first_day", "31.02.2027.", "day-unreadable")],
        ),
        // Before the event is cancelled by the next form.
        form(
            app.client(Who::Manager).await,
            &format!("/lv/organise/events/{event}/registrations/new"),
            &[
                ("given_name", "Ēva Līga"),
                ("family_name", "O’Parauga"),
                ("email", EMAIL),
                ("locale", "en"),
                ("role", "juriste"),
            ],
            names()
                .into_iter()
                .chain(emails())
                .chain([case("locale", "", "mail-language-missing")])
                .collect(),
        ),
        form(
            app.client(Who::Manager).await,
            &format!("/lv/organise/events/{event}/registrations/cancel"),
            &[("id", registration.as_str()), ("told_why", "Dubults")],
            vec![too_long("told_why", 500, "told-why-too-long")],
        ),
        form(
            app.client(Who::Manager).await,
            &format!("/lv/organise/events/{event}/message"),
            &[
                ("to_registered", "yes"),
                ("subject_lv", "Telpa ir mainīta"),
                ("text_lv", "Tiekamies 201. telpā"),
                ("do", "preview"),
            ],
            vec![
                case("to_registered", "", "message-to-missing"),
                case("subject_lv", " ", "message-subject-missing"),
                case("text_lv", " \n", "message-text-missing"),
                too_long("subject_lv", 150, "message-subject-too-long"),
                too_long("text_lv", 5_000, "message-text-too-long"),
            ],
        ),
        form(
            app.client(Who::Manager).await,
            &format!("/lv/organise/events/{event}/cancel"),
            &[("cancel_reason", "Saslima lektore")],
            vec![
                case("cancel_reason", " \n", "cancel-reason-missing"),
                too_long("cancel_reason", 500, "cancel-reason-too-long"),
            ],
        ),
        form(
            app.visitor(),
            &format!("/lv/events/{event}/register"),
            &[
                ("given_name", "Ēva Līga"),
                ("family_name", "O’Parauga"),
                ("email", EMAIL),
                ("role", "juriste"),
                ("children", "3, 7"),
                ("accessibility", "Bez sliekšņiem"),
                ("diet", "Bez piena"),
            ],
            vec![
                case("children", "divi", "children-ages"),
                too_long("role", 120, "role-too-long"),
                too_long("accessibility", 500, "accessibility-too-long"),
                too_long("diet", 500, "diet-too-long"),
            ],
        ),
        form(
            app.client(Who::Learner).await,
            &format!("/lv/events/{event}/register-group"),
            &[
                ("person-1-given_name", "Ēva Līga"),
                ("person-1-family_name", "O’Parauga"),
                ("person-1-email", EMAIL),
                ("person-1-role", "juriste"),
                ("if_too_few", "waiting"),
            ],
            vec![
                case("person-1-email", " ", "email-missing"),
                case("if_too_few", "", "group-mode-missing"),
            ],
        ),
        form(app.visitor(), "/lv/register", &[("email", EMAIL)], emails()),
        form(
            app.visitor(),
            "/lv/forgotten",
            &[("email", EMAIL)],
            emails(),
        ),
        form(app.visitor(), "/lv/confirm", &[("email", EMAIL)], emails()),
        form(
            app.visitor(),
            &confirm,
            &[("password", PASSWORD)],
            passwords(),
        ),
        form(
            app.visitor(),
            &reset,
            &[("password", PASSWORD)],
            passwords(),
        ),
        form(
            app.visitor(),
            &format!("/lv/admin/first/{token}"),
            &[
                names_typed[0],
                names_typed[1],
                ("email", EMAIL),
                ("password", PASSWORD),
            ],
            all_of_first,
        ),
        form(
            app.visitor(),
            "/lv/sign-in",
            &[("email", EMAIL), ("password", PASSWORD)],
            vec![
                case("email", " ", "email-missing"),
                case("password", "", "password-missing"),
                case("password", "not the password", "sign-in-wrong"),
            ],
        ),
        form(
            app.visitor(),
            "/lv/verify",
            &[("code", "7K3M-Q2XA-9F0D")],
            vec![
                case("code", " ", "verify-missing"),
                case("code", "7K3M-Q2XA", "verify-malformed"),
            ],
        ),
    ]
}

const SECRET: &str = "password";
const PRESENT: &str = "present";
const CODE: &str = "otp";

impl Form {
    async fn send(&mut self, lang: Lang, changed: Option<&Case>) -> Page {
        let fields: Vec<(&str, &str)> = self
            .good
            .iter()
            .map(|(name, value)| match changed {
                Some(case) if case.field == *name => (*name, case.typed.as_str()),
                _ => (*name, value.as_str()),
            })
            .collect();
        let path = self.path.replacen("/lv/", &format!("/{lang}/"), 1);
        if path.ends_with("/verify") {
            let query = serde_urlencoded(&fields);
            return self.client.get(&format!("{path}?{query}")).await;
        }
        self.client.post(&path, &fields).await
    }
}

fn serde_urlencoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn plain(html: &str) -> String {
    [
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x2F;", "/"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// What the page says is wrong with a field.
fn told_beside(page: &Page, field: &str) -> Option<String> {
    let (_, rest) = page.text.split_once(&format!("id=\"{field}-error\">"))?;
    let (told, _) = rest.split_once("</p>")?;
    let (_, told) = told.split_once("</span> ")?;
    Some(plain(told))
}

/// The fields in the summary on top of the page.
fn summary(page: &Page) -> Vec<String> {
    let (_, rest) = page.text.split_once("error-summary__title").unwrap();
    let (summary, _) = rest.split_once("</ul>").unwrap();
    let links = summary.split("href=\"#").skip(1);
    links
        .map(|link| link.split('"').next().unwrap().to_owned())
        .collect()
}

#[actix_web::test]
async fn every_rule_is_told_in_both_languages_and_what_was_typed_is_shown_again() {
    let app = TestApp::build().shipped_courses().start().await;
    let theme = Theme::load().unwrap();
    let mut told = BTreeSet::new();
    for mut form in Box::pin(forms(&app)).await {
        for case in std::mem::take(&mut form.cases) {
            for lang in Lang::ALL {
                let at = format!("{} {lang} {}: {}", form.path, case.field, case.code);
                let page = form.send(lang, Some(&case)).await;
                assert_eq!(page.status, 422, "{at}");
                let expected = theme.text_with(lang, case.code, &case.args);
                assert_ne!(expected, case.code, "{at}");
                let field = if case.code == "sign-in-wrong" {
                    "email"
                } else {
                    case.field
                };
                assert_eq!(told_beside(&page, field).as_ref(), Some(&expected), "{at}");
                assert_eq!(summary(&page), [field], "{at}: the others are right");
                let text = plain(&page.text);
                for (name, good) in &form.good {
                    let typed = if *name == case.field {
                        &case.typed
                    } else {
                        good
                    };
                    match (*name, typed.trim()) {
                        (_, "") | ("organisation" | "accept" | "keep", _) => {}
                        (SECRET | PRESENT | CODE, typed) => {
                            assert!(!text.contains(typed), "{at}: {name}");
                        }
                        ("kind", "bank") | ("count", "4") => {}
                        ("kind" | "course" | "count", typed) => {
                            assert!(text.contains(&format!("\"{typed}\" selected")), "{at}");
                        }
                        (
                            "strand" | "session-1-form" | "language" | "audience" | "locale",
                            typed,
                        ) => {
                            let of = if *name == "strand" {
                                "selected"
                            } else {
                                "checked"
                            };
                            assert!(text.contains(&format!("\"{typed}\" {of}")), "{at}: {name}");
                        }
                        (
                            "reason"
                            | "text"
                            | "attempts_reason"
                            | "time_reason"
                            | "cancel_reason"
                            | "told_why"
                            | "text_lv"
                            | "summary_lv"
                            | "summary_en"
                            | "lecturers"
                            | "session-1-accessibility"
                            | "accessibility"
                            | "diet",
                            typed,
                        ) => {
                            assert!(text.contains(&format!(">{typed}</textarea>")), "{at}");
                        }
                        (_, typed) => {
                            assert!(text.contains(&format!("value=\"{typed}\"")), "{at}: {name}");
                        }
                    }
                }
            }
            told.insert(case.code);
        }
    }
    // Those of inputs that only the API takes; its own test sends them.
    told.extend([
        "registration-number-too-long",
        "participant-role-too-long",
        "text-control",
        "language-unknown",
    ]);
    let rules = rules();
    assert!(rules.len() > 20, "{rules:?}");
    let untold: Vec<_> = rules
        .keys()
        .filter(|code| !told.contains(code.as_str()))
        .collect();
    assert!(untold.is_empty(), "no form shows {untold:?}");
}

#[actix_web::test]
async fn what_is_wrong_with_several_fields_is_told_in_their_order() {
    let app = TestApp::build().shipped_courses().start().await;
    for mut form in Box::pin(forms(&app)).await {
        let order: Vec<_> = form.good.iter().map(|(name, _)| *name).collect();
        for (_, value) in &mut form.good {
            value.clear();
        }
        let expected: Vec<_> = order
            .into_iter()
            // What may be empty, and what is no part of what is checked.
            .filter(|name| !MAY_BE_EMPTY.contains(name))
            .collect();
        let page = form.send(Lang::Lv, None).await;
        if expected.is_empty() {
            continue;
        }
        assert_eq!(page.status, 422, "{}", form.path);
        assert_eq!(summary(&page), expected, "{}", form.path);
    }
}

/// Fields that may be left empty, and such as are no part of what is checked.
const MAY_BE_EMPTY: &[&str] = &[
    "id",
    "told_why",
    "do",
    "role",
    "children",
    "accessibility",
    "diet",
    "registration_number",
    "q",
    "title_lv",
    "title_en",
    "summary_lv",
    "summary_en",
    "lecturers",
    "contact_email",
    "minimum",
    "session-1-city",
    "session-1-address",
    "session-1-room",
    "session-1-accessibility",
    "session-1-remote_url",
    "person-1-given_name",
    "person-1-family_name",
    "person-1-role",
    "material-1-title",
    "material-1-url",
];

/// The most characters that a page lets somebody type into a field.
fn maxlength(page: &Page, field: &str) -> Option<usize> {
    let (_, rest) = page.text.split_once(&format!("id=\"{field}\" "))?;
    let (tag, _) = rest.split_once('>')?;
    let (_, rest) = tag.split_once("maxlength=\"")?;
    rest.split('"').next()?.parse().ok()
}

#[actix_web::test]
async fn a_field_takes_as_many_characters_as_the_page_says() {
    let app = TestApp::build().shipped_courses().start().await;
    let mut bounds = 0;
    for mut form in Box::pin(forms(&app)).await {
        let cases = std::mem::take(&mut form.cases);
        for too_long in cases.iter().filter(|case| case.code.ends_with("-too-long")) {
            let at = format!("{} {}", form.path, too_long.field);
            let page = form.send(Lang::Lv, Some(too_long)).await;
            let max = maxlength(&page, too_long.field).expect(&at);
            assert_eq!(max + 1, too_long.typed.chars().count(), "{at}");
            let before = told_beside(&page, too_long.field);
            // Letters are counted composed, without spaces around; a secret as it was typed.
            let longest = match too_long.field {
                SECRET | PRESENT | CODE => "ā".repeat(max),
                "email" => format!("{}@example.lv", "a".repeat(max - 11)),
                _ => format!("  {} ", "a\u{304}".repeat(max)),
            };
            let longest = case(too_long.field, &longest, "");
            let page = form.send(Lang::Lv, Some(&longest)).await;
            if too_long.field == "email" {
                // The part before the @ has a bound of its own.
                assert_eq!(told_beside(&page, "email"), before, "{at}");
            } else {
                assert_ne!(told_beside(&page, too_long.field), before, "{at}");
            }
            bounds += 1;
            if page.status != 422 {
                // A form that was right is done with.
                break;
            }
        }
    }
    assert!(bounds >= 10, "{bounds}");
}

/// The codes of every rule in a derive, each with where it stands.
fn rules() -> BTreeMap<String, String> {
    let mut rules = BTreeMap::new();
    gather(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut rules,
    );
    rules
}

fn gather(folder: &Path, rules: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, rules);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
            // What stands in a `mod` is a test's.
            for item in file.items {
                let Item::Struct(item) = item else { continue };
                let place = format!("{}: {}", path.display(), item.ident);
                let of_fields = item.fields.iter().flat_map(|field| &field.attrs);
                for attribute in item.attrs.iter().chain(of_fields) {
                    for code in codes(attribute, &place) {
                        rules.insert(code, place.clone());
                    }
                }
            }
        }
    }
}

fn codes(attribute: &Attribute, place: &str) -> Vec<String> {
    let mut codes = Vec::new();
    if attribute.path().is_ident("validate") {
        attribute
            .parse_nested_meta(|rule| {
                let name = rule.path.require_ident()?.to_string();
                codes.extend(codes_of(&name, &arguments(&rule)?, place));
                Ok(())
            })
            .unwrap();
    }
    codes
}

fn arguments(rule: &ParseNestedMeta<'_>) -> syn::Result<BTreeMap<String, String>> {
    let mut arguments = BTreeMap::new();
    if rule.input.peek(token::Paren) {
        let content;
        syn::parenthesized!(content in rule.input);
        for argument in
            Punctuated::<syn::MetaNameValue, syn::Token![,]>::parse_terminated(&content)?
        {
            let value = match argument.value {
                Expr::Lit(literal) => match literal.lit {
                    Lit::Str(text) => text.value(),
                    Lit::Int(number) => number.base10_digits().to_owned(),
                    _ => String::new(),
                },
                Expr::Path(path) => {
                    let segments = path.path.segments.iter();
                    let names: Vec<_> = segments.map(|one| one.ident.to_string()).collect();
                    names.join("::")
                }
                _ => String::new(),
            };
            arguments.insert(argument.path.require_ident()?.to_string(), value);
        }
    }
    Ok(arguments)
}

/// What a rule can say; see `server::input`.
fn codes_of(rule: &str, arguments: &BTreeMap<String, String>, place: &str) -> Vec<String> {
    let min = arguments.get("min").map(String::as_str);
    let has_max = arguments.contains_key("max");
    let sides: &[(bool, &str)] = match rule {
        "length" => &[
            (min.is_some(), "missing"),
            (min.is_some_and(|min| min != "1"), "too-short"),
            (has_max, "too-long"),
        ],
        "range" => &[(min.is_some(), "too-small"), (has_max, "too-large")],
        _ => &[],
    };
    match (arguments.get("code"), arguments.get("function")) {
        _ if rule == "nested" => Vec::new(),
        (Some(code), _) if sides.is_empty() => vec![code.clone()],
        (Some(code), _) => sides
            .iter()
            .filter(|(may_be, _)| *may_be)
            .map(|(_, side)| format!("{code}-{side}"))
            .collect(),
        (None, Some(function)) if function == "Email::check" => emails()
            .into_iter()
            .map(|case| case.code.to_owned())
            .collect(),
        _ => panic!("{place}: a rule “{rule}” without a code"),
    }
}

#[test]
fn every_code_in_a_derive_has_a_message_in_both_languages() {
    let theme = Theme::load().unwrap();
    let mut rules = rules();
    rules.insert("field-unreadable".to_owned(), "input.rs".to_owned());
    for (code, place) in rules {
        for lang in Lang::ALL {
            assert_ne!(theme.text(lang, &code), code, "{place} {lang}");
        }
    }
}
