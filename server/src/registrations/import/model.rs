//! What a file holds once it is checked, and what became of its rows.

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(super) use crate::db::entity::registration_import::{ImportStatus, Model as Import};
use crate::{
    http::Lang,
    ids::OrganisationId,
    registrations::model::{Outcome, RegistrationState},
};

/// The largest file, in bytes. A file with the most rows is a tenth of it.
pub(super) const MOST_BYTES: usize = 4 * 1024 * 1024;
/// The most rows below the header.
pub(super) const MOST_ROWS: usize = 5_000;

/// A column that an import knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// Given name; has to be there.
    GivenName,
    /// Family name; has to be there.
    FamilyName,
    /// E-mail address; has to be there.
    Email,
    /// The name or the registration number of an organisation of the register.
    Organisation,
    /// What the person does there.
    Role,
    /// The language of mails.
    Language,
}

impl Column {
    /// All of them, in the order of the template.
    pub(super) const ALL: [Self; 6] = [
        Self::GivenName,
        Self::FamilyName,
        Self::Email,
        Self::Organisation,
        Self::Role,
        Self::Language,
    ];

    /// Those that have to be there.
    pub(super) const NEEDED: [Self; 3] = [Self::GivenName, Self::FamilyName, Self::Email];

    /// The key of its header in the template, and of its name on pages.
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::GivenName => "import-column-given-name",
            Self::FamilyName => "import-column-family-name",
            Self::Email => "import-column-email",
            Self::Organisation => "import-column-organisation",
            Self::Role => "import-column-role",
            Self::Language => "import-column-language",
        }
    }

    /// The headers by which it is recognised, in Latvian and English: in lower case, without diacritics, letters only.
    const fn headers(self) -> &'static [&'static str] {
        match self {
            Self::GivenName => &["vards", "givenname", "firstname", "forename"],
            Self::FamilyName => &["uzvards", "familyname", "lastname", "surname"],
            Self::Email => &[
                "epasts",
                "epastaadrese",
                "email",
                "emailaddress",
                "mail",
                "elektroniskapastaadrese",
            ],
            Self::Organisation => &[
                "organizacija",
                "iestade",
                "darbavieta",
                "darbadevejs",
                "uznemums",
                "registracijasnumurs",
                "organizacijavairegistracijasnumurs",
                "organisation",
                "organization",
                "institution",
                "employer",
                "company",
                "registrationnumber",
                "organisationorregistrationnumber",
            ],
            Self::Role => &["amats", "role", "position", "jobtitle"],
            Self::Language => &["valoda", "language", "lang"],
        }
    }

    /// The column with this header.
    pub(super) fn of_header(header: &str) -> Option<Self> {
        let folded = crate::text::fold(header);
        let letters: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
        Self::ALL
            .into_iter()
            .find(|column| column.headers().contains(&letters.as_str()))
    }
}

/// Somebody to register, checked by the rules of the participants' form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ImportedPerson {
    /// The row of the workbook, or the line of the text.
    pub row: u32,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The address in its stored form.
    pub email: String,
    /// Their organisation in the register.
    pub organisation_id: Option<OrganisationId>,
    /// What they do there; may be empty.
    pub role: String,
    /// The language of mails, `lv` or `en`.
    pub lang: String,
}

impl ImportedPerson {
    /// The language of mails.
    pub(super) fn lang(&self) -> Lang {
        Lang::from_tag(&self.lang).unwrap_or(Lang::Lv)
    }
}

/// What is wrong in a row, or is to be looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct RowProblem {
    /// The row of the workbook, or the line of the text.
    pub row: u32,
    /// The header of the column as in the file; empty if it is about the whole row.
    pub column: String,
    /// What stands there, shortened.
    pub value: String,
    /// The key of the message.
    pub code: String,
    /// The arguments of the message.
    pub params: Vec<(String, Value)>,
    /// Whether the row is left out because of it.
    pub is_mistake: bool,
}

/// Something about the whole file that the organiser is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileNote {
    /// The key of the message.
    pub code: String,
    /// Its argument `text`.
    pub text: String,
}

impl FileNote {
    pub(super) fn new(code: &str, text: &str) -> Self {
        Self {
            code: code.to_owned(),
            text: text.to_owned(),
        }
    }
}

/// A file, checked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct CheckedFile {
    /// Those to register, in the order of the file.
    pub people: Vec<ImportedPerson>,
    /// What is wrong or to be looked at, by row.
    pub problems: Vec<RowProblem>,
    /// About the whole file.
    pub notes: Vec<FileNote>,
    /// How many rows are left out because something in them is wrong.
    pub left_out: u32,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RowOutcome {
    /// Registered, with a place.
    Registered,
    /// Registered, on the waiting list.
    Waiting,
    /// The person was registered before; nothing changed.
    Already,
    /// The event took no registrations any more.
    Refused,
}

impl RowOutcome {
    /// All of them, in the order of pages.
    pub(super) const ALL: [Self; 4] = [
        Self::Registered,
        Self::Waiting,
        Self::Already,
        Self::Refused,
    ];

    pub(super) const fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Already(_) => Self::Already,
            Outcome::Made(row) if matches!(row.state, RegistrationState::Waiting) => Self::Waiting,
            Outcome::Made(_) => Self::Registered,
        }
    }

    /// Its slug, in messages and in the stored outcomes.
    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Waiting => "waiting",
            Self::Already => "already",
            Self::Refused => "refused",
        }
    }
}

/// Outcomes as they are stored: `2 registered`, a line each.
pub(super) fn outcome_lines(outcomes: &[(u32, RowOutcome)]) -> String {
    let lines = outcomes
        .iter()
        .map(|(row, outcome)| [row.to_string().as_str(), " ", outcome.slug(), "\n"].concat());
    lines.collect::<Vec<_>>().concat()
}

/// The rows with each outcome.
pub(super) fn rows_with(import: &Import, outcome: RowOutcome) -> Vec<u32> {
    import
        .outcomes
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(_, slug)| *slug == outcome.slug())
        .filter_map(|(row, _)| row.parse().ok())
        .collect()
}

/// What an import would do now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Forecast {
    /// How many get a place.
    pub with_place: usize,
    /// How many join the waiting list.
    pub waiting: usize,
    /// The rows of those who are registered already.
    pub already: Vec<u32>,
    /// Whether the event takes registrations.
    pub is_open: bool,
}

impl Forecast {
    /// How many are registered anew.
    pub(super) const fn new_people(&self) -> usize {
        self.with_place + self.waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_recognised_in_both_languages() {
        for (header, column) in [
            ("Vārds", Some(Column::GivenName)),
            (" VĀRDS ", Some(Column::GivenName)),
            ("Given name", Some(Column::GivenName)),
            ("first_name", Some(Column::GivenName)),
            ("Uzvārds", Some(Column::FamilyName)),
            ("E-pasts", Some(Column::Email)),
            ("e-mail", Some(Column::Email)),
            ("Organizācija", Some(Column::Organisation)),
            ("Reģistrācijas numurs", Some(Column::Organisation)),
            ("Amats", Some(Column::Role)),
            ("Valoda", Some(Column::Language)),
            ("Name", None),
            ("Vārds, uzvārds", None),
            ("", None),
        ] {
            assert_eq!(Column::of_header(header), column, "{header:?}");
        }
    }
}
