# Palīdzība un saziņa.

contact-title = Palīdzība un saziņa
contact-lead = Vispirms apskatiet, vai atbilde jau ir šeit. Ja nav, rakstiet kursu rīkotājiem.
contact-sign-in-title = Nevaru ierakstīties
contact-sign-in-text = Pārbaudiet, vai e-pasta adrese ir tā pati, ar kuru reģistrējāties. Paroli varat izveidot no jauna.
contact-sign-in-link = Aizmirsu paroli
contact-mail-title = Vēstule ar saiti nepienāk
contact-mail-text = Pagaidiet dažas minūtes un apskatiet arī mēstuļu mapi. Dažu iestāžu e-pasts vēstules no jauniem sūtītājiem aiztur; tad pajautājiet sava e-pasta uzturētājam.
contact-certificate-title = Kāpēc man nav apliecības?
contact-certificate-text = Apliecību saņem uzreiz, kad izlasītas visas kursa nodarbības un nokārtota pārbaude. Kas vēl palicis, redzams kursa lapā.
contact-name-title = Apliecībā nav pareizs vārds
contact-name-text = Izlabojiet vārdu savos datos: nākamajās apliecībās tas jau būs pareizs. Lai izsniegtu no jauna jau saņemto apliecību, rakstiet mums un norādiet tās numuru.
contact-time-title = Pārbaudē vajag vairāk laika
contact-time-text = Rakstiet mums, pirms sākat pārbaudi. Slimības vai invaliditātes apliecinājumu nevajag: pietiek pateikt, cik daudz laika būs vajadzīgs.
contact-attempts-title = Pārbaudes mēģinājumi ir izmantoti
contact-attempts-text = Rakstiet mums un norādiet kursu. Palīdzēsim saprast, ko atkārtot, un varam atļaut vēl vienu mēģinājumu.
contact-access-title = Lapa nav piekļūstama vai ir grūti lietojama
contact-access-text = Pastāstiet, kura lapa un ar ko to lietojat. Vajadzīgo nosūtīsim arī citā veidā.
contact-mistake-title = Pamanīju kļūdu kursā
contact-mistake-text = Nosūtiet mums lapas adresi un teikumu, kurā ir kļūda.
contact-data-title = Jautājums par maniem datiem
contact-data-text = Privātuma paziņojumā rakstīts, ko par jums glabājam, kas to redz un ko varat lūgt.
contact-write-title = Rakstiet mums
contact-write-text = Norādiet kursu un lapas adresi; ja lapā bija kļūdas numurs, arī to. Paroli nekad nesūtiet.
contact-email = E-pasts
contact-phone = Tālrunis
contact-none = Šai vietnei saziņas adrese vēl nav norādīta. Programmu īsteno:
