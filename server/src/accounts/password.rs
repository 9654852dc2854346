//! Passwords: strength rules, hashing, verification.
//!
//! Argon2id with 19 MiB, two passes and one lane, the first choice of the OWASP password storage guide. A
//! hash takes tens of milliseconds and 19 MiB. It runs on threads of its own, one for each processor, and
//! each thread reuses its memory for the next hash.
//!
//! Requests for a hash wait in a fair queue: the networks take turns, and within a network its accounts do.
//! So a client that sends a thousand passwords delays mainly itself. While few wait, they are served first
//! come, first served; once many wait, the newest is served first.

use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
    fmt, io,
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, LazyLock, Mutex, PoisonError},
    thread,
};

use argon2::{
    Algorithm, Argon2, Block, Params, PasswordHash, PasswordHasher, PasswordVerifier as _, Version,
    password_hash::{
        self, CustomizedPasswordHasher,
        phc::{Output, ParamsString, Salt},
    },
};
use tokio::sync::oneshot;
use unicode_normalization::UnicodeNormalization as _;
use validator::ValidationError;
use zxcvbn::Score;

use crate::{http::limits::HashingTurn, input::holds, random};

/// The fewest characters of a password (NIST SP 800-63B-4 asks for 15 where it is the only
/// factor; 12 with a check against common ones is what public bodies here ask for).
pub(super) const MIN_CHARACTERS: u64 = 12;
/// The most characters.
pub(super) use crate::input::MAX_PASSWORD_CHARACTERS as MAX_CHARACTERS;

/// The rule that a new password is not among the first hundred million that a guesser would try.
///
/// # Errors
/// It is.
pub(super) fn is_hard_to_guess(password: &str) -> Result<(), ValidationError> {
    holds(is_strong(password, &[]))
}

/// Whether a guesser who knows these words of its owner would need more than a hundred million tries.
#[must_use]
pub(super) fn is_strong(password: &str, own_words: &[String]) -> bool {
    let own = own_words.iter().map(String::as_str);
    let words: Vec<&str> = COMMON_WORDS.into_iter().chain(own).collect();
    let is_hard = |text: &str| {
        let beginning: String = text.chars().take(ESTIMATED_CHARACTERS).collect();
        zxcvbn::zxcvbn(&beginning, &words).score() >= Score::Three
    };
    // Common words count for something; the name of the platform and words of the owner count for nothing.
    let own = own_words.iter().map(String::as_str);
    let known: Vec<&str> = [PLATFORM].into_iter().chain(own).collect();
    is_hard(password) && without_words(password, &known).is_none_or(|rest| is_hard(&rest))
}

/// What is left of a password without these words, however they are written: with capitals, with or without
/// diacritics, more than once, or with other characters between their letters. `None` if it has none of them.
fn without_words(password: &str, words: &[&str]) -> Option<String> {
    let whole = letters_and_digits(password);
    let mut words: Vec<String> = words.iter().map(|word| letters_and_digits(word)).collect();
    words.retain(|word| word.chars().count() >= OWN_WORD_CHARACTERS);
    // A longer word may contain a shorter one.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = words
        .iter()
        .fold(whole.clone(), |rest, word| rest.replace(word.as_str(), ""));
    (rest != whole).then_some(rest)
}

/// The letters and digits of a text, in lower case and without diacritics.
fn letters_and_digits(text: &str) -> String {
    text.nfd()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// How many characters of a password are looked at: the estimate takes a time that grows with their square, and
/// more can only make it harder to guess.
const ESTIMATED_CHARACTERS: usize = 60;

/// The fewest characters of a word that must not be part of a password.
const OWN_WORD_CHARACTERS: usize = 4;

/// Whether a password contains one of these words of its owner.
#[must_use]
pub(super) fn contains_one_of(password: &str, own_words: &[String]) -> bool {
    let password = password.to_lowercase();
    let is_in = |word: &String| {
        word.chars().count() >= OWN_WORD_CHARACTERS && password.contains(&word.to_lowercase())
    };
    own_words.iter().any(is_in)
}

/// The name of the platform.
const PLATFORM: &str = "iespeja";

/// Words from which passwords are built here, besides the English ones that the estimate knows.
const COMMON_WORDS: [&str; 28] = [
    "parole",
    "iespeja",
    "iespēja",
    "latvija",
    "riga",
    "rīga",
    "sveiki",
    "mīlestība",
    "kursi",
    "darbs",
    "pavasaris",
    "vasara",
    "rudens",
    "ziema",
    "janvāris",
    "februāris",
    "marts",
    "aprīlis",
    "maijs",
    "jūnijs",
    "jūlijs",
    "augusts",
    "septembris",
    "oktobris",
    "novembris",
    "decembris",
    "saulīte",
    "saulite",
];

type Task = Box<dyn FnOnce() + Send>;

/// How many requests for each thread are served in the order in which they came: about what a thread hashes
/// in two seconds. With more than that, the queue serves the newest first.
const FEW_PER_THREAD: usize = 40;

/// Where a new request is put in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the end.
    Last,
    /// At the front, so that a large number of earlier guesses delays no new request.
    First,
}

impl Place {
    fn put<T>(self, line: &mut VecDeque<T>, one: T) {
        match self {
            Self::Last => line.push_back(one),
            Self::First => line.push_front(one),
        }
    }
}

/// The requests of one network: a queue for each account, and the order in which the accounts take turns.
#[derive(Default)]
struct Accounts {
    order: VecDeque<u64>,
    waiting: HashMap<u64, VecDeque<Task>>,
}

impl Accounts {
    fn push(&mut self, account: u64, task: Task, place: Place) {
        let queue = self.waiting.entry(account).or_default();
        if queue.is_empty() {
            place.put(&mut self.order, account);
        }
        place.put(queue, task);
    }

    /// The next task of the account whose turn it is; the account then goes to the end of the order.
    fn pop(&mut self) -> Option<Task> {
        let account = self.order.pop_front()?;
        let queue = self.waiting.get_mut(&account)?;
        let task = queue.pop_front();
        if queue.is_empty() {
            self.waiting.remove(&account);
        } else {
            self.order.push_back(account);
        }
        task
    }
}

/// All waiting requests: the order in which the networks take turns, and the queue of each; see [`Accounts`].
struct Turns {
    order: VecDeque<u64>,
    waiting: HashMap<u64, Accounts>,
    count: usize,
    /// How many requests may wait in the order in which they came.
    few: usize,
}

impl Turns {
    fn new(few: usize) -> Self {
        Self {
            order: VecDeque::new(),
            waiting: HashMap::new(),
            count: 0,
            few,
        }
    }

    fn push(&mut self, turn: HashingTurn, task: Task) {
        let place = if self.count < self.few {
            Place::Last
        } else {
            Place::First
        };
        self.count += 1;
        let accounts = self.waiting.entry(turn.network).or_default();
        if accounts.order.is_empty() {
            place.put(&mut self.order, turn.network);
        }
        accounts.push(turn.account, task, place);
    }

    /// The next task of the network whose turn it is; the network then goes to the end of the order.
    fn pop(&mut self) -> Option<Task> {
        let network = self.order.pop_front()?;
        let accounts = self.waiting.get_mut(&network)?;
        let task = accounts.pop();
        if accounts.order.is_empty() {
            self.waiting.remove(&network);
        } else {
            self.order.push_back(network);
        }
        self.count -= 1;
        task
    }
}

struct Queue {
    turns: Mutex<Turns>,
    is_filled: Condvar,
}

impl Queue {
    fn for_threads(threads: usize) -> Self {
        Self {
            turns: Mutex::new(Turns::new(FEW_PER_THREAD * threads)),
            is_filled: Condvar::new(),
        }
    }

    fn push(&self, turn: HashingTurn, task: Task) {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.push(turn, task);
        drop(turns);
        self.is_filled.notify_one();
    }

    fn pop(&self) -> Task {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(task) = turns.pop() {
                return task;
            }
            turns = self
                .is_filled
                .wait(turns)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The queue of the hashing threads.
static HASHING: LazyLock<io::Result<Arc<Queue>>> = LazyLock::new(|| {
    let threads = thread::available_parallelism().map_or(2, NonZero::get);
    let queue = Arc::new(Queue::for_threads(threads));
    for _ in 0..threads {
        let queue = Arc::clone(&queue);
        thread::Builder::new()
            .name("hashing".to_owned())
            .spawn(move || {
                loop {
                    // When a task panics, its caller sees that the sender of the result was dropped.
                    drop(catch_unwind(AssertUnwindSafe(queue.pop())));
                }
            })?;
    }
    Ok(queue)
});

/// Starts the hashing threads; otherwise the first hash starts them.
pub fn start_threads() {
    if let Ok(queue) = HASHING.as_ref() {
        // So that the first sign-in attempt for an unknown account takes no longer than others.
        queue.push(
            a_turn_of_its_own(),
            Box::new(|| _ = LazyLock::force(&DUMMY_HASH)),
        );
    }
}

/// A hash to verify against when there is no such account, so that the response takes as long.
static DUMMY_HASH: LazyLock<String> =
    LazyLock::new(|| hash_now("nobody's password").unwrap_or_default());

/// A password could not be hashed: the machine is out of memory, threads or random bytes.
#[derive(Debug, thiserror::Error)]
#[error("hashing: {0}")]
pub struct HashError(String);

fn a_turn_of_its_own() -> HashingTurn {
    HashingTurn {
        network: random::bits(),
        account: 0,
    }
}

/// Hashes a new password into a PHC string.
///
/// # Errors
/// See `HashError`.
pub async fn hash(password: String) -> Result<String, HashError> {
    on_hashing_thread(a_turn_of_its_own(), move || hash_now(&password)).await?
}

/// Like [`hash`], in the fair queue; see [`HashingTurn`].
///
/// # Errors
/// See [`HashError`].
pub(super) async fn hash_in_turn(password: String, turn: HashingTurn) -> Result<String, HashError> {
    on_hashing_thread(turn, move || hash_now(&password)).await?
}

/// Whether the password matches the hash. With `None` it takes as long and returns `false`. Passwords with
/// the same `turn` are verified one after another; see [`HashingTurn`].
///
/// # Errors
/// See [`HashError`].
pub(super) async fn verify(
    password: String,
    hash: Option<String>,
    turn: HashingTurn,
) -> Result<bool, HashError> {
    on_hashing_thread(turn, move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| DUMMY_HASH.clone());
        verify_now(&password, &hash) && known
    })
    .await
}

fn hash_now(password: &str) -> Result<String, HashError> {
    Memory
        .hash_password(composed(password).as_bytes())
        .map(|hash| hash.to_string())
        .map_err(failed)
}

fn verify_now(password: &str, hash: &str) -> bool {
    let password = composed(password);
    PasswordHash::new(hash)
        .is_ok_and(|hash| Memory.verify_password(password.as_bytes(), &hash).is_ok())
}

/// A password with composed letters (NFC): keyboards write the same letter in different ways.
fn composed(password: &str) -> String {
    password.nfc().collect()
}

/// The working memory of Argon2, which a thread allocates once and reuses. The library would allocate 19 MiB
/// for each hash, and the allocator would not return what several threads have freed.
struct Memory;

thread_local! {
    static BLOCKS: RefCell<Vec<Block>> = const { RefCell::new(Vec::new()) };
}

impl PasswordHasher<PasswordHash> for Memory {
    fn hash_password_with_salt(
        &self,
        password: &[u8],
        salt: &[u8],
    ) -> password_hash::Result<PasswordHash> {
        self.hash_password_customized(password, salt, None, None, Params::default())
    }
}

impl CustomizedPasswordHasher<PasswordHash> for Memory {
    type Params = Params;

    fn hash_password_customized(
        &self,
        password: &[u8],
        salt: &[u8],
        algorithm: Option<&str>,
        version: Option<u32>,
        params: Params,
    ) -> password_hash::Result<PasswordHash> {
        let algorithm = algorithm
            .map(Algorithm::try_from)
            .transpose()?
            .unwrap_or_default();
        let version = version
            .map(Version::try_from)
            .transpose()?
            .unwrap_or_default();
        let argon2 = Argon2::new(algorithm, version, params);
        let params = argon2.params();
        let mut output = [0; Output::MAX_LENGTH];
        let output = output
            .get_mut(..params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN))
            .ok_or(password_hash::Error::OutputSize)?;
        BLOCKS.with_borrow_mut(|blocks| {
            if blocks.len() < params.block_count() {
                blocks.resize(params.block_count(), Block::default());
            }
            argon2.hash_password_into_with_memory(password, salt, output, blocks)
        })?;
        Ok(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: ParamsString::try_from(params)?,
            salt: Some(Salt::new(salt)?),
            hash: Some(Output::new(output)?),
        })
    }
}

async fn on_hashing_thread<T: Send + 'static>(
    turn: HashingTurn,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, HashError> {
    let queue = HASHING.as_ref().map_err(failed)?;
    let (answer, result) = oneshot::channel();
    let task = move || {
        // The caller may have gone away; then the hash is not needed.
        if !answer.is_closed() {
            drop(answer.send(work()));
        }
    };
    queue.push(turn, Box::new(task));
    result.await.map_err(failed)
}

fn failed(error: impl fmt::Display) -> HashError {
    HashError(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order in which the requests are served when `few` may wait in the order in which they came.
    fn order(few: usize) -> Vec<&'static str> {
        let done = Arc::new(Mutex::new(Vec::new()));
        let mut turns = Turns::new(few);
        for (network, account, name) in [
            (1, 1, "a"),
            (1, 1, "b"),
            (1, 2, "c"),
            (1, 3, "d"),
            (2, 1, "x"),
            (3, 1, "y"),
            (2, 1, "z"),
        ] {
            let done = Arc::clone(&done);
            turns.push(
                HashingTurn { network, account },
                Box::new(move || done.lock().unwrap().push(name)),
            );
        }
        while let Some(task) = turns.pop() {
            task();
        }
        assert!(turns.waiting.is_empty() && turns.order.is_empty());
        assert_eq!(turns.count, 0);
        done.lock().unwrap().clone()
    }

    #[test]
    fn many_requests_of_one_client_delay_only_that_client() {
        // In each round every network is served once, and within a network each account. When many wait, the
        // newest comes first; when few wait, the oldest.
        assert_eq!(order(0), ["y", "z", "d", "x", "c", "b", "a"]);
        assert_eq!(order(7), ["a", "x", "y", "c", "z", "d", "b"]);
        // The first four are served in order; the next one goes before them.
        assert_eq!(order(4)[..2], ["y", "z"]);
    }

    #[test]
    fn a_new_request_is_served_before_many_earlier_ones() {
        let done = Arc::new(Mutex::new(Vec::new()));
        let mut turns = Turns::new(FEW_PER_THREAD);
        let mut push = |network, account| {
            let done = Arc::clone(&done);
            let task = move || done.lock().unwrap().push((network, account));
            turns.push(HashingTurn { network, account }, Box::new(task));
        };
        // Two hundred networks that guess at one account, and one network that guesses at three hundred.
        for network in 100..300 {
            push(network, 1);
        }
        for account in 100..400 {
            push(1, account);
        }
        push(1, 1);
        push(2, 1);
        let mut next = || {
            turns.pop().unwrap()();
            done.lock().unwrap().pop().unwrap()
        };
        assert_eq!([next(), next()], [(2, 1), (1, 1)]);
    }

    #[test]
    fn memory_used_before_changes_no_hash() {
        for password in ["zirgs ēd zaļu sienu", "vilks ēd zaļu sienu"] {
            let salt = [7; 16];
            let library = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
            let ours = Memory.hash_password_with_salt(password.as_bytes(), &salt);
            assert_eq!(ours.unwrap().to_string(), library.unwrap().to_string());
        }
        // Smaller and larger than the defaults, as another installation may have configured them.
        for (memory, passes, lanes) in [(8 * 1024, 3, 1), (32 * 1024, 1, 2)] {
            let params = Params::new(memory, passes, lanes, Some(32)).unwrap();
            let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            let hash = argon2.hash_password(b"zirgs").unwrap().to_string();
            assert!(verify_now("zirgs", &hash), "{hash}");
            assert!(!verify_now("vilks", &hash), "{hash}");
        }
        assert!(!verify_now("zirgs", "no hash"));
    }

    #[test]
    fn the_words_of_the_platform_and_the_owner_do_not_count_however_they_are_written() {
        let own = ["Kreisais krasts".to_owned(), "Vaļģodārzniece".to_owned()];
        for weak in [
            "iespejaiespeja",
            "iespeja-iespeja",
            "Iespeja2026!!",
            "IESPĒJA_iespeja_2026",
            "i.e.s.p.e.j.a.1.2.3",
            "2026-Latvija-Iespēja",
        ] {
            assert!(!is_strong(weak, &[]), "{weak}");
        }
        for weak in [
            "Valgodarzniece-2026",
            "kreisaiskrasts 2024!",
            "Kreisais.Krasts.77",
        ] {
            assert!(is_strong(weak, &[]), "{weak} is strong without its owner");
            assert!(!is_strong(weak, &own), "{weak}");
        }
        for strong in [
            "iespeja brauc zilu velosipēdu pa mēnesi",
            "Vaļģodārzniece ēd astoņas plūmes vēlu",
            "pavasaris ir klāt",
        ] {
            assert!(is_strong(strong, &own), "{strong}");
        }
    }

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let hash = hash("zirgs ēd zaļu sienu".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(
            verify(
                "zirgs ēd zaļu sienu".to_owned(),
                Some(hash.clone()),
                a_turn_of_its_own()
            )
            .await
            .unwrap()
        );
        assert!(
            !verify(
                "zirgs ed zalu sienu".to_owned(),
                Some(hash),
                a_turn_of_its_own()
            )
            .await
            .unwrap()
        );
        assert!(
            !verify("nobody's password".to_owned(), None, a_turn_of_its_own())
                .await
                .unwrap()
        );
    }
}
