//! Checks the rows of a table by the rules of the form with which a participant without an account registers.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize as _, de::value};
use serde_json::Value;

use super::{
    model::{CheckedFile, Column, FileNote, ImportedPerson, RowProblem},
    table::{Broken, Cell, Flaw, Row, Table},
};
use crate::{
    http::Lang,
    ids::OrganisationId,
    input::{Input as _, Problem},
    registrations::{
        RegistrationInput,
        forms::{GuestRegistration, RawGuestRegistration},
        model::Origin,
    },
    text::{fold, tidy},
};

/// The domain of the example in the template, which can belong to nobody (RFC 2606). Its row is skipped.
pub(super) const EXAMPLE_EMAIL: &str = "piemers@example.invalid";

/// The most characters of a value that is shown beside what is wrong with it.
const SHOWN_CHARACTERS: usize = 60;

/// The texts that name organisations, each once.
pub(super) fn organisations_named(table: &Table) -> BTreeSet<String> {
    table
        .rows
        .iter()
        .filter_map(|row| match row.cells.get(&Column::Organisation) {
            Some(Cell::Text(text)) => Some(tidy(text)),
            _ => None,
        })
        .filter(|text| !is_nothing(text))
        .collect()
}

/// Whether a cell says that there is nothing, by being empty or a dash.
fn is_nothing(text: &str) -> bool {
    text.chars().all(|c| "-–—".contains(c) || c.is_whitespace())
}

/// Checks a table. `organisations` are those that the texts of the file name; `default` is the language of whoever has
/// none in the file.
pub(super) fn check(
    table: Table,
    organisations: &BTreeMap<String, OrganisationId>,
    default: Lang,
) -> CheckedFile {
    let mut file = CheckedFile {
        notes: table.notes,
        ..CheckedFile::default()
    };
    let mut first_rows: BTreeMap<String, u32> = BTreeMap::new();
    let mut examples = 0_u32;
    let (header_row, headers) = &table.broken_headers;
    let of_header = |broken| broken_problem(*header_row, broken, false);
    file.problems.extend(headers.iter().map(of_header));
    for row in table.rows {
        if is_example(&row) {
            examples += 1;
            continue;
        }
        let of_other = |broken| broken_problem(row.number, broken, true);
        let problems = row.broken.iter().map(of_other).collect();
        let mut of_row = OfRow {
            row: row.number,
            headers: &table.columns,
            cells: row.cells,
            problems,
        };
        let person = of_row.person(organisations, default);
        let person = person.and_then(|person| of_row.only_once(person, &mut first_rows));
        match person {
            Some(person) => file.people.push(person),
            None => file.left_out += 1,
        }
        file.problems.append(&mut of_row.problems);
    }
    if examples > 0 {
        file.notes
            .push(FileNote::new("import-note-example", EXAMPLE_EMAIL));
    }
    file
}

fn is_example(row: &Row) -> bool {
    match row.cells.get(&Column::Email) {
        Some(Cell::Text(text)) if !row.is_broken() => tidy(text).to_lowercase() == EXAMPLE_EMAIL,
        _ => false,
    }
}

/// The key of a message, and its arguments.
type Told = (&'static str, Vec<(String, Value)>);

/// The message about a flaw.
fn flaw_message(flaw: Flaw) -> Told {
    match flaw {
        Flaw::LineBreak => ("import-line-break", Vec::new()),
        Flaw::Lines(last) => {
            let last = Value::from(last.to_string());
            ("import-lines", vec![("row".to_owned(), last)])
        }
        Flaw::OpenQuote => ("import-quote-open", Vec::new()),
        Flaw::AfterQuote => ("import-quote-after", Vec::new()),
    }
}

/// A problem in a column that is not used, or in the header.
fn broken_problem(row: u32, broken: &Broken, is_mistake: bool) -> RowProblem {
    let (code, params) = flaw_message(broken.flaw);
    RowProblem {
        row,
        column: broken.header.clone(),
        value: shown(&broken.text),
        code: code.to_owned(),
        params,
        is_mistake,
    }
}

/// A value as it is shown beside what is wrong with it.
fn shown(value: &str) -> String {
    let mut shown: String = tidy(value).chars().take(SHOWN_CHARACTERS).collect();
    if shown.chars().count() == SHOWN_CHARACTERS {
        shown.push('…');
    }
    shown
}

struct OfRow<'a> {
    row: u32,
    headers: &'a BTreeMap<Column, String>,
    cells: BTreeMap<Column, Cell>,
    problems: Vec<RowProblem>,
}

impl OfRow<'_> {
    fn problem(
        &mut self,
        column: Column,
        code: &str,
        params: Vec<(String, Value)>,
        is_mistake: bool,
    ) {
        let value = self.cells.get(&column).map_or("", Cell::written);
        self.problems.push(RowProblem {
            row: self.row,
            column: self.headers.get(&column).cloned().unwrap_or_default(),
            value: shown(value),
            code: code.to_owned(),
            params,
            is_mistake,
        });
    }

    fn text(&self, column: Column) -> &str {
        match self.cells.get(&column) {
            Some(Cell::Text(text)) => text,
            _ => "",
        }
    }

    /// The person of the row, if nothing in it is wrong.
    fn person(
        &mut self,
        organisations: &BTreeMap<String, OrganisationId>,
        default: Lang,
    ) -> Option<ImportedPerson> {
        let is_readable = self.check_cells();
        let guest = self.guest();
        let organisation = self.organisation(organisations);
        let lang = self.lang(default);
        let guest = guest.filter(|_| is_readable)?;
        let (given_name, family_name) = guest.names;
        Some(ImportedPerson {
            row: self.row,
            given_name: given_name.as_str().to_owned(),
            family_name: family_name.as_str().to_owned(),
            email: guest.email.as_str().to_owned(),
            organisation_id: organisation,
            role: guest.details.0,
            lang: lang?.as_str().to_owned(),
        })
    }

    /// Whether every cell is a text.
    fn check_cells(&mut self) -> bool {
        let wrong: Vec<(Column, Told)> = self
            .cells
            .iter()
            .filter_map(|(column, cell)| match cell {
                Cell::Text(_) => None,
                Cell::Formula(_) => Some((*column, ("import-formula", Vec::new()))),
                Cell::Fault(_) => Some((*column, ("import-fault", Vec::new()))),
                Cell::Broken(flaw, _) => Some((*column, flaw_message(*flaw))),
            })
            .collect();
        for (column, (code, params)) in wrong {
            self.problem(column, code, params, true);
        }
        // The cells of other columns were looked at before.
        self.problems.is_empty()
    }

    /// Name, address and position, by the rules of the form.
    fn guest(&mut self) -> Option<GuestRegistration> {
        let role = self.text(Column::Role);
        let role = if is_nothing(role) { "" } else { role };
        let fields = [
            (
                Column::GivenName,
                "given_name",
                self.text(Column::GivenName),
            ),
            (
                Column::FamilyName,
                "family_name",
                self.text(Column::FamilyName),
            ),
            (Column::Email, "email", self.text(Column::Email)),
            (Column::Role, "role", role),
        ];
        match read_guest(fields.map(|(_, name, text)| (name, text))) {
            Ok(guest) => Some(guest),
            Err(problems) => {
                let columns = fields.map(|(column, name, _)| (name, column));
                for problem in problems {
                    let found = columns.iter().find(|(name, _)| *name == problem.field);
                    let column = found.map_or(Column::GivenName, |(_, column)| *column);
                    // A cell that is no text was named before.
                    if !matches!(self.cells.get(&column), None | Some(Cell::Text(_))) {
                        continue;
                    }
                    // The messages of the form ask whoever fills it in for what is theirs.
                    if problem.code.ends_with("-missing") {
                        self.problem(column, "import-missing", Vec::new(), true);
                        continue;
                    }
                    let params = problem.params.into_iter();
                    let params = params.map(|(name, value)| (name.into_owned(), value));
                    self.problem(column, &problem.code, params.collect(), true);
                }
                None
            }
        }
    }

    /// The organisation of the register; an unknown one is named, and the person registered without it.
    fn organisation(
        &mut self,
        organisations: &BTreeMap<String, OrganisationId>,
    ) -> Option<OrganisationId> {
        let text = tidy(self.text(Column::Organisation));
        if is_nothing(&text) {
            return None;
        }
        let found = organisations.get(&text).copied();
        if found.is_none() {
            self.problem(
                Column::Organisation,
                "import-organisation-unknown",
                Vec::new(),
                false,
            );
        }
        found
    }

    /// The language of mails; `None` if it is not one of ours.
    fn lang(&mut self, default: Lang) -> Option<Lang> {
        let text = fold(&tidy(self.text(Column::Language)));
        if is_nothing(&text) {
            return Some(default);
        }
        let lang = match text.as_str() {
            "lv" | "lat" | "lav" | "latviesu" | "latviski" | "latviesu valoda" | "latvian" => {
                Some(Lang::Lv)
            }
            "en" | "eng" | "anglu" | "angliski" | "anglu valoda" | "english" => Some(Lang::En),
            _ => None,
        };
        if lang.is_none() {
            self.problem(
                Column::Language,
                "import-language-unknown",
                Vec::new(),
                true,
            );
        }
        lang
    }

    /// The person, unless an earlier row has the same address.
    fn only_once(
        &mut self,
        person: ImportedPerson,
        first_rows: &mut BTreeMap<String, u32>,
    ) -> Option<ImportedPerson> {
        if let Some(first) = first_rows.get(&person.email) {
            let params = vec![("row".to_owned(), Value::from(first.to_string()))];
            self.problem(Column::Email, "import-email-twice", params, true);
            return None;
        }
        first_rows.insert(person.email.clone(), person.row);
        Some(person)
    }
}

fn read_guest(fields: [(&str, &str); 4]) -> Result<GuestRegistration, Vec<Problem>> {
    let fields = fields.into_iter();
    RawGuestRegistration::deserialize(value::MapDeserializer::<_, value::Error>::new(fields))
        .map_err(|error| crate::input::unreadable(RawGuestRegistration::FIELDS, &error.to_string()))
        .and_then(RawGuestRegistration::check)
}

/// The registration of somebody from a file; `None` if they no longer fit the rules, which were checked before.
pub(super) fn registration_of(
    person: &ImportedPerson,
    registered_by: crate::ids::AccountId,
) -> Option<RegistrationInput> {
    let fields = [
        ("given_name", person.given_name.as_str()),
        ("family_name", &person.family_name),
        ("email", &person.email),
        ("role", &person.role),
    ];
    let guest = read_guest(fields).ok()?;
    let (given_name, family_name) = guest.names;
    let (role, needs) = guest.details;
    Some(RegistrationInput {
        person_id: None,
        given_name,
        family_name,
        email: guest.email,
        lang: person.lang(),
        organisation_id: person.organisation_id,
        role,
        needs,
        origin: Origin::Import,
        group_id: None,
        registered_by: Some(registered_by),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registrations::import::table::read;

    const ORGANISATION: OrganisationId = OrganisationId::from_u128(7);

    fn checked(text: &str) -> CheckedFile {
        let table = read(text.as_bytes()).unwrap();
        let known = BTreeMap::from([("Paraugu iestāde".to_owned(), ORGANISATION)]);
        check(table, &known, Lang::Lv)
    }

    #[test]
    fn a_row_is_a_person_by_the_rules_of_the_form() {
        let file = checked(
            "E-pasts;Vārds;Uzvārds;Iestāde;Amats;Valoda\r\n\
             Anna@Example.test;  anna ;Bērziņa;Paraugu  iestāde;juriste;EN\r\n\
             ;;;;;\r\n\
             piemers@example.invalid;Anna;Piemērs;;;\r\n\
             ivo@example.test;Ivo;Kalns;-;–;\r\n",
        );
        assert_eq!(file.problems, []);
        assert_eq!(file.left_out, 0);
        let person = |row, given_name: &str, family_name: &str, email: &str| ImportedPerson {
            row,
            given_name: given_name.to_owned(),
            family_name: family_name.to_owned(),
            email: email.to_owned(),
            organisation_id: None,
            role: String::new(),
            lang: "lv".to_owned(),
        };
        let first = ImportedPerson {
            organisation_id: Some(ORGANISATION),
            role: "juriste".to_owned(),
            lang: "en".to_owned(),
            ..person(2, "anna", "Bērziņa", "anna@example.test")
        };
        let second = person(5, "Ivo", "Kalns", "ivo@example.test");
        assert_eq!(file.people, [first, second]);
        assert_eq!(
            file.notes,
            [FileNote::new("import-note-example", EXAMPLE_EMAIL)]
        );
    }

    #[test]
    fn every_problem_is_named_by_row_and_column() {
        let long = "a".repeat(200);
        let file = checked(&format!(
            "Vārds,Uzvārds,E-pasts,Organizācija,Amats,Valoda\n\
             ,Bērziņa,a@example.test,,,\n\
             Anna,Bērziņa,anna@,,,\n\
             Anna,Bērziņa,anna@example.test,,,\n\
             Anna,Kalna,ANNA@example.test,,,\n\
             =1+1,Kalna,b@example.test,,,\n\
             Ivo,Kalns,c@example.test,Nezināma,,\n\
             Ivo,Kalns,d@example.test,,{long},\n\
             Ivo,Kalns,e@example.test,,,krievu\n\
             Ivo,Kalns\n"
        ));
        let found: Vec<(u32, &str, &str, bool)> = file
            .problems
            .iter()
            .map(|one| {
                (
                    one.row,
                    one.column.as_str(),
                    one.code.as_str(),
                    one.is_mistake,
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                (2, "Vārds", "import-missing", true),
                (3, "E-pasts", "email-wrong", true),
                (5, "E-pasts", "import-email-twice", true),
                (6, "Vārds", "import-formula", true),
                (7, "Organizācija", "import-organisation-unknown", false),
                (8, "Amats", "role-too-long", true),
                (9, "Valoda", "import-language-unknown", true),
                (10, "E-pasts", "import-missing", true),
            ]
        );
        let rows: Vec<u32> = file.people.iter().map(|person| person.row).collect();
        assert_eq!(rows, [4, 7]);
        assert_eq!(file.left_out, 7);
        assert_eq!(file.problems[2].params, [("row".to_owned(), "4".into())]);
        assert_eq!(file.problems[3].value, "=1+1");
    }

    #[test]
    fn nothing_of_a_row_with_a_broken_cell_is_registered() {
        let found = |text: &str| {
            let file = checked(&format!("Vārds;Uzvārds;E-pasts;Amats;Piezīmes\n{text}"));
            let problems = file.problems.into_iter().map(|one| {
                let last = one.params.into_iter().next();
                let last = last.map(|(_, value)| value.as_str().unwrap().to_owned());
                (one.row, one.column, one.code, last.unwrap_or_default())
            });
            let rows: Vec<u32> = file.people.iter().map(|person| person.row).collect();
            (problems.collect::<Vec<_>>(), rows, file.left_out)
        };
        let problem = |row: u32, column: &str, code: &str, last: &str| {
            vec![(row, column.to_owned(), code.to_owned(), last.to_owned())]
        };
        let swallowed = "\"vadītāja\nJānis;Liepa;q1@example.org;x\nOto;Kalns;q2@example.org;\"x\"";
        let three = "Anna;Bērziņa;q0@example.org;";
        let next = "Ivo;Kalns;ivo@example.org;x";
        assert_eq!(
            found(&format!("{three}{swallowed}\n{next}\n")),
            (problem(2, "Amats", "import-lines", "4"), vec![5], 1)
        );
        // Also in a column that is not used, and in the row of the example.
        assert_eq!(
            found(&format!("{three};{swallowed}\n{next}\n")),
            (problem(2, "Piezīmes", "import-lines", "4"), vec![5], 1)
        );
        assert_eq!(
            found(&format!("Anna;P;{EXAMPLE_EMAIL};{swallowed}\n{next}\n")),
            (problem(2, "Amats", "import-lines", "4"), vec![5], 1)
        );
        assert_eq!(
            found(&format!("{next}\n{three}\"vadī")),
            (problem(3, "Amats", "import-quote-open", ""), vec![2], 1)
        );
        assert_eq!(
            found(&format!("{three}\"vadī\"tāja\n{next}")),
            (problem(2, "Amats", "import-quote-after", ""), vec![3], 1)
        );
    }

    #[test]
    fn rows_within_a_header_are_told() {
        let file = checked(
            "Vārds;Uzvārds;E-pasts;\"Amats\nAnna;Bērziņa;a@example.org;\"x\"\n\
             Ivo;Kalns;ivo@example.org;\n",
        );
        let problem = &file.problems[0];
        assert_eq!((problem.row, problem.code.as_str()), (1, "import-lines"));
        assert_eq!(file.people.len(), 1);
    }

    #[test]
    fn a_checked_person_is_one_still_when_it_is_carried_out() {
        let file = checked("Vards;Uzvards;E-pasts\nAnna;Bērziņa;Anna@Rīga.lv\n");
        let input = registration_of(&file.people[0], crate::ids::AccountId::NIL).unwrap();
        assert_eq!(input.email.as_str(), "anna@xn--rga-uta.lv");
        assert_eq!(input.origin, Origin::Import);
    }
}
