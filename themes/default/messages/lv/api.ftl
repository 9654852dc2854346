# Piekļuves atslēgas: ar tām citas programmas lieto pasākumu datus.

tokens-title = API piekļuves atslēgas
tokens-lead = Ar piekļuves atslēgu cita programma, piemēram, jūsu iestādes pieteikumu sistēma, lasa pasākumu datus un piesaka dalībniekus.
tokens-text = Programma ar atslēgu var darīt to pašu, ko jūs: organizators – savu virzienu pasākumos, vadītājs – visos. Kad lomu atņem vai kontu slēdz, atslēgas vairs neder. Kā to lietot:
tokens-guide = API apraksts (angļu valodā)
tokens-openapi = OpenAPI fails
tokens-list-title = Jūsu atslēgas
tokens-none = Jums vēl nav nevienas piekļuves atslēgas.
token-may = Drīkst { $scopes }.
token-times = Izveidota { $made } Derīga līdz { $expires }
token-used = Pēdējoreiz lietota { $at }.
token-unused = Vēl nav lietota.
token-expired = Termiņš beidzies
token-revoked = Anulēta
token-revoke = Anulēt
token-revoke-named = Anulēt atslēgu „{ $name }”
token-scope-events-read = lasīt pasākumus un pieteikumus
token-scope-events-write = pieteikt dalībniekus un atcelt pieteikumus

token-new-title = Jauna atslēga
token-name-label = Nosaukums
token-name-hint = Pēc nosaukuma vēlāk sapratīsiet, kura programma atslēgu lieto
token-name-missing = Ierakstiet atslēgas nosaukumu
token-name-too-long = Nosaukums ir par garu: ne vairāk kā { $max } rakstzīmes
token-access-label = Ko ar atslēgu drīkst darīt
token-access-read = Lasīt pasākumus un pieteikumus
token-access-write = Lasīt, pieteikt dalībniekus un atcelt pieteikumus
token-access-missing = Izvēlieties, ko ar atslēgu drīkst darīt
token-days-label = Cik dienu atslēga ir derīga
token-days-hint = No 1 līdz { $most } dienām
token-days-wrong = Ierakstiet dienu skaitu no 1 līdz 366
token-too-many = Jums jau ir 20 derīgas atslēgas. Vispirms anulējiet kādu, kura vairs nav vajadzīga
token-new-button = Izveidot atslēgu

token-made-title = Atslēga ir izveidota
token-made-lead = Nokopējiet atslēgu tagad: vēlāk to vairs nevarēs redzēt.
token-label = Piekļuves atslēga
token-copy = Kopēt atslēgu
token-copied = Atslēga ir nokopēta.
token-expires = Derīga līdz
token-made-text = Glabājiet to tikpat droši kā paroli un nesūtiet e-pastā. Ja to redz kāds cits, anulējiet to un izveidojiet jaunu.
token-made-done = Atslēga ir nokopēta

token-revoke-title = Anulēt atslēgu
token-revoke-text = Programma, kas lieto šo atslēgu, vairs nevarēs ne lasīt pasākumu datus, ne pieteikt dalībniekus. Anulēto atslēgu atjaunot nevar.
token-revoke-button = Anulēt atslēgu
token-revoke-back = Paturēt atslēgu
flash-token-revoked = Atslēga ir anulēta.

registration-number-too-long = Reģistrācijas numurs ir par garu: ne vairāk kā { $max } rakstzīmes
text-control = Teksts nedrīkst saturēt vadības rakstzīmes
language-unknown = Šādas valodas nav: ir „lv” un „en”
organisation-number-unknown = Reģistrā nav organizācijas ar šo reģistrācijas numuru
participant-role-too-long = Amata nosaukums ir par garu: ne vairāk kā { $max } rakstzīmes
