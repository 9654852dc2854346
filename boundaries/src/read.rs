//! Reads the files of a crate: their texts and modules, and which of them are only for tests.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use syn::{Attribute, Item, Meta};

/// Why a crate cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read.
    #[error("{path} cannot be read")]
    Read {
        /// The file or folder.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A file is not Rust.
    #[error("{path} is not Rust: {source}")]
    Syntax {
        /// The file.
        path: String,
        /// Why.
        source: syn::Error,
    },
}

/// The texts of all files below `src`, except programs, by their path from there.
pub(crate) fn texts(src: &Path) -> Result<Vec<(String, String)>, Error> {
    let mut texts = Vec::new();
    collect(src, "", &mut texts).map_err(|source| Error::Read {
        path: src.display().to_string(),
        source,
    })?;
    texts.sort();
    Ok(texts)
}

#[expect(clippy::disallowed_methods, reason = "reads sources, in tests only")]
fn collect(folder: &Path, below: &str, texts: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if path.is_dir() && (below, name) != ("", "bin") {
            collect(&path, &format!("{below}{name}/"), texts)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            texts.push((format!("{below}{name}"), std::fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// The parsed files of a crate.
pub(crate) struct Files<'a> {
    files: &'a [(String, syn::File)],
    /// The modules declared only for tests.
    tests: BTreeSet<Vec<String>>,
}

impl<'a> Files<'a> {
    pub(crate) fn of(files: &'a [(String, syn::File)]) -> Self {
        let mut tests = BTreeSet::new();
        for (path, file) in files {
            for item in &file.items {
                if let Item::Mod(declared) = item
                    && declared.content.is_none()
                    && is_for_tests(&declared.attrs)
                {
                    let mut module = module_of(path);
                    module.push(declared.ident.to_string());
                    tests.insert(module);
                }
            }
        }
        Self { files, tests }
    }

    /// The files that are compiled without tests, each with its module.
    pub(crate) fn for_production(
        &self,
    ) -> impl Iterator<Item = (&'a str, Vec<String>, &'a syn::File)> {
        self.files.iter().filter_map(|(path, file)| {
            let module = module_of(path);
            let tested = self.tests.iter().any(|test| module.starts_with(test));
            (!tested).then_some((path.as_str(), module, file))
        })
    }
}

/// `draft/file.rs` and `draft/file/mod.rs` → `draft`, `file`.
fn module_of(path: &str) -> Vec<String> {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let mut module: Vec<String> = stem.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod")
        || matches!(module.as_slice(), [root] if root == "lib" || root == "main")
    {
        module.pop();
    }
    module
}

/// Whether an item is only for tests.
pub(crate) fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::Path(path) => path
            .segments
            .last()
            .is_some_and(|last| last.ident == "test"),
        Meta::List(list) if list.path.is_ident("cfg") => {
            let condition = list.tokens.to_string();
            condition == "test"
                || condition.starts_with("all (test")
                || condition.starts_with("all(test")
        }
        _ => false,
    })
}
