# Profile, place of work, privacy; the register of organisations.

steps-label = Steps of your profile
step-of = Step { $number } of { $total }
step-done = done
step-profile = Name
step-organisation = Place of work
step-privacy = Privacy
flash-saved = Saved.
flash-ready = Your profile is ready. You can start learning.

profile-title = What is your name?
profile-lead = This is exactly how your name will stand on certificates.
given-name-label = Given name
family-name-label = Family name
single-name-label = I have one name only
single-name-hint = Leave the other field empty. Certificates will show this name alone.
name-filter = Name
name-any = Any
name-mixed = Letters of several alphabets in the name
name-mixed-text = Some letters are of another alphabet and may only look the same, such as a Cyrillic “а” in place of a Latin “a”. If it was typed so by mistake, ask the person to correct it.
given-name-missing = Enter your given name
family-name-missing = Enter your family name
given-name-too-long = The given name is too long: at most { $max } characters
family-name-too-long = The family name is too long: at most { $max } characters
name-strange = A name can have letters, spaces, hyphens and apostrophes
marks-stacked = A letter has too many marks above or below it
name-not-printable = Certificates cannot show these characters: { $characters }. Please use Latin letters, for example as in your passport
profile-change-note = Certificates already issued keep the name of the day they were issued.

my-organisation-title = Where do you work?
my-organisation-lead = The programme needs this to know from which institutions and enterprises people were trained.
my-organisation-current = Your place of work
my-organisation-former = Former places of work
my-organisation-rejected-title = Choose another place of work
my-organisation-rejected-text = “{ $name }” was not taken into the register.
my-organisation-first = What you have completed and was not counted yet will be counted for the first valid place of work that you choose, for good, also if you change it later. So choose the one where you worked when you completed it. A place of work is valid if it is in the register or is taken into it.
not-counted-unnamed = What you have completed does not count towards the programme yet, because your place of work is not known. It will count once you name it.
not-counted-rejected = What you have completed does not count towards the programme yet, because the place of work you named was not taken into the register. Choose another: then it counts, as of the day on which you completed it.
not-counted-waits = What you have completed does not count towards the programme yet: your place of work is waiting to be approved. You need not do anything.
not-counted-kind = What you have completed does not count towards the programme, because its figures do not include organisations of this kind. Your certificates are valid all the same.
not-counted-link = My place of work
organisation-label = Institution or enterprise
organisation-search-hint = Its name, a part of it, or the registration number. Diacritics may be left out.
organisation-search-missing = Enter the name of your workplace, a part of it, or its registration number
organisation-results = Found
organisation-found = { $count ->
    [0] Nothing found. Search with a part of the name, or add your place of work.
    [one] { $count } organisation
   *[other] { $count } organisations
}
organisation-more = Only the first are shown. Enter more of the name to find the others.
organisation-choose-legend = Which one is your place of work?
organisation-choose = Choose your place of work
organisation-gone = This organisation is no longer in the register. Choose another
organisation-not-listed = Not in the list?
organisation-add-link = Add your place of work
organisation-back-link = Back to the search
affiliation-since = since { $since }
affiliation-period = { $since } – { $until }

organisation-new-title = Add your place of work
organisation-new-lead = You can learn straight away. A programme manager will check the record later.
organisation-name-label = Name
organisation-name-hint = The full name, as registered.
organisation-name-missing = Enter the name
organisation-name-too-long = The name is too long: at most { $max } characters
organisation-name-strange = The name must have letters in it
registration-number-label = Registration number (if you know it)
registration-number-short = Reg. no.
registration-number-hint = 11 digits.
registration-number-wrong = A registration number has exactly 11 digits
registration-number-check-digit = There can be no such registration number: one of its digits is wrong. Check whether another was typed, or two were swapped
personal-code = This looks like a personal code. Enter what belongs to the organisation: personal codes of people are not needed here
not-personal-label = This is nobody's personal code
not-personal-hint = Tick it only if what you typed really belongs to the organisation. Otherwise correct it: we do not store personal codes.
reason-personal-code = Write no personal code into the reason: other people will read it
registration-number-taken = Another organisation has this registration number
registration-number-rejected = The organisation with this number was not taken into the register. Look for another or write to the programme manager
organisation-kind-label = Kind
organisation-kind-missing = Choose the kind
organisation-kind-state-institution = State institution
organisation-kind-municipal-institution = Municipality or its institution
organisation-kind-public-company = State or municipal company
organisation-kind-association = Association
organisation-kind-foundation = Foundation
organisation-kind-enterprise-micro = Enterprise, up to 9 employees
organisation-kind-enterprise-small = Enterprise, 10–49 employees
organisation-kind-enterprise-medium = Enterprise, 50–249 employees
organisation-kind-enterprise-large = Enterprise, 250 employees or more
organisation-kind-other = Other
organisation-status-approved = In the register
organisation-status-proposed = Waiting for approval
organisation-status-rejected = Rejected
organisation-status-merged = Merged

privacy-title = How we process your data
privacy-lead = Please read this before you start learning. At the end of the page, confirm that you have read it.
privacy-version = Version: { $version }
privacy-accepted = You confirmed it on { $date }
privacy-accept-label = I have read this notice
privacy-accept-missing = Tick that you have read the notice
privacy-accept-button = Confirm
accessibility-title = Accessibility statement

register-of-organisations-title = Register of organisations
register-proposed = { $count ->
    [one] { $count } organisation is waiting for approval.
   *[other] { $count } organisations are waiting for approval.
}
register-search = Name or registration number
register-status = Status
register-any-status = Any
register-any-kind = Any
register-approve-selected = Approve
register-caption = Organisations
record-people = People who work there
record-created = Added
record-decided = Decided
record-reason = Reason
record-reason-hint = Those who named this organisation will read it.
record-alike = Similar ones in the register
record-approve-title = Approve
record-approve-text = Then everybody can find and choose the organisation, and its people count in the indicators.
record-approve-button = Approve and add to the register
record-correct-title = Correct the record
record-reject-title = Reject the organisation
record-reject-text = Those who named it get a mail and are asked to choose another place of work. The people of this organisation do not count in the indicators.
record-reject-button = Reject
reason-missing = Enter a reason
reason-too-long = The reason is too long: at most { $max } characters
flash-organisation-approved = The organisation is in the register.
flash-organisations-approved = { $count ->
    [one] { $count } organisation has been added to the register.
   *[other] { $count } organisations have been added to the register.
}
flash-organisations-approved-before = The selected organisations were in the register already.
flash-organisation-rejected = The organisation has been rejected.
flash-organisation-corrected = The record has been corrected.

merge-title = Merge organisations
merge-lead = Is “{ $name }” in the register a second time? Find the other record. Before merging you see what changes.
merge-which = Which record is the same organisation?
merge-none = Nothing was found. Search with a part of the other record's name.
merge-compared = Both records
merge-first = First
merge-second = Second
merge-people = People who have named it
merge-facts = Facts for indicators
merge-other-kind-title = They are of different kinds
merge-other-kind-text = The facts of the people who move will count for the indicators of the kind of the organisation that remains. Check that it is right, and correct it first if need be.
merge-keep = Which one remains?
merge-keep-hint = The name and the registration number of the other can still be found and lead to the one that remains. Merging can be undone.
merge-keep-missing = Choose which organisation remains
merge-would-not-count = This organisation is not approved yet, and the people of the other one would no longer count. Choose the other one, or approve this one first
merge-choice = “{ $kept }”; from “{ $merged }” it takes over { $people } people and { $facts } facts
merge-button = Merge
merge-back = Do not merge
record-merge-text = If one organisation is in the register twice, both records can be merged.
record-merge-link = Find the other record
record-merged-title = This record was merged into another one
record-merged-text = Since { $date } it leads to
record-merged-here = Merged into this one
undo-merge-link = Undo the merge
undo-merge-title = Undo a merge
undo-merge-lead = “{ $merged }” was merged into “{ $kept }” on { $date }
undo-merge-returned = { $people } people and { $facts } facts move back. Name, number and status will be as before the merge.
undo-merge-since = What these people have completed since the merge will count for their organisation, too.
undo-merge-changed-title = Not everything can be given back
undo-merge-changed = { PLURAL($count) ->
    [one] { $count } record was changed or erased after the merge and stays as it is.
   *[other] { $count } records were changed or erased after the merge and stay as they are.
}
undo-merge-button = Undo the merge
undo-merge-back = Leave them merged
flash-organisations-merged = The organisations are merged.
flash-merge-not-standing = They cannot be merged: one of them is rejected or merged already.
flash-merge-undone = The merge is undone.
flash-merge-undone-partly = { PLURAL($count) ->
    [one] The merge is undone. { $count } record stayed as it is, because it was changed afterwards.
   *[other] The merge is undone. { $count } records stayed as they are, because they were changed afterwards.
}
flash-merge-undone-before = This merge had been undone before.
flash-merge-merged-on = The organisation that remained was merged into another one afterwards. Undo that merge first.
