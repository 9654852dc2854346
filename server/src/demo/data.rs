//! The organisations and people of the demonstration, all invented.

use crate::{accounts::Role, organisations::OrganisationKind};

/// An account with which a visitor of the demonstration can sign in.
#[derive(Debug, Clone, Copy)]
pub struct SignIn {
    /// The address to sign in with.
    pub email: &'static str,
    /// What can be seen with it.
    pub shows: &'static str,
    pub(super) given_name: &'static str,
    pub(super) family_name: &'static str,
    pub(super) role: Option<Role>,
    /// An index into [`ORGANISATIONS`].
    pub(super) organisation: usize,
}

/// The sign-ins of the demonstration.
pub const SIGN_INS: [SignIn; 6] = [
    SignIn {
        email: "learner@example.com",
        shows: "a learner in the middle of a course",
        given_name: "Līga",
        family_name: "Kalniņa-Parauga",
        role: None,
        organisation: MUNICIPALITY,
    },
    SignIn {
        email: "participant@example.com",
        shows: "somebody who has not enrolled yet",
        given_name: "Uldis",
        family_name: "Ozols-Paraugs",
        role: None,
        organisation: BAKERY,
    },
    SignIn {
        email: "organiser@example.com",
        shows: "an organiser of events",
        given_name: "Ieva",
        family_name: "Liepiņa-Parauga",
        role: Some(Role::Organiser),
        organisation: AGENCY,
    },
    SignIn {
        email: "manager@example.com",
        shows: "a manager of the programme, with its indicators",
        given_name: "Anna",
        family_name: "Bērziņa-Parauga",
        role: Some(Role::Manager),
        organisation: AGENCY,
    },
    SignIn {
        email: "author@example.com",
        shows: "an author of courses",
        given_name: "Pēteris",
        family_name: "Zariņš-Paraugs",
        role: Some(Role::Author),
        organisation: AGENCY,
    },
    SignIn {
        email: "admin@example.com",
        shows: "an administrator",
        given_name: "Inga",
        family_name: "Vītola-Parauga",
        role: Some(Role::Admin),
        organisation: AGENCY,
    },
];

/// The address of the manager who decides on organisations in the demonstration.
pub(super) const MANAGER: &str = "manager@example.com";

/// The address of the organiser, who works on the events of every strand.
pub(super) const ORGANISER: &str = "organiser@example.com";

/// The address of the learner who is in the middle of a course.
pub(super) const LEARNER: &str = "learner@example.com";

/// An invented organisation.
pub(super) struct Organisation {
    pub(super) name: &'static str,
    pub(super) kind: OrganisationKind,
    /// How many of a hundred people work for it; the proposed ones are included in the hundred.
    pub(super) weight: usize,
}

pub(super) const AGENCY: usize = 0;
pub(super) const MUNICIPALITY: usize = 2;
/// Entered with a wrong kind, and corrected later.
pub(super) const WATERWORKS: usize = 5;
pub(super) const SOCIETY: usize = 6;
pub(super) const BAKERY: usize = 10;

/// The register at the beginning.
pub(super) const ORGANISATIONS: [Organisation; 14] = [
    of(
        "Paraugu valsts aģentūra (izdomāta)",
        OrganisationKind::StateInstitution,
        14,
    ),
    of(
        "Sociālo lietu paraugpārvalde (izdomāta)",
        OrganisationKind::StateInstitution,
        10,
    ),
    of(
        "Paraugu novada pašvaldība (izdomāta)",
        OrganisationKind::MunicipalInstitution,
        13,
    ),
    of(
        "Paraugupes pilsētas bibliotēka (izdomāta)",
        OrganisationKind::MunicipalInstitution,
        6,
    ),
    of(
        "Paraugkalna novada sociālais dienests (izdomāts)",
        OrganisationKind::MunicipalInstitution,
        9,
    ),
    of("SIA „Paraugu ūdens” (izdomāta)", OrganisationKind::Other, 5),
    of(
        "Biedrība „Paraugu iespējas” (izdomāta)",
        OrganisationKind::Association,
        6,
    ),
    of(
        "Biedrība „Paraugupes vecāki” (izdomāta)",
        OrganisationKind::Association,
        3,
    ),
    of(
        "Nodibinājums „Paraugfonds” (izdomāts)",
        OrganisationKind::Foundation,
        4,
    ),
    of(
        "SIA „Mazais paraugs” (izdomāta)",
        OrganisationKind::EnterpriseMicro,
        4,
    ),
    of(
        "SIA „Paraugupes maiznīca” (izdomāta)",
        OrganisationKind::EnterpriseSmall,
        6,
    ),
    of(
        "SIA „Paraugu mēbeles” (izdomāta)",
        OrganisationKind::EnterpriseMedium,
        7,
    ),
    of(
        "AS „Lielais paraugs” (izdomāta)",
        OrganisationKind::EnterpriseLarge,
        4,
    ),
    of("Paraugu augstskola (izdomāta)", OrganisationKind::Other, 2),
];

/// The kind to which [`WATERWORKS`] is corrected.
pub(super) const CORRECTED_KIND: OrganisationKind = OrganisationKind::PublicCompany;

/// Not in the register: the people who work there propose them.
pub(super) const PROPOSED: [Organisation; 3] = [
    // Approved after a while.
    of(
        "Paraugkalna novada vidusskola (izdomāta)",
        OrganisationKind::MunicipalInstitution,
        3,
    ),
    of(
        "Paraugu mūzikas skola (izdomāta)",
        OrganisationKind::MunicipalInstitution,
        2,
    ),
    of(
        "SIA „Parauga rasa” (izdomāta)",
        OrganisationKind::EnterpriseSmall,
        2,
    ),
];

const fn of(name: &'static str, kind: OrganisationKind, weight: usize) -> Organisation {
    Organisation { name, kind, weight }
}

const WOMEN: [&str; 25] = [
    "Agnese",
    "Aija",
    "Anita",
    "Baiba",
    "Dace",
    "Diāna",
    "Elīna",
    "Evija",
    "Gunta",
    "Iveta",
    "Ilze",
    "Inese",
    "Ināra",
    "Kristīne",
    "Laima",
    "Liene",
    "Linda",
    "Madara",
    "Marta",
    "Sandra",
    "Sanita",
    "Santa",
    "Solvita",
    "Zanda",
    "Zane",
];

const MEN: [&str; 19] = [
    "Aivars",
    "Andris",
    "Arnis",
    "Artis",
    "Edgars",
    "Gatis",
    "Guntars",
    "Ivars",
    "Jānis",
    "Kaspars",
    "Māris",
    "Mārtiņš",
    "Normunds",
    "Raivis",
    "Rihards",
    "Sandis",
    "Toms",
    "Uģis",
    "Valdis",
];

/// Family names in their masculine and feminine forms.
const FAMILIES: [(&str, &str); 27] = [
    ("Āboliņš", "Āboliņa"),
    ("Balodis", "Balode"),
    ("Bērziņš", "Bērziņa"),
    ("Cīrulis", "Cīrule"),
    ("Čakste", "Čakste"),
    ("Dzenis", "Dzene"),
    ("Eglītis", "Eglīte"),
    ("Gailis", "Gaile"),
    ("Jansons", "Jansone"),
    ("Kalniņš", "Kalniņa"),
    ("Kļaviņš", "Kļaviņa"),
    ("Krūmiņš", "Krūmiņa"),
    ("Ķirsis", "Ķirse"),
    ("Lācis", "Lāce"),
    ("Liepiņš", "Liepiņa"),
    ("Ozols", "Ozola"),
    ("Pētersons", "Pētersone"),
    ("Priede", "Priede"),
    ("Rozītis", "Rozīte"),
    ("Rudzītis", "Rudzīte"),
    ("Siliņš", "Siliņa"),
    ("Strazdiņš", "Strazdiņa"),
    ("Šmits", "Šmite"),
    ("Vanags", "Vanaga"),
    ("Vītols", "Vītola"),
    ("Zariņš", "Zariņa"),
    ("Žagars", "Žagare"),
];

/// Given and family name of the person with this number; different for the first few hundred.
pub(super) fn name(number: usize) -> (&'static str, String) {
    let is_woman = number % 5 < 3;
    let given: &[&str] = if is_woman { &WOMEN } else { &MEN };
    let given = given.get(number * 7 % given.len()).copied();
    // Shifted each time the list of given names starts again.
    let family = FAMILIES.get((number * 11 + number / 25) % FAMILIES.len());
    let (man, woman) = family.copied().unwrap_or_default();
    let family = if is_woman {
        format!("{woman}-Parauga")
    } else {
        format!("{man}-Paraugs")
    };
    (given.unwrap_or_default(), family)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use serde_json::json;

    use crate::{input::Input as _, people::RawNames};

    #[test]
    fn names_differ_say_that_they_are_invented_and_agree_with_their_bearers() {
        let names: BTreeSet<_> = (0..150).map(name).collect();
        assert_eq!(names.len(), 150);
        for (given, family) in names {
            let raw = json!({ "given_name": given, "family_name": family });
            let raw: RawNames = serde_json::from_value(raw).unwrap();
            raw.check().unwrap();
            assert_eq!(
                WOMEN.contains(&given),
                family.ends_with("-Parauga"),
                "{given} {family}"
            );
            assert_eq!(
                MEN.contains(&given),
                family.ends_with("-Paraugs"),
                "{given} {family}"
            );
        }
        for sign_in in SIGN_INS {
            assert!(sign_in.family_name.contains("-Paraug"));
        }
    }

    #[test]
    fn weights_are_of_a_hundred() {
        let weights = ORGANISATIONS.iter().chain(&PROPOSED).map(|o| o.weight);
        assert_eq!(weights.sum::<usize>(), 100);
    }

    #[test]
    fn organisations_say_that_they_are_invented() {
        for organisation in ORGANISATIONS.iter().chain(&PROPOSED) {
            assert!(
                organisation.name.contains("(izdomāt"),
                "{}",
                organisation.name
            );
        }
    }
}
