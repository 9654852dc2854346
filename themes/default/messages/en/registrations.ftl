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

    The organiser of the event “{ $event }” has cancelled your registration. If you think that this is a mistake, write to the organiser; the address is on the page of the event.
mail-registration-substituted-topic = Somebody else took over the place
mail-registration-substituted-subject = Somebody else took over your place: { $event }
mail-registration-substituted-body =
    Hello,

    Your place at the event “{ $event }” was taken over by somebody else from your organisation. There is nothing else for you to do.
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

registration-remote = Online
