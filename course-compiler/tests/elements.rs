//! What authors write beside plain text: things that open, keys, words in other languages, code, titles of links,
//! descriptions of pictures; and lessons whose address changes.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

use course_compiler::compile::{Compilation, Options, compile_tree};
use course_compiler::fix;
use course_compiler::load::Tree;
use course_compiler::search::Query;
use course_compiler::{Course, Language, QuestionId, QuestionView, Segment};

const COURSE: &str = "id = \"kurss\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\n\
                      source_language = \"lv\"\ntitle = { lv = \"Kurss\" }\nsummary = { lv = \"Īsi.\" }\n";
const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"></svg>";

const VIEW: QuestionView<'_> = QuestionView {
    language: Language::Lv,
    response: None,
    shuffle_seed: None,
    marked: None,
    disabled: false,
    id_prefix: "q-a",
    heading: None,
    takes_focus: false,
    described_by: None,
};

fn lesson(id: &str, body: &str) -> String {
    format!("+++\nid = \"l-{id}\"\ntitle = \"Nodarbība {id}\"\nminutes = 1\n+++\n\n{body}\n")
}

fn compile(files: &[(&str, &str)]) -> Compilation {
    let shared = [
        ("kurss/course.toml", COURSE),
        ("kurss/assets/rampa.svg", PICTURE),
    ];
    let tree = Tree::from_texts(shared.iter().chain(files).copied());
    compile_tree(&tree, &Options::default(), &()).unwrap()
}

fn course(body: &str) -> Compilation {
    let compilation = compile(&[("kurss/lv/01-a.md", &lesson("a", body))]);
    let told: Vec<&str> = compilation
        .diagnostics
        .iter()
        .filter(|found| !["lock-stale", "asset-unused", "quiz-no-feedback"].contains(&&*found.code))
        .map(|found| found.message.as_str())
        .collect();
    assert_eq!(told, [""; 0], "{body}");
    compilation
}

/// The HTML of the only lesson, without its questions.
fn html(body: &str) -> String {
    let compilation = course(body);
    let (_, text) = compilation.bundle.courses[0].lessons[0]
        .text(Language::Lv)
        .unwrap();
    text.segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Html(html) => Some(html.as_str()),
            Segment::Question(_) => None,
        })
        .collect()
}

#[test]
fn details_open_and_are_found_by_searching() {
    let body = "> [!DETAILS]\n> Kā aprēķina *slodzi*?\n>\n> Saskaita stundas.\n>\n> - pirmdiena\n";
    insta::assert_snapshot!(html(body), @r##"
<details class="details details--text"><summary>Kā aprēķina <em>slodzi</em>?</summary>
<div class="details__text">
<p>Saskaita stundas.</p>
<ul>
<li>pirmdiena</li>
</ul>
</div></details>
"##);
    let compilation = course(body);
    let index = &compilation.bundle.courses[0].search[&Language::Lv];
    for words in ["slodze", "stundas", "pirmdiena"] {
        assert_eq!(
            index.find(&Query::new(words, Language::Lv)).len(),
            1,
            "{words}"
        );
    }
}

#[test]
fn keys_are_told_apart_from_code() {
    insta::assert_snapshot!(
        html("Spiediet `Tab`{.key}, `Ctrl + Shift+C`{.key}, `Ctrl++`{.key}, `+`{.key}, `<`{.key} vai `kods`."),
        @r##"<p>Spiediet <kbd>Tab</kbd>, <kbd class="keys"><kbd>Ctrl</kbd>+<kbd>Shift</kbd>+<kbd>C</kbd></kbd>, <kbd class="keys"><kbd>Ctrl</kbd>+<kbd>+</kbd></kbd>, <kbd>+</kbd>, <kbd>&lt;</kbd> vai <code>kods</code>.</p>"##
    );
}

#[test]
fn words_in_another_language_say_which() {
    insta::assert_snapshot!(
        html("## *Mobbing*{lang=en} darbā\n\nTas ir [mobbing]{lang=en}, **Würde**{lang=de-AT} un [כבוד]{lang=he}."),
        @r##"
<h2 id="h-mobbing-darbā"><span lang="en"><em>Mobbing</em></span> darbā</h2>
<p>Tas ir <span lang="en">mobbing</span>, <span lang="de-AT"><strong>Würde</strong></span> un <bdi lang="he">כבוד</bdi>.</p>
"##
    );
}

#[test]
fn links_keep_their_titles() {
    insta::assert_snapshot!(html("[Likums](https://likumi.lv \"Spēkā no \\\"2002\\\"\")"), @r##"<p><a href="https://likumi.lv" title="Spēkā no &quot;2002&quot;">Likums</a></p>"##);
}

#[test]
fn a_picture_has_a_long_description_below_it() {
    insta::assert_snapshot!(
        html("![Rampa](../assets/rampa.svg \"Rampa Rīgā\")\n\n> [!DESCRIPTION]\n> Rampa ved pie durvīm.\n"),
        @r##"
<figure><img src="/media/ae204dced1ce94c7-rampa.svg" alt="Rampa" width="4" height="3" loading="lazy" decoding="async"><figcaption>Rampa Rīgā</figcaption></figure>
<details class="details details--description"><summary>Attēla apraksts</summary>
<div class="details__text">
<p>Rampa ved pie durvīm.</p>
</div></details>
"##
    );
    for body in [
        "![](../assets/rampa.svg){.decorative}\n\n> [!DESCRIPTION]\n> Teksts.",
        "Teksts ar ![Rampa](../assets/rampa.svg).\n\n> [!DESCRIPTION]\n> Teksts.",
        "![Rampa](../assets/rampa.svg)\n\n> [!DESCRIPTION]\n",
    ] {
        let compilation = compile(&[("kurss/lv/01-a.md", &lesson("a", body))]);
        let told = compilation.diagnostics.iter();
        assert!(
            told.map(|found| &*found.code)
                .any(|code| code == "details-malformed"),
            "{body}"
        );
    }
}

#[test]
fn code_is_highlighted() {
    insta::assert_snapshot!(html("```sql\nSELECT 1 -- viens\n```\n\n```\nbez valodas <\n```\n"), @r##"
<pre class="code" tabindex="0"><code><span class="code__keyword">SELECT </span><span class="code__constant">1 </span><span class="code__comment">-- viens</span>
</code></pre>
<pre class="code" tabindex="0"><code>bez valodas &lt;
</code></pre>
"##);
}

#[test]
fn answers_can_hold_code() {
    let body = "## Kas izsauc? {#q-a .single}\n\n- [x] Šis:\n\n  ```sql\n  SELECT 1;\n  ```\n\n  > Jo tā.\n\n- [ ] Cits:\n\n  \
                ```sql\n  SELECT 2;\n  ```\n";
    let compilation = course(body);
    let course: &Course = &compilation.bundle.courses[0];
    let question = course.question(&QuestionId::from("q-a")).unwrap();
    let shown = question.render(&VIEW);
    insta::assert_snapshot!(shown, @r##"
<fieldset class="question__fieldset">
<legend class="question__legend"><span class="question__title">Kas izsauc?</span> <span class="question__instruction">Izvēlieties vienu</span></legend>
<div class="choice"><input class="choice__input" type="radio" id="q-a-c714a8fe3" name="a" value="c714a8fe3"><label class="choice__label" for="q-a-c714a8fe3">Šis:<code class="code code--answer"><span class="code__keyword">SELECT </span><span class="code__constant">1</span>;</code></label></div>
<div class="choice"><input class="choice__input" type="radio" id="q-a-cccd16c5d" name="a" value="cccd16c5d"><label class="choice__label" for="q-a-cccd16c5d">Cits:<code class="code code--answer"><span class="code__keyword">SELECT </span><span class="code__constant">2</span>;</code></label></div>
</fieldset>
"##);
    // In a label there are no blocks, and nothing takes the focus.
    assert!(!shown.contains("<pre"));

    let order = "## Secība? {#q-a .order}\n\n1. Pirmā:\n\n   ```sh\n   cd /tmp\n   ```\n2. Otrā\n3. Trešā\n";
    let compilation = self::course(order);
    let question = compilation.bundle.courses[0]
        .question(&QuestionId::from("q-a"))
        .unwrap();
    assert!(
        question.texts[&Language::Lv]
            .parts
            .values()
            .any(|part| part.contains("code--answer"))
    );
}

/// The course after its lessons got other names, with the lock of before.
fn renamed(before: &[(&str, &str)], after: &[(&str, &str)]) -> Compilation {
    let lock = compile(before).locks["kurss"].clone();
    let mut files = after.to_vec();
    files.push(("kurss/course.lock", &lock));
    compile(&files)
}

#[test]
fn the_addresses_that_a_lesson_had_lead_to_it() {
    let (a, b) = (
        lesson("a", "Pirmais teksts."),
        lesson("b", "Otrais teksts."),
    );
    let first = [
        ("kurss/lv/01-ievads.md", &*a),
        ("kurss/lv/02-beigas.md", &*b),
    ];
    let second = [
        ("kurss/lv/01-sakums.md", &*a),
        ("kurss/lv/02-beigas.md", &*b),
    ];
    let compilation = renamed(&first, &second);
    let course = &compilation.bundle.courses[0];
    assert_eq!(course.lessons[0].slugs_before, ["ievads"]);
    assert_eq!(
        course.lesson_by_slug_before("ievads").unwrap().slug,
        "sakums"
    );
    // The lock does not know the new address yet, and a third name would be its only memory.
    assert!(
        compilation
            .diagnostics
            .iter()
            .any(|found| found.code == "lock-stale")
    );

    // Once it does, it remembers the old one, and later the ones between.
    let lock = compilation.locks["kurss"].clone();
    let third = [
        ("kurss/lv/03-prieksvards.md", &*a),
        ("kurss/lv/02-beigas.md", &*b),
        ("kurss/course.lock", &*lock),
    ];
    let compilation = compile(&third);
    let lesson = compilation.bundle.courses[0]
        .lesson_by_slug("prieksvards")
        .unwrap();
    assert_eq!(lesson.slugs_before, ["ievads", "sakums"]);

    // An address that another lesson has now is that lesson's.
    let lock = compilation.locks["kurss"].clone();
    let taken = [
        ("kurss/lv/03-prieksvards.md", &*a),
        ("kurss/lv/02-ievads.md", &*b),
        ("kurss/course.lock", &*lock),
    ];
    let compilation = compile(&taken);
    let course = &compilation.bundle.courses[0];
    assert_eq!(
        course.lesson_by_slug("prieksvards").unwrap().slugs_before,
        ["sakums"]
    );
    assert!(course.lesson_by_slug_before("ievads").is_none());
    assert_eq!(
        course.lesson_by_slug_before("beigas").unwrap().slug,
        "ievads"
    );

    // And one that it had and has again is no earlier one.
    let lock = compilation.locks["kurss"].clone();
    let back = [
        ("kurss/lv/01-sakums.md", &*a),
        ("kurss/lv/02-beigas.md", &*b),
        ("kurss/course.lock", &*lock),
    ];
    let compilation = compile(&back);
    let lesson = compilation.bundle.courses[0]
        .lesson_by_slug("sakums")
        .unwrap();
    assert_eq!(
        lesson.slugs_before,
        ["prieksvards"],
        "`ievads` is free again, and the other lesson's"
    );
}

#[test]
fn a_link_to_the_old_name_of_a_lesson_is_put_right() {
    let (a, b) = (
        lesson("a", "## X"),
        lesson("b", "Sk. [sākumu](01-ievads.md#x)."),
    );
    let before = [("kurss/lv/01-ievads.md", &*a), ("kurss/lv/02-b.md", &*b)];
    let after = [("kurss/lv/05-sakums.md", &*a), ("kurss/lv/02-b.md", &*b)];
    let compilation = renamed(&before, &after);
    let told = compilation
        .diagnostics
        .iter()
        .find(|found| found.code == "link-broken")
        .unwrap();
    assert_eq!(
        told.help.as_deref(),
        Some("`01-ievads.md` is named `05-sakums.md` now")
    );
    let lock = compile(&before).locks["kurss"].clone();
    let files = [
        ("kurss/course.toml", COURSE),
        ("kurss/course.lock", &*lock),
        after[0],
        after[1],
    ];
    let plan = fix::plan(Tree::from_texts(files), &Options::default()).unwrap();
    let fixed = String::from_utf8_lossy(&plan["kurss/lv/02-b.md"].after);
    assert!(fixed.contains("[sākumu](05-sakums.md#x)"), "{fixed}");
}
