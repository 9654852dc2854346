# Profils, darbavieta, privātums; organizāciju reģistrs.

steps-label = Profila soļi
step-of = { $number }. solis no { $total }
step-done = paveikts
step-profile = Vārds un uzvārds
step-organisation = Darbavieta
step-privacy = Privātums
flash-saved = Saglabāts.
flash-ready = Profils ir gatavs. Varat sākt mācīties.

profile-title = Kā jūs sauc?
profile-lead = Vārds un uzvārds tieši šādi būs redzami apliecībās.
given-name-label = Vārds
family-name-label = Uzvārds
single-name-label = Man ir tikai viens vārds
single-name-hint = Tad otru lauku atstājiet tukšu. Apliecībā būs tikai šis vārds.
name-filter = Vārds
name-any = Jebkāds
name-mixed = Vārdā ir dažādu alfabētu burti
name-mixed-text = Daži burti ir no cita alfabēta un var tikai izskatīties tāpat, piemēram, kirilicas „а” latīņu „a” vietā. Ja vārds ir nejauši tā ierakstīts, palūdziet personai to izlabot.
given-name-missing = Ierakstiet vārdu
family-name-missing = Ierakstiet uzvārdu
given-name-too-long = Vārds ir par garu: ne vairāk kā { $max } rakstzīmes
family-name-too-long = Uzvārds ir par garu: ne vairāk kā { $max } rakstzīmes
name-strange = Vārdā un uzvārdā var būt burti, atstarpes, defises un apostrofi
marks-stacked = Virs vai zem viena burta ir pārāk daudz zīmju
name-not-printable = Apliecībā nevar attēlot šīs rakstzīmes: { $characters }. Lūdzu, rakstiet ar latīņu burtiem, piemēram, kā pasē
profile-change-note = Jau izsniegtajās apliecībās paliek vārds, kāds bija izsniegšanas dienā.

my-organisation-title = Kur jūs strādājat?
my-organisation-lead = Tas vajadzīgs, lai programma zinātu, no kurām iestādēm un uzņēmumiem ir apmācītie.
my-organisation-current = Jūsu darbavieta
my-organisation-former = Agrākās darbavietas
my-organisation-rejected-title = Izvēlieties citu darbavietu
my-organisation-rejected-text = „{ $name }” nav iekļauta reģistrā.
my-organisation-first = Jau apgūtais, kas vēl nav ieskaitīts, tiks ieskaitīts pirmajai derīgajai darbavietai, ko izvēlēsieties, un tā tas paliks arī tad, ja to vēlāk mainīsiet. Tāpēc izvēlieties to, kurā strādājāt apguves laikā. Derīga ir darbavieta, kas ir reģistrā vai tiek tajā iekļauta.
not-counted-unnamed = Jūsu apgūtais programmā vēl netiek ieskaitīts, jo nav zināma jūsu darbavieta. Tas tiks ieskaitīts, kad to norādīsiet.
not-counted-rejected = Jūsu apgūtais programmā vēl netiek ieskaitīts, jo norādītā darbavieta nav iekļauta reģistrā. Izvēlieties citu: tad tas tiks ieskaitīts ar apguves dienu.
not-counted-waits = Jūsu apgūtais programmā vēl netiek ieskaitīts: darbavieta gaida apstiprināšanu. Jums nekas nav jādara.
not-counted-kind = Jūsu apgūtais programmā netiek ieskaitīts, jo tās rādītāji šāda veida organizācijas neietver. Apliecības tik un tā ir derīgas.
not-counted-link = Mana darbavieta
organisation-label = Iestāde vai uzņēmums
organisation-search-hint = Nosaukums, tā daļa vai reģistrācijas numurs. Garumzīmes var nelikt.
organisation-search-missing = Ierakstiet darbavietas nosaukumu, tā daļu vai reģistrācijas numuru
organisation-results = Atrastais
organisation-found = { PLURAL($count) ->
    [0] Nekas nav atrasts. Meklējiet ar daļu no nosaukuma vai pievienojiet savu darbavietu.
    [zero] { $count } organizāciju
    [one] { $count } organizācija
   *[other] { $count } organizācijas
}
organisation-more = Redzamas tikai pirmās. Ierakstiet precīzāku nosaukumu, lai atrastu pārējās.
organisation-choose-legend = Kura ir jūsu darbavieta?
organisation-choose = Izvēlieties darbavietu
organisation-gone = Šī organizācija vairs nav reģistrā. Izvēlieties citu
organisation-not-listed = Sarakstā nav?
organisation-add-link = Pievienot darbavietu
organisation-back-link = Atpakaļ uz meklēšanu
affiliation-since = no { $since }
affiliation-period = { $since }–{ $until }

organisation-new-title = Pievienot darbavietu
organisation-new-lead = Mācīties varēsiet uzreiz. Programmas vadītājs ierakstu pārbaudīs vēlāk.
organisation-name-label = Nosaukums
organisation-name-hint = Pilns nosaukums, kā tas ir reģistrā.
organisation-name-missing = Ierakstiet nosaukumu
organisation-name-too-long = Nosaukums ir par garu: ne vairāk kā { $max } rakstzīmes
organisation-name-strange = Nosaukumā jābūt burtiem
registration-number-label = Reģistrācijas numurs (ja zināt)
registration-number-short = Reģ. Nr.
registration-number-hint = 11 cipari.
registration-number-wrong = Reģistrācijas numurā jābūt tieši 11 cipariem
registration-number-check-digit = Šāda reģistrācijas numura nevar būt: kāds cipars ir nepareizs. Pārbaudiet, vai nav ierakstīts cits vai divi nav samainīti vietām
personal-code = Tas izskatās pēc personas koda. Ierakstiet organizācijas datus: cilvēku personas kodi šeit nav vajadzīgi
not-personal-label = Tas nav cilvēka personas kods
not-personal-hint = Atzīmējiet tikai tad, ja ierakstītais tiešām ir organizācijas dati. Citādi izlabojiet to: personas kodus nesaglabājam.
reason-personal-code = Iemeslā nerakstiet personas kodu: to izlasīs citi cilvēki
registration-number-taken = Šāds reģistrācijas numurs jau ir citai organizācijai
registration-number-rejected = Organizācija ar šo numuru reģistrā nav pieņemta. Meklējiet citu vai rakstiet programmas vadītājam
organisation-kind-label = Veids
organisation-kind-missing = Izvēlieties veidu
organisation-kind-state-institution = Valsts iestāde
organisation-kind-municipal-institution = Pašvaldība vai tās iestāde
organisation-kind-public-company = Valsts vai pašvaldības kapitālsabiedrība
organisation-kind-association = Biedrība
organisation-kind-foundation = Nodibinājums
organisation-kind-enterprise-micro = Uzņēmums, līdz 9 darbiniekiem
organisation-kind-enterprise-small = Uzņēmums, 10–49 darbinieki
organisation-kind-enterprise-medium = Uzņēmums, 50–249 darbinieki
organisation-kind-enterprise-large = Uzņēmums, 250 darbinieku un vairāk
organisation-kind-other = Cits
organisation-status-approved = Reģistrā
organisation-status-proposed = Gaida apstiprināšanu
organisation-status-rejected = Noraidīta
organisation-status-merged = Apvienota

privacy-title = Kā apstrādājam jūsu datus
privacy-lead = Lūdzu, izlasiet, pirms sākat mācīties. Lapas beigās apstipriniet, ka izlasījāt.
privacy-version = Redakcija: { $version }
privacy-accepted = Jūs to apstiprinājāt { $date }
privacy-accept-label = Šo paziņojumu izlasīju
privacy-accept-missing = Atzīmējiet, ka paziņojumu izlasījāt
privacy-accept-button = Apstiprināt
accessibility-title = Piekļūstamības paziņojums

register-of-organisations-title = Organizāciju reģistrs
register-proposed = { PLURAL($count) ->
    [zero] { $count } organizāciju gaida apstiprināšanu.
    [one] { $count } organizācija gaida apstiprināšanu.
   *[other] { $count } organizācijas gaida apstiprināšanu.
}
register-search = Nosaukums vai reģistrācijas numurs
register-status = Statuss
register-any-status = Jebkurš
register-any-kind = Jebkurš
register-approve-selected = Apstiprināt
register-caption = Organizācijas
record-people = Cilvēki, kas tur strādā
record-created = Pievienota
record-decided = Izlemts
record-reason = Iemesls
record-reason-hint = To izlasīs cilvēki, kas šo organizāciju norādījuši.
record-alike = Reģistrā ir līdzīgas
record-approve-title = Apstiprināt
record-approve-text = Pēc tam organizāciju varēs atrast un izvēlēties ikviens, un tās cilvēkus skaitīs rādītājos.
record-approve-button = Apstiprināt un iekļaut reģistrā
record-correct-title = Labot ierakstu
record-reject-title = Noraidīt organizāciju
record-reject-text = Cilvēki, kas to norādījuši, saņems vēstuli ar lūgumu izvēlēties citu darbavietu. Rādītājos šīs organizācijas cilvēkus neskaita.
record-reject-button = Noraidīt
reason-missing = Ierakstiet iemeslu
reason-too-long = Iemesls ir par garu: ne vairāk kā { $max } rakstzīmes
flash-organisation-approved = Organizācija ir iekļauta reģistrā.
flash-organisations-approved = { PLURAL($count) ->
    [zero] Reģistrā iekļautas { $count } organizāciju.
    [one] Reģistrā iekļauta { $count } organizācija.
   *[other] Reģistrā iekļautas { $count } organizācijas.
}
flash-organisations-approved-before = Atzīmētās organizācijas jau bija reģistrā.
flash-organisation-rejected = Organizācija ir noraidīta.
flash-organisation-corrected = Ieraksts ir izlabots.

merge-title = Apvienot organizācijas
merge-lead = Vai „{ $name }” reģistrā ir vēl vienu reizi? Atrodiet otru ierakstu. Pirms apvienošanas redzēsiet, kas mainīsies.
merge-which = Kurš ieraksts ir tā pati organizācija?
merge-none = Nekas nav atrasts. Meklējiet ar daļu no otra ieraksta nosaukuma.
merge-compared = Abi ieraksti
merge-first = Pirmais
merge-second = Otrais
merge-people = Cilvēki, kas to norādījuši
merge-facts = Ieskaitījumi rādītājos
merge-other-kind-title = Veidi atšķiras
merge-other-kind-text = Pārcelto cilvēku ieskaitījumus skaitīs tajos rādītājos, kuriem atbilst paliekošās organizācijas veids. Pārbaudiet, vai tas ir pareizs, un, ja vajag, vispirms izlabojiet.
merge-keep = Kura paliek?
merge-keep-hint = Otras nosaukums un reģistrācijas numurs paliek meklējami un ved uz paliekošo. Apvienošanu var atcelt.
merge-keep-missing = Izvēlieties, kura organizācija paliek
merge-would-not-count = Šī organizācija vēl nav apstiprināta, un otras cilvēkus vairs neskaitītu. Izvēlieties otru vai vispirms apstipriniet šo
merge-choice = „{ $kept }”; no „{ $merged }” pie tās pāriet: cilvēki – { $people }, ieskaitījumi – { $facts }
merge-button = Apvienot
merge-back = Neapvienot
record-merge-text = Ja viena un tā pati organizācija reģistrā ir divreiz, abus ierakstus var apvienot.
record-merge-link = Atrast otru ierakstu
record-merged-title = Šis ieraksts ir apvienots ar citu
record-merged-text = Kopš { $date } tas ved uz organizāciju
record-merged-here = Ar to apvienotas
undo-merge-link = Atcelt apvienošanu
undo-merge-title = Atcelt apvienošanu
undo-merge-lead = „{ $merged }” ar „{ $kept }” apvienota { $date }
undo-merge-returned = Atpakaļ pāriet: cilvēki – { $people }, ieskaitījumi – { $facts }. Nosaukums, numurs un statuss būs tādi kā pirms apvienošanas.
undo-merge-since = Ja šie cilvēki pēc apvienošanas ir apguvuši vēl ko, arī to skaitīs viņu organizācijai.
undo-merge-changed-title = Ne visu var atdot
undo-merge-changed = { PLURAL($count) ->
    [zero] { $count } ierakstu pēc apvienošanas ir mainīti vai izdzēsti, un tie paliks, kā ir.
    [one] { $count } ieraksts pēc apvienošanas ir mainīts vai izdzēsts, un tas paliks, kā ir.
   *[other] { $count } ieraksti pēc apvienošanas ir mainīti vai izdzēsti, un tie paliks, kā ir.
}
undo-merge-button = Atcelt apvienošanu
undo-merge-back = Atstāt apvienotas
flash-organisations-merged = Organizācijas ir apvienotas.
flash-merge-not-standing = Apvienot nevar: viena no organizācijām ir noraidīta vai jau apvienota.
flash-merge-undone = Apvienošana ir atcelta.
flash-merge-undone-partly = { PLURAL($count) ->
    [zero] Apvienošana ir atcelta. { $count } ierakstu palika, kā ir, jo pēc tās tie mainīti.
    [one] Apvienošana ir atcelta. { $count } ieraksts palika, kā ir, jo pēc tās tas mainīts.
   *[other] Apvienošana ir atcelta. { $count } ieraksti palika, kā ir, jo pēc tās tie mainīti.
}
flash-merge-undone-before = Šī apvienošana jau bija atcelta.
flash-merge-merged-on = Paliekošā organizācija pēc tam ir apvienota ar vēl vienu. Vispirms atceliet to apvienošanu.
