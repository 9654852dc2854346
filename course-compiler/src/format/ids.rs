//! Finds missing ids in a course and makes new ones.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeTable;

use crate::draft::DraftFile;
use crate::draft_course::{DraftCourse, LessonDraft};
use crate::edit::Edit;
use crate::lock::LostQuestions;
use crate::model::Language;
use crate::parse::{attributes, front_matter, plain_text};
use crate::question::QuestionDraft;
use crate::source::Span;

/// The longest id that is made of a title, in characters, without its prefix and number.
const LONGEST: usize = 40;

/// The ids to be added to one file.
#[derive(Default)]
pub(super) struct Edits {
    pub(super) edits: Vec<Edit>,
    pub(super) ids: Vec<String>,
}

impl Edits {
    fn push(&mut self, at: usize, text: String, id: String) {
        self.edits.push(Edit::insert(at, text));
        self.ids.push(id);
    }
}

/// The edits that add missing ids to a course, by the file's path in the course, and the translations whose
/// questions cannot be matched.
pub(super) fn missing(course: &DraftCourse) -> (BTreeMap<String, Edits>, Vec<String>) {
    let mut ids = Ids::of(course);
    let mut found: BTreeMap<String, Edits> = BTreeMap::new();
    let mut unmatched = Vec::new();
    outcomes(course, &mut ids, &mut found);
    let mut lost = course
        .lock
        .as_ref()
        .map(|lock| lock.lost_questions(course.meta.source_language, |id| ids.used.contains(id)));
    for lesson in &course.lessons {
        lesson_id(course, lesson, &mut ids, &mut found);
        let Some(source) = lesson.files.get(&course.meta.source_language) else {
            continue;
        };
        let given = question_ids(lesson, source, lost.as_mut(), &mut ids);
        for file in lesson.files.values() {
            if file.language == source.language || is_built_alike(source, file) {
                for (question, id) in file.questions().zip(&given) {
                    if let Some(at) = place(file, question) {
                        let edits = found.entry(file.path.clone()).or_default();
                        edits.push(at, format!("#{id} "), id.clone());
                    }
                }
            } else if file.questions().any(|question| question.id.is_none()) {
                unmatched.push(file.path.clone());
            }
        }
    }
    found.retain(|_, edits| !edits.edits.is_empty());
    (found, unmatched)
}

/// The id of every question of a lesson in the source language, in order.
fn question_ids(
    lesson: &LessonDraft,
    source: &DraftFile,
    mut lost: Option<&mut LostQuestions<'_>>,
    ids: &mut Ids,
) -> Vec<String> {
    let alike: Vec<&DraftFile> = lesson
        .files
        .values()
        .map(AsRef::as_ref)
        .filter(|file| is_built_alike(source, file))
        .collect();
    let mut given = Vec::new();
    for (number, question) in source.questions().enumerate() {
        let id = alike
            .iter()
            .find_map(|file| file.questions().nth(number)?.id.as_ref())
            .map(|id| id.text.clone())
            .or_else(|| {
                let lost = lost.as_mut()?;
                let old = lost.take(question, |id| ids.used.contains(id))?;
                Some(ids.take(old.to_owned()))
            })
            .unwrap_or_else(|| ids.make("q-", &plain_text(&question.title), &lesson.slug));
        given.push(id);
    }
    given
}

/// Whether two files have questions of the same types in the same order, and no different ids.
fn is_built_alike(source: &DraftFile, file: &DraftFile) -> bool {
    source.questions().count() == file.questions().count()
        && source.questions().zip(file.questions()).all(|(a, b)| {
            let ids = (&a.id, &b.id);
            a.class == b.class && !matches!(ids, (Some(a), Some(b)) if a.text != b.text)
        })
}

/// Where to insert the id of a question without one: after the opening brace of its attributes.
fn place(file: &DraftFile, question: &QuestionDraft) -> Option<usize> {
    if question.id.is_some() {
        return None;
    }
    let line = file.source.slice(question.heading);
    let attributes = attributes::at_end(line, question.heading.start)?;
    Some(attributes.span.start.saturating_add(1))
}

/// Adds the id of a lesson in all languages that lack it.
fn lesson_id(
    course: &DraftCourse,
    lesson: &LessonDraft,
    ids: &mut Ids,
    found: &mut BTreeMap<String, Edits>,
) {
    let lacking: Vec<(&DraftFile, Span)> = lesson
        .files
        .values()
        .map(AsRef::as_ref)
        .filter(|file: &&DraftFile| file.front.id.is_none() && !file.front.title.is_empty())
        .filter_map(|file| {
            let halves = front_matter::split(file.source.text());
            Some((file, halves.front.filter(|_| halves.closed)?))
        })
        // An id that is not valid has to be corrected by its author.
        .filter(|(file, front)| {
            DeTable::parse(file.source.slice(*front))
                .is_ok_and(|table| !table.get_ref().contains_key("id"))
        })
        .collect();
    if lacking.is_empty() {
        return;
    }
    let title = |language: Language| lesson.files.get(&language).map(|file| &file.front.title);
    let title = title(course.meta.source_language)
        .or_else(|| Language::ALL.iter().find_map(|language| title(*language)))
        .map_or("", String::as_str);
    let written = lesson
        .files
        .values()
        .find_map(|file| file.front.id.as_ref());
    let id = written
        .map(|id| id.text.clone())
        .or_else(|| {
            let lock = course.lock.as_ref()?;
            let old = lock.lost_lesson(&lesson.slug, title, course.meta.source_language, |id| {
                ids.used.contains(id)
            })?;
            Some(ids.take(old.to_owned()))
        })
        .unwrap_or_else(|| {
            let prefix = if lesson.is_test() { "t-" } else { "l-" };
            ids.make(prefix, title, &lesson.slug)
        });
    for (file, front) in lacking {
        let edits = found.entry(file.path.clone()).or_default();
        edits.push(front.start, format!("id = \"{id}\"\n"), id.clone());
    }
}

/// Adds ids to the outcomes in `course.toml`.
fn outcomes(course: &DraftCourse, ids: &mut Ids, found: &mut BTreeMap<String, Edits>) {
    let text = course.meta_source.text();
    let Ok(table) = DeTable::parse(text) else {
        return;
    };
    let outcomes = table
        .get_ref()
        .get("outcome")
        .and_then(|value| value.get_ref().as_array());
    for outcome in outcomes.into_iter().flatten() {
        let Some(fields) = outcome
            .get_ref()
            .as_table()
            .filter(|fields| !fields.contains_key("id"))
        else {
            continue;
        };
        let sentence = |language: &Language| fields.get(language.as_str())?.get_ref().as_str();
        let sentence = sentence(&course.meta.source_language)
            .or_else(|| Language::ALL.iter().find_map(sentence))
            .unwrap_or_default();
        let language = course.meta.source_language;
        let id = course
            .lock
            .as_ref()
            .and_then(|lock| lock.lost_outcome(sentence, language, |id| ids.used.contains(id)))
            .map(str::to_owned);
        let id = match id {
            Some(old) => ids.take(old),
            None => ids.make("o-", sentence, ""),
        };
        let from = text.get(outcome.span().start..).unwrap_or_default();
        let edits = found.entry("course.toml".to_owned()).or_default();
        if from.starts_with('{') {
            let at = outcome.span().start.saturating_add(1);
            let comma = if fields.is_empty() { " " } else { "," };
            edits.push(at, format!(" id = \"{id}\"{comma}"), id);
        } else if let Some(end) = from.find('\n') {
            let at = outcome.span().start.saturating_add(end).saturating_add(1);
            edits.push(at, format!("id = \"{id}\"\n"), id);
        }
    }
}

/// The current and retired ids of a course, in all languages.
struct Ids {
    used: BTreeSet<String>,
}

impl Ids {
    fn of(course: &DraftCourse) -> Self {
        let written = course.files().flat_map(|file| {
            let questions = file.questions().filter_map(|question| question.id.as_ref());
            file.front.id.iter().chain(questions)
        });
        let outcomes = course
            .meta
            .outcomes
            .iter()
            .map(|outcome| outcome.id.as_str());
        let retired = course.lock.iter().flat_map(|lock| &lock.retired);
        Self {
            used: written
                .map(|id| id.text.as_str())
                .chain(outcomes)
                .chain(retired.map(String::as_str))
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Marks an id as used.
    fn take(&mut self, id: String) -> String {
        self.used.insert(id.clone());
        id
    }

    /// A new id from a title, or from `otherwise`; with a number if it is taken.
    fn make(&mut self, prefix: &str, title: &str, otherwise: &str) -> String {
        let words = [in_latin_letters(title), in_latin_letters(otherwise)]
            .into_iter()
            .find(|words| !words.is_empty())
            .unwrap_or_else(|| "1".to_owned());
        let mut id = format!("{prefix}{words}");
        let mut number = 1_usize;
        while self.used.contains(&id) {
            number = number.saturating_add(1);
            id = format!("{prefix}{words}-{number}");
        }
        self.take(id)
    }
}

/// The words of a text in lower-case ASCII letters, with hyphens between, as many as fit.
fn in_latin_letters(text: &str) -> String {
    let mut words = String::new();
    let letters: String = text
        .chars()
        .take(LONGEST.saturating_mul(4))
        .flat_map(char::to_lowercase)
        .filter_map(in_latin)
        .collect();
    for word in letters.split('-').filter(|word| !word.is_empty()) {
        let length = words.len().saturating_add(word.len());
        if words.is_empty() {
            words.extend(word.chars().take(LONGEST));
        } else if length < LONGEST {
            words.push('-');
            words.push_str(word);
        } else {
            break;
        }
    }
    words
}

/// The ASCII letter for a lower-case letter; combining marks are dropped, every other character separates
/// words.
const fn in_latin(letter: char) -> Option<char> {
    Some(match letter {
        'a'..='z' | '0'..='9' => letter,
        'ā' | 'ä' | 'á' | 'à' | 'å' | 'ą' => 'a',
        'č' | 'ć' | 'ç' => 'c',
        'ē' | 'é' | 'è' | 'ė' | 'ę' | 'ë' => 'e',
        'ģ' => 'g',
        'ī' | 'í' | 'į' => 'i',
        'ķ' => 'k',
        'ļ' | 'ł' => 'l',
        'ņ' | 'ń' | 'ñ' => 'n',
        'ō' | 'ö' | 'ó' | 'õ' | 'ø' => 'o',
        'ŗ' => 'r',
        'š' | 'ś' => 's',
        'ū' | 'ü' | 'ú' | 'ų' => 'u',
        'ž' | 'ź' | 'ż' => 'z',
        '\u{300}'..='\u{36f}' => return None,
        _ => '-',
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Assigned, assign_ids};
    use super::*;
    use crate::load::Tree;
    use crate::model::is_well_formed;
    use proptest::prelude::*;

    const META: &str = "id = \"c\"\nsource_language = \"lv\"\n";

    fn assign(files: &[(&str, &str)]) -> (BTreeMap<String, String>, Assigned) {
        let assigned = assign_ids(&Tree::from_texts(files.iter().copied()));
        let texts = assigned
            .changes
            .iter()
            .map(|change| {
                (
                    change.file.clone(),
                    String::from_utf8(change.bytes.clone()).unwrap(),
                )
            })
            .collect();
        (texts, assigned)
    }

    fn lesson(front: &str, questions: &[&str]) -> String {
        let mut text = format!("+++\n{front}\nminutes = 1\n+++\n");
        for question in questions {
            text = format!("{text}\n## {question}\n\n- [x] a\n- [ ] b\n");
        }
        text
    }

    #[test]
    fn titles_become_short_words_of_latin_letters() {
        for (title, words) in [
            ("Kurš īsteno pielāgojumu?", "kurs-isteno-pielagojumu"),
            ("ĀČĒĢĪĶĻŅŠŪŽ – «ä»", "acegiklnsuz-a"),
            ("a\u{304}bele", "abele"),
            ("🍒 Привет", ""),
            (
                "Diskriminācija nodarbinātībā un izglītībā visā valstī",
                "diskriminacija-nodarbinatiba-un",
            ),
        ] {
            assert_eq!(in_latin_letters(title), words);
        }
    }

    #[test]
    fn both_languages_of_a_question_get_one_id_and_nothing_else_changes() {
        let lv = "\u{feff}+++\r\ntitle = \"Ievads\"  \r\n+++\r\n\r\n## Kāpēc? {.single points=2} \r\n\r\n- [x] a\r\n";
        let en = lesson("title = \"Start\"", &["Why? {.single points=2}"]);
        let (texts, assigned) = assign(&[
            ("c/course.toml", META),
            ("c/lv/01-a.md", lv),
            ("c/en/01-a.md", &en),
        ]);
        assert_eq!(
            texts["c/lv/01-a.md"],
            lv.replace("+++\r\ntitle", "+++\r\nid = \"l-ievads\"\r\ntitle")
                .replace("{.single", "{#q-kapec .single")
        );
        assert!(texts["c/en/01-a.md"].contains("\nid = \"l-ievads\"\n"));
        assert!(texts["c/en/01-a.md"].contains("{#q-kapec .single"));
        assert_eq!(assigned.changes[0].ids, ["l-ievads", "q-kapec"]);
        assert_eq!(assigned.unmatched, Vec::<String>::new());
    }

    #[test]
    fn ids_in_use_and_retired_ones_are_not_given_again() {
        let lv = lesson(
            "title = \"A\"\nid = \"l-a\"",
            &["B? {.single}", "B? {.single}", "C? {#q-b .single}"],
        );
        let lock = format!(
            "version = 1\ncourse = \"c\"\nuuid = \"{}\"\nretired = [\"q-b-2\"]\n",
            uuid::Uuid::nil()
        );
        let (texts, _) = assign(&[
            ("c/course.toml", META),
            ("c/lv/01-a.md", &lv),
            ("c/course.lock", &lock),
        ]);
        let text = &texts["c/lv/01-a.md"];
        assert!(
            text.contains("B? {#q-b-3 .single}") && text.contains("B? {#q-b-4 .single}"),
            "{text}"
        );
    }

    #[test]
    fn an_id_that_was_lost_comes_back() {
        let lv = lesson("title = \"Ievads\"", &["Kurš maksā? {.single}"]);
        let lock = format!(
            "version = 1\ncourse = \"c\"\nuuid = \"{nil}\"\n[lesson.l-old]\nuuid = \"{nil}\"\nslug = \"a\"\ntitle = \"Ievads\"\n[question.q-old]\nuuid = \"{nil}\"\nkind = \"single\"\ntitle = \"Kurš maksās?\"\ncontent = \"\"\ngrading = \"\"\npart = [{{ id = \"c1\", role = \"choice\", text = \"a\" }}]\n",
            nil = uuid::Uuid::nil()
        );
        let (_, assigned) = assign(&[
            ("c/course.toml", META),
            ("c/lv/01-a.md", &lv),
            ("c/course.lock", &lock),
        ]);
        assert_eq!(assigned.changes[0].ids, ["l-old", "q-old"]);
    }

    #[test]
    fn a_translation_built_otherwise_is_left_to_its_author() {
        let lv = lesson("title = \"A\"\nid = \"l-a\"", &["B? {.single}"]);
        let en = lesson("title = \"A\"\nid = \"l-a\"", &["C? {.multiple}"]);
        let (texts, assigned) = assign(&[
            ("c/course.toml", META),
            ("c/lv/01-a.md", &lv),
            ("c/en/01-a.md", &en),
        ]);
        assert_eq!(texts.keys().collect::<Vec<_>>(), ["c/lv/01-a.md"]);
        assert_eq!(assigned.unmatched, ["c/en/01-a.md"]);
    }

    #[test]
    fn tests_and_outcomes_get_ids() {
        let meta = format!("{META}outcome = [{{ lv = \"Zināt\" }}]\n");
        let other = format!("{META}\n[[outcome]] # pirmais\nen = \"Know\"\nlv = \"Prast\"\n");
        let (texts, _) = assign(&[
            ("c/course.toml", &meta),
            (
                "c/lv/90-parbaude.md",
                "+++\ntitle = \"Pārbaude\"\nkind = \"test\"\npass = 1\n+++\n",
            ),
            ("d/course.toml", &other),
            ("d/lv/01-a.md", ""),
        ]);
        assert!(
            texts["c/course.toml"].ends_with("outcome = [{ id = \"o-zinat\", lv = \"Zināt\" }]\n")
        );
        assert!(texts["c/lv/90-parbaude.md"].starts_with("+++\nid = \"t-parbaude\"\n"));
        assert!(texts["d/course.toml"].contains("[[outcome]] # pirmais\nid = \"o-prast\"\nen"));
    }

    #[test]
    fn what_cannot_get_an_id_stays() {
        for text in [
            "",
            "Teksts.",
            "+++\ntitle = \"A\"\n",
            "+++\nid = 7\ntitle = \"A\"\n+++\n",
        ] {
            assert_eq!(
                assign(&[("c/course.toml", META), ("c/lv/01-a.md", text)]).0,
                BTreeMap::new()
            );
        }
    }

    proptest! {
        #[test]
        fn made_ids_are_well_formed_and_new(titles in prop::collection::vec(".{0,80}", 1..6)) {
            let mut ids = Ids { used: BTreeSet::new() };
            for title in &titles {
                let id = ids.make("q-", title, "a");
                prop_assert!(is_well_formed(&id), "{id}");
            }
            prop_assert_eq!(ids.used.len(), titles.len());
        }
    }
}
