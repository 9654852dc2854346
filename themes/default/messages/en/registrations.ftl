# Mails about registrations for events.

mail-registration-confirm-topic = Confirming a registration
mail-registration-confirm-subject = Confirm your registration: { $event }
mail-registration-confirm-body =
    Hello,

    Somebody, most likely you, registered for the event “{ $event }” with this address.

    For the registration to hold, open the link by { $until } and press “Confirm”:
    { $link }

    When:
    { $when }

    If it was not you, do nothing: the registration will lapse.
mail-registration-registered-topic = A place at an event
mail-registration-registered-subject = You have a place: { $event }
mail-registration-registered-body =
    Hello,

    You are registered for the event “{ $event }”, and you have a place.

    When:
    { $when }

    Where:
    { $where }

    If you cannot come, please cancel by { $deadline }, so that somebody else gets the place. See, change or cancel your registration here:
    { $link }
mail-registration-waiting-topic = The waiting list
mail-registration-waiting-subject = You are on the waiting list: { $event }
mail-registration-waiting-body =
    Hello,

    All places of the event “{ $event }” are taken. You are on the waiting list, number { $place } in the queue. When a place is free and it is your turn, we will write to you.

    When:
    { $when }

    See the queue or leave it here:
    { $link }
mail-registration-offered-topic = A free place
mail-registration-offered-subject = A place is free for you, answer by { $until }: { $event }
mail-registration-offered-body =
    Hello,

    A place at the event “{ $event }” is free, and it is yours if you accept it by { $until }. After that we offer it to the next person.

    Accept the place or decline it:
    { $link }

    When:
    { $when }

    Where:
    { $where }
mail-registration-promoted-topic = A place from the waiting list
mail-registration-promoted-subject = You have a place now: { $event }
mail-registration-promoted-body =
    Hello,

    A place at the event “{ $event }” became free, and it is yours now. There is nothing else to do.

    When:
    { $when }

    Where:
    { $where }

    If you cannot come, please cancel by { $deadline }:
    { $link }
mail-registration-already-topic = A repeated registration
mail-registration-already-subject = You are registered already: { $event }
mail-registration-already-body =
    Hello,

    Somebody registered for the event “{ $event }” with this address once more. Your earlier registration holds, and nothing has changed.

    See, change or cancel your registration here:
    { $link }
mail-registration-cancelled-topic = A cancelled registration
mail-registration-cancelled-subject = Your registration is cancelled: { $event }
mail-registration-cancelled-body =
    Hello,

    Your registration for the event “{ $event }” is cancelled. Thank you for telling us: somebody else gets the place.

    If you change your mind, you can register again while registration is open.
mail-registration-cancelled-by-organiser-topic = A registration cancelled by the organiser
mail-registration-cancelled-by-organiser-subject = The organiser cancelled your registration: { $event }
mail-registration-cancelled-by-organiser-body =
    Hello,

    The organiser of the event “{ $event }” has cancelled your registration.{ $why }

    If you think that this is a mistake, write to the organiser; the address is on the page of the event.
mail-registration-offer-ended-topic = An offer has ended
mail-registration-offer-ended-subject = The place offered to you went to somebody else: { $event }
mail-registration-offer-ended-body =
    Hello,

    The place offered to you at the event “{ $event }” was not accepted in time, so we offered it to the next person. If you still want to come, please register again.
mail-registration-event-cancelled-topic = An event is cancelled
mail-registration-event-cancelled-subject = The event is cancelled: { $event }
mail-registration-event-cancelled-body =
    Hello,

    The event “{ $event }” will not take place.

    Reason: { $reason }

    It was planned for:
    { $when }

    There is nothing for you to do.
mail-registration-reminder-topic = A reminder of an event
mail-registration-reminder-subject = Beginning soon: { $event }
mail-registration-reminder-body =
    Hello,

    This is a reminder that you have a place at the event “{ $event }”.

    When:
    { $when }

    Where:
    { $where }

    Your registration, the link of an online event, and cancelling:
    { $link }
mail-registration-event-changed-topic = Time or place of an event changed
mail-registration-event-changed-subject = Time or place changed: { $event }
mail-registration-event-changed-body =
    Hello,

    The time or place of the event “{ $event }” has changed. Your registration holds.

    When, from now on:
    { $when }

    Where:
    { $where }

    If you cannot come any more, cancel your registration here:
    { $link }


# Registering, and a registration.

event-when = When
event-where = Where
event-for = For whom

register-event = Registration
register-event-title = Register: { $event }
register-event-button = Register
register-event-wait-button = Join the waiting list
register-event-back = Back to the event
register-event-refused = Registration is not possible
register-event-free = { PLURAL($count) ->
    [one] { $count } place of { $capacity } is free.
   *[other] { $count } places of { $capacity } are free.
}
register-event-full = { PLURAL($count) ->
    [one] All places are taken. { $count } person is on the waiting list. If a place is free and it is your turn, we will write to you.
   *[other] All places are taken. { $count } people are on the waiting list. If a place is free and it is your turn, we will write to you.
}
register-event-has-account = You need no account. If you have one:
register-event-email-hint = We will send a link to this address, with which you confirm the registration.
register-event-organisation = The organisation that you come for
register-event-which = Which of them is your organisation?
register-event-not-listed = It is not in the list, add it to the register
register-event-kind = Kind of organisation
register-event-number = Registration number, if you know it
register-event-new-only = Only if the organisation is not in the list.
register-event-add-employer = Name your employer
register-event-change-own = Change name or employer
registration-choose-organisation = Choose your organisation, or say that it is not in the list
registration-role = Position
registration-role-hint = Optional.
registration-name = Name
needs-title = What you need in order to take part
needs-lead = Everything here is optional.
needs-children = Childcare: the ages of the children in years
needs-children-hint = For example: 3, 7. Leave it empty if you need none.
children-ages = Enter the ages of the children in years as digits, of at most six children up to 17 years, for example: 3, 7
needs-access = Accessibility
needs-access-hint = For example, access with a wheelchair, a hearing loop, materials in large print.
accessibility-too-long = The text is too long: at most { $max } characters
needs-interpreter = I need an interpreter of Latvian Sign Language
needs-diet = What you eat or do not eat
diet-too-long = The text is too long: at most { $max } characters
role-too-long = The position is too long: at most { $max } characters
needs-privacy = What you need is kept encrypted, seen only by the organisers of the event, and deleted after the event.

registration-sent-title = Please confirm: look into your mail
registration-sent-lead = We have sent a message with a link. The registration holds once you open the link and press “Confirm”. The link is valid for 24 hours. If there is a free place, we keep it for you as long; if there is none, you will be on the waiting list after confirming.
registration-sent-again = If the address has a mistake, register again with the right one.

registration-title = My registration: { $event }
registration-state-pending = The registration has to be confirmed
registration-state-pending-text = Press “Confirm” by { $until }. After that the registration lapses.
registration-state-registered = You have a place
registration-state-registered-text = We look forward to seeing you.
registration-state-waiting = You are on the waiting list
registration-state-waiting-text = Your number in the queue: { $place }. When a place is free and it is your turn, we will write to your address.
registration-state-offered = A free place is offered to you
registration-state-offered-text = Accept it by { $until }. After that we offer it to the next person.
registration-state-cancelled = The registration is cancelled
registration-state-cancelled-text = You do not take part in this event any more.
registration-state-expired = The registration has lapsed
registration-state-expired-text = It was not confirmed in time.
registration-confirm-button = Confirm
registration-accept-button = Accept the place
registration-decline = Decline the offered place
registration-leave-queue = Leave the waiting list
registration-cancel-link = Cancel the registration
registration-cancel-title = Do you really want to cancel?
registration-cancel-text = Your place goes to the next person in the queue. You get one again only if places are still free.
registration-cancel-waiting-text = You lose your turn in the queue.
registration-cancel-button = Yes, cancel
registration-keep = No, keep it
registration-again = Register again
registration-change-title = Change or cancel
registration-deadline = You can do so until { $deadline }
registration-past-deadline = The registration could be changed and cancelled until { $deadline }. If you cannot come, please write to the organiser.
registration-join-title = Link to join online
registration-join-later = The link to join online appears here a day before the beginning.
registration-event-page = All about the event
registration-not-yet = Registration opens at { $at }
registration-closed = Registration closed at { $at }
registration-too-late = The deadline was { $at }
registration-ended = This registration has ended.
registration-substitute-registered = This person is registered already.
registration-needs-organisation = Name your organisation: the event is for people of certain organisations
registration-other-audience = This event is for people of other organisations. If that is a mistake, write to the organiser
registration-not-offered = You cannot register for this event: it is not announced, is cancelled, or is over.
flash-registered = You are registered, and you have a place. We have sent you a confirmation.
flash-waiting = You are on the waiting list. We have written to you about it.
flash-registered-already = You are registered already. Nothing has changed.
flash-registration-confirmed = Thank you, the registration is confirmed.
flash-place-accepted = The place is yours.
flash-registration-cancelled = The registration is cancelled.
flash-registration-too-late = The deadline has passed, so nothing was changed. Write to the organiser.
flash-registration-ended = This registration has ended, so nothing was changed.

# One's own events.

my-events-title = My events
my-events-coming = Coming
my-events-past = Past events
my-events-none = You are not registered for any coming event.
my-events-all = All my events
my-events-state-pending = To be confirmed
my-events-state-registered = You have a place
my-events-state-waiting = On the waiting list
my-events-state-offered = Place offered
my-events-state-expired = No longer valid
my-events-queue = Your number in the queue: { $place }
my-events-accept = Accept the place by { $until }
my-events-confirm = Confirm the registration by { $until }

# Somebody else of the same organisation comes instead.

substitute-link = Cannot come? Give the place to a colleague
substitute-title = A colleague comes instead
substitute-question = Give the place away?
substitute-text = Somebody else of the same organisation can come instead of { $former }: { $organisation }.
substitute-text-any = Somebody else can come instead of { $former }.
substitute-email-hint = We send the registration to this address; your colleague can see it, add to it and cancel it.
substitute-go-on = Continue
substitute-former = Gives the place
substitute-new = Gets the place
substitute-what-happens = Your colleague gets the place at once, and a mail about it. The registration of { $former } ends, and what it says of needs is deleted; your colleague can say what they need.
substitute-yes = Yes, give the place
substitute-edit = Change
substitute-no = No, keep it
substitute-back = Back to the registration
substitute-refused = The place cannot be given away
registration-substitute-no-place = Only a place that is yours already can be given to a colleague.
registration-substitute-no-organisation = The registration names no organisation, so the place cannot be given to a colleague. If you cannot come, cancel the registration, so that somebody else gets the place.
registration-state-substituted = Somebody else of your organisation took over your place.
registration-state-event-cancelled = The event will not take place.
flash-substituted = The place now belongs to your colleague. Both of you get a mail.
mail-registration-substituted-topic = Place taken over
mail-registration-substituted-subject = { $about } took over your place: { $event }
mail-registration-substituted-body =
    Hello,

    { $about } took over your place at “{ $event }”. Your registration has ended, and you do not have to do anything.

    If this is a mistake, write to the organiser; the address is on the event's page.
mail-registration-substitute-topic = A colleague's place
mail-registration-substitute-subject = A place was given to you: { $event }
mail-registration-substitute-body =
    Hello,

    { $about } gave you their place at “{ $event }”. The place is yours, and nothing has to be confirmed.

    When:
    { $when }

    Where:
    { $where }

    If you cannot come, please cancel by { $deadline }. See the registration, say what you need, or cancel here:
    { $link }

# Registering several people.

event-register-group = Register several colleagues
group-title = Register several colleagues
group-lead = You can register up to { $most } people of your organisation at once.
group-person = Person { $number }
group-remove = Remove person { $number }
group-add = Add a person
group-mode = If there are fewer free places than people
group-mode-nobody = register nobody
group-mode-waiting = register the first on the list, and put the others on the waiting list
group-mode-missing = Choose what happens if there are not enough places for everybody
group-email-repeated = This address is further up already; each person needs their own
group-nobody = Enter at least one person
group-what-they-get = Everybody gets a mail that says who registered them and from which organisation, with a link to add to the registration and to cancel it.
group-refused = Nobody was registered
group-not-all-fit = { PLURAL($count) ->
    [one] There are not enough places for everybody: { $count } place is free.
   *[other] There are not enough places for everybody: { $count } places are free.
}
group-too-many-today = { PLURAL($count) ->
    [one] From one account, at most { $count } person can be registered in 24 hours.
   *[other] From one account, at most { $count } people can be registered in 24 hours.
}
group-review-title = Register these people?
group-outlook-all = There are enough places for everybody.
group-outlook-nobody = There are not enough places for everybody, and you chose to register nobody then. Change the list or the choice.
group-outlook-some = The first on the list get a place: { $free }. On the waiting list will be: { $waiting }.
group-register = { PLURAL($count) ->
    [one] Register { $count } person
   *[other] Register { $count } people
}
group-result-title = What came of it
group-result-text = Everybody who was registered gets a mail. You can cancel registrations and give places to others until the event's deadline.
group-result-link = See the group
group-state-pending = To be confirmed
group-state-registered = Has a place
group-state-waiting = On the waiting list
group-state-offered = Place offered
group-state-cancelled = Cancelled
group-state-expired = No longer valid
group-state-already = Was registered already
group-list-title = Groups that I registered
group-count = { PLURAL($count) ->
    [one] { $count } person
   *[other] { $count } people
}
group-members-title = Registered by me: { $event }
group-deadline = You can cancel registrations and give places to others until { $deadline }
group-past-deadline = The deadline for cancelling registrations and giving places to others has passed.
group-substitute = Give the place to somebody else
group-cancel-title = Cancel the registration of { $name }?
group-cancel-text = They get a mail about it. The place goes to the next in the queue.
group-cancel-button = Yes, cancel
group-by-employer = Whoever registered you
mail-registration-group-topic = Registered by the employer
mail-registration-group-subject = You were registered, and have a place: { $event }
mail-registration-group-body =
    Hello,

    { $about } registered you for the event “{ $event }”. You have a place, and nothing has to be confirmed.

    When:
    { $when }

    Where:
    { $where }

    If you cannot or do not want to take part, please cancel by { $deadline }. See the registration, say what you need, or cancel here:
    { $link }
mail-registration-group-waiting-topic = Registered by the employer, on the waiting list
mail-registration-group-waiting-subject = You were put on the waiting list: { $event }
mail-registration-group-waiting-body =
    Hello,

    { $about } registered you for the event “{ $event }”. All places are taken, and you are on the waiting list, number { $place } in the queue. When a place becomes free and it is your turn, we will write to you.

    When:
    { $when }

    See the queue or leave it here:
    { $link }
mail-registration-cancelled-by-registrar-topic = Cancelled by the employer
mail-registration-cancelled-by-registrar-subject = Your registration is cancelled: { $event }
mail-registration-cancelled-by-registrar-body =
    Hello,

    { $about } cancelled your registration for the event “{ $event }”. You do not have to do anything.

    If you want to take part after all, you can register again while registration is open.

# One's own calendar.

my-feed-title = My events in my own calendar
my-feed-text = A calendar program (for example Google, Outlook or Apple Calendar) shows your registrations and their changes by itself, if it subscribes to your own address. The link to join online is there from the day before.
my-feed-label = Your calendar address
my-feed-open = Subscribe on this device
my-feed-make = Make a calendar address
my-feed-renew = Change the address
my-feed-secret = Whoever knows this address sees where you will be and when. If somebody else has learnt it, change the address.
my-feed-renew-title = Change the calendar address?
my-feed-renew-text = The former address stops working at once. Programs that subscribe to it need the new one.
my-feed-renew-button = Yes, change the address
my-feed-back = Back to my events
my-feed-name = Iespēja: my events
flash-feed-made = The calendar address is made.
colleague-single-name = This person has one name only
