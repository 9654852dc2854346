//! What the program says about itself, and how it ends when it is used wrongly.

use insta::assert_snapshot;

use crate::place::Place;

/// The commands, as `course help` lists them.
fn commands() -> Vec<String> {
    let ran = Place::empty().course("help");
    ran.out
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        // Longer texts go on in the next line, far to the right.
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .filter(|name| name != "help")
        .collect()
}

#[test]
fn every_command_says_what_it_does() {
    let commands = commands();
    assert!(commands.contains(&"check".to_owned()), "{commands:?}");
    let place = Place::empty();
    for command in commands {
        let ran = place.course(&format!("{command} --help"));
        assert_eq!(ran.code, Some(0), "{ran}");
        assert!(!ran.out.starts_with("Usage"), "{ran}");
    }
}

#[test]
fn every_command_ends_with_2_when_used_wrongly() {
    let place = Place::empty();
    for command in commands() {
        let ran = place.course(&format!("{command} --no-such-option"));
        assert_eq!(ran.code, Some(2), "{ran}");
        assert_eq!(ran.out, "", "{ran}");
    }
}

#[test]
fn wrong_use_ends_with_2() {
    assert_snapshot!(Place::empty().course("chekc"));
}

#[test]
fn a_missing_folder_ends_with_2() {
    assert_snapshot!(Place::empty().course("check nowhere"));
}

#[test]
fn shells_get_completions_of_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = Place::empty().course(&format!("completions {shell}"));
        assert_eq!(ran.code, Some(0), "{ran}");
        for command in commands() {
            assert!(ran.out.contains(&command), "{command} in {shell}");
        }
    }
}

#[test]
fn every_command_has_a_page_in_the_manual() {
    let place = Place::empty();
    let page = place.course("manpage").out;
    assert!(page.contains(".TH course 1"), "{page}");
    std::fs::create_dir(place.path().join("man")).unwrap();
    let ran = place.course("manpage --out man");
    assert_eq!(ran.code, Some(0), "{ran}");
    for command in commands() {
        assert!(page.contains(&command.replace('-', "\\-")), "{command}");
        let alone = place.course(&format!("manpage {command}"));
        assert!(
            alone.out.contains(&format!("course\\-{command}")),
            "{alone}"
        );
        assert!(place.has(&format!("man/course-{command}.1")), "{command}");
    }
}
