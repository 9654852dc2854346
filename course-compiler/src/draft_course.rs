//! A course combined from its files, with the checks that need all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use crate::decisions::Decisions;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::draft::{Block, DraftFile, DraftGlossary, Meta, TestDraft};
use crate::hash::Hasher;
use crate::likeness::nearest;
use crate::load::{FileKind, Folder};
use crate::lock::Lock;
use crate::model::{CourseKind, Language, is_well_formed, pick};
use crate::parse::attributes::Word;
use crate::question::QuestionDraft;
use crate::rules::{file_skipped, id_duplicate, meta_bad_value, meta_missing};
use crate::source::Source;
use crate::translation::{self, Alignment, Record, Records, StillRight, Translated};

/// The parsed source of a course.
#[derive(Debug)]
pub(crate) struct DraftCourse {
    /// The folder's name.
    pub(crate) slug: String,
    pub(crate) meta: Meta,
    /// `course.toml`.
    pub(crate) meta_source: Arc<Source>,
    /// In the order of file names.
    pub(crate) lessons: Vec<LessonDraft>,
    /// The index in `lessons` of a file, by its path within the course.
    lesson_at: BTreeMap<String, usize>,
    /// Transcripts of recordings, by their path within the course.
    pub(crate) transcripts: BTreeMap<String, Arc<DraftFile>>,
    /// Pictures, recordings and downloads, by their path within the course in composed letters (NFC).
    pub(crate) assets: BTreeMap<String, Arc<[u8]>>,
    pub(crate) lock: Option<Lock>,
    /// Translations without a lesson in the source, or with a different id.
    pub(crate) set_aside: Vec<SetAside>,
    /// The author's decisions about texts whose meaning may have changed.
    pub(crate) decisions: Decisions,
    /// The glossary of all courses.
    pub(crate) glossary: Arc<DraftGlossary>,
}

/// For each translation, where passages start and whether they are unused.
pub(crate) struct Unused<'a>(BTreeMap<&'a str, Vec<(usize, bool)>>);

impl Unused<'_> {
    /// Whether readers do not get the text at this place.
    pub(crate) fn has(&self, location: &Location) -> bool {
        self.0.get(location.file.as_str()).is_some_and(|places| {
            let after = places.partition_point(|(start, _)| *start <= location.span.start);
            let place = after.checked_sub(1).and_then(|at| places.get(at));
            place.is_some_and(|(_, unused)| *unused)
        })
    }
}

/// A translation without a lesson in the source; it is not used.
#[derive(Debug)]
pub(crate) struct SetAside {
    pub(crate) file: Arc<DraftFile>,
    /// The source file with the same name and another id.
    pub(crate) source: Option<Arc<DraftFile>>,
}

/// A lesson in all its languages.
#[derive(Debug)]
pub(crate) struct LessonDraft {
    /// The file's name without number and extension.
    pub(crate) slug: String,
    pub(crate) files: BTreeMap<Language, Arc<DraftFile>>,
    /// Each translation aligned with its source.
    pub(crate) alignments: BTreeMap<Language, Alignment>,
}

impl LessonDraft {
    /// A question of the source, given by the index of its block, in the file of another language; `None` if
    /// it is missing there or stale.
    pub(crate) fn question_in<'a>(
        &self,
        file: &'a DraftFile,
        block: usize,
    ) -> Option<&'a QuestionDraft> {
        let passage = DraftFile::passage_of_block(block);
        let at = match self.alignments.get(&file.language) {
            // This file is the source.
            None => passage,
            Some(alignment) => match alignment.source.get(passage) {
                Some(Translated::By(at)) => *at,
                _ => return None,
            },
        };
        match file.block_of_passage(at) {
            Some(Block::Question(question)) => Some(question),
            _ => None,
        }
    }

    /// Removes the translations that have no source, or whose source has another id.
    fn set_aside(&mut self, source_language: Language) -> Vec<SetAside> {
        let source = self.files.get(&source_language).cloned();
        let is_of_source = |file: &DraftFile| {
            source
                .as_ref()
                .is_some_and(|source| match (&source.front.id, &file.front.id) {
                    (Some(expected), Some(id)) => expected.text == id.text,
                    _ => true,
                })
        };
        let files = std::mem::take(&mut self.files);
        let (kept, aside): (BTreeMap<_, _>, BTreeMap<_, _>) =
            files.into_iter().partition(|(_, file)| is_of_source(file));
        self.files = kept;
        aside
            .into_values()
            .map(|file| SetAside {
                file,
                source: source.clone(),
            })
            .collect()
    }

    /// Whether this is a test.
    pub(crate) fn is_test(&self) -> bool {
        self.files.values().any(|file| file.front.test.is_some())
    }
}

impl DraftCourse {
    /// Sorts the lesson files and runs the checks that need several of them.
    pub(crate) fn new(
        slug: &str,
        meta: Meta,
        meta_source: Arc<Source>,
        files: Vec<Arc<DraftFile>>,
        folder: &Folder,
        lock: Option<Lock>,
        glossary: Arc<DraftGlossary>,
    ) -> (Self, Vec<Diagnostic>) {
        let mut by_name: BTreeMap<String, BTreeMap<Language, Arc<DraftFile>>> = BTreeMap::new();
        let mut transcripts = BTreeMap::new();
        for file in files {
            if let FileKind::Transcript(_) = FileKind::of(&file.path) {
                transcripts.insert(file.path.nfc().collect(), file);
                continue;
            }
            let name = file
                .path
                .rsplit_once('/')
                .map_or(file.path.as_str(), |(_, name)| name)
                .to_owned();
            by_name.entry(name).or_default().insert(file.language, file);
        }
        let mut found = Vec::new();
        let mut names = BTreeMap::new();
        for path in folder.files.keys() {
            if let Some(first) = names.insert(path.nfc().collect::<String>(), path) {
                found.push(file_skipped::looks_the_same(
                    format!("{slug}/{first}"),
                    format!("{slug}/{path}"),
                ));
            }
        }
        let lesson_at = (0..)
            .zip(by_name.values())
            .flat_map(|(at, files)| files.values().map(move |file| (file.path.clone(), at)))
            .collect();
        let course = Self {
            slug: slug.to_owned(),
            meta,
            meta_source,
            lesson_at,
            lessons: by_name
                .into_iter()
                .map(|(name, files)| LessonDraft {
                    slug: lesson_slug(&name).to_owned(),
                    files,
                    alignments: BTreeMap::new(),
                })
                .collect(),
            transcripts,
            assets: folder
                .files
                .iter()
                .filter(|(path, _)| FileKind::of(path) == FileKind::Asset)
                .map(|(path, bytes)| (path.nfc().collect(), Arc::clone(bytes)))
                .collect(),
            lock,
            set_aside: Vec::new(),
            decisions: Decisions::default(),
            glossary,
        };
        course.check_names(&mut found);
        course.check_rules(&mut found);
        (course, found)
    }

    /// Compares every translation with its source and with the record in the lock.
    pub(crate) fn align(&mut self, still_right: &StillRight) {
        let records = self.lock.as_ref().map(|lock| &lock.translation);
        let source_language = self.meta.source_language;
        for lesson in &mut self.lessons {
            self.set_aside
                .append(&mut lesson.set_aside(source_language));
        }
        self.lessons.par_iter_mut().for_each(|lesson| {
            let Some(source) = lesson.files.get(&source_language) else {
                return;
            };
            let id = source.front.id.as_ref().map_or("", |id| id.text.as_str());
            let none = Record::default();
            lesson.alignments = lesson
                .files
                .iter()
                .filter(|(language, _)| **language != source_language)
                .map(|(language, file)| {
                    let record = records
                        .and_then(|records| records.find(id, *language))
                        .unwrap_or(&none);
                    let confirmed = |at: usize| {
                        let passage = file.passages.get(at);
                        passage.is_some_and(|passage| {
                            still_right.says(*language, &file.source, passage.span)
                        })
                    };
                    let mut alignment =
                        translation::align(&source.passages, &file.passages, record, &confirmed);
                    translation::answers::compare(&mut alignment, source, file, record, &confirmed);
                    (*language, alignment)
                })
                .collect();
        });
    }

    /// The places in translations that readers do not get, because the passage is stale or its source was
    /// removed.
    pub(crate) fn unused(&self) -> Unused<'_> {
        let mut files: BTreeMap<&str, Vec<(usize, bool)>> = self
            .set_aside
            .iter()
            .map(|aside| (aside.file.source.path(), vec![(0, true)]))
            .collect();
        for lesson in &self.lessons {
            for (language, alignment) in &lesson.alignments {
                let Some(file) = lesson.files.get(language) else {
                    continue;
                };
                // The title is shown even if it is stale.
                let passages = file.passages.iter().enumerate().skip(1);
                let mut places: Vec<(usize, bool)> = passages
                    .map(|(at, passage)| (passage.span.start, !alignment.is_used(at)))
                    .collect();
                places.sort_unstable();
                files.insert(file.source.path(), places);
            }
        }
        Unused(files)
    }

    /// The records of translations for the lock.
    pub(crate) fn records(&self) -> Records {
        let mut records = Records::default();
        for lesson in &self.lessons {
            let source = lesson.files.get(&self.meta.source_language);
            if let Some(id) = source.and_then(|file| file.front.id.as_ref()) {
                for (language, alignment) in &lesson.alignments {
                    records.insert(&id.text, *language, alignment.record.clone());
                }
            }
        }
        records
    }

    // The files that belong to a recording share its name: `intro.mp4` has captions in `intro.lv.vtt` and its
    // transcript, a Markdown text, in `intro.lv.md`.
    /// The captions of a recording, by language, as paths within the course.
    pub(crate) fn captions(&self, recording: &str) -> BTreeMap<Language, String> {
        Language::ALL
            .iter()
            .map(|language| (*language, beside(recording, *language, "vtt")))
            .filter(|(_, path)| self.assets.contains_key(path))
            .collect()
    }

    /// The transcript of a recording, in `language` or otherwise in another one.
    pub(crate) fn transcript(
        &self,
        recording: &str,
        language: Language,
    ) -> Option<(Language, &DraftFile)> {
        let all = Language::ALL
            .iter()
            .filter_map(|language| {
                let text = self.transcripts.get(&beside(recording, *language, "md"))?;
                Some((*language, text))
            })
            .collect();
        pick(&all, language).map(|(found, text)| (found, &***text))
    }

    /// Every lesson file, by name and then by language.
    pub(crate) fn files(&self) -> impl Iterator<Item = &DraftFile> {
        self.lessons
            .iter()
            .flat_map(|lesson| lesson.files.values())
            .map(Arc::as_ref)
    }

    /// Every text that a learner may read: lesson files, then transcripts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &DraftFile> {
        self.files()
            .chain(self.transcripts.values().map(Arc::as_ref))
    }

    /// The sources of all texts, also of translations that are not used.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        let aside = self.set_aside.iter().map(|aside| &aside.file.source);
        self.texts().map(|file| &file.source).chain(aside)
    }

    /// Every lesson file in the source language.
    pub(crate) fn source_files(&self) -> impl Iterator<Item = &DraftFile> {
        self.lessons
            .iter()
            .filter_map(|lesson| lesson.files.get(&self.meta.source_language))
            .map(Arc::as_ref)
    }

    /// The lesson file of an id in the source language.
    pub(crate) fn source_file(&self, id: &str) -> Option<&DraftFile> {
        let mut files = self.source_files();
        files.find(|file| file.front.id.as_ref().is_some_and(|own| own.text == id))
    }

    /// A lesson file by its path within the course; where the lesson has none in that language, the one that readers
    /// get instead.
    pub(crate) fn file(&self, path: &str) -> Option<&DraftFile> {
        let files = &self.lesson_of(path)?.files;
        let own = files.values().find(|file| file.path == path);
        own.or_else(|| pick(files, self.meta.source_language).map(|(_, file)| file))
            .map(Arc::as_ref)
    }

    /// The lesson that a file belongs to, or would belong to once it is translated.
    pub(crate) fn lesson_of(&self, path: &str) -> Option<&LessonDraft> {
        let translated = || {
            let (folder, name) = path.split_once('/')?;
            Language::from_word(folder)?;
            let mut others = Language::ALL.iter();
            others.find_map(|language| self.lesson_at.get(&format!("{language}/{name}")))
        };
        let at = self.lesson_at.get(path).or_else(translated)?;
        self.lessons.get(*at)
    }

    /// The slugs that a lesson had before, according to the lock, and that no lesson has now. If several had one, it
    /// is the first's.
    pub(crate) fn slugs_before(&self, lesson: &LessonDraft) -> Vec<String> {
        let of = |lesson: &LessonDraft| {
            let file = lesson.files.get(&self.meta.source_language)?;
            let id = file.front.id.as_ref()?;
            Some(self.lock.as_ref()?.slugs_before(&id.text, &lesson.slug))
        };
        let mut slugs = of(lesson).unwrap_or_default();
        if slugs.is_empty() {
            return Vec::new();
        }
        for other in &self.lessons {
            slugs.remove(&other.slug);
        }
        let earlier = self
            .lessons
            .iter()
            .take_while(|other| other.slug != lesson.slug);
        for taken in earlier.filter_map(of) {
            slugs.retain(|slug| !taken.contains(slug));
        }
        slugs.into_iter().collect()
    }

    /// The lesson that the file at this path was before it got another name.
    pub(crate) fn lesson_before(&self, path: &str) -> Option<&LessonDraft> {
        let (folder, name) = path.split_once('/')?;
        Language::from_word(folder)?;
        let slug = lesson_slug(name.strip_suffix(".md")?);
        let mut lessons = self.lessons.iter();
        lessons.find(|lesson| {
            self.slugs_before(lesson)
                .iter()
                .any(|before| before == slug)
        })
    }

    /// A hash of what reviewers read: the lessons, the assets, and `course.toml` without its reviews and
    /// settings for the compiler. White space that `course fmt` removes is not included.
    pub(crate) fn content_hash(&self) -> String {
        let mut hash = Hasher::new();
        let mut table: toml::Table = self.meta_source.text().parse().unwrap_or_default();
        for key in ["review", "rescore", "lint", "quality", "spelling"] {
            table.remove(key);
        }
        hash.add("course.toml", table.to_string().as_bytes());
        for file in self.texts() {
            hash.add(&file.path, without_line_ends(file.source.text()).as_bytes());
        }
        for (path, bytes) in &self.assets {
            hash.add(path, bytes);
        }
        hash.finish()
    }

    fn check_names(&self, found: &mut Vec<Diagnostic>) {
        if self.source_files().next().is_none() {
            found.push(meta_missing::no_lessons(
                self.meta_source.path().to_owned(),
                self.meta.source_language.as_str(),
            ));
        }
        let mut slugs: BTreeMap<&str, &DraftFile> = BTreeMap::new();
        for lesson in &self.lessons {
            let Some(file) = lesson.files.values().next() else {
                continue;
            };
            if !is_well_formed(&lesson.slug) {
                found.push(meta_bad_value::bad_file_name(file.source.path().to_owned()));
            }
            if let Some(first) = slugs.insert(&lesson.slug, file) {
                found.push(id_duplicate::duplicate(
                    Location::file(file.source.path()),
                    &lesson.slug,
                    Location::file(first.source.path()),
                ));
            }
        }
    }

    /// Checks that the completion rule names existing lessons, and that a test has enough questions to draw
    /// from.
    fn check_rules(&self, found: &mut Vec<Diagnostic>) {
        let mut lessons = BTreeSet::new();
        let mut tests = BTreeSet::new();
        for file in self.source_files() {
            let id = file.front.id.as_ref().map(|id| id.text.as_str());
            if let Some(sector) = &file.front.sector
                && !self
                    .meta
                    .sectors
                    .iter()
                    .any(|known| known.id == sector.text)
            {
                let mut report = Report::new(&file.source);
                meta_bad_value::names_nothing(
                    &mut report,
                    sector.span,
                    format!("`course.toml` has no sector `{}`", sector.text),
                    format!(
                        "add a `[[sector]]` with `id = \"{}\"` there, or name another",
                        sector.text
                    ),
                );
                found.append(&mut report.found);
            }
            self.check_outcomes(file, found);
            match &file.front.test {
                None => lessons.extend(id),
                Some(TestDraft { rules, draw, .. }) => {
                    tests.extend(id);
                    let pool = file.questions().count();
                    let mut report = Report::new(&file.source);
                    if pool == 0 {
                        meta_bad_value::names_nothing(
                            &mut report,
                            *draw,
                            "the test has no questions".to_owned(),
                            "add questions below the front matter".to_owned(),
                        );
                    } else if rules.draw.is_some_and(|draw| draw > pool) {
                        meta_bad_value::names_nothing(
                            &mut report,
                            *draw,
                            format!("more questions are to be drawn than the {pool} of the test"),
                            "draw fewer, or add questions".to_owned(),
                        );
                    }
                    found.append(&mut report.found);
                }
            }
        }
        self.check_tasks(found);
        let mut report = Report::new(&self.meta_source);
        if let Some(test) = &self.meta.completion_test
            && !tests.contains(test.text.as_str())
        {
            meta_bad_value::names_nothing(
                &mut report,
                test.span,
                format!("the course has no test `{}`", test.text),
                "name a file with `kind = \"test\"` by its id".to_owned(),
            );
        }
        for rescore in &self.meta.rescores {
            let question = &rescore.question;
            if !self
                .source_files()
                .flat_map(DraftFile::questions)
                .filter_map(|found| found.id.as_ref())
                .any(|id| id.text == question.text)
            {
                meta_bad_value::names_nothing(
                    &mut report,
                    question.span,
                    format!("the course has no question `{}`", question.text),
                    "name a question by its id".to_owned(),
                );
            }
        }
        for lesson in self.meta.completion_lessons.iter().flatten() {
            if !lessons.contains(lesson.text.as_str()) {
                meta_bad_value::names_nothing(
                    &mut report,
                    lesson.span,
                    format!("the course has no lesson `{}`", lesson.text),
                    "name lessons by their ids".to_owned(),
                );
            }
        }
        found.append(&mut report.found);
    }
}

impl DraftCourse {
    /// A handbook's tasks are called differently, and each names chapters of it, none twice.
    fn check_tasks(&self, found: &mut Vec<Diagnostic>) {
        let chapters: Vec<&str> = self
            .source_files()
            .filter(|file| file.front.test.is_none())
            .filter_map(|file| Some(file.front.id.as_ref()?.text.as_str()))
            .collect();
        let mut report = Report::new(&self.meta_source);
        let mut tasks: Vec<&Word> = Vec::new();
        for task in &self.meta.tasks {
            let Some(id) = &task.id else { continue };
            if self.meta.kind != CourseKind::Handbook {
                meta_bad_value::names_nothing(
                    &mut report,
                    id.span,
                    "a course has no tasks".to_owned(),
                    "take the `[[task]]` out, or write `kind = \"handbook\"`".to_owned(),
                );
            }
            if let Some(first) = tasks.iter().find(|known| known.text == id.text) {
                let place = |word: &Word| Location::new(&self.meta_source, word.span);
                found.push(id_duplicate::duplicate(place(id), &id.text, place(first)));
            }
            tasks.push(id);
            for (number, chapter) in task.chapters.iter().enumerate() {
                let before = task.chapters.iter().take(number);
                if before.clone().any(|other| other.text == chapter.text) {
                    meta_bad_value::names_nothing(
                        &mut report,
                        chapter.span,
                        format!("the task names `{}` twice", chapter.text),
                        "name it once, where it is needed first".to_owned(),
                    );
                } else if !chapters.contains(&chapter.text.as_str()) {
                    let help = write_nearest(&chapter.text, &chapters).unwrap_or_else(|| {
                        "name chapters by the `id` of their front matter".to_owned()
                    });
                    meta_bad_value::names_nothing(
                        &mut report,
                        chapter.span,
                        format!("the handbook has no chapter `{}`", chapter.text),
                        help,
                    );
                }
            }
        }
        found.append(&mut report.found);
    }

    /// Checks that outcomes named by lessons and questions exist in the course.
    fn check_outcomes(&self, file: &DraftFile, found: &mut Vec<Diagnostic>) {
        let mut report = Report::new(&file.source);
        let of_questions = file.questions().flat_map(|question| &question.outcomes);
        for outcome in file.front.outcomes.iter().chain(of_questions) {
            let known = self.meta.outcomes.iter();
            let known: Vec<&str> = known.map(|known| known.id.as_str()).collect();
            if known.contains(&outcome.text.as_str()) {
                continue;
            }
            let help = write_nearest(&outcome.text, &known).unwrap_or_else(|| {
                format!(
                    "add an `[[outcome]]` with `id = \"{}\"` there, or name another",
                    outcome.text
                )
            });
            meta_bad_value::names_nothing(
                &mut report,
                outcome.span,
                format!("`course.toml` has no outcome `{}`", outcome.text),
                help,
            );
        }
        found.append(&mut report.found);
    }
}

/// The advice to write the known word that is nearest to an unknown one, if one is near.
fn write_nearest(word: &str, known: &[&str]) -> Option<String> {
    nearest(word, known).map(|near| format!("write `{near}`, if that is meant"))
}

/// A text without trailing spaces and without empty lines at its end.
fn without_line_ends(text: &str) -> String {
    let mut stripped: String = text
        .lines()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect();
    stripped.truncate(stripped.trim_end().len());
    stripped + "\n"
}

/// `01-pamatjedzieni.md` → `pamatjedzieni`.
fn lesson_slug(name: &str) -> &str {
    let stem = name.strip_suffix(".md").unwrap_or(name);
    stem.trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start_matches(['-', '_'])
}

/// `assets/intro.mp4` → `assets/intro.lv.vtt`.
fn beside(recording: &str, language: Language, ending: &str) -> String {
    let stem = recording
        .rsplit_once('.')
        .map_or(recording, |(stem, _)| stem);
    format!("{stem}.{language}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_recording_share_its_name() {
        assert_eq!(
            beside("assets/intro.mp4", Language::Lv, "vtt"),
            "assets/intro.lv.vtt"
        );
    }

    #[test]
    fn lesson_addresses_have_no_number() {
        assert_eq!(lesson_slug("01-pamatjedzieni.md"), "pamatjedzieni");
        assert_eq!(lesson_slug("90-parbaude-2.md"), "parbaude-2");
        assert_eq!(lesson_slug("ievads.md"), "ievads");
    }
}
