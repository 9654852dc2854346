# Courses, lessons, tests, completion.

catalogue-title = Courses
catalogue-lead = Choose a course and learn at your own pace. What you have done is kept, and you can go on from any device.
catalogue-count = { $count ->
    [one] { $count } course
   *[other] { $count } courses
}
catalogue-waiting = { $count ->
    [one] { $count } more course is waiting for its required reviews and is not published yet.
   *[other] { $count } more courses are waiting for their required reviews and are not published yet.
}
catalogue-empty-title = No courses found
catalogue-empty-text = No course matches the filters you chose. Remove a filter and try again.
catalogue-none-title = No courses yet
catalogue-none-text = Courses will appear here once they have received the required reviews.
filter-title = Filter courses
filter-theme = Theme
filter-ground = Ground of discrimination
filter-audience = Who it is for
filter-language = Course language
filter-any = Any
filter-apply = Apply filters
filter-clear = Clear filters

theme-inclusive-work = Inclusive environment
theme-inclusive-work-about = How to recognise discrimination and build an environment with equal opportunities for all.
theme-gender-equality = Gender equality
theme-gender-equality-about = Pay, family and work, budgets, the impact of decisions, and technology.
theme-violence-prevention = Preventing violence
theme-violence-prevention-about = How to notice violence, act safely and work together.
theme-plain = Other courses
theme-plain-about = Courses on other themes.

ground-gender = Gender
ground-age = Age
ground-disability = Disability
ground-ethnicity = Race and ethnic origin
ground-religion = Religion and belief
ground-sexual-orientation = Sexual orientation
ground-none = All grounds
audience-public-sector = State and municipal institutions
audience-employers = Employers
audience-everyone = Everyone
language-lv = Latvian
language-en = English

course-lessons = { $count ->
    [one] { $count } lesson
   *[other] { $count } lessons
}
course-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
course-hours = { $count ->
    [one] { $count } academic hour
   *[other] { $count } academic hours
}
course-draft = Draft
course-draft-demo = The course still waits for its required reviews. In the demonstration everything is invented, so completing it counts here, and all certificates are samples.
course-draft-text = The course still waits for its required reviews and is open for trying out. Completing it does not count, and its certificate is only a sample.
course-changes-title = The course was updated
course-changes-added =
    { $count ->
        [one] New part: { $titles }
       *[other] New parts: { $titles }
    }
course-changes-changed =
    { $count ->
        [one] Changed part: { $titles }
       *[other] Changed parts: { $titles }
    }
course-changes-removed =
    { $count ->
        [one] No longer part of the course: { $titles }
       *[other] No longer parts of the course: { $titles }
    }
course-changes-completed = Your certificate stays valid.
course-changes-seen = I have read this
course-outcomes-title = What you will be able to do
course-outline-title = Course contents
course-facts-title = At a glance
course-for = Who it is for
course-ground = Ground
course-languages = Languages
course-time = Time
course-hours-label = Credited hours
course-test-label = Final test
course-test-facts = { $questions ->
    [one] { $questions } question
   *[other] { $questions } questions
}; at least { $percent }% needed
course-reviews-title = Reviews of the course
course-reviews-lead = Several parties assess a course before it is published.
course-enrol = Start learning
course-enrol-sign-in = You need an account to begin.
course-enrol-register = Register
go-on = Continue
begin = Begin
course-left = about { $time } to the end of the course
# A number stays with its unit.
time-minutes = { $minutes }{"\u00A0"}min
time-hours = { $hours }{"\u00A0"}h
time-both = { $hours }{"\u00A0"}h { $minutes }{"\u00A0"}min
course-leads-to = Afterwards
course-leads-to-certificate = A certificate for { $hours }
course-progress-title = Your progress
course-completed-title = Course completed
course-completed-text = You completed this course on { $date }.
course-why-title = Why do I not have a certificate yet?
course-why-met-title = What you received the certificate for
course-why-lead = You receive the certificate at once, as soon as every requirement is met.
course-test-row = Test

review-gender-equality-opinion = Gender equality expert’s opinion
review-legal = Legal check
review-ngo-consultation = Consultation with non-governmental organisations
review-accessibility = Accessibility check
review-state-positive = Received, positive
review-state-negative = Received, negative
review-state-outdated = Received for an earlier version
review-state-missing = Not received yet

standing-enrolled = You are learning
standing-completed = Completed

lesson-state-done = read
test-state-done = passed
lesson-state-started = started
lesson-state-open = not started
lesson-current = this lesson
lesson-minutes = about { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
lesson-legal-check = Law checked on { $date }
lesson-done-next = I have read this, next
lesson-next = Next: { $title }
lesson-previous = Previous: { $title }
lesson-is-done = You have already read this lesson.
lesson-open-questions = Before this lesson can be marked as read, answer (rightly or not):
lesson-open-question = Not answered yet: “{ $question }”
lesson-open-none = All questions are answered.
lesson-position = Lesson { $number } of { $total }
lesson-contents = In this lesson
lesson-resumed = You can go on from where you stopped.
lesson-to-top = To the beginning of the lesson
lesson-sources = Sources
lesson-source-checked = checked on { $date }
lesson-navigation = Between lessons
lesson-foreign = This lesson has not been translated yet; it is shown in its original language.
progress-done = { $done } of { $total } parts done

question-check = Check the answer
question-continue = Continue
question-check-again = Answer again
question-save = Save the answer
question-not-marked = A question without a mark
question-practice = A question to think about
question-explanation = Explanation
question-try-again = Think it over and answer once more. After the second try you will see the right answer and why.
question-error = Question “{ $question }”: { $error }
question-link-partial = Question { $number }, answered in part
question-position = Question { $number } of { $total }
question-points = { $max ->
    [one] { $points } of { $max } point
   *[other] { $points } of { $max } points
}
question-link-answered = Question { $number }, answered
question-link-open = Question { $number }, not answered yet
question-link-assumed = Question { $number }, answered, to be read as { $reading }
outcome-correct = Correct
outcome-partial = Partly correct
outcome-incorrect = Incorrect
outcome-unanswered = No answer
outcome-noted = Your answer is saved
outcome-noted-partly = Your answer is saved, but some statements have no answer
outcome-left-unfinished = The case was left unfinished
outcome-unfinished = Not finished yet: choose what to do next
answer-missing = Choose or type an answer
answer-too-long = Your answer is too long. It can have up to { $longest } characters
answer-too-many = Choose only one answer
answer-unknown = This question has no such answer. Answer again
answer-older-revision = The question has changed since you opened the page. Read it and answer again
answer-empty = Nothing is chosen or typed. The answer saved before stays as it is; to take it back, use “Clear the answer”
answer-partly-empty = Some fields are empty in which an answer is saved. Nothing has been changed yet: save with the empty fields, or keep what is saved
answer-changed = This question was answered otherwise after you opened the page, perhaps in another window. Nothing has been overwritten: compare both and save the one you want to keep
answer-changed-not-cleared = This question was answered otherwise after you opened the page, so the answer has not been cleared. Look at it and decide again
answer-saved-title = Saved now
answer-given-title = What you entered just now
answer-keep-saved = Keep the saved answer
answer-save-emptied = Save with the empty fields
answer-clear = Clear the answer
answer-delete = Delete what I wrote
answer-is-deleted = You deleted what you wrote. The question counts as answered; you can write again if you like.
delete-answer-title = Delete what you wrote?
delete-answer-text = Everything that you have written in answer to this question will be deleted, earlier versions, too. This cannot be undone. Only that the question was answered stays.
delete-answer-button = Delete what I wrote
delete-answer-back = Back without deleting
flash-answer-deleted = What you wrote is deleted.
flash-answer-deleted-before = There is nothing to delete.
answer-in-other-language = Latviski
lesson-other-language = The button beneath a question changes the language and keeps what you typed in that question. Save what you typed in the others first. If you have typed nothing:

rule-lessons = All { $total } lessons read
rule-lessons-answered = { PLURAL($total) ->
    [one] The lesson read and its questions answered
   *[other] All { $total } lessons read and their questions answered
}
rule-lessons-state = { $missing ->
    [0] Read: { $done }.
   *[other] Read: { $done }. Still to read: { $missing }.
}
rule-test = At least { $percent }% in the final test
rule-test-passed = The test was passed with { $percent }%.
rule-test-best = Best result so far: { $percent }%.
rule-test-not-finished = The test has not been finished yet.
rule-test-left = { $left ->
    [one] { $left } attempt left.
   *[other] { $left } attempts left.
}
rule-met = Met
rule-not-met = Not met yet

test-go = Go to the test
test-rules-title = How the test works
test-rule-questions = { $count ->
    [one] You will be asked { $count } question.
   *[other] You will be asked { $count } questions, one per page.
}
test-rule-pass = You pass with at least { $percent }% of the points.
test-rule-attempts = { $count ->
    [one] { $count } attempt is allowed.
   *[other] { $count } attempts are allowed.
}
test-attempts-left = { $count ->
    [one] You have { $count } attempt left.
   *[other] You have { $count } attempts left.
}
test-rule-attempts-free = There is no limit on attempts.
test-rule-time = { $minutes ->
    [one] Time: { $minutes } minute from the start. Need more time? Write to the course organiser before you begin.
   *[other] Time: { $minutes } minutes from the start. Need more time? Write to the course organiser before you begin.
}
test-rule-pause = { PLURAL($minutes) ->
    [one] { $minutes } minute has to pass between attempts.
   *[other] { $minutes } minutes have to pass between attempts.
}
test-wait-title = The next attempt is not open yet
test-wait-text = You can begin a new attempt at { $time }. Use the time to reread the lessons.
test-not-read-title = You have not read a lesson yet
test-not-read-text = We suggest reading the lessons first.
test-not-read-link = To the lessons of the course
review-right-later = You will see the right answers once the test is passed or your attempts are used up.
test-rule-saved = Every answer is saved as you give it. You can leave and come back.
test-start = Start the test
test-start-again = Try again
test-continue = Continue the attempt you began
test-passed-title = You have passed the test
test-passed-text = There is nothing more to do. You can look at the result in the table.
test-none-left-title = No attempts left
test-none-left-text = Contact the course organiser: they can help you see what to revise and allow another attempt.
test-attempts-title = Your attempts
attempt-number = Attempt
attempt-started = Started
attempt-result = Result
attempt-look = Look at the answers
attempt-look-number = Look at the answers of attempt { $number }
attempt-open = Not finished
attempt-passed = { $max ->
    [one] Passed: { $percent }% ({ $points } of { $max } point)
   *[other] Passed: { $percent }% ({ $points } of { $max } points)
}
attempt-failed = { $max ->
    [one] Not passed: { $percent }% ({ $points } of { $max } point)
   *[other] Not passed: { $percent }% ({ $points } of { $max } points)
}
attempt-answered = { $answered } of { $total } answered
attempt-unanswered = { $count ->
    [one] { $count } question is not answered.
   *[other] { $count } questions are not answered.
}
attempt-partial = { $count ->
    [one] { $count } question is answered in part.
   *[other] { $count } questions are answered in part.
}
finish-partial = Some of their fields are empty and earn no points. You can still fill them in:
attempt-time-left = { $minutes } min left
attempt-time-last = Less than a minute left
attempt-time-five = Five minutes are left for this test.
attempt-time-one = One minute is left for this test. When the time is over, your answers are handed in.
attempt-time-over = The time is over. Your answers are being handed in.
attempt-deadline = To be submitted by { $time }
attempt-state = About this test
attempt-steps = Test questions
attempt-save-next = Save and continue
attempt-save-finish = Save and review
attempt-save-previous = Save and go back
attempt-to-finish = Review and submit
finish-title = Submit the test?
finish-unanswered = A question without an answer gives no points. You can still answer:
finish-text = Answers can no longer be changed once submitted. You will see the result at once.
finish-all-answered = All questions are answered.
finish-assumed-title = Some numbers can be read in two ways
finish-assumed = They count as they are read here. If you meant another number, choose it:
finish-submit = Submit the test
finish-back = Back to the questions
review-title = Test result
review-passed = You passed the test
review-failed = You did not pass the test this time
review-failed-text = Read the lessons that were harder again, then take the test once more.
review-failed-none-left = All attempts are used. Read the explanations again, and the lessons that were harder; ask the organiser of the course how to get another attempt.
review-finished = Submitted { $time }
review-ran-out = Time ran out { $time }
review-questions = Questions and your answers
review-completed = You have completed the course. Your certificate is on the course page.
review-to-course = To the course page
review-missing-lessons = The course page shows what is still needed for the certificate.

me-title = My learning
me-begun = Courses you have begun
me-completed = Courses you have completed
me-own = My account
me-certificates = My certificates
me-empty-title = You are not taking any course yet
me-empty-text = The catalogue has courses on equal opportunities and non-discrimination.
me-empty-link = To the course catalogue
me-no-certificates = A certificate will appear here once you complete a course.
me-missing-title = Before your first course
me-missing-text = Before you can start learning, one thing is left: { $step }
me-missing-link = Continue
me-completed-on = Completed on { $date }
certificate-download-lv = Download the certificate in Latvian (PDF)
certificate-download-en = Download the certificate in English (PDF)
certificate-download = Download the certificate (PDF)
certificate-verify = Verification page of the certificate
certificate-serial = Certificate number
certificate-issued = Issued
certificate-title = Certificate
certificate-preview = Picture of the certificate: { $holder }, { $title }
share-label = The address at which anyone can verify the certificate
share-copy = Copy the link
share-copied = The link is copied.
share-failed = The link is selected. Copy it with the keyboard.
share-send = Share
share-mail = Send by e-mail

completion-title = Course completion: { $person }
completion-course = Course
completion-person = Person
completion-enrolled = Enrolled
completion-completed = Completed
completion-hours = Credited hours
completion-certificate = Certificate number
completion-rule = Requirements met
completion-attempts = Test attempts
completion-attempt-finished = Submitted
completion-none = None

flash-enrolled = The course is now among your courses. You can start.
flash-enrol-first = Start the course first to open its lessons.
flash-profile-first = Tell us about yourself before you start. It takes a couple of minutes.
flash-completed-trial = You have tried out the whole course. It is a draft, so completing it does not count and the certificate is only a sample.
flash-completed = Congratulations! You have completed the course and your certificate is issued.
flash-test-passed = You have already passed the test.
flash-none-left = All attempts are used.
flash-attempt-late = Time had run out, so the last answer was not saved. The answers saved before were marked.
flash-answer-cleared = The answer has been cleared.
flash-attempt-finished = This attempt was already submitted.
flash-sign-in-again = Your session had ended. Sign in and send it again; what was saved before is not lost.

error-not-enrolled-title = Start the course first
error-not-enrolled-text = Answers can only be saved in a course you are enrolled in. Open the course page and start it.
error-question-elsewhere-title = This question is not from this page
error-question-elsewhere-text = The answer was not saved because it is to a question that is not asked here. Go back to the lesson or the test and answer there.
error-attempt-late-title = Time has run out
error-attempt-late-text = Time has run out. The answers saved before were marked.
error-answer-changed-title = This question was answered otherwise
error-answer-changed-text = This question was answered otherwise after you opened the page, perhaps in another window. Press the button below to see both answers.
error-attempt-finished-title = The test was already submitted
error-attempt-finished-text = Answers can no longer be changed once submitted.

author-courses-title = Course development
author-courses-lead = What was in the folder of courses when the server started, and what each course still needs to be published.
author-courses-courses = Courses
author-courses-course = Course
author-courses-status = Status
author-courses-publishable = Publishable
author-courses-earlier = Until it has its reviews, people have the earlier, published version.
author-courses-earlier-errors = As long as the course has errors, people have the earlier, published version.
author-courses-reviews = Reviews
author-courses-translations = Translations
author-courses-source = { $language }: the original
author-courses-translated = { $language }: all translated
author-courses-partly-translated = { $language }: { $percent }%, { $stale } passages out of date, { $missing } missing
author-courses-found = errors: { $errors }, warnings: { $warnings }
author-courses-clean = nothing found
author-courses-findings-title = What the compiler found
author-courses-findings = { $count ->
    [0] No findings.
    [one] { $count } finding. A course with an error is not in the catalogue; the others work.
   *[other] { $count } findings. A course with an error is not in the catalogue; the others work.
}
author-courses-error = Error
author-courses-warning = Warning
nav-author = Course development

# Learning paths: several courses that belong together.
path-kind = Learning path
path-size = Courses
path-leads-to = Afterwards
path-leads-to-certificate = A certificate of the path ({ $hours }), and one for each course
path-leads-to-certificates = A certificate for each course
path-certificate = with a certificate
path-enrol = Begin this path
path-enrol-note = Courses that you have already completed count.
path-steps-title = Courses of the path
path-steps-text = We recommend this order, but you can take the courses in any other.
path-choice = One of these courses – choose the one you need
path-choose = Choose a course
path-course-open = Not begun yet
path-none-begun = None of them has been begun yet.
path-facts-title = At a glance
path-progress = Completed: { $done } of { $total }
path-completed-title = Learning path completed
path-completed-text = You completed the last course of this path on { $date }.
path-why-title = Why is the path not completed yet?
path-why-met-title = The courses by which the path was completed
path-why-lead = The path is completed, and you receive its certificate, as soon as all requirements are met.
path-why-lead-plain = The path is completed as soon as all requirements are met.
path-rule-course = The course “{ $title }” completed
path-rule-choice = One of the courses to choose from completed
path-to-course = To the course
path-draft-demo = Some courses of this path still wait for their required reviews. In the demonstration everything is invented, so completing them counts here, and all certificates are samples.
path-draft-text = Some courses of this path still wait for their required reviews and are open for trying out. Completing them does not count, and certificates are only samples.
flash-path-enrolled = The learning path is now part of your learning.
me-paths = My learning paths
course-paths = Learning paths
catalogue-paths-title = Learning paths
catalogue-paths-text = Several courses that belong together. A path is completed when its courses are.
catalogue-paths-link = Learning paths: several courses for one purpose
catalogue-empty-search = Search the whole site for “{ $query }”
filter-words = Search in courses
filter-time = How much time you have
filter-time-most = up to { $time }
author-courses-paths-title = Learning paths
author-courses-paths-text = The file of the learning paths has mistakes; a path with a mistake is not in the catalogue.

test-rule-extra-attempts = { $count ->
    [one] You are allowed { $count } more attempt.
   *[other] You are allowed { $count } more attempts.
}
test-rule-extra-time = { $minutes ->
    [one] Time: { $minutes } minute from the start, which includes the extra time that you are allowed, { $percent }%.
   *[other] Time: { $minutes } minutes from the start, which includes the extra time that you are allowed, { $percent }%.
}
flash-time-extended = You are allowed extra time, so the test has not been handed in yet.

learners-title = Course participants
learners-lead = The page of a participant shows how far they are in their courses; there you can allow one more attempt or extra time in a test. Who looked at whose page is recorded in the audit log.
learners-search = Search by name
learners-none = Nobody has begun a course yet.
learners-courses = Courses begun
learners-enrolled = Last course begun
learner-without-name = Without a name
learner-courses = Courses
learner-course = Course
learner-progress = Done
learner-test = Final test
learner-course-gone = The course is no longer offered
learner-test-none = The course has no test
learner-test-passed = Passed
learner-test-free = Attempts used: { $used }. Their number is not limited.
learner-test-limited = Attempts used: { $used } of { $allowed }.
allowances-title = What is allowed
allowances-past = What was allowed before
allowance-attempts = { $count ->
    [one] { $count } more attempt at the test of “{ $course }”
   *[other] { $count } more attempts at the test of “{ $course }”
}
allowance-time = Extra time in all tests: { $percent }%
allowance-given = Allowed { $time }.
allowance-reason = Reason: { $reason }
allowance-withdrawn = Taken back { $time }.
allowance-replaced = Replaced by another { $time }.
allowance-withdraw = Take back
allow-attempts-title = Allow more attempts
allow-attempts-text = One more attempt first asks questions that this person has not been asked yet. The person gets a mail about it.
allow-attempts-none = There is no course in which attempts are limited and the test is not passed yet.
allow-attempts-button = Allow attempts
allow-count = How many attempts
allow-count-wrong = Choose how many attempts to allow: 1 to 3
allow-course-missing = Choose a course
allow-course-unlimited = Attempts are not limited in this course, or the person has not begun it. Choose another course
allow-course-passed = The test of this course is passed already. Choose another course
allow-time-title = Allow extra time
allow-time-text = Extra time holds for all tests of this person that have a time limit. A test under way is extended at once. New extra time takes the place of what was allowed before. The person gets a mail about it.
allow-time-button = Allow extra time
allow-percent = Extra time in percent
allow-percent-hint = From 10 to 200. For example, 50% makes 45 minutes of 30.
allow-percent-wrong = Write a whole number from 10 to 200
allow-reason = Reason
allow-reason-hint = Only programme managers see it, and the person in a copy of their data. Do not write a diagnosis.
allow-reason-missing = Write the reason
allow-reason-too-long = The reason is too long. It can have at most { $max } characters
withdraw-title = Take this back?
withdraw-text = It will not hold for attempts begun from now on. An attempt under way keeps its time. The person gets a mail.
withdraw-button = Take back
withdraw-back = Back without taking it back
flash-attempts-allowed = { $count ->
    [one] { $count } more attempt is allowed. The person will get a mail.
   *[other] { $count } more attempts are allowed. The person will get a mail.
}
flash-time-allowed = Extra time is allowed. The person will get a mail.
flash-allowance-withdrawn = It is taken back. The person will get a mail.
flash-allowance-withdrawn-before = This had been taken back before.

reminders-title = Reminders of courses
reminders-twice = If you begin a course and do not go on, we send at most two mails: after { $first ->
    [one] { $first } day
   *[other] { $first } days
} and after { $last ->
    [one] { $last } day
   *[other] { $last } days
}.
reminders-once = If you begin a course and do not go on, we send one mail after { $days ->
    [one] { $days } day
   *[other] { $days } days
}.
reminders-none = This site does not send reminders at present.
reminders-wanted = Remind me by mail of courses that I have begun
reminders-unreadable = The choice cannot be read. Choose again
flash-reminders-on = Reminders are on.
flash-reminders-off = Reminders are off.
reminders-stop-title = Stop the reminders?
reminders-stop-text = We will send no more mails about courses that you have begun. The courses and your answers stay as they are.
reminders-stop-button = Stop reminders
reminders-stopped-title = Reminders are off
reminders-stopped-text = We will send no more mails about courses that you have begun. You can switch them on again in your settings:
