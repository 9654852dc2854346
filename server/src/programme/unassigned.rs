//! Indicators that are none: those of facts that no indicator counts yet.

/// The indicator of facts that no indicator counts: kept, so that they count when the kind of the
/// organisation is corrected.
pub const UNCOUNTED: &str = "uncounted";

/// The indicator of facts of people who have not said for whom they work: kept, and counted where they belong
/// once they say so.
pub const UNNAMED: &str = "unnamed";
