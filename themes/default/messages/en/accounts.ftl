# Registering, signing in, passwords, accounts and roles.

email-label = E-mail address
email-hint = You will receive a link at this address; with it you set your password.
email-missing = Enter your e-mail address
email-wrong = Enter a full e-mail address, such as name.surname@institution.lv
email-foreign-letters = There are letters in the address with which mail cannot be sent: { $letters }. Before the @, use Latin letters without accents, digits, dots, dashes and underscores only
email-marked-letters = There are letters with accents before the @: { $letters }. Mail cannot be sent to such an address. Perhaps it is { $latin }
email-look-alikes = There are letters of another alphabet in the address that only look like Latin ones: { $letters }. Type them in Latin letters: { $latin }
email-too-long = The e-mail address is too long: mail servers do not accept it
email-taken = There is already an account with this e-mail address
password-label = Password
new-password-label = New password
password-hint = At least { $min } characters. Several words with spaces will do.
password-missing = Enter a password
password-too-short = The password is too short: it needs at least { $min } characters
password-too-long = The password is too long: it can have at most { $max } characters
password-common = This password is easy to guess. Choose another, such as several unrelated words
password-contains-email = The password must not contain the first part of your e-mail address
field-error = Error:
choose = Choose
save = Save
search = Search

register-title = Register
register-lead = You need an account so that your progress is kept and you can receive a certificate.
register-button = Register
register-known = Already have an account?

mail-sent-title = Check your e-mail
mail-sent-lead = Look in the mailbox of { $address }: the message is there already, or arrives within a few minutes.
mail-sent-confirm = Open the link in it and set your password. The link works once, within 24 hours. If there is an account with this address already, the message says how to sign in.
mail-sent-reset = If there is an account with this address, open the link in the message and enter a new password. The link works once, within 24 hours. If there is none, the message says how to register.
mail-sent-before = If you asked for it before, a new message may not have been sent. Then use the newest of those already in your mailbox.
mail-file-title = The message is in a file
mail-file-text = This site has no mail server configured, so the message was saved in the data folder:
mail-missing-title = No message?
mail-missing-spam = Wait a few minutes, and look in the spam folder too.
mail-missing-address = Check that the address is right.
mail-missing-retype = Enter another address
mail-missing-often = We send the same message to an address at most once a minute. If five messages that are still good were sent within 24 hours, we send the next at most once in 10 minutes; if ten were, at most once an hour. You can open any of them: each link works once.
mail-missing-nothing = If there is no message after an hour either, ask for it again. If none comes even then, ask whoever runs your e-mail whether messages from this site are held back, or use another address.
mail-again-button = Ask for the message again

confirm-title = Set your password
confirm-lead = One more step: setting a password confirms the address { $address }, and your account is ready.
confirm-again-lead = The account of { $address } is ready already. A password set here replaces the one before, and you will have to sign in again on every device.
confirm-button = Confirm and continue
link-unknown-title = This link is not valid
link-expired-title = The link has expired
link-used-title = The link has already been used
link-confirm-text = If you have set your password already, you can sign in. If not, enter your e-mail address to receive a link that works.
link-reset-text = Enter your e-mail address to receive a link that works and change your password.
link-first-text = The first administrator’s link works once. The platform shows a new one when it is started again and there is no administrator yet.
link-again-button = Ask for a new link

sign-in-title = Sign in
sign-in-button = Sign in
sign-in-next = Sign in and you will go on to the page you wanted to open.
sign-in-new = No account yet?
sign-in-wrong = The e-mail address or the password is not right
forgotten-link = I have forgotten my password
forgotten-title = Forgotten password
forgotten-lead = Enter the e-mail address with which you registered, to receive a link for a new password.
forgotten-button = Ask for a link
forgotten-back = Back to signing in
reset-title = New password
reset-lead = The password of the account of { $address }. After the change you will have to sign in again on every device.

first-administrator-title = First administrator
first-administrator-lead = This account can give roles to others. The link works once.
first-administrator-button = Create the account

accounts-title = Accounts and roles
accounts-lead = Each role opens its own pages only: an administrator too sees the indicators only with the programme manager’s role.
accounts-search = Name or e-mail address
accounts-caption = Accounts
accounts-who = Person
accounts-registered = Registered
accounts-roles = Roles
accounts-unconfirmed = Address not confirmed
role-organiser = Organiser
role-manager = Programme manager
role-author = Author
role-admin = Administrator
role-none = No roles
role-change = Change roles
role-give = Give the role “{ $role }”: { $email }
role-take = Take away the role “{ $role }”: { $email }
role-give-short = Give
role-take-short = Take away

paging-label = Pages of the list
paging-none = Nothing found
paging-range = { $first }–{ $last } of { $total }
paging-previous = Previous page
paging-next = Next page

flash-address-confirmed = Your address is confirmed and your password is saved.
flash-password-saved = The password has been saved, and you are signed in.
flash-link-done = This link has been used already, and you are signed in. You can go on.
flash-signed-out = You have signed out.
flash-password-changed = The password has been changed. Sign in with the new one.
flash-first-administrator = The account is ready. You can now give roles to others.
flash-role-given = The role has been given.
flash-role-taken = The role has been taken away.
flash-role-own-admin = You cannot take the administrator’s role from yourself: there must always be at least one administrator.
