# Stila lapa.

styleguide-title = Stila lapa
styleguide-lead = Visas lapu sastāvdaļas vienuviet, ar izdomātiem paraugiem. Tiem, kas veido tēmu vai pārbauda piekļūstamību.
styleguide-contents = Šajā lapā
styleguide-colours = Krāsas
styleguide-actions = Pogas un saites
styleguide-forms = Veidlapas
styleguide-messages = Paziņojumi
styleguide-lists = Kartītes un saraksti
styleguide-progress = Progress un prasības
styleguide-prose = Nodarbības teksts
styleguide-questions = Jautājumi
styleguide-marked = Jautājumi pēc atbildes
styleguide-danger = Atņemt lomu
styleguide-disabled = Nav pieejams
styleguide-name = Vārds un uzvārds
styleguide-name-hint = Tā, kā tam jābūt apliecībā.
styleguide-email = E-pasts
styleguide-email-wrong = Ierakstiet e-pasta adresi, piemēram, vards@piemers.lv
styleguide-text = Jautājums rīkotājam
styleguide-agree = Paziņojumu izlasīju
styleguide-agree-hint = Paziņojumu var atvērt arī vēlāk, sadaļā „Privātums”.
styleguide-send = Nosūtīt
styleguide-breadcrumb = Atrašanās vietas paraugs
styleguide-lesson-1 = Kas ir diskriminācija
styleguide-lesson-2 = Diskriminācijas formas
