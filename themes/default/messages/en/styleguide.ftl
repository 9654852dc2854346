# The style guide.

styleguide-title = Style guide
styleguide-lead = Every component of the pages in one place, with made-up samples. For those who work on the theme or check accessibility.
styleguide-contents = On this page
styleguide-colours = Colours
styleguide-actions = Buttons and links
styleguide-forms = Forms
styleguide-messages = Messages
styleguide-lists = Cards and lists
styleguide-progress = Progress and requirements
styleguide-prose = The text of a lesson
styleguide-questions = Questions
styleguide-marked = Questions after an answer
styleguide-danger = Take away the role
styleguide-disabled = Not available
styleguide-name = First name and surname
styleguide-name-hint = As it should stand on the certificate.
styleguide-email = E-mail
styleguide-email-wrong = Enter an e-mail address, for example name@example.lv
styleguide-text = A question for the organiser
styleguide-agree = I have read the notice
styleguide-agree-hint = You can open the notice later too, under “Privacy”.
styleguide-send = Send
styleguide-breadcrumb = Sample of a breadcrumb
styleguide-lesson-1 = What discrimination is
styleguide-lesson-2 = Forms of discrimination
