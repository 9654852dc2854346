//! A chapter, or a whole handbook, as an accessible PDF (PDF/UA-1).
//!
//! The template `documents/handbook.typ` of the theme gets the compiled HTML of the chapters as trees of elements, and
//! decides how each is printed. A document is made when it is first asked for, and kept as long as the courses are the
//! same.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::web;
use chrono::NaiveDate;
use course_compiler::{
    Course, Lesson, Segment,
    model::{Source, Status},
};
use moka::sync::Cache;
use roxmltree::{Document as Tree, NodeType};
use serde::Serialize;
use typst::foundations::Bytes;
use url::Url;

use super::model::{
    chapters, facts_of, last_change, sector_of, text, url_of, url_of_chapter, version,
};
use crate::{
    documents::{self, About, Document, DocumentError, PdfStandard},
    http::{Lang, theme::Theme},
    learning::views::foreign,
};

/// Why a handbook cannot be printed.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum PrintError {
    /// The HTML of a chapter cannot be read.
    #[error("the chapter `{0}`: {1}")]
    Html(String, String),
    /// The public address is none.
    #[error("the public address: {0}")]
    Address(String),
    /// The document cannot be made.
    #[error("{0}")]
    Document(Arc<DocumentError>),
}

impl From<DocumentError> for PrintError {
    fn from(error: DocumentError) -> Self {
        Self::Document(Arc::new(error))
    }
}

/// The most memory for documents.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The documents that were made. Cheap to clone; clones share them.
#[derive(Clone)]
pub(super) struct Prints(Cache<Key, web::Bytes>);

/// What a document depends on, beside the program itself.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    content: String,
    handbook: String,
    chapter: Option<String>,
    lang: Lang,
}

impl Default for Prints {
    fn default() -> Self {
        let size = |_: &Key, pdf: &web::Bytes| u32::try_from(pdf.len()).unwrap_or(u32::MAX);
        Self(
            Cache::builder()
                .weigher(size)
                .max_capacity(MAX_BYTES)
                .build(),
        )
    }
}

/// What is printed.
#[derive(Clone, Copy)]
pub(super) struct Printing<'a> {
    /// The site's theme.
    pub theme: &'a Theme,
    /// The language of the document.
    pub lang: Lang,
    /// The address that links start with.
    pub public_url: &'a str,
    /// The hash of the courses.
    pub content_hash: &'a str,
    /// The handbook.
    pub handbook: &'a Course,
    /// The chapter; without one, all of them.
    pub chapter: Option<&'a Lesson>,
}

impl Prints {
    /// The document. It takes processor time when it is made, up to some seconds for a whole handbook; who asks for the
    /// same meanwhile waits for it.
    ///
    /// # Errors
    /// See [`PrintError`].
    pub(super) fn get(&self, printing: &Printing<'_>) -> Result<web::Bytes, PrintError> {
        let key = Key {
            content: printing.content_hash.to_owned(),
            handbook: printing.handbook.id.to_string(),
            chapter: printing.chapter.map(|chapter| chapter.id.to_string()),
            lang: printing.lang,
        };
        self.0
            .try_get_with(key, || printing.pdf().map(web::Bytes::from))
            .map_err(|error| PrintError::clone(&error))
    }
}

#[derive(rust_embed::RustEmbed)]
#[folder = "../themes/default"]
#[include = "documents/*"]
#[include = "assets/marks/*"]
struct Files;

fn file(name: &str) -> Result<Vec<u8>, DocumentError> {
    Files::get(name)
        .map(|file| file.data.into_owned())
        .ok_or_else(|| DocumentError::Template(format!("{name} is missing")))
}

/// What the template reads as `data.json`.
#[derive(Debug, Serialize)]
struct Data {
    title: String,
    description: String,
    language: &'static str,
    /// Stands at the foot of each page.
    running: String,
    is_whole: bool,
    facts: String,
    /// That it is a draft.
    notice: Option<String>,
    words: Words,
    chapters: Vec<Chapter>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Words {
    author: String,
    sources: String,
    contents: String,
    implementers: String,
    eu_mark: String,
    plan_mark: String,
}

#[derive(Debug, Serialize)]
struct Chapter {
    title: String,
    facts: String,
    /// The language of its text.
    language: &'static str,
    /// That it is not in the document's language.
    foreign: Option<String>,
    body: Vec<Node>,
    /// The sources that the text does not cite.
    sources: Vec<Vec<Node>>,
}

/// A piece of a text.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Node {
    Text(String),
    Element(Element),
}

#[derive(Debug, Serialize)]
struct Element {
    tag: String,
    children: Vec<Node>,
    #[serde(skip_serializing_if = "Option::is_none")]
    href: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
}

impl Printing<'_> {
    fn pdf(&self) -> Result<Vec<u8>, PrintError> {
        let data = self.data()?;
        let of_lang = format!("assets/marks/eu-co-funded.{}.svg", self.lang);
        let files = [
            ("data.json", documents::json(&data)?),
            ("eu-mark.svg", Bytes::new(file(&of_lang)?)),
            (
                "plan-mark.svg",
                Bytes::new(file("assets/marks/national-development-plan-2027.svg")?),
            ),
        ];
        let files: BTreeMap<_, _> = files
            .into_iter()
            .map(|(name, bytes)| (name.to_owned(), bytes))
            .collect();
        let template = String::from_utf8_lossy(&file("documents/handbook.typ")?).into_owned();
        let part = self.chapter.map_or("", |chapter| chapter.id.as_str());
        let ident = format!(
            "{} {part} {} {}",
            self.handbook.id, self.lang, self.content_hash
        );
        let about = About {
            ident: &ident,
            date: self.date(),
            standards: &[PdfStandard::Ua_1],
        };
        Ok(Document::new(template, files)?.pdf(&about)?)
    }

    /// When what is printed changed last.
    fn date(&self) -> Option<NaiveDate> {
        match self.chapter {
            Some(chapter) => last_change(self.lang, self.handbook, chapter),
            None => version(self.lang, self.handbook),
        }
    }

    fn data(&self) -> Result<Data, PrintError> {
        let Self {
            theme,
            lang,
            handbook,
            ..
        } = *self;
        let plain = |key: &str| theme.text(lang, key);
        let all: Vec<&Lesson> = match self.chapter {
            Some(chapter) => vec![chapter],
            None => chapters(handbook).collect(),
        };
        let of_handbook = text(lang, handbook, &handbook.title);
        let title = match self.chapter {
            Some(chapter) => title_of(lang, chapter),
            None => of_handbook.clone(),
        };
        let path = match self.chapter {
            Some(chapter) => url_of_chapter(lang, handbook, chapter),
            None => url_of(lang, handbook),
        };
        let dated = self.date().map(|date| {
            let date = [("date", lang.date(date).into())];
            theme.text_with(lang, "handbook-print-version", &date)
        });
        let url = [("url", format!("{}{path}", self.public_url).into())];
        let newest = theme.text_with(lang, "handbook-print-newest", &url);
        let running: Vec<String> = std::iter::once(of_handbook).chain(dated.clone()).collect();
        let facts: Vec<String> = dated.into_iter().chain([newest]).collect();
        Ok(Data {
            title,
            description: text(lang, handbook, &handbook.summary),
            language: lang.as_str(),
            running: running.join(" · "),
            is_whole: self.chapter.is_none(),
            facts: facts.join(" · "),
            notice: (handbook.status == Status::Draft).then(|| plain("handbook-draft-text")),
            words: Words {
                author: plain("print-author"),
                sources: plain("lesson-sources"),
                contents: plain("handbook-print-contents"),
                implementers: plain("print-implementers"),
                eu_mark: plain("mark-eu"),
                plan_mark: plain("mark-national-plan"),
            },
            chapters: all
                .into_iter()
                .map(|chapter| self.chapter_data(chapter))
                .collect::<Result<_, _>>()?,
        })
    }

    fn chapter_data(&self, chapter: &Lesson) -> Result<Chapter, PrintError> {
        let Self {
            theme,
            lang,
            handbook,
            ..
        } = *self;
        let found = chapter.text(lang.into());
        let html: String = found
            .iter()
            .flat_map(|(_, text)| &text.segments)
            .filter_map(|segment| match segment {
                Segment::Html(html) => Some(html.as_str()),
                Segment::Question(_) => None,
            })
            .collect();
        let path = url_of_chapter(lang, handbook, chapter);
        let base = Url::parse(self.public_url)
            .and_then(|url| url.join(&path))
            .map_err(|error| PrintError::Address(error.to_string()))?;
        let body =
            nodes(&html, &base).map_err(|error| PrintError::Html(chapter.id.to_string(), error))?;
        let facts = sector_of(lang, handbook, chapter)
            .into_iter()
            .chain(facts_of(theme, lang, handbook, chapter));
        let other = found.and_then(|(language, _)| foreign(lang, language));
        let sources = found.map(|(_, text)| {
            text.uncited_sources()
                .map(|source| source_nodes(theme, lang, source))
                .collect()
        });
        Ok(Chapter {
            title: title_of(lang, chapter),
            facts: facts.collect::<Vec<_>>().join(" · "),
            language: other.unwrap_or(lang.as_str()),
            foreign: other.map(|_| theme.text(lang, "handbook-foreign")),
            body,
            sources: sources.unwrap_or_default(),
        })
    }
}

fn title_of(lang: Lang, chapter: &Lesson) -> String {
    let found = chapter.text(lang.into());
    found
        .map(|(_, text)| text.title.clone())
        .unwrap_or_default()
}

fn element(tag: &str, children: Vec<Node>) -> Element {
    Element {
        tag: tag.to_owned(),
        children,
        href: None,
        class: None,
        start: None,
    }
}

fn source_nodes(theme: &Theme, lang: Lang, source: &Source) -> Vec<Node> {
    let title = Node::Text(source.title.clone());
    let mut nodes = vec![match &source.url {
        Some(url) => Node::Element(Element {
            href: Some(url.clone()),
            ..element("a", vec![title])
        }),
        None => title,
    }];
    if let Some(note) = &source.note {
        nodes.push(Node::Text(format!(" {note}")));
    }
    if let Some(checked) = source.checked {
        let date = [("date", lang.date(checked).into())];
        let text = theme.text_with(lang, "lesson-source-checked", &date);
        nodes.push(Node::Text(format!(" ({text})")));
    }
    nodes
}

/// The compiler's HTML as a tree, with absolute links. What only serves going to and fro on a page is left out.
///
/// # Errors
/// It is not well-formed, or has an element that the template does not print: nothing is left out unseen.
fn nodes(html: &str, base: &Url) -> Result<Vec<Node>, String> {
    let closed = format!("<body>{}</body>", closed(html));
    let tree = Tree::parse(&closed).map_err(|error| error.to_string())?;
    children(tree.root_element(), base)
}

/// The elements that the template prints.
const PRINTED: [&str; 47] = [
    "a",
    "aside",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "section",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "ul",
];

/// The elements of HTML that have no end.
const VOID: [&str; 5] = ["br", "hr", "img", "track", "wbr"];

/// The same as XML: elements without an end are closed. The compiler escapes `<` and `>` everywhere else.
fn closed(html: &str) -> String {
    let mut xml = String::with_capacity(html.len() + 64);
    for (index, part) in html.split('<').enumerate() {
        if index == 0 {
            xml.push_str(part);
            continue;
        }
        xml.push('<');
        let name: &str = part
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        match part.split_once('>') {
            Some((tag, rest)) if VOID.contains(&name) => {
                xml.push_str(tag.trim_end_matches('/'));
                xml.push_str("/>");
                xml.push_str(rest);
            }
            _ => xml.push_str(part),
        }
    }
    xml
}

fn children(of: roxmltree::Node<'_, '_>, base: &Url) -> Result<Vec<Node>, String> {
    of.children()
        .filter_map(|node| node_of(node, base).transpose())
        .collect()
}

fn node_of(node: roxmltree::Node<'_, '_>, base: &Url) -> Result<Option<Node>, String> {
    match node.node_type() {
        NodeType::Text => {
            let text = node.text().unwrap_or_default();
            let text = if node.ancestors().any(|above| above.has_tag_name("pre")) {
                text.to_owned()
            } else {
                with_single_spaces(text)
            };
            Ok((!text.is_empty()).then_some(Node::Text(text)))
        }
        NodeType::Element => element_of(node, base),
        _ => Ok(None),
    }
}

fn element_of(node: roxmltree::Node<'_, '_>, base: &Url) -> Result<Option<Node>, String> {
    let class = node.attribute("class");
    let is_way_back = matches!(class, Some("footnote-back" | "term-back"));
    let absolute = |address: &str| base.join(address).ok().map(String::from);
    let element = match node.tag_name().name() {
        _ if is_way_back => return Ok(None),
        "wbr" => return Ok(None),
        // Pictures are on the page; here their words stand for them. One without words only decorates.
        "img" => {
            let words = node.attribute("alt").filter(|alt| !alt.is_empty());
            return Ok(words.map(|words| Node::Text(format!("[{words}]"))));
        }
        // A recording is where its name leads; its transcript follows it.
        "video" | "audio" => Element {
            href: node.attribute("src").and_then(absolute),
            ..element(
                "a",
                vec![Node::Text(
                    node.attribute("aria-label").unwrap_or_default().to_owned(),
                )],
            )
        },
        tag if PRINTED.contains(&tag) => Element {
            href: node
                .attribute("href")
                .filter(|href| !href.starts_with('#'))
                .and_then(absolute),
            class: class.map(str::to_owned),
            start: node.attribute("start").map(str::to_owned),
            ..element(tag, children(node, base)?)
        },
        tag => return Err(format!("`{tag}` cannot be printed")),
    };
    Ok(Some(Node::Element(element)))
}

/// Runs of white space are one space, as in HTML.
fn with_single_spaces(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for c in text.chars() {
        // A no-break space is no white space of HTML.
        if matches!(c, ' ' | '\n' | '\t' | '\r') {
            if !spaced.ends_with(' ') {
                spaced.push(' ');
            }
        } else {
            spaced.push(c);
        }
    }
    spaced
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use course_compiler::{compile, load, model::CourseKind};

    use super::*;
    use crate::fonts;

    fn printing<'a>(
        theme: &'a Theme,
        handbook: &'a Course,
        chapter: Option<&'a Lesson>,
    ) -> Printing<'a> {
        Printing {
            theme,
            lang: Lang::Lv,
            public_url: "https://iespeja.test",
            content_hash: "abc",
            handbook,
            chapter,
        }
    }

    fn text_of(nodes: &[Node], all: &mut String) {
        for node in nodes {
            match node {
                Node::Text(text) => all.push_str(text),
                Node::Element(element) => text_of(&element.children, all),
            }
        }
    }

    #[test]
    fn every_chapter_of_the_shipped_handbooks_can_be_read_and_has_its_letters_in_the_fonts() {
        let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses");
        let mut tree = load::read(&courses).unwrap();
        let handbooks = [
            "handbook",
            "methodology",
            "seminars",
            "glossary",
            "snippets",
        ];
        tree.folders
            .retain(|folder, _| handbooks.contains(&folder.as_str()));
        let compiled = compile::compile_tree(&tree, &compile::Options::default(), &()).unwrap();
        let theme = Theme::load().unwrap();
        let mut count = 0;
        for handbook in &compiled.bundle.courses {
            assert_eq!(handbook.kind, CourseKind::Handbook);
            for lang in Lang::ALL {
                let printing = Printing {
                    lang,
                    ..printing(&theme, handbook, None)
                };
                for chapter in printing.data().unwrap().chapters {
                    let mut text = chapter.title.clone() + &chapter.facts;
                    text_of(&chapter.body, &mut text);
                    let missing = fonts::missing_glyphs(&text);
                    assert!(missing.is_empty(), "{}: {missing:?}", chapter.title);
                    assert!(text.len() > 1_000, "{}", chapter.title);
                    count += 1;
                }
            }
        }
        assert!(count > 60, "{count}");
    }

    #[test]
    fn a_chapter_is_an_accessible_pdf_in_its_language_and_made_once() {
        let theme = Theme::load().unwrap();
        let catalogue = crate::learning::sample_catalogue();
        let handbook = catalogue.handbook_by_slug("handbook").unwrap();
        let chapter = chapters(handbook).next();
        let prints = Prints::default();
        for lang in Lang::ALL {
            let printing = Printing {
                lang,
                ..printing(&theme, handbook, chapter)
            };
            let pdf = prints.get(&printing).unwrap();
            let has = |text: &str| pdf.windows(text.len()).any(|part| part == text.as_bytes());
            for mark in [
                "<pdfuaid:part>1</pdfuaid:part>",
                "/StructTreeRoot",
                "/Marked true",
                &format!("/Lang({lang})"),
            ] {
                assert!(has(mark), "{mark}");
            }
            let again = prints.get(&printing).unwrap();
            assert_eq!(pdf.as_ptr(), again.as_ptr(), "made once");
            assert!(pdf == printing.pdf().unwrap(), "the same bytes each time");
        }
    }

    fn base() -> Url {
        Url::parse("https://iespeja.test/lv/handbook/handbook/dati").unwrap()
    }

    #[test]
    fn an_element_that_would_be_lost_is_refused() {
        for html in [
            "<p>a <input type=\"checkbox\"/> b</p>",
            "<svg><text>a</text></svg>",
        ] {
            assert!(
                nodes(html, &base())
                    .unwrap_err()
                    .ends_with("cannot be printed"),
                "{html}"
            );
        }
    }

    #[test]
    fn lines_of_code_stay_and_a_recording_is_a_link() {
        let html = "<pre class=\"code\"><code>viens\n  divi\n</code></pre>\
            <figure><video src=\"/media/a.mp4\" aria-label=\"Saruna\"><track src=\"/media/a.vtt\"></video></figure>";
        let tree = serde_json::to_value(nodes(html, &base()).unwrap()).unwrap();
        let expected = serde_json::json!([
            { "tag": "pre", "class": "code", "children": [
                { "tag": "code", "children": ["viens\n  divi\n"] },
            ] },
            { "tag": "figure", "children": [
                { "tag": "a", "children": ["Saruna"], "href": "https://iespeja.test/media/a.mp4" },
            ] },
        ]);
        assert_eq!(tree, expected);
    }

    #[test]
    fn every_element_that_is_printed_makes_a_document() {
        let theme = Theme::load().unwrap();
        let catalogue = crate::learning::sample_catalogue();
        let mut handbook = catalogue.handbook_by_slug("handbook").unwrap().clone();
        let all = |tag: &&str| {
            match *tag {
            "br" | "hr" => format!("<{tag}>"),
            "caption" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "dt" | "dd" | "li" => String::new(),
            "table" => "<table><caption>a</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>a</td></tr></tbody>\
                <tfoot><tr><td>a</td></tr></tfoot></table>"
                .to_owned(),
            "dl" => "<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>".to_owned(),
            "ul" | "ol" => format!("<{tag}><li>a</li></{tag}>"),
            "figure" => "<figure><a>a</a><figcaption>b</figcaption></figure>".to_owned(),
            "details" => "<details><summary>a</summary><div><p>b</p></div></details>".to_owned(),
            tag => format!("<{tag}>a</{tag}>"),
        }
        };
        let html: String = PRINTED.iter().map(all).collect();
        for text in handbook.lessons[0].texts.values_mut() {
            text.segments = vec![Segment::Html(html.clone())];
        }
        let chapter = Some(&handbook.lessons[0]);
        printing(&theme, &handbook, chapter).pdf().unwrap();
    }

    #[test]
    fn html_becomes_a_tree_with_absolute_links() {
        let html = "<p>Viens\n<br>divi <a href=\"budzets\">un</a> <a href=\"#fn-1\">1</a> \
            <a href=\"/media/x.pdf\">lapa</a><img src=\"a.svg\" alt=\"Durvis &amp; logs\"></p>\
            <p><a class=\"term-back\" href=\"#x\">↩</a></p>";
        let tree = serde_json::to_value(nodes(html, &base()).unwrap()).unwrap();
        let expected = serde_json::json!([
            { "tag": "p", "children": [
                "Viens ",
                { "tag": "br", "children": [] },
                "divi ",
                { "tag": "a", "children": ["un"], "href": "https://iespeja.test/lv/handbook/handbook/budzets" },
                " ",
                { "tag": "a", "children": ["1"] },
                " ",
                { "tag": "a", "children": ["lapa"], "href": "https://iespeja.test/media/x.pdf" },
                "[Durvis & logs]",
            ] },
            { "tag": "p", "children": [] },
        ]);
        assert_eq!(tree, expected);
    }
}
