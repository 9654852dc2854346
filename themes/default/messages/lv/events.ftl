# Pasākumi: saraksti, pasākuma lapa, organizēšana.

events-title = Pasākumi
event-untitled = Pasākums bez nosaukuma
event-title-label = Nosaukums
event-kind = Pasākuma veids
event-strand = Programmas virziens
event-status = Statuss
event-status-draft = Melnraksts
event-status-published = Izsludināts
event-status-cancelled = Atcelts
event-status-finished = Noticis
event-audience = Kam paredzēts
event-audience-public-sector = Valsts un pašvaldību institūcijām
event-audience-employers = Darba devējiem
event-audience-everyone = Ikvienam
event-form = Norises veids
event-form-in-person = Klātienē
event-form-remote = Tiešsaistē
event-form-both = Klātienē un tiešsaistē
event-place = Norises vieta
event-place-remote = tiešsaistē
event-days = Datums
event-first-day = Pirmā diena
event-last-day = Pēdējā diena
event-times = Laiks
event-month = Mēnesis
event-capacity = Vietu skaits
event-places-taken = Aizņemtās vietas
event-waiting = Gaida
event-waiting-count = { PLURAL($count) ->
    [zero] { $count } gaida
    [one] { $count } gaida
   *[other] { $count } gaida
}
event-when-coming = Vēl nav beidzies
event-when-past = Ir beidzies

weekday-1 = pirmdiena
weekday-2 = otrdiena
weekday-3 = trešdiena
weekday-4 = ceturtdiena
weekday-5 = piektdiena
weekday-6 = sestdiena
weekday-7 = svētdiena

organise-title = Organizēšana
organise-search = Meklēt pēc nosaukuma vai pilsētas
organise-when = Norise
organise-any-when = Jebkad
organise-any-status = Jebkurš statuss
organise-any-kind = Jebkurš veids
organise-any-strand = Jebkurš virziens
organise-any-month = Jebkurš mēnesis
organise-empty = Te vēl nav neviena pasākuma.
organise-no-strand-title = Jums vēl nav neviena virziena
organise-no-strand-text = Lai varētu veidot pasākumus, programmas vadītājam jāpiešķir jums vismaz viens programmas virziens.

organisers-title = Organizatori un virzieni
organisers-lead = Organizators redz un veido tikai to virzienu pasākumus, kas viņam piešķirti. Programmas vadītāji redz visus.
organisers-none-title = Organizatoru vēl nav
organisers-none-text = Organizatora lomu kontam piešķir administrators.
strand-held = Piešķirts
strand-give-short = Piešķirt
strand-take-short = Atņemt
strand-give = Piešķirt virzienu „{ $strand }”: { $name }
strand-take = Atņemt virzienu „{ $strand }”: { $name }
flash-strand-given = Virziens ir piešķirts.
flash-strand-taken = Virziens ir atņemts.

event-kinds-title = Jauns pasākums
event-kinds-lead = Izvēlieties pasākuma veidu. Ierosinātās vērtības pēc tam varēsiet mainīt.
event-kinds-none = Programmā nav noteikts neviens pasākumu veids.
event-kind-facts = { PLURAL($sessions) ->
    [zero] { $sessions } dienas
    [one] { $sessions } diena
   *[other] { $sessions } dienas
} pa { PLURAL($hours) ->
    [zero] { $hours } stundām
    [one] { $hours } stundai
   *[other] { $hours } stundām
}, { PLURAL($places) ->
    [zero] { $places } vietas
    [one] { $places } vieta
   *[other] { $places } vietas
}
event-new = Jauns pasākums
event-new-title = Jauns pasākums
event-edit-title = Labot pasākumu
event-edit = Labot
event-edit-announced = Pasākums ir izsludināts. Ja mainīsiet laiku vai vietu, dalībniekiem par to paziņos.
event-save-draft = Saglabāt melnrakstu
event-leave-form = Atgriezties, neko nemainot
event-part-what = Par pasākumu
event-part-sessions = Norises laiks un vieta
event-part-places = Vietas un pieteikšanās
event-settings = Vietas un pieteikšanās
event-about = Par ko tas ir
event-lecturers = Lektori
event-day = Diena
event-time = Laiks
event-begins = Sākums
event-ends = Beigas
event-which = Kurš no abiem
event-which-begins = Kurš sākums
event-which-ends = Kuras beigas
event-which-first = pirms pulksteņa pagriešanas
event-which-second = pēc pulksteņa pagriešanas
event-city = Pilsēta vai ciems
event-address = Adrese
event-room = Telpa
event-accessibility = Vides piekļūstamība
event-link = Tiešsaistes saite
event-session-number = { $number }. diena
event-add-session = Pievienot dienu
event-remove-session = Noņemt { $number }. dienu
event-material-number = { $number }. materiāls
event-material-title = Materiāla nosaukums
event-material-url = Materiāla saite
event-add-material = Pievienot materiālu
event-remove-material = Noņemt { $number }. materiālu
event-field-strand = Programmas virziens
event-field-title_lv = Nosaukums latviešu valodā
event-field-title_en = Nosaukums angļu valodā
event-field-summary_lv = Apraksts latviešu valodā
event-field-summary_en = Apraksts angļu valodā
event-field-language = Norises valoda
event-field-audience = Kam pasākums paredzēts
event-field-lecturers = Lektori
event-field-contact_email = E-pasts jautājumiem
event-field-capacity = Vietu skaits
event-field-minimum = Mazākais dalībnieku skaits
event-field-opens_day = Pieteikšanās sākas: diena
event-field-opens_time = Pieteikšanās sākas: laiks
event-field-closes_day = Pieteikšanās beidzas: diena
event-field-closes_time = Pieteikšanās beidzas: laiks
event-field-cancel_day = Dalību var atcelt līdz: diena
event-field-cancel_time = Dalību var atcelt līdz: laiks
event-field-offer_hours = Cik stundu tur piedāvātu vietu
event-field-reminders = Atgādinājumi
event-field-needs_kept_days = Cik dienu pēc pasākuma glabā dalībnieku vajadzības
event-field-materials = Materiāli
event-field-sessions = Norises laiks un vieta
event-opens = Pieteikšanās sākas
event-closes = Pieteikšanās beidzas
event-cancel-until = Dalību var atcelt līdz
event-opens-at-once = uzreiz pēc izsludināšanas
event-offers-none = piedāvājumu nav: atbrīvojusies vieta uzreiz pieder nākamajam
event-offers-hours = { PLURAL($count) ->
    [zero] { $count } stundas
    [one] { $count } stundu
   *[other] { $count } stundas
}
event-reminders-none = netiek sūtīti
event-before-days = { PLURAL($count) ->
    [zero] { $count } dienas iepriekš
    [one] { $count } dienu iepriekš
   *[other] { $count } dienas iepriekš
}
event-before-hours = { PLURAL($count) ->
    [zero] { $count } stundas iepriekš
    [one] { $count } stundu iepriekš
   *[other] { $count } stundas iepriekš
}
event-before-minutes = { PLURAL($count) ->
    [zero] { $count } minūtes iepriekš
    [one] { $count } minūti iepriekš
   *[other] { $count } minūtes iepriekš
}
event-language-lv = Latviešu valodā
event-language-en = Angļu valodā
event-language-lv-en = Latviešu un angļu valodā
event-language = Valoda
event-hint-english = Ja tukšs, angļu lapā rāda nosaukumu latviešu valodā.
event-hint-summary = Par ko būs pasākums, ko dalībnieki iegūs. Jauna rinda ir jauna rindkopa.
event-hint-lecturers = Katrs savā rindā: vārds, uzvārds, darbavieta.
event-hint-contact = Ja tukšs, pasākuma lapā ir vietnes kopīgā adrese.
event-hint-sessions = Laiki ir pēc Latvijas laika. Vienā dienā var būt arī vairākas daļas.
event-hint-venue = Vieta vajadzīga, ja pasākums notiek klātienē.
event-hint-accessibility = Lifts, uzbrauktuve, indukcijas cilpa, piemērota tualete, stāvvieta. Ja kaut kā nav, uzrakstiet arī to.
event-hint-link = Vajadzīga, ja pasākums notiek tiešsaistē. To rāda tikai dalībniekiem neilgi pirms sākuma.
event-hint-https = Saitei jāsākas ar https://
event-hint-material = Saite, kas sākas ar https://, vai šīs platformas lapa, kas sākas ar /lv/
event-hint-opens = Ja tukšs, pieteikties var uzreiz pēc izsludināšanas.
event-hint-closes = Ja tukšs, ņem šim pasākuma veidam parasto laiku pirms sākuma.
event-hint-offers = Kad vieta atbrīvojas, to piedāvā nākamajam gaidītājam uz tik stundām. Ar 0 vieta viņam pieder uzreiz.
event-hint-needs = Bērnu pieskatīšana, piekļūstamība, uzturs, tulks. Pēc tam šīs ziņas dzēš.

event-stale-title = Pasākumu tikmēr ir mainījis kāds cits
event-stale-text = Nekas vēl nav saglabāts. Jūsu ierakstītais ir zemāk, bet saglabāts pašlaik ir šādi. Salīdziniet un, ja jūsu ierakstītais ir pareizs, saglabājiet vēlreiz.
event-missing-title = Lai pasākumu izsludinātu, vēl trūkst
event-lacks-title = Ierakstiet nosaukumu latviešu valodā
event-lacks-summary = Ierakstiet aprakstu latviešu valodā
event-lacks-city = Ierakstiet pilsētu vai ciemu
event-lacks-address = Ierakstiet adresi
event-lacks-accessibility = Aprakstiet vides piekļūstamību
event-lacks-link = Ierakstiet tiešsaistes saiti
event-lacks-future = Izvēlieties dienu, kas vēl nav pienākusi
event-lacks-window = Pieteikšanās beigas jau ir pagājušas; izvēlieties vēlāku laiku
event-announce = Izsludināt
event-cancel = Atcelt pasākumu
event-cancel-title = Atcelt pasākumu
event-cancel-told = { PLURAL($count) ->
    [zero] Par atcelšanu paziņos { $count } cilvēkiem: tiem, kam ir vieta, un tiem, kas gaida.
    [one] Par atcelšanu paziņos { $count } cilvēkam, kam ir vieta vai kas gaida.
   *[other] Par atcelšanu paziņos { $count } cilvēkiem: tiem, kam ir vieta, un tiem, kas gaida.
}
event-cancel-reason = Iemesls
event-cancel-reason-hint = To redzēs dalībnieki un pasākuma lapas lasītāji.
event-cancelled-why = Pasākums ir atcelts
event-keep = Neatcelt
event-duplicate = Veidot līdzīgu
event-duplicate-title = Veidot līdzīgu pasākumu
event-duplicate-text = Jaunais pasākums būs melnraksts ar to pašu saturu. Visas dienas un termiņi pārceļas par tikpat dienām, bet laiki paliek tie paši.
event-delete = Dzēst melnrakstu
event-delete-title = Dzēst melnrakstu
event-delete-text = Melnrakstu ar visām tā dienām un materiāliem izdzēsīs. To nevarēs atgūt.
event-keep-draft = Nedzēst
flash-event-created = Melnraksts ir saglabāts.
flash-event-changed = Izmaiņas ir saglabātas.
flash-event-announced = Pasākums ir izsludināts.
flash-event-lacks = Pasākumu vēl nevar izsludināt: skatiet, kā trūkst.
flash-event-cancelled = Pasākums ir atcelts.
flash-event-duplicated = Līdzīgs pasākums ir izveidots kā melnraksts.
flash-event-deleted = Melnraksts ir izdzēsts.

event-strand-missing = Izvēlieties virzienu
event-title-too-long = Nosaukums ir par garu: tajā var būt ne vairāk kā { $max } rakstzīmes
event-summary-too-long = Apraksts ir par garu: tajā var būt ne vairāk kā { $max } rakstzīmes
event-lecturers-too-long = Teksts ir par garu: tajā var būt ne vairāk kā { $max } rakstzīmes
event-accessibility-too-long = Teksts ir par garu: tajā var būt ne vairāk kā { $max } rakstzīmes
event-place-too-long = Teksts ir par garu: tajā var būt ne vairāk kā { $max } rakstzīmes
event-language-missing = Izvēlieties norises valodu
event-audience-missing = Izvēlieties, kam pasākums paredzēts
event-form-missing = Izvēlieties norises veidu
event-capacity-wrong = Ierakstiet vietu skaitu: veselu skaitli, kas ir vismaz 1
event-capacity-over = Šāda veida pasākumam var būt ne vairāk kā { $limit } vietas
event-capacity-taken = Vietu nevar būt mazāk, nekā jau ir aizņemts: { $taken }. Vispirms atceliet kādu pieteikumu.
event-minimum-wrong = Ierakstiet veselu skaitli, kas ir vismaz 1, vai atstājiet tukšu
event-minimum-over = Mazākais dalībnieku skaits nevar būt lielāks par vietu skaitu
event-offer-hours-wrong = Ierakstiet veselu stundu skaitu no 0 līdz 168
event-needs-days-wrong = Ierakstiet veselu dienu skaitu no 1 līdz 365
event-session-ends-before = Beigām jābūt vēlāk par sākumu
event-session-past = Šis laiks jau ir pagājis
event-session-overlaps = Šis laiks pārklājas ar { $number }. dienu
event-opens-after-close = Pieteikšanās sākumam jābūt pirms tās beigām
event-closes-after-begin = Pieteikšanās nevar beigties pēc pasākuma sākuma
event-cancel-after-begin = Termiņš nevar būt pēc pasākuma sākuma
material-title-missing = Ierakstiet materiāla nosaukumu
material-title-too-long = Nosaukums ir par garu: tajā var būt ne vairāk kā { $max } rakstzīmes
link-wrong = Ierakstiet pilnu saiti, kas sākas ar https://
material-link-wrong = Ierakstiet saiti, kas sākas ar https://, vai šīs platformas lapu, kas sākas ar /lv/
link-too-long = Saite ir par garu: tajā var būt ne vairāk kā { $max } rakstzīmes
cancel-reason-missing = Ierakstiet atcelšanas iemeslu
cancel-reason-too-long = Iemesls ir par garu: tajā var būt ne vairāk kā { $max } rakstzīmes

events-lead = Semināri, diskusijas, informatīvi pasākumi un konferences. Dalība ir bez maksas.
events-search = Meklēt pēc nosaukuma vai pilsētas
events-any = Jebkurš
events-free = Brīvas vietas
event-free-yes = Ir brīvas vietas
events-coming = Gaidāmie
events-coming-title = Gaidāmie pasākumi
events-past-title = Notikušie pasākumi
events-past-link = Notikušie pasākumi
events-empty = Pašlaik neviens pasākums nav izsludināts. Mācieties tiešsaistes kursos un ieskatieties te vēlāk.
events-feed-text = Lai visi gaidāmie pasākumi būtu arī jūsu kalendārā, abonējiet to:
events-feed-link = kalendāra saite
events-feed-name = Iespējas pasākumi
event-free = { PLURAL($count) ->
    [zero] Brīvas { $count } vietas
    [one] Brīva { $count } vieta
   *[other] Brīvas { $count } vietas
}
event-full = Visas vietas aizņemtas
event-full-text = Varat pieteikties gaidīšanas sarakstā. Ja kāda vieta atbrīvosies, jums par to rakstīsim.
event-not-yet = Pieteikšanās sāksies { $at }
event-closed = Pieteikšanās ir beigusies
event-over = Pasākums ir noticis
event-registration = Pieteikšanās
event-register = Pieteikties
event-register-waiting = Pieteikties gaidīšanas sarakstā
event-register-until = Pieteikties var līdz
event-link-later = Tiešsaistes saiti saņem tie, kas ir pieteikušies.
event-to-calendar = Pievienot kalendāram
event-questions = Jautājumi:
home-events-title = Gaidāmie pasākumi
home-events-all = Visi pasākumi
me-events-title = Gaidāmie pasākumi
event-public-page = Pasākuma lapa
