//! What an operator may choose, and what is refused at the start.

use super::*;

fn variables(list: &[(&str, &str)]) -> Result<Settings, ConfigError> {
    let list = list
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Settings::from_variables(list)
}

#[test]
fn a_misspelt_setting_is_an_error() {
    let wrong = variables(&[("ELMS_ACESS_SECONDS", "60")]);
    assert!(matches!(wrong, Err(ConfigError::UnknownVariable(..))));
    assert!(toml::from_str::<Settings>("acess_seconds = 60").is_err());
}

#[test]
fn what_belongs_to_the_console_is_left_alone() {
    let console = [
        ("ELMS_CONSOLE_STATION", "GH-A"),
        ("ELMS_SERVER_URL", "/"),
        ("PATH", "/bin"),
    ];
    assert_eq!(variables(&console).unwrap().data, None);
}

#[test]
fn a_variable_wins_over_the_file() {
    let file: Settings = toml::from_str("access_seconds = 60\ndata = '/a'").unwrap();
    let chosen = variables(&[("ELMS_ACCESS_SECONDS", "90")])
        .unwrap()
        .or(file);
    let config = chosen.complete(false).unwrap();
    assert_eq!(
        (config.access_seconds, config.data),
        (90, PathBuf::from("/a"))
    );
}

#[test]
fn a_number_that_is_none_is_named_with_its_variable() {
    let wrong = variables(&[("ELMS_ACCESS_SECONDS", "soon")]).unwrap_err();
    assert!(
        wrong.to_string().starts_with("ELMS_ACCESS_SECONDS: "),
        "{wrong}"
    );
    let file: Settings = toml::from_str("access_seconds = 0\ndata = '/a'").unwrap();
    assert!(file.complete(false).is_err());
}

/// Settings as in a file.
fn file(text: &str) -> Result<Config, String> {
    let settings: Settings = toml::from_str(text).map_err(|error| error.to_string())?;
    let data = Some(PathBuf::from("/a"));
    let config = Settings { data, ..settings }.complete(false);
    config.map_err(|error| error.to_string())
}

#[test]
fn nobody_is_served_in_the_clear_from_another_computer() {
    for other in ["0.0.0.0:4300", "192.168.4.1:4300", "[::]:4300"] {
        let refused = file(&format!("listen = '{other}'")).unwrap_err();
        assert!(
            refused.starts_with(&format!("listen: at {other}")),
            "{refused}"
        );
        for how in [
            "tls = 'own'",
            "tls = 'by-proxy'",
            "certificate = 'c'\ncertificate_key = 'k'",
        ] {
            let config = file(&format!("listen = '{other}'\n{how}")).unwrap();
            assert!(config.is_encrypted(), "{how}");
        }
    }
    for here in ["127.0.0.1:4300", "[::1]:4300", "[::ffff:127.0.0.1]:0"] {
        let config = file(&format!("listen = '{here}'")).unwrap();
        assert!(config.tls == Tls::None && !config.is_encrypted());
    }
}

#[test]
fn a_certificate_has_its_key_and_is_the_only_answer() {
    for half in ["certificate = 'c'", "certificate_key = 'k'"] {
        let refused = file(half).unwrap_err();
        assert!(refused.contains("neither without the other"), "{refused}");
    }
    let both = file("tls = 'own'\ncertificate = 'c'\ncertificate_key = 'k'");
    assert!(both.unwrap_err().starts_with("tls: "));
    assert!(file("tls = 'yes'").unwrap_err().contains("own or by-proxy"));
    let wrong = variables(&[("ELMS_TLS", "none")]).unwrap_err();
    assert_eq!(wrong.to_string(), "ELMS_TLS: own or by-proxy");
}

#[test]
fn pages_of_other_sites_may_not_connect() {
    let listed = Settings {
        data: Some(PathBuf::from("/a")),
        allowed_origins: Some(vec!["https://elms.example".to_owned()]),
        ..Settings::default()
    };
    let config = listed.clone().complete(false).unwrap();
    assert!(config.allows_origin("https://elms.example"));
    for other in [
        "https://elms.example.evil",
        "http://localhost:3000",
        "null",
        "",
    ] {
        assert!(!config.allows_origin(other), "{other}");
    }
    let demo = listed.complete(true).unwrap();
    assert!(demo.allows_origin("http://localhost:3000"));
    for other in [
        "http://localhost.evil",
        "http://localhost:3000.evil",
        "http://127.0.0.1.evil:1",
    ] {
        assert!(!demo.allows_origin(other), "{other}");
    }
}

#[test]
fn the_demo_password_is_not_printed() {
    let settings = variables(&[("ELMS_DEMO_PASSWORD", "hush-hush"), ("ELMS_DATA", "/a")]);
    let settings = settings.unwrap();
    let config = settings.clone().complete(true).unwrap();
    assert!(!format!("{settings:?} {config:?}").contains("hush"));
}
