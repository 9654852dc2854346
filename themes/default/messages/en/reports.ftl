# Mistakes that people find on pages

report-link = Report a mistake on this page
report-title = Report a mistake
report-lead = Tell us what on the page is not right or not clear. Your message goes to those who make the content, with the page's address.
report-page = Page
report-text-label = What is not right?
report-text-hint = For example a sentence, a number, a link or a button. Please write nothing about yourself or other people.
report-send = Send
report-back = Back to the page
report-answers = We do not know who sends a message, so we do not answer it. If you need an answer:
report-text-missing = Tell us what is not right
report-text-too-long = Shorten the text: it may have at most { $max } characters
report-too-many = Very many messages came within the last hour. The text was not sent – try again in a while
flash-report-sent = Thank you. The message has been received.

reports-title = Reported mistakes
reports-open = { $count ->
    [0] No message waits to be looked at.
    [one] { $count } message has not been looked at yet.
   *[other] { $count } messages have not been looked at yet.
 }
reports-empty = Nobody has reported a mistake yet. Everybody can, from the bottom of the content's pages.
report-search = Search in text and address
report-text = Message
report-created = Received
report-status = Status
report-any-status = All
report-open = Not looked at
report-handled = Looked at
report-handle = Mark as looked at
report-reopen = Mark as not looked at
flash-reports-handled = { $count ->
    [0] Nothing changed: these messages had been looked at already.
    [one] { $count } message is marked as looked at.
   *[other] { $count } messages are marked as looked at.
 }
flash-reports-reopened = { $count ->
    [0] Nothing changed: none of these messages had been looked at.
    [one] { $count } message is marked as not looked at.
   *[other] { $count } messages are marked as not looked at.
 }
nav-reports = Reported mistakes
