# Pieteikumu ielāde no faila.

import-title = Ielādēt pieteikumus no faila
import-lead = Vispirms failu pārbaudīsim un parādīsim, kas notiks. Neviens netiks pieteikts, kamēr to neapstiprināsiet.
import-file-label = Fails ar dalībniekiem
import-file-hint = Excel (.xlsx) vai CSV, ne vairāk kā { $rows } rindas un { $size } MB. Pirmajā rindā jābūt sleju nosaukumiem.
import-check-button = Pārbaudīt failu
import-back = Atpakaļ uz pasākumu
import-template-title = Sagatave
import-template-text = Lejupielādējiet sagatavi un aizpildiet to. Parauga rindu var atstāt: to izlaidīsim.
import-template-xlsx = Sagatave Excel formātā
import-template-csv = Sagatave CSV formātā
import-columns-title = Slejas
import-column-needed = obligāta
import-column-given-name = Vārds
import-column-given-name-about = Kā dalībnieks to raksta.
import-column-family-name = Uzvārds
import-column-family-name-about = Kā dalībnieks to raksta.
import-column-email = E-pasts
import-column-email-about = Katram dalībniekam sava adrese: uz to nosūtīsim vēstuli par pieteikumu.
import-column-organisation = Organizācija
import-column-organisation-about = Pilns nosaukums vai reģistrācijas numurs, kā organizāciju reģistrā. Ja tādas reģistrā nav, dalībnieku pieteiksim bez organizācijas.
import-column-role = Amats
import-column-role-about = Nav obligāti.
import-column-language = Valoda
import-column-language-about = Vēstuļu valoda: lv vai en. Ja tās nav, rakstīsim pasākuma valodā.
import-kept = Faila saturu glabājam šifrētu un izdzēšam, tiklīdz dalībnieki ir pieteikti, fails ir atmests vai pagājusi diennakts.
import-example-given-name = Anna
import-example-family-name = Piemērs (šo rindu izlaidīsim)
import-example-organisation = Paraugu iestāde
import-example-role = juriste

import-file-missing = Izvēlieties failu
import-file-too-large = Fails ir par lielu: ne vairāk kā { $value } MB
import-not-a-table = Šis fails nav tabula, ko varam nolasīt. Saglabājiet to Excel (.xlsx) vai CSV formātā, bez paroles
import-damaged = Fails ir bojāts vai nav pilns. Atveriet to, saglabājiet vēlreiz un izvēlieties no jauna
import-encoding = Neizdevās noteikt, kā failā kodēti burti. Saglabājiet to kā „CSV UTF-8” vai Excel (.xlsx)
import-unpacked = Fails izpakots ir par lielu. Iekopējiet tikai dalībniekus jaunā failā
import-too-many-rows = Failā ir par daudz rindu: ne vairāk kā { $value }. Sadaliet to vairākos failos
import-too-many-columns = Failā ir par daudz sleju. Iekopējiet jaunā failā tikai vajadzīgās
import-empty = Failā nav neviena dalībnieka
import-columns-missing = Pirmajā rindā nav atrastas obligātās slejas: { $value }
import-column-twice = Failā divas slejas nozīmē vienu un to pašu: { $value }

import-checked-title = Pārbaudītais fails
import-checked-lead = { $name }. Neviens vēl nav pieteikts.
import-notes-title = Ievērojiet
import-note-windows-1257 = Fails nav UTF-8 kodējumā; nolasījām to kā Windows-1257 (Baltijas). Pārbaudiet, vai vārdos burti ir pareizi.
import-note-first-sheet = Failā ir vairākas lapas; nolasījām pirmo redzamo: „{ $text }”.
import-note-unknown-columns = Šīs slejas neizmantosim: { $text }
import-note-example = Parauga rindu ({ $text }) izlaidām.
import-would-title = Kas notiks
import-would-register = { PLURAL($count) ->
    [zero] { $count } cilvēku tiks pieteikti, un viņiem būs vieta.
    [one] { $count } cilvēks tiks pieteikts, un viņam būs vieta.
   *[other] { $count } cilvēki tiks pieteikti, un viņiem būs vieta.
}
import-would-wait = { PLURAL($count) ->
    [zero] { $count } cilvēku nonāks gaidīšanas sarakstā, jo brīvu vietu viņiem nav.
    [one] { $count } cilvēks nonāks gaidīšanas sarakstā, jo brīvas vietas viņam nav.
   *[other] { $count } cilvēki nonāks gaidīšanas sarakstā, jo brīvu vietu viņiem nav.
}
import-would-already = { PLURAL($count) ->
    [zero] { $count } cilvēku jau ir pieteikti; viņiem nekas nemainīsies.
    [one] { $count } cilvēks jau ir pieteikts; viņam nekas nemainīsies.
   *[other] { $count } cilvēki jau ir pieteikti; viņiem nekas nemainīsies.
}
import-would-leave-out = { PLURAL($count) ->
    [zero] { $count } rindu ar kļūdām tiks izlaistas.
    [one] { $count } rinda ar kļūdu tiks izlaista.
   *[other] { $count } rindas ar kļūdām tiks izlaistas.
}
import-would-nothing = Failā nav neviena, ko pieteikt.
import-would-mail = Katrs pieteiktais saņems vēstuli ar saiti, kurā pieteikumu var atsaukt. Apstiprināt to nevajag.
import-closed = Šim pasākumam pieteikt nevar: tas nav izsludināts, ir atcelts vai jau beidzies.
import-button = { PLURAL($count) ->
    [zero] Pieteikt { $count } cilvēku
    [one] Pieteikt { $count } cilvēku
   *[other] Pieteikt { $count } cilvēkus
}
import-discard-button = Atmest failu
import-another = Izvēlēties citu failu
import-problems-title = Kļūdas un piezīmes pa rindām
import-problems-text = Rindas ar kļūdām tiks izlaistas. Tās var izlabot failā un failu ielādēt vēlreiz: kas jau ir pieteikts, to otrreiz nepieteiksim.
import-problems-none = Kļūdu nav.
import-problem-row = Rinda
import-problem-column = Sleja
import-problem-value = Failā
import-problem-what = Kas par to sakāms
import-problem-left-out = tiks izlaista
import-problem-note = piezīme
import-missing = Šūna ir tukša, bet šī sleja ir obligāta
import-formula = Šūnā ir formula vai teksts, kas sākas kā formula. Ierakstiet pašu vērtību
import-fault = Šūnā ir izklājlapas kļūda
import-line-break = Šūnā ir rindas pārrāvums. Ierakstiet vērtību vienā rindā
import-lines = Šūnā ir rindas pārrāvums: tā turpinās līdz faila { $row }. rindai, un viss līdz turienei nolasīts kā viena rinda. Pārbaudiet pēdiņas šajās rindās
import-quote-open = Šūna sākas ar pēdiņām, bet tās nav aizvērtas: viss līdz faila beigām nolasīts kā šī šūna. Pārbaudiet pēdiņas
import-quote-after = Aiz aizverošajām pēdiņām ir vēl teksts. Pēdiņas šūnā, kas ir pēdiņās, jāraksta divreiz
import-organisation-unknown = Tādas organizācijas reģistrā nav, vai ar šo nosaukumu ir vairākas. Cilvēku pieteiksim bez organizācijas
import-language-unknown = Valoda var būt lv vai en
import-email-twice = Šī adrese jau ir { $row }. rindā
import-already = Jau ir pieteikts šim pasākumam

import-running-title = Piesakām dalībniekus
import-progress = { $done } no { $total }
import-running-text = Lapu var aizvērt: darbs turpināsies.
import-refresh = Atjaunot lapu
import-to-event = Uz pasākumu
import-done-title = Fails ir ielādēts
import-did-registered = { PLURAL($count) ->
    [zero] Pieteikti ar vietu: { $count }
    [one] Pieteikts ar vietu: { $count }
   *[other] Pieteikti ar vietu: { $count }
}
import-did-waiting = Gaidīšanas sarakstā: { $count }
import-did-already = { PLURAL($count) ->
    [zero] Jau bija pieteikti: { $count }
    [one] Jau bija pieteikts: { $count }
   *[other] Jau bija pieteikti: { $count }
}
import-did-refused = { PLURAL($count) ->
    [zero] Nav pieteikti: { $count }
    [one] Nav pieteikts: { $count }
   *[other] Nav pieteikti: { $count }
}
import-did-leave-out = { PLURAL($count) ->
    [zero] Izlaistas rindas: { $count }
    [one] Izlaista rinda: { $count }
   *[other] Izlaistas rindas: { $count }
}
import-did-leave-out-why = Tajās bija kļūdas, ko parādījām pirms ielādes.
import-did-nothing = Neviens netika pieteikts.
import-did-kept = Faila saturs ir izdzēsts.
import-rows = Rindas: { $rows }
flash-import-discarded = Fails ir atmests, un tā saturs izdzēsts.
