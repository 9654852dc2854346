//! The Hunspell dictionaries of this machine, for `course check --spelling`.

use std::collections::BTreeMap;
use std::path::Path;

use course_compiler::Language;
use course_compiler::spelling::Spelling;
use spellbook::Dictionary;

/// The folders of dictionaries in Debian and other systems.
const FOLDERS: &[&str] = &[
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
];

/// The dictionaries of a language; a word is correct if one of them contains it.
const fn names(language: Language) -> &'static [&'static str] {
    match language {
        Language::Lv => &["lv_LV"],
        Language::En => &["en_GB", "en_US"],
    }
}

/// The installed dictionaries.
#[derive(Debug, Default)]
pub(crate) struct Dictionaries(BTreeMap<Language, Vec<Dictionary>>);

impl Dictionaries {
    /// Reads them; each takes some tenths of a second.
    ///
    /// # Errors
    ///
    /// When there is none for any language.
    pub(crate) fn installed() -> anyhow::Result<Self> {
        let mut dictionaries = Self::default();
        for language in Language::ALL {
            let found: Vec<Dictionary> = names(*language)
                .iter()
                .filter_map(|name| {
                    FOLDERS
                        .iter()
                        .find_map(|folder| read(Path::new(folder), name))
                })
                .collect();
            if found.is_empty() {
                eprintln!("no dictionary for `{language}`: its spelling is not checked");
            } else {
                dictionaries.0.insert(*language, found);
            }
        }
        anyhow::ensure!(
            !dictionaries.0.is_empty(),
            "no dictionary in {}; on Debian, install hunspell-lv and hunspell-en-gb",
            FOLDERS.join(", ")
        );
        Ok(dictionaries)
    }

    fn of(&self, language: Language) -> impl Iterator<Item = &Dictionary> {
        self.0.get(&language).into_iter().flatten()
    }
}

/// A dictionary with this name; `None` if it does not exist, is not UTF-8, or cannot be parsed.
fn read(folder: &Path, name: &str) -> Option<Dictionary> {
    let text = |ending: &str| read_text(&folder.join(format!("{name}.{ending}")));
    Dictionary::new(&text("aff")?, &text("dic")?).ok()
}

#[expect(
    clippy::disallowed_methods,
    reason = "dictionaries lie outside of the courses"
)]
fn read_text(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

impl Spelling for Dictionaries {
    fn has(&self, language: Language) -> bool {
        self.0.contains_key(&language)
    }

    fn knows(&self, language: Language, word: &str) -> bool {
        self.of(language).any(|dictionary| dictionary.check(word))
    }

    fn suggestions(&self, language: Language, word: &str) -> Vec<String> {
        let mut all = Vec::new();
        for dictionary in self.of(language) {
            let mut some = Vec::new();
            dictionary.suggest(word, &mut some);
            some.retain(|suggestion| !all.contains(suggestion));
            all.append(&mut some);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_right_that_is_in_one_of_the_dictionaries() {
        let dictionary = |words: &str| Dictionary::new("SET UTF-8\nTRY aāiīs\n", words).unwrap();
        let dictionaries = Dictionaries(BTreeMap::from([(
            Language::En,
            vec![
                dictionary("1\ncolour\n"),
                dictionary("2\ncolor\nšķērslis\n"),
            ],
        )]));
        assert!(dictionaries.has(Language::En) && !dictionaries.has(Language::Lv));
        for word in ["colour", "color", "Šķērslis"] {
            assert!(dictionaries.knows(Language::En, word), "{word}");
        }
        assert!(!dictionaries.knows(Language::En, "šķersls"));
        assert!(!dictionaries.knows(Language::Lv, "colour"));
        assert_eq!(
            dictionaries.suggestions(Language::En, "šķērslas"),
            ["šķērslis"]
        );
    }
}
