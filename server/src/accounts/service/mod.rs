//! The use cases of accounts, one file each; each owns its transaction.
//!
//! What they share: the `links` that mails carry, and the `mails` that tell the owner of an
//! address, and nobody else, what there is about it.

mod account;
mod failure;
mod first_administrator;
mod guests;
mod known_person;
mod links;
mod list;
mod mails;
mod new_password;
mod registration;
mod roles;
mod sign_in;

pub use super::State;
pub use account::addresses_of;
pub use failure::Failure;
pub use first_administrator::{
    FirstAdministrator, FirstAdministratorError, first_administrator_token,
    make_first_administrator,
};
pub use guests::{AddedGuest, add_guest};
pub use known_person::{Added, KnownPerson, add_known};
pub use links::{LinkError, check_link, is_used_by, just_used};
pub use list::{count, export, list};
pub use new_password::{confirm, reset_password, send_reset};
pub use registration::register;
pub use roles::{RoleChange, RoleError, change_role};
pub use sign_in::{Browser, SignInError, SignedIn, sign_in, sign_out};
