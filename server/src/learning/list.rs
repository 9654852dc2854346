//! The query of the list of people who learn.

use crate::{
    list::{Filter, SortOrder},
    people,
};

/// By which column they are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum LearnerOrder {
    /// By family name, then by given name.
    #[default]
    Name,
    /// By the course that they began last.
    Enrolled,
}

impl SortOrder for LearnerOrder {
    const ALL: &'static [Self] = &[Self::Name, Self::Enrolled];

    fn slug(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Enrolled => "enrolled",
        }
    }

    fn is_descending_first(self) -> bool {
        self == Self::Enrolled
    }
}

/// The filters of the list.
#[must_use]
pub(super) fn filters() -> Vec<Filter> {
    vec![people::name_filter()]
}
