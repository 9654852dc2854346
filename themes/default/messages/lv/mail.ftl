# Vēstules: temats un teksts.

mail-footer =
    Iespēja, e-mācības par vienlīdzīgām iespējām
    { $home }
mail-confirm-email-subject = Apstipriniet e-pasta adresi
mail-confirm-email-body =
    Labdien!

    Lai pabeigtu reģistrēšanos vietnē „Iespēja”, atveriet šo saiti un izveidojiet paroli. Ar to apstiprināsiet savu e-pasta adresi:

    { $link }

    Saite darbojas vienu reizi, 24 stundu laikā. Ja nereģistrējāties, vēstuli varat neņemt vērā: kamēr saite nav izmantota, ar šo adresi neviens pieslēgties nevar.
mail-address-taken-subject = Jums jau ir konts
mail-address-taken-body =
    Labdien!

    Kāds, iespējams, jūs, mēģināja vietnē „Iespēja” reģistrēties ar šo e-pasta adresi. Konts ar šo adresi jau ir, tāpēc nekas nav mainīts.

    Pieslēgties: { $signin }
    Izveidot jaunu paroli (saite darbojas vienu reizi, 24 stundu laikā): { $link }

    Ja tas nebijāt jūs, nekas nav jādara.
mail-reset-password-subject = Jauna parole
mail-reset-password-body =
    Labdien!

    Lai vietnē „Iespēja” izveidotu jaunu paroli, atveriet šo saiti:

    { $link }

    Saite darbojas vienu reizi, 24 stundu laikā. Ja jaunu paroli nelūdzāt, vēstuli varat neņemt vērā: parole paliek iepriekšējā.
mail-password-changed-subject = Parole ir nomainīta
mail-password-changed-body =
    Labdien!

    Jūsu konta parole vietnē „Iespēja” ir nomainīta, un pārējās ierīcēs jāpieslēdzas no jauna.

    Ja to nedarījāt jūs, nekavējoties izveidojiet jaunu paroli: { $link }
mail-no-account-subject = Konta ar šo adresi nav
mail-no-account-body =
    Labdien!

    Kāds, iespējams, jūs, vietnē „Iespēja” norādīja šo e-pasta adresi, bet konta ar to nav. Varbūt reģistrējāties ar citu adresi.

    Reģistrēties: { $link }

    Ja tas nebijāt jūs, nekas nav jādara.
mail-organisation-rejected-subject = Lūdzu, izvēlieties darbavietu vēlreiz
mail-organisation-rejected-body =
    Labdien!

    Jūsu norādītā organizācija „{ $organisation }” nav iekļauta reģistrā.
    Iemesls: { $reason }

    Lūdzu, izvēlieties citu darbavietu: { $link }
mail-erasure-requested-subject = Jūsu datus izdzēsīs
mail-erasure-requested-body =
    Labdien!

    Kāds, visticamāk, jūs pats vai pati, ar jūsu paroli lūdza platformā Iespēja izdzēst jūsu datus. Tos izdzēsīs { $date }, un pēc tam to nevar atcelt. Kas jāglabā pēc Eiropas Savienības noteikumiem, paliks bez jūsu vārda.

    Ja vēlaties datus paturēt, līdz tai dienai pieslēdzieties un lūgumu atsauciet: { $link }

    Ja to lūdzāt ne jūs, atsauciet lūgumu un uzreiz nomainiet paroli.
mail-account-closed-subject = Jūsu konts ir slēgts
mail-account-closed-body =
    Labdien!

    Jūsu konts vietnē „Iespēja” ir slēgts, un ar to vairs nevar pieslēgties. Jūsu kursi un apliecības ir saglabātas.
    Iemesls: { $reason }

    Ja domājat, ka tā ir kļūda, rakstiet mums: { $link }
mail-account-reopened-subject = Jūsu konts ir atkal atvērts
mail-account-reopened-body =
    Labdien!

    Jūsu konts vietnē „Iespēja” ir atkal atvērts. Pieslēgties varat ar to pašu paroli: { $link }
mail-account-is-closed-subject = Jūsu konts ir slēgts
mail-account-is-closed-body =
    Labdien!

    Kāds, iespējams, jūs, vietnē „Iespēja” norādīja šo e-pasta adresi. Konts ar to ir slēgts, tāpēc jaunu saiti nesūtām.

    Ja domājat, ka tā ir kļūda, rakstiet mums: { $link }
mail-new-email-subject = Apstipriniet jauno e-pasta adresi
mail-new-email-body =
    Labdien!

    Lai šī būtu jūsu konta adrese vietnē „Iespēja”, atveriet saiti un apstipriniet to:

    { $link }

    Saite darbojas vienu reizi, 24 stundu laikā. Ja adreses maiņu nelūdzāt, vēstuli varat neņemt vērā: nekas nav mainīts.
mail-new-email-taken-subject = Jums jau ir konts
mail-new-email-taken-body =
    Labdien!

    Kāds, iespējams, jūs, vietnē „Iespēja” lūdza savam kontam šo e-pasta adresi. Ar to jau ir cits konts, tāpēc nekas nav mainīts.

    Pieslēgties esošajā kontā: { $link }

    Ja tas nebijāt jūs, nekas nav jādara.
mail-email-changed-subject = Jūsu konta adrese ir nomainīta
mail-email-changed-body =
    Labdien!

    Jūsu kontam vietnē „Iespēja” tagad ir cita e-pasta adrese. Turpmāk pieslēdzieties ar to; uz šo adresi vēstules vairs nesūtīsim.

    Ja to nedarījāt jūs, nekavējoties rakstiet mums: { $link }
mail-attempts-allowed-subject = Jums atļauts vēlreiz kārtot pārbaudi
mail-attempts-allowed-body =
    Labdien!

    Kursa „{ $course }” noslēguma pārbaudē jums { PLURAL($count) ->
        [zero] atļauti vēl { $count } mēģinājumu
        [one] atļauts vēl { $count } mēģinājums
       *[other] atļauti vēl { $count } mēģinājumi
    }. Vispirms tajā būs jautājumi, kas jums vēl nav uzdoti.

    Uz pārbaudi: { $link }
mail-attempts-allowed-later-subject = Jums atļauts vēlreiz kārtot pārbaudi
mail-attempts-allowed-later-body =
    Labdien!

    Kursa „{ $course }” noslēguma pārbaudē jums { PLURAL($count) ->
        [zero] atļauti vēl { $count } mēģinājumu
        [one] atļauts vēl { $count } mēģinājums
       *[other] atļauti vēl { $count } mēģinājumi
    }. Nākamo mēģinājumu varēsiet sākt { $time }. Vispirms tajā būs jautājumi, kas jums vēl nav uzdoti.

    Uz pārbaudi: { $link }
mail-time-allowed-subject = Jums atļauts papildu laiks pārbaudēs
mail-time-allowed-body =
    Labdien!

    Pārbaudēs, kurās laiks ir ierobežots, jums turpmāk ir par { $percent } % vairāk laika. Pirms sākat, pārbaudes lapā redzēsiet, cik minūšu jums būs.

    Jūsu kursi: { $link }
mail-time-allowed-now-subject = Jums atļauts papildu laiks pārbaudēs
mail-time-allowed-now-body =
    Labdien!

    Pārbaudēs, kurās laiks ir ierobežots, jums turpmāk ir par { $percent } % vairāk laika. Arī iesāktā pārbaude ir pagarināta: tā jāiesniedz līdz { $time }.

    Jūsu kursi: { $link }
mail-attempts-withdrawn-subject = Papildu mēģinājums vairs nav atļauts
mail-attempts-withdrawn-body =
    Labdien!

    Kursa „{ $course }” noslēguma pārbaudē papildu mēģinājums jums vairs nav atļauts. Iesāktu mēģinājumu varat pabeigt.

    Ja jums ir jautājumi, sazinieties ar kursa rīkotāju: { $link }
mail-time-withdrawn-subject = Papildu laiks pārbaudēs vairs nav atļauts
mail-time-withdrawn-body =
    Labdien!

    Pārbaudēs, ko sāksiet no šī brīža, papildu laika jums vairs nav. Iesāktai pārbaudei laiks paliek, kāds bija.

    Ja jums ir jautājumi, sazinieties ar kursa rīkotāju: { $link }
mail-reminder-topic = Atgādinājums par iesāktu kursu
mail-reminder-subject = Kurss „{ $course }” jūs gaida
mail-reminder-body =
    Labdien!

    Jūs sākāt kursu „{ $course }”. Viss, ko izdarījāt, ir saglabāts, un turpināt varat no tās pašas vietas: „{ $lesson }”.

    Turpināt: { $link }

    Ja atgādinājumus vairs nevēlaties saņemt: { $stop }
mail-reminder-last-topic = Pēdējais atgādinājums par iesāktu kursu
mail-reminder-last-subject = Kursu „{ $course }” vēl var pabeigt
mail-reminder-last-body =
    Labdien!

    Kurss „{ $course }” vēl nav pabeigts. Viss, ko izdarījāt, ir saglabāts, un turpināt varat no tās pašas vietas: „{ $lesson }”. Par šo kursu vairs neatgādināsim.

    Turpināt: { $link }

    Ja nevēlaties atgādinājumus arī par citiem kursiem: { $stop }
mail-second-factor-on-subject = Otrais faktors ir ieslēgts
mail-second-factor-on-body =
    Labdien!

    Jūsu kontam vietnē „Iespēja” ir ieslēgts otrais faktors: pieslēdzoties būs vajadzīgs arī kods no lietotnes.

    Ja to nedarījāt jūs, nekavējoties rakstiet mums un nomainiet paroli: { $link }
mail-second-factor-off-subject = Otrais faktors ir izslēgts
mail-second-factor-off-body =
    Labdien!

    Jūsu kontam vietnē „Iespēja” otrais faktors ir izslēgts: pieslēgties tagad var ar paroli vien.

    Ja to nedarījāt un nelūdzāt jūs, nekavējoties nomainiet paroli un ieslēdziet to no jauna: { $link }
mail-second-factor-guessed-subject = Kāds zina jūsu paroli
mail-second-factor-guessed-body =
    Labdien!

    Vietnē „Iespēja” kāds ierakstīja jūsu paroli un pēc tam vairākas reizes nepareizu kodu. Tāpēc kodus kādu laiku nepieņemam.

    Ja tas nebijāt jūs, nomainiet paroli: { $link }
