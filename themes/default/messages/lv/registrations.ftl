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

    Pasākuma „{ $event }” organizators ir atsaucis jūsu pieteikumu. Ja domājat, ka tā ir kļūda, atbildiet organizatoram; viņa adrese ir pasākuma lapā.
mail-registration-substituted-topic = Vietu pārņēma cits
mail-registration-substituted-subject = Jūsu vietu pārņēma cits: { $event }
mail-registration-substituted-body =
    Labdien!

    Jūsu vietu pasākumā „{ $event }” pārņēma cits jūsu organizācijas pārstāvis. Jums vairs nekas nav jādara.
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

registration-remote = Tiešsaistē
