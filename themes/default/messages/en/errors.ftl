# Error pages: what happened and what to do next.

error-status = Error { $status }
error-request-id = If you write to us about this error, give this number:
error-next-home = To the home page
error-next-courses = To the courses
error-next-contact = Help and contact

error-not-found-title = There is no such page
error-not-found-text = Check that the address is right. The page may have moved, or it may not be open to you.
error-sign-in-needed-title = Sign in first
error-sign-in-needed-text = Your session has ended or has not begun. Sign in and try again; what was saved before is not lost.
error-forbidden-title = This page is not open to you
error-forbidden-text = It needs another role. If you should have it, ask the platform’s administrator.
error-method-not-allowed-title = The page cannot be opened this way
error-method-not-allowed-text = The request was not what the page expects. Go back and try again from a link or a button.
error-form-expired-title = The form is out of date
error-form-expired-text = Nothing has been changed. Go back, reload the page and send the form again. Your browser must accept cookies.
error-cross-site-title = The form came from another site
error-cross-site-text = Nothing has been changed. For safety we only take forms that were filled in here.
error-bad-request-title = This request cannot be read
error-bad-request-text = Nothing has been changed. Go back to the page before and try again.
error-address-too-long-title = The address is too long
error-address-too-long-text = No page has such a long address. Copy the link again, or begin at the front page.
error-too-large-title = Too much was sent
error-too-large-text = A form can take { $kilobytes } KB. Nothing has been saved. Go back, shorten what you typed and send it again.
error-too-slow-title = The form did not arrive in time
error-too-slow-text = The connection is too slow or was interrupted. Nothing has been saved. Go back and send the form again.
error-not-a-form-title = This cannot be taken in this form
error-not-a-form-text = The page takes forms of text only. Nothing has been changed. Go back and send the form from its page.
error-refused-title = This cannot be taken
error-too-many-title = Too many attempts
error-too-many-text = Too many requests are coming from your network just now. Wait a moment and try again.
error-internal-title = Something went wrong on our side
error-internal-text = The error has been recorded. Try again in a moment. What was saved before is not lost.
error-email-taken-title = There is another account with this address
error-email-taken-text = While the link was on its way, another account was made with this e-mail address. The address of your account has not been changed.
