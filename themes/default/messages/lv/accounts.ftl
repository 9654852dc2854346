# Reģistrēšanās, ierakstīšanās, paroles, konti un lomas.

email-label = E-pasta adrese
email-hint = Uz šo adresi saņemsiet saiti paroles izveidei.
email-missing = Ierakstiet e-pasta adresi
email-wrong = Ierakstiet pilnu e-pasta adresi, piemēram, vards.uzvards@iestade.lv
email-foreign-letters = Adresē ir burti, ar kuriem vēstuli nevar nosūtīt: { $letters }. Pirms @ zīmes lietojiet tikai latīņu burtus bez garumzīmēm un citām zīmēm, ciparus, punktus, defises un pasvītras
email-marked-letters = Pirms @ zīmes ir burti ar garumzīmi vai citu zīmi: { $letters }. Uz tādu adresi vēstuli nevar nosūtīt. Varbūt adrese ir { $latin }
email-look-alikes = Adresē ir citas rakstības burti, kas tikai izskatās kā latīņu burti: { $letters }. Ierakstiet tos ar latīņu burtiem: { $latin }
email-too-long = E-pasta adrese ir pārāk gara: pasta serveri to nepieņem
email-taken = Ar šo e-pasta adresi konts jau ir
password-label = Parole
new-password-label = Jaunā parole
password-hint = Vismaz { $min } rakstzīmes. Der arī vairāki vārdi ar atstarpēm.
password-missing = Ierakstiet paroli
password-too-short = Parole ir par īsu: vajadzīgas vismaz { $min } rakstzīmes
password-too-long = Parole ir par garu: tajā var būt ne vairāk kā { $max } rakstzīmes
password-common = Šādu paroli ir viegli uzminēt. Izvēlieties citu, piemēram, vairākus nesaistītus vārdus
password-contains-email = Parolē nedrīkst būt jūsu e-pasta adreses vārda daļa
field-error = Kļūda:
choose = Izvēlieties
save = Saglabāt
search = Meklēt

register-title = Reģistrēties
register-lead = Konts vajadzīgs, lai saglabātos jūsu progress un jūs varētu saņemt apliecību.
register-button = Reģistrēties
register-known = Konts jau ir?

mail-sent-title = Apskatiet e-pastu
mail-sent-lead = Apskatiet pastkasti { $address }: vēstule tajā jau ir vai pienāks dažu minūšu laikā.
mail-sent-confirm = Atveriet vēstulē norādīto saiti un izveidojiet paroli. Saite darbojas vienu reizi, 24 stundu laikā. Ja konts ar šo adresi jau ir, vēstulē rakstīts, kā ierakstīties.
mail-sent-reset = Ja ar šo adresi ir konts, atveriet vēstulē norādīto saiti un ierakstiet jaunu paroli. Saite darbojas vienu reizi, 24 stundu laikā. Ja konta nav, vēstulē rakstīts, kā reģistrēties.
mail-sent-before = Ja vēstuli lūdzāt jau iepriekš, jauna var nebūt nosūtīta. Tad der jaunākā no tām, kas jau ir pastkastē.
mail-file-title = Vēstule ir datnē
mail-file-text = Šai vietnei pasta serveris nav norādīts, tāpēc vēstule ir saglabāta datu mapē:
mail-missing-title = Vēstules nav?
mail-missing-spam = Pagaidiet dažas minūtes un apskatiet arī mēstuļu mapi.
mail-missing-address = Pārbaudiet, vai adrese ierakstīta pareizi.
mail-missing-retype = Ierakstīt citu adresi
mail-missing-often = Tādu pašu vēstuli uz vienu adresi sūtām ne biežāk kā reizi minūtē. Ja 24 stundu laikā jau nosūtītas piecas vēl derīgas vēstules, nākamās sūtām ne biežāk kā reizi 10 minūtēs, bet, ja desmit, ne biežāk kā reizi stundā. Atvērt varat jebkuru no tām: katra saite darbojas vienu reizi.
mail-missing-nothing = Ja vēstules nav arī pēc stundas, lūdziet to vēlreiz. Ja tā nepienāk arī tad, pajautājiet sava e-pasta uzturētājam, vai tas neaiztur šīs vietnes vēstules, vai lietojiet citu adresi.
mail-again-button = Lūgt vēstuli vēlreiz

confirm-title = Izveidojiet paroli
confirm-lead = Vēl viens solis: ar paroli apstiprināsiet adresi { $address }, un konts būs gatavs.
confirm-again-lead = Konts ar adresi { $address } jau ir gatavs. Ja te ierakstīsiet paroli, tā aizstās iepriekšējo, un visās ierīcēs būs jāierakstās no jauna.
confirm-button = Apstiprināt un turpināt
link-unknown-title = Saite nav derīga
link-expired-title = Saites laiks ir beidzies
link-used-title = Saite jau ir izmantota
link-confirm-text = Ja parole jau ir izveidota, varat ierakstīties. Ja nav, ierakstiet e-pasta adresi, lai saņemtu saiti, kas darbojas.
link-reset-text = Ierakstiet e-pasta adresi, lai saņemtu saiti paroles maiņai, kas darbojas.
link-first-text = Pirmā administratora saite darbojas vienu reizi. Jaunu saiti platforma parāda, kad to palaiž no jauna un administratora vēl nav.
link-again-button = Lūgt jaunu saiti

sign-in-title = Ierakstīties
sign-in-button = Ierakstīties
sign-in-next = Ierakstieties, un turpināsiet lapā, kuru gribējāt atvērt.
sign-in-new = Konta vēl nav?
sign-in-wrong = E-pasta adrese vai parole nav pareiza
forgotten-link = Aizmirsu paroli
forgotten-title = Aizmirsta parole
forgotten-lead = Ierakstiet e-pasta adresi, ar kuru reģistrējāties, lai saņemtu saiti jaunas paroles izveidei.
forgotten-button = Lūgt saiti
forgotten-back = Atpakaļ uz ierakstīšanos
reset-title = Jauna parole
reset-lead = Parole kontam ar adresi { $address }. Pēc paroles maiņas visās ierīcēs būs jāierakstās no jauna.

first-administrator-title = Pirmais administrators
first-administrator-lead = Šis konts varēs piešķirt lomas citiem. Saite darbojas vienu reizi.
first-administrator-button = Izveidot kontu

accounts-title = Konti un lomas
accounts-lead = Katra loma atver tikai savas lapas: arī administrators rādītājus redz tikai ar programmas vadītāja lomu.
accounts-search = Vārds vai e-pasta adrese
accounts-caption = Konti
accounts-who = Persona
accounts-registered = Reģistrējās
accounts-roles = Lomas
accounts-unconfirmed = Adrese nav apstiprināta
role-organiser = Organizators
role-manager = Programmas vadītājs
role-author = Autors
role-admin = Administrators
role-none = Nav lomu
role-change = Mainīt lomas
role-give = Piešķirt lomu „{ $role }”: { $email }
role-take = Atņemt lomu „{ $role }”: { $email }
role-give-short = Piešķirt
role-take-short = Atņemt

paging-label = Saraksta lapas
paging-none = Nekas nav atrasts
paging-range = { $first }.–{ $last }. no { $total }
paging-previous = Iepriekšējā lapa
paging-next = Nākamā lapa

flash-address-confirmed = Adrese ir apstiprināta, un parole ir saglabāta.
flash-password-saved = Parole ir saglabāta. Jūs ierakstījāties.
flash-link-done = Šī saite jau ir izmantota. Jūs esat sistēmā un varat turpināt.
flash-signed-out = Jūs izrakstījāties.
flash-password-changed = Parole ir nomainīta. Ierakstieties ar jauno paroli.
flash-first-administrator = Konts ir gatavs. Tagad varat piešķirt lomas citiem.
flash-role-given = Loma ir piešķirta.
flash-role-taken = Loma ir atņemta.
flash-role-own-admin = Administratora lomu sev atņemt nevar: vienmēr jābūt vismaz vienam administratoram.
