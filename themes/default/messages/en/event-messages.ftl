# Messages to the participants of an event.

message-title = Message to participants
message-lead = Everybody gets a mail of their own with a link to their registration. Before it is sent, you see what it looks like and how many people get it.
message-to-label = To whom
message-to-registered-count = Those with a place: { $count }
message-to-waiting-count = Those on the waiting list: { $count }
message-to-offered-count = Those to whom a place is offered: { $count }
message-to-selected-count = { $count ->
    [one] Those selected in the list: { $count } person.
   *[other] Those selected in the list: { $count } people.
}
message-to-others = Send to others
message-to-registered = with a place
message-to-waiting = on the waiting list
message-to-offered = with an offered place
message-to-selected = selected in the list
message-to-missing = Choose at least one group to send to
message-to-nobody = There is nobody in the chosen groups now
message-languages = Everybody gets the message in the language in which they registered. If you write in one language only, all get it in that one.
message-in-lv = In Latvian
message-in-en = In English
message-subject-lv = Subject in Latvian
message-text-lv = Text in Latvian
message-subject-en = Subject in English
message-text-en = Text in English
message-adds = The name of the event, each participant's own link to their registration, your name, and why they get the mail are added to the text.
message-subject-missing = Enter a subject
message-text-missing = Enter a text
message-subject-too-long = The subject is too long: at most { $max } characters
message-text-too-long = The text is too long: at most { $max } characters
message-preview-button = See it before sending
message-sent-title = Messages sent
message-sent-none = No message has been sent for this event yet.
message-sent-about = Sent by { $sender }, { $at }. Recipients: { $count } ({ $to }).
message-erased = (the text is deleted)

message-preview-title = The message before it is sent
message-preview-lead = This is what recipients will see. Nothing has been sent yet.
message-count = Recipients: { $count }
message-only-lv = The message is in Latvian only, so all get it in Latvian.
message-only-en = The message is in English only, so all get it in English.
message-preview-subject = Subject
message-preview-html = The mail
message-preview-text = The same mail as plain text
message-send-button = { $count ->
    [one] Send to { $count } person
   *[other] Send to { $count } people
}
message-test-button = Send a test to me only
message-change-button = Change
message-tested = A test was sent to { $address }. Nothing was sent to participants.
message-tested-nowhere = Your account has no e-mail address, so no test was sent.
flash-message-sent = { $count ->
    [one] The message is being sent to { $count } person.
   *[other] The message is being sent to { $count } people.
}
flash-message-sent-before = This message had been sent already; it was not sent again.

mail-event-message-topic = Message from the organiser
event-message-about = Event: { $event }
event-message-link = Your registration:
event-message-why = This message was sent by the organiser of the event, { $sender }. You get it because you are registered for this event.
event-message-test-subject = [Test] { $subject }
