//! Drawing the questions of an attempt from the pool of a test.
//!
//! ```
//! use course_compiler::compile::{Options, compile_tree};
//! use course_compiler::draw::draw;
//! use course_compiler::load::Tree;
//! use rand::SeedableRng as _;
//! use rand::rngs::Xoshiro256PlusPlus;
//!
//! # const COURSE: &str = "id = \"a\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\ntitle = { lv = \"A\" }\nsummary = { lv = \"A\" }\n";
//! let outcomes = "[[outcome]]\nid = \"o-a\"\nlv = \"A\"\n[[outcome]]\nid = \"o-b\"\nlv = \"B\"\n";
//! let mut test = "+++\nid = \"t-a\"\ntitle = \"A\"\nkind = \"test\"\npass = 0.5\ndraw = 2\nshuffle = true\n+++\n".to_owned();
//! for (number, outcome) in [(1, "o-a"), (2, "o-a"), (3, "o-a"), (4, "o-b")] {
//!     test += &format!("\n## {number}? {{#q-{number} .truefalse outcomes=\"{outcome}\"}}\n\n- [x] Jā\n- [ ] Nē\n");
//! }
//! let tree = Tree::from_texts([
//!     ("a/course.toml", format!("{COURSE}{outcomes}").as_str()),
//!     ("a/lv/90-a.md", &test),
//! ]);
//! let compilation = compile_tree(&tree, &Options::default(), &())?;
//! let course = &compilation.bundle.courses[0];
//! let test = &course.lessons[0];
//! let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
//! let drawn = draw(course, test, test.test_rules().unwrap(), &mut rng);
//! assert_eq!(drawn.len(), 2);
//! assert!(drawn.iter().any(|question| question.id.as_str() == "q-4"), "the only one of `o-b`");
//! # Ok::<(), course_compiler::compile::Error>(())
//! ```

use std::collections::{BTreeMap, BTreeSet};

use rand::Rng;
use rand::seq::SliceRandom as _;

use crate::course::Course;
use crate::model::{Lesson, OutcomeId, QuestionId, TestRules};
use crate::question::Question;

/// Draws the questions of an attempt, in the order in which they are asked.
///
/// If a test does not shuffle, the first questions of its file are asked. Otherwise questions are drawn at
/// random so that the attempt covers every outcome that a question of the pool names (a stratified sample):
///
/// 1. For each outcome, starting with those that have the fewest questions, a question is drawn from all
///    questions of that outcome, unless it is covered already. If fewer questions are left to draw than outcomes
///    to cover, one of those with the most uncovered outcomes is drawn.
/// 2. The rest is drawn from all remaining questions.
/// 3. The drawn questions are put in random order.
///
/// If at least as many questions are drawn as outcomes are named, every outcome is covered. The same state of
/// `rng` draws the same questions.
#[must_use]
pub fn draw<'a>(
    course: &'a Course,
    test: &Lesson,
    rules: &TestRules,
    rng: &mut impl Rng,
) -> Vec<&'a Question> {
    draw_unasked_first(course, test, rules, &BTreeSet::new(), rng)
}

/// The same, but a question that was asked before is drawn only where no other of its outcome is left, or none at
/// all: for an attempt beyond those that the rules allow.
#[must_use]
pub fn draw_unasked_first<'a>(
    course: &'a Course,
    test: &Lesson,
    rules: &TestRules,
    asked: &BTreeSet<QuestionId>,
    rng: &mut impl Rng,
) -> Vec<&'a Question> {
    let pool = pool(course, test);
    let asked = (0..)
        .zip(&pool)
        .filter(|(_, question)| asked.contains(&question.id))
        .map(|(at, _)| at)
        .collect();
    let places = Strata::of(&pool).draw_unasked_first(rules, &asked, rng);
    places
        .iter()
        .filter_map(|at| pool.get(*at).copied())
        .collect()
}

/// The questions from which a test draws.
pub(crate) fn pool<'a>(course: &'a Course, test: &Lesson) -> Vec<&'a Question> {
    let pool = test.questions.iter();
    pool.filter_map(|id| course.question(id)).collect()
}

/// The outcomes of a pool's questions, as indices.
pub(crate) struct Strata {
    /// For each question, its outcomes.
    of_question: Vec<Vec<usize>>,
    /// The number of questions of each outcome.
    questions: Vec<usize>,
}

impl Strata {
    /// The strata of a pool.
    pub(crate) fn of(pool: &[&Question]) -> Self {
        let mut numbers: BTreeMap<&OutcomeId, usize> = BTreeMap::new();
        let mut questions = Vec::new();
        let of_question = pool.iter().map(|question| {
            let outcomes = question.outcomes.iter().map(|outcome| {
                let next = numbers.len();
                let number = *numbers.entry(outcome).or_insert(next);
                if number == next {
                    questions.push(0);
                }
                if let Some(count) = questions.get_mut(number) {
                    *count = usize::saturating_add(*count, 1);
                }
                number
            });
            outcomes.collect()
        });
        Self {
            of_question: of_question.collect(),
            questions,
        }
    }

    /// Draws questions: their indices in the pool.
    pub(crate) fn draw(&self, rules: &TestRules, rng: &mut impl Rng) -> Vec<usize> {
        self.draw_unasked_first(rules, &BTreeSet::new(), rng)
    }

    /// Draws questions, those of `asked` last: their indices in the pool.
    fn draw_unasked_first(
        &self,
        rules: &TestRules,
        asked: &BTreeSet<usize>,
        rng: &mut impl Rng,
    ) -> Vec<usize> {
        let pool = self.of_question.len();
        let count = rules.draw.unwrap_or(pool).min(pool);
        let mut left: Vec<usize> = (0..pool).collect();
        if !rules.shuffle {
            left.sort_by_key(|question| asked.contains(question));
            left.truncate(count);
            left.sort_unstable();
            return left;
        }
        left.shuffle(rng);
        // A stable sort: the order stays random within both.
        left.sort_by_key(|question| asked.contains(question));
        let mut drawn = Vec::with_capacity(count);
        if count < pool {
            self.cover(&mut left, asked, count, &mut drawn, rng);
        }
        let rest = count.saturating_sub(drawn.len());
        drawn.extend(left.drain(..rest));
        drawn.shuffle(rng);
        drawn
    }

    fn outcomes(&self, question: usize) -> &[usize] {
        self.of_question.get(question).map_or(&[], Vec::as_slice)
    }

    /// Moves at most `count` questions from `left`, which is in random order with those of `asked` last, to the drawn
    /// ones, until every outcome is covered.
    fn cover(
        &self,
        left: &mut Vec<usize>,
        asked: &BTreeSet<usize>,
        count: usize,
        drawn: &mut Vec<usize>,
        rng: &mut impl Rng,
    ) {
        let mut outcomes: Vec<(usize, usize)> = (0..).zip(self.questions.iter().copied()).collect();
        // Shuffled and then sorted with a stable sort, so that ties are broken at random.
        outcomes.shuffle(rng);
        outcomes.sort_by_key(|(_, questions)| *questions);
        let mut missing: BTreeSet<usize> = (0..outcomes.len()).collect();
        for (outcome, _) in outcomes {
            let to_draw = count.saturating_sub(drawn.len());
            if to_draw == 0 {
                return;
            }
            if !missing.contains(&outcome) {
                continue;
            }
            let covers = |question: usize| {
                let named = self.outcomes(question).iter();
                named.filter(|outcome| missing.contains(outcome)).count()
            };
            let mut of_outcome = left
                .iter()
                .enumerate()
                .filter(|(_, question)| self.outcomes(**question).contains(&outcome));
            // The order is random, so the first question of an outcome is a random one.
            let found = if to_draw < missing.len() {
                of_outcome
                    .max_by_key(|(_, question)| (covers(**question), !asked.contains(*question)))
            } else {
                of_outcome.next()
            };
            if let Some((place, question)) = found.map(|(place, question)| (place, *question)) {
                left.remove(place);
                for outcome in self.outcomes(question) {
                    missing.remove(outcome);
                }
                drawn.push(question);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::sync::Arc;

    use rand::SeedableRng as _;
    use rand::rngs::Xoshiro256PlusPlus;

    use super::*;
    use crate::compile::{Options, compile_tree};
    use crate::load::Tree;

    /// A course with a test of questions that name these outcomes.
    fn course(rules: &str, questions: &[&str]) -> Arc<Course> {
        let mut meta = "id = \"a\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\ntitle = { lv = \"A\" }\nsummary = { lv = \"A\" }\n".to_owned();
        for outcome in ["o-a", "o-b", "o-c"] {
            writeln!(meta, "[[outcome]]\nid = \"{outcome}\"\nlv = \"{outcome}\"").unwrap();
        }
        let mut test = format!(
            "+++\nid = \"t-a\"\ntitle = \"A\"\nkind = \"test\"\npass = 0.5\n{rules}\n+++\n"
        );
        for (number, outcomes) in (1..).zip(questions) {
            let outcomes = if outcomes.is_empty() {
                String::new()
            } else {
                format!(" outcomes=\"{outcomes}\"")
            };
            writeln!(
                test,
                "\n## {number}? {{#q-{number} .truefalse{outcomes}}}\n\n- [x] Jā\n- [ ] Nē"
            )
            .unwrap();
        }
        let tree = Tree::from_texts([("a/course.toml", meta.as_str()), ("a/lv/90-a.md", &test)]);
        let compilation = compile_tree(&tree, &Options::default(), &()).unwrap();
        let errors: Vec<_> = compilation
            .diagnostics
            .iter()
            .filter(|found| found.is_error())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
        Arc::clone(&compilation.bundle.courses[0])
    }

    fn drawn(course: &Course, seed: u64) -> Vec<&Question> {
        let test = &course.lessons[0];
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        draw(course, test, test.test_rules().unwrap(), &mut rng)
    }

    fn covered(questions: &[&Question]) -> usize {
        let outcomes = questions.iter().flat_map(|question| &question.outcomes);
        outcomes.collect::<BTreeSet<_>>().len()
    }

    /// Many questions of one outcome, one of another, two of a third, some of none.
    const UNEVEN: &[&str] = &[
        "o-a", "o-a", "o-a", "o-a", "o-a", "o-a", "o-a", "", "", "o-b", "o-c", "o-c",
    ];

    #[test]
    fn every_attempt_covers_every_outcome() {
        let course = course("draw = 3\nshuffle = true", UNEVEN);
        for seed in 0..500 {
            let drawn = drawn(&course, seed);
            let ids: BTreeSet<_> = drawn.iter().map(|question| &question.id).collect();
            assert_eq!(
                (drawn.len(), ids.len(), covered(&drawn)),
                (3, 3, 3),
                "{seed}"
            );
        }
    }

    #[test]
    fn every_question_is_drawn_sometimes_and_the_order_is_random() {
        let course = course("draw = 4\nshuffle = true", UNEVEN);
        let attempts: Vec<_> = (0..500).map(|seed| drawn(&course, seed)).collect();
        let ever: BTreeSet<_> = attempts
            .iter()
            .flatten()
            .map(|question| &question.id)
            .collect();
        assert_eq!(ever.len(), UNEVEN.len());
        // The only question of an outcome is in each attempt, at a random position.
        let places: BTreeSet<_> = attempts
            .iter()
            .filter_map(|drawn| {
                drawn
                    .iter()
                    .position(|question| question.id.as_str() == "q-10")
            })
            .collect();
        assert_eq!(places, (0..4).collect());
    }

    #[test]
    fn a_question_of_several_outcomes_covers_them_all() {
        let course = course(
            "draw = 1\nshuffle = true",
            &["o-a", "o-b", "o-c", "o-a o-b o-c", "o-a, o-b"],
        );
        for seed in 0..200 {
            assert_eq!(covered(&drawn(&course, seed)), 3, "{seed}");
        }
    }

    #[test]
    fn the_same_seed_draws_the_same() {
        let course = course("draw = 5\nshuffle = true", UNEVEN);
        let ids = |seed| -> Vec<_> {
            drawn(&course, seed)
                .iter()
                .map(|one| one.id.clone())
                .collect()
        };
        assert_eq!(ids(7), ids(7));
        assert_ne!(ids(7), ids(8));
    }

    #[test]
    fn a_test_without_outcomes_or_with_all_its_questions_is_drawn_as_ever() {
        let course = course("draw = 2\nshuffle = true", &["", "", "", ""]);
        assert_eq!(drawn(&course, 1).len(), 2);
        let whole = super::tests::course("shuffle = true", UNEVEN);
        assert_eq!(drawn(&whole, 1).len(), UNEVEN.len());
    }

    #[test]
    fn a_test_that_does_not_shuffle_asks_its_first_questions() {
        let course = course("draw = 2", UNEVEN);
        let ids: Vec<_> = drawn(&course, 1)
            .iter()
            .map(|one| one.id.to_string())
            .collect();
        assert_eq!(ids, ["q-1", "q-2"]);
    }
    #[test]
    fn a_further_attempt_asks_first_what_was_not_asked() {
        let course = course("draw = 4\nshuffle = true", UNEVEN);
        let test = &course.lessons[0];
        let rules = test.test_rules().unwrap();
        let asked: BTreeSet<QuestionId> = ["q-1", "q-2", "q-3", "q-8", "q-10", "q-11"]
            .into_iter()
            .map(QuestionId::from)
            .collect();
        for seed in 0..500 {
            let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
            let drawn = draw_unasked_first(&course, test, rules, &asked, &mut rng);
            assert_eq!((drawn.len(), covered(&drawn)), (4, 3), "{seed}");
            let again = drawn.iter().filter(|one| asked.contains(&one.id));
            let again: Vec<&str> = again.map(|one| one.id.as_str()).collect();
            assert_eq!(again, ["q-10"], "the only question of its outcome: {seed}");
        }
        // When all were asked, or more are needed than were not, some are asked again.
        let all: BTreeSet<QuestionId> = course.questions.keys().cloned().collect();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
        assert_eq!(
            draw_unasked_first(&course, test, rules, &all, &mut rng).len(),
            4
        );
        let mut all_but_one = all;
        all_but_one.remove(&QuestionId::from("q-9"));
        for seed in 0..100 {
            let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
            let drawn = draw_unasked_first(&course, test, rules, &all_but_one, &mut rng);
            assert!(drawn.iter().any(|one| one.id.as_str() == "q-9"), "{seed}");
        }
    }

    #[test]
    fn a_further_attempt_of_a_test_that_does_not_shuffle_goes_on_where_it_ended() {
        let course = course("draw = 2", UNEVEN);
        let test = &course.lessons[0];
        let rules = test.test_rules().unwrap();
        let asked = ["q-1", "q-2"].into_iter().map(QuestionId::from).collect();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
        let drawn = draw_unasked_first(&course, test, rules, &asked, &mut rng);
        let ids: Vec<&str> = drawn.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["q-3", "q-4"]);
    }
}
