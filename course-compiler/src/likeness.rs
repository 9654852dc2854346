//! How alike texts and questions are: what recognises a choice after a typo was put right, and a question whose
//! id changed by accident.

/// How alike two titles have to be, from 0 to 1, to be those of one question or lesson.
const NEAR_TITLE: f64 = 0.8;

/// The longest text that is compared letter by letter, in characters; of longer ones only the beginning is. It
/// keeps the time linear in the size of the course.
const LONGEST: usize = 400;

/// What a question is recognised by when its id tells nothing.
pub(crate) struct Features<'a> {
    /// Its type.
    pub(crate) kind: &'a str,
    /// The question itself, plain text; empty when it is not known.
    pub(crate) title: &'a str,
    /// What its choices, rows or numbers say.
    pub(crate) parts: Vec<&'a str>,
}

impl Features<'_> {
    /// Whether both are of one question: the type is the same, the titles are nearly the same, and so are at least
    /// half of the parts. Where a title is not known, at least three parts have to be there, and all the same.
    pub(crate) fn are_of(&self, other: &Self) -> bool {
        if self.kind != other.kind {
            return false;
        }
        let same = self
            .parts
            .iter()
            .filter(|part| other.parts.contains(part))
            .count();
        let most = self.parts.len().max(other.parts.len());
        if self.title.is_empty() || other.title.is_empty() {
            return same == most && most >= 3;
        }
        same.saturating_mul(2) >= most && are_titles_of_one(self.title, other.title)
    }
}

/// Whether two titles are nearly the same.
pub(crate) fn are_titles_of_one(a: &str, b: &str) -> bool {
    is_nearly(a, b, NEAR_TITLE) && numbers(a) == numbers(b)
}

/// Whether two texts are at least so much alike, without comparing letters where their lengths tell.
fn is_nearly(a: &str, b: &str, least: f64) -> bool {
    let (shorter, longer) = {
        let (a, b) = (a.chars().count(), b.chars().count());
        (a.min(b), a.max(b))
    };
    a == b
        || (crate::grade::Fraction::of(shorter, longer).value() >= least
            && similarity(a, b) >= least)
}

/// How alike two texts are, from 0 to 1.
pub(crate) fn similarity(a: &str, b: &str) -> f64 {
    let a: Vec<char> = a.chars().take(LONGEST).collect();
    let b: Vec<char> = b.chars().take(LONGEST).collect();
    let longest = a.len().max(b.len());
    1.0 - crate::grade::Fraction::of(distance(&a, &b), longest).value()
}

/// The numbers in a text: “10 dienas” and “14 dienas” are alike and yet say different things.
pub(crate) fn numbers(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_numeric())
        .filter(|number| !number.is_empty())
        .collect()
}

/// How many characters have to be added, removed or replaced to make one text of the other (Levenshtein).
pub(crate) fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    distance(&a, &b)
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, a) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i.saturating_add(1);
        let mut next = vec![left];
        for (b, above) in b.iter().zip(row.iter().skip(1)) {
            let replaced = diagonal.saturating_add(usize::from(a != b));
            left = replaced
                .min(left.saturating_add(1))
                .min(above.saturating_add(1));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features<'a>(title: &'a str, parts: &[&'a str]) -> Features<'a> {
        Features {
            kind: "single",
            title,
            parts: parts.to_vec(),
        }
    }

    #[test]
    fn a_question_is_recognised_by_title_and_parts() {
        let before = features("Kurš īsteno pielāgojumu?", &["Darba devējs", "Darbinieks"]);
        let same = |title, parts: &[&'static str]| before.are_of(&features(title, parts));
        assert!(same(
            "Kurš īsteno pielāgojumu?",
            &["Darba devējs", "Darbinieks"]
        ));
        assert!(same(
            "Kurš isteno pielāgojumus?",
            &["Darbinieks", "Darba devēji"]
        ));
        assert!(!same("Kurš īsteno pielāgojumu?", &["Tiesa", "Valsts"]));
        assert!(!same("Kurš apmaksā?", &["Darba devējs", "Darbinieks"]));
    }

    #[test]
    fn without_a_title_all_parts_have_to_be_there() {
        let before = features("", &["a", "b", "c"]);
        assert!(before.are_of(&features("Kas?", &["c", "b", "a"])));
        assert!(!before.are_of(&features("Kas?", &["c", "b"])));
        let statement = features("", &["Jā", "Nē"]);
        assert!(!statement.are_of(&features("Kas?", &["Jā", "Nē"])));
    }

    #[test]
    fn titles_with_other_numbers_are_other_titles() {
        assert!(are_titles_of_one(
            "Pieteikšanās kārtība",
            "Pieteikšanas kārtība"
        ));
        assert!(!are_titles_of_one(
            "Darba likuma 7. pants",
            "Darba likuma 9. pants"
        ));
    }

    #[test]
    fn counts_edits_in_characters() {
        assert_eq!(edit_distance("ķirsis", "kirsis"), 1);
        assert_eq!(edit_distance("", "āā"), 2);
        assert_eq!(edit_distance("abc", "abc"), 0);
    }
}
