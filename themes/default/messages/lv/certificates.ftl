# Apliecības un to pārbaude.

certificate-valid = Derīga
certificate-replaced = Aizstāta
certificate-revoked = Atsaukta

verify-title = Apliecības pārbaude
verify-lead = Ievadiet kodu, kas redzams apliecības apakšā blakus QR kodam, un uzzināsiet, vai apliecība ir īsta un ko tā apliecina.
verify-code = Apliecības kods vai numurs
verify-code-hint = Piemēram, 7K3M-Q2XA-9F0D; var ielīmēt arī adresi vai visu rindu. Pēc numura, piemēram, IESP-2026-000123, redzams tikai datums un tas, vai apliecība ir spēkā.
verify-submit = Pārbaudīt
verify-missing = Ievadiet apliecības kodu
verify-malformed = Šāda koda nevar būt: kāda zīme ir mainīta vai trūkst. Salīdziniet ar apliecību un ievadiet vēlreiz
verify-unknown = Apliecības ar šādu kodu nav. Salīdziniet kodu ar apliecību un ievadiet vēlreiz
verified-title = Apliecība { $serial }
verified-valid-title = Apliecība ir īsta un derīga
verified-replaced-title = Apliecība ir aizstāta ar jaunu
verified-revoked-title = Apliecība ir atsaukta
verified-valid-text = To izsniedza Labklājības ministrija sadarbībā ar Valsts administrācijas skolu.
verified-since = Kopš { $date }
verified-reason = Iemesls: { $reason }
verified-successor = Skatīt apliecību, kas ir spēkā
verified-holder = Kam izsniegta
verified-course = Kurss
verified-hours = Apjoms
verified-completed = Kurss apgūts
verified-issued = Izsniegta
verified-serial = Numurs
verified-project = Projekts
verified-status = Statuss
verified-file = Faila pirkstnospiedums (SHA-256)
verified-file-hint = Ja jūsu PDF faila SHA-256 vērtība ir tieši šāda, fails nav mainīts.
verified-sample = Šī ir parauga apliecība no demonstrācijas datiem. Tā neapliecina nekādas mācības.
verified-another = Pārbaudīt citu apliecību

# Printed on the certificate itself.
print-course-document = Apliecība { $serial }: { $title }
print-course-description = { $holder }, { $title }
print-author = Labklājības ministrija
print-number = Nr. { $serial }
print-course-title = Apliecība
print-sample = Paraugs no demonstrācijas datiem. Neapliecina nekādas mācības.
print-course-opening = Ar šo apliecina, ka
print-course-achieved = sekmīgi apguva e-mācību kursu
print-course-facts = { $volume }, kurss apgūts { $date }
print-course-outcomes = Ko māca kurss
print-check = Apliecības pārbaude
print-check-text = Nolasiet QR kodu vai atveriet adresi
print-check-code = Kods
print-qr = QR kods, kas ved uz adresi { $url }
print-issued = Izsniegta { $date }.
print-implementers = Programmu īsteno Labklājības ministrija sadarbībā ar Valsts administrācijas skolu.
print-project = Projekts „Vienlīdzīgu iespēju un nediskriminācijas veicināšana”, Nr. { $number }

error-certificate-undrawn-title = Apliecības failu pagaidām nevar izveidot
error-certificate-undrawn-text = Jūsu apliecība ir reģistrēta, bet tajā ir zīmes, kuras mūsu burtveidolos nav. Sazinieties ar programmas rīkotājiem, un apliecību izsniegs no jauna.
verified-erased-title = Apliecība izdzēsta pēc īpašnieka lūguma
verified-erased-text = Apliecība ar šādu numuru tika izsniegta. Kam tā piederēja un ko apliecināja, te vairs nav zināms.
certificate-erased = Izdzēsta pēc īpašnieka lūguma
verified-brief = Pēc numura redzams tikai datums un tas, vai apliecība ir spēkā. Lai redzētu, kam tā izsniegta, ierakstiet apliecības kodu.
certificate-former-name = Izsniegta ar vārdu { $name }; kopš tā laika vārds ir mainīts.
