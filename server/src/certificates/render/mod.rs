//! Renders a certificate as PDF ([`documents`](crate::documents)). The template sees only what [`world`] gives it: its
//! own files, the data and messages of the certificate, the co-funding marks and the fonts.
//!
//! The result conforms to PDF/A-3a (archiving) and PDF/UA-1 (accessibility); both are based on PDF 1.7, and
//! Typst refuses what would violate either. The same data give the same bytes.

mod data;
mod words;
mod world;

use crate::{
    documents::{About, PdfStandard},
    fonts,
    http::theme::Theme,
};

pub use data::{CertificateData, RenderError, Translation, Wording};
pub(super) use words::Words;
pub(super) use world::template_version;

/// Renders a certificate; takes a fraction of a second of processor time.
///
/// # Errors
/// See [`RenderError`].
pub(super) fn render(theme: &Theme, data: &CertificateData) -> Result<Vec<u8>, RenderError> {
    let missing = fonts::missing_glyphs(&data.texts().collect::<String>());
    if !missing.is_empty() {
        return Err(RenderError::MissingGlyphs(missing));
    }
    let about = About {
        ident: &data.serial,
        date: Some(data.issued_date),
        standards: &[PdfStandard::A_3a, PdfStandard::Ua_1],
    };
    Ok(world::document(theme, data)?.pdf(&about)?)
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeSet;

    use chrono::NaiveDate;
    use typst::layout::{Frame, FrameItem};
    use typst_layout::PagedDocument;

    use super::*;

    pub(in crate::certificates) fn data() -> CertificateData {
        CertificateData {
            language: "lv".to_owned(),
            holder_name: "Annija Elizabete Šķēršļakalniņa-Žagariņa".to_owned(),
            wording: Wording::new("course"),
            title: "Invaliditāte".to_owned(),
            volume: "2 akadēmiskās stundas".to_owned(),
            achieved_on: "2026. gada 20. novembrī".to_owned(),
            issued_on: "2026. gada 20. novembrī".to_owned(),
            issued_date: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
            outcomes: vec!["Izskaidrot, kas ir saprātīgs pielāgojums.".to_owned()],
            serial: "IESP-2026-000123".to_owned(),
            verify_url: "http://127.0.0.1:8080/lv/verify/ABCD-EFGH-JKMN".to_owned(),
            project_number: "4.3.4.1/1/23/I/001".to_owned(),
            is_sample: true,
            translation: None,
        }
    }

    fn english() -> CertificateData {
        CertificateData {
            language: "en".to_owned(),
            title: "Disability".to_owned(),
            volume: "2 academic hours".to_owned(),
            achieved_on: "20 November 2026".to_owned(),
            issued_on: "20 November 2026".to_owned(),
            outcomes: vec!["name the barrier rather than the diagnosis".to_owned()],
            verify_url: "http://127.0.0.1:8080/en/verify/ABCD-EFGH-JKMN".to_owned(),
            is_sample: false,
            ..data()
        }
    }

    /// Outcomes as long as those of real courses.
    fn usual() -> CertificateData {
        let outcomes = [
            "nosaukt aizliegtos pamatus un ar četriem jautājumiem atšķirt diskrimināciju no citas \
             netaisnības",
            "konkrētā situācijā atšķirt tiešu un netiešu diskrimināciju, aizskaršanu, norādījumu \
             diskriminēt un nelabvēlīgu seku radīšanu",
            "pārbaudīt, vai noteikumam ir leģitīms mērķis un samērīgi līdzekļi, un piedāvāt mazāk \
             ierobežojošu risinājumu",
            "izskaidrot, kā dalās pierādīšanas pienākums, un savlaicīgi saglabāt to, kas strīdā būs \
             vajadzīgs",
            "izvēlēties, kur vērsties, un paspēt to izdarīt viena mēneša laikā",
            "savā iestādē vai uzņēmumā ieviest sūdzību kārtību un pārskatīt noteikumus, pirms tie \
             kādam nodara kaitējumu",
        ];
        CertificateData {
            outcomes: outcomes.map(str::to_owned).to_vec(),
            ..data()
        }
    }

    /// A learning path of eight courses.
    fn of_a_path() -> CertificateData {
        let courses = [
            "Pamati: kā atpazīt diskrimināciju un ko darīt",
            "Ietekmes novērtējums: pieci soļi no mērķa līdz priekšlikumam",
            "Dzimumsensitīvs budžets: no summas līdz cilvēkam",
            "Vienāda samaksa: darba vērtība, skaitļi un labojums",
            "Dzimumbalstīta vardarbība: pamanīt, uzklausīt, rīkoties",
            "Klimats: tonnas, eiro un cilvēki",
            "Mākslīgais intelekts un savstarpēji ietekmējošā diskriminācija",
            "Darbs un ģimene: kārtība, kas der arī tiem, kas rūpējas",
        ];
        CertificateData {
            wording: Wording::new("path"),
            title: "Dzimumu līdztiesība nozaru politikā".to_owned(),
            outcomes: courses.map(str::to_owned).to_vec(),
            ..data()
        }
    }

    /// All texts as long as forms and courses allow.
    fn long() -> CertificateData {
        CertificateData {
            holder_name: "Annija Elizabete Karolīna Šķēršļakalniņa-Žagariņa-Dzērvenīte-Ķīķeriņa"
                .to_owned(),
            title: "Pamati: kā atpazīt diskrimināciju, kā to pierādīt, kur vērsties un ko \
                           iestāde vai uzņēmums var darīt, lai tās nebūtu"
                .to_owned(),
            outcomes: vec![
                "konkrētā situācijā atšķirt tiešu un netiešu diskrimināciju, aizskaršanu, norādījumu \
                 diskriminēt un nelabvēlīgu seku radīšanu"
                    .to_owned();
                14
            ],
            ..data()
        }
    }

    fn text(data: &CertificateData) -> Vec<String> {
        let world = world::document(&Theme::load().unwrap(), data).unwrap();
        let document = typst::compile::<PagedDocument>(&world).output.unwrap();
        let page = |page: &typst_layout::Page| {
            let mut text = String::new();
            collect(&page.frame, &mut text);
            text
        };
        document.pages().iter().map(page).collect()
    }

    fn collect(frame: &Frame, text: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => collect(&group.frame, text),
                FrameItem::Text(item) if !item.text.trim().is_empty() => {
                    text.push_str(item.text.trim());
                    text.push('\n');
                }
                _ => {}
            }
        }
    }

    #[test]
    fn prints_what_it_certifies_in_the_order_in_which_it_is_read() {
        let expected = "\
Iespēja
Nr. IESP-2026-000123
Apliecība
Paraugs no demonstrācijas datiem. Neapliecina nekādas mācības.
Ar šo apliecina, ka
Annija Elizabete Šķēršļakalniņa-Žagariņa
sekmīgi apguva e-mācību kursu
Invaliditāte
2 akadēmiskās stundas, kurss apgūts 2026. gada 20. novembrī
Ko māca kurss
–
Izskaidrot, kas ir saprātīgs pielāgojums
Apliecības pārbaude
Nolasiet QR kodu vai atveriet adresi
http://127.0.0.1:8080/lv/verify/ABCD-EFGH-JKMN
Kods
ABCD-EFGH-JKMN
Izsniegta 2026. gada 20. novembrī.
Programmu īsteno Labklājības ministrija sadarbībā ar Valsts administrācijas skolu.
Projekts „Vienlīdzīgu iespēju un nediskriminācijas veicināšana”, Nr. 4.3.4.1/1/23/I/001
";
        assert_eq!(text(&data()).concat(), expected);
        let expected = "\
Iespēja
No. IESP-2026-000123
Certificate
This is to certify that
Annija Elizabete Šķēršļakalniņa-Žagariņa
has successfully completed the e-learning course
Disability
2 academic hours, completed on 20 November 2026
What the course teaches
–
Name the barrier rather than the diagnosis
Check this certificate
Scan the QR code or open
http://127.0.0.1:8080/en/verify/ABCD-EFGH-JKMN
Code
ABCD-EFGH-JKMN
Issued on 20 November 2026.
The programme is run by the Ministry of Welfare with the Latvian School of Public Administration.
Project “Promoting equal opportunities and non-discrimination”, No. 4.3.4.1/1/23/I/001
";
        assert_eq!(text(&english()).concat(), expected);
    }

    #[test]
    fn every_place_of_the_template_fits_one_page_or_goes_on_to_the_next() {
        assert_eq!(text(&usual()).len(), 1);
        assert_eq!(text(&of_a_path()).len(), 1);
        let pages = text(&long());
        assert_eq!(pages.len(), 2);
        assert!(pages[1].contains("ABCD-EFGH-JKMN"), "{}", pages[1]);
    }

    #[test]
    fn is_an_archivable_and_accessible_pdf_in_its_language_and_the_same_each_time() {
        let theme = Theme::load().unwrap();
        for data in [data(), english(), of_a_path(), long()] {
            let pdf = render(&theme, &data).unwrap();
            assert!(pdf.starts_with(b"%PDF-1.7"));
            let has = |text: &str| pdf.windows(text.len()).any(|part| part == text.as_bytes());
            for mark in [
                "<pdfaid:part>3</pdfaid:part>",
                "<pdfaid:conformance>A</pdfaid:conformance>",
                "<pdfuaid:part>1</pdfuaid:part>",
                "/StructTreeRoot",
                "/Marked true",
                &format!("/Lang({})", data.language),
            ] {
                assert!(has(mark), "{mark}");
            }
            assert!(pdf == render(&theme, &data).unwrap());
        }
    }

    /// Writes certificates to files for looking at: `cargo test -p server -- --ignored
    /// certificates_to_look_at`.
    #[test]
    #[ignore = "writes files for people to look at"]
    fn certificates_to_look_at() {
        let theme = Theme::load().unwrap();
        for (name, data) in [
            ("lv", data()),
            ("en", english()),
            ("usual", usual()),
            ("path", of_a_path()),
            ("long", long()),
        ] {
            let path = std::env::temp_dir().join(format!("certificate.{name}.pdf"));
            std::fs::write(path, render(&theme, &data).unwrap()).unwrap();
        }
    }

    #[test]
    fn every_letter_of_the_languages_around_has_a_glyph() {
        let letters = "āčēģīķļņōŗšūž ąčęėįšųūž äöõü ćłńóśźż áéíőű åæø ß ç ğış țșă ‐’-. „“” –—·";
        let both = format!("{letters}{}", letters.to_uppercase());
        assert_eq!(fonts::missing_glyphs(&both), BTreeSet::new());
        assert_eq!(fonts::missing_glyphs("Ольга Οδυσσέας"), BTreeSet::new());
    }

    #[test]
    fn a_missing_glyph_stops_the_certificate() {
        let theme = Theme::load().unwrap();
        let of = |change: fn(&mut CertificateData)| {
            let mut data = data();
            change(&mut data);
            match render(&theme, &data) {
                Err(RenderError::MissingGlyphs(missing)) => missing.into_iter().collect(),
                other => panic!("{other:?}"),
            }
        };
        let refused: String = of(|data| data.holder_name = "王 小明".to_owned());
        assert_eq!(refused, "小明王");
        assert_eq!(of(|data| data.outcomes.push("🙂".to_owned())), "🙂");
        assert_eq!(of(|data| data.title.push('\u{7}')), "\u{7}");
    }
}
