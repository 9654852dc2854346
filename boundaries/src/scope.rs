//! Resolves names: the scopes of all modules, and the targets of paths.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{ImplItem, Item, UseTree};

use crate::read::is_for_tests;

/// The most re-exports that are followed for one path.
const MOST_STEPS: usize = 16;

/// A name used in a file, with the file that defines it; without one, the name of another crate.
pub(crate) struct Named {
    pub(crate) from: String,
    pub(crate) to: Option<String>,
    pub(crate) name: String,
    /// Whether it is a module.
    pub(crate) is_module: bool,
}

type ModulePath = Vec<String>;

/// The names in a module.
#[derive(Default)]
struct Scope {
    file: String,
    /// The names imported by `use`, by their local name.
    uses: BTreeMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
    /// The paths in its code.
    paths: BTreeSet<Vec<String>>,
    items: BTreeSet<String>,
}

/// The scopes of a crate, by module.
#[derive(Default)]
pub(crate) struct Scopes(BTreeMap<ModulePath, Scope>);

/// The target of a path.
enum Target {
    /// A name in a module, or the module itself.
    Local(ModulePath, Option<String>),
    Crate(String),
    Unknown,
}

impl Scopes {
    /// Adds the module of a file, and those inside it.
    pub(crate) fn add(&mut self, file: &str, module: ModulePath, content: &syn::File) {
        self.add_items(file, module, &content.items);
    }

    fn add_items(&mut self, file: &str, module: ModulePath, items: &[Item]) {
        let mut collector = Collector {
            scope: Scope {
                file: file.to_owned(),
                ..Scope::default()
            },
            inner: Vec::new(),
        };
        for item in items {
            collector.visit_item(item);
        }
        let Collector { scope, inner } = collector;
        self.0.insert(module.clone(), scope);
        for (name, items) in inner {
            let mut module = module.clone();
            module.push(name);
            self.add_items(file, module, items);
        }
    }

    /// All used names, with where they are defined.
    pub(crate) fn resolved(&self) -> impl Iterator<Item = Named> {
        self.0.iter().flat_map(move |(module, scope)| {
            let globs = scope.globs.iter().map(|path| (path, true));
            let others = scope
                .uses
                .values()
                .chain(&scope.paths)
                .map(|path| (path, false));
            globs.chain(others).filter_map(move |(path, is_glob)| {
                let (to, name, is_module) = match self.resolve(module, path, 0) {
                    Target::Local(found, name) => {
                        let file = self.0.get(&found)?.file.clone();
                        let is_module = name.is_none() && !is_glob;
                        let last = found.last().cloned().unwrap_or_default();
                        let name = if is_glob {
                            "*".to_owned()
                        } else {
                            name.unwrap_or(last)
                        };
                        (Some(file), name, is_module)
                    }
                    Target::Crate(name) => (None, name, true),
                    Target::Unknown => return None,
                };
                Some(Named {
                    from: scope.file.clone(),
                    to,
                    name,
                    is_module,
                })
            })
        })
    }

    fn resolve(&self, module: &[String], path: &[String], steps: usize) -> Target {
        let Some((first, rest)) = path.split_first().filter(|_| steps < MOST_STEPS) else {
            return Target::Unknown;
        };
        match first.as_str() {
            "crate" => self.within(&[], rest, steps),
            "self" => self.within(module, rest, steps),
            "super" => match module.split_last() {
                Some((_, parent)) if rest.first().is_some_and(|next| next == "super") => {
                    self.resolve(parent, rest, steps.saturating_add(1))
                }
                Some((_, parent)) => self.within(parent, rest, steps),
                None => Target::Unknown,
            },
            _ if self.knows(module, first) => self.within(module, path, steps),
            _ => {
                let globs = self.0.get(module).map_or(&[][..], |scope| &scope.globs);
                let through = globs.iter().find_map(|glob| {
                    match self.resolve(module, glob, steps.saturating_add(1)) {
                        Target::Local(found, None) if self.knows(&found, first) => Some(found),
                        _ => None,
                    }
                });
                match through {
                    Some(found) => self.within(&found, path, steps),
                    None if first
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') =>
                    {
                        Target::Crate(first.clone())
                    }
                    None => Target::Unknown,
                }
            }
        }
    }

    /// Whether a module defines a name.
    fn knows(&self, module: &[String], name: &str) -> bool {
        let mut child = module.to_vec();
        child.push(name.to_owned());
        self.0.contains_key(&child)
            || self
                .0
                .get(module)
                .is_some_and(|scope| scope.items.contains(name) || scope.uses.contains_key(name))
    }

    /// Resolves a path, starting at a module.
    fn within(&self, module: &[String], path: &[String], steps: usize) -> Target {
        let Some((first, rest)) = path.split_first() else {
            return Target::Local(module.to_vec(), None);
        };
        let mut child = module.to_vec();
        child.push(first.clone());
        if self.0.contains_key(&child) {
            return self.within(&child, rest, steps);
        }
        let Some(scope) = self.0.get(module) else {
            return Target::Unknown;
        };
        if let Some(handed_on) = scope.uses.get(first) {
            let whole: Vec<String> = handed_on.iter().chain(rest).cloned().collect();
            // `use x::y; y::z` may refer to itself if the name is also that of another crate.
            if whole.first() != Some(first) || handed_on.len() > 1 {
                return self.resolve(module, &whole, steps.saturating_add(1));
            }
            return Target::Crate(first.clone());
        }
        if !scope.items.contains(first) {
            for glob in &scope.globs {
                if let Target::Local(found, None) =
                    self.resolve(module, glob, steps.saturating_add(1))
                    && self.knows(&found, first)
                {
                    return self.within(&found, path, steps.saturating_add(1));
                }
            }
        }
        Target::Local(module.to_vec(), Some(first.clone()))
    }
}

/// Collects the names that a module uses and defines.
struct Collector<'ast> {
    scope: Scope,
    /// Modules inside the file.
    inner: Vec<(String, &'ast [Item])>,
}

impl Collector<'_> {
    fn add_use(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.add_use(&path.tree, before);
                before.pop();
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                if name == "self" {
                    let last = before.last().cloned().unwrap_or_default();
                    self.scope.uses.insert(last, before.clone());
                } else {
                    let path = before.iter().cloned().chain([name.clone()]).collect();
                    self.scope.uses.insert(name, path);
                }
            }
            UseTree::Rename(rename) => {
                let name = rename.ident.to_string();
                let own = (name != "self").then_some(name);
                let path = before.iter().cloned().chain(own).collect();
                // A trait imported as `_` counts as used.
                let shown = match rename.rename.to_string() {
                    unnamed if unnamed == "_" => format!("_{}", self.scope.uses.len()),
                    shown => shown,
                };
                self.scope.uses.insert(shown, path);
            }
            UseTree::Glob(_) => self.scope.globs.push(before.clone()),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_use(tree, before);
                }
            }
        }
    }

    /// Paths in the tokens of a macro.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0_u8;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.add_path(std::mem::take(&mut path));
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' && !path.is_empty() => {
                    colons = colons.saturating_add(1);
                }
                other => {
                    self.add_path(std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.add_tokens(group.stream());
                    }
                }
            }
        }
        self.add_path(path);
    }

    fn add_path(&mut self, path: Vec<String>) {
        if path.len() > 1 {
            self.scope.paths.insert(path);
        }
    }
}

impl<'ast> Visit<'ast> for Collector<'ast> {
    fn visit_item(&mut self, item: &'ast Item) {
        let (attributes, name) = match item {
            Item::Const(item) => (&item.attrs, Some(&item.ident)),
            Item::Enum(item) => (&item.attrs, Some(&item.ident)),
            Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
            Item::Static(item) => (&item.attrs, Some(&item.ident)),
            Item::Struct(item) => (&item.attrs, Some(&item.ident)),
            Item::Trait(item) => (&item.attrs, Some(&item.ident)),
            Item::Type(item) => (&item.attrs, Some(&item.ident)),
            Item::Union(item) => (&item.attrs, Some(&item.ident)),
            Item::Macro(item) => (&item.attrs, item.ident.as_ref()),
            Item::Mod(item) => (&item.attrs, None),
            Item::Impl(item) => (&item.attrs, None),
            Item::Use(item) => (&item.attrs, None),
            _ => return visit::visit_item(self, item),
        };
        if is_for_tests(attributes) {
            return;
        }
        self.scope.items.extend(name.map(ToString::to_string));
        match item {
            Item::Mod(item) => {
                if let Some((_, items)) = &item.content {
                    self.inner.push((item.ident.to_string(), items));
                }
            }
            Item::Use(item) => self.add_use(&item.tree, &mut Vec::new()),
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let is_test = matches!(item, ImplItem::Fn(item) if is_for_tests(&item.attrs));
        if !is_test {
            visit::visit_impl_item(self, item);
        }
    }

    // Attributes have their own syntax and are ignored.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.add_path(
            path.segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect(),
        );
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, macro_call: &'ast syn::Macro) {
        self.visit_path(&macro_call.path);
        self.add_tokens(macro_call.tokens.clone());
    }
}
