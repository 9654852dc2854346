# The home page.

home-title = Open the door to everyone
home-lead = Learn to notice and prevent discrimination at work, in services and in decisions. Online courses for state and municipal institutions, for employers and for everyone.
home-to-courses = See the courses
home-register = Register
home-hello = Go on learning
home-all-mine = All my courses and certificates
home-more-title = What else to learn
home-theme-all = { $count ->
    [one] See { $count } course
   *[other] All { $count } courses
}
home-purpose-title = Why this programme
home-purpose-text = Discrimination often begins quietly: a requirement in a job advert, a form that not everyone can fill in, a habitual “that is how we do it here”. Once we can notice it, we can prevent it.
home-purpose-who = The training is made by the Ministry of Welfare with the Latvian School of Public Administration in the project “Promoting equal opportunities and non-discrimination”.
home-steps-title = How it works
home-step-choose-title = Choose a course
home-step-choose-text = Each course’s page says who it is for, how long it takes and what you will be able to do.
home-step-learn-title = Learn at your own pace
home-step-learn-text = Short lessons with examples from Latvia and questions. You can leave and go on from the same place.
home-step-certificate-title = Receive a certificate
home-step-certificate-text = Read the lessons and pass the test. You receive a certificate at once, with a code by which anyone can verify it.
home-courses-title = What you can learn here
home-all-courses = Course catalogue
home-help-title = Where to turn for help
home-help-text = If discrimination or violence touches you or somebody near you, do not wait for the end of a course.
home-help-danger = If there is danger now
home-help-ombudsman = Ombudsman’s Office
home-help-work = State Labour Inspectorate
home-help-victims = Support for victims of crime
home-help-crisis = Emotional crisis, day and night
home-help-checked = We last checked the numbers on 22 November 2026 against public sources. Opening hours may have changed.
