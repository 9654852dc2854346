//! Courses out of a number: as many and as large as wanted, always the same for the same seed.
//!
//! The lessons have what real ones have (tables, code, lists, footnotes, sources, links, a picture, questions),
//! in the proportions of the shipped courses, and compile without errors.

use std::fmt::Write as _;

/// What to make.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Corpus {
    /// Another number gives other words.
    pub(crate) seed: u64,
    /// How many courses.
    pub(crate) courses: usize,
    /// Lessons in each.
    pub(crate) lessons: usize,
    /// About how large each lesson is.
    pub(crate) lesson_bytes: usize,
}

/// The corpus of the benchmarks: 4,600 lessons, 6.6 MB.
pub(crate) const BENCHMARK: Corpus = Corpus {
    seed: 1,
    courses: 46,
    lessons: 100,
    lesson_bytes: 1_265,
};

const WORDS: &[&str] = &[
    "iestāde",
    "pieteikums",
    "darbinieks",
    "vadītāja",
    "pielāgojums",
    "lēmums",
    "klients",
    "pakalpojums",
    "rīcība",
    "iemesls",
    "vienlīdzība",
    "tiesības",
    "kārtība",
    "sarunas",
    "pārbaude",
    "termiņš",
    "vide",
    "piekļūstamība",
    "ģimene",
    "šaubas",
    "ķermenis",
    "ņemot vērā",
    "čaklums",
    "žēlums",
    "ūdens",
    "kopā",
    "vajag",
    "drīkst",
    "jautā",
    "atbild",
    "palīdz",
    "skaidro",
    "pamato",
    "izvēlas",
    "salīdzina",
    "vienmēr",
];

/// A small generator of numbers (`SplitMix64`): no dependency, the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }

    /// So many words, the first with a capital.
    fn phrase(&mut self, words: usize) -> String {
        let mut phrase = String::new();
        for at in 0..words {
            let word = WORDS
                .get(self.below(WORDS.len()))
                .copied()
                .unwrap_or_default();
            if at == 0 {
                let mut letters = word.chars();
                phrase.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                phrase.push_str(letters.as_str());
            } else {
                phrase.push(' ');
                phrase.push_str(word);
            }
        }
        phrase
    }
}

impl Corpus {
    /// All files with their paths from the folder of courses.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let mut files = vec![(
            "programme.toml".to_owned(),
            "[publishing]\nrequired_reviews = []\n".to_owned(),
        )];
        for course in 0..self.courses {
            let folder = format!("kurss-{course:03}");
            let mut numbers = Numbers(self.seed.wrapping_add((course as u64) << 32));
            let title = numbers.phrase(3);
            files.push((
                format!("{folder}/course.toml"),
                format!(
                    "id = \"{folder}\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 2\n\
                     source_language = \"lv\"\n\n[title]\nlv = \"{title}\"\n\n[summary]\nlv = \"{}.\"\n",
                    numbers.phrase(8),
                ),
            ));
            files.push((
                format!("{folder}/assets/shema.svg"),
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9\"/></svg>\n".to_owned(),
            ));
            for lesson in 0..self.lessons {
                files.push((
                    format!("{folder}/lv/{}", file_name(lesson)),
                    self.lesson(lesson, &mut numbers),
                ));
            }
        }
        files
    }

    fn lesson(&self, lesson: usize, numbers: &mut Numbers) -> String {
        let mut text = format!(
            "+++\nid = \"l-{lesson}\"\ntitle = \"{}\"\nminutes = {}\n\n[[source]]\nid = \"likums\"\ntitle = \"{}\"\n\
             url = \"https://likumi.lv/ta/id/{}\"\n+++\n",
            numbers.phrase(3),
            1 + numbers.below(20),
            numbers.phrase(4),
            numbers.below(99_999),
        );
        let mut section = 0;
        while text.len() < self.lesson_bytes {
            let kind = (lesson + section) % 7;
            match (section, kind) {
                // Each lesson has a text and a question; the rest takes turns.
                (0, _) => prose(lesson, section, numbers, &mut text),
                (1, _) | (_, 4) => question(lesson, section, numbers, &mut text),
                (_, 0) => table(section, numbers, &mut text),
                (_, 1) => code(section, numbers, &mut text),
                (_, 2) => list(section, numbers, &mut text),
                (_, 3) => callout(section, numbers, &mut text),
                (_, 5) => picture(section, numbers, &mut text),
                _ => prose(lesson, section, numbers, &mut text),
            }
            section += 1;
        }
        text
    }
}

fn file_name(lesson: usize) -> String {
    format!("{lesson:03}-nodarbiba-{lesson:03}.md")
}

macro_rules! put {
    ($out:expr, $($argument:tt)*) => {{ let _ = write!($out, $($argument)*); }};
}

fn heading(section: usize, numbers: &mut Numbers, out: &mut String) {
    put!(out, "\n## {} {section}\n\n", numbers.phrase(3));
}

fn prose(lesson: usize, section: usize, numbers: &mut Numbers, out: &mut String) {
    heading(section, numbers, out);
    let link = match lesson {
        0 => "https://www.lm.gov.lv".to_owned(),
        _ => file_name(lesson - 1),
    };
    put!(
        out,
        "{}, **{}** un *{}*.[^likums] {} [{}]({link}).[^n-{section}] {}.\n\n[^n-{section}]: {}.\n",
        numbers.phrase(9),
        numbers.phrase(2),
        numbers.phrase(2),
        numbers.phrase(7),
        numbers.phrase(2),
        numbers.phrase(12),
        numbers.phrase(6),
    );
}

fn question(lesson: usize, section: usize, numbers: &mut Numbers, out: &mut String) {
    let id = format!("q-{lesson}-{section}");
    match numbers.below(4) {
        0 => put!(
            out,
            "\n## {}? {{#{id} .order}}\n\n1. {} 1\n2. {} 2\n3. {} 3\n",
            numbers.phrase(4),
            numbers.phrase(3),
            numbers.phrase(3),
            numbers.phrase(3),
        ),
        1 => put!(
            out,
            "\n## {}? {{#{id} .match}}\n\n| {} | {} |\n|---|---|\n| {} 1 | {} 2 |\n| {} 3 | {} 4 |\n",
            numbers.phrase(4),
            numbers.phrase(1),
            numbers.phrase(1),
            numbers.phrase(3),
            numbers.phrase(2),
            numbers.phrase(3),
            numbers.phrase(2),
        ),
        _ => put!(
            out,
            "\n## {}? {{#{id} .single points=2}}\n\n- [x] {} 1\n  > {}.\n- [ ] {} 2\n  > {}.\n- [ ] {} 3\n\n> [!TIP]\n> {}.\n",
            numbers.phrase(4),
            numbers.phrase(3),
            numbers.phrase(6),
            numbers.phrase(3),
            numbers.phrase(6),
            numbers.phrase(2),
            numbers.phrase(5),
        ),
    }
}

fn table(section: usize, numbers: &mut Numbers, out: &mut String) {
    heading(section, numbers, out);
    put!(
        out,
        "| {} | {} | % |\n|---|:-:|--:|\n",
        numbers.phrase(1),
        numbers.phrase(1)
    );
    for _ in 0..4 {
        put!(
            out,
            "| {} | {} | {} |\n",
            numbers.phrase(2),
            numbers.phrase(2),
            numbers.below(100)
        );
    }
}

fn code(section: usize, numbers: &mut Numbers, out: &mut String) {
    heading(section, numbers, out);
    put!(
        out,
        "```text\n{} <{}> & co\n{}\n```\n\n{} `{}`.\n",
        numbers.phrase(4),
        numbers.phrase(1),
        numbers.phrase(6),
        numbers.phrase(6),
        numbers.phrase(1)
    );
}

fn list(section: usize, numbers: &mut Numbers, out: &mut String) {
    heading(section, numbers, out);
    for _ in 0..3 {
        put!(
            out,
            "- {}\n  1. {}\n  2. ~~{}~~ {}\n",
            numbers.phrase(5),
            numbers.phrase(3),
            numbers.phrase(1),
            numbers.phrase(3)
        );
    }
}

fn callout(section: usize, numbers: &mut Numbers, out: &mut String) {
    heading(section, numbers, out);
    put!(
        out,
        "> [!IMPORTANT]\n> {}.\n\n{}:\n\n> {}.\n",
        numbers.phrase(12),
        numbers.phrase(3),
        numbers.phrase(10)
    );
}

fn picture(section: usize, numbers: &mut Numbers, out: &mut String) {
    heading(section, numbers, out);
    put!(
        out,
        "![{}](../assets/shema.svg \"{}\")\n\n{}.\n",
        numbers.phrase(4),
        numbers.phrase(3),
        numbers.phrase(14)
    );
}
