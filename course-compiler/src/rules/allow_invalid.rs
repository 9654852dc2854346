//! `allow-invalid`: a comment that is meant to allow a violation, and is not valid.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::{Source, Span};

pub(crate) const RULE: Rule = Rule {
    code: "allow-invalid",
    severity: Severity::Warning,
    page: include_str!("allow_invalid.md"),
};

/// The reason is missing.
pub(crate) fn no_reason(source: &Source, span: Span, code: &str) -> Diagnostic {
    RULE.at(
        source,
        span,
        "this allowance gives no reason, so it allows nothing",
    )
    .help(format!("say why, after a colon: `allow {code}: …`"))
}

/// There is no such rule.
pub(crate) fn unknown(source: &Source, span: Span, code: &str, meant: Option<&Rule>) -> Diagnostic {
    let help = match meant {
        Some(rule) => format!("did you mean `{}`?", rule.code),
        None => "`course explain` lists the rules".to_owned(),
    };
    RULE.at(source, span, format!("there is no rule `{code}`"))
        .help(help)
}

/// Violations of the rule are errors.
pub(crate) fn is_error(source: &Source, span: Span, code: &str) -> Diagnostic {
    RULE.at(
        source,
        span,
        format!("`{code}` cannot be allowed: the course would not work"),
    )
    .help("put right what it finds, and remove this line; only warnings can be allowed")
}

/// The comment is visible to learners.
pub(crate) fn visible(source: &Source, span: Span) -> Diagnostic {
    RULE.at(source, span, "this allowance is text that learners see")
        .help(
            "put an empty line before it; with brackets in the reason, write `[//]: # \"allow …\"`",
        )
}
