# The handbooks: contents, searching, chapters; the glossary.

nav-handbook = Handbooks
handbooks-lead = To look things up while you work: what to do step by step, what to ask, what to write.
handbook-chapters = { $count ->
    [one] { $count } chapter
   *[other] { $count } chapters
}
handbook-draft-title = The handbook is waiting for reviews
handbook-draft-text = The handbook has not received all the required reviews yet. It is open for demonstration only.
handbook-search = Search the handbook
handbook-search-hint = You can leave out diacritics and type only the beginning of a word.
handbook-search-submit = Search
handbook-search-clear = Clear the search
handbook-found = { $count ->
    [0] Nothing found
    [one] { $count } place found
   *[other] { $count } places found
}
handbook-found-nothing = Try fewer words, or another form of the word. The contents are below.
handbook-foreign = This chapter is not translated yet; we show it in its original language.
handbook-contents = In this chapter
handbook-navigation = Other chapters
handbook-previous = Previous: { $title }
handbook-next = Next: { $title }

handbook-tasks = Start from what you are doing
handbook-tasks-text = Each task names the chapters that help with it, in the order in which you need them. Further down, the chapters stand by sector.
handbook-task-step = Chapter { $step } of { $of } for:
handbook-updated = Changed { $date }
handbook-sources-checked = Sources read { $date }

glossary-search = Search the glossary
glossary-all = Show all terms
glossary-letters = By first letter
glossary-found = { $count ->
    [0] Nothing found
    [one] { $count } term found
   *[other] { $count } terms found
}
glossary-found-nothing = Try another word or only its beginning, or look through all terms.
glossary-title = Glossary
glossary-lead = Words that return in courses and handbooks, and what they mean.
glossary-empty = There are no terms yet.

# A handbook and its chapters as PDF.
handbook-pdf = Download the whole handbook (PDF)
handbook-chapter-pdf = Download this chapter (PDF)
handbook-print-contents = Contents
handbook-print-version = Version of { $date }
handbook-print-newest = Newest version: { $url }
