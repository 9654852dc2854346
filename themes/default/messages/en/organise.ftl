# The board of an event, and its registrations as organisers see them.

answer-yes = Yes

board-next-title = What to do next
board-next-announce = Announce the event: until then only organisers see it.
board-next-link = A day held online has no link to join yet.
board-next-too-few = { PLURAL($registered) ->
    [one] Only { $registered } person has a place; { $minimum } are needed for the event to be held. { $days ->
        [0] It begins in less than a day.
        [one] { $days } day is left.
       *[other] { $days } days are left.
    }
   *[other] Only { $registered } people have a place; { $minimum } are needed for the event to be held. { $days ->
        [0] It begins in less than a day.
        [one] { $days } day is left.
       *[other] { $days } days are left.
    }
}
board-next-requests = { PLURAL($count) ->
    [one] { $count } participant asked for something that has to be arranged.
   *[other] { $count } participants asked for something that has to be arranged.
}
board-next-requests-open = See the requests
board-next-offers = { PLURAL($count) ->
    [one] { $count } place is offered and not accepted yet. The offer ends { $until }; then the place goes to the next person.
   *[other] { $count } places are offered and not accepted yet. The first offer ends { $until }; then the place goes to the next person.
}
board-next-unconfirmed = { PLURAL($count) ->
    [one] { $count } person has not confirmed their address yet.
   *[other] { $count } people have not confirmed their addresses yet.
}
board-next-over = The event is over. Participants’ requests are deleted on { $date }.
board-next-open = Open the list

board-places-title = Places and participants
board-taken = { PLURAL($capacity) ->
    [one] { $taken } of { $capacity } place is taken
   *[other] { $taken } of { $capacity } places are taken
}
board-registered = Have a place
board-offered = Place offered
board-pending = Waiting for confirmation
board-free = Free places
board-waiting = On the waiting list
board-held-title = A place is free, and people wait
board-held-not-published = Nobody gets the free place, because the event is not announced, is cancelled, or is closed.
board-held-too-soon = Nobody gets the free place any more, because less than an hour is left until the beginning, or the event has begun: whoever waits could not be sure to learn of it in time.
board-held-shortly = The next person on the waiting list gets it within a few minutes.
board-waiting-title = First on the waiting list
board-waiting-all = { PLURAL($count) ->
    [one] All who wait: { $count } person
   *[other] All who wait: { $count } people
}
board-requests-title = Requests
board-requests-none = Nobody has asked for anything.
board-requests-children = { PLURAL($count) ->
    [one] Childcare: { $count } child (age: { $ages })
   *[other] Childcare: { $count } children (ages: { $ages })
}
board-requests-interpreter = { PLURAL($count) ->
    [one] Sign-language interpreter: { $count } participant
   *[other] Sign-language interpreter: { $count } participants
}
board-requests-others = { PLURAL($count) ->
    [one] { $count } more person without a place (waiting, or not confirmed) asked for something; that is not included above.
   *[other] { $count } more people without a place (waiting, or not confirmed) asked for something; that is not included above.
}
board-requests-who = Who asked for something
board-requests-files = For those who arrange it, without names:
board-requests-note = Requests are encrypted, and only the organisers of the event see them. The file names nobody: each row has the number of a registration. Every download is recorded in the audit log.

registrations-link = Registrations
registrations-title = Registrations: { $event }
registrations-caption = Registrations
registrations-search = Search by name, e-mail address or organisation
registrations-empty = Nobody has registered yet. You can add participants yourself.
registrations-export-note = The file holds exactly the rows that the search and the filters find, on other pages too, and no requests of participants. Every download is recorded in the audit log.
registrations-organisation = Organisation
registrations-state = State
registrations-state-in-force = In force
registrations-state-all = All, also ended ones
registrations-state-pending = Not confirmed
registrations-state-registered = Has a place
registrations-state-waiting = On the waiting list
registrations-state-offered = Place offered
registrations-state-cancelled = Cancelled
registrations-state-expired = Lapsed
registrations-requests = Requests
registrations-any-requests = With and without
registrations-requests-yes = With requests
registrations-requests-no = Without requests
registrations-origin = Registered by
registrations-any-origin = Anybody
registrations-origin-account = The participant, with an account
registrations-origin-guest = The participant, without an account
registrations-origin-group = The employer
registrations-origin-organiser = An organiser
registrations-origin-import = Import from a file
registrations-origin-api = Another system
registrations-made = Registered at
registrations-number = No.
registrations-queue = Number in the queue
registrations-queue-place = Number { $place } in the queue
registrations-until = until { $until }
registrations-locale = Language of mails
registrations-ages = Childcare: ages
registrations-children = { PLURAL($count) ->
    [one] { $count } child (age: { $ages })
   *[other] { $count } children (ages: { $ages })
}
registrations-asks-children = Childcare
registrations-asks-access = Accessibility
registrations-asks-interpreter = Sign-language interpreter
registrations-asks-diet = Food
registrations-confirm-selected = Confirm
registrations-resend-selected = Send the link again
registrations-cancel-selected = Cancel
registrations-cancel-title = { PLURAL($count) ->
    [one] Cancel the registration?
   *[other] Cancel { $count } registrations?
}
registrations-cancel-lead = { PLURAL($count) ->
    [one] The participant gets a mail that says so. A place that becomes free goes to the next person on the waiting list.
   *[other] { $count } registrations are cancelled, and each of these people gets a mail that says so. Places that become free go to the next people on the waiting list.
}
registrations-told-why = Reason
registrations-told-why-hint = Optional. It is told in the mail and kept nowhere else.
told-why-too-long = The reason is too long: at most { $max } characters
registrations-cancel-button = Yes, cancel
registrations-cancel-back = No, back
flash-registrations-cancelled = { PLURAL($count) ->
    [0] No registration was cancelled.
    [one] { $count } registration is cancelled, and the person was written to.
   *[other] { $count } registrations are cancelled, and the people were written to.
}{ $unchanged ->
    [0] { "" }
    [one] { " " }{ $unchanged } had ended before.
   *[other] { " " }{ $unchanged } had ended before.
}{ $refused ->
    [0] { "" }
    [one] { " " }{ $refused } is not a registration of this event.
   *[other] { " " }{ $refused } are not registrations of this event.
}
flash-registrations-confirmed = { PLURAL($count) ->
    [0] No registration was confirmed.
    [one] { $count } registration is confirmed, and the person was written to.
   *[other] { $count } registrations are confirmed, and the people were written to.
}{ $unchanged ->
    [0] { "" }
    [one] { " " }{ $unchanged } needed no confirmation.
   *[other] { " " }{ $unchanged } needed no confirmation.
}{ $refused ->
    [0] { "" }
    [one] { " " }{ $refused } was not confirmed, because it has ended.
   *[other] { " " }{ $refused } were not confirmed, because they have ended.
}
flash-registrations-resent = { PLURAL($count) ->
    [0] No mail was sent.
    [one] { $count } person was sent a mail with the link.
   *[other] { $count } people were sent a mail with the link.
}{ $unchanged ->
    [0] { "" }
   *[other] { " " }{ $unchanged } needed none.
}{ $refused ->
    [0] { "" }
    [one] { " " }{ $refused } was sent none, because the registration has ended.
   *[other] { " " }{ $refused } were sent none, because their registrations have ended.
}

registration-erased = Erased person
registration-confirm-for = Confirm for the participant
registration-no-requests = Nothing was asked for.
registration-history = What happened
registration-substitutes = The registration whose place it took over
registration-made-by = { $at }: registered by { $who }
registration-made-account = { $at }: registered with an account
registration-made-guest = { $at }: registered without an account
registration-made-group = { $at }: registered by the employer
registration-made-organiser = { $at }: added by an organiser
registration-made-import = { $at }: imported from a file
registration-made-api = { $at }: registered by another system
registration-got-place = { $at }: got a place
registration-ended-participant = { $at }: cancelled by the participant
registration-ended-organiser = { $at }: cancelled by an organiser
registration-ended-organiser-by = { $at }: cancelled by the organiser { $who }
registration-ended-event-cancelled = { $at }: ended, because the event was cancelled
registration-ended-substituted = { $at }: ended, because another person took over the place
registration-ended-not-confirmed = { $at }: lapsed, because the address was not confirmed in time
registration-ended-offer-not-taken = { $at }: lapsed, because the offered place was not accepted in time
registration-ended-offer-declined = { $at }: the offered place was declined
registration-ended-erased = { $at }: ended, because the person’s data were erased

registration-add = Add a participant
registration-add-title = Add a participant
registration-add-lead = The registration needs no confirmation. The person gets a mail with a link to see and cancel it.
registration-add-full = { PLURAL($count) ->
    [0] All places are taken: the person joins the waiting list.
    [one] All places are taken or promised to those who wait: the person joins the waiting list, on which there is { $count } person.
   *[other] All places are taken or promised to those who wait: the person joins the waiting list, on which there are { $count } people.
}
registration-add-refused = Nobody can be added: the event is not announced, is cancelled, or is over.
registration-add-organisation = Organisation
registration-add-organisation-hint = Optional. Part of the name or the registration number, to find it in the register.
registration-add-which = Which organisation is it?
registration-add-needs = What the participant needs
registration-add-interpreter = Needs an interpreter of Latvian Sign Language
registration-add-single-name = The person has only one name
registration-add-diet = What they eat or do not eat
registration-add-privacy = Needs are encrypted, seen only by the organisers of the event, and deleted after the event. Enter only what the person themselves has asked for.
registration-add-button = Add
registration-add-wait-button = Add to the waiting list
mail-language-missing = Choose the language of mails
flash-added = The participant has a place. We have sent them a mail with the link.
flash-added-waiting = All places are taken: the participant is on the waiting list. We have written to them.
flash-added-already = This person is registered already. Nothing has changed; this is their registration.

mail-registration-link-topic = The link to a registration
mail-registration-link-subject = The link to your registration: { $event }
mail-registration-link-body =
    Hello,

    The organiser of the event “{ $event }” sends you the link to your registration. There you see whether you have a place, and can change or cancel the registration:
    { $link }

    When:
    { $when }
registration-cancelled-why = Reason: { $reason }
