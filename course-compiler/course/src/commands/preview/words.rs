//! The words of the preview's frame, in the languages of courses: `files/lv.ftl` and `files/en.ftl`.
//!
//! What the compiler says is English, like the rest of it.

use std::sync::LazyLock;

use course_compiler::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

type Bundle = FluentBundle<FluentResource>;

static LV: LazyLock<Bundle> = LazyLock::new(|| bundle("lv", include_str!("files/lv.ftl")));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle("en", include_str!("files/en.ftl")));

/// Something put into a text; a number also decides its plural form.
pub(super) type Arg<'a> = (&'a str, FluentValue<'a>);

/// A text of the preview; its key, where there is none.
pub(super) fn text(language: Language, key: &str, args: &[Arg<'_>]) -> String {
    let bundle = match language {
        Language::Lv => &*LV,
        Language::En => &*EN,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|found| found.value()) else {
        return key.to_owned();
    };
    let args: FluentArgs<'_> = args.iter().cloned().collect();
    // A value that is missing shows as its name; the tests render every text.
    let mut errors = Vec::new();
    bundle
        .format_pattern(pattern, Some(&args), &mut errors)
        .into_owned()
}

/// A file that is partly wrong gives the messages that are right.
fn bundle(tag: &str, file: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(tag.parse().into_iter().collect());
    // All text has one direction.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(some, _)| some);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of a file, and the file as a reader of Fluent sees it.
    fn keys(file: &str) -> Vec<&str> {
        let resource = FluentResource::try_new(file.to_owned());
        assert!(resource.is_ok(), "{resource:?}");
        let mut keys: Vec<&str> = file
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key)
            .collect();
        keys.sort_unstable();
        keys
    }

    #[test]
    fn both_languages_have_the_same_messages() {
        let (lv, en) = (include_str!("files/lv.ftl"), include_str!("files/en.ftl"));
        assert_eq!(keys(lv), keys(en));
        assert!(keys(lv).len() > 30);
    }

    #[test]
    fn every_text_that_pages_ask_for_is_there() {
        let pages = [
            include_str!("pages.rs"),
            include_str!("files/base.html"),
            include_str!("files/index.html"),
            include_str!("files/course.html"),
            include_str!("files/lesson.html"),
            include_str!("files/missing.html"),
        ];
        let all = keys(include_str!("files/en.ftl"));
        let is_asked = |key: &str| {
            pages
                .iter()
                .any(|page| page.contains(&format!("\"{key}\"")))
        };
        for key in &all {
            // Those of a kind are asked for by the word of what they stand for.
            let of_a_kind = ["severity-", "state-", "review-", "scheme-", "outcome-"];
            assert!(
                is_asked(key) || of_a_kind.iter().any(|kind| key.starts_with(kind)),
                "nobody asks for {key}"
            );
        }
        for page in pages {
            for asked in page.split("t(key=\"").skip(1) {
                let key = asked.split('"').next().unwrap();
                assert!(all.contains(&key), "{key}");
            }
        }
    }

    #[test]
    fn counts_take_their_form() {
        let problems =
            |language, count: usize| text(language, "problems", &[("count", count.into())]);
        assert_eq!(problems(Language::En, 0), "No problems");
        assert_eq!(problems(Language::En, 1), "1 problem");
        assert_eq!(problems(Language::Lv, 0), "Piezīmju nav");
        assert_eq!(problems(Language::Lv, 21), "21 piezīme");
        assert_eq!(problems(Language::Lv, 10), "10 piezīmju");
    }
}
