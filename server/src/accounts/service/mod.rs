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

pub use account::addresses_of;
pub use first_administrator::first_administrator_token;
pub use guests::{AddedGuest, add_guest};
pub use known_person::{Added, KnownPerson, add_known};
pub use list::count;

pub(super) use failure::Failure;
pub(super) use first_administrator::{
    FirstAdministrator, FirstAdministratorError, make_first_administrator,
};
pub(super) use links::{LinkError, check_link, is_used_by, just_used};
pub(super) use list::{export, list};
pub(super) use new_password::{confirm, reset_password, send_reset};
pub(super) use registration::register;
pub(super) use roles::{RoleChange, RoleError, change_role};
pub(super) use sign_in::{Browser, SignInError, SignedIn, sign_in, sign_out};
