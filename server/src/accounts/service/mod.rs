//! The use cases of accounts, one file each; each owns its transaction.
//!
//! They share `links` (the links in mails) and `mails` (which tell only the owner of an address whether it
//! has an account).

mod account;
mod closing;
mod failure;
mod first_administrator;
mod guests;
mod known_person;
mod links;
mod list;
mod mails;
mod new_password;
mod own;
mod registration;
mod rights;
mod roles;
mod second_factor;
mod sessions;
mod sign_in;

pub use account::addresses_of;
pub use first_administrator::first_administrator_token;
pub use guests::{AddedGuest, add_guest};
pub use known_person::{Added, KnownPerson, add_known};
pub use list::{RoleHolder, count, with_role};
pub use rights::{OnAddress, OnRightsLost, account_of, lock_roles, person_of, principal_of};
pub use second_factor::remove_second_factor_of;
pub use sign_in::{note_failures, note_refusals};

pub(super) use closing::{ClosingError, close, reopen};
pub(super) use failure::Failure;
pub(super) use first_administrator::{FirstAdministratorError, make_first_administrator};
pub(super) use links::{LinkError, check_link, is_used_by, just_used};
pub(super) use list::{list, one};
pub(super) use new_password::{confirm, reset_password, send_reset};
pub(super) use own::{
    NewEmailError, OwnError, ask_for_new_email, change_password, check_new_email,
    confirm_new_email, own_words, set_language,
};
pub(super) use registration::register;
pub(super) use roles::{RoleChange, RoleError, change_role};
pub(super) use second_factor::{
    CodeProblem, FactorError, Standing, begin as begin_factor, confirm_factor, enter_code,
    half_signed_in, new_codes, remove_of, remove_own, setting_up, standing,
};
pub(super) use sessions::{Ending, end_sessions, sessions};
pub(super) use sign_in::{Browser, Entrance, SignInError, SignedIn, sign_in, sign_out};
