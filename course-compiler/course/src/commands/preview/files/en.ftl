page-title = { $what } – preview
skip = Skip to the text
all-courses = All courses
switch-language = Language
switch-colours = Colours
scheme-auto = As the browser
scheme-light = Light
scheme-dark = Dark
problems = { $count ->
    [0] No problems
    [one] { $count } problem
   *[other] { $count } problems
}
built = compiled in { $ms } ms
problems-title = What the compiler says
problem-place = The place in { $what }
severity-error = error
severity-warning = warning
all-well = Nothing: all is well.
course-well = Nothing: this course is well.

courses = Courses
course = Course
languages = Languages
lessons = Lessons
questions = Questions
state = State
state-draft = draft
state-publishable = publishable
state-broken = has errors
no-courses = There is no course here. This makes one:

outdated = The course has errors. This is how it was before; what is wrong stands below.
publishable = May be published. Content hash
reviews-missing = Draft: there is no valid review of the kind { $what }. A review names the content hash
review-gender-equality-opinion = gender equality expert’s opinion
review-legal = legal check
review-ngo-consultation = consultation with non-governmental organisations
review-accessibility = accessibility check

where-you-are = Where you are
untranslated = This lesson does not exist in English yet.
meta-test = test
meta = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}, { $words ->
    [one] { $words } word
   *[other] { $words } words
}, { $questions ->
    [one] { $questions } question
   *[other] { $questions } questions
}
uncited = Sources that no footnote cites
points = { $count ->
    [one] { $points } point
   *[other] { $points } points
}
not-marked = not marked
try = Try the answer
show-right = Show a right answer
begin-again = Begin again
answer-missing = Nothing was answered.
answer-unknown = The question has no such choice.
answer-too-many = Several choices where one is asked for.
answer-too-long = A text of more than { $longest } characters.
answer-asked = This is not a number in the unit asked for, or could be two numbers: learners are asked about it as below, and it is not marked yet.
outcome-correct = Right
outcome-partial = Partly right
outcome-incorrect = Wrong
outcome-unanswered = Not answered
outcome-noted = Noted; this question is not marked
outcome-unfinished = Not finished yet; choose what to do next
earned = { $word }: { $earned } of { $points ->
    [one] { $worth } point
   *[other] { $worth } points
}

broken = { $what } has errors
broken-text = The course appears as soon as they are put right.
missing = There is nothing here
missing-text = The lesson or course may have another name now.
