# Kursi, nodarbības, pārbaudes, apguve.

catalogue-title = Kursi
catalogue-lead = Izvēlieties kursu un mācieties savā tempā. Paveiktais saglabājas, un turpināt varat jebkurā ierīcē.
catalogue-count = { PLURAL($count) ->
    [zero] { $count } kursu
    [one] { $count } kurss
   *[other] { $count } kursi
}
catalogue-waiting = { PLURAL($count) ->
    [zero] Vēl { $count } kursu gaida obligātos atzinumus un tāpēc nav publicēti.
    [one] Vēl { $count } kurss gaida obligātos atzinumus un tāpēc nav publicēts.
   *[other] Vēl { $count } kursi gaida obligātos atzinumus un tāpēc nav publicēti.
}
catalogue-empty-title = Neviena kursa neatradām
catalogue-empty-text = Izvēlētajiem filtriem neatbilst neviens kurss. Noņemiet kādu filtru un mēģiniet vēlreiz.
catalogue-none-title = Kursu vēl nav
catalogue-none-text = Kursi parādīsies šeit, tiklīdz tie būs saņēmuši obligātos atzinumus.
filter-title = Atlasīt kursus
filter-theme = Tēma
filter-ground = Diskriminācijas aizlieguma pamats
filter-audience = Kam domāts
filter-language = Kursa valoda
filter-any = Nav svarīgi
filter-apply = Atlasīt
filter-clear = Noņemt filtrus

theme-inclusive-work = Iekļaujoša vide
theme-inclusive-work-about = Kā atpazīt diskrimināciju un veidot vidi, kurā ikvienam ir vienādas iespējas.
theme-gender-equality = Dzimumu līdztiesība
theme-gender-equality-about = Atalgojums, ģimene un darbs, budžets, lēmumu ietekme un tehnoloģijas.
theme-violence-prevention = Vardarbības novēršana
theme-violence-prevention-about = Kā pamanīt vardarbību, droši rīkoties un sadarboties.
theme-plain = Citi kursi
theme-plain-about = Kursi par citām tēmām.

ground-gender = Dzimums
ground-age = Vecums
ground-disability = Invaliditāte
ground-ethnicity = Rase un etniskā piederība
ground-religion = Reliģija un pārliecība
ground-sexual-orientation = Seksuālā orientācija
ground-none = Visi pamati
audience-public-sector = Valsts un pašvaldību institūcijām
audience-employers = Darba devējiem
audience-everyone = Ikvienam
language-lv = latviešu
language-en = angļu

course-lessons = { PLURAL($count) ->
    [zero] { $count } nodarbību
    [one] { $count } nodarbība
   *[other] { $count } nodarbības
}
course-minutes = { PLURAL($count) ->
    [zero] { $count } minūšu
    [one] { $count } minūte
   *[other] { $count } minūtes
}
course-hours = { PLURAL($count) ->
    [zero] { $count } akadēmisko stundu
    [one] { $count } akadēmiskā stunda
   *[other] { $count } akadēmiskās stundas
}
course-draft = Melnraksts
course-draft-demo = Kurss vēl gaida obligātos atzinumus. Demonstrācijā viss ir izdomāts, tāpēc tā apguve te tiek ieskaitīta, un visas apliecības ir paraugi.
course-draft-text = Kurss vēl gaida obligātos atzinumus un ir atvērts izmēģināšanai. Tā apguvi neieskaita, un apliecība ir tikai paraugs.
course-changes-title = Kurss ir atjaunots
course-changes-added =
    { PLURAL($count) ->
        [zero] Jaunas daļas: { $titles }
        [one] Jauna daļa: { $titles }
       *[other] Jaunas daļas: { $titles }
    }
course-changes-changed =
    { PLURAL($count) ->
        [zero] Mainītas daļas: { $titles }
        [one] Mainīta daļa: { $titles }
       *[other] Mainītas daļas: { $titles }
    }
course-changes-removed =
    { PLURAL($count) ->
        [zero] Kursā vairs nav daļu: { $titles }
        [one] Kursā vairs nav daļas: { $titles }
       *[other] Kursā vairs nav daļu: { $titles }
    }
course-changes-completed = Jūsu apliecība paliek spēkā.
course-changes-seen = Izlasīju
course-outcomes-title = Ko jūs pratīsiet
course-outline-title = Kursa saturs
course-facts-title = Īsumā
course-for = Kam domāts
course-ground = Aizlieguma pamats
course-languages = Valodas
course-time = Laiks
course-hours-label = Apjoms
course-test-label = Noslēguma pārbaude
course-test-facts = { PLURAL($questions) ->
    [zero] { $questions } jautājumu
    [one] { $questions } jautājums
   *[other] { $questions } jautājumi
}; jāiegūst vismaz { $percent } %
course-reviews-title = Atzinumi par kursu
course-reviews-lead = Pirms publicēšanas kursu izvērtē vairākas puses.
course-enrol = Sākt mācīties
course-enrol-sign-in = Lai sāktu mācīties, vajadzīgs konts.
course-enrol-register = Reģistrēties
go-on = Turpināt
begin = Sākt
course-left = līdz kursa beigām ap { $time }
# A number stays with its unit.
time-minutes = { $minutes }{"\u00A0"}min
time-hours = { $hours }{"\u00A0"}h
time-both = { $hours }{"\u00A0"}h { $minutes }{"\u00A0"}min
course-leads-to = Pēc kursa
course-leads-to-certificate = Apliecība ({ $hours })
course-progress-title = Jūsu progress
course-completed-title = Kurss apgūts
course-completed-text = Jūs apguvāt šo kursu { $date }.
course-why-title = Kāpēc man vēl nav apliecības?
course-why-met-title = Par ko saņēmāt apliecību
course-why-lead = Apliecību saņem uzreiz, tiklīdz ir izpildītas visas prasības.
course-test-row = Pārbaude

review-gender-equality-opinion = Dzimumu līdztiesības eksperta atzinums
review-legal = Juridiskā pārbaude
review-ngo-consultation = Konsultācija ar nevalstiskajām organizācijām
review-accessibility = Piekļūstamības pārbaude
review-state-positive = Saņemts, pozitīvs
review-state-negative = Saņemts, negatīvs
review-state-outdated = Saņemts par agrāku redakciju
review-state-missing = Vēl nav saņemts

standing-enrolled = Jūs mācāties
standing-completed = Apgūts

lesson-state-done = izlasīta
test-state-done = nokārtota
lesson-state-started = iesākta
lesson-state-open = vēl nav sākta
lesson-current = šī nodarbība
lesson-minutes = ap { PLURAL($count) ->
    [zero] { $count } minūtēm
    [one] { $count } minūti
   *[other] { $count } minūtēm
}
lesson-legal-check = Tiesību normas pārbaudītas { $date }
lesson-done-next = Izlasīju, tālāk
lesson-next = Nākamā: { $title }
lesson-previous = Iepriekšējā: { $title }
lesson-is-done = Šī nodarbība jau ir izlasīta.
lesson-open-questions = Lai nodarbību atzīmētu kā izlasītu, vēl atbildiet (der arī nepareiza atbilde):
lesson-open-question = Vēl nav atbildēts: „{ $question }”
lesson-open-none = Uz visiem jautājumiem ir atbildēts.
lesson-position = { $number }. nodarbība no { $total }
lesson-contents = Nodarbības saturs
lesson-resumed = Turpināt var no vietas, kurā apstājāties.
lesson-to-top = Uz nodarbības sākumu
lesson-sources = Avoti
lesson-source-checked = pārbaudīts { $date }
lesson-navigation = Pāreja starp nodarbībām
lesson-foreign = Šī nodarbība vēl nav pārtulkota; rādām to oriģinālvalodā.
progress-done = { PLURAL($total) ->
    [zero] Pabeigtas { $done } no { $total } daļām
    [one] Pabeigtas { $done } no { $total } daļas
   *[other] Pabeigtas { $done } no { $total } daļām
}

question-check = Pārbaudīt atbildi
question-continue = Turpināt
question-check-again = Atbildēt vēlreiz
question-save = Saglabāt atbildi
question-not-marked = Jautājums bez vērtējuma
question-practice = Jautājums pārdomām
question-explanation = Paskaidrojums
question-try-again = Pārdomājiet un atbildiet vēlreiz. Pareizo atbildi ar paskaidrojumu redzēsiet pēc otrā mēģinājuma.
question-error = Jautājums „{ $question }”: { $error }
question-link-partial = { $number }. jautājums, atbildēts daļēji
question-position = { $number }. jautājums no { $total }
question-points = { PLURAL($max) ->
    [one] { $points } no { $max } punkta
   *[other] { $points } no { $max } punktiem
}
question-link-answered = { $number }. jautājums, atbildēts
question-link-open = { $number }. jautājums, vēl nav atbildēts
question-link-assumed = { $number }. jautājums, atbildēts, nolasīs kā { $reading }
outcome-correct = Pareizi
outcome-partial = Daļēji pareizi
outcome-incorrect = Nepareizi
outcome-unanswered = Nav atbildes
outcome-noted = Jūsu atbilde ir saglabāta
outcome-noted-partly = Jūsu atbilde ir saglabāta, bet daļa apgalvojumu ir bez atbildes
outcome-left-unfinished = Situācija palika nepabeigta
outcome-unfinished = Situācija vēl nav pabeigta: izvēlieties, kā rīkoties tālāk
answer-missing = Izvēlieties vai ierakstiet atbildi
answer-too-long = Atbilde ir par garu. Tajā var būt ne vairāk kā { $longest } rakstzīmes
answer-too-many = Izvēlieties tikai vienu atbildi
answer-unknown = Šādas atbildes šim jautājumam nav. Atbildiet vēlreiz
answer-older-revision = Jautājums kopš lapas atvēršanas ir mainīts. Izlasiet to un atbildiet vēlreiz
answer-empty = Nekas nav izvēlēts vai ierakstīts. Iepriekš saglabātā atbilde paliek; lai to dzēstu, izmantojiet pogu „Notīrīt atbildi”
answer-partly-empty = Daži lauki ir tukši, lai gan tajos ir saglabāta atbilde. Pagaidām nekas nav mainīts: saglabājiet ar tukšajiem laukiem vai paturiet saglabāto
answer-changed = Pēc lapas atvēršanas uz šo jautājumu ir saglabāta cita atbilde, iespējams, citā logā. Nekas nav pārrakstīts: salīdziniet abas un saglabājiet to, kuru gribat paturēt
answer-changed-not-cleared = Pēc lapas atvēršanas uz šo jautājumu ir saglabāta cita atbilde, tāpēc tā nav notīrīta. Apskatiet to un izlemiet vēlreiz
answer-saved-title = Patlaban saglabāts
answer-given-title = Tikko ierakstītais
answer-keep-saved = Paturēt saglabāto atbildi
answer-save-emptied = Saglabāt ar tukšajiem laukiem
answer-clear = Notīrīt atbildi
answer-delete = Dzēst uzrakstīto
answer-is-deleted = Uzrakstīto izdzēsāt. Jautājums ir ieskaitīts kā atbildēts; ja vēlaties, varat rakstīt no jauna.
delete-answer-title = Vai dzēst uzrakstīto?
delete-answer-text = Tiks izdzēsts viss, ko uz šo jautājumu esat rakstījis vai rakstījusi, arī agrākie varianti. To nevar atsaukt. Paliks tikai tas, ka uz jautājumu ir atbildēts.
delete-answer-button = Dzēst uzrakstīto
delete-answer-back = Atpakaļ, nedzēšot
flash-answer-deleted = Uzrakstītais ir izdzēsts.
flash-answer-deleted-before = Nav nekā, ko dzēst.
answer-in-other-language = In English
lesson-other-language = Poga pie jautājuma maina valodu un saglabā šajā jautājumā ierakstīto. Citos jautājumos ierakstīto vispirms saglabājiet. Ja neko neesat ierakstījuši:

rule-lessons = { PLURAL($total) ->
    [zero] Izlasītas visas { $total } nodarbības
    [one] Izlasītas visas { $total } nodarbības
   *[other] Izlasītas visas { $total } nodarbības
}
rule-lessons-answered = { PLURAL($total) ->
    [zero] Izlasītas visas { $total } nodarbības un atbildēts uz to jautājumiem
    [one] Izlasītas visas { $total } nodarbības un atbildēts uz to jautājumiem
   *[other] Izlasītas visas { $total } nodarbības un atbildēts uz to jautājumiem
}
rule-lessons-state = { PLURAL($missing) ->
    [0] Izlasītas: { $done }.
   *[other] Izlasītas: { $done }. Vēl jāizlasa: { $missing }.
}
rule-test = Noslēguma pārbaudē iegūti vismaz { $percent } %
rule-test-passed = Pārbaude nokārtota ar { $percent } %.
rule-test-best = Labākais rezultāts līdz šim: { $percent } %.
rule-test-not-finished = Pārbaude vēl nav pabeigta.
rule-test-left = { PLURAL($left) ->
    [zero] Atlikuši { $left } mēģinājumu.
    [one] Atlicis { $left } mēģinājums.
   *[other] Atlikuši { $left } mēģinājumi.
}
rule-met = Izpildīts
rule-not-met = Vēl nav izpildīts

test-go = Uz pārbaudi
test-rules-title = Kā notiek pārbaude
test-rule-questions = { PLURAL($count) ->
    [zero] Jums uzdos { $count } jautājumu, pa vienam lapā.
    [one] Jums uzdos { $count } jautājumu.
   *[other] Jums uzdos { $count } jautājumus, pa vienam lapā.
}
test-rule-pass = Pārbaude ir nokārtota, ja iegūti vismaz { $percent } % punktu.
test-rule-attempts = { PLURAL($count) ->
    [zero] Atļauti { $count } mēģinājumu.
    [one] Atļauts { $count } mēģinājums.
   *[other] Atļauti { $count } mēģinājumi.
}
test-attempts-left = { PLURAL($count) ->
    [zero] Jums vēl atlikuši { $count } mēģinājumu.
    [one] Jums vēl atlicis { $count } mēģinājums.
   *[other] Jums vēl atlikuši { $count } mēģinājumi.
}
test-rule-attempts-free = Mēģinājumu skaits nav ierobežots.
test-rule-time = { PLURAL($minutes) ->
    [zero] Laiks: { $minutes } minūšu no sākuma. Vajag vairāk laika? Rakstiet kursa rīkotājam, pirms sākat.
    [one] Laiks: { $minutes } minūte no sākuma. Vajag vairāk laika? Rakstiet kursa rīkotājam, pirms sākat.
   *[other] Laiks: { $minutes } minūtes no sākuma. Vajag vairāk laika? Rakstiet kursa rīkotājam, pirms sākat.
}
test-rule-pause = { PLURAL($minutes) ->
    [zero] Starp mēģinājumiem jāpaiet { $minutes } minūtēm.
    [one] Starp mēģinājumiem jāpaiet { $minutes } minūtei.
   *[other] Starp mēģinājumiem jāpaiet { $minutes } minūtēm.
}
test-wait-title = Nākamais mēģinājums vēl nav atvērts
test-wait-text = Jaunu mēģinājumu varēsiet sākt { $time }. Izmantojiet šo laiku, lai pārlasītu nodarbības.
test-not-read-title = Vēl nav izlasīta neviena nodarbība
test-not-read-text = Iesakām vispirms izlasīt nodarbības.
test-not-read-link = Uz kursa nodarbībām
review-right-later = Pareizās atbildes redzēsiet, kad pārbaude būs nokārtota vai mēģinājumi izmantoti.
test-rule-saved = Katra atbilde saglabājas uzreiz. Varat aiziet un atgriezties.
test-start = Sākt pārbaudi
test-start-again = Mēģināt vēlreiz
test-continue = Turpināt iesākto mēģinājumu
test-passed-title = Pārbaude ir nokārtota
test-passed-text = Vairāk nekas nav jādara. Rezultātu varat apskatīt tabulā.
test-none-left-title = Mēģinājumi ir izmantoti
test-none-left-text = Sazinieties ar kursa rīkotāju. Rīkotājs palīdzēs saprast, ko atkārtot, un var atļaut vēl vienu mēģinājumu.
test-attempts-title = Jūsu mēģinājumi
attempt-number = Mēģinājums
attempt-started = Sākts
attempt-result = Rezultāts
attempt-look = Apskatīt atbildes
attempt-look-number = Apskatīt { $number }. mēģinājuma atbildes
attempt-open = Nav pabeigts
attempt-passed = { PLURAL($max) ->
    [one] Nokārtots: { $percent } % ({ $points } no { $max } punkta)
   *[other] Nokārtots: { $percent } % ({ $points } no { $max } punktiem)
}
attempt-failed = { PLURAL($max) ->
    [one] Nav nokārtots: { $percent } % ({ $points } no { $max } punkta)
   *[other] Nav nokārtots: { $percent } % ({ $points } no { $max } punktiem)
}
attempt-answered = Atbildēts uz { $answered } no { $total }
attempt-unanswered = { PLURAL($count) ->
    [zero] Nav atbildēts uz { $count } jautājumiem.
    [one] Nav atbildēts uz { $count } jautājumu.
   *[other] Nav atbildēts uz { $count } jautājumiem.
}
attempt-partial = { PLURAL($count) ->
    [zero] Daļēji atbildēts uz { $count } jautājumiem.
    [one] Daļēji atbildēts uz { $count } jautājumu.
   *[other] Daļēji atbildēts uz { $count } jautājumiem.
}
finish-partial = Daļa no lauciņiem ir tukši, un par tiem punktu nav. Vēl varat tos aizpildīt:
attempt-time-left = Atlicis: { $minutes } min
attempt-time-last = Atlikusi mazāk nekā minūte
attempt-time-five = Pārbaudei atlikušas piecas minūtes.
attempt-time-one = Pārbaudei atlikusi viena minūte. Kad laiks beigsies, atbildes tiks iesniegtas.
attempt-time-over = Laiks ir beidzies. Atbildes tiek iesniegtas.
attempt-deadline = Jāiesniedz līdz { $time }
attempt-state = Par šo pārbaudi
attempt-steps = Pārbaudes jautājumi
attempt-save-next = Saglabāt un tālāk
attempt-save-finish = Saglabāt un pārskatīt
attempt-save-previous = Saglabāt un atpakaļ
attempt-to-finish = Pārskatīt un iesniegt
finish-title = Vai iesniegt pārbaudi?
finish-unanswered = Par jautājumu bez atbildes punktu nav. Vēl varat atbildēt:
finish-text = Pēc iesniegšanas atbildes vairs nevar mainīt. Rezultātu redzēsiet uzreiz.
finish-all-answered = Uz visiem jautājumiem ir atbildēts.
finish-assumed-title = Dažus skaitļus var nolasīt divējādi
finish-assumed = Tos ieskaitīs tā, kā šeit nolasīts. Ja domājāt citu skaitli, izvēlieties to:
finish-submit = Iesniegt pārbaudi
finish-back = Atpakaļ pie jautājumiem
review-title = Pārbaudes rezultāts
review-passed = Pārbaude nokārtota
review-failed = Pārbaude šoreiz nav nokārtota
review-failed-text = Pārlasiet nodarbības, kurās bija grūtāk, un mēģiniet vēlreiz.
review-failed-none-left = Visi mēģinājumi ir izmantoti. Pārlasiet paskaidrojumus un nodarbības, kurās bija grūtāk; par to, kā tikt pie vēl viena mēģinājuma, jautājiet kursa rīkotājam.
review-finished = Iesniegts { $time }
review-ran-out = Laiks beidzās { $time }
review-questions = Jautājumi un jūsu atbildes
review-completed = Kurss ir apgūts. Apliecību varat lejupielādēt kursa lapā.
review-to-course = Uz kursa lapu
review-missing-lessons = Kursa lapā redzams, kas vēl jāizdara apliecībai.

me-title = Mana mācīšanās
me-begun = Iesāktie kursi
me-completed = Apgūtie kursi
me-own = Mans konts
me-certificates = Manas apliecības
me-empty-title = Neviens kurss vēl nav sākts
me-empty-text = Katalogā atradīsiet kursus par vienlīdzīgām iespējām un nediskrimināciju.
me-empty-link = Uz kursu katalogu
me-no-certificates = Apliecība parādīsies šeit, tiklīdz kurss būs apgūts.
me-missing-title = Pirms pirmā kursa
me-missing-text = Lai sāktu mācīties, vēl jāaizpilda: { $step }
me-missing-link = Turpināt
me-completed-on = Apgūts { $date }
certificate-download-lv = Lejupielādēt apliecību latviski (PDF)
certificate-download-en = Lejupielādēt apliecību angliski (PDF)
certificate-download = Lejupielādēt apliecību (PDF)
certificate-verify = Apliecības pārbaudes lapa
certificate-serial = Apliecības numurs
certificate-issued = Izsniegta
certificate-title = Apliecība
certificate-preview = Apliecības attēls: { $holder }, { $title }
share-label = Adrese, kurā ikviens var pārbaudīt apliecību
share-copy = Kopēt saiti
share-copied = Saite nokopēta.
share-failed = Saite ir iezīmēta. Nokopējiet to ar taustiņiem.
share-send = Dalīties
share-mail = Nosūtīt pa e-pastu

completion-title = Kursa apguve: { $person }
completion-course = Kurss
completion-person = Persona
completion-enrolled = Kurss sākts
completion-completed = Kurss apgūts
completion-hours = Apjoms
completion-certificate = Apliecības numurs
completion-rule = Izpildītās prasības
completion-attempts = Pārbaudes mēģinājumi
completion-attempt-finished = Iesniegts
completion-none = Nav

flash-enrolled = Kurss ir pievienots jūsu kursiem. Varat sākt.
flash-enrol-first = Lai atvērtu nodarbības, vispirms sāciet kursu.
flash-profile-first = Pirms sākat, pastāstiet par sevi. Tas aizņems pāris minūšu.
flash-completed-trial = Kurss ir izmēģināts līdz galam. Tas ir melnraksts, tāpēc apguve netiek ieskaitīta un apliecība ir tikai paraugs.
flash-completed = Apsveicam! Kurss ir apgūts, un apliecība ir izsniegta.
flash-test-passed = Pārbaude jau ir nokārtota.
flash-none-left = Visi mēģinājumi ir izmantoti.
flash-attempt-late = Laiks bija beidzies, tāpēc pēdējā atbilde nav saglabāta. Iepriekš saglabātās atbildes ir novērtētas.
flash-answer-cleared = Atbilde ir notīrīta.
flash-attempt-finished = Šis mēģinājums jau ir iesniegts.
flash-sign-in-again = Sesija bija beigusies. Pieslēdzieties un nosūtiet vēlreiz; agrāk saglabātais nav zudis.

error-not-enrolled-title = Vispirms sāciet kursu
error-not-enrolled-text = Atbildes var saglabāt tikai kursā, ko mācāties. Atveriet kursa lapu un sāciet kursu.
error-question-elsewhere-title = Šis jautājums nav no šīs lapas
error-question-elsewhere-text = Atbilde nav saglabāta, jo tā ir uz jautājumu, ko šajā vietā neuzdod. Atgriezieties nodarbībā vai pārbaudē un atbildiet tur.
error-attempt-late-title = Laiks ir beidzies
error-attempt-late-text = Laiks ir beidzies. Iepriekš saglabātās atbildes ir novērtētas.
error-answer-changed-title = Uz šo jautājumu ir cita atbilde
error-answer-changed-text = Pēc lapas atvēršanas uz šo jautājumu ir saglabāta cita atbilde, iespējams, citā logā. Nospiediet pogu zemāk, lai redzētu abas.
error-attempt-finished-title = Pārbaude jau ir iesniegta
error-attempt-finished-text = Pēc iesniegšanas atbildes vairs nevar mainīt.

author-courses-title = Kursu izstrāde
author-courses-lead = Kas bija kursu mapē, kad serveris sāka darbu, un kā katram kursam vēl trūkst, lai to publicētu.
author-courses-courses = Kursi
author-courses-course = Kurss
author-courses-status = Statuss
author-courses-publishable = Publicējams
author-courses-earlier = Līdz atzinumiem dalībniekiem ir atvērta iepriekšējā, publicētā versija.
author-courses-earlier-errors = Kamēr kursā ir kļūdas, dalībniekiem ir atvērta iepriekšējā, publicētā versija.
author-courses-reviews = Atzinumi
author-courses-translations = Tulkojumi
author-courses-source = { $language }: oriģināls
author-courses-translated = { $language }: pārtulkots viss
author-courses-partly-translated = { $language }: { $percent } %, novecojušas { $stale }, nav pārtulkotas { $missing } vietas
author-courses-found = kļūdas: { $errors }, brīdinājumi: { $warnings }
author-courses-clean = nekas nav atrasts
author-courses-findings-title = Kompilatora piezīmes
author-courses-findings = { PLURAL($count) ->
    [0] Piezīmju nav.
    [zero] { $count } piezīmju. Kurss ar kļūdu nav katalogā; pārējie darbojas.
    [one] { $count } piezīme. Kurss ar kļūdu nav katalogā; pārējie darbojas.
   *[other] { $count } piezīmes. Kurss ar kļūdu nav katalogā; pārējie darbojas.
}
author-courses-error = Kļūda
author-courses-warning = Brīdinājums
nav-author = Kursu izstrāde

# Mācību ceļi: vairāki kursi, kas apgūstami kopā.
path-kind = Mācību ceļš
path-size = Kursu skaits
path-leads-to = Pēc ceļa
path-leads-to-certificate = Ceļa apliecība ({ $hours }) un apliecība par katru kursu
path-leads-to-certificates = Apliecība par katru kursu
path-certificate = ar apliecību
path-enrol = Sākt šo ceļu
path-enrol-note = Kursi, ko jau esat apguvuši, tiek ieskaitīti.
path-steps-title = Ceļa kursi
path-steps-text = Ieteicam šādu secību, bet kursus varat apgūt arī citā kārtībā.
path-choice = Viens no šiem kursiem – izvēlieties to, kas jums vajadzīgs
path-choose = Izvēlēties kursu
path-course-open = Vēl nav sākts
path-none-begun = Neviens no tiem vēl nav sākts.
path-facts-title = Īsumā
path-progress = Pabeigts: { $done } no { $total }
path-completed-title = Mācību ceļš pabeigts
path-completed-text = Pēdējo šī ceļa kursu apguvāt { $date }.
path-why-title = Kāpēc ceļš vēl nav pabeigts?
path-why-met-title = Ar kādiem kursiem ceļš pabeigts
path-why-lead = Ceļš ir pabeigts un apliecību saņemat uzreiz, tiklīdz ir izpildītas visas prasības.
path-why-lead-plain = Ceļš ir pabeigts, tiklīdz ir izpildītas visas prasības.
path-rule-course = Apgūts kurss „{ $title }”
path-rule-choice = Apgūts viens no izvēles kursiem
path-to-course = Uz kursu
path-draft-demo = Daļa šī ceļa kursu vēl gaida obligātos atzinumus. Demonstrācijā viss ir izdomāts, tāpēc to apguve te tiek ieskaitīta, un visas apliecības ir paraugi.
path-draft-text = Daļa šī ceļa kursu vēl gaida obligātos atzinumus un ir atvērti izmēģināšanai. To apguvi neieskaita, un apliecības ir tikai paraugi.
flash-path-enrolled = Mācību ceļš ir pievienots jūsu mācībām.
me-paths = Mani mācību ceļi
course-paths = Mācību ceļi
catalogue-paths-title = Mācību ceļi
catalogue-paths-text = Vairāki kursi, kas apgūstami kopā. Ceļu pabeidz, kad ir apgūti tā kursi.
catalogue-paths-link = Mācību ceļi: vairāki kursi vienam mērķim
catalogue-empty-search = Meklēt „{ $query }” visā vietnē
filter-words = Meklēt kursos
filter-time = Cik laika jums ir
filter-time-most = līdz { $time }
author-courses-paths-title = Mācību ceļi
author-courses-paths-text = Šo ceļu failā ir kļūdas; ceļš ar kļūdu nav katalogā.

test-rule-extra-attempts = { PLURAL($count) ->
    [zero] Jums papildus atļauti { $count } mēģinājumu.
    [one] Jums papildus atļauts { $count } mēģinājums.
   *[other] Jums papildus atļauti { $count } mēģinājumi.
}
test-rule-extra-time = { PLURAL($minutes) ->
    [zero] Laiks: { $minutes } minūšu no sākuma. Tajā ir ieskaitīts jums atļautais papildu laiks, { $percent } %.
    [one] Laiks: { $minutes } minūte no sākuma. Tajā ir ieskaitīts jums atļautais papildu laiks, { $percent } %.
   *[other] Laiks: { $minutes } minūtes no sākuma. Tajā ir ieskaitīts jums atļautais papildu laiks, { $percent } %.
}
flash-time-extended = Jums ir atļauts papildu laiks, tāpēc pārbaude vēl nav iesniegta.

learners-title = Kursu dalībnieki
learners-lead = Dalībnieka lapā var redzēt, cik tālu viņš vai viņa ir kursos, un atļaut vēl vienu mēģinājumu vai papildu laiku pārbaudē. To, kurš kuru lapu ir skatījis, ieraksta audita žurnālā.
learners-search = Meklēt pēc vārda un uzvārda
learners-none = Kursus vēl neviens nav sācis.
learners-courses = Sāktie kursi
learners-enrolled = Pēdējais kurss sākts
learner-without-name = Bez vārda
learner-courses = Kursi
learner-course = Kurss
learner-progress = Paveikts
learner-test = Noslēguma pārbaude
learner-course-gone = Kurss vairs netiek piedāvāts
learner-test-none = Kursam nav pārbaudes
learner-test-passed = Nokārtota
learner-test-free = Izmantoti mēģinājumi: { $used }. Skaits nav ierobežots.
learner-test-limited = Izmantoti mēģinājumi: { $used } no { $allowed }.
allowances-title = Kas atļauts
allowances-past = Kas bija atļauts iepriekš
allowance-attempts = { PLURAL($count) ->
    [zero] Vēl { $count } mēģinājumu kursa „{ $course }” pārbaudē
    [one] Vēl { $count } mēģinājums kursa „{ $course }” pārbaudē
   *[other] Vēl { $count } mēģinājumi kursa „{ $course }” pārbaudē
}
allowance-time = Papildu laiks visās pārbaudēs: { $percent } %
allowance-given = Atļauts { $time }.
allowance-reason = Iemesls: { $reason }
allowance-withdrawn = Atsaukts { $time }.
allowance-replaced = Aizstāts ar citu { $time }.
allowance-withdraw = Atsaukt
allow-attempts-title = Atļaut vēl mēģinājumus
allow-attempts-text = Papildu mēģinājumā vispirms uzdod jautājumus, kas šai personai vēl nav uzdoti. Par atļauju personai aizsūta vēstuli.
allow-attempts-none = Nav kursa, kurā mēģinājumu skaits būtu ierobežots un pārbaude vēl nebūtu nokārtota.
allow-attempts-button = Atļaut mēģinājumus
allow-count = Cik mēģinājumu
allow-count-wrong = Izvēlieties, cik mēģinājumu atļaut: no 1 līdz 3
allow-course-missing = Izvēlieties kursu
allow-course-unlimited = Šajā kursā mēģinājumu skaits nav ierobežots, vai persona to nav sākusi. Izvēlieties citu kursu
allow-course-passed = Šī kursa pārbaude jau ir nokārtota. Izvēlieties citu kursu
allow-time-title = Atļaut papildu laiku
allow-time-text = Papildu laiks attiecas uz visām šīs personas pārbaudēm, kurās laiks ir ierobežots. Iesāktu pārbaudi tas pagarina uzreiz. Jauns papildu laiks aizstāj iepriekšējo. Par atļauju personai aizsūta vēstuli.
allow-time-button = Atļaut papildu laiku
allow-percent = Papildu laiks procentos
allow-percent-hint = No 10 līdz 200. Piemēram, 50 % nozīmē, ka 30 minūšu vietā būs 45.
allow-percent-wrong = Ierakstiet veselu skaitli no 10 līdz 200
allow-reason = Iemesls
allow-reason-hint = To redz tikai programmas vadītāji un pati persona savu datu kopijā. Diagnozi nerakstiet.
allow-reason-missing = Ierakstiet iemeslu
allow-reason-too-long = Iemesls ir par garu. Tajā var būt ne vairāk kā { $max } rakstzīmes
withdraw-title = Vai atsaukt atļauju?
withdraw-text = Atsauktā atļauja vairs neattiecas uz mēģinājumiem, ko sāks no šī brīža. Iesāktam mēģinājumam laiks paliek, kāds bija. Personai aizsūta vēstuli.
withdraw-button = Atsaukt atļauju
withdraw-back = Atpakaļ, neatsaucot
flash-attempts-allowed = { PLURAL($count) ->
    [zero] Atļauti vēl { $count } mēģinājumu. Persona saņems vēstuli.
    [one] Atļauts vēl { $count } mēģinājums. Persona saņems vēstuli.
   *[other] Atļauti vēl { $count } mēģinājumi. Persona saņems vēstuli.
}
flash-time-allowed = Papildu laiks ir atļauts. Persona saņems vēstuli.
flash-allowance-withdrawn = Atļauja ir atsaukta. Persona saņems vēstuli.
flash-allowance-withdrawn-before = Šī atļauja jau bija atsaukta.

reminders-title = Atgādinājumi par kursiem
reminders-twice = Ja kursu sākat un neturpināt, atsūtām ne vairāk kā divas vēstules: { PLURAL($first) ->
    [zero] pēc { $first } dienām
    [one] pēc { $first } dienas
   *[other] pēc { $first } dienām
} un { PLURAL($last) ->
    [zero] pēc { $last } dienām
    [one] pēc { $last } dienas
   *[other] pēc { $last } dienām
}.
reminders-once = Ja kursu sākat un neturpināt, { PLURAL($days) ->
    [zero] pēc { $days } dienām
    [one] pēc { $days } dienas
   *[other] pēc { $days } dienām
} atsūtām vienu vēstuli.
reminders-none = Šajā vietnē atgādinājumus pašlaik nesūta.
reminders-wanted = Atgādiniet man pa e-pastu par iesāktiem kursiem
reminders-unreadable = Izvēle nav saprotama. Izvēlieties vēlreiz
flash-reminders-on = Atgādinājumi ir ieslēgti.
flash-reminders-off = Atgādinājumi ir izslēgti.
reminders-stop-title = Vai izslēgt atgādinājumus?
reminders-stop-text = Vēstules par iesāktiem kursiem vairs nesūtīsim. Kursi un jūsu atbildes paliek, kā bija.
reminders-stop-button = Izslēgt atgādinājumus
reminders-stopped-title = Atgādinājumi ir izslēgti
reminders-stopped-text = Vēstules par iesāktiem kursiem vairs nesūtīsim. Ieslēgt tās varat savos iestatījumos:
