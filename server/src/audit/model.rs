//! An entry, its canonical form, and the chain of hashes.

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};
use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::ids::AccountId;

/// An action that must be traceable.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// The account that acted; `None` for the system itself.
    pub actor_account_id: Option<AccountId>,
    /// What was done, as `subject.past-participle`, e.g. `organisation.approved`.
    pub action: &'static str,
    /// The table of the record that it concerns.
    pub subject_kind: &'static str,
    /// The id of that record.
    pub subject_id: String,
    /// Further details, without secrets and with as little personal data as possible.
    pub detail: Value,
}

/// Where the chain of hashes is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry was changed, or the one before it.
    #[error("audit entry {0} does not fit its hash")]
    Changed(i64),
    /// An entry is missing, or is at the place of another.
    #[error("audit entry {0} is missing")]
    Missing(i64),
    /// The newest entries were removed.
    #[error("the audit log ends before its recorded end")]
    CutOff,
}

/// An entry with its place in the chain: the content of the hash.
pub(super) struct ChainedEntry<'a> {
    pub(super) sequence: i64,
    pub(super) at: DateTime<Utc>,
    pub(super) actor_account_id: Option<AccountId>,
    pub(super) action: &'a str,
    pub(super) subject_kind: &'a str,
    pub(super) subject_id: &'a str,
    pub(super) detail: &'a Value,
    pub(super) previous_hash: &'a str,
}

impl ChainedEntry<'_> {
    /// SHA-256 of the canonical JSON of the whole entry, in hexadecimal.
    pub(super) fn hash(&self) -> String {
        let whole = serde_json::json!({
            "sequence": self.sequence,
            "at": self.at.to_rfc3339_opts(SecondsFormat::Micros, true),
            "actor": self.actor_account_id,
            "action": self.action,
            "subject_kind": self.subject_kind,
            "subject_id": self.subject_id,
            "detail": self.detail,
            "previous_hash": self.previous_hash,
        });
        HEXLOWER.encode(&Sha256::digest(canonical(&whole).as_bytes()))
    }
}

/// JSON in a canonical form, so that it is equal after being stored in either database: keys sorted, no
/// spaces, whole numbers without a fraction.
fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut members: Vec<_> = map.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (index, (key, member)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_canonical(&Value::String(key.clone()), out);
                out.push(':');
                write_canonical(member, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        Value::Number(number) => match number.as_f64() {
            // Rust formats 1.0 as `1` here, like the whole number.
            Some(float) if number.is_f64() => {
                let _ = write!(out, "{float}");
            }
            _ => {
                let _ = write!(out, "{number}");
            }
        },
        // Strings, booleans and null have one spelling in serde_json.
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_form_ignores_order_and_spelling() {
        let one: Value =
            serde_json::from_str(r#"{"b": [1.0, 2.5, null], "a": "ā\u0101\"", "c": {}}"#).unwrap();
        let two: Value =
            serde_json::from_str(r#"{"c":{},"a":"\u0101ā\"","b":[1,2.50,null]}"#).unwrap();
        assert_eq!(canonical(&one), canonical(&two));
        assert_eq!(canonical(&one), r#"{"a":"āā\"","b":[1,2.5,null],"c":{}}"#);
    }
}
