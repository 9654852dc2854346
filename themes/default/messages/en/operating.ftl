# Mails and background jobs, for administrators.

nav-jobs = Mails and jobs
jobs-title = Mails and background jobs
jobs-lead = Mails are sent and certificates are prepared in the background. The content of mails is shown to nobody here.
jobs-search = Recipient
jobs-caption = Mails and background jobs
job-what = Job
job-kind = Kind
job-any-kind = Any
job-kind-send-mail = Mail
job-kind-render-certificate = File of a certificate
job-kind-import-registrations = Importing registrations
job-state = State
job-any-state = Any
job-state-due = Waiting
job-state-due-about = It is done as soon as it is its turn, or is being done now.
job-state-later = Postponed
job-state-later-about = It is tried later.
job-state-done = Done
job-state-done-about = Everything is done.
job-state-dead = Failed
job-state-dead-about = It is not tried any more. Remove the cause and try again, or drop it.
job-state-dropped = Dropped
job-state-dropped-about = An administrator dropped it, and it will not be done.
job-recipient = Recipient
job-queued = Queued
job-attempts = Attempts
job-attempts-of = { $count } of { $most }
job-progress = Progress
job-progress-of = { $done } of { $total }
job-next-try = Next attempt
job-ended = Ended
job-why = Why
job-failure = Why the last attempt failed
job-error-no-answer = The mail server did not answer in time
job-error-said = The mail server or the program says: “{ $text }”
job-error-daily-bound = The recipient has had as many mails as are allowed within a day
job-retry = Try again now
job-retry-selected = Try again
job-drop = Drop
job-drop-selected = Drop
job-address-title = Do mails arrive at this address?
job-address-about = The platform knows only what the mail server answers at once. If a mail comes back later to the sender's mailbox, mark it here: on their next visit, the recipient reads that mails do not arrive and what to do.
job-address-refused = The mail server refused a mail to this address on { $date }.
job-address-reported = Since { $date } it is marked that mails to this address come back.
job-address-refuse = Mark that mails come back
job-address-accept = Mark that mails arrive
jobs-drop-title = { $count ->
    [one] Drop { $count } job?
   *[other] Drop { $count } jobs?
}
jobs-drop-lead = { PLURAL($count) ->
    [one] This job will not be done, and cannot be taken up again.
   *[other] These { $count } jobs will not be done, and cannot be taken up again.
}
jobs-drop-note = The recipient will not get the mail. The file of a certificate is prepared when it is downloaded. Dropping is recorded in the audit log.
jobs-drop-button = Yes, drop
jobs-drop-back = No, back
flash-jobs-retried = { PLURAL($count) ->
    [one] { $count } job is tried again.
   *[other] { $count } jobs are tried again.
}
flash-jobs-dropped = { PLURAL($count) ->
    [one] { $count } job is dropped.
   *[other] { $count } jobs are dropped.
}
flash-jobs-unchanged = Nothing was changed: these jobs are done, dropped or being done.
flash-address-refused = Marked: on their next visit, the recipient reads that mails do not arrive.
flash-address-accepted = Marked that mails to this address arrive.
