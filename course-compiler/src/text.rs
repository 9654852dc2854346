//! The texts that the compiler itself adds to questions and lessons, in every language of courses.
//!
//! All other texts come from the course or from the theme's messages.

use chrono::NaiveDate;

use crate::grade::Outcome;
use crate::model::Language;

/// The texts in one language.
#[derive(Debug)]
#[non_exhaustive]
pub struct Words {
    /// Instruction to choose exactly one.
    pub choose_one: &'static str,
    /// Instruction to choose any number.
    pub choose_all: &'static str,
    /// Instruction to find a partner for every row.
    pub match_all: &'static str,
    /// Instruction to put the rows in order.
    pub put_in_order: &'static str,
    /// Instruction to choose one option of a survey.
    pub survey_one: &'static str,
    /// Instruction to choose any options of a survey.
    pub survey_many: &'static str,
    /// Instruction to rate statements.
    pub likert: &'static str,
    /// Instruction to go through a case.
    pub choose_path: &'static str,
    /// Accessible name of the choices of a step; its number follows.
    pub choice_in_step: &'static str,
    /// Precedes the choice made in an earlier step.
    pub you_chose: &'static str,
    /// Explains the effect of another choice in an earlier step.
    pub choose_anew: &'static str,
    /// Says that a case has ended.
    pub case_ends: &'static str,
    /// Precedes the share earned by the outcome of a case, in percent.
    pub worth: &'static str,
    /// The percent sign, with a space before it where the language has one.
    pub percent: &'static str,
    /// Instruction to type a number.
    pub type_number: &'static str,
    /// Label of the field for a number.
    pub your_number: &'static str,
    /// The question which of two numbers was meant; `{typed}` is the typed text.
    pub number_which: &'static str,
    /// Label of the reading with grouped digits, `{number}`.
    pub number_grouped: &'static str,
    /// Label of the reading with decimals, `{number}`.
    pub number_decimal: &'static str,
    /// Says that `{typed}` can mean `{number}` or `{other}`, and asks for a choice.
    pub number_doubt: &'static str,
    /// Says that `{typed}` is not a number, while it can be changed.
    pub number_none: &'static str,
    /// The same after the answer.
    pub number_none_marked: &'static str,
    /// Says that the number has the unit `{unit}` instead of `{asked}`, while it can be changed.
    pub number_other_unit: &'static str,
    /// The same after the answer.
    pub number_other_unit_marked: &'static str,
    /// Says as which `{number}` an answer was read.
    pub number_read: &'static str,
    /// The same, if the learner chose it.
    pub number_read_as_chosen: &'static str,
    /// The same, if the learner did not choose between `{number}` and `{other}`.
    pub number_read_by_page: &'static str,
    /// Instruction to type a word or a few words.
    pub type_text: &'static str,
    /// The same, if capital letters matter.
    pub type_text_with_capitals: &'static str,
    /// Label of the field for a word or a few words.
    pub your_answer: &'static str,
    /// Instruction to fill the gaps of a text.
    pub fill_gaps: &'static str,
    /// Accessible name of a gap; its number follows.
    pub gap: &'static str,
    /// Between a number and the total.
    pub of: &'static str,
    /// Instruction to write one's own thoughts, which nobody else can see.
    pub reflect: &'static str,
    /// Label of the field for one's own thoughts.
    pub your_thoughts: &'static str,
    /// The empty option of a list.
    pub choose: &'static str,
    /// Label of a row's position, before the text of the row.
    pub place_of: &'static str,
    /// Title of a hint.
    pub hint: &'static str,
    /// All the points.
    pub right: &'static str,
    /// No points.
    pub wrong: &'static str,
    /// Some of the points.
    pub partly_right: &'static str,
    /// There was no answer.
    pub unanswered: &'static str,
    /// There was an answer to a question that is not marked.
    pub noted: &'static str,
    /// The answer is not complete.
    pub unfinished: &'static str,
    /// Marks a correct choice that was not chosen, if there are several.
    pub missed: &'static str,
    /// Marks the correct choice, if there is one.
    pub right_choice: &'static str,
    /// Precedes the correct answer.
    pub right_answer: &'static str,
    /// Precedes the correct position of a row.
    pub right_place: &'static str,
    /// Titles of the callouts.
    pub callouts: Callouts,
    /// Accessible name of a scrolling table.
    pub table: &'static str,
    /// Title of the transcript of a recording; its name follows.
    pub transcript: &'static str,
    /// Title of the long description of a picture.
    pub picture_description: &'static str,
    /// Heading of the terms used in a lesson.
    pub terms: &'static str,
    /// Link from a term's definition to its first use; the term follows.
    pub back_to_term: &'static str,
    /// Heading of the footnotes of a lesson.
    pub footnotes: &'static str,
    /// Link from a footnote to the text; the footnote's number follows.
    pub back_to_text: &'static str,
    /// Accessible name of a reference to a footnote; its number follows.
    pub footnote: &'static str,
    /// Notice above a passage in another language than the page.
    pub untranslated: &'static str,
    /// Says when a source was last checked; the date follows.
    pub checked: &'static str,
    /// The date format, for `chrono`.
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
    pub summary: &'static str,
    pub example: &'static str,
    pub case: &'static str,
    pub key_point: &'static str,
    pub document: &'static str,
    pub job_aid: &'static str,
}

/// The name of a language, in itself.
#[must_use]
pub const fn language_name(language: Language) -> &'static str {
    match language {
        Language::Lv => "Latviešu",
        Language::En => "English",
    }
}

/// A text with its `{names}` replaced by values; the values are not searched for names.
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

    /// A date in digits, in the format of the language.
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
        summary: "Kopsavilkums",
        example: "Piemērs",
        case: "Gadījums",
        key_point: "Galvenais",
        document: "Dokuments",
        job_aid: "Atgādne",
    },
    table: "Tabula",
    transcript: "Teksts",
    picture_description: "Attēla apraksts",
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
        summary: "Summary",
        example: "Example",
        case: "Case",
        key_point: "Key point",
        document: "Document",
        job_aid: "Job aid",
    },
    table: "Table",
    transcript: "Transcript",
    picture_description: "Description of the picture",
    terms: "Terms used here",
    back_to_term: "Back to the text:",
    footnotes: "References",
    back_to_text: "Back to the text, reference",
    footnote: "Reference",
    untranslated: "This part is not translated into English yet.",
    checked: "Checked",
    date_format: "%-d %B %Y",
};
