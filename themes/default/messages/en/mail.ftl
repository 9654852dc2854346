# Mails: subject and text.

mail-footer =
    Iespēja, e-learning on equal opportunities
    { $home }
mail-confirm-email-subject = Confirm your e-mail address
mail-confirm-email-body =
    Hello,

    To complete your registration at Iespēja, open this link and set your password. That confirms your e-mail address:

    { $link }

    The link works once, within 24 hours. If you did not register, you can ignore this message: until the link is used, nobody can sign in with this address.
mail-address-taken-subject = You already have an account
mail-address-taken-body =
    Hello,

    Somebody, perhaps you, tried to register at Iespēja with this e-mail address. There is an account with this address already, so nothing was changed.

    Sign in: { $signin }
    Set a new password (the link works once, within 24 hours): { $link }

    If it was not you, there is nothing you need to do.
mail-reset-password-subject = New password
mail-reset-password-body =
    Hello,

    To set a new password at Iespēja, open this link:

    { $link }

    The link works once, within 24 hours. If you did not ask for a new password, you can ignore this message: your password stays as it is.
mail-password-changed-subject = Your password has been changed
mail-password-changed-body =
    Hello,

    The password of your account at Iespēja has been changed, and you have to sign in again on your other devices.

    If it was not you, set a new password at once: { $link }
mail-no-account-subject = There is no account with this address
mail-no-account-body =
    Hello,

    Somebody, perhaps you, entered this e-mail address at Iespēja, but there is no account with it. Perhaps you registered with another address.

    Register: { $link }

    If it was not you, there is nothing you need to do.
mail-organisation-rejected-subject = Please choose your place of work again
mail-organisation-rejected-body =
    Hello,

    The organisation you named, “{ $organisation }”, was not added to the register.
    Reason: { $reason }

    Please choose another place of work: { $link }
mail-erasure-requested-subject = Your data will be erased
mail-erasure-requested-body =
    Hello,

    Somebody, probably you, asked with your password for the erasure of your data at Iespēja. They will be erased on { $date }, and that cannot be undone. What has to be kept for the European Union’s rules stays without your name.

    To keep your data, sign in before that day and take the request back: { $link }

    If it was not you, take the request back and set a new password at once.
mail-account-closed-subject = Your account has been closed
mail-account-closed-body =
    Hello,

    Your account at Iespēja has been closed, and nobody can sign in with it any more. Your courses and certificates are kept.
    Reason: { $reason }

    If you think that this is a mistake, write to us: { $link }
mail-account-reopened-subject = Your account is open again
mail-account-reopened-body =
    Hello,

    Your account at Iespēja is open again. You can sign in with the same password: { $link }
mail-account-is-closed-subject = Your account is closed
mail-account-is-closed-body =
    Hello,

    Somebody, perhaps you, entered this e-mail address at Iespēja. The account with it is closed, so we send no new link.

    If you think that this is a mistake, write to us: { $link }
mail-new-email-subject = Confirm the new e-mail address
mail-new-email-body =
    Hello,

    To make this the address of your account at Iespēja, open the link and confirm it:

    { $link }

    The link works once, within 24 hours. If you did not ask for the change, you can ignore this message: nothing has been changed.
mail-new-email-taken-subject = You already have an account
mail-new-email-taken-body =
    Hello,

    Somebody, perhaps you, asked at Iespēja for this e-mail address for their account. There is another account with it already, so nothing was changed.

    Sign in to the existing account: { $link }

    If it was not you, there is nothing you need to do.
mail-email-changed-subject = The address of your account has been changed
mail-email-changed-body =
    Hello,

    Your account at Iespēja has another e-mail address now. Sign in with that one; we will not write to this address any more.

    If it was not you, write to us at once: { $link }
mail-attempts-allowed-subject = You may take the test again
mail-attempts-allowed-body =
    Hello,

    In the final test of “{ $course }” you are allowed { $count ->
        [one] { $count } more attempt
       *[other] { $count } more attempts
    }. It first asks questions that you have not been asked yet.

    To the test: { $link }
mail-attempts-allowed-later-subject = You may take the test again
mail-attempts-allowed-later-body =
    Hello,

    In the final test of “{ $course }” you are allowed { $count ->
        [one] { $count } more attempt
       *[other] { $count } more attempts
    }. You can begin the next one from { $time }. It first asks questions that you have not been asked yet.

    To the test: { $link }
mail-time-allowed-subject = You are allowed extra time in tests
mail-time-allowed-body =
    Hello,

    In tests with a time limit you have { $percent }% more time from now on. Before you begin, the page of the test says how many minutes you have.

    Your courses: { $link }
mail-time-allowed-now-subject = You are allowed extra time in tests
mail-time-allowed-now-body =
    Hello,

    In tests with a time limit you have { $percent }% more time from now on. The test that you have begun is extended, too: hand it in by { $time }.

    Your courses: { $link }
mail-attempts-withdrawn-subject = The extra attempt is no longer allowed
mail-attempts-withdrawn-body =
    Hello,

    In the final test of “{ $course }” you are no longer allowed an extra attempt. You can finish an attempt that you have begun.

    If you have questions, write to the organiser of the course: { $link }
mail-time-withdrawn-subject = Extra time in tests is no longer allowed
mail-time-withdrawn-body =
    Hello,

    In tests that you begin from now on you have no extra time. A test that you have begun keeps its time.

    If you have questions, write to the organiser of the course: { $link }
mail-reminder-topic = Reminder of a course that was begun
mail-reminder-subject = Your course “{ $course }” is waiting
mail-reminder-body =
    Hello,

    You began the course “{ $course }”. Everything that you did is saved, and you can go on where you stopped: “{ $lesson }”.

    Go on: { $link }

    If you do not want reminders any more: { $stop }
mail-reminder-last-topic = Last reminder of a course that was begun
mail-reminder-last-subject = You can still finish “{ $course }”
mail-reminder-last-body =
    Hello,

    The course “{ $course }” is not finished yet. Everything that you did is saved, and you can go on where you stopped: “{ $lesson }”. We will not remind you of this course again.

    Go on: { $link }

    If you do not want reminders of other courses, either: { $stop }
mail-second-factor-on-subject = The second factor is on
mail-second-factor-on-body =
    Hello,

    The second factor of your account at Iespēja has been set up: signing in needs a code from the app, too.

    If it was not you, write to us and change your password at once: { $link }
mail-second-factor-off-subject = The second factor is off
mail-second-factor-off-body =
    Hello,

    The second factor of your account at Iespēja has been turned off: the password alone is enough for signing in now.

    If you neither did nor asked for it, change your password at once and set it up again: { $link }
mail-second-factor-guessed-subject = Somebody knows your password
mail-second-factor-guessed-body =
    Hello,

    At Iespēja, somebody entered your password and then a wrong code several times. So no codes are accepted for a while.

    If it was not you, change your password: { $link }
