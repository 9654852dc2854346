//! All views with their samples: each sample is rendered in both languages, and tests check that no view is
//! missing from the list.

use std::{any::type_name, collections::BTreeSet, fs, path::Path};

use actix_web::{http::Method, test::TestRequest};

use crate::{
    http::{
        Lang, address,
        theme::Theme,
        visit::{View, render_samples},
    },
    testing::{TestApp, Who},
};

/// A view: its name, its template, and how its samples are rendered.
struct Registered {
    name: &'static str,
    template: &'static str,
    render: fn(&Theme) -> Result<Vec<String>, String>,
}

fn registered<V: View>() -> Registered {
    Registered {
        name: type_name::<V>(),
        template: V::TEMPLATE,
        render: render_samples::<V>,
    }
}

macro_rules! views {
    ($($view:path),* $(,)?) => { [$(registered::<$view>()),*] };
}

#[expect(clippy::too_many_lines, reason = "a list")]
fn all() -> impl Iterator<Item = Registered> {
    views![
        crate::accounts::views::AccountPage,
        crate::accounts::views::AccountsPage,
        crate::accounts::views::CloseAccountPage,
        crate::accounts::views::ConfirmPage,
        crate::accounts::views::FirstAdministratorPage,
        crate::accounts::views::ForgottenPage,
        crate::accounts::views::LinkProblemPage,
        crate::accounts::views::MailSentPage,
        crate::accounts::views::RegisterPage,
        crate::accounts::views::ResetPage,
        crate::accounts::views::SignInPage,
        crate::accounts::views::own::MyAccountPage,
        crate::accounts::views::own::MyEmailPage,
        crate::accounts::views::own::MyPasswordPage,
        crate::accounts::views::own::NewEmailPage,
        crate::accounts::views::second_factor::CodePage,
        crate::accounts::views::second_factor::CodesPage,
        crate::accounts::views::second_factor::RemovalPage,
        crate::accounts::views::second_factor::SecondFactorPage,
        crate::accounts::views::second_factor::SetUpPage,
        crate::api::views::RevokePage,
        crate::api::views::TokenPage,
        crate::api::views::TokensPage,
        crate::certificates::views::VerifiedPage,
        crate::certificates::views::VerifyForm,
        crate::events::views::form::EventFormPage,
        crate::events::views::organise::OrganisePage,
        crate::events::views::public::EventPage,
        crate::events::views::public::EventsPage,
        crate::events::views::organised::CancelEventPage,
        crate::events::views::organised::DeleteEventPage,
        crate::events::views::organised::DuplicateEventPage,
        crate::events::views::organised::KindsPage,
        crate::events::views::organisers::OrganisersPage,
        crate::handbook::views::ChapterPage,
        crate::handbook::views::GlossaryPage,
        crate::handbook::views::HandbookPage,
        crate::handbook::views::HandbooksPage,
        crate::http::error_pages::ErrorPage,
        crate::learning::views::catalogue::CataloguePage,
        crate::learning::views::completion::CompletionPage,
        crate::learning::views::course::CoursePage,
        crate::learning::views::learner::LearnerPage,
        crate::learning::views::learner::LearnersPage,
        crate::learning::views::learner::WithdrawPage,
        crate::learning::views::lesson::DeleteAnswerPage,
        crate::learning::views::lesson::LessonPage,
        crate::learning::views::me::MyPage,
        crate::learning::views::path::PathPage,
        crate::learning::views::reminders::RemindersPage,
        crate::learning::views::reminders::StopRemindersPage,
        crate::learning::views::test::FinishPage,
        crate::learning::views::test::QuestionPage,
        crate::learning::views::test::ReviewPage,
        crate::learning::views::test::TestPage,
        crate::learning::views::author_courses::AuthorCoursesPage,
        crate::operating::views::DropPage,
        crate::operating::views::JobPage,
        crate::operating::views::JobsPage,
        crate::organisations::views::FindSamePage,
        crate::organisations::views::MergePage,
        crate::organisations::views::RecordPage,
        crate::organisations::views::RegisterPage,
        crate::organisations::views::UndoMergePage,
        crate::people::views::ContentPage,
        crate::people::views::NewOrganisationPage,
        crate::people::views::OrganisationPage,
        crate::people::views::PrivacyPage,
        crate::people::views::ProfilePage,
        crate::privacy::views::DataFile,
        crate::privacy::views::DataPage,
        crate::privacy::views::ErasePage,
        crate::programme::views::fact::FactPage,
        crate::programme::views::heads::CountedPeoplePage,
        crate::programme::views::home::HomePage,
        crate::programme::views::indicators::IndicatorsPage,
        crate::programme::views::unnamed::UnnamedPage,
        crate::registrations::AddRegistrationPage,
        crate::registrations::BoardPage,
        crate::registrations::CancelRegistrationsPage,
        crate::registrations::OrganisedRegistrationPage,
        crate::registrations::RegistrationsPage,
        crate::registrations::views::CheckedImportPage,
        crate::registrations::views::ImportPage,
        crate::registrations::views::ImportRunPage,
        crate::registrations::views::MessagePage,
        crate::registrations::views::MessagePreviewPage,
        crate::registrations::views::CancelRegistrationPage,
        crate::registrations::views::RegisterForEventPage,
        crate::registrations::views::calendar::RenewFeedPage,
        crate::registrations::views::group::CancelMemberPage,
        crate::registrations::views::group::GroupFormPage,
        crate::registrations::views::group::GroupPage,
        crate::registrations::views::group::GroupResultPage,
        crate::registrations::views::group::GroupReviewPage,
        crate::registrations::views::own::MyEventsPage,
        crate::registrations::views::substitute::SubstitutePage,
        crate::registrations::views::RegistrationPage,
        crate::registrations::views::RegistrationSentPage,
        crate::reports::views::ReportPage,
        crate::reports::views::ReportsPage,
        crate::site::views::ContactPage,
        crate::search::views::SearchPage,
        crate::site::views::HomePage,
        crate::site::views::StyleguidePage,
    ]
    .into_iter()
}

#[test]
fn every_sample_of_every_view_renders() {
    let theme = Theme::load().unwrap();
    for view in all() {
        let rendered =
            (view.render)(&theme).unwrap_or_else(|error| panic!("{}: {error}", view.name));
        assert!(!rendered.is_empty(), "{} has no samples", view.name);
    }
}

/// The addresses of this site in a page, each with the method of its request.
fn asked_for(html: &str) -> BTreeSet<(&'static str, String)> {
    fn value<'a>(tag: &'a str, attribute: &str) -> Option<&'a str> {
        let (_, from) = tag.split_once(&format!(" {attribute}=\""))?;
        from.split('"').next()
    }
    let mut found = BTreeSet::new();
    let tags = html.split('<').filter_map(|part| part.split('>').next());
    for tag in tags {
        let method = match value(tag, "method") {
            Some("post") => "POST",
            _ => "GET",
        };
        let asked = [
            ("GET", value(tag, "href")),
            ("GET", value(tag, "src")),
            ("GET", value(tag, "data-url")),
            (method, value(tag, "action")),
            ("POST", value(tag, "formaction")),
        ];
        for (method, url) in asked {
            let path = url.unwrap_or_default().split(['?', '#']).next();
            if let Some(path) = path.filter(|path| path.starts_with('/')) {
                found.insert((method, path.replace("&amp;", "&")));
            }
        }
    }
    found
}

#[actix_web::test]
async fn every_address_in_a_page_is_served() {
    let app = TestApp::start().await;
    let theme = Theme::load().unwrap();
    let mut client = app.client(Who::Visitor).await;
    let mut asked = BTreeSet::new();
    for view in all() {
        for html in (view.render)(&theme).unwrap() {
            asked.extend(asked_for(&html));
        }
    }
    assert!(asked.len() > 100, "{asked:?}");
    for (method, path) in asked {
        let request = TestRequest::with_uri(&path).method(Method::OPTIONS);
        let page = client.send(request).await;
        let allowed = page
            .headers
            .get("allow")
            .map(|allow| allow.to_str().unwrap());
        assert!(
            allowed.is_some_and(|allowed| allowed.contains(method)),
            "{method} {path}: {allowed:?}"
        );
    }
}

/// Lines of code, without comments and unit tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn addresses_are_built_in_one_module_only() {
    const HOME: &str = "server::http::address";
    let routes: Vec<String> = address::ALL
        .iter()
        .filter_map(|(_, route)| route.split('/').nth(1))
        .filter(|first| !first.is_empty())
        .map(|first| format!("\"{first}/"))
        .collect();
    for (module, text) in sources() {
        if module == HOME || module.ends_with("::tests") || module.ends_with("::testing") {
            continue;
        }
        for line in code(&text) {
            // A text that starts with a language, or with the site's address and a language.
            let is_made = ["{lang}", "{}", "lv", "en"].iter().any(|lang| {
                ["\"/", "}/"]
                    .iter()
                    .any(|start| line.contains(&format!("{start}{lang}/")))
            });
            let is_path = routes.iter().any(|start| line.contains(start.as_str()));
            assert!(!is_made && !is_path, "{module} makes an address: {line}");
        }
    }
}

#[test]
fn templates_name_pages_instead_of_writing_their_addresses() {
    fn below(folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for attribute in ["href=\"", "action=\"", "src=\"", "data-url=\""] {
                for written in text.split(attribute).skip(1) {
                    // Of the literal addresses, only those that lead to other sites or stay on the page.
                    let is_named = written.starts_with("{{")
                        && written
                            .split_once("}}")
                            .is_some_and(|(_, rest)| rest.starts_with('"'));
                    let is_other = ["#", "tel:", "mailto:", "https:"]
                        .iter()
                        .any(|start| written.starts_with(start));
                    let end: String = written.chars().take(60).collect();
                    assert!(is_named || is_other, "{}: {end}", path.display());
                }
            }
        }
    }
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../themes/default/templates"));
}

/// The source files of this crate with their modules.
fn sources() -> Vec<(String, String)> {
    fn below(folder: &Path, module: &str, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                below(&path, &format!("{module}::{stem}"), found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let module = match stem.as_str() {
                    "mod" | "lib" => module.to_owned(),
                    _ => format!("{module}::{stem}"),
                };
                found.push((module, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    below(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        "server",
        &mut found,
    );
    found
}

#[test]
fn every_view_of_the_sources_is_registered() {
    let registered: BTreeSet<String> = all().map(|view| view.name.to_owned()).collect();
    let written: BTreeSet<String> = sources()
        .iter()
        .flat_map(|(module, text)| {
            text.lines()
                .filter_map(|line| line.strip_prefix("impl View for "))
                .map(|rest| rest.split(' ').next().unwrap_or_default())
                .map(move |name| format!("{module}::{name}"))
        })
        .collect();
    assert_eq!(registered, written);
}

#[test]
fn every_template_of_a_page_is_shown_by_a_view() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../themes/default/templates/pages");
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "html")
        })
        .map(|path| format!("pages/{}", path.file_name().unwrap().to_str().unwrap()))
        .collect();
    let shown: BTreeSet<String> = all().map(|view| view.template.to_owned()).collect();
    assert_eq!(files, shown);
}

#[test]
fn every_conflict_that_handlers_name_has_its_words() {
    let theme = Theme::load().unwrap();
    let mut count = 0;
    for (_, text) in sources() {
        for (_, rest) in text
            .match_indices("Conflict(\"")
            .map(|(at, found)| text.split_at(at + found.len()))
        {
            let Some((slug, _)) = rest.split_once('"') else {
                continue;
            };
            for lang in Lang::ALL {
                for part in ["title", "text"] {
                    let key = format!("error-{slug}-{part}");
                    assert!(
                        theme.messages().find(lang, &key, &[]).is_some(),
                        "{lang}: {key}"
                    );
                    count += 1;
                }
            }
        }
    }
    assert!(count > 0);
}
