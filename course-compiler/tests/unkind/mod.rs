//! Lessons that are long or deep on purpose: each repeats what costs more than linear time or memory when it is done
//! badly. Used by a test, which counts what is allocated, and by the benchmarks, which measure time.

/// Makes a lesson with so many repetitions.
pub(crate) type OfSize = fn(usize) -> String;

/// A name, how many repetitions a short lesson has, and what makes the lesson.
pub(crate) const LESSONS: [(&str, usize, OfSize); 11] = [
    ("quotes", 500, |n| "> ".repeat(n)),
    ("lists", 500, |n| "- ".repeat(n)),
    ("emphasis", 500, |n| "*a _b ".repeat(n)),
    ("brackets", 500, |n| "[".repeat(n)),
    ("references", 250, |n| "[^a]".repeat(n)),
    ("html", 100, |n| "<b>\n\n".repeat(n)),
    ("headings", 250, |n| "## a\n\n".repeat(n)),
    ("footnotes", 100, |n| {
        let notes = (0..n).map(|at| format!("a[^{at}]\n\n[^{at}]: b\n\n"));
        notes.collect()
    }),
    ("gaps", 100, |n| {
        format!("## K? {{#q-a .cloze}}\n\n{}", "a [[b]] ".repeat(n))
    }),
    ("questions", 50, |n| "# {#q-a .single}\n\n".repeat(n)),
    ("steps", 50, |n| {
        let steps = "### a {#s-a}\n\n- [b](#s-b)\n\n".repeat(n);
        format!("## K? {{#q-a .case}}\n\n{steps}")
    }),
];

/// How many times as long the long lesson is.
pub(crate) const LONGER: usize = 8;

/// The file of a lesson with this text.
pub(crate) fn lesson(body: &str) -> String {
    format!("+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n{body}")
}
