# The programme: indicators, people counted, proof.

manage-home-title = Programme management
manage-indicators-open = Indicators, their trajectories and sources
manage-organisations = Register of organisations
manage-organisations-waiting = { $count ->
    [0] No organisation is waiting for approval
    [one] { $count } organisation is waiting for approval
   *[other] { $count } organisations are waiting for approval
}
manage-to-decide = To decide

indicators-title = Indicators
indicators-none = The programme names no indicators.
programme-number = Project number
programme-period = Period

indicator-of-target = { $target ->
    [one] of { $target } person
   *[other] of { $target } people
}
indicator-without-target = { $count ->
    [one] person
   *[other] people
}
indicator-percent = { $percent }% of the target
indicator-number = { $count }
indicator-target = Target: { $target }
indicators-unnamed = { PLURAL($count) ->
    [one] { $count } person has completed something but has not said where they work. They will count as of the day of completion, once the employer is known.
   *[other] { $count } people have completed something but have not said where they work. They will count as of the day of completion, once the employer is known.
}
indicator-waiting = { $count ->
    [one] { $count } more person will count once their organisation is approved in the register.
   *[other] { $count } more people will count once their organisations are approved in the register.
}
indicator-elsewhere = { $count ->
    [one] { $count } more person completed a course in this group too but is already counted in another indicator.
   *[other] { $count } more people completed a course in this group too but are already counted in another indicator.
}
pace-needed = To reach the target by { $until }, { $needed } a month are needed.
pace-coming = { $months ->
    [one] In the last whole month { $coming } came.
   *[other] In the last { $months } whole months { $coming } a month came.
}
pace-reached = The target is reached.
pace-over = The programme has ended; missing to the target: { $missing }.
pace-line = pace needed
indicator-disputed = The documents disagree on the target
indicator-note = How it is counted
indicator-source = Where the target is set
indicator-heads = People counted
indicator-chart-text = People counted in total, { $from } – { $until }: { $start } at the start, { $end } at the end.
indicator-months = Count by month
indicator-month = Month
indicator-month-new = Added
indicator-month-total = Total

heads-lead = Each person is counted once, by the first course they complete. The proof shows the path from the figure to the record.
heads-export-note = The file holds names: exactly the rows that the search and the filters find, on other pages too. Every download is recorded in the audit log.
heads-search-label = Find a person or an organisation
heads-counted-title = People counted
heads-column-name = Person
heads-column-organisation = Organisation
heads-column-date = Completed
heads-column-kind = Kind of organisation
heads-column-state = Status
heads-column-proof = Proof
heads-any-state = Any
heads-state-counted = counted
heads-state-waiting = waiting for approval
heads-state-unnamed = has not said where they work
heads-proof = Proof
heads-completion = Completion
heads-none = Nobody is counted yet. People appear here as soon as they complete a course.

unnamed-title = People who have not said where they work
unnamed-lead = They have completed something, but have not said where they work. They will count as of the day of completion, once the employer is known.
unnamed-open = Show the list
unnamed-caption = People without a workplace
unnamed-search = Find a person
unnamed-none = Everybody who completed something has said where they work.

fact-title = Proof: { $person }
fact-record = Record
fact-what = What happened
fact-what-completion = A course was completed
fact-occurred = When it happened
fact-recorded = When it was recorded
fact-organisation-status = Status of the organisation
fact-id = Record number
fact-source-completion = See how the course was completed
fact-counts-by = The record by which the person counts: { $date }, { $indicator }
fact-organisation-unnamed = not stated yet
fact-no-indicator = No indicator
fact-corrects = What this record replaces
fact-corrected-by = What replaces this record
fact-reason = Reason: { $reason }
fact-reason-kind-corrected = the kind of the organisation was corrected in the register
fact-reason-employer-known = the person has said where they work
fact-reason-organisation-named = the organisation was turned down in the register, and the person named another
fact-reason-organisation-merged = the organisation was merged into another one in the register
fact-reason-merge-undone = the merge of the organisations was undone
fact-named-later = It happened on { $occurred }. The person named “{ $organisation }” only on { $named }, because no organisation of theirs that is in the register was known before. The record counts as of the day on which it happened, by the kind that the organisation had then: { $kind }.
fact-kind-corrected = On { $at } the kind of the organisation was corrected in the register: { $before } → { $after }. A correction holds for earlier records, too.
fact-standing-counts-title = The person counts by this record
fact-standing-counts-text = It is the person's first record in this group of indicators, and the organisation is approved in the register.
fact-standing-waits-title = The person does not count yet
fact-standing-waits-text = The organisation is not yet approved in the register. Once it is, the person will count by this record.
fact-standing-repeats-title = This record does not change the figure
fact-standing-repeats-text = Each person is counted once, and this person has another record already.
fact-standing-superseded-title = This record no longer holds
fact-standing-superseded-text = A newer record replaces it. Both are kept.
fact-standing-rejected-title = The person is not counted
fact-standing-rejected-text = The organisation was turned down in the register. The person was asked to choose another; once they do, the record counts for that one.
fact-standing-unnamed-title = The person is not counted yet
fact-standing-unnamed-text = The person has not said where they work. Once they do, the record counts as of the day it happened.
fact-standing-uncounted-title = The person is not counted
fact-standing-uncounted-text = No indicator counts people of this kind of organisation. If the kind is corrected, the record is assessed again.
manage-learners-text = How far everybody is in their courses; one more attempt or extra time in a test.
manage-learners-open = Open the list of participants
