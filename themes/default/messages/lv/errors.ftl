# Kļūdu lapas: kas noticis un ko darīt tālāk.

error-status = Kļūda { $status }
error-request-id = Ja rakstāt mums par šo kļūdu, miniet numuru:
error-next-home = Uz sākumlapu
error-next-courses = Uz kursu katalogu
error-next-contact = Palīdzība un saziņa

error-not-found-title = Šādas lapas nav
error-not-found-text = Pārbaudiet, vai adrese ir pareiza. Lapa, iespējams, ir pārvietota vai jums nav pieejama.
error-sign-in-needed-title = Vispirms ierakstieties
error-sign-in-needed-text = Sesija ir beigusies vai nav sākta. Ierakstieties un mēģiniet vēlreiz; agrāk saglabātais nav zudis.
error-forbidden-title = Šī lapa jums nav pieejama
error-forbidden-text = Lai to atvērtu, vajag citu lomu. Ja tā jums pienākas, lūdziet to platformas administratoram.
error-method-not-allowed-title = Tā šo lapu atvērt nevar
error-method-not-allowed-text = Pieprasījums bija citāds, nekā lapa gaida. Atgriezieties un izmantojiet lapas saiti vai pogu.
error-form-expired-title = Veidlapa ir novecojusi
error-form-expired-text = Nekas nav mainīts. Atgriezieties iepriekšējā lapā, atjauniniet to un nosūtiet vēlreiz. Pārlūkā jābūt atļautām sīkdatnēm.
error-cross-site-title = Veidlapa atnāca no citas vietnes
error-cross-site-text = Nekas nav mainīts. Drošības dēļ pieņemam tikai tās veidlapas, kas aizpildītas šeit.
error-bad-request-title = Šo pieprasījumu nevar nolasīt
error-bad-request-text = Nekas nav mainīts. Atgriezieties iepriekšējā lapā un mēģiniet vēlreiz.
error-address-too-long-title = Adrese ir pārāk gara
error-address-too-long-text = Tik garas adreses nav nevienai lapai. Nokopējiet saiti vēlreiz vai sāciet no sākumlapas.
error-too-large-title = Nosūtīts par daudz
error-too-large-text = Veidlapā var nosūtīt līdz { $kilobytes } KB. Nekas nav saglabāts. Atgriezieties, saīsiniet ierakstīto un nosūtiet vēlreiz.
error-too-slow-title = Veidlapa nepienāca laikā
error-too-slow-text = Savienojums ir pārāk lēns vai pārtrūka. Nekas nav saglabāts. Atgriezieties un nosūtiet veidlapu vēlreiz.
error-not-a-form-title = Tādā veidā to nevar pieņemt
error-not-a-form-text = Lapa pieņem tikai teksta veidlapas. Nekas nav mainīts. Atgriezieties un nosūtiet veidlapu no tās lapas.
error-refused-title = Ierakstīto nevar pieņemt
error-too-many-title = Pārāk daudz mēģinājumu
error-too-many-text = No jūsu tīkla pašlaik nāk pārāk daudz pieprasījumu. Brīdi pagaidiet un mēģiniet vēlreiz.
error-internal-title = Radās kļūda mūsu pusē
error-internal-text = Kļūda ir pierakstīta. Mēģiniet vēlreiz pēc brīža. Agrāk saglabātais nav zudis.
error-email-taken-title = Ar šo adresi jau ir cits konts
error-email-taken-text = Kamēr saite bija ceļā, ar šo e-pasta adresi ir izveidots cits konts. Jūsu konta adrese nav mainīta.
