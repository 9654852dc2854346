//! Addresses that would run something, in every place where an address can stand.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::promises::{self, check_address, check_html};
use crate::{COURSE, HEAD};

/// How one character of an address is disguised.
#[derive(Clone, Copy, Debug)]
enum Disguise {
    None,
    OtherCase,
    Decimal,
    Hexadecimal,
    Percent,
    TabBefore,
    ControlBefore,
    BackslashBefore,
}

fn disguised(address: &str, disguises: &[Disguise]) -> String {
    let mut shown = String::new();
    for (c, disguise) in address.chars().zip(disguises.iter().cycle()) {
        let code = u32::from(c);
        match disguise {
            Disguise::None => shown.push(c),
            Disguise::OtherCase => shown.push(c.to_ascii_uppercase()),
            Disguise::Decimal => write!(shown, "&#{code:05};").unwrap(),
            Disguise::Hexadecimal => write!(shown, "&#X{code:x};").unwrap(),
            Disguise::Percent => write!(shown, "%{code:02x}").unwrap(),
            Disguise::TabBefore => shown.extend(["&Tab;", &c.to_string()]),
            Disguise::ControlBefore => shown.extend(['\u{1}', c]),
            Disguise::BackslashBefore => shown.extend(['\\', c]),
        }
    }
    shown
}

fn dangerous() -> impl Strategy<Value = String> {
    let address = proptest::sample::select(vec![
        "javascript:alert(1)",
        "data:text/html,x",
        "data:image/svg+xml,x.svg",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x.mp4",
        "blob:x",
    ]);
    let disguise = proptest::sample::select(vec![
        Disguise::None,
        Disguise::None,
        Disguise::OtherCase,
        Disguise::Decimal,
        Disguise::Hexadecimal,
        Disguise::Percent,
        Disguise::TabBefore,
        Disguise::ControlBefore,
        Disguise::BackslashBefore,
    ]);
    (address, vec(disguise, 1..12)).prop_map(|(address, disguises)| disguised(address, &disguises))
}

/// Where an address can stand in a lesson; `@` is the address.
const PLACES: &[&str] = &[
    "[a](@)",
    "[a](<@>)",
    "[a](<@> \"b\")",
    "[a][b]\n\n[b]: <@>",
    "<@>",
    "![a](<@>)",
    "![a](<@> \"b\"){.decorative}",
    "![a](<@#.mp4>)",
    "<a href=\"@\">a</a>",
    "<img src=@ onerror=x>",
    "x[^a]\n\n[^a]: [a](<@>)",
    "> [!NOTE]\n> [a](<@>)",
    "| a |\n|---|\n| [a](<@>) |",
    "## [a](<@>)",
    "## K [a](<@>)? {#q-a .single}\n\n- [x] a\n- [ ] [b](<@>)\n  > [c](<@>)",
    "## K? {#q-b .match}\n\n| a | b |\n|---|---|\n| [c](<@>) | d |\n| e | ![f](<@>) |",
    "## K? {#q-c .case}\n\n### a {#s-a}\n\n- [b](<@>)\n- [c](#s-c)\n\n### c {#s-c .outcome mark=\"100%\"}",
    "## K? {#q-d .cloze}\n\n[[a]] [b](<@>)",
];

/// The lesson, `course.toml` and the glossary, each with the address.
fn keep(lesson: &str, course: &str, glossary: &str) -> bool {
    let files = [
        ("k/lv/01-a.md", lesson),
        ("k/course.toml", course),
        ("glossary/lv.md", glossary),
    ];
    let tree = promises::tree(files.map(|(path, text)| (path, text.as_bytes())));
    !promises::keep(&tree).has_errors()
}

/// A text as escapes of a TOML string.
fn toml(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, c| {
        write!(escaped, "\\U{:08x}", u32::from(c)).unwrap();
        escaped
    })
}

#[test]
fn every_place_takes_a_good_address() {
    for place in PLACES {
        if place.contains("<a ")
            || place.contains("<img")
            || place.contains("![")
            || place.contains(".case")
        {
            continue;
        }
        let lesson = format!("{HEAD}{}\n", place.replace('@', "https://example.org/x"));
        assert!(keep(&lesson, COURSE, ""), "{place}");
    }
}

#[test]
fn the_check_knows_a_dangerous_address() {
    for html in [
        "<a href=\"javascript:x\">",
        "<a href=\"java&#115;cript:x\">",
        "<a href=\" JAVA\tSCRIPT&colon;x\">",
        "<img src=\"data:x\">",
        "<img src=\"//x\">",
        "<a href=\"/\\x\">",
        "<a href=\"a/%2E./b\">",
        "<script>",
        "<b onclick=\"x\">",
    ] {
        assert!(
            std::panic::catch_unwind(|| check_html(html)).is_err(),
            "{html}"
        );
    }
    check_html(
        "<a href=\"https://a.lv/?a=javascript:x&amp;b\">a &lt;script&gt;</a><img alt=\"\" src=\"/media/a.svg\">",
    );
    check_address("b#javascript:");
}

proptest! {
    #[test]
    fn none_reaches_a_page(address in dangerous(), place in proptest::sample::select(PLACES)) {
        let lesson = format!("{HEAD}{}\n", place.replace('@', &address));
        keep(&lesson, COURSE, &format!("Rampa {{#ramp}}\n: A [b](<{address}>).\n"));
        keep(&lesson, COURSE, "");
    }

    #[test]
    fn none_reaches_a_page_by_front_matter(address in dangerous()) {
        for address in [toml(&address), toml(&format!("https://a.lv/#{address}")), toml(&format!("{address}://"))] {
            let source = format!("[[source]]\nid = \"a\"\ntitle = \"A\"\nurl = \"{address}\"\n+++\n\n");
            let lesson = format!("{}Teksts.[^a]\n", HEAD.replace("+++\n\n", &source));
            let review = format!("\n[[review]]\nkind = \"legal\"\nby = \"A\"\ndate = 2026-01-01\nverdict = \"approved\"\ndocument = \"{address}\"\ncontent_hash = \"a\"\n");
            keep(&lesson, &format!("{COURSE}{review}"), "");
        }
    }
}
