//! The severity of rules as configured by a course: the table `[lint]` of `course.toml`.
//!
//! Only the severity of warnings can be changed. Errors would make a course that does not work.

use std::collections::BTreeMap;

use crate::diagnostic::{Report, Rule, Severity};
use crate::parse::fields::Fields;
use crate::rules::meta_bad_value;

/// The severity of a rule in a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Off,
    Warning,
    Error,
}

impl Level {
    const ALL: &[Self] = &[Self::Off, Self::Warning, Self::Error];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The table `[lint]` of a course: rules by their code.
#[derive(Clone, Debug, Default)]
pub(crate) struct Levels(BTreeMap<&'static str, Level>);

impl Levels {
    /// Reads the table `[lint]` of `course.toml`.
    pub(crate) fn read(
        course: &mut Fields<'_>,
        rules: &[&'static Rule],
        report: &mut Report<'_>,
    ) -> Self {
        let mut levels = Self::default();
        let Some(mut table) = course.table("lint", report) else {
            return levels;
        };
        for rule in rules {
            let place = table.place(rule.code);
            match table.choice(rule.code, Level::ALL, Level::as_str, report) {
                Some(level) if rule.severity == Severity::Error && level != Level::Error => {
                    meta_bad_value::names_nothing(
                        report,
                        place,
                        format!("`{}` is an error in every course", rule.code),
                        "remove this line; only warnings can be changed".to_owned(),
                    );
                }
                Some(level) => {
                    levels.0.insert(rule.code, level);
                }
                None => {}
            }
        }
        table.finish(report);
        levels
    }

    /// The course's setting for a rule.
    pub(crate) fn of(&self, code: &str) -> Option<Level> {
        self.0.get(code).copied()
    }
}
