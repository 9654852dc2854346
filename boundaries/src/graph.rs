//! The graph: the files of a crate, and their imports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::read::{self, Error};
use crate::scope::Scopes;

/// An import: a file that uses something defined in another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The importing file, such as `draft/file.rs`.
    pub from: String,
    /// The file with the definition.
    pub to: String,
    /// The imported names; empty if only modules are imported.
    pub names: BTreeSet<String>,
    /// The imported modules. Importing a module is no dependency by itself; only what is used through it is.
    pub modules: BTreeSet<String>,
}

/// What a file uses of another one.
#[derive(Clone, Debug, Default)]
struct Taken {
    names: BTreeSet<String>,
    modules: BTreeSet<String>,
}

/// The files of a crate and their imports.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The module path of each file; empty for the root.
    modules: BTreeMap<String, String>,
    imports: BTreeMap<(String, String), Taken>,
    /// The other crates that each file uses.
    crates: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Reads the sources of a crate; `src` is the folder with its `lib.rs` or `main.rs`.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, or is not Rust.
    pub fn read(src: &Path) -> Result<Self, Error> {
        Self::of_texts(read::texts(src)?)
    }

    /// The graph of given texts, each with its path from `src`.
    ///
    /// # Errors
    ///
    /// When a text is not Rust.
    pub fn of_texts<P: Into<String>, T: AsRef<str>>(
        texts: impl IntoIterator<Item = (P, T)>,
    ) -> Result<Self, Error> {
        let mut graph = Self::default();
        let mut parsed = Vec::new();
        for (path, text) in texts {
            let path: String = path.into();
            let file = syn::parse_file(text.as_ref()).map_err(|source| Error::Syntax {
                path: path.clone(),
                source,
            })?;
            parsed.push((path, file));
        }
        let files = read::Files::of(&parsed);
        let mut scopes = Scopes::default();
        for (path, module, file) in files.for_production() {
            graph.modules.insert(path.to_owned(), module.join("::"));
            scopes.add(path, module, file);
        }
        for named in scopes.resolved() {
            if let Some(to) = named.to {
                if to != named.from {
                    let key = (named.from, to);
                    let taken = graph.imports.entry(key).or_default();
                    if named.is_module {
                        taken.modules.insert(named.name);
                    } else {
                        taken.names.insert(named.name);
                    }
                }
            } else {
                graph
                    .crates
                    .entry(named.from)
                    .or_default()
                    .insert(named.name);
            }
        }
        Ok(graph)
    }

    /// All files by their paths.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.modules.keys().map(String::as_str)
    }

    /// The module of a file, such as `draft::file`; empty for the root.
    #[must_use]
    pub fn module(&self, file: &str) -> &str {
        self.modules.get(file).map_or("", String::as_str)
    }

    /// All imports, by file and then by name.
    pub fn imports(&self) -> impl Iterator<Item = Import> {
        self.imports.iter().map(|((from, to), taken)| Import {
            from: from.clone(),
            to: to.clone(),
            names: taken.names.clone(),
            modules: taken.modules.clone(),
        })
    }

    /// The files that use another crate, such as `sea_orm`.
    pub fn users_of_crate<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let uses = self.crates.iter();
        uses.filter(move |(_, crates)| crates.contains(name))
            .map(|(file, _)| file.as_str())
    }

    /// The graph without some of its imports, each given as its two files.
    #[must_use]
    pub fn without<'a>(&self, imports: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut graph = self.clone();
        for (from, to) in imports {
            graph.imports.remove(&(from.to_owned(), to.to_owned()));
        }
        graph
    }

    /// Whether a file imports another one.
    #[must_use]
    pub fn has(&self, from: &str, to: &str) -> bool {
        self.imports.contains_key(&(from.to_owned(), to.to_owned()))
    }

    /// The groups of files with circular imports, each with the imports among them.
    #[must_use]
    pub fn circles(&self) -> Vec<Vec<Import>> {
        let mut of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for ((from, to), taken) in &self.imports {
            if !taken.names.is_empty() {
                of.entry(from).or_default().push(to);
            }
        }
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            of.keys().map(|file| (*file, reach(file, &of))).collect();
        let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|all| all.contains(to));
        let mut circles = Vec::new();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for file in of.keys().copied() {
            if told.contains(file) || !reaches(file, file) {
                continue;
            }
            let members: BTreeSet<&str> = of
                .keys()
                .copied()
                .filter(|other| reaches(file, other) && reaches(other, file))
                .collect();
            circles.push(
                self.imports()
                    .filter(|import| {
                        !import.names.is_empty()
                            && members.contains(import.from.as_str())
                            && members.contains(import.to.as_str())
                    })
                    .collect(),
            );
            told.extend(members);
        }
        circles
    }
}

/// All files that a file imports directly or indirectly.
fn reach<'a>(file: &str, of: &BTreeMap<&'a str, Vec<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = of.get(file).cloned().unwrap_or_default();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(of.get(next).into_iter().flatten());
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(texts: &[(&str, &str)]) -> Vec<(String, String, String)> {
        let graph = Graph::of_texts(texts.iter().copied()).unwrap();
        let names = |import: Import| {
            let names: Vec<String> = import.names.into_iter().chain(import.modules).collect();
            (import.from, import.to, names.join(" "))
        };
        graph.imports().map(names).collect()
    }

    fn check(of_a: &str, expected: &[(&str, &str)]) {
        let found = imports(&[
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", of_a),
            (
                "b/mod.rs",
                "mod inner; pub(crate) use inner::{Deep, deep as renamed}; pub(crate) struct B;",
            ),
            (
                "b/inner.rs",
                "pub(crate) struct Deep; pub(crate) fn deep() {}",
            ),
            (
                "c.rs",
                "pub(crate) fn c() {} pub(crate) mod within { pub(crate) fn d() {} }",
            ),
        ]);
        let found: Vec<(&str, &str)> = found
            .iter()
            .filter(|(from, ..)| from == "a.rs")
            .map(|(_, to, names)| (to.as_str(), names.as_str()))
            .collect();
        assert_eq!(found, expected, "{of_a}");
    }

    #[test]
    fn every_form_of_use_is_an_import() {
        check("use crate::c::c;", &[("c.rs", "c")]);
        check("use super::c;", &[("c.rs", "c")]);
        check(
            "use crate::{b::{self, B}, c::c as other};",
            &[("b/mod.rs", "B b"), ("c.rs", "c")],
        );
        check("pub(crate) use crate::c::*;", &[("c.rs", "*")]);
        check("fn f() { use crate::c::c; c() }", &[("c.rs", "c")]);
        check("mod x { use super::super::c::c; }", &[("c.rs", "c")]);
    }

    #[test]
    fn a_name_that_is_handed_on_is_followed_to_its_file() {
        check("use crate::b::Deep;", &[("b/inner.rs", "Deep")]);
        check("use crate::b::renamed;", &[("b/inner.rs", "deep")]);
        check(
            "use crate::b; fn f() { b::renamed() }",
            &[("b/inner.rs", "deep"), ("b/mod.rs", "b")],
        );
    }

    #[test]
    fn paths_in_code_types_patterns_and_macros_are_imports() {
        check("fn f() { crate::c::c(); }", &[("c.rs", "c")]);
        check("fn f(b: &crate::b::B) {}", &[("b/mod.rs", "B")]);
        check("fn f() { crate::c::within::d() }", &[("c.rs", "d")]);
        check(
            "fn f() { println!(\"{}\", super::c::c()); }",
            &[("c.rs", "c")],
        );
        check(
            "macro_rules! m { () => { $crate::c::c() } }",
            &[("c.rs", "c")],
        );
        check("impl crate::b::B {}", &[("b/mod.rs", "B")]);
    }

    #[test]
    fn what_is_only_for_tests_does_not_count() {
        check("#[cfg(test)] use crate::c::c;", &[]);
        check("#[cfg(test)] mod tests { use crate::c::c; }", &[]);
        check("#[test] fn f() { crate::c::c() }", &[]);
        check("//! See [`crate::c::c`].", &[]);
        let found = imports(&[
            ("lib.rs", "mod a; #[cfg(test)] mod tests;"),
            ("a.rs", ""),
            ("tests.rs", "use crate::a;"),
        ]);
        assert_eq!(found, []);
    }

    #[test]
    fn other_crates_are_known_by_name() {
        let graph = Graph::of_texts([
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use sea_orm::{self, Value}; use crate::b;"),
            ("b.rs", "fn f() { sea_orm::x() }"),
        ])
        .unwrap();
        assert_eq!(
            graph.users_of_crate("sea_orm").collect::<Vec<_>>(),
            ["a.rs", "b.rs"]
        );
        assert_eq!(graph.users_of_crate("b").count(), 0);
    }

    #[test]
    fn circles_are_found_with_what_ties_them() {
        let graph = Graph::of_texts([
            ("lib.rs", "mod a; mod b; mod c; mod d; mod d2;"),
            ("a.rs", "use crate::b::b;"),
            ("b.rs", "pub(crate) fn b() { crate::c::c() }"),
            ("c.rs", "pub(crate) fn c() { super::a::a() }"),
            ("d.rs", "use crate::a; use crate::d2;"),
            ("d2.rs", "use crate::d;"),
        ])
        .unwrap();
        let circles = graph.circles();
        assert_eq!(circles.len(), 1);
        let tied: Vec<(&str, &str)> = circles[0]
            .iter()
            .map(|import| (import.from.as_str(), import.to.as_str()))
            .collect();
        assert_eq!(tied, [("a.rs", "b.rs"), ("b.rs", "c.rs"), ("c.rs", "a.rs")]);
        assert!(graph.without([("b.rs", "c.rs")]).circles().is_empty());
    }

    #[test]
    fn what_is_no_rust_is_told_with_its_file() {
        let error = Graph::of_texts([("lib.rs", "fn")]).unwrap_err();
        assert!(error.to_string().starts_with("lib.rs "), "{error}");
    }
}
