# Programma: rādītāji, skaitītās personas, pierādījumi.

manage-home-title = Programmas vadība
manage-indicators-open = Rādītāji, to gaita un avoti
manage-organisations = Organizāciju reģistrs
manage-organisations-waiting = { PLURAL($count) ->
    [0] Neviena organizācija negaida apstiprināšanu
    [zero] { $count } organizāciju gaida apstiprināšanu
    [one] { $count } organizācija gaida apstiprināšanu
   *[other] { $count } organizācijas gaida apstiprināšanu
}
manage-to-decide = Jāizlemj

indicators-title = Rādītāji
indicators-none = Programmai nav norādīts neviens rādītājs.
programme-number = Projekta numurs
programme-period = Īstenošanas laiks

indicator-of-target = { PLURAL($target) ->
    [one] no { $target } personas
   *[other] no { $target } personām
}
indicator-without-target = { PLURAL($count) ->
    [zero] personu
    [one] persona
   *[other] personas
}
indicator-percent = { $percent } % no mērķa
indicator-number = { $count }
indicator-target = Mērķis: { $target }
indicators-unnamed = { PLURAL($count) ->
    [zero] { $count } personu ir kaut ko apguvušas, bet vēl nav norādījušas, kur strādā. Tās skaitīs ar apguves dienu, kad darbavieta būs zināma.
    [one] { $count } persona ir kaut ko apguvusi, bet vēl nav norādījusi, kur strādā. To skaitīs ar apguves dienu, kad darbavieta būs zināma.
   *[other] { $count } personas ir kaut ko apguvušas, bet vēl nav norādījušas, kur strādā. Tās skaitīs ar apguves dienu, kad darbavieta būs zināma.
}
indicator-waiting = { PLURAL($count) ->
    [zero] Vēl { $count } personu skaitīs, kad viņu organizācijas būs apstiprinātas reģistrā.
    [one] Vēl { $count } personu skaitīs, kad tās organizācija būs apstiprināta reģistrā.
   *[other] Vēl { $count } personas skaitīs, kad viņu organizācijas būs apstiprinātas reģistrā.
}
indicator-elsewhere = { PLURAL($count) ->
    [zero] Vēl { $count } personu apguvušas kursu arī šajā grupā, bet jau ir skaitītas citā rādītājā.
    [one] Vēl { $count } persona apguvusi kursu arī šajā grupā, bet jau ir skaitīta citā rādītājā.
   *[other] Vēl { $count } personas apguvušas kursu arī šajā grupā, bet jau ir skaitītas citā rādītājā.
}
pace-needed = Lai mērķi sasniegtu līdz { $until }, vajag { $needed } mēnesī.
pace-coming = { PLURAL($months) ->
    [1] Pēdējā pilnajā mēnesī pienāca { $coming }.
   *[other] Pēdējos { $months } pilnajos mēnešos vidēji pienāca { $coming } mēnesī.
}
pace-reached = Mērķis ir sasniegts.
pace-over = Programmas laiks ir beidzies. Līdz mērķim pietrūka { $missing }.
pace-line = vajadzīgais temps
indicator-disputed = Dokumenti par mērķi nesaskan
indicator-note = Kā skaita
indicator-source = Kur mērķis noteikts
indicator-heads = Skaitītās personas
indicator-chart-text = Skaitīto personu kopskaits, { $from } – { $until }: sākumā { $start }, beigās { $end }.
indicator-months = Skaits pa mēnešiem
indicator-month = Mēnesis
indicator-month-new = Klāt
indicator-month-total = Kopā

heads-lead = Katru personu skaita vienu reizi – pēc tās pirmā apgūtā kursa. Pierādījums parāda ceļu no skaitļa līdz ierakstam.
heads-export-note = Failā ir vārdi un uzvārdi – tieši tās rindas, kuras atrod meklēšana un filtri, arī no citām lapām. Katru lejupielādi ieraksta audita žurnālā.
heads-search-label = Meklēt personu vai organizāciju
heads-counted-title = Skaitītās personas
heads-column-name = Persona
heads-column-organisation = Organizācija
heads-column-date = Apgūts
heads-column-kind = Organizācijas veids
heads-column-state = Statuss
heads-column-proof = Pierādījums
heads-any-state = Jebkurš
heads-state-counted = skaitīta
heads-state-waiting = gaida apstiprināšanu
heads-state-unnamed = vēl nav norādījusi, kur strādā
heads-proof = Pierādījums
heads-completion = Kursa apguve
heads-none = Vēl nav skaitīta neviena persona. Persona parādās šeit, tiklīdz apgūst kursu.

unnamed-title = Personas, kas nav norādījušas darbavietu
unnamed-lead = Tās kaut ko ir apguvušas, bet vēl nav norādījušas, kur strādā. Kad darbavieta būs zināma, tās skaitīs ar apguves dienu.
unnamed-open = Rādīt sarakstu
unnamed-caption = Personas bez darbavietas
unnamed-search = Meklēt personu
unnamed-none = Visas personas, kas kaut ko apguvušas, ir norādījušas, kur strādā.

fact-title = Pierādījums: { $person }
fact-record = Ieraksts
fact-what = Kas noticis
fact-what-completion = Apgūts kurss
fact-occurred = Kad apgūts
fact-recorded = Kad ierakstīts
fact-organisation-status = Organizācijas statuss
fact-id = Ieraksta numurs
fact-source-completion = Skatīt, kā kurss apgūts
fact-counts-by = Ieraksts, pēc kura persona skaitīta: { $date }, { $indicator }
fact-organisation-unnamed = vēl nav norādīta
fact-no-indicator = Neviens rādītājs
fact-corrects = Ko šis ieraksts aizstāj
fact-corrected-by = Kas aizstāj šo ierakstu
fact-reason = Iemesls: { $reason }
fact-reason-kind-corrected = reģistrā labots organizācijas veids
fact-reason-employer-known = persona ir norādījusi, kur strādā
fact-reason-organisation-named = organizācija reģistrā ir noraidīta, un persona ir norādījusi citu
fact-reason-organisation-merged = organizācija reģistrā ir apvienota ar citu
fact-reason-merge-undone = organizāciju apvienošana ir atcelta
fact-named-later = Tas notika { $occurred }. Organizāciju „{ $organisation }” persona norādīja tikai { $named }, jo pirms tam nebija zināma neviena reģistrā iekļauta viņas organizācija. Ieraksts tiek skaitīts ar notikuma dienu un pēc veida, kāds organizācijai bija toreiz: { $kind }.
fact-kind-corrected = { $at } reģistrā izlabots organizācijas veids: { $before } → { $after }. Labojums attiecas arī uz agrākiem ierakstiem.
fact-standing-counts-title = Persona skaitīta pēc šī ieraksta
fact-standing-counts-text = Tas ir personas pirmais ieraksts šajā rādītāju grupā, un organizācija ir apstiprināta reģistrā.
fact-standing-waits-title = Persona vēl nav skaitīta
fact-standing-waits-text = Organizācija vēl nav apstiprināta reģistrā. Kad to apstiprinās, personu skaitīs pēc šī ieraksta.
fact-standing-repeats-title = Šis ieraksts skaitli nemaina
fact-standing-repeats-text = Katru personu skaita vienu reizi, un šai personai jau ir cits ieraksts.
fact-standing-superseded-title = Šis ieraksts vairs nav spēkā
fact-standing-superseded-text = To aizstāj jaunāks ieraksts. Saglabāti abi.
fact-standing-rejected-title = Persona nav skaitīta
fact-standing-rejected-text = Organizācija reģistrā ir noraidīta. Persona ir lūgta izvēlēties citu; kad tas būs izdarīts, ieraksts tiks skaitīts pie tās.
fact-standing-unnamed-title = Persona vēl nav skaitīta
fact-standing-unnamed-text = Persona vēl nav norādījusi, kur strādā. Kad tā to norādīs, ierakstu skaitīs ar notikuma dienu.
fact-standing-uncounted-title = Persona nav skaitīta
fact-standing-uncounted-text = Neviens rādītājs neskaita šāda veida organizāciju darbiniekus. Ja organizācijas veidu labos, ierakstu izvērtēs no jauna.
manage-learners-text = Cik tālu kurš ir kursos; vēl viens mēģinājums vai papildu laiks pārbaudē.
manage-learners-open = Atvērt dalībnieku sarakstu
