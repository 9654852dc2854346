//! A bundle: all compiled courses, as one value and as a folder.
//!
//! ```text
//! manifest.json                        the glossary, an outline of each course, and the names of everything below;
//!                                      replaced last, at once
//! courses/<slug>-<hash>.json           a course with its lessons and the public halves of its questions
//!         <slug>-<hash>.keys.json      the answer keys; no page is made from this file
//! revisions/<hash>.json                questions as they were asked before, with …
//!           <hash>.key.json            … their keys
//! assets/<hash>-<name>
//! .sources                             what the files were like that it was made of, see `compile::cached`
//! .writing                             what is about to be written, see `place`; empty when nothing is
//! ```
//!
//! There are few files, because creating files takes most of the time of writing a bundle. The files of a
//! course are named after their content and never changed, so only courses that changed are written. An
//! interrupted write leaves the old manifest and the old bundle intact; the next write removes what it had
//! begun. The same courses give the same bytes, except in `.sources`. Other files in the folder are left
//! unchanged.
//!
//! Only revisions are synced to the disk: everything else can be compiled again, and a file that was damaged
//! by a power failure is detected by its hash when it is read.

mod layout;
mod manifest;
mod place;
mod read;
mod value;
mod write;

pub use self::manifest::Error;
pub(crate) use self::place::Hold;
pub(crate) use self::place::keep_apart;
pub use self::place::other_files;
pub use self::read::read;
pub(crate) use self::read::{origin, outlines, read_held, remembered_listing};
pub use self::value::{Bundle, FORMAT, Outline, Revision};
pub(crate) use self::value::{Revisions, digest, revisions};
pub use self::write::write;
pub(crate) use self::write::{remember_listing, remove_damaged, store};
pub use crate::render::ASSET_ADDRESS;
