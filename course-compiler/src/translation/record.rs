//! The records of translations in `course.lock`: from which text of the source each passage was made.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Deserializer};

use crate::model::{Language, PassageHash};

/// The records of a course, by lesson and language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(crate) struct Records(BTreeMap<String, BTreeMap<Language, Record>>);

/// The passages of a translation in their order, and the answers of its questions by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    made: Vec<Made>,
    pub(crate) answers: BTreeMap<String, Answers>,
}

/// The answers of a question at the time of translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answers {
    /// The key and the points of the source.
    pub(crate) key: PassageHash,
    /// The texts of the source's answers.
    pub(crate) source: PassageHash,
    /// The texts of the translation's answers.
    pub(crate) text: PassageHash,
}

/// A passage of a translation, and the passage of the source that it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// Absent if the source has no passage for it.
    pub(crate) source: Option<PassageHash>,
    pub(crate) text: PassageHash,
}

impl Records {
    /// The record of a lesson in a language; empty if there is none.
    pub(crate) fn find(&self, lesson: &str, language: Language) -> Option<&Record> {
        self.0.get(lesson)?.get(&language)
    }

    /// Whether both contain the same passages; answers are not compared.
    pub(crate) fn has_passages_of(&self, other: &Self) -> bool {
        let passages = |records: &Self| -> Vec<(String, Language, Vec<Made>)> {
            let lessons = records.0.iter().flat_map(|(lesson, languages)| {
                let languages = languages.iter();
                languages
                    .map(move |(language, record)| (lesson.clone(), *language, record.made.clone()))
            });
            lessons.collect()
        };
        passages(self) == passages(other)
    }

    pub(crate) fn insert(&mut self, lesson: &str, language: Language, record: Record) {
        self.0
            .entry(lesson.to_owned())
            .or_default()
            .insert(language, record);
    }

    /// Appends the records to the text of a lock: a line for each passage, so that diffs are readable.
    pub(crate) fn write(&self, out: &mut String) {
        for (lesson, languages) in &self.0 {
            let _ = writeln!(out, "\n[translation.{lesson}]");
            for (language, record) in languages {
                let _ = writeln!(out, "{language} = '''");
                for made in record.iter() {
                    let _ = match made.source {
                        Some(source) => writeln!(out, "{source} {}", made.text),
                        None => writeln!(out, "- {}", made.text),
                    };
                }
                for (question, answers) in &record.answers {
                    let Answers { key, source, text } = answers;
                    let _ = writeln!(out, "{question} {key} {source} {text}");
                }
                let _ = writeln!(out, "'''");
            }
        }
    }
}

impl Record {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Made> {
        self.made.iter()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Made> {
        self.made.get(at)
    }
}

impl FromIterator<Made> for Record {
    fn from_iter<T: IntoIterator<Item = Made>>(made: T) -> Self {
        Self {
            made: made.into_iter().collect(),
            answers: BTreeMap::new(),
        }
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut record = Self::default();
        for line in text.lines() {
            if let Some(made) = read(line) {
                record.made.push(made);
            } else if let Some((question, answers)) = read_answers(line) {
                record.answers.insert(question.to_owned(), answers);
            } else {
                return Err(serde::de::Error::custom(format!(
                    "`{line}` is not a record of a translation"
                )));
            }
        }
        Ok(record)
    }
}

fn read_answers(line: &str) -> Option<(&str, Answers)> {
    let mut words = line.split(' ');
    let question = words.next()?;
    let mut hash = || PassageHash::from_digits(words.next()?);
    let answers = Answers {
        key: hash()?,
        source: hash()?,
        text: hash()?,
    };
    words.next().is_none().then_some((question, answers))
}

fn read(line: &str) -> Option<Made> {
    let (source, text) = line.split_once(' ')?;
    let source = match source {
        "-" => None,
        digits => Some(PassageHash::from_digits(digits)?),
    };
    Some(Made {
        source,
        text: PassageHash::from_digits(text)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Lock {
        translation: Records,
    }

    #[test]
    fn records_read_as_they_were_written() {
        let hash = |number: u64| PassageHash::from_digits(&format!("{number:016x}")).unwrap();
        let mut records = Records::default();
        let mut record: Record = [
            Made {
                source: Some(hash(1)),
                text: hash(2),
            },
            Made {
                source: None,
                text: hash(u64::MAX),
            },
        ]
        .into_iter()
        .collect();
        let answers = Answers {
            key: hash(3),
            source: hash(4),
            text: hash(5),
        };
        record.answers.insert("q-a".to_owned(), answers);
        records.insert("l-a", Language::En, record);
        records.insert("l-b", Language::En, Record::default());
        let mut text = String::new();
        records.write(&mut text);
        insta::assert_snapshot!(text, @r"

        [translation.l-a]
        en = '''
        0000000000000001 0000000000000002
        - ffffffffffffffff
        q-a 0000000000000003 0000000000000004 0000000000000005
        '''

        [translation.l-b]
        en = '''
        '''
        ");
        assert_eq!(toml::from_str::<Lock>(&text).unwrap().translation, records);
        assert!(toml::from_str::<Lock>("[translation.l-a]\nen = \"1 2 3\"").is_err());
    }
}
