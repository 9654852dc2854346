# Importing registrations from a file.

import-title = Import registrations from a file
import-lead = First we check the file and show what would happen. Nobody is registered until you confirm it.
import-file-label = File with participants
import-file-hint = Excel (.xlsx) or CSV, at most { $rows } rows and { $size } MB. The first row has to be the names of the columns.
import-check-button = Check the file
import-back = Back to the event
import-template-title = Template
import-template-text = Download the template and fill it in. The example row can stay: it is skipped.
import-template-xlsx = Template for Excel
import-template-csv = Template as CSV
import-columns-title = Columns
import-column-needed = required
import-column-given-name = Given name
import-column-given-name-about = As the participant writes it.
import-column-family-name = Family name
import-column-family-name-about = As the participant writes it.
import-column-email = E-mail
import-column-email-about = An address of their own for each participant: the mail about the registration goes there.
import-column-organisation = Organisation
import-column-organisation-about = The whole name or the registration number, as in the register of organisations. Whoever has one that is not in the register is registered without it.
import-column-role = Position
import-column-role-about = Optional.
import-column-language = Language
import-column-language-about = The language of mails: lv or en. Without it, mails are in the language of the event.
import-kept = What is in the file is kept encrypted, and deleted as soon as the participants are registered, the file is discarded, or a day has passed.
import-example-given-name = Anna
import-example-family-name = Example (this row is skipped)
import-example-organisation = Sample institution
import-example-role = lawyer

import-file-missing = Choose a file
import-file-too-large = The file is too large: at most { $value } MB
import-not-a-table = This file is not a table that can be read. Save it as Excel (.xlsx) or CSV, without a password
import-damaged = The file is damaged or not whole. Open it, save it again and choose it once more
import-encoding = The encoding of the letters in the file is not recognised. Save it as “CSV UTF-8” or Excel (.xlsx)
import-unpacked = The file is too large when unpacked. Copy only the participants into a new file
import-too-many-rows = The file has too many rows: at most { $value }. Split it into several files
import-too-many-columns = The file has too many columns. Copy only those that are needed into a new file
import-empty = There is no participant in the file
import-columns-missing = Required columns are not in the first row: { $value }
import-column-twice = Two columns of the file mean the same: { $value }

import-checked-title = The checked file
import-checked-lead = { $name }. Nobody is registered yet.
import-notes-title = Please note
import-note-windows-1257 = The file is not in UTF-8; it was read as Windows-1257 (Baltic). Check that the letters in names are right.
import-note-first-sheet = The file has several sheets; the first visible one was read: “{ $text }”.
import-note-unknown-columns = These columns are not used: { $text }
import-note-example = The example row ({ $text }) was skipped.
import-would-title = What would happen
import-would-register = { $count ->
    [one] { $count } person is registered and has a place.
   *[other] { $count } people are registered and have places.
}
import-would-wait = { $count ->
    [one] { $count } person joins the waiting list, because no place is free for them.
   *[other] { $count } people join the waiting list, because no places are free for them.
}
import-would-already = { $count ->
    [one] { $count } person is registered already; nothing changes for them.
   *[other] { $count } people are registered already; nothing changes for them.
}
import-would-leave-out = { $count ->
    [one] { $count } row with a mistake is left out.
   *[other] { $count } rows with mistakes are left out.
}
import-would-nothing = There is nobody in the file to register.
import-would-mail = Everybody who is registered gets a mail with a link for cancelling. They need not confirm.
import-closed = Nobody can be registered for this event: it is not announced, was cancelled, or is over.
import-button = { $count ->
    [one] Register { $count } person
   *[other] Register { $count } people
}
import-discard-button = Discard the file
import-another = Choose another file
import-problems-title = Mistakes and notes by row
import-problems-text = Rows with mistakes are left out. You can mend them in the file and import it again: nobody is registered twice.
import-problems-none = There are no mistakes.
import-problem-row = Row
import-problem-column = Column
import-problem-value = In the file
import-problem-what = What about it
import-problem-left-out = left out
import-problem-note = note
import-missing = The cell is empty, but this column is required
import-formula = The cell has a formula, or a text that begins like one. Enter the value itself
import-fault = The cell has an error of the spreadsheet
import-line-break = The cell has a line break. Write the value in one line
import-lines = The cell has a line break: it goes on to line { $row } of the file, and all up to there was read as one row. Check the quotation marks in these lines
import-quote-open = The cell begins with a quotation mark, but none closes it: all up to the end of the file was read as this cell. Check the quotation marks
import-quote-after = There is text behind the closing quotation mark. Write a quotation mark within a quoted cell twice
import-organisation-unknown = There is no such organisation in the register, or several have this name. The person is registered without an organisation
import-language-unknown = The language can be lv or en
import-email-twice = This address is also in row { $row }
import-already = Registered for this event already

import-running-title = Registering participants
import-progress = { $done } of { $total }
import-running-text = You can close this page: the work goes on.
import-refresh = Refresh the page
import-to-event = To the event
import-done-title = The file is imported
import-did-registered = Registered with a place: { $count }
import-did-waiting = On the waiting list: { $count }
import-did-already = Registered before: { $count }
import-did-refused = Not registered: { $count }
import-did-leave-out = Rows left out: { $count }
import-did-leave-out-why = They had mistakes, which were shown before the import.
import-did-nothing = Nobody was registered.
import-did-kept = What was in the file is deleted.
import-rows = Rows: { $rows }
flash-import-discarded = The file is discarded, and what was in it is deleted.
