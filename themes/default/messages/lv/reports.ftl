# Kļūdas, ko cilvēki atrod lapās

report-link = Ziņot par kļūdu šajā lapā
report-title = Ziņot par kļūdu
report-lead = Uzrakstiet, kas lapā nav pareizi vai nav saprotams. Ziņu kopā ar lapas adresi saņems tie, kas veido saturu.
report-page = Lapa
report-text-label = Kas nav pareizi?
report-text-hint = Piemēram, teikums, skaitlis, saite vai poga. Nerakstiet ne savus, ne citu cilvēku datus.
report-send = Nosūtīt
report-back = Atgriezties lapā
report-answers = Mēs nezinām, kas ziņu sūta, tāpēc uz to neatbildam. Ja vajadzīga atbilde:
report-text-missing = Uzrakstiet, kas nav pareizi
report-text-too-long = Saīsiniet tekstu: tajā var būt ne vairāk kā { $max } rakstzīmju
report-too-many = Pēdējā stundā saņemts ļoti daudz ziņu. Teksts nav nosūtīts – mēģiniet vēlreiz pēc brīža
flash-report-sent = Paldies! Ziņa ir saņemta.

reports-title = Ziņas par kļūdām
reports-open = { PLURAL($count) ->
    [0] Neapskatītu ziņu nav.
    [zero] { $count } ziņu vēl nav apskatītas.
    [one] { $count } ziņa vēl nav apskatīta.
   *[other] { $count } ziņas vēl nav apskatītas.
 }
reports-empty = Ziņu par kļūdām vēl nav. Ikviens tās var nosūtīt no satura lapu apakšas.
report-search = Meklēt tekstā un adresē
report-text = Ziņa
report-created = Saņemta
report-status = Statuss
report-any-status = Visas
report-open = Neapskatīta
report-handled = Apskatīta
report-handle = Atzīmēt kā apskatītas
report-reopen = Atzīmēt kā neapskatītas
flash-reports-handled = { PLURAL($count) ->
    [0] Nekas nemainījās: šīs ziņas jau bija apskatītas.
    [zero] { $count } ziņu atzīmētas kā apskatītas.
    [one] { $count } ziņa atzīmēta kā apskatīta.
   *[other] { $count } ziņas atzīmētas kā apskatītas.
 }
flash-reports-reopened = { PLURAL($count) ->
    [0] Nekas nemainījās: šīs ziņas jau bija neapskatītas.
    [zero] { $count } ziņu atzīmētas kā neapskatītas.
    [one] { $count } ziņa atzīmēta kā neapskatīta.
   *[other] { $count } ziņas atzīmētas kā neapskatītas.
 }
nav-reports = Ziņas par kļūdām
