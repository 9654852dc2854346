# Pasākuma pārskats un pieteikumi, kā tos redz organizatori.

answer-yes = Jā

board-next-title = Kas tagad darāms
board-next-announce = Izsludiniet pasākumu: līdz tam to redz tikai organizatori.
board-next-link = Dienai, kas notiek tiešsaistē, vēl nav saites, lai pieslēgtos.
board-next-too-few = { PLURAL($registered) ->
    [zero] Vieta ir tikai { $registered } cilvēkiem; lai pasākums notiktu, vajag { $minimum }. { PLURAL($days) ->
        [0] Līdz sākumam ir mazāk par dienu.
        [one] Līdz sākumam ir { $days } diena.
       *[other] Līdz sākumam ir { $days } dienas.
    }
    [one] Vieta ir tikai { $registered } cilvēkam; lai pasākums notiktu, vajag { $minimum }. { PLURAL($days) ->
        [0] Līdz sākumam ir mazāk par dienu.
        [one] Līdz sākumam ir { $days } diena.
       *[other] Līdz sākumam ir { $days } dienas.
    }
   *[other] Vieta ir tikai { $registered } cilvēkiem; lai pasākums notiktu, vajag { $minimum }. { PLURAL($days) ->
        [0] Līdz sākumam ir mazāk par dienu.
        [one] Līdz sākumam ir { $days } diena.
       *[other] Līdz sākumam ir { $days } dienas.
    }
}
board-next-requests = { PLURAL($count) ->
    [zero] { $count } dalībnieku vajadzības vēl jānodrošina.
    [one] { $count } dalībnieka vajadzības vēl jānodrošina.
   *[other] { $count } dalībnieku vajadzības vēl jānodrošina.
}
board-next-requests-open = Skatīt vajadzības
board-next-offers = { PLURAL($count) ->
    [zero] { $count } vietas ir piedāvātas, bet vēl nav pieņemtas. Pirmais piedāvājums beidzas { $until } Pēc tam vietu piedāvās nākamajam.
    [one] { $count } vieta ir piedāvāta, bet vēl nav pieņemta. Piedāvājums beidzas { $until } Pēc tam vietu piedāvās nākamajam.
   *[other] { $count } vietas ir piedāvātas, bet vēl nav pieņemtas. Pirmais piedāvājums beidzas { $until } Pēc tam vietu piedāvās nākamajam.
}
board-next-unconfirmed = { PLURAL($count) ->
    [zero] { $count } cilvēki vēl nav apstiprinājuši savu e-pasta adresi.
    [one] { $count } cilvēks vēl nav apstiprinājis savu e-pasta adresi.
   *[other] { $count } cilvēki vēl nav apstiprinājuši savu e-pasta adresi.
}
board-next-over = Pasākums ir beidzies. Dalībnieku vajadzības tiks izdzēstas { $date }
board-next-open = Atvērt sarakstu

board-places-title = Vietas un dalībnieki
board-taken = { PLURAL($capacity) ->
    [zero] Aizņemtas { $taken } no { $capacity } vietām
    [one] Aizņemtas { $taken } no { $capacity } vietas
   *[other] Aizņemtas { $taken } no { $capacity } vietām
}
board-registered = Vieta ir
board-offered = Vieta piedāvāta
board-pending = Gaida apstiprinājumu
board-free = Brīvas vietas
board-waiting = Gaidīšanas sarakstā
board-held-title = Ir brīva vieta, un kāds gaida
board-held-not-published = Brīvo vietu nepiešķir nevienam, jo pasākums nav izsludināts, ir atcelts vai noslēgts.
board-held-too-soon = Brīvo vietu vairs nepiešķir nevienam, jo līdz sākumam ir mazāk par stundu vai pasākums jau ir sācies: gaidītājs par to varētu nepagūt uzzināt.
board-held-shortly = Dažu minūšu laikā to saņems nākamais gaidīšanas sarakstā.
board-waiting-title = Pirmie gaidīšanas sarakstā
board-waiting-all = { PLURAL($count) ->
    [zero] Visi gaidītāji: { $count } cilvēki
    [one] Visi gaidītāji: { $count } cilvēks
   *[other] Visi gaidītāji: { $count } cilvēki
}
board-requests-title = Dalībnieku vajadzības
board-requests-none = Neviens nav norādījis īpašas vajadzības.
board-requests-children = { PLURAL($count) ->
    [zero] Bērnu pieskatīšana: { $count } bērni (vecums gados: { $ages })
    [one] Bērnu pieskatīšana: { $count } bērns (vecums gados: { $ages })
   *[other] Bērnu pieskatīšana: { $count } bērni (vecums gados: { $ages })
}
board-requests-interpreter = { PLURAL($count) ->
    [zero] Zīmju valodas tulks: { $count } dalībniekiem
    [one] Zīmju valodas tulks: { $count } dalībniekam
   *[other] Zīmju valodas tulks: { $count } dalībniekiem
}
board-requests-others = { PLURAL($count) ->
    [zero] Vajadzības norādījuši vēl { $count } cilvēki, kuriem vietas nav (gaida vai nav apstiprinājuši pieteikumu); tās šeit nav ieskaitītas.
    [one] Vajadzības norādījis vēl { $count } cilvēks, kuram vietas nav (gaida vai nav apstiprinājis pieteikumu); tās šeit nav ieskaitītas.
   *[other] Vajadzības norādījuši vēl { $count } cilvēki, kuriem vietas nav (gaida vai nav apstiprinājuši pieteikumu); tās šeit nav ieskaitītas.
}
board-requests-who = Kas norādījis vajadzības
board-requests-files = Tiem, kas tās nodrošina, bez vārdiem:
board-requests-note = Vajadzības glabājam šifrētas, un tās redz tikai pasākuma organizatori. Datnē neviens nav nosaukts: katrā rindā ir pieteikuma numurs. Katru lejupielādi ierakstām audita žurnālā.

registrations-link = Pieteikumi
registrations-title = Pieteikumi: { $event }
registrations-caption = Pieteikumi
registrations-search = Meklēt pēc vārda, e-pasta adreses vai organizācijas
registrations-empty = Vēl neviens nav pieteicies. Dalībniekus varat pievienot arī pats.
registrations-export-note = Datnē ir tieši tās rindas, ko atrod meklēšana un filtri, arī no citām lapām, bet nav dalībnieku vajadzību. Katru lejupielādi ierakstām audita žurnālā.
registrations-organisation = Organizācija
registrations-state = Statuss
registrations-state-in-force = Spēkā esošie
registrations-state-all = Visi, arī beigušies
registrations-state-pending = Nav apstiprināts
registrations-state-registered = Ir vieta
registrations-state-waiting = Gaidīšanas sarakstā
registrations-state-offered = Vieta piedāvāta
registrations-state-cancelled = Atsaukts
registrations-state-expired = Zaudējis spēku
registrations-requests = Vajadzības
registrations-any-requests = Ar un bez
registrations-requests-yes = Ar vajadzībām
registrations-requests-no = Bez vajadzībām
registrations-origin = Pieteica
registrations-any-origin = Jebkurš
registrations-origin-account = Dalībnieks ar kontu
registrations-origin-guest = Dalībnieks bez konta
registrations-origin-group = Darba devējs
registrations-origin-organiser = Organizators
registrations-origin-import = Imports no datnes
registrations-origin-api = Cita sistēma
registrations-made = Pieteikts
registrations-number = Nr.
registrations-queue = Vieta rindā
registrations-queue-place = { $place }. rindā
registrations-until = līdz { $until }
registrations-locale = Vēstuļu valoda
registrations-ages = Bērnu pieskatīšana: vecums
registrations-children = { PLURAL($count) ->
    [zero] { $count } bērni (vecums gados: { $ages })
    [one] { $count } bērns (vecums gados: { $ages })
   *[other] { $count } bērni (vecums gados: { $ages })
}
registrations-asks-children = Bērnu pieskatīšana
registrations-asks-access = Piekļūstamība
registrations-asks-interpreter = Zīmju valodas tulks
registrations-asks-diet = Ēdināšana
registrations-confirm-selected = Apstiprināt
registrations-resend-selected = Nosūtīt saiti vēlreiz
registrations-cancel-selected = Atsaukt
registrations-cancel-title = { PLURAL($count) ->
    [zero] Vai atsaukt { $count } pieteikumus?
    [one] { PLURAL($count) ->
        [1] Vai atsaukt pieteikumu?
       *[other] Vai atsaukt { $count } pieteikumu?
    }
   *[other] Vai atsaukt { $count } pieteikumus?
}
registrations-cancel-lead = { PLURAL($count) ->
    [zero] Tiks atsaukti { $count } pieteikumi, un katrs no šiem cilvēkiem par to saņems vēstuli. Vietas, kas atbrīvosies, saņems nākamie gaidīšanas sarakstā.
    [one] { PLURAL($count) ->
        [1] Dalībnieks par to saņems vēstuli. Vietu, kas atbrīvosies, saņems nākamais gaidīšanas sarakstā.
       *[other] Tiks atsaukts { $count } pieteikums, un katrs no šiem cilvēkiem par to saņems vēstuli. Vietas, kas atbrīvosies, saņems nākamie gaidīšanas sarakstā.
    }
   *[other] Tiks atsaukti { $count } pieteikumi, un katrs no šiem cilvēkiem par to saņems vēstuli. Vietas, kas atbrīvosies, saņems nākamie gaidīšanas sarakstā.
}
registrations-told-why = Iemesls
registrations-told-why-hint = Nav obligāti. To pateiksim vēstulē un citur neglabāsim.
told-why-too-long = Iemesls ir par garu: ne vairāk kā { $max } rakstzīmes
registrations-cancel-button = Jā, atsaukt
registrations-cancel-back = Nē, atpakaļ
flash-registrations-cancelled = { PLURAL($count) ->
    [0] Neviens pieteikums nav atsaukts.
    [zero] Atsaukti { $count } pieteikumi, un šiem cilvēkiem nosūtītas vēstules.
    [one] Atsaukts { $count } pieteikums, un par to nosūtīta vēstule.
   *[other] Atsaukti { $count } pieteikumi, un šiem cilvēkiem nosūtītas vēstules.
}{ PLURAL($unchanged) ->
    [0] { "" }
    [one] { " " }{ $unchanged } jau bija beidzies.
   *[other] { " " }{ $unchanged } jau bija beigušies.
}{ PLURAL($refused) ->
    [0] { "" }
    [one] { " " }{ $refused } nav šī pasākuma pieteikums.
   *[other] { " " }{ $refused } nav šī pasākuma pieteikumi.
}
flash-registrations-confirmed = { PLURAL($count) ->
    [0] Neviens pieteikums nav apstiprināts.
    [zero] Apstiprināti { $count } pieteikumi, un šiem cilvēkiem nosūtītas vēstules.
    [one] Apstiprināts { $count } pieteikums, un par to nosūtīta vēstule.
   *[other] Apstiprināti { $count } pieteikumi, un šiem cilvēkiem nosūtītas vēstules.
}{ PLURAL($unchanged) ->
    [0] { "" }
    [one] { " " }{ $unchanged } pieteikums nebija jāapstiprina.
   *[other] { " " }{ $unchanged } pieteikumi nebija jāapstiprina.
}{ PLURAL($refused) ->
    [0] { "" }
    [one] { " " }{ $refused } nav apstiprināts, jo vairs nav spēkā.
   *[other] { " " }{ $refused } nav apstiprināti, jo vairs nav spēkā.
}
flash-registrations-resent = { PLURAL($count) ->
    [0] Neviena vēstule nav nosūtīta.
    [zero] Vēstule ar saiti nosūtīta { $count } cilvēkiem.
    [one] Vēstule ar saiti nosūtīta { $count } cilvēkam.
   *[other] Vēstule ar saiti nosūtīta { $count } cilvēkiem.
}{ PLURAL($unchanged) ->
    [0] { "" }
   *[other] { " " }{ $unchanged } tā nebija vajadzīga.
}{ PLURAL($refused) ->
    [0] { "" }
    [one] { " " }{ $refused } cilvēkam tā nav nosūtīta, jo pieteikums vairs nav spēkā.
   *[other] { " " }{ $refused } cilvēkiem tā nav nosūtīta, jo pieteikums vairs nav spēkā.
}

registration-erased = Dzēsta persona
registration-confirm-for = Apstiprināt dalībnieka vietā
registration-no-requests = Vajadzības nav norādītas.
registration-history = Pieteikuma gaita
registration-substitutes = Pieteikums, kura vietu tas pārņēma
registration-made-by = { $at } – pieteica { $who }
registration-made-account = { $at } – pieteicās ar kontu
registration-made-guest = { $at } – pieteicās bez konta
registration-made-group = { $at } – pieteica darba devējs
registration-made-organiser = { $at } – pievienoja organizators
registration-made-import = { $at } – importēts no datnes
registration-made-api = { $at } – pieteikts no citas sistēmas
registration-got-place = { $at } – saņēma vietu
registration-ended-participant = { $at } – atsauca dalībnieks
registration-ended-organiser = { $at } – atsauca organizators
registration-ended-organiser-by = { $at } – atsauca organizators: { $who }
registration-ended-event-cancelled = { $at } – beidzās, jo pasākums tika atcelts
registration-ended-substituted = { $at } – beidzās, jo vietu pārņēma cits cilvēks
registration-ended-not-confirmed = { $at } – zaudēja spēku, jo adrese netika laikā apstiprināta
registration-ended-offer-not-taken = { $at } – zaudēja spēku, jo piedāvātā vieta netika laikā pieņemta
registration-ended-offer-declined = { $at } – no piedāvātās vietas atteicās
registration-ended-erased = { $at } – beidzās, jo personas dati tika dzēsti

registration-add = Pievienot dalībnieku
registration-add-title = Pievienot dalībnieku
registration-add-lead = Pieteikums nav jāapstiprina. Cilvēks saņems vēstuli ar saiti, kur to apskatīt un atsaukt.
registration-add-full = { PLURAL($count) ->
    [0] Visas vietas ir aizņemtas: cilvēks nonāks gaidīšanas sarakstā.
    [zero] Brīvu vietu nav: cilvēks nonāks gaidīšanas sarakstā, kurā jau ir { $count } cilvēki.
    [one] Brīvu vietu nav: cilvēks nonāks gaidīšanas sarakstā, kurā jau ir { $count } cilvēks.
   *[other] Brīvu vietu nav: cilvēks nonāks gaidīšanas sarakstā, kurā jau ir { $count } cilvēki.
}
registration-add-refused = Dalībniekus pievienot nevar: pasākums nav izsludināts, ir atcelts vai jau beidzies.
registration-add-organisation = Organizācija
registration-add-organisation-hint = Nav obligāti. Daļa no nosaukuma vai reģistrācijas numurs, lai to atrastu reģistrā.
registration-add-which = Kura ir īstā organizācija?
registration-add-needs = Kas dalībniekam vajadzīgs
registration-add-interpreter = Vajadzīgs latviešu zīmju valodas tulks
registration-add-single-name = Cilvēkam ir tikai viens vārds
registration-add-diet = Ko ēd vai neēd
registration-add-privacy = Vajadzības glabājam šifrētas, tās redz tikai pasākuma organizatori, un pēc pasākuma tās izdzēšam. Ierakstiet tikai to, ko cilvēks pats ir lūdzis.
registration-add-button = Pievienot
registration-add-wait-button = Pievienot gaidīšanas sarakstam
mail-language-missing = Izvēlieties vēstuļu valodu
flash-added = Dalībniekam ir vieta. Nosūtījām vēstuli ar saiti.
flash-added-waiting = Visas vietas ir aizņemtas: dalībnieks ir gaidīšanas sarakstā. Nosūtījām par to vēstuli.
flash-added-already = Šis cilvēks jau ir pieteikts. Nekas nav mainījies; šis ir viņa pieteikums.

mail-registration-link-topic = Saite uz pieteikumu
mail-registration-link-subject = Saite uz jūsu pieteikumu: { $event }
mail-registration-link-body =
    Labdien!

    Pasākuma „{ $event }” organizators sūta jums saiti uz jūsu pieteikumu. Tur redzēsiet, vai jums ir vieta, un varēsiet pieteikumu mainīt vai atsaukt:
    { $link }

    Kad:
    { $when }
registration-cancelled-why = Iemesls: { $reason }
