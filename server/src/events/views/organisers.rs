//! Which strands organisers work on.

use serde::Serialize;

use super::Words;
use crate::{
    events::service::OrganiserRow,
    http::{
        Lang,
        address::{self, Address as _},
        theme::Theme,
        visit::{Section, View},
    },
    programme::Programme,
};

/// `/manage/organisers`.
#[derive(Debug, Serialize)]
pub(crate) struct OrganisersPage {
    organisers: Vec<OrganiserView>,
}

#[derive(Debug, Serialize)]
struct OrganiserView {
    id: String,
    name: String,
    email: String,
    action: String,
    strands: Vec<StrandView>,
}

#[derive(Debug, Serialize)]
struct StrandView {
    id: String,
    name: String,
    is_held: bool,
    /// The label of its button for those who hear it.
    full_text: String,
}

impl OrganisersPage {
    /// Every organiser with every strand.
    #[must_use]
    pub(crate) fn new(words: Words<'_>, programme: &Programme, rows: Vec<OrganiserRow>) -> Self {
        let (theme, lang) = words;
        let organiser = |row: OrganiserRow| {
            let who = if row.account.name.is_empty() {
                row.account.email.clone()
            } else {
                row.account.name.clone()
            };
            let strand = |strand: &crate::programme::Strand| {
                let is_held = row.strands.contains(&strand.id);
                let key = if is_held {
                    "strand-take"
                } else {
                    "strand-give"
                };
                let args = [
                    ("strand", strand.name(lang).into()),
                    ("name", who.as_str().into()),
                ];
                StrandView {
                    id: strand.id.clone(),
                    name: strand.name(lang).to_owned(),
                    is_held,
                    full_text: theme.text_with(lang, key, &args),
                }
            };
            OrganiserView {
                id: row.account.account_id.to_string(),
                strands: programme.strands.iter().map(strand).collect(),
                action: address::OrganiserStrands {
                    account: row.account.account_id,
                }
                .url(lang),
                email: row.account.email.clone(),
                name: who.clone(),
            }
        };
        Self {
            organisers: rows.into_iter().map(organiser).collect(),
        }
    }
}

impl View for OrganisersPage {
    const TEMPLATE: &'static str = "pages/manage-organisers.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "organisers-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::{accounts::RoleHolder, ids::AccountId};

        let row = |name: &str, strands: &[&str]| OrganiserRow {
            account: RoleHolder {
                account_id: AccountId::from_u128(1),
                name: name.to_owned(),
                email: "organiser@example.test".to_owned(),
            },
            strands: strands.iter().map(|id| (*id).to_owned()).collect(),
        };
        let programme = super::sample_programme();
        let page = |rows| Self::new((theme, lang), &programme, rows);
        vec![
            page(vec![
                row("Ieva Parauga", &["employer-seminars"]),
                row("", &[]),
            ]),
            page(Vec::new()),
        ]
    }
}
