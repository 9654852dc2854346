//! Where somebody wanted to go before they had to sign in or say who they are.

/// A page of this site to go on to; never another site's, whatever an address says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Next(Option<String>);

/// The name of the query parameter and the form field.
pub const FIELD: &str = "next";

impl Next {
    /// Reads a path with its query; anything but a page in one of the languages is forgotten.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let is_page = ["/lv/", "/en/"].iter().any(|start| text.starts_with(start));
        // A browser takes a backslash for a slash and drops control characters.
        let is_plain = !text.contains(['\\', '#']) && !text.chars().any(char::is_control);
        Self((is_page && is_plain && text.len() <= 500).then(|| text.to_owned()))
    }

    /// The page.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The page, or another when there is none.
    #[must_use]
    pub fn or(self, other: String) -> String {
        self.0.unwrap_or(other)
    }

    /// A path that leads to `path` and remembers the page.
    #[must_use]
    pub fn after(&self, path: &str) -> String {
        match &self.0 {
            None => path.to_owned(),
            Some(next) => {
                let query: String = url::form_urlencoded::Serializer::new(String::new())
                    .append_pair(FIELD, next)
                    .finish();
                format!("{path}?{query}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_nowhere_else() {
        for text in [
            "https://elsewhere.example/lv/",
            "//elsewhere.example/lv/",
            "/\\elsewhere.example",
            "/lv/\\..\\",
            "/lv/a\r\nb",
            "javascript:alert(1)",
            "/assets/x",
            "",
        ] {
            assert_eq!(Next::parse(text), Next::default(), "{text}");
        }
    }

    #[test]
    fn remembers_a_page_with_its_query() {
        let next = Next::parse("/lv/courses?ground=age&x=1");
        assert_eq!(
            next.after("/lv/me/profile"),
            "/lv/me/profile?next=%2Flv%2Fcourses%3Fground%3Dage%26x%3D1"
        );
        assert_eq!(next.or("/lv/me".to_owned()), "/lv/courses?ground=age&x=1");
        assert_eq!(Next::default().or("/lv/me".to_owned()), "/lv/me");
    }
}
