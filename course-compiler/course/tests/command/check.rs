//! `course check`.

use insta::assert_snapshot;

use crate::place::Place;

#[test]
fn is_quiet_on_standard_output_and_sums_up() {
    let ran = Place::with("valid").course("check");
    assert_eq!(ran.code, Some(0));
    assert_eq!(ran.out, "");
    assert!(ran.err.ends_with("; 0 errors, 4 warnings\n"), "{}", ran.err);
    assert!(
        !ran.err.contains('\u{1b}'),
        "no colours and no bar in a pipe: {}",
        ran.err
    );
}

#[test]
fn ends_with_1_when_a_course_has_errors() {
    let place = Place::empty();
    place.write("courses/kurss/lv/01-a.md", "Teksts.\n");
    let ran = place.course("check");
    assert_eq!(ran.code, Some(1));
    assert_snapshot!(ran);
}

#[test]
fn can_deny_warnings() {
    assert_eq!(
        Place::with("valid").course("check --deny warnings").code,
        Some(1)
    );
}

#[test]
fn writes_json() {
    let ran = Place::with("invalid").course("check --format json");
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let skip = found
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["code"] == "heading-skip" && found["line"] == 15)
        .unwrap();
    assert_snapshot!(serde_json::to_string_pretty(skip).unwrap());
}

#[test]
fn writes_annotations() {
    let ran = a_place_with_mistakes().course("check --format github");
    assert_snapshot!(ran);
}

/// Holds the log to what SARIF 2.1.0 requires of the objects that we write.
#[test]
fn writes_sarif() {
    let ran = a_place_with_mistakes().course("check --format sarif");
    assert_eq!(ran.err, "");
    let log: serde_json::Value = serde_json::from_str(&ran.out).unwrap();

    let text = |value: &serde_json::Value| {
        assert!(
            value.as_str().is_some_and(|text| !text.is_empty()),
            "{value}"
        );
    };
    assert_eq!(log["version"], "2.1.0");
    text(&log["$schema"]);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    text(&driver["name"]);
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        text(&rule["id"]);
        text(&rule["shortDescription"]["text"]);
        text(&rule["help"]["text"]);
        assert!(
            ["error", "warning"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap())
        );
    }
    let region = |region: &serde_json::Value| {
        let number = |key: &str| region[key].as_u64().unwrap();
        assert!(
            number("startLine") >= 1 && number("startColumn") >= 1,
            "{region}"
        );
        assert!(
            (number("startLine"), number("startColumn"))
                <= (number("endLine"), number("endColumn")),
            "{region}"
        );
    };
    let artifact = |location: &serde_json::Value| {
        let uri = location["uri"].as_str().unwrap();
        assert!(
            uri.starts_with("courses/") && uri.is_ascii() && !uri.contains([' ', '\\']),
            "{uri}"
        );
    };
    let physical = |location: &serde_json::Value| {
        artifact(&location["physicalLocation"]["artifactLocation"]);
        region(&location["physicalLocation"]["region"]);
    };
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    let mut related = 0;
    for result in results {
        text(&result["message"]["text"]);
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
        physical(&result["locations"][0]);
        for location in result["relatedLocations"].as_array().into_iter().flatten() {
            related += 1;
            text(&location["message"]["text"]);
            physical(location);
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            text(&fix["description"]["text"]);
            for change in fix["artifactChanges"].as_array().unwrap() {
                artifact(&change["artifactLocation"]);
                for replacement in change["replacements"].as_array().unwrap() {
                    region(&replacement["deletedRegion"]);
                    assert!(replacement["insertedContent"]["text"].is_string());
                }
            }
        }
    }
    assert!(related > 0, "a related place is among them");
    let fixed = results
        .iter()
        .find(|result| result.get("fixes").is_some())
        .unwrap();
    assert_snapshot!(serde_json::to_string_pretty(fixed).unwrap());
}

/// One mistake with an edit, one with a related place, one in a file that is not there.
fn a_place_with_mistakes() -> Place {
    let place = Place::with("valid");
    place.write("courses/bez-kursa/lv/01-a.md", "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n## Šķiet, 100%? {#q-a .truefalse}\n\n- [х] Jā\n- [ ] Nē\n\n## Kurš? {#q-b .single}\n\n- [x] a\n- [x] b\n");
    place
}

#[test]
fn fixes_what_can_be_fixed_and_shows_the_rest() {
    let place = Place::with("valid");
    let lesson = "\u{feff}+++\r\nid = \"l-a\"\r\ntitle = \"A\"\r\nminutes = 1\r\n+++\r\n\r\n[//]: # (allow heading-skip: vairs nav)\r\n\r\n## Šķiet? {#q-a .truefalse}\r\n\r\n- [х] Jā 🍒\r\n- [\u{a0}]Nē\r\n\r\n## Netiešā forma\r\n\r\nSkat. [formu](#netiesa-forma).\r\n\r\n### \r\n";
    place.write("courses/saturs/lv/03-kludas.md", lesson);
    let ran = place.course("check courses --fix --format json");
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let left: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|found| found["code"].as_str())
        .collect();
    assert!(
        left.contains(&"heading-empty") && !left.contains(&"quiz-looks-checked"),
        "{left:?}"
    );
    assert_snapshot!(ran.err);
    let fixed = lesson
        .replace("[//]: # (allow heading-skip: vairs nav)\r\n", "")
        .replace("[х]", "[x]")
        .replace("[\u{a0}]", "[ ] ")
        .replace("#netiesa-forma", "#netiešā-forma");
    assert_eq!(place.read("courses/saturs/lv/03-kludas.md"), fixed);
    let again = place.course("check --fix");
    assert!(again.err.starts_with("0 edits in 0 files"), "{}", again.err);
}

#[test]
fn paths_can_be_opened_from_here() {
    let place = a_place_with_mistakes();
    let ran = place.course("check ./courses/../courses --format github");
    assert!(
        ran.out.contains("file=courses/../courses/bez-kursa/"),
        "{}",
        ran.out
    );
    let absolute = place.path().join("courses");
    let ran = place.course(&format!("check {} --format sarif", absolute.display()));
    assert!(
        ran.out
            .contains("\"uri\": \"courses/bez-kursa/course.toml\""),
        "{}",
        ran.out
    );
}
