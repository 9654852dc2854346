page-title = { $what } – priekšskatījums
skip = Pāriet uz tekstu
all-courses = Visi kursi
switch-language = Valoda
switch-colours = Krāsas
scheme-auto = Kā pārlūkā
scheme-light = Gaišas
scheme-dark = Tumšas
problems = { $count ->
    [0] Piezīmju nav
    [zero] { $count } piezīmju
    [one] { $count } piezīme
   *[other] { $count } piezīmes
}
built = kompilēts { $ms } ms
problems-title = Kompilatora piezīmes
problem-place = Vieta failā { $what }
severity-error = kļūda
severity-warning = brīdinājums
all-well = Piezīmju nav: viss ir kārtībā.
course-well = Piezīmju nav: kurss ir kārtībā.

courses = Kursi
course = Kurss
languages = Valodas
lessons = Nodarbības
questions = Jautājumi
state = Statuss
state-draft = melnraksts
state-publishable = publicējams
state-broken = ir kļūdas
no-courses = Šeit nav neviena kursa. To izveido:

outdated = Kursā ir kļūdas. Redzama iepriekšējā redakcija; kas jāizlabo, rakstīts lapas beigās.
publishable = Kursu drīkst publicēt. Satura pirkstnospiedums
reviews-missing = Melnraksts: trūkst derīga atzinuma ({ $what }). Atzinumā jānorāda satura pirkstnospiedums
review-gender-equality-opinion = dzimumu līdztiesības eksperta atzinums
review-legal = juridiskā pārbaude
review-ngo-consultation = konsultācija ar nevalstiskajām organizācijām
review-accessibility = piekļūstamības pārbaude

where-you-are = Atrašanās vieta
untranslated = Latviski šīs nodarbības vēl nav.
meta-test = pārbaude
meta = { $minutes ->
    [zero] { $minutes } minūšu
    [one] { $minutes } minūte
   *[other] { $minutes } minūtes
}, { $words ->
    [zero] { $words } vārdu
    [one] { $words } vārds
   *[other] { $words } vārdi
}, { $questions ->
    [zero] { $questions } jautājumu
    [one] { $questions } jautājums
   *[other] { $questions } jautājumi
}
uncited = Avoti, uz kuriem neviena piezīme neatsaucas
points = { $count ->
    [zero] { $points } punktu
    [one] { $points } punkts
   *[other] { $points } punkti
}
not-marked = bez vērtējuma
try = Izmēģināt atbildi
show-right = Parādīt pareizu atbildi
begin-again = Sākt no jauna
answer-missing = Nekas nav atbildēts.
answer-unknown = Jautājumā nav šādas izvēles.
answer-too-many = Izvēlētas vairākas atbildes, bet jautāta viena.
answer-too-long = Teksts ir garāks par { $longest } rakstzīmēm.
answer-asked = Tas nav skaitlis jautātajā mērvienībā, vai arī to var saprast kā divus skaitļus: mācību dalībniekam par to jautā tā, kā redzams, un atbilde vēl nav novērtēta.
outcome-correct = Pareizi
outcome-partial = Daļēji pareizi
outcome-incorrect = Nepareizi
outcome-unanswered = Nav atbildēts
outcome-noted = Pieņemts; šis jautājums ir bez vērtējuma
outcome-unfinished = Vēl nav pabeigts; izvēlieties, ko darīt tālāk
earned = { $word }: { $earned } no { $points ->
    [one] { $worth } punkta
   *[other] { $worth } punktiem
}

broken = Kursā „{ $what }” ir kļūdas
broken-text = Kurss parādīsies, tiklīdz tās būs izlabotas.
missing = Šeit nekā nav
missing-text = Nodarbībai vai kursam tagad varbūt ir cits nosaukums.
