# Ziņas pasākuma dalībniekiem.

message-title = Ziņa dalībniekiem
message-lead = Katrs saņems savu vēstuli ar saiti uz savu pieteikumu. Pirms sūtīšanas redzēsiet, kā tā izskatīsies un cik cilvēku to saņems.
message-to-label = Kam sūtīt
message-to-registered-count = Kam ir vieta: { $count }
message-to-waiting-count = Kas ir gaidīšanas sarakstā: { $count }
message-to-offered-count = Kam vieta ir piedāvāta: { $count }
message-to-selected-count = { PLURAL($count) ->
    [zero] Sarakstā izvēlētie: { $count } cilvēku.
    [one] Sarakstā izvēlētie: { $count } cilvēks.
   *[other] Sarakstā izvēlētie: { $count } cilvēki.
}
message-to-others = Sūtīt citiem
message-to-registered = kam ir vieta
message-to-waiting = kas ir gaidīšanas sarakstā
message-to-offered = kam vieta ir piedāvāta
message-to-selected = sarakstā izvēlētie
message-to-missing = Izvēlieties vismaz vienu grupu, kam sūtīt
message-to-nobody = Izvēlētajās grupās tagad nav neviena
message-languages = Katrs saņem ziņu tajā valodā, kurā pieteicās. Ja rakstāt tikai vienā valodā, tajā to saņem visi.
message-in-lv = Latviešu valodā
message-in-en = Angļu valodā
message-subject-lv = Temats latviski
message-text-lv = Teksts latviski
message-subject-en = Temats angliski
message-text-en = Teksts angliski
message-adds = Tekstam pievienosim pasākuma nosaukumu, katra dalībnieka paša pieteikuma saiti, jūsu vārdu un to, kāpēc vēstule ir saņemta.
message-subject-missing = Ierakstiet tematu
message-text-missing = Ierakstiet tekstu
message-subject-too-long = Temats ir par garu: ne vairāk kā { $max } rakstzīmes
message-text-too-long = Teksts ir par garu: ne vairāk kā { $max } rakstzīmes
message-preview-button = Apskatīt pirms sūtīšanas
message-sent-title = Nosūtītās ziņas
message-sent-none = Šim pasākumam vēl nav sūtīta neviena ziņa.
message-sent-about = { $at } sūtīja { $sender }. Saņēmēji: { $count } ({ $to }).
message-erased = (teksts ir izdzēsts)

message-preview-title = Ziņa pirms sūtīšanas
message-preview-lead = Tā vēstuli redzēs saņēmēji. Nekas vēl nav nosūtīts.
message-count = Saņēmēji: { $count }
message-only-lv = Ziņa ir tikai latviski, tāpēc latviski to saņems visi.
message-only-en = Ziņa ir tikai angliski, tāpēc angliski to saņems visi.
message-preview-subject = Temats
message-preview-html = Vēstule
message-preview-text = Tā pati vēstule kā vienkāršs teksts
message-send-button = { PLURAL($count) ->
    [zero] Sūtīt { $count } cilvēkiem
    [one] Sūtīt { $count } cilvēkam
   *[other] Sūtīt { $count } cilvēkiem
}
message-test-button = Sūtīt izmēģinājumu tikai man
message-change-button = Labot
message-tested = Izmēģinājumu nosūtījām uz { $address }. Dalībniekiem nekas nav nosūtīts.
message-tested-nowhere = Jūsu kontam nav e-pasta adreses, tāpēc izmēģinājumu nenosūtījām.
flash-message-sent = { PLURAL($count) ->
    [zero] Ziņa tiek sūtīta { $count } cilvēkiem.
    [one] Ziņa tiek sūtīta { $count } cilvēkam.
   *[other] Ziņa tiek sūtīta { $count } cilvēkiem.
}
flash-message-sent-before = Šī ziņa jau bija nosūtīta; otrreiz to nesūtījām.

mail-event-message-topic = Organizatora ziņa dalībniekiem
event-message-about = Pasākums: { $event }
event-message-link = Jūsu pieteikums:
event-message-why = Ziņu sūtīja pasākuma organizators { $sender }. Jūs to saņemat, jo esat pieteikts šim pasākumam.
event-message-test-subject = [Izmēģinājums] { $subject }
