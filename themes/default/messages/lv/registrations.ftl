# Vēstules par pieteikumiem pasākumiem.

mail-registration-confirm-topic = Pieteikuma apstiprināšana
mail-registration-confirm-subject = Apstipriniet pieteikumu: { $event }
mail-registration-confirm-body =
    Labdien!

    Kāds, visticamāk, jūs, ar šo e-pasta adresi pieteicās pasākumam „{ $event }”.

    Lai pieteikums būtu spēkā, līdz { $until } atveriet saiti un nospiediet „Apstiprināt”:
    { $link }

    Norises laiks:
    { $when }

    Ja jūs nepieteicāties, neko nedariet: pieteikums zaudēs spēku.
mail-registration-registered-topic = Vieta pasākumā
mail-registration-registered-subject = Jums ir vieta: { $event }
mail-registration-registered-body =
    Labdien!

    Jūs esat pieteikts pasākumam „{ $event }”, un vieta jums ir.

    Norises laiks:
    { $when }

    Norises vieta:
    { $where }

    Ja nevarat ierasties, lūdzu, atsakieties līdz { $deadline }, lai vietu dabūtu cits. Pieteikumu apskatīt, mainīt un atsaukt var šeit:
    { $link }
mail-registration-waiting-topic = Gaidīšanas saraksts
mail-registration-waiting-subject = Jūs esat gaidīšanas sarakstā: { $event }
mail-registration-waiting-body =
    Labdien!

    Pasākumā „{ $event }” visas vietas ir aizņemtas. Jūs esat gaidīšanas sarakstā, { $place }. vieta rindā. Kad atbrīvosies vieta un būs jūsu kārta, mēs jums uzrakstīsim.

    Norises laiks:
    { $when }

    Rindu apskatīt un no tās izstāties var šeit:
    { $link }
mail-registration-offered-topic = Brīva vieta
mail-registration-offered-subject = Jums ir brīva vieta, atbildiet līdz { $until }: { $event }
mail-registration-offered-body =
    Labdien!

    Pasākumā „{ $event }” ir atbrīvojusies vieta, un tā ir jūsu, ja to pieņemat līdz { $until }. Pēc tam to piedāvāsim nākamajam.

    Pieņemt vietu vai atteikties:
    { $link }

    Norises laiks:
    { $when }

    Norises vieta:
    { $where }
mail-registration-promoted-topic = Vieta no gaidīšanas saraksta
mail-registration-promoted-subject = Jums tagad ir vieta: { $event }
mail-registration-promoted-body =
    Labdien!

    Pasākumā „{ $event }” ir atbrīvojusies vieta, un tā tagad ir jūsu. Vairāk nekas nav jādara.

    Norises laiks:
    { $when }

    Norises vieta:
    { $where }

    Ja nevarat ierasties, lūdzu, atsakieties līdz { $deadline }:
    { $link }
mail-registration-already-topic = Atkārtots pieteikums
mail-registration-already-subject = Jūs jau esat pieteikts: { $event }
mail-registration-already-body =
    Labdien!

    Ar šo e-pasta adresi pasākumam „{ $event }” pieteicās vēlreiz. Jūsu agrākais pieteikums ir spēkā, un nekas nav mainījies.

    Pieteikumu apskatīt, mainīt un atsaukt var šeit:
    { $link }
mail-registration-cancelled-topic = Atsaukts pieteikums
mail-registration-cancelled-subject = Pieteikums ir atsaukts: { $event }
mail-registration-cancelled-body =
    Labdien!

    Jūsu pieteikums pasākumam „{ $event }” ir atsaukts. Paldies, ka pateicāt: vietu dabūs cits.

    Ja pārdomājat, varat pieteikties no jauna, kamēr pieteikšanās ir atvērta.
mail-registration-cancelled-by-organiser-topic = Organizatora atsaukts pieteikums
mail-registration-cancelled-by-organiser-subject = Organizators atsauca jūsu pieteikumu: { $event }
mail-registration-cancelled-by-organiser-body =
    Labdien!

    Pasākuma „{ $event }” organizators ir atsaucis jūsu pieteikumu.{ $why }

    Ja domājat, ka tā ir kļūda, atbildiet organizatoram; viņa adrese ir pasākuma lapā.
mail-registration-offer-ended-topic = Piedāvājums beidzies
mail-registration-offer-ended-subject = Piedāvātā vieta ir nodota citam: { $event }
mail-registration-offer-ended-body =
    Labdien!

    Piedāvāto vietu pasākumā „{ $event }” laikā neviens nepieņēma, tāpēc to piedāvājām nākamajam rindā. Ja joprojām vēlaties piedalīties, piesakieties no jauna.
mail-registration-event-cancelled-topic = Pasākums nenotiks
mail-registration-event-cancelled-subject = Pasākums nenotiks: { $event }
mail-registration-event-cancelled-body =
    Labdien!

    Pasākums „{ $event }” nenotiks.

    Iemesls: { $reason }

    Bija paredzēts:
    { $when }

    Jums nekas nav jādara.
mail-registration-reminder-topic = Atgādinājums par pasākumu
mail-registration-reminder-subject = Drīz sāksies: { $event }
mail-registration-reminder-body =
    Labdien!

    Atgādinām, ka jums ir vieta pasākumā „{ $event }”.

    Norises laiks:
    { $when }

    Norises vieta:
    { $where }

    Pieteikums, saite tiešsaistes pasākumam un atteikšanās:
    { $link }
mail-registration-event-changed-topic = Mainīts pasākuma laiks vai vieta
mail-registration-event-changed-subject = Mainīts laiks vai vieta: { $event }
mail-registration-event-changed-body =
    Labdien!

    Pasākumam „{ $event }” ir mainīts laiks vai vieta. Jūsu pieteikums ir spēkā.

    Norises laiks tagad:
    { $when }

    Norises vieta:
    { $where }

    Ja tā vairs nevarat ierasties, pieteikumu atsauciet šeit:
    { $link }


# Pieteikšanās un pieteikums.

event-when = Norises laiks
event-where = Norises vieta
event-for = Kam paredzēts

register-event = Pieteikšanās
register-event-title = Pieteikties: { $event }
register-event-button = Pieteikties
register-event-wait-button = Pieteikties gaidīšanas sarakstā
register-event-back = Atpakaļ uz pasākumu
register-event-refused = Pieteikties nevar
register-event-free = { PLURAL($count) ->
    [zero] Brīvas { $count } vietas no { $capacity }.
    [one] Brīva { $count } vieta no { $capacity }.
   *[other] Brīvas { $count } vietas no { $capacity }.
}
register-event-full = { PLURAL($count) ->
    [zero] Visas vietas ir aizņemtas. Gaidīšanas sarakstā jau ir { $count } cilvēku. Ja vieta atbrīvosies un būs jūsu kārta, mēs uzrakstīsim.
    [one] Visas vietas ir aizņemtas. Gaidīšanas sarakstā jau ir { $count } cilvēks. Ja vieta atbrīvosies un būs jūsu kārta, mēs uzrakstīsim.
   *[other] Visas vietas ir aizņemtas. Gaidīšanas sarakstā jau ir { $count } cilvēki. Ja vieta atbrīvosies un būs jūsu kārta, mēs uzrakstīsim.
}
register-event-has-account = Konts nav vajadzīgs. Ja jums tāds ir:
register-event-email-hint = Uz šo adresi nosūtīsim saiti, ar kuru pieteikums jāapstiprina.
register-event-organisation = Organizācija, ko pārstāvat
register-event-which = Kura no tām ir jūsu organizācija?
register-event-not-listed = Sarakstā nav, pievienojiet to reģistram
register-event-kind = Organizācijas veids
register-event-number = Reģistrācijas numurs, ja zināt
register-event-new-only = Tikai tad, ja organizācijas sarakstā nav.
register-event-add-employer = Norādīt darbavietu
register-event-change-own = Mainīt vārdu vai darbavietu
registration-choose-organisation = Izvēlieties savu organizāciju vai norādiet, ka sarakstā tās nav
registration-role = Amats
registration-role-hint = Nav obligāti.
registration-name = Vārds un uzvārds
needs-title = Kas jums vajadzīgs, lai piedalītos
needs-lead = Viss šeit ir pēc izvēles.
needs-children = Bērnu pieskatīšana: bērnu vecums gados
needs-children-hint = Piemēram: 3, 7. Ja nevajag, atstājiet tukšu.
children-ages = Ierakstiet bērnu vecumu gados ar cipariem, ne vairāk kā sešiem bērniem līdz 17 gadu vecumam, piemēram: 3, 7
needs-access = Piekļūstamība
needs-access-hint = Piemēram, piekļuve ratiņkrēslam, indukcijas cilpa, materiāli palielinātā drukā.
accessibility-too-long = Teksts ir par garu: ne vairāk kā { $max } rakstzīmes
needs-interpreter = Vajadzīgs latviešu zīmju valodas tulks
needs-diet = Ko ēdat vai neēdat
diet-too-long = Teksts ir par garu: ne vairāk kā { $max } rakstzīmes
role-too-long = Amats ir par garu: ne vairāk kā { $max } rakstzīmes
needs-privacy = Jūsu vajadzības glabājam šifrētas, tās redz tikai pasākuma organizatori, un pēc pasākuma tās izdzēšam.

registration-sent-title = Vēl jāapstiprina: pārbaudiet e-pastu
registration-sent-lead = Nosūtījām vēstuli ar saiti. Pieteikums būs spēkā, kad atvērsiet saiti un nospiedīsiet „Apstiprināt”. Saite der 24 stundas. Ja ir brīva vieta, tik ilgi to jums turam; ja vietas nav, pēc apstiprināšanas būsiet gaidīšanas sarakstā.
registration-sent-again = Ja adresē ir kļūda, piesakieties vēlreiz ar pareizo.

registration-title = Mans pieteikums: { $event }
registration-state-pending = Pieteikums vēl jāapstiprina
registration-state-pending-text = Nospiediet „Apstiprināt” līdz { $until }. Pēc tam pieteikums zaudēs spēku.
registration-state-registered = Jums ir vieta
registration-state-registered-text = Gaidīsim jūs pasākumā.
registration-state-waiting = Jūs esat gaidīšanas sarakstā
registration-state-waiting-text = Jūsu vieta rindā: { $place }. Kad atbrīvosies vieta un būs jūsu kārta, mēs uzrakstīsim uz jūsu e-pastu.
registration-state-offered = Jums piedāvāta brīva vieta
registration-state-offered-text = Pieņemiet to līdz { $until }. Pēc tam to piedāvāsim nākamajam.
registration-state-cancelled = Pieteikums ir atsaukts
registration-state-cancelled-text = Jūs šajā pasākumā vairs nepiedalāties.
registration-state-expired = Pieteikums zaudēja spēku
registration-state-expired-text = Tas netika laikā apstiprināts.
registration-confirm-button = Apstiprināt
registration-accept-button = Pieņemt vietu
registration-decline = Atteikties no piedāvātās vietas
registration-leave-queue = Izstāties no gaidīšanas saraksta
registration-cancel-link = Atsaukt pieteikumu
registration-cancel-title = Vai tiešām atteikties?
registration-cancel-text = Vieta tiks nodota nākamajam rindā. Atgūt to varēs tikai tad, ja vēl būs brīvas vietas.
registration-cancel-waiting-text = Jūs zaudēsiet savu vietu rindā.
registration-cancel-button = Jā, atteikties
registration-keep = Nē, paturēt
registration-again = Pieteikties no jauna
registration-change-title = Mainīt vai atsaukt
registration-deadline = To varat darīt līdz { $deadline }
registration-past-deadline = Mainīt un atsaukt pieteikumu varēja līdz { $deadline } Ja nevarat ierasties, lūdzu, uzrakstiet organizatoram.
registration-join-title = Saite, lai pieslēgtos tiešsaistē
registration-join-later = Saite, lai pieslēgtos tiešsaistē, šeit parādīsies dienu pirms sākuma.
registration-event-page = Viss par pasākumu
registration-not-yet = Pieteikties varēs no { $at }
registration-closed = Pieteikšanās beidzās { $at }
registration-too-late = Termiņš bija { $at }
registration-ended = Šis pieteikums vairs nav spēkā.
registration-substitute-registered = Šī persona jau ir pieteikta.
registration-needs-organisation = Norādiet organizāciju: pasākums paredzēts noteiktu organizāciju pārstāvjiem
registration-other-audience = Šis pasākums ir paredzēts citu organizāciju pārstāvjiem. Ja tā ir kļūda, rakstiet organizatoram
registration-not-offered = Šim pasākumam pieteikties nevar: tas nav izsludināts, ir atcelts vai jau beidzies.
flash-registered = Jums ir vieta. Apstiprinājumu nosūtījām e-pastā.
flash-waiting = Jūs esat gaidīšanas sarakstā. Nosūtījām par to vēstuli.
flash-registered-already = Jūs jau esat pieteikts. Nekas nav mainījies.
flash-registration-confirmed = Paldies, pieteikums ir apstiprināts.
flash-place-accepted = Vieta ir jūsu.
flash-registration-cancelled = Pieteikums ir atsaukts.
flash-registration-too-late = Termiņš ir pagājis, tāpēc nekas netika mainīts. Rakstiet organizatoram.
flash-registration-ended = Šis pieteikums vairs nav spēkā, tāpēc nekas netika mainīts.

# Mani pasākumi.

my-events-title = Mani pasākumi
my-events-coming = Gaidāmie
my-events-past = Bijušie pasākumi
my-events-none = Jums nav pieteikumu gaidāmiem pasākumiem.
my-events-all = Visi mani pasākumi
my-events-state-pending = Jāapstiprina
my-events-state-registered = Jums ir vieta
my-events-state-waiting = Gaidīšanas sarakstā
my-events-state-offered = Piedāvāta vieta
my-events-state-expired = Zaudējis spēku
my-events-queue = Jūsu vieta rindā: { $place }
my-events-accept = Pieņemiet vietu līdz { $until }
my-events-confirm = Apstipriniet pieteikumu līdz { $until }

# Cits no tās pašas organizācijas nāk vietā.

substitute-link = Nevarat ierasties? Nododiet vietu kolēģim
substitute-title = Vietā nāks kolēģis
substitute-question = Vai nodot vietu?
substitute-text = Vietu var nodot kolēģim no tās pašas organizācijas: { $organisation }. Pašlaik tā ir šim cilvēkam: { $former }.
substitute-text-any = Vietu var nodot kolēģim. Pašlaik tā ir šim cilvēkam: { $former }.
substitute-email-hint = Uz šo adresi nosūtīsim pieteikumu, ko kolēģis var apskatīt, papildināt un atsaukt.
substitute-go-on = Turpināt
substitute-former = Vietu nodod
substitute-new = Vietu saņem
substitute-what-happens = Kolēģis uzreiz saņems vietu un vēstuli par to. Līdzšinējais pieteikums ({ $former }) beigsies, un tajā norādītās vajadzības izdzēsīsim; kolēģis savas var norādīt pats.
substitute-yes = Jā, nodot vietu
substitute-edit = Labot
substitute-no = Nē, paturēt
substitute-back = Atpakaļ uz pieteikumu
substitute-refused = Vietu nodot nevar
registration-substitute-no-place = Nodot var tikai vietu, kas jau ir jūsu.
registration-substitute-no-organisation = Pieteikumā nav norādīta organizācija, tāpēc vietu nodot kolēģim nevar. Ja nevarat ierasties, atsauciet pieteikumu, lai vietu dabūtu cits.
registration-state-substituted = Vietu jūsu vietā pārņēma cits no jūsu organizācijas.
registration-state-event-cancelled = Pasākums nenotiks.
flash-substituted = Vieta ir nodota kolēģim. Nosūtījām vēstules abiem.
mail-registration-substituted-topic = Vietu pārņēma cits
mail-registration-substituted-subject = Jūsu vietu pārņēma { $about }: { $event }
mail-registration-substituted-body =
    Labdien!

    Pasākumā „{ $event }” jūsu vietu pārņēma { $about }. Jūsu pieteikums ir beidzies, un jums nekas nav jādara.

    Ja tā ir kļūda, rakstiet organizatoram; viņa adrese ir pasākuma lapā.
mail-registration-substitute-topic = Vieta kolēģa vietā
mail-registration-substitute-subject = Jums nodota vieta: { $event }
mail-registration-substitute-body =
    Labdien!

    { $about } nodeva jums savu vietu pasākumā „{ $event }”. Vieta ir jūsu, un nekas nav jāapstiprina.

    Norises laiks:
    { $when }

    Norises vieta:
    { $where }

    Ja nevarat ierasties, lūdzu, atsakieties līdz { $deadline }. Pieteikumu apskatīt, norādīt, kas jums vajadzīgs, un atsaukt var šeit:
    { $link }

# Vairāku cilvēku pieteikšana.

event-register-group = Pieteikt vairākus kolēģus
group-title = Pieteikt vairākus kolēģus
group-lead = Vienā reizē var pieteikt līdz { $most } savas organizācijas cilvēkiem.
group-person = { $number }. cilvēks
group-remove = Noņemt { $number }. cilvēku
group-add = Pievienot cilvēku
group-mode = Ja brīvu vietu būs mazāk nekā cilvēku
group-mode-nobody = nepieteikt nevienu
group-mode-waiting = pieteikt pirmos pēc saraksta, pārējos – gaidīšanas sarakstā
group-mode-missing = Izvēlieties, ko darīt, ja visiem vietu nepietiks
group-email-repeated = Šī adrese ir jau ierakstīta augstāk; katram cilvēkam vajadzīga sava
group-nobody = Ierakstiet vismaz vienu cilvēku
group-what-they-get = Katrs saņems vēstuli, kurā teikts, kas un no kuras organizācijas viņu pieteica, un saiti, ar kuru pieteikumu var papildināt un atsaukt.
group-refused = Neviens nav pieteikts
group-not-all-fit = { PLURAL($count) ->
    [zero] Visiem vietu nepietiek: brīvas ir { $count } vietas.
    [one] Visiem vietu nepietiek: brīva ir { $count } vieta.
   *[other] Visiem vietu nepietiek: brīvas ir { $count } vietas.
}
group-too-many-today = { PLURAL($count) ->
    [zero] Diennakts laikā no viena konta var pieteikt ne vairāk kā { $count } cilvēkus.
    [one] Diennakts laikā no viena konta var pieteikt ne vairāk kā { $count } cilvēku.
   *[other] Diennakts laikā no viena konta var pieteikt ne vairāk kā { $count } cilvēkus.
}
group-review-title = Vai pieteikt šos cilvēkus?
group-outlook-all = Vietas pietiek visiem.
group-outlook-nobody = Visiem vietu nepietiek, un jūs izvēlējāties tādā gadījumā nepieteikt nevienu. Labojiet sarakstu vai izvēli.
group-outlook-some = Vietu saņems pirmie pēc saraksta: { $free }. Gaidīšanas sarakstā būs: { $waiting }.
group-register = { PLURAL($count) ->
    [zero] Pieteikt { $count } cilvēkus
    [one] Pieteikt { $count } cilvēku
   *[other] Pieteikt { $count } cilvēkus
}
group-result-title = Pieteikšanas rezultāts
group-result-text = Katram pieteiktajam nosūtījām vēstuli. Pieteikumus varat atsaukt un vietas nodot citiem līdz pasākuma atteikšanās termiņam.
group-result-link = Apskatīt pieteikto grupu
group-state-pending = Jāapstiprina
group-state-registered = Ir vieta
group-state-waiting = Gaidīšanas sarakstā
group-state-offered = Piedāvāta vieta
group-state-cancelled = Atsaukts
group-state-expired = Zaudējis spēku
group-state-already = Jau bija pieteikts
group-list-title = Manis pieteiktās grupas
group-count = { PLURAL($count) ->
    [zero] { $count } cilvēku
    [one] { $count } cilvēks
   *[other] { $count } cilvēki
}
group-members-title = Manis pieteiktie: { $event }
group-deadline = Pieteikumus atsaukt un vietas nodot citiem varat līdz { $deadline }
group-past-deadline = Termiņš, līdz kuram pieteikumus varēja atsaukt un vietas nodot citiem, ir pagājis.
group-substitute = Nodot vietu citam
group-cancel-title = Vai atsaukt pieteikumu: { $name }?
group-cancel-text = Par to nosūtīsim vēstuli. Vietu saņems nākamais rindā.
group-cancel-button = Jā, atsaukt
group-by-employer = Jūsu pieteicējs
mail-registration-group-topic = Darba devēja pieteikums
mail-registration-group-subject = Jūs pieteica, un vieta jums ir: { $event }
mail-registration-group-body =
    Labdien!

    { $about } jūs pieteica pasākumam „{ $event }”. Vieta jums ir, un nekas nav jāapstiprina.

    Norises laiks:
    { $when }

    Norises vieta:
    { $where }

    Ja nevarat vai nevēlaties piedalīties, lūdzu, atsakieties līdz { $deadline }. Pieteikumu apskatīt, norādīt, kas jums vajadzīgs, un atsaukt var šeit:
    { $link }
mail-registration-group-waiting-topic = Darba devēja pieteikums gaidīšanas sarakstā
mail-registration-group-waiting-subject = Jūs pieteica gaidīšanas sarakstā: { $event }
mail-registration-group-waiting-body =
    Labdien!

    { $about } jūs pieteica pasākumam „{ $event }”. Visas vietas ir aizņemtas, un jūs esat gaidīšanas sarakstā, { $place }. vieta rindā. Kad atbrīvosies vieta un būs jūsu kārta, mēs jums uzrakstīsim.

    Norises laiks:
    { $when }

    Rindu apskatīt un no tās izstāties var šeit:
    { $link }
mail-registration-cancelled-by-registrar-topic = Darba devēja atsaukts pieteikums
mail-registration-cancelled-by-registrar-subject = Jūsu pieteikums ir atsaukts: { $event }
mail-registration-cancelled-by-registrar-body =
    Labdien!

    { $about } atsauca jūsu pieteikumu pasākumam „{ $event }”. Jums nekas nav jādara.

    Ja tomēr vēlaties piedalīties, varat pieteikties no jauna, kamēr pieteikšanās ir atvērta.

# Savs kalendārs.

my-feed-title = Mani pasākumi savā kalendārā
my-feed-text = Kalendāra programma (piemēram, Google, Outlook vai Apple kalendārs) pati rādīs jūsu pieteikumus un to izmaiņas, ja tajā abonēsiet savu adresi. Saite, lai pieslēgtos tiešsaistē, tur ir no iepriekšējās dienas.
my-feed-label = Jūsu kalendāra adrese
my-feed-open = Abonēt šajā ierīcē
my-feed-make = Izveidot kalendāra adresi
my-feed-renew = Mainīt adresi
my-feed-secret = Kas zina šo adresi, redz, kur un kad jūs būsiet. Ja to uzzinājis kāds cits, mainiet adresi.
my-feed-renew-title = Vai mainīt kalendāra adresi?
my-feed-renew-text = Iepriekšējā adrese uzreiz pārstās darboties. Programmās, kurās to abonējat, būs jāieraksta jaunā.
my-feed-renew-button = Jā, mainīt adresi
my-feed-back = Atpakaļ uz maniem pasākumiem
my-feed-name = Iespēja: mani pasākumi
flash-feed-made = Kalendāra adrese ir izveidota.
colleague-single-name = Šim cilvēkam ir tikai viens vārds
