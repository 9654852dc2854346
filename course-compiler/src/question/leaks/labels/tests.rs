//! Labels in all forms and places, other ways to reveal the answer, and texts that must not be reported.

use crate::question::leaks::testing::{HEAD, LIST, asked, assert_let_pass, assert_refused, fixed};

/// Labels of answers, explanations and hints.
const LABELS: [&str; 80] = [
    "Atbilde",
    "Atb.",
    "Pareizā atbilde",
    "Pareiza atbilde",
    "PAREIZĀ ATBILDE",
    "Pareizais variants",
    "Pareizā izvēle",
    "Nepareizā atbilde",
    "Aplamā atbilde",
    "Atslēga",
    "Atbilžu atslēga",
    "Risinājums",
    "Paskaidrojums",
    "Skaidrojums",
    "Izskaidrojums",
    "Pamatojums",
    "Komentārs",
    "Piezīme",
    "Ieteikums",
    "Padoms",
    "Mājiens",
    "Vihje",
    "Answer",
    "Ans",
    "Answer key",
    "Correct answer",
    "The correct answer",
    "Correct",
    "Right answer",
    "Wrong answer",
    "Best answer",
    "Model answer",
    "Sample answer",
    "Suggested answer",
    "Expected response",
    "Accepted answers",
    "Correct option",
    "Right choice",
    "Correct response",
    "Key",
    "Solution",
    "Explanation",
    "Rationale",
    "Reason",
    "Justification",
    "Feedback",
    "Comment",
    "Note",
    "Tip",
    "Hint",
    "Clue",
    "Hint 1",
    "Padoms Nr. 2",
    "Hint #2",
    "Answer 1",
    "Iemesls",
    "Paskaidrojums par atbildi",
    "Pareizā secība",
    "Answer for question 1",
    "Atgriezeniskā saite",
    "Explanation of the answer",
    "Atbildes pamatojums",
    "Pareizās atbildes paskaidrojums",
    "Pareizo atbilžu atslēga",
    "ANSWERS",
    "Kāpēc",
    "Why",
    "Jautājuma atbilde",
    "Correct answer (B)",
    "Atbilde Nr.1",
    "Pareizās",
    "Nepareizi",
    "Aplami",
    "Iespējamā atbilde",
    "Parauga atbilde",
    "Atbildes paraugs",
    "Final answer",
    "Hints",
    "Skaidrojumi",
    "Answers and explanations",
];

/// The forms of a label before its content; `@` is the label.
const DRESSES: [&str; 24] = [
    "@: aa",
    "**@:** aa",
    "**@**: aa",
    "*@*: aa",
    "__@__ : aa",
    "\\_@\\_: aa",
    "Teksts.\n@: aa",
    "Teksts. @: aa",
    "Teksts? @: aa",
    "Teksts? **@:** aa",
    "(@: aa)",
    "Teksts (@: aa).",
    "- @: aa",
    "1. @: aa",
    "@\u{ff1a} aa",
    "> **@:** aa",
    "> [!IMPORTANT]\n> @: aa",
    "  @ :\u{a0} aa",
    "| A | B |\n|---|---|\n| @: aa | x |",
    "@:\naa",
    "### @: aa",
    "Tabula: @: aa\n\n| A | B |\n|---|---|\n| a | b |",
    "![@: aa](../assets/a.png)",
    "![A](../assets/a.png \"@: aa\")",
];

/// Labels that also count without a colon.
const STRONG_LABELS: [&str; 13] = [
    "Atbilde",
    "Pareizā atbilde",
    "Paskaidrojums",
    "Skaidrojums",
    "Padoms",
    "Mājiens",
    "Risinājums",
    "Answer",
    "Correct answer",
    "Explanation",
    "Hint",
    "Solution",
    "Answer key",
];

/// The forms of these.
const STRONG_DRESSES: [&str; 18] = [
    "@ – aa",
    "@ - aa",
    "@ — aa",
    "@ = aa",
    "@ -> aa",
    "@ → aa",
    "@\naa",
    "**@**\naa",
    "**@**\n\naa",
    "### @\n\naa",
    "> **@**\n> aa",
    "> ### @\n> aa",
    "**@** aa",
    "**@.** Aa",
    "@. Aa",
    "Teksts **@:** aa",
    "Teksts @: aa",
    "Teksts – @: aa",
];

/// Each label in each form.
fn dressed(labels: &[&str], dresses: &[&str]) -> Vec<String> {
    labels
        .iter()
        .flat_map(|label| dresses.iter().map(move |dress| dress.replace('@', label)))
        .collect()
}

/// Labels of notes that are not for learners.
const ASIDES: [&str; 28] = [
    "Teacher note",
    "Teacher's note",
    "Teachers’ notes",
    "Note for teachers",
    "Instructor notes",
    "For teachers",
    "For teachers only",
    "To the reviewer",
    "Note to self",
    "Author's note",
    "Editor's comment",
    "TODO",
    "FIXME",
    "Komentārs skolotājam",
    "Piezīme skolotājiem",
    "Skolotāja piezīme",
    "Skolotājiem",
    "Tikai pasniedzējiem",
    "Pasniedzējam",
    "Kursa vadītājam",
    "Piezīme sev",
    "Marking scheme",
    "Mark scheme",
    "Marking guide",
    "Grading",
    "Grading notes",
    "Vērtēšana",
    "Vērtēšanas shēma",
];

/// The forms of these.
const ASIDE_DRESSES: [&str; 10] = [
    "@: aa",
    "**@:** aa",
    "*@*: aa",
    "Teksts. @: aa",
    "(@: aa)",
    "> @: aa",
    "> [!IMPORTANT]\n> @: aa",
    "@ – aa",
    "**@**\n\naa",
    "### @\n\naa",
];

#[test]
fn a_note_that_is_not_for_learners_is_an_error() {
    let texts = dressed(&ASIDES, &ASIDE_DRESSES);
    assert_refused(&texts.iter().map(|text| asked(text)).collect::<Vec<_>>());
    let texts = [
        "Teacher note: give one point for A.",
        "Note to self: choose other answers.",
        "- Teacher note: aa",
        "- Grading: 1 point for A",
        "Grading: 1 point for A and C",
        "Marking: 1 p. each for A and C",
        "Atsauksme: aa",
        "Atsauksmes: aa",
        "**Atsauksme.** Aa",
        "Explanatory note: aa",
        "Palīgjautājums: aa",
        "True: A, C",
        "Patiesi: A un C",
        "False: B",
    ];
    assert_refused(&texts.map(asked));
}

#[test]
fn a_note_that_is_quoted_is_one_all_the_same() {
    assert_refused(&[
        asked("> Note: aa"),
        asked("> Note – aa"),
        asked("> Piezīme: aa"),
        asked("> **Note:** aa"),
        asked("> NB: aa"),
        asked("> Komentārs: aa"),
        asked("> Key: aa"),
        asked("> Solution: aa"),
        asked("> Risinājums: aa"),
        asked("> Hint: aa"),
        asked("> Atsauksme: aa"),
        asked("> Teksts.\n> Note: aa"),
        asked("Note: only the employer has the duty."),
        asked("Piezīme: pienākums jāpilda darba devējam."),
        asked("Piezīme: ņemiet vērā, ka pienākums ir devējam."),
    ]);
    assert_let_pass(&[
        asked("> Note: choose two answers."),
        asked("> Piezīme: jāizvēlas divas atbildes."),
        asked("> Note the date."),
        asked("Piezīme: tikai viena atbilde ir pareiza."),
        asked("Note: only one answer is right."),
        asked("> Tāpēc: nē."),
        asked("> „Piezīme: slims.”"),
    ]);
}

#[test]
fn callouts_of_other_tools_are_an_error() {
    for text in [
        "```{hint}\naa\n```",
        "```{admonition} Answer\naa\n```",
        "```{admonition}\naa\n```",
        "~~~{note}\naa\n~~~",
        "```{dropdown} Atbilde\naa\n```",
        "````{solution}\naa\n````",
        "``` {hint}\naa\n```",
        "```{.hint}\naa\n```",
        "```{tip}\n:class: dropdown\naa\n```",
        "```hint\naa\n```",
        "```note\naa\n```",
        "```spoiler\naa\n```",
        "```ad-note\naa\n```",
        "```padoms\naa\n```",
        ":::{hint}\naa\n:::",
        "??? note\n    aa",
        "???+ note\n    aa",
        "!!! hint\n    aa",
        "!!!+ hint\n    aa",
        "/// hint\naa\n///",
        "/// details | Atbilde\naa\n///",
        "{% hint style=\"info\" %}\naa\n{% endhint %}",
        ".. hint::\n   aa",
        ".. admonition:: Atbilde\n   aa",
        "\\begin{solution}\naa\n\\end{solution}",
        "- teksts\n\n  ```{hint}\n  aa\n  ```",
        "> ```{hint}\n> aa\n> ```",
    ] {
        assert_refused(&[asked(text)]);
    }
    assert_let_pass(&[
        asked("```text\naa\n```"),
        asked("```\naa\n```"),
        asked("```toml\na = 1\n```"),
        asked("```{.toml}\na = 1\n```"),
        asked("```python\nnote = 1\n```"),
        asked("```error\naa\n```"),
        asked("... un tā tālāk."),
        asked("Rakstiet uz info@example.org"),
    ]);
}

#[test]
fn a_note_stands_where_it_is_referred_to() {
    assert_let_pass(&[
        format!("{HEAD}{LIST}\n> [!NOTE]\n> Tā.[^1]\n\n[^1]: Pareizā atbilde: aa\n"),
        format!("{HEAD}- [x] a\n  > Jā.[^1]\n- [ ] b\n\n[^1]: Paskaidrojums: aa\n"),
        format!("TEST:{HEAD}{LIST}\n> [!NOTE]\n> Tā.[^1]\n\n[^1]: Pareizā atbilde: aa\n"),
    ]);
    assert_refused(&[
        format!("{HEAD}{LIST}\n> [!TIP]\n> Domā.[^1]\n\n[^1]: Pareizā atbilde: aa\n"),
        format!("{HEAD}- [x] a[^1]\n- [ ] b\n\n[^1]: Pareizā atbilde: aa\n"),
        format!("TEST:Teksts.[^1]\n\n{HEAD}{LIST}\n[^1]: Pareizā atbilde: aa\n"),
    ]);
}

#[test]
fn a_label_is_found_in_every_dress() {
    let texts = dressed(&LABELS, &DRESSES);
    assert_refused(&texts.iter().map(|text| asked(text)).collect::<Vec<_>>());
    let texts = dressed(&STRONG_LABELS, &STRONG_DRESSES);
    assert_refused(&texts.iter().map(|text| asked(text)).collect::<Vec<_>>());
}

#[test]
fn a_label_is_found_in_every_place() {
    let places = [
        "## Kurš? @: aa {#q-a .single}\n\n- [x] a\n- [ ] b\n",
        "## Kurš? {#q-a .single}\n\n- [x] a\n- [ ] b\n\n> [!TIP]\n> Domā.\n\n@: aa\n",
        "## Ko? {#q-a .reflect}\n\nDomājiet.\n\n@: aa\n",
        "## Ko? {#q-a .cloze}\n\nViens [[a]].\n\n@: aa\n",
        "## Cik? {#q-a .numeric}\n\n@: aa\n\n- [x] 5\n",
        "## Kas? {#q-a .short}\n\n@: aa\n\n- [x] viens\n",
        "## Ko? {#q-a .match}\n\n@: aa\n\n| A | B |\n|---|---|\n| a | b |\n| c | d |\n",
        "## Ko? {#q-a .order}\n\n@: aa\n\n1. a\n2. b\n3. c\n",
        "## Ko? {#q-a .case}\n\n### A {#s-a}\n\n@: aa\n\n- [Jā](#s-b)\n\n### B {#s-b .outcome mark=\"100%\"}\n\nX\n",
    ];
    assert_refused(&dressed(&LABELS, &places));
    let places = [
        "## Ko? {#q-a .reflect}\n\nDomājiet.\n\n### @\n\naa\n",
        "## Ko? {#q-a .cloze}\n\nViens [[a]].\n\n### @\n\naa\n",
        "## Ko? {#q-a .single}\n\nTeksts[^1]\n\n- [x] a\n- [ ] b\n\n[^1]: @: aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] a\n- [ ] b\n\n---\n\n@: aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] a\n- [ ] b\n\n## @\n\naa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] a\n- [ ] b\n\n---\n\n**@**\n\naa\n",
    ];
    assert_refused(&dressed(&STRONG_LABELS, &places));
}

#[test]
fn the_eye_sees_no_difference_and_neither_does_the_compiler() {
    for text in [
        "Pareizā\u{a0}atbilde: aa",
        "Pareizā  atbilde : aa",
        "At\u{200b}bilde: aa",
        "At\u{ad}bilde: aa",
        "\u{feff}Atbilde: aa",
        "**Pareizā** atbilde: aa",
        "*Pareizā* **atbilde**: aa",
        "Pareiza\u{304} atbilde: aa",
        "PAREIZA ATBILDE: aa",
        "\u{410}tbilde: aa",
        "Atbilde\u{2236} aa",
        "Atbilde \u{2012} aa",
    ] {
        assert_refused(&[asked(text)]);
    }
}

#[test]
fn within_quotation_marks_and_in_code_a_label_is_text() {
    let dresses = [
        "Iesniegumā: „@: aa”.",
        "«@: aa»",
        "\"@: aa\"",
        "Kods `@: aa`.",
        "“@: aa”",
        "„@”",
        "```\n@: aa\n```",
    ];
    let texts = dressed(&LABELS, &dresses);
    assert_let_pass(&texts.iter().map(|text| asked(text)).collect::<Vec<_>>());
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of samples")]
fn what_tells_the_answer_in_other_ways_is_an_error() {
    let texts = [
        "**Atbilde.** Aa",
        "Atbilde. Aa",
        "**Pareizā atbilde.** Aa",
        "Pareizā atbilde. Aa",
        "**Paskaidrojums.** Aa",
        "Paskaidrojums. Aa",
        "**Skaidrojums.** Aa",
        "Skaidrojums. Aa",
        "**Padoms.** Aa",
        "Padoms. Aa",
        "**Mājiens.** Aa",
        "Mājiens. Aa",
        "**Risinājums.** Aa",
        "Risinājums. Aa",
        "**Answer.** Aa",
        "Answer. Aa",
        "**Correct answer.** Aa",
        "Correct answer. Aa",
        "**Explanation.** Aa",
        "Explanation. Aa",
        "**Hint.** Aa",
        "Hint. Aa",
        "**Solution.** Aa",
        "Solution. Aa",
        "**Answer key.** Aa",
        "Answer key. Aa",
        "Pareizā atbilde ir aa.",
        "The answer is aa",
        "The right option is aa.",
        "The correct answer is B.",
        "Pareizais variants ir B.",
        "Atbilde ir aa.",
        "Teksts. Pareizā atbilde ir aa.",
        "Aa ir pareizā atbilde.",
        "Aa is the correct answer.",
        "B ir pareizi.",
        "Atbilde B ir pareiza.",
        "Pareizi ir B.",
        "The correct answers are A and C.",
        "Pareizās atbildes ir A un C.",
        "Pareiza ir atbilde B.",
        "Pareizā atbilde būtu aa.",
        "The answer would be aa.",
        "Pareizā\u{a0}atbilde:\u{a0}aa",
        "Pareizā  atbilde : aa",
        "At\u{200b}bilde: aa",
        "At\u{ad}bilde: aa",
        "**Pareizā** atbilde: aa",
        "*Pareizā* **atbilde**: aa",
        "Pareiza\u{304} atbilde: aa",
        "pareizA AtBiLdE: aa",
        "Аtbilde: aa",
        "{=aa}",
        "{~=aa ~bb}",
        "{1:MULTICHOICE:=a~b}",
        "{T}",
        "{1:SA:=aa}",
        "ANSWER: B",
        ">! aa",
        "||aa||",
        "<details><summary>Atbilde</summary>aa</details>",
        "<!-- Atbilde: aa -->",
        "=aa\n~bb",
        "Aa {=bb ~cc}",
        "\\*a) aa\nb) bb",
        "{{c1::aa}}",
        "![Pareizā atbilde: aa](../assets/a.png)",
        "![x](../assets/a.png \"Atbilde: aa\")",
        "| Jautājums | Pareizā atbilde |\n|---|---|\n| a | b |",
        "| Question | Answer |\n|---|---|\n| a | b |",
        "Tabula: Pareizās atbildes\n\n| A | B |\n|---|---|\n| a | b |",
        "Teksts[^1]\n\n[^1]: Pareizā atbilde: aa",
        "Teksts[^1]\n\n[^1]: Paskaidrojums: aa",
        "[spoiler]aa[/spoiler]",
        "[Atbilde] aa",
        "(Pareizā atbilde) aa",
        "- Teksts\n  - Atbilde: aa",
        "Teksts\\\nAtbilde: aa",
        "🔑 Atbilde: aa",
        "➡️ Pareizā atbilde: aa",
        "1) Atbilde: aa",
        "• Atbilde: aa",
        "//Atbilde: aa",
        "Kurš? (Atbilde: aa)",
        "Atbilde:aa",
        "Atbilde::aa",
        "Atbilde:\u{a0}\u{a0}aa",
        "[Atbilde: aa](https://example.org)",
        "~~Atbilde: aa~~",
        "Paskaidrojums:",
        "**Pareizā atbilde:**\n\naa",
        "***Pareizā atbilde:*** aa",
        "Teksts teksts. Pareizā atbilde\nir aa.",
        "Pareizais\nvariants: aa",
        "Pareizā atbilde ir\naa.",
        "> [!IMPORTANT]\n> Atbilde: aa",
        "> [!WARNING]\n> Pareizā atbilde ir aa",
        "Pareizās: A, C",
        "Pareizais: B",
        "Tā ir pareizā atbilde: aa",
        "Pareizā atbilde – tas ir aa",
        "Correct: B",
        "Atbilde\n: aa",
        "Atbilde ➔ aa",
        "Atbilde ‒ aa",
        "Atbilde∶ aa",
        "The answers are a and c",
        "\\*\\*Atbilde:\\*\\* aa",
        "\\_Atbilde\\_: aa",
        "Kurš īsteno? **Atbilde** aa",
        "Kurš? *(atbilde: aa)*",
        "Pareizi ir: aa",
        "Atbilde (aa): bb",
        "(Answer: B)",
        "Ans.: aa",
        "Ans: B",
        "ans. = B",
        "Correct Ans: B",
        "Correct answer: **B**",
        "**Correct answer**\n\nB",
        "Answers: 1-a, 2-b",
        "Answers\n\n1. a\n2. b",
        "**Answers**\n\n1. a\n2. b",
        "Correct Response - B",
        "Note: because aa",
        "NB! Paskaidrojums: aa",
        "Paskaidrojumi:\n\n- a: aa",
        "Pareizā atbilde: „aa”",
        "Jautājums: kas? Atbilde: aa",
        "J: kas?\nAtbilde: aa",
        "Q: what? A: aa. Answer: aa",
        "- [Atbilde](https://example.org): aa",
        "- **Atbilde** – aa",
        "1. **Paskaidrojums.** Aa",
        "*Skaidrojums*\n: aa",
        "> ### Atbilde\n> aa",
        "> Paskaidrojums: aa",
        "| Atbilde | aa |\n|---|---|\n| a | b |",
        "| a | b |\n|---|---|\n| Atbilde | aa |",
        "Ideal answer: aa",
        "Possible answer: aa",
        "Iespējamā atbilde: aa",
        "Parauga atbilde: aa",
        "Atbildes paraugs: aa",
        "Ieteicamā atbilde: aa",
        "Sagaidāmā atbilde: aa",
        "Īsa atbilde: aa",
        "Pilna atbilde: aa",
        "Answer explanation: aa",
        "Reasoning: aa",
        "Tip 2: aa",
        "Padoms (2): aa",
        "Paskaidrojums Nr. 1 – aa",
        "Correct match: a-b",
        "Correct order: a, b, c",
        "Pareizie pāri: a-b",
        "Pareizais skaitlis: 5",
        "Pareizais burts: B",
        "Pareizā secība ir a, b, c.",
        "The correct order is b, a, c.",
        "Pareizi: aa",
        "Nepareizi: bb",
        "Wrong: bb",
        "Wrong answers: bb, cc",
        "Right: aa",
        "Galīgā atbilde: aa",
        "Final answer: aa",
        "Precīza atbilde: aa",
        "Kurš?\n\nAtbilde: aa\n\nTeksts",
        "Atbildes un paskaidrojumi:\n\n1. aa",
        "Answers and explanations: aa",
    ];
    assert_refused(&texts.iter().map(|text| asked(text)).collect::<Vec<_>>());
    let texts = [
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> Padoms: Atbilde: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> Atbilde: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> Pareizā atbilde ir aa.\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> The answer is aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> Domā. Pareizi: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> Paskaidrojums: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> {=aa}\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> **Atbilde**\n> aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\nPaskaidrojums: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\nPaskaidrojums: aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\nPaskaidrojums: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n### Paskaidrojums\n\naa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n### Paskaidrojums\n\naa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n### Paskaidrojums\n\naa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n**Pareizā atbilde** aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n**Pareizā atbilde** aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n**Pareizā atbilde** aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> **Paskaidrojums**\n> aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n> **Paskaidrojums**\n> aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n> **Paskaidrojums**\n> aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n## Paskaidrojums\n\naa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n## Atbilde\n\naa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n## Atbilžu atslēga\n\n1. aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n## Vēl {#q-b .single}\n\n- [x] a\n- [ ] b\n\n---\n\nPareizās atbildes: 1a, 2b\n",
        "TEST:Pareizās atbildes: 1a\n\n## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\nTeksts.\n\nAtbilde: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n| Jautājums | Pareizā atbilde |\n|---|---|\n| a | b |\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n> [!NOTE]\n> Pareizā atbilde: aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\nPadoms: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] ~~Bb~~\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb – nepareizi\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] ❌ Bb\n",
        "## Sec {#q-a .survey}\n\n- [ ] a `+50%`\n- [ ] b\n",
        "## Sec {#q-a .order}\n\n1. a `+50%`\n2. b\n3. c\n",
        "## Kurš? {#q-a .single}\n\n- [x] Darba devējs\n- [ ] Bb\n\n> [!TIP]\n> Darba devējs.\n",
        "## Ko? {#q-a .case}\n\n### A {#s-a}\n\nT.\n\n- [Jā (pareizi)](#s-b)\n- [Nē](#s-c)\n\n### B {#s-b .outcome mark=\"100%\"}\n\nX\n\n### C {#s-c .outcome mark=\"0%\"}\n\nX\n",
        "## Ko? {#q-a .case}\n\n### A {#s-a}\n\nPareizā izvēle: jā.\n\n- [Jā](#s-b)\n- [Nē](#s-c)\n\n### B {#s-b .outcome mark=\"100%\"}\n\nX\n\n### C {#s-c .outcome mark=\"0%\"}\n\nX\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\nAtbildes\n--------\n\naa\n",
        "## Cik? {#q-a .numeric}\n\nAtbilde: 5\n\n- [x] 5\n",
        "## Kas? {#q-a .short}\n\nPareizā atbilde ir 5.\n\n- [x] 5\n",
        "## Kas? {#q-a .match}\n\nAtslēga: 1a\n\n| A | B |\n|---|---|\n| a | b |\n| c | d |\n",
        "## Kas? {#q-a .order}\n\nPareizā secība: a, b\n\n1. a\n2. b\n3. c\n",
    ];
    assert_refused(&texts.map(str::to_owned));
}

#[test]
fn a_label_below_the_answers_becomes_a_callout() {
    for (below, expected) in [
        (
            "Paskaidrojums: tā *nosaka* likums.\n",
            "> [!NOTE]\n> Paskaidrojums: tā *nosaka* likums.\n",
        ),
        (
            "### Paskaidrojums\n\nTā.\n\nUn vēl.\n",
            "> [!NOTE]\n> Tā.\n>\n> Un vēl.\n",
        ),
        ("**Padoms:** domā.\n", "> [!TIP]\n> **Padoms:** domā.\n"),
        (
            "> [!TIP]\n> Domā.\n\nAtbilde: aa\n",
            "> [!TIP]\n> Domā.\n\n> [!NOTE]\n> Atbilde: aa\n",
        ),
        (
            "> [!TIP]\n> Domā.\n### Atbilde\naa\n",
            "> [!TIP]\n> Domā.\n\n> [!NOTE]\n> aa\n",
        ),
    ] {
        let (text, said) = fixed(&format!("{HEAD}{LIST}\n{below}"));
        assert_eq!(text, format!("{HEAD}{LIST}\n{expected}"));
        let is_hint = |code: &String| code == "quiz-answer-shown";
        let gives_it = expected.contains("TIP") && expected.contains("Atbilde:");
        assert!(gives_it || !said.iter().any(is_hint), "{text} {said:?}");
    }
}
