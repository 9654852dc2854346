# The search of the whole site.

search-title = Search
search-title-of = “{ $query }” – search
search-site = Search the whole site
search-label = Search courses, events, handbooks and the glossary
search-hint = You can leave out diacritics, use any form of a word, or type only its beginning.
search-what = Type one word or a few, such as “discrimination at work” or “data by sex”.
search-count = { $count ->
    [0] Nothing found
    [one] { $count } result
   *[other] { $count } results
}
search-did-you-mean = Did you mean:
search-partial = Nothing has all of these words. Here is what has most of them.
search-kinds = What to show
search-in-all = All ({ $count })
search-in-courses = Courses ({ $count })
search-in-paths = Learning paths ({ $count })
search-in-lessons = Lessons ({ $count })
search-in-chapters = Handbooks ({ $count })
search-in-terms = Glossary ({ $count })
search-in-events = Events ({ $count })
search-kind-courses = Courses
search-kind-paths = Learning paths
search-kind-lessons = Lessons
search-kind-chapters = Handbooks
search-kind-terms = Glossary
search-all-courses = All courses ({ $count })
search-all-paths = All learning paths ({ $count })
search-all-lessons = All lessons ({ $count })
search-all-chapters = All chapters ({ $count })
search-all-terms = All terms ({ $count })
search-left-out = These are the first { $shown }. Add a word to get fewer.
search-closed = Lessons are read by those enrolled in the course; this link leads to the course’s page.
search-more = Also:
search-none-title = What you can do
search-none-spelling = Check that the words are spelt correctly.
search-none-fewer = Use fewer words, or another word for the same thing.
search-none-language = If the words are Latvian, search the pages in Latvian:
search-none-browse = Or look through everything:
