# Access tokens: with them other programs use the data of events.

tokens-title = API access tokens
tokens-lead = With an access token another program, such as the registration system of your institution, reads events and registers participants.
tokens-text = With a token a program can do what you can: an organiser in the events of their strands, a manager in all. When the role is taken or the account is closed, the tokens stop working. How to use it:
tokens-guide = Description of the API
tokens-openapi = OpenAPI file
tokens-list-title = Your tokens
tokens-none = You have no access tokens yet.
token-may = May { $scopes }.
token-times = Made on { $made }. Works until { $expires }.
token-used = Last used { $at }.
token-unused = Not used yet.
token-expired = Expired
token-revoked = Revoked
token-revoke = Revoke
token-revoke-named = Revoke the token “{ $name }”
token-scope-events-read = read events and registrations
token-scope-events-write = register participants and cancel registrations

token-new-title = A new token
token-name-label = Name
token-name-hint = The name will tell you later which program uses the token
token-name-missing = Enter a name for the token
token-name-too-long = The name is too long: at most { $max } characters
token-access-label = What the token may do
token-access-read = Read events and registrations
token-access-write = Read, register participants and cancel registrations
token-access-missing = Choose what the token may do
token-days-label = For how many days the token works
token-days-hint = From 1 to { $most } days
token-days-wrong = Enter a number of days from 1 to 366
token-too-many = You have 20 working tokens already. First revoke one that is no longer needed
token-new-button = Make a token

token-made-title = The token is made
token-made-lead = Copy the token now: it cannot be seen again later.
token-label = Access token
token-copy = Copy the token
token-copied = The token is copied.
token-expires = Works until
token-made-text = Keep it as safe as a password and do not send it by e-mail. If somebody else sees it, revoke it and make a new one.
token-made-done = I have copied the token

token-revoke-title = Revoke a token
token-revoke-text = The program that uses this token will no longer be able to read events or register participants. A revoked token cannot be restored.
token-revoke-button = Revoke the token
token-revoke-back = Keep the token
flash-token-revoked = The token is revoked.

registration-number-too-long = The registration number is too long: at most { $max } characters
text-control = The text must not contain control characters
language-unknown = There is no such language: there are “lv” and “en”
organisation-number-unknown = There is no organisation with this registration number in the register
participant-role-too-long = The position is too long: at most { $max } characters
