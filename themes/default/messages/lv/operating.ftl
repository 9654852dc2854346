# Vēstules un fona darbi, administratoriem.

nav-jobs = Vēstules un darbi
jobs-title = Vēstules un fona darbi
jobs-lead = Vēstules sūta un apliecības sagatavo fonā. Vēstuļu saturs šeit nav redzams nevienam.
jobs-search = Adresāts
jobs-caption = Vēstules un fona darbi
job-what = Darbs
job-kind = Veids
job-any-kind = Jebkurš
job-kind-send-mail = Vēstule
job-kind-render-certificate = Apliecības fails
job-kind-import-registrations = Pieteikumu ielāde no faila
job-state = Stāvoklis
job-any-state = Jebkāds
job-state-due = Gaida rindā
job-state-due-about = Tas tiks izpildīts, tiklīdz pienāks tā kārta, vai tiek izpildīts jau tagad.
job-state-later = Atlikts
job-state-later-about = Tas tiks mēģināts vēlāk.
job-state-done = Izpildīts
job-state-done-about = Viss ir paveikts.
job-state-dead = Neizdevās
job-state-dead-about = To vairs nemēģina. Novērsiet cēloni un mēģiniet vēlreiz vai atceliet to.
job-state-dropped = Atcelts
job-state-dropped-about = Administrators to atcēla, un tas netiks izpildīts.
job-recipient = Adresāts
job-queued = Ierindots
job-attempts = Mēģinājumi
job-attempts-of = { $count } no { $most }
job-progress = Paveikts
job-progress-of = { $done } no { $total }
job-next-try = Nākamais mēģinājums
job-ended = Beidzās
job-why = Kāpēc
job-failure = Kāpēc pēdējais mēģinājums neizdevās
job-error-no-answer = Pasta serveris laikus neatbildēja
job-error-said = Pasta serveris vai programma ziņo: „{ $text }”
job-error-daily-bound = Adresāts jau ir saņēmis tik vēstuļu, cik diennaktī drīkst
job-retry = Mēģināt vēlreiz tūlīt
job-retry-selected = Mēģināt vēlreiz
job-drop = Atcelt
job-drop-selected = Atcelt
job-address-title = Vai vēstules uz šo adresi pienāk?
job-address-about = Platforma zina tikai to, ko pasta serveris atbild uzreiz. Ja vēstule atgriežas vēlāk sūtītāja pastkastē, atzīmējiet to šeit: adresāts nākamajā apmeklējumā lasīs, ka vēstules nepienāk un kas jādara.
job-address-refused = Pasta serveris šai adresei sūtītu vēstuli nepieņēma { $date }
job-address-reported = Kopš { $date } atzīmēts, ka vēstules uz šo adresi atgriežas.
job-address-refuse = Atzīmēt, ka vēstules atgriežas
job-address-accept = Atzīmēt, ka vēstules pienāk
jobs-drop-title = { PLURAL($count) ->
    [zero] Atcelt { $count } darbus?
    [one] Atcelt { $count } darbu?
   *[other] Atcelt { $count } darbus?
}
jobs-drop-lead = { PLURAL($count) ->
    [zero] Šie { $count } darbi netiks izpildīti, un tos vairs nevarēs atsākt.
    [one] Šis { $count } darbs netiks izpildīts, un to vairs nevarēs atsākt.
   *[other] Šie { $count } darbi netiks izpildīti, un tos vairs nevarēs atsākt.
}
jobs-drop-note = Vēstuli adresāts nesaņems. Apliecības failu sagatavos tad, kad to lejupielādēs. Atcelšanu ieraksta audita žurnālā.
jobs-drop-button = Jā, atcelt
jobs-drop-back = Nē, atpakaļ
flash-jobs-retried = { PLURAL($count) ->
    [zero] { $count } darbus mēģina vēlreiz.
    [one] { $count } darbu mēģina vēlreiz.
   *[other] { $count } darbus mēģina vēlreiz.
}
flash-jobs-dropped = { PLURAL($count) ->
    [zero] Atcelti { $count } darbi.
    [one] Atcelts { $count } darbs.
   *[other] Atcelti { $count } darbi.
}
flash-jobs-unchanged = Nekas nav mainīts: šie darbi jau ir izpildīti, atcelti vai tiek pildīti.
flash-address-refused = Atzīmēts: adresāts nākamajā apmeklējumā lasīs, ka vēstules nepienāk.
flash-address-accepted = Atzīmēts, ka vēstules uz šo adresi pienāk.
