//! The words that the compiler itself puts into questions and lessons, in every language of courses.
//!
//! Everything else that a person reads comes from the course or from the theme's messages.

use chrono::NaiveDate;

use crate::grade::Outcome;
use crate::model::Language;

/// The words of one language.
#[derive(Debug)]
#[non_exhaustive]
pub struct Words {
    /// Tells to choose exactly one.
    pub choose_one: &'static str,
    /// Tells to choose any number.
    pub choose_all: &'static str,
    /// Tells to find a partner for every row.
    pub match_all: &'static str,
    /// Tells to give every row its place.
    pub put_in_order: &'static str,
    /// Tells to choose one option of a survey.
    pub survey_one: &'static str,
    /// Tells to choose any options of a survey.
    pub survey_many: &'static str,
    /// Tells to give statements their points.
    pub likert: &'static str,
    /// Tells to go through a case.
    pub choose_path: &'static str,
    /// Names the choices of a step for those who cannot see them; its number follows.
    pub choice_in_step: &'static str,
    /// Comes before what was chosen in an earlier step.
    pub you_chose: &'static str,
    /// Tells what choosing otherwise in an earlier step does.
    pub choose_anew: &'static str,
    /// Tells that a case has come to its end.
    pub case_ends: &'static str,
    /// Comes before what the outcome of a case earns, in percent.
    pub worth: &'static str,
    /// The sign for percent, with the space before it where the language has one.
    pub percent: &'static str,
    /// Tells to type a number.
    pub type_number: &'static str,
    /// Labels the box for a number.
    pub your_number: &'static str,
    /// Asks which of two numbers was meant; `{typed}` is what was typed.
    pub number_which: &'static str,
    /// Labels the number with grouped digits, `{number}`.
    pub number_grouped: &'static str,
    /// Labels the number with decimals, `{number}`.
    pub number_decimal: &'static str,
    /// Tells that `{typed}` can be `{number}` or `{other}`, and to choose.
    pub number_doubt: &'static str,
    /// Tells that `{typed}` is no number, while it can be changed.
    pub number_none: &'static str,
    /// The same afterwards.
    pub number_none_marked: &'static str,
    /// Tells that the number has the unit `{unit}` and not `{asked}`, while it can be changed.
    pub number_other_unit: &'static str,
    /// The same afterwards.
    pub number_other_unit_marked: &'static str,
    /// Tells as which `{number}` an answer was read.
    pub number_read: &'static str,
    /// The same, where the learner said which.
    pub number_read_as_chosen: &'static str,
    /// The same, where the learner did not say whether `{number}` or `{other}` was meant.
    pub number_read_by_page: &'static str,
    /// Tells to type a word or a few.
    pub type_text: &'static str,
    /// The same, where capital letters matter.
    pub type_text_with_capitals: &'static str,
    /// Labels the box for a word or a few.
    pub your_answer: &'static str,
    /// Tells to fill the gaps of a text.
    pub fill_gaps: &'static str,
    /// Names a gap; its number follows.
    pub gap: &'static str,
    /// Stands between the number of a thing and how many there are.
    pub of: &'static str,
    /// Tells to write one's own thoughts, and that nobody else is shown them.
    pub reflect: &'static str,
    /// Labels the box for one's own thoughts.
    pub your_thoughts: &'static str,
    /// The empty choice of a list.
    pub choose: &'static str,
    /// Labels the place of a row, before what the row says.
    pub place_of: &'static str,
    /// Opens a hint.
    pub hint: &'static str,
    /// All the points.
    pub right: &'static str,
    /// No points.
    pub wrong: &'static str,
    /// Some of the points.
    pub partly_right: &'static str,
    /// There was no answer.
    pub unanswered: &'static str,
    /// There was an answer, to a question that is not marked.
    pub noted: &'static str,
    /// The answer does not end yet.
    pub unfinished: &'static str,
    /// Marks a choice that should have been chosen, too, where several are right.
    pub missed: &'static str,
    /// Marks the choice that should have been chosen, where one is right.
    pub right_choice: &'static str,
    /// Comes before what should have been answered.
    pub right_answer: &'static str,
    /// Comes before the number of the place where a row should have stood.
    pub right_place: &'static str,
    /// Titles of the callouts.
    pub callouts: Callouts,
    /// Names a table that scrolls, for those who cannot see it.
    pub table: &'static str,
    /// Opens the text of a video or a sound recording; its name follows.
    pub transcript: &'static str,
    /// Heads the terms that a lesson uses.
    pub terms: &'static str,
    /// Leads back from a term's definition to its first use; the term follows.
    pub back_to_term: &'static str,
    /// Heads the footnotes of a lesson.
    pub footnotes: &'static str,
    /// Leads back from a footnote to the text; the footnote's number follows.
    pub back_to_text: &'static str,
    /// Names a reference to a footnote; its number follows.
    pub footnote: &'static str,
    /// Stands above a passage in another language than the page's.
    pub untranslated: &'static str,
    /// Tells when a source was last checked; the date follows.
    pub checked: &'static str,
    /// How dates are written, for `chrono`.
    pub date_format: &'static str,
}

/// Titles of the callouts.
#[derive(Debug)]
#[expect(missing_docs, reason = "named as they are written in Markdown")]
pub struct Callouts {
    pub note: &'static str,
    pub tip: &'static str,
    pub important: &'static str,
    pub warning: &'static str,
    pub caution: &'static str,
}

/// The name of a language, in itself.
#[must_use]
pub const fn language_name(language: Language) -> &'static str {
    match language {
        Language::Lv => "Latviešu",
        Language::En => "English",
    }
}

/// A text with its `{names}` replaced by values, which are never looked into again.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut pieces = text.split('{');
    filled.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, after) = piece.split_once('}').unwrap_or((piece, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        filled.push_str(after);
    }
    filled
}

impl Words {
    /// The words of `language`.
    #[must_use]
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::Lv => &LV,
            Language::En => &EN,
        }
    }

    /// A date as figures, as the language writes it.
    #[must_use]
    pub fn date(&self, date: NaiveDate) -> String {
        date.format(self.date_format).to_string()
    }

    /// The word for a mark.
    #[must_use]
    pub const fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Correct => self.right,
            Outcome::Partial => self.partly_right,
            Outcome::Incorrect => self.wrong,
            Outcome::Unanswered => self.unanswered,
            Outcome::Noted => self.noted,
            Outcome::Unfinished => self.unfinished,
        }
    }
}

const LV: Words = Words {
    choose_one: "Izvēlieties vienu",
    choose_all: "Izvēlieties visas pareizās",
    match_all: "Katrai rindai izvēlieties atbilstošo",
    put_in_order: "Katrai rindai norādiet tās vietu secībā",
    survey_one: "Izvēlieties vienu. Vērtējuma nav; atbildes apkopo bez vārdiem",
    survey_many: "Izvēlieties visu, kas atbilst. Vērtējuma nav; atbildes apkopo bez vārdiem",
    likert: "Katram apgalvojumam izvēlieties savu atbildi. Vērtējuma nav; atbildes apkopo bez vārdiem",
    choose_path: "Izlasiet un izvēlieties, kā rīkoties; no tā atkarīgs, kas notiks tālāk",
    choice_in_step: "Izvēle, solis",
    you_chose: "Jūsu izvēle:",
    choose_anew: "Ja šeit izvēlēsieties citādi, situācija turpināsies no šī soļa.",
    case_ends: "Situācijas iznākums",
    worth: "Vērtējums:",
    percent: "\u{a0}%",
    type_number: "Ierakstiet skaitli",
    your_number: "Skaitlis",
    number_which: "Kuru skaitli jūs domājāt, rakstot „{typed}”?",
    number_grouped: "{number} – vesels skaitlis; punkts atdala tūkstošus",
    number_decimal: "{number} – decimāldaļa; punkts stāv komata vietā",
    number_doubt: "„{typed}” var nozīmēt divus skaitļus: {number} vai {other}. Ierakstītais paliek laukā; lūdzu, izvēlieties, kuru jūs domājāt.",
    number_none: "„{typed}” nav skaitlis. Ierakstītais paliek laukā, taču par atbildi to neieskaitīs. Ierakstiet skaitli ar cipariem, piemēram, 12,5.",
    number_none_marked: "„{typed}” nav skaitlis.",
    number_other_unit: "Jautāts par mērvienību „{asked}”, bet jūs ierakstījāt „{unit}”. Ierakstītais paliek laukā, taču par atbildi to neieskaitīs. Ierakstiet tikai skaitli prasītajā mērvienībā.",
    number_other_unit_marked: "Jautāts par mērvienību „{asked}”, bet ierakstīts „{unit}”, tāpēc skaitlis nav ieskaitīts.",
    number_read: "Atbilde nolasīta kā {number}.",
    number_read_as_chosen: "Atbilde nolasīta kā {number}, jo tā jūs izvēlējāties.",
    number_read_by_page: "„{typed}” varēja nozīmēt {number} vai {other}. Jūs neizvēlējāties, tāpēc atbilde nolasīta tā, kā skaitļus raksta lapas valodā: {number}.",
    type_text: "Ierakstiet īsu atbildi",
    type_text_with_capitals: "Ierakstiet īsu atbildi; lielie un mazie burti ir svarīgi",
    your_answer: "Jūsu atbilde",
    fill_gaps: "Aizpildiet tukšās vietas",
    gap: "Tukšā vieta",
    of: "no",
    reflect: "Atbildiet saviem vārdiem. Vērtējuma nav, un nevienam citam ierakstīto nerāda",
    your_thoughts: "Jūsu pārdomas",
    choose: "Izvēlieties…",
    place_of: "Vieta:",
    hint: "Padoms",
    right: "Pareizi",
    wrong: "Nepareizi",
    partly_right: "Daļēji pareizi",
    unanswered: "Nav atbildēts",
    noted: "Atbildēts",
    unfinished: "Nav pabeigts",
    missed: "Arī šī ir pareizā atbilde",
    right_choice: "Pareizā atbilde",
    right_answer: "Pareizā atbilde:",
    right_place: "Pareizā vieta:",
    callouts: Callouts {
        note: "Piezīme",
        tip: "Padoms",
        important: "Svarīgi",
        warning: "Brīdinājums",
        caution: "Uzmanību",
    },
    table: "Tabula",
    transcript: "Teksts",
    terms: "Lietotie jēdzieni",
    back_to_term: "Atpakaļ uz tekstu:",
    footnotes: "Atsauces",
    back_to_text: "Atpakaļ uz tekstu, atsauce",
    footnote: "Atsauce",
    untranslated: "Šī daļa vēl nav pārtulkota latviešu valodā.",
    checked: "Pārbaudīts",
    date_format: "%d.%m.%Y.",
};

const EN: Words = Words {
    choose_one: "Choose one",
    choose_all: "Choose all that are correct",
    match_all: "Choose the match for each row",
    put_in_order: "Give each row its place in the order",
    survey_one: "Choose one. It is not marked; answers are counted without names",
    survey_many: "Choose all that apply. It is not marked; answers are counted without names",
    likert: "Choose your answer to each statement. It is not marked; answers are counted without names",
    choose_path: "Read, and choose what to do; what happens next depends on it",
    choice_in_step: "Choice in step",
    you_chose: "You chose:",
    choose_anew: "If you choose otherwise here, the situation goes on from this step.",
    case_ends: "How it ends",
    worth: "Mark:",
    percent: "%",
    type_number: "Type a number",
    your_number: "Number",
    number_which: "Which number did you mean by “{typed}”?",
    number_grouped: "{number} – a whole number; the point separates thousands",
    number_decimal: "{number} – a decimal; the point stands before the decimals",
    number_doubt: "“{typed}” can mean two numbers: {number} or {other}. What you typed stays in the box; please choose which one you meant.",
    number_none: "“{typed}” is not a number. What you typed stays in the box, but will not count as an answer. Type a number in figures, such as 12.5.",
    number_none_marked: "“{typed}” is not a number.",
    number_other_unit: "The question asks for “{asked}”, and you typed “{unit}”. What you typed stays in the box, but will not count as an answer. Type only the number, in the unit asked for.",
    number_other_unit_marked: "The question asks for “{asked}”, and “{unit}” was typed, so the number did not count.",
    number_read: "The answer was read as {number}.",
    number_read_as_chosen: "The answer was read as {number}, as you chose.",
    number_read_by_page: "“{typed}” could mean {number} or {other}. You did not choose, so the answer was read as numbers are written in the language of the page: {number}.",
    type_text: "Type a short answer",
    type_text_with_capitals: "Type a short answer; capital and small letters matter",
    your_answer: "Your answer",
    fill_gaps: "Fill the gaps",
    gap: "Gap",
    of: "of",
    reflect: "Answer in your own words. It is not marked, and nobody else is shown it",
    your_thoughts: "Your thoughts",
    choose: "Choose…",
    place_of: "Place of:",
    hint: "Hint",
    right: "Correct",
    wrong: "Incorrect",
    partly_right: "Partly correct",
    unanswered: "Not answered",
    noted: "Answered",
    unfinished: "Not finished",
    missed: "This answer is correct, too",
    right_choice: "The correct answer",
    right_answer: "The correct answer:",
    right_place: "The correct place:",
    callouts: Callouts {
        note: "Note",
        tip: "Tip",
        important: "Important",
        warning: "Warning",
        caution: "Caution",
    },
    table: "Table",
    transcript: "Transcript",
    terms: "Terms used here",
    back_to_term: "Back to the text:",
    footnotes: "References",
    back_to_text: "Back to the text, reference",
    footnote: "Reference",
    untranslated: "This part is not translated into English yet.",
    checked: "Checked",
    date_format: "%-d %B %Y",
};
