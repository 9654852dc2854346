//! Code in lessons: the languages that are known, and their highlighting.
//!
//! syntect finds what each piece of code is, and two-face has the languages (both are below typst in any case). Their
//! hundreds of scopes become the few kinds that the theme has colours for.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::html::{escape, put};
use crate::likeness::nearest;

/// Longer code than this is not highlighted: reading it takes time, and it belongs into a file to download.
const LONGEST: usize = 32 * 1024;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_no_newlines);

/// What else people call languages.
const ALIASES: [(&str, &str); 13] = [
    ("text", "txt"),
    ("plain", "txt"),
    ("plaintext", "txt"),
    ("none", "txt"),
    ("output", "txt"),
    ("error", "txt"),
    ("shell", "bash"),
    ("console", "bash"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    // Languages without a definition: they are right, and have no colours.
    ("powershell", "txt"),
    ("vb", "txt"),
    ("vba", "txt"),
];

/// What a mistyped name is compared with first.
const USUAL: [&str; 16] = [
    "bash",
    "css",
    "csv",
    "html",
    "java",
    "javascript",
    "json",
    "markdown",
    "php",
    "python",
    "rust",
    "sql",
    "text",
    "toml",
    "xml",
    "yaml",
];

/// The kinds of pieces, each with the scopes that are of it. Of several that hold, the innermost scope decides.
static KINDS: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    [
        ("comment", "comment"),
        ("string", "string"),
        ("constant.character", "string"),
        ("markup.inserted", "string"),
        ("constant", "constant"),
        ("support.constant", "constant"),
        ("keyword", "keyword"),
        ("storage", "keyword"),
        ("markup.deleted", "keyword"),
        ("entity.name", "name"),
        ("support", "name"),
        ("markup.heading", "name"),
        ("entity.other.attribute-name", "attribute"),
        ("variable", "attribute"),
    ]
    .into_iter()
    .filter_map(|(scope, kind)| Some((Scope::new(scope).ok()?, kind)))
    .collect()
});

fn find(language: &str) -> Option<&'static SyntaxReference> {
    let lower = language.to_lowercase();
    let alias = ALIASES.iter().find(|(name, _)| *name == lower);
    let token = alias.map_or(lower.as_str(), |(_, token)| token);
    SYNTAXES.find_syntax_by_token(token)
}

/// Whether code in a language of this name can be highlighted.
pub(crate) fn is_known(language: &str) -> bool {
    find(language).is_some()
}

/// The known name that was probably meant by an unknown one, in small letters.
pub(crate) fn meant(language: &str) -> Option<String> {
    let written = language.to_lowercase();
    if let Some(usual) = nearest(&written, &USUAL) {
        return Some(usual.to_owned());
    }
    let names = SYNTAXES.syntaxes().iter();
    let names = names.map(|syntax| syntax.name.to_lowercase());
    let mut names: Vec<String> = names.filter(|name| !name.contains(' ')).collect();
    names.sort_unstable();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    nearest(&written, &names).map(str::to_owned)
}

/// Code as HTML: each piece that is of a kind in a `span` with the class of it. Code in no known language, or too long,
/// is only escaped.
pub(crate) fn highlighted(code: &str, language: &str) -> String {
    if language.is_empty() || code.len() > LONGEST {
        return escape(code).into_owned();
    }
    let Some(syntax) = find(language) else {
        return escape(code).into_owned();
    };
    // A definition of a language is data of others: what it makes of a text costs that text its colours only.
    catch_unwind(AssertUnwindSafe(|| spans(code, syntax)))
        .ok()
        .flatten()
        .unwrap_or_else(|| escape(code).into_owned())
}

fn spans(code: &str, syntax: &SyntaxReference) -> Option<String> {
    let mut out = String::with_capacity(code.len().saturating_mul(2));
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    // The kind of the open `span`.
    let mut open: Option<&str> = None;
    let mut write = |piece: &str, scopes: &ScopeStack, out: &mut String| {
        if piece.is_empty() {
            return;
        }
        // Spaces have no colour.
        let kind = if piece.trim().is_empty() {
            open
        } else {
            kind(scopes)
        };
        if kind != open {
            if open.is_some() {
                out.push_str("</span>");
            }
            if let Some(kind) = kind {
                put!(out, "<span class=\"code__{kind}\">");
            }
            open = kind;
        }
        out.push_str(&escape(piece));
    };
    for line in code.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        let mut from = 0;
        for (at, change) in state.parse_line(text, &SYNTAXES).ok()? {
            write(text.get(from..at)?, &scopes, &mut out);
            from = at;
            scopes.apply(&change).ok()?;
        }
        write(text.get(from..)?, &scopes, &mut out);
        write(line.get(text.len()..)?, &scopes, &mut out);
    }
    if open.is_some() {
        out.push_str("</span>");
    }
    Some(out)
}

fn kind(scopes: &ScopeStack) -> Option<&'static str> {
    scopes.as_slice().iter().rev().find_map(|scope| {
        let known = KINDS.iter().find(|(known, _)| known.is_prefix_of(*scope));
        known.map(|(_, kind)| *kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pieces_have_the_class_of_their_kind() {
        insta::assert_snapshot!(highlighted("SELECT vards FROM cilveki -- visi\nWHERE gads > 1990 AND v = 'Ā<b>';\n", "sql"), @r##"
<span class="code__keyword">SELECT</span> vards <span class="code__keyword">FROM</span> cilveki <span class="code__comment">-- visi
</span><span class="code__keyword">WHERE</span> gads <span class="code__keyword">&gt; </span><span class="code__constant">1990 </span><span class="code__keyword">AND</span> v <span class="code__keyword">= </span><span class="code__string">&#39;Ā&lt;b&gt;&#39;</span>;
"##);
        insta::assert_snapshot!(highlighted("# Piezīme\n[title]\nlv = \"Ievads\"\nhours = 3\n", "toml"), @r##"
<span class="code__comment"># Piezīme
</span>[<span class="code__name">title</span>]
<span class="code__name">lv </span>= <span class="code__string">&quot;Ievads&quot;
</span><span class="code__name">hours </span>= <span class="code__constant">3
</span>
"##);
        insta::assert_snapshot!(highlighted("<p lang=\"lv\">Teksts</p>\n", "HTML"), @r##"&lt;<span class="code__name">p </span><span class="code__attribute">lang</span>=<span class="code__string">&quot;lv&quot;</span>&gt;Teksts&lt;/<span class="code__name">p</span>&gt;"##);
    }

    #[test]
    fn code_in_no_known_language_is_only_escaped() {
        for language in ["", "txt", "text", "nezināma"] {
            assert_eq!(
                highlighted("if a < b", language),
                "if a &lt; b",
                "{language}"
            );
        }
        let long = "if a\n".repeat(LONGEST);
        assert_eq!(highlighted(&long, "py"), long);
    }

    #[test]
    fn usual_names_are_known_and_mistyped_ones_are_guessed() {
        for name in [
            "sql",
            "SQL",
            "html",
            "css",
            "js",
            "javascript",
            "ts",
            "typescript",
            "json",
            "toml",
            "yaml",
            "xml",
            "csv",
            "sh",
            "bash",
            "shell",
            "console",
            "python",
            "py",
            "r",
            "java",
            "c",
            "cpp",
            "c++",
            "csharp",
            "c#",
            "php",
            "rust",
            "go",
            "markdown",
            "md",
            "diff",
            "ini",
            "tex",
            "text",
            "txt",
            "vb",
            "dockerfile",
        ] {
            assert!(is_known(name), "{name}");
        }
        assert_eq!(meant("pyhton").as_deref(), Some("python"));
        assert_eq!(meant("htlm").as_deref(), Some("html"));
        assert_eq!(meant("Typescrpt").as_deref(), Some("typescript"));
        assert_eq!(meant("qqqqqqqqqq"), None);
    }

    proptest! {
        #[test]
        fn the_text_stays_as_it_is(code in "(?s)([a-z<>&\"'{}()=#/*\n -]|[āšž]|if|SELECT){0,60}") {
            for language in ["sql", "html", "py", "toml", "sh", "md"] {
                let html = highlighted(&code, language);
                let mut text = String::new();
                let mut in_tag = false;
                for c in html.chars() {
                    match c {
                        '<' => in_tag = true,
                        '>' => in_tag = false,
                        c if !in_tag => text.push(c),
                        _ => {}
                    }
                }
                prop_assert_eq!(text, escape(&code).into_owned());
            }
        }
    }
}
