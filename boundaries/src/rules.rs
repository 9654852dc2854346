//! Rules for a graph, and exceptions from them.

use crate::graph::{Graph, Import};

/// Which imports are allowed. Modules are given by their paths, such as `draft` or `draft::file`, and include
/// everything below them; if several match, the longest one applies.
#[derive(Clone, Copy, Debug)]
pub enum Rule<'a> {
    /// Groups of modules in order: a module may import its own group and those before it. Every module has to
    /// be in a group, except the root of the crate, which re-exports names of all.
    Order(&'a [&'a [&'a str]]),
    /// Of the modules `among`, this one may import only these and itself.
    Only {
        /// The module.
        of: &'a str,
        /// The modules that it may import.
        may: &'a [&'a str],
        /// The modules to which the rule applies.
        among: &'a [&'a str],
    },
    /// Only these modules may use a crate.
    Crate {
        /// The crate's name in code: `sea_orm`.
        name: &'a str,
        /// The modules that may use it.
        users: &'a [&'a str],
    },
    /// From outside of a module, only names that the module itself exports may be imported, or names of the
    /// listed modules below it.
    Facade {
        /// The module.
        of: &'a str,
        /// Modules below it that may be used directly.
        open: &'a [&'a str],
    },
}

/// An import that is allowed by way of exception.
#[derive(Clone, Copy, Debug)]
pub struct Exception<'a> {
    /// The importing file.
    pub from: &'a str,
    /// The imported file, or the crate.
    pub to: &'a str,
    /// The reason.
    pub reason: &'a str,
}

/// All violations, one line each: forbidden imports, circular imports, and exceptions that are unnecessary or
/// have no reason. Empty if there are none.
#[must_use]
pub fn problems(graph: &Graph, rules: &[Rule<'_>], exceptions: &[Exception<'_>]) -> Vec<String> {
    let edges = |of: &[Exception<'_>]| -> Vec<(String, String)> {
        of.iter()
            .map(|one| (one.from.to_owned(), one.to.to_owned()))
            .collect()
    };
    let kept = |excepted: &[(String, String)]| {
        graph.without(
            excepted
                .iter()
                .map(|(from, to)| (from.as_str(), to.as_str())),
        )
    };
    let excepted = edges(exceptions);
    let mut found = broken(&kept(&excepted), rules, &excepted);
    for exception in exceptions {
        if exception.reason.trim().is_empty() {
            found.push(format!(
                "the exception {} → {} has no reason",
                exception.from, exception.to
            ));
        }
        let own = (exception.from.to_owned(), exception.to.to_owned());
        let others: Vec<(String, String)> = excepted
            .iter()
            .filter(|other| **other != own)
            .cloned()
            .collect();
        if broken(&kept(&others), rules, &others) == broken(&kept(&excepted), rules, &excepted) {
            found.push(format!(
                "the exception {} → {} is not needed any more: remove it",
                exception.from, exception.to
            ));
        }
    }
    found
}

/// The violations in a graph.
fn broken(graph: &Graph, rules: &[Rule<'_>], excepted: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for rule in rules {
        match rule {
            Rule::Order(groups) => order(graph, groups, &mut found),
            Rule::Only { of, may, among } => only(graph, of, may, among, &mut found),
            Rule::Crate { name, users } => {
                for file in graph.users_of_crate(name) {
                    let is_excepted = excepted.iter().any(|(from, to)| from == file && to == name);
                    if !is_excepted && !users.iter().any(|user| is_in(graph.module(file), user)) {
                        found.push(format!("{file} names the crate `{name}`"));
                    }
                }
            }
            Rule::Facade { of, open } => facade(graph, of, open, &mut found),
        }
    }
    for circle in graph.circles() {
        let ties: Vec<String> = circle.iter().map(told).collect();
        found.push(format!(
            "files import each other in a circle: {}",
            ties.join("; ")
        ));
    }
    found
}

fn order(graph: &Graph, groups: &[&[&str]], found: &mut Vec<String>) {
    let place = |module: &str| longest(module, (0_usize..).zip(groups.iter().copied()));
    for file in graph.files() {
        let module = graph.module(file);
        if !module.is_empty() && place(module).is_none() {
            found.push(format!("{file} has no place in the order of modules"));
        }
    }
    for import in graph.imports() {
        let (from, to) = (graph.module(&import.from), graph.module(&import.to));
        if let (Some((earlier, own)), Some((later, other))) = (place(from), place(to))
            && earlier < later
        {
            found.push(format!("{}: `{own}` comes before `{other}`", told(&import)));
        }
    }
}

/// The group to which a module belongs, by its index, and the path that matched.
fn longest<'a>(
    module: &str,
    groups: impl Iterator<Item = (usize, &'a [&'a str])>,
) -> Option<(usize, &'a str)> {
    groups
        .flat_map(|(at, paths)| paths.iter().map(move |path| (at, *path)))
        .filter(|(_, path)| is_in(module, path))
        .max_by_key(|(_, path)| path.len())
}

fn only(graph: &Graph, of: &str, may: &[&str], among: &[&str], found: &mut Vec<String>) {
    for import in graph.imports() {
        let (from, to) = (graph.module(&import.from), graph.module(&import.to));
        let concerned = is_in(from, of) && !is_in(to, of) && among.iter().any(|one| is_in(to, one));
        if concerned && !may.iter().any(|one| is_in(to, one)) {
            found.push(format!("{}: `{of}` may not", told(&import)));
        }
    }
}

fn facade(graph: &Graph, of: &str, open: &[&str], found: &mut Vec<String>) {
    for import in graph.imports() {
        let (from, to) = (graph.module(&import.from), graph.module(&import.to));
        if is_in(from, of) || !is_in(to, of) || to == of || open.iter().any(|one| is_in(to, one)) {
            continue;
        }
        let own_file = graph.files().find(|file| graph.module(file) == of);
        let hands_on = |name: &str| {
            own_file.is_some_and(|facade| {
                let handed = graph
                    .imports()
                    .find(|own| own.from == *facade && own.to == import.to);
                handed.is_some_and(|own| own.names.contains(name) || own.names.contains("*"))
            })
        };
        let inner: Vec<&str> = import
            .names
            .iter()
            .map(String::as_str)
            .filter(|name| !hands_on(name))
            .collect();
        if !inner.is_empty() {
            found.push(format!(
                "{} names `{}` of {}, which `{of}` keeps to itself",
                import.from,
                inner.join("`, `"),
                import.to
            ));
        }
    }
}

/// Whether a module is another one, or below it.
fn is_in(module: &str, path: &str) -> bool {
    module
        .strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn told(import: &Import) -> String {
    let names: Vec<&str> = import.names.iter().map(String::as_str).collect();
    format!(
        "{} names `{}` of {}",
        import.from,
        names.join("`, `"),
        import.to
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(of_a: &str) -> Graph {
        Graph::of_texts([
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", of_a),
            ("b/mod.rs", "mod inner; pub(crate) use inner::shown;"),
            (
                "b/inner.rs",
                "pub(crate) fn shown() {} pub(crate) fn hidden() {}",
            ),
            ("c.rs", "pub(crate) fn c() { crate::b::shown() }"),
        ])
        .unwrap()
    }

    fn check(of_a: &str, rule: Rule<'_>, expected: &[&str]) {
        assert_eq!(problems(&graph(of_a), &[rule], &[]), expected);
    }

    #[test]
    fn what_comes_first_does_not_name_what_comes_later() {
        let order = Rule::Order(&[&["b"], &["a"], &["c"]]);
        check("use crate::b::shown;", order, &[]);
        check(
            "use crate::c::c;",
            order,
            &["a.rs names `c` of c.rs: `a` comes before `c`"],
        );
        check(
            "",
            Rule::Order(&[&["b"], &["c"]]),
            &["a.rs has no place in the order of modules"],
        );
    }

    #[test]
    fn a_module_imports_only_what_it_may() {
        let rule = Rule::Only {
            of: "a",
            may: &["b"],
            among: &["a", "b", "c"],
        };
        check("use crate::b::shown;", rule, &[]);
        check(
            "use crate::c::c;",
            rule,
            &["a.rs names `c` of c.rs: `a` may not"],
        );
    }

    #[test]
    fn a_crate_is_named_only_where_it_may_be() {
        let rule = Rule::Crate {
            name: "sea_orm",
            users: &["b"],
        };
        check(
            "use sea_orm::Value;",
            rule,
            &["a.rs names the crate `sea_orm`"],
        );
        let excepted = Exception {
            from: "a.rs",
            to: "sea_orm",
            reason: "it has to",
        };
        assert!(problems(&graph("use sea_orm::Value;"), &[rule], &[excepted]).is_empty());
    }

    #[test]
    fn only_what_a_facade_hands_on_is_named_from_outside() {
        let rule = Rule::Facade { of: "b", open: &[] };
        check("use crate::b::shown;", rule, &[]);
        check(
            "use crate::b::inner::hidden;",
            rule,
            &["a.rs names `hidden` of b/inner.rs, which `b` keeps to itself"],
        );
        check(
            "use crate::b::inner::hidden;",
            Rule::Facade {
                of: "b",
                open: &["b::inner"],
            },
            &[],
        );
    }

    #[test]
    fn a_circle_is_a_problem_and_an_exception_has_to_be_needed() {
        let graph = Graph::of_texts([
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b::b;"),
            ("b.rs", "pub(crate) fn b() {} fn f() { crate::a::a() }"),
        ])
        .unwrap();
        assert_eq!(
            problems(&graph, &[], &[]),
            ["files import each other in a circle: a.rs names `b` of b.rs; b.rs names `a` of a.rs"]
        );
        let needed = Exception {
            from: "b.rs",
            to: "a.rs",
            reason: "planted",
        };
        assert!(problems(&graph, &[], &[needed]).is_empty());
        let other = Exception {
            from: "a.rs",
            to: "c.rs",
            reason: "planted",
        };
        assert_eq!(
            problems(&graph, &[], &[needed, other]),
            ["the exception a.rs → c.rs is not needed any more: remove it"]
        );
        assert_eq!(
            problems(
                &graph,
                &[],
                &[Exception {
                    reason: "",
                    ..needed
                }]
            ),
            ["the exception b.rs → a.rs has no reason"]
        );
    }
}
