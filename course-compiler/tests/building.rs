//! Building again: what is kept from the last time, and that it never shows.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use course_compiler::bundle;
use course_compiler::compile::{self, Built, Compilation, Options, Session};
use course_compiler::model::Status;

const COURSE: &str = "kind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\ntitle = { lv = \"K\" }\nsummary = { lv = \"K\" }\n";

fn lesson(title: &str) -> String {
    format!(
        "+++\nid = \"l-a\"\ntitle = \"{title}\"\nminutes = 1\n+++\nTeksts.\n\n## Vai? {{#q-a .truefalse}}\n\n- [x] Jā\n- [ ] Nē\n"
    )
}

/// Two courses, and a third with an error.
struct Place {
    dir: tempfile::TempDir,
    courses: PathBuf,
    out: PathBuf,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let place = Self {
            courses: dir.path().join("courses"),
            out: dir.path().join("bundle"),
            dir,
        };
        for slug in ["a", "b", "c"] {
            place.write(
                &format!("{slug}/course.toml"),
                &format!("id = \"k-{slug}\"\n{COURSE}"),
            );
            place.write(&format!("{slug}/lv/01-a.md"), &lesson("Ievads"));
        }
        place.write("c/lv/02-b.md", "no front matter\n");
        place
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.courses.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Gives a file the time that it would have if it had been written so long ago.
    fn age(&self, path: &str, seconds: u64) {
        let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 - seconds);
        let file = File::options()
            .append(true)
            .open(self.courses.join(path))
            .unwrap();
        file.set_times(FileTimes::new().set_modified(modified))
            .unwrap();
    }

    fn age_all(&self) {
        for slug in ["a", "b", "c"] {
            self.age(&format!("{slug}/course.toml"), 0);
            self.age(&format!("{slug}/lv/01-a.md"), 0);
        }
        self.age("c/lv/02-b.md", 0);
    }

    fn build(&self) -> Compilation {
        compile::cached(&self.courses, &self.out, &Options::default(), &()).unwrap()
    }

    fn build_in_short(&self) -> Built {
        compile::build(&self.courses, &self.out, &Options::default(), &()).unwrap()
    }

    fn session(&self) -> Session {
        Session::new(&self.courses, Options::default()).unwrap()
    }

    fn anew(&self) -> Compilation {
        compile::compile(&self.courses, &Options::default(), &()).unwrap()
    }
}

/// Whether the courses were compiled, and not only read.
fn is_compiled(compilation: &Compilation) -> bool {
    !compilation.locks.is_empty()
}

fn title(compilation: &Compilation, slug: &str) -> String {
    let course = compilation.bundle.course_by_slug(slug).unwrap();
    let text = course
        .lessons
        .iter()
        .flat_map(|lesson| lesson.texts.values())
        .next()
        .unwrap();
    text.title.clone()
}

fn assert_same(one: &Compilation, other: &Compilation) {
    assert_eq!(one.bundle, other.bundle);
    assert_eq!(one.diagnostics, other.diagnostics);
    assert_eq!(one.locks, other.locks);
}

#[test]
fn an_edit_of_the_same_size_and_time_is_seen_if_the_file_was_fresh() {
    let place = Place::new();
    let file = place.courses.join("a/lv/01-a.md");
    let written = fs::metadata(&file).unwrap().modified().unwrap();
    place.build();
    place.write("a/lv/01-a.md", &lesson("Beigas"));
    let times = FileTimes::new().set_modified(written);
    File::options()
        .append(true)
        .open(&file)
        .unwrap()
        .set_times(times)
        .unwrap();
    assert_eq!(title(&place.build(), "a"), "Beigas");
}

#[test]
fn files_that_were_written_long_ago_are_not_read_again() {
    let place = Place::new();
    place.age_all();
    assert!(is_compiled(&place.build()));
    let listing = fs::read_to_string(place.out.join(".sources")).unwrap();
    let second = place.build();
    assert!(!is_compiled(&second));
    assert_eq!(
        fs::read_to_string(place.out.join(".sources")).unwrap(),
        listing
    );
    assert!(second.has_errors(), "what was wrong is still told");

    // Touched, but the same: read, not compiled.
    place.age("a/lv/01-a.md", 5);
    assert!(!is_compiled(&place.build()));
    assert_ne!(
        fs::read_to_string(place.out.join(".sources")).unwrap(),
        listing
    );

    place.write("a/lv/01-a.md", &lesson("Beigas"));
    place.age("a/lv/01-a.md", 9);
    let third = place.build();
    assert!(is_compiled(&third));
    assert_eq!(title(&third, "a"), "Beigas");
}

#[test]
fn what_is_wrong_is_told_again_after_a_build_without_cache() {
    let place = Place::new();
    place.anew().write(&place.out).unwrap();
    assert!(place.build().has_errors());
    bundle::write(&place.anew().bundle, &place.out).unwrap();
    assert!(
        place.build().has_errors(),
        "a bundle alone does not say what was wrong"
    );
}

#[test]
fn a_damaged_bundle_is_noticed_and_made_again() {
    let place = Place::new();
    place.age_all();
    let good = place.build().bundle;
    for entry in fs::read_dir(place.out.join("courses")).unwrap() {
        let path = entry.unwrap().path();
        for damage in ["", "{}"] {
            fs::write(&path, damage).unwrap();
            assert!(bundle::read(&place.out).is_err(), "{}", path.display());
            assert_eq!(place.build().bundle, good);
            assert_eq!(bundle::read(&place.out).unwrap(), good);
            fs::write(&path, damage).unwrap();
            assert_eq!(place.build_in_short().courses, good.outlines());
            assert_eq!(bundle::read(&place.out).unwrap(), good);
        }
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("Vai?", "Nav")).unwrap();
        place.build_in_short();
        assert_eq!(bundle::read(&place.out).unwrap(), good);
        fs::write(&path, text.replace("Vai?", "Nav")).unwrap();
        assert_eq!(
            bundle::read(&place.out).is_err(),
            text.contains("Vai?"),
            "{}",
            path.display()
        );
        assert_eq!(place.build().bundle, good);
    }
}

#[test]
fn a_build_tells_the_same_whether_or_not_something_changed() {
    let place = Place::new();
    place.age_all();
    let whole = Built::from(place.anew());
    assert_eq!(whole.courses.len(), 2);
    for time in ["compiled", "read"] {
        let built = place.build_in_short();
        assert_eq!(built.courses, whole.courses, "{time}");
        assert_eq!(built.diagnostics, whole.diagnostics, "{time}");
        for found in &built.diagnostics {
            let source = |built: &Built| built.sources.get(&found.location.file).cloned();
            assert_eq!(
                source(&built).map(|source| source.text().to_owned()),
                source(&whole).map(|source| source.text().to_owned()),
                "{time}"
            );
        }
    }
    place.write("c/lv/02-b.md", &lesson("B"));
    assert_ne!(place.build_in_short().diagnostics, whole.diagnostics);
}

#[test]
fn only_what_changed_is_written() {
    let place = Place::new();
    place.build();
    let names = || {
        let mut names: Vec<PathBuf> = fs::read_dir(place.out.join("courses"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        names.sort();
        names
    };
    let before = names();
    assert_eq!(before.len(), 4, "{before:?}");
    let written = |path: &Path| fs::metadata(path).unwrap().modified().unwrap();
    let times: Vec<SystemTime> = before.iter().map(|path| written(path)).collect();
    place.write("b/lv/01-a.md", &lesson("Beigas"));
    place.build();
    let after = names();
    assert_eq!(before[..2], after[..2], "the files of a");
    assert_eq!(times[..2], [written(&after[0]), written(&after[1])]);
    assert_ne!(before[2..], after[2..]);
    assert_eq!(after.len(), 4, "{after:?}");
}

#[test]
fn a_session_gives_what_compiling_anew_gives() {
    let place = Place::new();
    let mut session = place.session();
    let mut rebuild = || {
        let update = session.rebuild(&()).unwrap();
        assert_same(&update.compilation, &place.anew());
        update.changed.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(rebuild(), ["a", "b", "c"]);
    assert!(rebuild().is_empty());
    place.write("a/lv/01-a.md", &lesson("Beigas"));
    assert_eq!(rebuild(), ["a"]);
    // Broken, and put right.
    place.write("a/lv/01-a.md", "+++\nid = ");
    assert_eq!(rebuild(), ["a"]);
    place.write("a/lv/01-a.md", &lesson("Ievads"));
    assert_eq!(rebuild(), ["a"]);
    // The same id in two courses: the second is left out, until the first is gone.
    place.write("b/course.toml", &format!("id = \"k-a\"\n{COURSE}"));
    assert_eq!(rebuild(), ["b"]);
    fs::remove_dir_all(place.courses.join("a")).unwrap();
    assert_eq!(rebuild(), ["a"]);
    // What all courses share.
    place.write("programme.toml", "[publishing]\nrequired_reviews = []\n");
    assert_eq!(rebuild(), ["b", "c"]);
    // A lesson that another links to.
    place.write(
        "b/lv/02-b.md",
        "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 1\n+++\n[a](01-a.md)\n",
    );
    assert_eq!(rebuild(), ["b"]);
    fs::rename(
        place.courses.join("b/lv/01-a.md"),
        place.courses.join("b/lv/03-a.md"),
    )
    .unwrap();
    assert_eq!(rebuild(), ["b"]);
    // Written aside and renamed, as editors do.
    place.write("b/lv/.03-a.md.swp", &lesson("Jauns"));
    assert!(rebuild().is_empty());
    fs::rename(
        place.courses.join("b/lv/.03-a.md.swp"),
        place.courses.join("b/lv/03-a.md"),
    )
    .unwrap();
    assert_eq!(rebuild(), ["b"]);
}

#[test]
fn a_session_outlives_a_folder_that_is_gone_for_a_while() {
    let place = Place::new();
    let mut session = place.session();
    session.rebuild(&()).unwrap();
    let away = place.dir.path().join("away");
    fs::rename(&place.courses, &away).unwrap();
    assert!(session.rebuild(&()).is_err());
    fs::rename(&away, &place.courses).unwrap();
    let update = session.rebuild(&()).unwrap();
    assert_same(&update.compilation, &place.anew());
}

/// Sets whether course `a` has the review that its present content needs.
fn review(place: &Place, content_hash: &str) {
    place.write(
        "a/course.toml",
        &format!(
            "id = \"k-a\"\n{COURSE}\n[[review]]\nkind = \"legal\"\nby = \"Paraugs (izdomāts)\"\ndate = 2026-01-05\nverdict = \"positive\"\ndocument = \"Nr. 1\"\ncontent_hash = \"{content_hash}\"\n"
        ),
    );
}

fn slugs(courses: &[std::sync::Arc<course_compiler::Course>]) -> Vec<&str> {
    courses.iter().map(|course| course.slug.as_str()).collect()
}

#[test]
fn the_published_version_stays_until_the_next_one_is_reviewed() {
    let place = Place::new();
    place.write(
        "programme.toml",
        "[publishing]\nrequired_reviews = [\"legal\"]\n",
    );
    place.write(
        "a/assets/ena.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    place.write(
        "a/lv/01-a.md",
        &lesson("Ievads").replace("Teksts.", "![Ēna](../assets/ena.svg)"),
    );
    let cached = || compile::cached(&place.courses, &place.out, &Options::default(), &()).unwrap();
    let read_again = |compilation: &Compilation| {
        assert_eq!(bundle::read(&place.out).unwrap(), compilation.bundle);
        assert_eq!(cached().bundle, compilation.bundle);
    };
    let content = |compilation: &Compilation| {
        let course = compilation.bundle.course_by_slug("a").unwrap();
        course.content_hash.clone()
    };
    review(&place, &content(&cached()));
    let reviewed = cached();
    let course = reviewed.bundle.course_by_slug("a").unwrap().clone();
    assert_eq!(course.status, Status::Publishable);
    assert_eq!(slugs(&reviewed.bundle.published), [""; 0]);
    let picture = reviewed.bundle.assets.keys().next().unwrap().clone();

    fs::remove_file(place.courses.join("a/assets/ena.svg")).unwrap();
    // Edited twice, without a picture: a draft, and what people see is the reviewed version with its picture.
    for title in ["Sākums", "Sākumi"] {
        place.write("a/lv/01-a.md", &lesson(title));
        let edited = cached();
        let draft = edited.bundle.course_by_slug("a").unwrap();
        assert_eq!(draft.status, Status::Draft);
        assert_eq!(*edited.bundle.published[0], course);
        assert!(edited.bundle.assets.contains_key(&picture));
        assert_ne!(edited.bundle.content_hash, reviewed.bundle.content_hash);
        read_again(&edited);
    }
    // With an error in a file, and in the file that names the course.
    place.write("a/lv/01-a.md", "+++\nid = ");
    let broken = cached();
    assert_eq!(slugs(&broken.bundle.courses), ["b"]);
    assert_eq!(*broken.bundle.published[0], course);
    read_again(&broken);
    place.write("a/course.toml", "id = ");
    assert_eq!(*cached().bundle.published[0], course);

    // Reviewed: nothing of the earlier version is left but the revisions of its questions.
    place.write("a/lv/01-a.md", &lesson("Sākums"));
    review(&place, "000000000000");
    review(&place, &content(&cached()));
    let reviewed = cached();
    assert_eq!(slugs(&reviewed.bundle.published), [""; 0]);
    assert!(!reviewed.bundle.assets.contains_key(&picture));
    assert!(!place.out.join("assets").join(&picture).exists());
    read_again(&reviewed);

    // A course whose folder was removed was withdrawn.
    place.write("a/lv/01-a.md", &lesson("Ievads"));
    assert_eq!(slugs(&cached().bundle.published), ["a"]);
    fs::remove_dir_all(place.courses.join("a")).unwrap();
    let withdrawn = cached();
    assert_eq!(slugs(&withdrawn.bundle.published), [""; 0]);
    read_again(&withdrawn);
}
