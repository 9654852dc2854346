# Rokasgrāmatas: saturs, meklēšana, nodaļas; jēdzieni.

nav-handbook = Rokasgrāmatas
handbooks-lead = Ko uzšķirt, kad darbs jau rit: ko darīt soli pa solim, ko jautāt, ko rakstīt.
handbook-chapters = { PLURAL($count) ->
    [zero] { $count } nodaļu
    [one] { $count } nodaļa
   *[other] { $count } nodaļas
}
handbook-draft-title = Rokasgrāmata gaida atzinumus
handbook-draft-text = Rokasgrāmata vēl nav saņēmusi visus obligātos atzinumus. Tā ir atvērta tikai demonstrācijai.
handbook-search = Meklēt rokasgrāmatā
handbook-search-hint = Var rakstīt bez garumzīmēm un tikai vārda sākumu.
handbook-search-submit = Meklēt
handbook-search-clear = Notīrīt meklēto
handbook-found = { PLURAL($count) ->
    [0] Nekas nav atrasts
    [zero] Atrastas { $count } vietas
    [one] Atrasta { $count } vieta
   *[other] Atrastas { $count } vietas
}
handbook-found-nothing = Meklējiet ar mazāk vārdiem vai ar vārdu citā formā. Rokasgrāmatas saturs ir zemāk.
handbook-foreign = Šī nodaļa vēl nav pārtulkota; rādām to oriģinālvalodā.
handbook-contents = Šajā nodaļā
handbook-navigation = Citas nodaļas
handbook-previous = Iepriekšējā: { $title }
handbook-next = Nākamā: { $title }

handbook-tasks = Sāciet no darba, ko darāt
handbook-tasks-text = Pie katra darba ir nodaļas, kas tam noder, tādā secībā, kādā tās vajag. Zemāk nodaļas ir pa nozarēm.
handbook-task-step = { $step }. nodaļa no { $of } darbam:
handbook-updated = Mainīta { $date }
handbook-sources-checked = Avoti lasīti { $date }

glossary-search = Meklēt jēdzienos
glossary-all = Rādīt visus jēdzienus
glossary-letters = Pēc pirmā burta
glossary-found = { PLURAL($count) ->
    [0] Nekas nav atrasts
    [zero] Atrasti { $count } jēdzieni
    [one] Atrasts { $count } jēdziens
   *[other] Atrasti { $count } jēdzieni
}
glossary-found-nothing = Meklējiet ar citu vārdu vai tikai ar tā sākumu, vai pārskatiet visus jēdzienus.
glossary-title = Jēdzieni
glossary-lead = Vārdi, kas kursos un rokasgrāmatās atkārtojas, un ko tie nozīmē.
glossary-empty = Jēdzienu vēl nav.

# Rokasgrāmata un tās nodaļas PDF failā.
handbook-pdf = Lejupielādēt visu rokasgrāmatu (PDF)
handbook-chapter-pdf = Lejupielādēt nodaļu (PDF)
handbook-print-contents = Saturs
handbook-print-version = { $date } versija
handbook-print-newest = Jaunākā versija: { $url }
