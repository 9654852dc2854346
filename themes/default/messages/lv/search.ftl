# Meklēšana visā vietnē.

search-title = Meklēšana
search-title-of = „{ $query }” – meklēšana
search-site = Meklēt visā vietnē
search-label = Meklēt kursos, pasākumos, rokasgrāmatās un jēdzienos
search-hint = Var rakstīt bez garumzīmēm, jebkurā locījumā vai tikai vārda sākumu.
search-what = Ierakstiet vienu vai dažus vārdus, piemēram, „diskriminācija darbā” vai „dati pēc dzimuma”.
search-count = { PLURAL($count) ->
    [0] Nekas nav atrasts
    [zero] Atrasti { $count } rezultāti
    [one] Atrasts { $count } rezultāts
   *[other] Atrasti { $count } rezultāti
}
search-did-you-mean = Varbūt domājāt:
search-partial = Visu šo vārdu kopā nav nekur. Te ir tas, kur to ir visvairāk.
search-kinds = Ko rādīt
search-in-all = Viss ({ $count })
search-in-courses = Kursi ({ $count })
search-in-paths = Mācību ceļi ({ $count })
search-in-lessons = Nodarbības ({ $count })
search-in-chapters = Rokasgrāmatas ({ $count })
search-in-terms = Jēdzieni ({ $count })
search-in-events = Pasākumi ({ $count })
search-kind-courses = Kursi
search-kind-paths = Mācību ceļi
search-kind-lessons = Nodarbības
search-kind-chapters = Rokasgrāmatas
search-kind-terms = Jēdzieni
search-all-courses = Visi kursi ({ $count })
search-all-paths = Visi mācību ceļi ({ $count })
search-all-lessons = Visas nodarbības ({ $count })
search-all-chapters = Visas nodaļas ({ $count })
search-all-terms = Visi jēdzieni ({ $count })
search-left-out = Te ir pirmie { $shown }. Pierakstiet vēl kādu vārdu, un rezultātu būs mazāk.
search-closed = Nodarbību lasa tie, kas pieteikušies kursam; saite ved uz kursa lapu.
search-more = Arī:
search-none-title = Ko darīt tālāk
search-none-spelling = Pārbaudiet, vai vārdi uzrakstīti pareizi.
search-none-fewer = Meklējiet ar mazāk vārdiem vai ar citu vārdu par to pašu.
search-none-language = Ja vārdi ir angļu valodā, meklējiet angļu lapās:
search-none-browse = Vai pārskatiet visu:
