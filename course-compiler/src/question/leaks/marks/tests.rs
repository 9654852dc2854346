//! Answers and texts that reveal the correct answer.

use crate::question::leaks::testing::{HEAD, asked, assert_let_pass, assert_refused};

#[test]
#[expect(clippy::too_many_lines, reason = "a list of samples")]
fn an_answer_that_tells_whether_it_is_right_is_an_error() {
    let answers = [
        "Aa (pareizi)",
        "Aa (pareizs)",
        "Aa (pareiza)",
        "Aa (true)",
        "Aa (atbilde)",
        "Aa [correct]",
        "Aa – pareizi",
        "Aa - pareizi",
        "Aa — correct",
        "Aa ✅",
        "✅ Aa",
        "✓ Aa",
        "Aa ✓",
        "Aa ✔",
        "Aa ✔️",
        "✔️ Aa",
        "Aa. Pareizi!",
        "Aa -> Pareizi",
        "Aa → pareizi",
        "Pareizi: Aa",
        "Aa = pareizi",
        "Aa: pareizi",
        "* Aa",
        "\\*Aa",
        "Aa\\*",
        "Aa \\*",
        "Aa (\\*)",
        "Aa (+)",
        "**Aa**",
        "*Aa*",
        "Aa ←",
        "Aa (kļūda)",
        "Aa (tieši tā)",
        "Aa – malacis!",
        "Aa – well done!",
        "Aa (šī nav pareizā atbilde)",
        "Aa (this is not correct)",
        "Aa (pareizi, jo likums)",
        "Aa. Pareizi, jo likums",
        "Aa – pareizā atbilde",
        "Aa, pareizā atbilde",
        "Aa <- correct",
        "Aa ← atbilde",
        "Aa {.correct}",
        "(pareizi) Aa",
        "Aa > Pareizi: jā",
        "Aa `+50%` x",
        "Aa (1 punkts)",
        "Aa (+1)",
        "Aa // correct",
        "Aa | correct",
        "Correct answer: Aa",
        "Atbilde: Aa",
        "Aa ir pareizā atbilde",
        "Aa. Paskaidrojums: jo",
        "Aa (paskaidrojums: jo)",
        "Aa ★",
        "{=Aa}",
        "~Aa",
        "=Aa",
        "%100%Aa",
        "Aa (right answer)",
        "Aa (Pareizā atbilde)",
        "Aa **(pareizi)**",
        "Aa *pareizi!*. Pareizi",
        "Aa ( pareizi )",
        "Aa (PAREIZI)",
        "Aa (pareizi).",
        "Aa\u{a0}(pareizi)",
        "Aa (pa\u{200b}reizi)",
        "Aa <!-- pareizi -->",
        "||Aa||",
        "[✓] Aa",
        "Aa. Correct!",
        "Aa! Pareizi.",
        "Aa; pareizi",
        "Aa (this is the correct answer)",
        "Aa (šī ir pareizā atbilde)",
        "**Pareizi:** Aa",
        "Aa 👍",
        "Aa ✓.",
        "Aa – pareiza atbilde!",
        "Aa -- pareizi",
        "Aa Pareizi",
        "Aa **Pareizi**",
        "Pareizi. Aa",
        "Nepareizi! Aa",
        "Aa (Pareizā)",
        "Aa (100%)",
        "Aa +100%",
        "Aa `+100%` .",
        "Aa (2 p.)",
        "[+1p] Aa",
        "💯 Aa",
        "Aa (correct: law)",
        "Aa (wrong, because)",
        "Aa\\\n  pareizi",
        "Aa\n  (pareizi)",
        "Aa\n  – pareizi",
        "Aa • pareizi",
        "Aa · correct",
        "Aa ... pareizi",
        "Aa / pareizi",
        "Aa **✓**",
        "Aa ~~x~~ ✗",
        "Answer: Aa",
        "The answer: Aa",
        "Aa (the answer)",
        "Aa ⇐ pareizi",
        "Aa ◄ pareizi",
        "Aa ⟵ correct",
    ];
    let single = answers
        .iter()
        .map(|answer| format!("{HEAD}- [x] {answer}\n- [ ] Bb\n"));
    assert_refused(&single.collect::<Vec<_>>());
    let many = answers
        .iter()
        .filter(|answer| !["**Aa**", "*Aa*"].contains(answer))
        .map(|answer| {
            format!("## Kuri? {{#q-a .multiple}}\n\n- [ ] Bb\n- [x] Cc\n- [x] {answer}\n")
        });
    assert_refused(&many.collect::<Vec<_>>());
}

#[test]
fn the_right_one_is_set_like_the_others() {
    for right in [
        "`Aa`",
        "**Aa**",
        "*Aa*",
        "__Aa__",
        "***Aa***",
        "**Aa**.",
        "a) **Aa**",
        "**`Aa`**",
        " **Aa** ",
        "DARBA DEVĒJS",
    ] {
        assert_refused(&[
            format!("{HEAD}- [x] {right}\n- [ ] Bb\n- [ ] Cc\n"),
            format!("## Kuri? {{#q-a .multiple}}\n\n- [x] {right}\n- [ ] Bb\n- [ ] Cc\n"),
        ]);
    }
    // Each in its own way.
    assert_refused(&[
        "## Kuri? {#q-a .multiple}\n\n- [x] **Aa**\n- [x] `Bb`\n- [ ] Cc\n".to_owned(),
    ]);
    assert_let_pass(&[
        format!("{HEAD}- [x] `Aa`\n- [ ] `Bb`\n"),
        format!("{HEAD}- [x] Aa\n- [ ] `Bb`\n"),
        format!("{HEAD}- [x] `alt` teksts\n- [ ] Cc\n"),
        format!("{HEAD}- [x] ANO\n- [ ] Latvija\n"),
        format!("{HEAD}- [x] ES\n- [ ] Darba devējs\n"),
        format!("{HEAD}- [x] DARBA DEVĒJS\n- [ ] DARBA ŅĒMĒJS\n"),
        "## Kuri? {#q-a .multiple}\n\n- [x] `Aa`\n- [x] Bb\n- [ ] Cc\n".to_owned(),
    ]);
}

#[test]
fn what_an_answer_earns_is_no_part_of_it() {
    for right in [
        "Aa 100%",
        "Aa 100 %",
        "Aa – 100%",
        "Aa: 100%",
        "Aa, 100%",
        "Aa 100%.",
        "Aa: 1 p.",
        "Aa – 1 p.",
        "Aa - 2 p",
        "Aa, 1 punkts",
        "Aa: 2 punkti",
        "Aa = 1 point",
        "Aa 1 p.",
        "Aa 1p",
        "Aa | 1 pt",
        "Aa / 3 points",
        "Aa: 1 p",
    ] {
        assert_refused(&[
            format!("{HEAD}- [x] {right}\n- [ ] Bb\n"),
            format!("## Kuri? {{#q-a .multiple}}\n\n- [x] {right}\n- [ ] Bb\n- [ ] Cc\n"),
        ]);
    }
    assert_refused(&[
        format!("{HEAD}- [x] Aa 100%\n- [ ] Bb 0%\n"),
        format!("{HEAD}- [x] Aa: 1 p.\n- [ ] Bb: 0 p.\n"),
        "## Kuri? {#q-a .multiple}\n\n- [x] Aa 50%\n- [x] Bb 50%\n- [ ] Cc\n".to_owned(),
        "## Kuri? {#q-a .multiple}\n\n- [x] Aa: 1 p.\n- [x] Bb: 2 p.\n- [ ] Cc\n".to_owned(),
    ]);
    assert_let_pass(&[
        format!("{HEAD}- [x] Līdz 100%\n- [ ] Nemaz\n"),
        format!("{HEAD}- [x] Valsts sedz 100%\n- [ ] Nesedz\n"),
        format!("{HEAD}- [x] Alga pieaug par 100%\n- [ ] Nepieaug\n"),
        format!("{HEAD}- [x] Slodze 100%\n- [ ] Slodze 50%\n"),
        format!("{HEAD}- [x] Slodze 50%\n- [ ] Bez slodzes\n"),
        format!("{HEAD}- [x] Slodze 100\\%\n- [ ] Bez slodzes\n"),
        format!("{HEAD}- [x] 100%\n- [ ] Nekas\n"),
        format!("{HEAD}- [x] Darba likuma 7. p.\n- [ ] Nekas\n"),
        format!("{HEAD}- [x] Sods: 5 punkti\n- [ ] Sods: 3 punkti\n"),
        format!("{HEAD}- [x] Komanda saņem 2 punktus\n- [ ] Nekas\n"),
        format!("{HEAD}- [x] Vecums: 18 gadi\n- [ ] Vecuma nav\n"),
    ]);
}

#[test]
fn feedback_of_other_tools_is_no_part_of_an_answer() {
    for answer in [
        "Aa :: well done",
        "Aa :: labi",
        "Aa :: skat. likumu",
        "Aa # jo tā nosaka likums",
        "Aa – try again",
        "Aa. Great job!",
        "Aa – mēģini vēlreiz",
        "Aa – lieliski!",
        "Aa. Exactly!",
        "Aa – not quite",
    ] {
        assert_refused(&[
            format!("{HEAD}- [x] {answer}\n- [ ] Bb\n"),
            format!("{HEAD}- [x] Cc\n- [ ] {answer}\n"),
        ]);
    }
    assert_let_pass(&[
        format!("{HEAD}- [x] C# valoda\n- [ ] Java\n"),
        format!("{HEAD}- [x] `std::vec`\n- [ ] `std::map`\n"),
        format!("{HEAD}- [x] Pirmais :: otrais\n- [ ] Otrais :: pirmais\n"),
    ]);
}

#[test]
fn a_picture_or_a_link_tells_nothing() {
    for text in [
        "![Tiesībsargs (pareizi)](../assets/a.png)",
        "![pareizi](../assets/a.png)",
        "![Ēka](../assets/a.png \"pareizi\")",
        "![Ēka](../assets/a.png \"Ēka (correct)\")",
        "[Tiesībsargs (pareizi)](https://example.org)",
        "[Tiesībsargs](https://example.org \"pareizi\")",
        "[Tiesībsargs](https://example.org \"Tiesībsargs (pareizi)\")",
        "[Tiesībsargs](https://example.org \"Pareizā atbilde: aa\")",
        "[Tiesībsargs][t]\n\n[t]: https://example.org \"(correct)\"",
        "![Pareizā atbilde](../assets/a.png)",
    ] {
        let mut bodies = vec![asked(text)];
        if !text.contains('\n') {
            bodies.push(format!("{HEAD}- [x] {text}\n- [ ] Bb\n"));
            bodies.push(format!(
                "## Kas? {{#q-a .short}}\n\n{text}\n\n- [x] viens\n"
            ));
        }
        assert_refused(&bodies);
    }
    assert_let_pass(&[
        asked("[Likums](https://example.org \"Darba likums\")"),
        asked("![Ēka (1901)](../assets/a.png \"Rīga\")"),
        asked("![Pareizi novietots ratiņkrēsls](../assets/a.png)"),
        "## Kas? {#q-a .single}\n\n- [x] [Likums](https://example.org \"Darba likums\")\n- [ ] Bb\n".to_owned(),
    ]);
}

#[test]
fn what_is_asked_names_no_answer_as_right() {
    let types = [
        ".short}\n\n@\n\n- [x] Tiesībsargs\n",
        ".numeric}\n\n@\n\n- [x] 5\n",
        ".single}\n\n@\n\n- [x] a\n- [ ] b\n",
        ".match}\n\n@\n\n| A | B |\n|---|---|\n| a | b |\n| c | d |\n",
        ".cloze}\n\n@\n\nViens [[a]].\n",
        ".reflect}\n\n@\n",
        ".single}\n\n- [x] a\n- [ ] b\n\n> [!TIP]\n> @\n",
    ];
    let dressed = |texts: &[&str]| -> Vec<String> {
        texts
            .iter()
            .flat_map(|text| {
                types
                    .iter()
                    .map(move |body| format!("## Kas? {{#q-a {}", body.replace('@', text)))
            })
            .collect()
    };
    assert_refused(&dressed(&[
        "Tiesībsargs (pareizi).",
        "Tiesībsargs (pareizi)",
        "Tiesībsargs (correct).",
        "Tiesībsargs [pareizi]",
        "Tiesībsargs **(pareizi)**",
        "Tiesībsargs (pareizā atbilde).",
        "Tiesa, tiesībsargs (pareizi), policija.",
        "Tiesa (nepareizi).",
        "Tiesībsargs – pareizi.",
        "Tiesībsargs → correct",
        "Tiesībsargs ✓",
        "Tiesībsargs ✅.",
    ]));
    assert_refused(&["## Tiesībsargs (pareizi) {#q-a .short}\n\n- [x] a\n".to_owned()]);
    assert_let_pass(&dressed(&[
        "Vai apgalvojums ir patiess (pareizi) vai nepatiess (nepareizi)?",
        "Atzīmējiet patiesos (pareizi) apgalvojumus.",
        "Ierakstiet vārdu (pareizi).",
        "Kas rīkojās (pareizi)?",
        "Viņa (pareizi rakstot) minēja likumu.",
        "> Tā es darīju (pareizi).",
        "Atzīmējiet ar ✓.",
        "Tiesībsargs (birojs).",
        "„Tiesībsargs (pareizi)”",
        "Atbilde (īsi) un skaidri.",
    ]));
}

#[test]
fn what_stands_after_a_question_in_a_heading_names_no_answer() {
    let heading = |text: &str| format!("## {text} {{#q-a .single}}\n\n- [x] a\n- [ ] b\n");
    let refused = [
        "Kura? Rīga – pareizi",
        "Kura? ✅ Rīga",
        "Kura? ✓ B",
        "Kura? Rīga ✓",
        "Kura? Rīga (pareizi)",
    ];
    assert_refused(&refused.map(heading));
    let passed = [
        "Kura? Izvēlieties vienu",
        "Vai tas ir pareizi?",
        "Kas notika? Pareizi vai nepareizi",
        "Kāpēc „labi” (nē, ļoti labi)?",
        "Kura? (viena atbilde)",
    ];
    assert_let_pass(&passed.map(heading));
    assert_refused(&[asked("✅ Rīga"), asked("1. ✅ Rīga\n2. ❌ Liepāja")]);
}

#[test]
fn a_footnote_before_the_answer_tells_nothing() {
    let asked_with = |note: &str| asked(&format!("Kura pilsēta[^n]?\n\n[^n]: {note}"));
    let chosen_with = |note: &str| format!("{HEAD}- [x] Rīga[^n]\n- [ ] Liepāja\n\n[^n]: {note}\n");
    let notes = [
        "Pareizi, jo tā ir lielākā.",
        "Nepareizi.",
        "Pareizi!",
        "Correct.",
        "Pareizā atbilde, jo tā ir lielākā.",
        "[x] Rīga",
        "✓ Rīga",
        "{=Rīga ~Liepāja}",
    ];
    assert_refused(&notes.map(asked_with));
    assert_refused(&notes.map(chosen_with));
    let gap = "## Kas? {#q-a .cloze}\n\nSatversmes [[91.]] pants[^n].\n\n[^n]: Tas ir [[91.]]\n";
    assert_refused(&[gap.to_owned()]);
    let innocent = [
        "Darba likuma 7. pants.",
        "Pareizi rakstīt nozīmē rakstīt skaidri.",
        "Centrālā statistikas pārvalde, 2025.",
    ];
    assert_let_pass(&innocent.map(asked_with));
    assert_let_pass(&innocent.map(chosen_with));
}

#[test]
fn a_hint_is_no_other_spelling_of_the_answer() {
    let hinted = |hint: &str| {
        format!(
            "## Kurš? {{#q-a .short}}\n\n- [x] Tiesībsargs; Tiesībsarga birojs\n\n> [!TIP]\n> {hint}\n"
        )
    };
    assert_refused(&["Tiesībsarga birojs.", "Tas ir tiesībsargs."].map(hinted));
    assert_let_pass(&["Tā ir iestāde.", "Tiesībsarga birojs vai kāds cits?"].map(hinted));
}

#[test]
fn letters_in_brackets_that_belong_to_a_name_are_no_mark() {
    let answers = "## Kas? {#q-a .single}\n\n- [x] funkcija f(x)\n- [ ] skaitlis\n";
    assert_let_pass(&[answers.to_owned()]);
}
