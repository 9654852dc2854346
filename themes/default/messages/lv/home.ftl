# Sākumlapa.

home-title = Atveriet durvis ikvienam
home-lead = Mācieties pamanīt un novērst diskrimināciju darbā, pakalpojumos un lēmumos. Tiešsaistes kursi valsts un pašvaldību institūcijām, darba devējiem un ikvienam.
home-to-courses = Skatīt kursus
home-register = Reģistrēties
home-hello = Turpiniet mācīties
home-all-mine = Visi mani kursi un apliecības
home-more-title = Ko mācīties vēl
home-theme-all = { PLURAL($count) ->
    [zero] Visi { $count } kursi
    [one] Skatīt { $count } kursu
   *[other] Visi { $count } kursi
}
home-purpose-title = Kāpēc šī programma
home-purpose-text = Diskriminācija bieži sākas neuzkrītoši: ar prasību darba sludinājumā, ar veidlapu, ko ne visi var aizpildīt, ar ierasto „pie mums tā dara”. Ja to protam pamanīt, protam arī novērst.
home-purpose-who = Mācības veido Labklājības ministrija kopā ar Valsts administrācijas skolu projektā „Vienlīdzīgu iespēju un nediskriminācijas veicināšana”.
home-steps-title = Kā tas notiek
home-step-choose-title = Izvēlieties kursu
home-step-choose-text = Katra kursa lapā redzams, kam tas domāts, cik laika tas prasa un ko pēc tā pratīsiet.
home-step-learn-title = Mācieties savā tempā
home-step-learn-text = Īsas nodarbības ar piemēriem no Latvijas un jautājumiem. Varat aiziet un turpināt no tās pašas vietas.
home-step-certificate-title = Saņemiet apliecību
home-step-certificate-text = Izlasiet nodarbības un nokārtojiet pārbaudi. Apliecību ar kodu, pēc kura ikviens var to pārbaudīt, saņemat uzreiz.
home-courses-title = Ko te var apgūt
home-all-courses = Kursu katalogs
home-help-title = Kur meklēt palīdzību
home-help-text = Ja diskriminācija vai vardarbība skar jūs pašu vai kādu blakus, negaidiet kursa beigas.
home-help-danger = Ja briesmas draud tieši tagad
home-help-ombudsman = Tiesībsarga birojs
home-help-work = Valsts darba inspekcija
home-help-victims = Atbalsts noziegumos cietušajiem
home-help-crisis = Emocionāla krīze, visu diennakti
home-help-checked = Numurus pēdējoreiz pārbaudījām 2026. gada 22. novembrī pēc publiskiem avotiem. Darba laiks var būt mainījies.
