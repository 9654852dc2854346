//! Estimates how likely it is to pass a test by guessing, by simulating many attempts of a guesser without
//! knowledge.
//!
//! # The guesser
//!
//! | Question | Answer |
//! |---|---|
//! | `.single` | the choice with the longest text, in characters; of several as long, any |
//! | `.truefalse` | the choice that says that the statement is false, by a list of words such as *Nē* and *False*; the second where neither does |
//! | `.multiple` | every choice that is longer than the mean of all; any one where all are as long |
//! | `.match` | partners at random, each for one row as long as there are enough, else any for each row |
//! | `.order` | a random order |
//! | `.cloze` | in a gap to choose in, any option; in one to type in, nothing |
//! | `.case` | a random choice at each step, until an outcome, 200 choices at most |
//! | `.numeric`, `.short` | nothing |
//!
//! Attempts are drawn by [`crate::draw`], marked by the same code as everybody's, and passed by
//! [`grade::is_pass`]. The generator and its seed are fixed, so a course has the same figures in every build. Of a
//! question whose guess is random, [`SAMPLES`] guesses are marked, and each attempt takes one of them.

use rand::SeedableRng as _;
use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::IndexedRandom as _;
use serde::Serialize;

use crate::course::Course;
use crate::draw::{self, Strata};
use crate::grade;
use crate::model::{Language, Lesson, LessonId, QuestionId, TestRules};
use crate::question::Question;

/// The number of simulated attempts for each test.
pub const TRIES: u32 = 4_000;

/// The number of marked guesses for each question.
pub const SAMPLES: usize = 240;

/// A share of the points that guessing should not reach.
const EASY: f64 = 0.5;

const SEED: u64 = 14;

/// The result of guessing in a test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Guess {
    /// The test.
    pub test: LessonId,
    /// The language of the attempt.
    pub language: Language,
    /// The mean share of the points.
    pub mean: f64,
    /// The pass mark.
    pub pass: f64,
    /// The share of attempts that pass.
    pub one_attempt: f64,
    /// The allowed attempts; unlimited if absent.
    pub attempts: Option<u32>,
    /// The probability that at least one of them passes; 1 without a limit, if any attempt passes.
    pub any_attempt: f64,
    /// Questions of which a guess earns half or more on average, with that share, the highest first.
    pub easy: Vec<(QuestionId, f64)>,
}

/// The results of guessing in each test of a course, in each language of the test.
#[must_use]
pub fn of(course: &Course) -> Vec<Guess> {
    let tests = course.lessons.iter();
    let tests = tests.filter_map(|lesson| Some((lesson, lesson.test_rules()?)));
    tests
        .flat_map(|(test, rules)| guesses(course, test, rules))
        .collect()
}

/// A question of a pool with the results of guesses.
struct Guessed {
    points: f64,
    /// The share of the points of each guess, by language.
    shares: Vec<Vec<f64>>,
}

fn guesses(course: &Course, test: &Lesson, rules: &TestRules) -> Vec<Guess> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(SEED);
    let languages: Vec<Language> = test.texts.keys().copied().collect();
    let pool = draw::pool(course, test);
    let guessed: Vec<Guessed> = pool
        .iter()
        .map(|question| Guessed {
            points: question.points,
            shares: languages
                .iter()
                .map(|language| shares(course, question, *language, &mut rng))
                .collect(),
        })
        .collect();
    let strata = Strata::of(&pool);
    let mut passed = vec![0_u32; languages.len()];
    let mut sum = vec![0.0; languages.len()];
    for _ in 0..TRIES {
        let drawn = strata.draw(rules, &mut rng);
        let drawn: Vec<&Guessed> = drawn.iter().filter_map(|at| guessed.get(*at)).collect();
        let whole: f64 = drawn.iter().map(|question| question.points).sum();
        for (at, (passed, sum)) in passed.iter_mut().zip(&mut sum).enumerate() {
            let mut points = 0.0;
            for question in &drawn {
                let shares = question.shares.get(at);
                let share = shares.and_then(|shares| shares.choose(&mut rng));
                points += question.points * share.copied().unwrap_or_default();
            }
            if grade::is_pass(points, whole, rules.pass) {
                *passed = passed.saturating_add(1);
            }
            if whole > 0.0 {
                *sum += points / whole;
            }
        }
    }
    (0..)
        .zip(&languages)
        .zip(passed.iter().zip(sum))
        .map(|((at, language), (passed, sum))| {
            let one_attempt = f64::from(*passed) / f64::from(TRIES);
            Guess {
                test: test.id.clone(),
                language: *language,
                mean: sum / f64::from(TRIES),
                pass: rules.pass,
                one_attempt,
                attempts: rules.attempts,
                any_attempt: any_of(one_attempt, rules.attempts),
                easy: easy(&pool, &guessed, at),
            }
        })
        .collect()
}

/// The probability that at least one of several attempts passes.
fn any_of(one: f64, attempts: Option<u32>) -> f64 {
    match attempts {
        Some(attempts) => 1.0 - (1.0 - one).powf(f64::from(attempts)),
        None if one > 0.0 => 1.0,
        None => 0.0,
    }
}

/// The results of guesses of a question, as shares of its points.
fn shares(
    course: &Course,
    question: &Question,
    language: Language,
    rng: &mut Xoshiro256PlusPlus,
) -> Vec<f64> {
    let Some(key) = course.key(&question.id) else {
        return vec![0.0];
    };
    let guess = |_| {
        let guess = question.guess(language, rng);
        key.mark(guess.as_ref()).fraction.value()
    };
    (0..SAMPLES).map(guess).collect()
}

fn mean(shares: &[f64]) -> f64 {
    let count: f64 = shares.iter().map(|_| 1.0).sum();
    shares.iter().sum::<f64>() / count.max(1.0)
}

fn easy(pool: &[&Question], guessed: &[Guessed], language: usize) -> Vec<(QuestionId, f64)> {
    let questions = pool.iter().zip(guessed);
    let mut easy: Vec<(QuestionId, f64)> = questions
        .filter_map(|(question, guessed)| {
            let share = mean(guessed.shares.get(language)?);
            (share >= EASY).then(|| (question.id.clone(), share))
        })
        .collect();
    easy.sort_by(|one, other| other.1.total_cmp(&one.1));
    easy
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::sync::Arc;

    use super::*;
    use crate::compile::{Options, compile_tree};
    use crate::load::Tree;

    /// A course with one test of these questions: class, and what stands below the heading.
    fn course(rules: &str, questions: &[(&str, &str)]) -> Arc<Course> {
        let meta = "id = \"a\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\ntitle = { lv = \"A\" }\nsummary = { lv = \"A\" }\n";
        let mut test = format!("+++\nid = \"t-a\"\ntitle = \"A\"\nkind = \"test\"\n{rules}\n+++\n");
        for (number, (class, below)) in (1..).zip(questions) {
            write!(test, "\n## {number}? {{#q-{number} .{class}}}\n\n{below}\n").unwrap();
        }
        let tree = Tree::from_texts([("a/course.toml", meta), ("a/lv/90-a.md", &test)]);
        let compilation = compile_tree(&tree, &Options::default(), &()).unwrap();
        let found = &compilation.diagnostics;
        assert!(!found.iter().any(crate::Diagnostic::is_error), "{found:?}");
        Arc::clone(&compilation.bundle.courses[0])
    }

    /// The mean share of one question.
    fn share(class: &str, below: &str) -> f64 {
        of(&course("pass = 0.5", &[(class, below)]))[0].mean
    }

    fn assert_near(share: f64, expected: f64) {
        assert!((share - expected).abs() < 0.05, "{share}, not {expected}");
    }

    #[test]
    fn the_longest_choice_is_taken() {
        assert_near(
            share("single", "- [x] gara atbilde\n- [ ] īsa\n- [ ] ne"),
            1.0,
        );
        assert_near(
            share("single", "- [ ] gara atbilde\n- [x] īsa\n- [ ] ne"),
            0.0,
        );
        // The visible length counts, not that of the source.
        assert_near(share("single", "- [ ] **a** & b\n- [x] a < b c d"), 1.0);
        assert_near(
            share("single", "- [x] viens\n- [ ] otrs!\n- [ ] trešs"),
            1.0 / 3.0,
        );
    }

    #[test]
    fn false_is_said_of_every_statement() {
        assert_near(share("truefalse", "- [ ] Jā\n- [x] Nē"), 1.0);
        assert_near(share("truefalse", "- [x] Aplami.\n- [ ] Patiesi."), 1.0);
        assert_near(
            share("truefalse", "- [x] Taisnība\n- [ ] Nav taisnība"),
            0.0,
        );
        assert_near(share("truefalse", "- [ ] Drīkst\n- [x] Nedrīkst"), 1.0);
    }

    #[test]
    fn what_is_longer_than_the_mean_is_ticked() {
        let right = "- [x] ļoti gara atbilde\n- [x] tikpat gara otra\n- [ ] īsa\n- [ ] arī";
        assert_near(share("multiple", right), 1.0);
        assert_near(share("multiple", "- [x] viens\n- [ ] otrs!"), 0.5);
    }

    #[test]
    fn pairs_orders_and_options_are_random() {
        let pairs = "| A | B |\n|---|---|\n| a | 1 |\n| b | 2 |\n| c | 3 |\n| d | 4 |";
        assert_near(share("match", pairs), 0.25);
        assert_near(share("order", "1. a\n2. b\n3. c\n4. d"), 0.25);
        assert_near(share("cloze", "Te [[a|(b)|c|d]] un [[vārds]]."), 0.125);
        let case = "### A {#s-a}\n\n- [Jā](#s-b)\n- [Vēl](#s-a)\n- [Nē](#s-c)\n\n### B {#s-b .outcome mark=\"100%\"}\n\n### C {#s-c .outcome mark=\"0%\"}";
        assert_near(share("case", case), 0.5);
    }

    #[test]
    fn nothing_is_typed() {
        assert_near(share("numeric", "- [x] 0"), 0.0);
        assert_near(share("short", "- [x] tiesībsargs"), 0.0);
    }

    #[test]
    fn attempts_pass_as_chance_has_it() {
        let coin = ("single", "- [x] viens\n- [ ] otrs!");
        let rules = "pass = 1.0\nattempts = 2\nshuffle = true\ndraw = 2";
        let found = of(&course(rules, &[coin, coin, coin]));
        assert_near(found[0].one_attempt, 0.25);
        assert_near(found[0].any_attempt, 1.0 - 0.75 * 0.75);
        let open = of(&course("pass = 1.0", &[coin]));
        assert!((open[0].any_attempt - 1.0).abs() < f64::EPSILON, "no limit");
    }

    #[test]
    fn a_course_has_the_same_figures_whenever_they_are_asked_for() {
        let rules = "pass = 0.5\nshuffle = true\ndraw = 1";
        let questions = [("order", "1. a\n2. b\n3. c\n4. d"), ("short", "- [x] a")];
        let course = course(rules, &questions);
        assert_eq!(of(&course), of(&course));
    }
}
