//! A case in a test: a question with several steps, each of which is saved as an answer.

use std::path::Path;

use server::testing::{Client, Page, TestApp, Who};

use crate::support::asked;

const COURSE: &str = "/lv/courses/gadijumi";

/// The platform with the course whose test asks a case, on each database.
async fn apps() -> Vec<TestApp> {
    let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/learning/courses");
    let mut apps = Vec::new();
    for db in server::db::testing::databases().await {
        apps.push(TestApp::build().courses(&courses).start_on(db).await);
    }
    apps
}

/// A learner's attempt at the test, which asks two questions.
struct Attempt {
    learner: Client,
    url: String,
    /// The page of the case.
    case: String,
    /// The page of the other question.
    other: String,
}

impl Attempt {
    async fn begin(app: &TestApp) -> Self {
        let mut learner = app.client(Who::Learner).await;
        learner.post(&format!("{COURSE}/enrol"), &[]).await;
        let started = learner.post(&format!("{COURSE}/test/start"), &[]).await;
        let url = started.location().to_owned();
        let (mut case, mut other) = (format!("{url}?q=1"), format!("{url}?q=2"));
        if asked(&learner.get(&case).await).0 != "q-t-lugums" {
            std::mem::swap(&mut case, &mut other);
        }
        Self {
            learner,
            url,
            case,
            other,
        }
    }

    /// Opens a question, picks a choice, and sends the form as a browser does: with every radio that
    /// is picked on it.
    async fn choose(&mut self, question: &str, label: &str) -> Page {
        let page = self.learner.get(question).await;
        let radios = radios(&page);
        let picked = radios
            .iter()
            .find(|radio| radio.label == label)
            .unwrap_or_else(|| panic!("no “{label}”: {}", page.text));
        let (id, revision) = asked(&page);
        let number = question.rsplit('=').next().unwrap();
        let mut fields = vec![
            ("question", id.as_str()),
            ("revision", revision.as_str()),
            ("number", number),
            ("total", "2"),
            ("go", "next"),
            (picked.name.as_str(), picked.value.as_str()),
        ];
        let kept = radios
            .iter()
            .filter(|radio| radio.is_checked && radio.name != picked.name);
        fields.extend(kept.map(|radio| (radio.name.as_str(), radio.value.as_str())));
        let saved = self
            .learner
            .post(&format!("{}/answers", self.url), &fields)
            .await;
        assert_eq!(saved.status, 303, "{}", saved.text);
        saved
    }

    /// Makes a choice after which the case goes on; its next step.
    async fn step(&mut self, label: &str) -> Page {
        let saved = self.choose(&self.case.clone(), label).await;
        assert_eq!(saved.location(), self.case, "the same question goes on");
        self.learner.follow(&saved).await
    }

    /// Makes the choice that ends the case, which then is left for what comes after it.
    async fn end(&mut self, label: &str) {
        let saved = self.choose(&self.case.clone(), label).await;
        let after = if self.case.ends_with('2') {
            format!("{}/finish", self.url)
        } else {
            self.other.clone()
        };
        assert_eq!(saved.location(), after);
    }

    async fn before_finish(&mut self) -> Page {
        self.learner.get(&format!("{}/finish", self.url)).await
    }

    /// Hands in; what is said of the whole and of the case.
    async fn finish(mut self) -> (Page, String) {
        let finished = self
            .learner
            .post(&format!("{}/finish", self.url), &[])
            .await;
        let review = self.learner.follow(&finished).await;
        let (_, case) = review
            .text
            .split_once("data-question-id=\"q-t-lugums\"")
            .unwrap();
        let case = case.split("data-question-id").next().unwrap().to_owned();
        (review, case)
    }
}

struct Radio {
    name: String,
    value: String,
    label: String,
    is_checked: bool,
}

/// The radios of a page.
fn radios(page: &Page) -> Vec<Radio> {
    let between = |text: &str, start: &str, end: &str| {
        let (_, rest) = text.split_once(start).unwrap();
        rest.split_once(end).unwrap().0.to_owned()
    };
    let inputs = page.text.split("type=\"radio\"").skip(1);
    inputs
        .map(|input| Radio {
            name: between(input, "name=\"", "\""),
            value: between(input, "value=\"", "\""),
            label: between(&between(input, "<label", "/label>"), ">", "<"),
            is_checked: input.split('>').next().unwrap().contains(" checked"),
        })
        .collect()
}

/// Which of the case's steps a page shows.
fn shown(page: &Page) -> Vec<&'static str> {
    let steps = [
        "Kolēģe kopj māti un lūdz citu darba laiku.",
        "Kolēģe piedāvā divus risinājumus.",
        "Kolēģe aiziet neko neteikusi.",
        "Pēc mēneša kolēģe saka paldies.",
        "Risinājums atrodas, taču vēlu.",
        "Kolēģe vēršas pie tiesībsarga.",
    ];
    steps.into_iter().filter(|step| page.has(step)).collect()
}

#[actix_web::test]
async fn a_case_is_walked_step_by_step_and_marked_at_its_end() {
    for app in apps().await {
        let mut attempt = Attempt::begin(&app).await;
        let page = attempt.learner.get(&attempt.case.clone()).await;
        assert_eq!(
            shown(&page),
            ["Kolēģe kopj māti un lūdz citu darba laiku."],
            "nothing of what lies ahead"
        );

        let page = attempt.step("Uzklausīt un jautāt, kas palīdzētu").await;
        let second = [
            "Kolēģe kopj māti un lūdz citu darba laiku.",
            "Kolēģe piedāvā divus risinājumus.",
        ];
        assert_eq!(shown(&page), second);
        assert!(page.has("Jūsu izvēle: <span>Uzklausīt un jautāt, kas palīdzētu</span>"));
        // Another browser of the same person, later: what was saved is there.
        let page = app
            .client(Who::Learner)
            .await
            .get(&attempt.case.clone())
            .await;
        assert_eq!(shown(&page), second);

        attempt.end("Vienoties uz trim mēnešiem").await;
        let page = attempt.learner.get(&attempt.case.clone()).await;
        assert_eq!(
            shown(&page),
            [second[0], second[1], "Pēc mēneša kolēģe saka paldies."]
        );
        assert!(page.has("Situācijas iznākums"));
        assert!(
            !page.has("Vērtējums:"),
            "no mark before the end of the test"
        );

        attempt.choose(&attempt.other.clone(), "Aplami").await;
        assert!(attempt.before_finish().await.has("Atbildēts uz 2 no 2"));
        let (review, case) = attempt.finish().await;
        assert!(review.has("Pārbaude nokārtota"), "{}", review.text);
        assert!(case.contains("Pareizi"), "{case}");
        assert!(case.contains("2 no 2 punktiem"), "{case}");
        assert!(case.contains("Vērtējums: 100"), "{case}");
    }
}

#[actix_web::test]
async fn an_outcome_that_is_worth_half_earns_half() {
    for app in apps().await {
        let mut attempt = Attempt::begin(&app).await;
        attempt.step("Uzklausīt un jautāt, kas palīdzētu").await;
        attempt.end("Nosūtīt pie personāldaļas").await;
        let (review, case) = attempt.finish().await;
        assert!(review.has("Pārbaude šoreiz nav nokārtota"));
        assert!(case.contains("1 no 2 punktiem"), "{case}");
        assert!(case.contains("Daļēji pareizi"), "{case}");
    }
}

#[actix_web::test]
async fn an_unfinished_case_is_not_answered_and_earns_nothing() {
    for app in apps().await {
        let mut attempt = Attempt::begin(&app).await;
        attempt.choose(&attempt.other.clone(), "Aplami").await;
        attempt.step("Uzklausīt un jautāt, kas palīdzētu").await;

        let page = attempt.before_finish().await;
        assert!(page.has("Atbildēts uz 1 no 2"), "{}", page.text);
        assert!(page.has("Nav atbildēts uz 1 jautājumu."));
        assert_eq!(
            page.text.matches("attempt-steps__link--answered").count(),
            1
        );
        // Without a number, the attempt opens where something is missing.
        let page = attempt.learner.get(&attempt.url.clone()).await;
        assert_eq!(asked(&page).0, "q-t-lugums");

        let (review, case) = attempt.finish().await;
        assert!(review.has("Pārbaude šoreiz nav nokārtota"));
        assert!(case.contains("0 no 2 punktiem"), "{case}");
        assert!(case.contains("Situācija palika nepabeigta"), "{case}");
        assert!(!case.contains("izvēlieties, kā rīkoties tālāk"), "{case}");
    }
}

#[actix_web::test]
async fn a_case_goes_back_and_takes_another_way() {
    for app in apps().await {
        let mut attempt = Attempt::begin(&app).await;
        let first = "Kolēģe kopj māti un lūdz citu darba laiku.";
        let silence = "Kolēģe aiziet neko neteikusi.";
        let page = attempt.step("Atteikt uzreiz").await;
        assert_eq!(shown(&page), [first, silence]);
        // A choice may lead back.
        let page = attempt.step("Atgriezties pie lūguma").await;
        assert_eq!(shown(&page), [first]);
        assert!(radios(&page).iter().all(|radio| !radio.is_checked));
        // An earlier choice can be made anew, also after the end; what followed it is taken back.
        attempt.step("Uzklausīt un jautāt, kas palīdzētu").await;
        attempt.end("Vienoties uz trim mēnešiem").await;
        assert!(attempt.before_finish().await.has("Atbildēts uz 1 no 2"));
        let page = attempt.step("Atteikt uzreiz").await;
        assert_eq!(shown(&page), [first, silence]);
        assert!(attempt.before_finish().await.has("Atbildēts uz 0 no 2"));

        attempt.end("Uzskatīt lietu par slēgtu").await;
        let (_, case) = attempt.finish().await;
        assert!(case.contains("0 no 2 punktiem"), "{case}");
        assert!(case.contains("Nepareizi"), "{case}");
    }
}
