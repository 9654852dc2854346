//! The platform's style sheets, fonts and marks, embedded from `themes/default`.

use std::borrow::Cow;

#[derive(rust_embed::RustEmbed)]
#[folder = "../../themes/default"]
#[include = "css/*"]
#[include = "assets/*"]
struct Files;

/// The beginning of the addresses of the theme's files in the preview.
pub(super) const ADDRESS: &str = "/theme/";

/// Light, dark, or the browser's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Scheme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Scheme {
    pub(super) const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its value in an address.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A file of the theme.
pub(super) fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    Files::get(path).map(|file| file.data)
}

/// The style sheets of the platform in order, for one scheme: rules for the other one are disabled.
pub(super) fn style_sheet(scheme: Scheme) -> String {
    let text = |path: &str| {
        let bytes = file(path).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let order = text("css/order.txt");
    let sheets: String = order
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|name| text(&format!("css/{name}")))
        .collect();
    let sheets = sheets.replace("url(\"assets/", &format!("url(\"{ADDRESS}assets/"));
    let (dark, light, words) = match scheme {
        Scheme::Auto => return sheets,
        Scheme::Light => ("not all", "all", "color-scheme: light;"),
        Scheme::Dark => ("all", "not all", "color-scheme: dark;"),
    };
    sheets
        .replace("(prefers-color-scheme: dark)", dark)
        .replace("(prefers-color-scheme: light)", light)
        .replace("color-scheme: light dark;", words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_scheme_does_not_ask_the_browser() {
        assert!(style_sheet(Scheme::Auto).contains("prefers-color-scheme: dark"));
        for scheme in [Scheme::Light, Scheme::Dark] {
            let sheet = style_sheet(scheme);
            assert!(!sheet.contains("prefers-color-scheme"), "{scheme:?}");
            assert!(sheet.contains(&format!("color-scheme: {};", scheme.as_str())));
        }
    }

    #[test]
    fn every_file_that_the_style_sheet_names_is_there() {
        let sheet = style_sheet(Scheme::Auto);
        let named: Vec<&str> = sheet
            .split("url(\"")
            .skip(1)
            .filter_map(|rest| rest.split_once('"'))
            .map(|(address, _)| address)
            .filter(|address| !address.starts_with("data:"))
            .collect();
        assert!(!named.is_empty());
        for address in named {
            let path = address.strip_prefix(ADDRESS).unwrap();
            assert!(file(path).is_some(), "{path}");
        }
    }
}
