//! What all lists of people have in common: names with letters of several alphabets are marked, and can be
//! listed alone.

use crate::{
    http::{Lang, theme::Theme},
    list::{Filter, ListCell, Query, SortOrder, Tone},
    text::is_of_one_script,
};

/// The filter's name in addresses, and its only value.
const NAME: &str = "name";
const MIXED: &str = "mixed";

/// The filter of a list of people that leaves those whose name has letters of several alphabets.
#[must_use]
pub fn name_filter() -> Filter {
    let mixed = (MIXED.to_owned(), "name-mixed".to_owned());
    Filter::new(NAME, "name-filter", "name-any", [mixed])
}

/// Whether a query lists only people whose name has letters of several alphabets.
#[must_use]
pub fn lists_mixed_names<O: SortOrder>(query: &Query<O>) -> bool {
    query.chosen(NAME) == Some(MIXED)
}

/// The cell of a person's name, with a mark if the name has letters of several alphabets.
#[must_use]
pub fn marked_name((theme, lang): (&Theme, Lang), cell: ListCell, name: &str) -> ListCell {
    if is_of_one_script(name) {
        cell
    } else {
        cell.with_tag(Tone::Warning, theme.text(lang, "name-mixed"))
    }
}
