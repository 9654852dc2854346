# Events: lists, the page of an event, organising.

events-title = Events
event-untitled = Event without a title
event-title-label = Title
event-kind = Kind of event
event-strand = Strand of the programme
event-status = Status
event-status-draft = Draft
event-status-published = Announced
event-status-cancelled = Cancelled
event-status-finished = Held
event-audience = For whom
event-audience-public-sector = State and municipal institutions
event-audience-employers = Employers
event-audience-everyone = Everyone
event-form = How it is held
event-form-in-person = In person
event-form-remote = Online
event-form-both = In person and online
event-place = Place
event-place-remote = online
event-days = Date
event-first-day = First day
event-last-day = Last day
event-times = Time
event-month = Month
event-capacity = Places
event-places-taken = Places taken
event-waiting = Waiting
event-waiting-count = { $count ->
    [one] { $count } is waiting
   *[other] { $count } are waiting
}
event-when-coming = Not over yet
event-when-past = Over

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

organise-title = Organising
organise-search = Search by title or city
organise-when = Held
organise-any-when = At any time
organise-any-status = Any status
organise-any-kind = Any kind
organise-any-strand = Any strand
organise-any-month = Any month
organise-empty = There are no events here yet.
organise-no-strand-title = You have no strand yet
organise-no-strand-text = Before you can make events, a programme manager has to give you at least one strand of the programme.

organisers-title = Organisers and strands
organisers-lead = An organiser sees and makes only the events of the strands that they were given. Programme managers see all.
organisers-none-title = There are no organisers yet
organisers-none-text = An administrator gives an account the role of organiser.
strand-held = Given
strand-give-short = Give
strand-take-short = Take away
strand-give = Give the strand “{ $strand }”: { $name }
strand-take = Take away the strand “{ $strand }”: { $name }
flash-strand-given = The strand was given.
flash-strand-taken = The strand was taken away.

event-kinds-title = New event
event-kinds-lead = Choose the kind of event. You can change the suggested values afterwards.
event-kinds-none = The programme names no kinds of events.
event-kind-facts = { $sessions ->
    [one] { $sessions } day
   *[other] { $sessions } days
} of { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}, { $places ->
    [one] { $places } place
   *[other] { $places } places
}
event-new = New event
event-new-title = New event
event-edit-title = Edit the event
event-edit = Edit
event-edit-announced = The event is announced. If you change its time or place, participants are told.
event-save-draft = Save the draft
event-leave-form = Go back without changes
event-part-what = About the event
event-part-sessions = When and where
event-part-places = Places and registration
event-settings = Places and registration
event-about = What it is about
event-lecturers = Lecturers
event-day = Day
event-time = Time
event-begins = Begins
event-ends = Ends
event-which = Which of the two
event-which-begins = Which beginning
event-which-ends = Which end
event-which-first = before the clock is moved back
event-which-second = after the clock is moved back
event-city = Town or village
event-address = Address
event-room = Room
event-accessibility = Accessibility of the venue
event-link = Link to join
event-session-number = Day { $number }
event-add-session = Add a day
event-remove-session = Remove day { $number }
event-material-number = Material { $number }
event-material-title = Title of the material
event-material-url = Link to the material
event-add-material = Add a material
event-remove-material = Remove material { $number }
event-field-strand = Strand of the programme
event-field-title_lv = Title in Latvian
event-field-title_en = Title in English
event-field-summary_lv = Description in Latvian
event-field-summary_en = Description in English
event-field-language = Language in which it is held
event-field-audience = For whom it is
event-field-lecturers = Lecturers
event-field-contact_email = E-mail for questions
event-field-capacity = Places
event-field-minimum = Fewest participants
event-field-opens_day = Registration opens: day
event-field-opens_time = Registration opens: time
event-field-closes_day = Registration closes: day
event-field-closes_time = Registration closes: time
event-field-cancel_day = People can cancel until: day
event-field-cancel_time = People can cancel until: time
event-field-offer_hours = For how many hours an offered place is held
event-field-reminders = Reminders
event-field-needs_kept_days = For how many days after the event participants’ needs are kept
event-field-materials = Materials
event-field-sessions = When and where
event-opens = Registration opens
event-closes = Registration closes
event-cancel-until = People can cancel until
event-opens-at-once = as soon as it is announced
event-offers-none = no offers: a free place belongs to the next person at once
event-offers-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
event-reminders-none = none
event-before-days = { $count ->
    [one] { $count } day before
   *[other] { $count } days before
}
event-before-hours = { $count ->
    [one] { $count } hour before
   *[other] { $count } hours before
}
event-before-minutes = { $count ->
    [one] { $count } minute before
   *[other] { $count } minutes before
}
event-language-lv = In Latvian
event-language-en = In English
event-language-lv-en = In Latvian and English
event-language = Language
event-hint-english = If empty, the English page shows the title in Latvian.
event-hint-summary = What the event is about, what participants gain. A new line is a new paragraph.
event-hint-lecturers = Each on a line of their own: name, workplace.
event-hint-contact = If empty, the page shows the address of the site.
event-hint-sessions = Times are local times of Latvia. A day may have several parts.
event-hint-venue = A venue is needed if the event is held in person.
event-hint-accessibility = Lift, ramp, hearing loop, accessible toilet, parking. If something is missing, say that too.
event-hint-link = Needed if the event is held online. It is shown to participants only, shortly before the beginning.
event-hint-https = The link has to begin with https://
event-hint-material = A link that begins with https://, or a page of this platform that begins with /en/
event-hint-opens = If empty, people can register as soon as the event is announced.
event-hint-closes = If empty, the usual time before the beginning for this kind of event.
event-hint-offers = When a place becomes free, it is offered to the next person waiting for so many hours. With 0 it belongs to them at once.
event-hint-needs = Childcare, accessibility, food, interpreters. After that this information is deleted.

event-stale-title = Somebody else has changed the event meanwhile
event-stale-text = Nothing is saved yet. What you typed is below; this is what is stored now. Compare, and if yours is right, save again.
event-missing-title = Before the event can be announced, it needs
event-lacks-title = Enter the title in Latvian
event-lacks-summary = Enter the description in Latvian
event-lacks-city = Enter the town or village
event-lacks-address = Enter the address
event-lacks-accessibility = Describe the accessibility of the venue
event-lacks-link = Enter the link to join
event-lacks-future = Choose a day that is still to come
event-lacks-window = Registration would have closed already; choose a later time
event-announce = Announce
event-cancel = Cancel the event
event-cancel-title = Cancel the event
event-cancel-told = { $count ->
    [one] { $count } person with a place or waiting will be told.
   *[other] { $count } people will be told: those with a place, and those who wait.
}
event-cancel-reason = Reason
event-cancel-reason-hint = Participants and readers of the event’s page will see it.
event-cancelled-why = The event is cancelled
event-keep = Do not cancel
event-duplicate = Make one like it
event-duplicate-title = Make an event like it
event-duplicate-text = The new event is a draft with the same content. All days and deadlines move by as many days; times of day stay the same.
event-delete = Delete the draft
event-delete-title = Delete the draft
event-delete-text = The draft is deleted with all its days and materials. It cannot be brought back.
event-keep-draft = Do not delete
flash-event-created = The draft is saved.
flash-event-changed = The changes are saved.
flash-event-announced = The event is announced.
flash-event-lacks = The event cannot be announced yet: see what it needs.
flash-event-cancelled = The event is cancelled.
flash-event-duplicated = An event like it was made as a draft.
flash-event-deleted = The draft is deleted.

event-strand-missing = Choose a strand
event-title-too-long = The title is too long: at most { $max } characters
event-summary-too-long = The description is too long: at most { $max } characters
event-lecturers-too-long = The text is too long: at most { $max } characters
event-accessibility-too-long = The text is too long: at most { $max } characters
event-place-too-long = The text is too long: at most { $max } characters
event-language-missing = Choose the language in which it is held
event-audience-missing = Choose for whom the event is
event-form-missing = Choose how it is held
event-capacity-wrong = Enter the number of places: a whole number of at least 1
event-capacity-over = An event of this kind has at most { $limit } places
event-capacity-taken = There cannot be fewer places than are taken: { $taken }. Cancel a registration first.
event-minimum-wrong = Enter a whole number of at least 1, or leave it empty
event-minimum-over = The fewest participants cannot be more than the places
event-offer-hours-wrong = Enter a whole number of hours from 0 to 168
event-needs-days-wrong = Enter a whole number of days from 1 to 365
event-session-ends-before = The end has to be after the beginning
event-session-past = This time has passed
event-session-overlaps = This time overlaps with day { $number }
event-opens-after-close = Registration has to open before it closes
event-closes-after-begin = Registration cannot close after the event begins
event-cancel-after-begin = This cannot be after the event begins
material-title-missing = Enter the title of the material
material-title-too-long = The title is too long: at most { $max } characters
link-wrong = Enter the whole link, beginning with https://
material-link-wrong = Enter a link that begins with https://, or a page of this platform that begins with /en/
link-too-long = The link is too long: at most { $max } characters
cancel-reason-missing = Enter the reason for cancelling
cancel-reason-too-long = The reason is too long: at most { $max } characters

events-lead = Seminars, discussions, information events and conferences. Taking part is free of charge.
events-search = Search by title or town
events-any = Any
events-free = Free places
event-free-yes = There are free places
events-coming = Still to come
events-coming-title = Coming events
events-past-title = Past events
events-past-link = Past events
events-empty = No event is announced at the moment. Learn in the online courses and look here again later.
events-feed-text = To have all coming events in your calendar, subscribe to this:
events-feed-link = calendar link
events-feed-name = Events of Iespēja
event-free = { $count ->
    [one] { $count } place is free
   *[other] { $count } places are free
}
event-full = All places are taken
event-full-text = You can join the waiting list. If a place becomes free, we will write to you.
event-not-yet = Registration opens on { $at }
event-closed = Registration has closed
event-over = The event is over
event-registration = Registration
event-register = Register
event-register-waiting = Join the waiting list
event-register-until = Register until
event-link-later = Those who have registered get the link to join.
event-to-calendar = Add to a calendar
event-questions = Questions:
home-events-title = Coming events
home-events-all = All events
me-events-title = Coming events
event-public-page = Public page
