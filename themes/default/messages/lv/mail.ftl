# Vēstules: temats un teksts.

mail-footer =
    Iespēja, e-mācības par vienlīdzīgām iespējām
    { $home }
mail-confirm-email-subject = Apstipriniet e-pasta adresi
mail-confirm-email-body =
    Labdien!

    Lai pabeigtu reģistrēšanos vietnē „Iespēja”, atveriet šo saiti un izveidojiet paroli. Ar to apstiprināsiet savu e-pasta adresi:

    { $link }

    Saite darbojas vienu reizi, 24 stundu laikā. Ja nereģistrējāties, vēstuli varat neņemt vērā: kamēr saite nav izmantota, ar šo adresi neviens ierakstīties nevar.
mail-address-taken-subject = Jums jau ir konts
mail-address-taken-body =
    Labdien!

    Kāds, iespējams, jūs, mēģināja vietnē „Iespēja” reģistrēties ar šo e-pasta adresi. Konts ar šo adresi jau ir, tāpēc nekas nav mainīts.

    Ierakstīties: { $signin }
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

    Jūsu konta parole vietnē „Iespēja” ir nomainīta, un visās ierīcēs jāierakstās no jauna.

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

    Ja vēlaties datus paturēt, līdz tai dienai ierakstieties un lūgumu atsauciet: { $link }

    Ja to lūdzāt ne jūs, atsauciet lūgumu un uzreiz nomainiet paroli.
