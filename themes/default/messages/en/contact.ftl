# Help and contact.

contact-title = Help and contact
contact-lead = See first whether the answer is already here. If it is not, write to the organisers of the courses.
contact-sign-in-title = I cannot sign in
contact-sign-in-text = Check that the e-mail address is the one you registered with. You can set a new password.
contact-sign-in-link = I forgot my password
contact-mail-title = The mail with the link does not arrive
contact-mail-text = Wait a few minutes and look into your spam folder, too. Some institutions hold back mail from new senders; then ask those who run your e-mail.
contact-certificate-title = Why do I have no certificate?
contact-certificate-text = You get the certificate at once when you have read all lessons of the course and passed its test. The page of the course shows what is left.
contact-name-title = The name on my certificate is wrong
contact-name-text = Correct the name in your details: certificates issued from then on will have it right. To have one issued anew, write to us with its number.
contact-time-title = I need more time for a test
contact-time-text = Write to us before you begin the test. No proof of an illness or a disability is needed: just tell us how much time you need.
contact-attempts-title = I have used up my attempts at a test
contact-attempts-text = Write to us and name the course. We will help you see what to go over again, and may allow one more attempt.
contact-access-title = A page is not accessible or hard to use
contact-access-text = Tell us which page, and what you use it with. We will also send you what you need in another form.
contact-mistake-title = I found a mistake in a course
contact-mistake-text = Send us the address of the page and the sentence with the mistake.
contact-data-title = A question about my data
contact-data-text = The privacy notice says what we keep about you, who sees it and what you can ask for.
contact-write-title = Write to us
contact-write-text = Name the course and the address of the page; if the page showed an error number, that too. Never send your password.
contact-email = E-mail
contact-phone = Telephone
contact-none = No contact address has been set for this site yet. The programme is run by:
