//! The entry of `package.json`, and each way to get it wrong.

use binary_check::requirements::Requirements;

fn read(entry: &str) -> Result<Requirements, String> {
    let manifest = format!(r#"{{ "name": "some", "binary-check": {entry} }}"#);
    Requirements::read(manifest.as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn whatever_is_not_said_has_a_default() {
    let default = Requirements { glibc: vec![2, 26], max_bytes: None, libraries: vec![], forbidden: vec![] };
    assert_eq!(Requirements::read(br#"{ "name": "some" }"#).unwrap(), default);
    assert_eq!(read("{}").unwrap(), default);
    assert_eq!(read(r#"{ "glibc": "2.17" }"#).unwrap(), Requirements { glibc: vec![2, 17], ..default });
}

#[test]
fn all_can_be_said() {
    let entry =
        r#"{ "glibc": "2.28", "maxBytes": 700000, "libraries": ["libz.so.1"], "forbidden": ["a", "b"] }"#;
    let wanted = Requirements {
        glibc: vec![2, 28],
        max_bytes: Some(700_000),
        libraries: vec!["libz.so.1".to_owned()],
        forbidden: vec!["a".to_owned(), "b".to_owned()],
    };
    assert_eq!(read(entry).unwrap(), wanted);
}

#[test]
fn an_entry_of_another_kind_is_an_error_that_names_it() {
    for (entry, expected) in [
        ("true", "binary-check has to be an object"),
        ("null", "binary-check has to be an object"),
        (r#"{ "glibc": 2.26 }"#, "binary-check.glibc has to be a version such as \"2.26\""),
        (r#"{ "glibc": "2" }"#, "binary-check.glibc has to be a version"),
        (r#"{ "glibc": "2.x" }"#, "binary-check.glibc has to be a version"),
        (r#"{ "maxBytes": "1 MB" }"#, "binary-check.maxBytes has to be a whole number above 0"),
        (r#"{ "maxBytes": 0 }"#, "binary-check.maxBytes has to be a whole number above 0"),
        (r#"{ "maxBytes": 1.5 }"#, "binary-check.maxBytes has to be a whole number above 0"),
        (r#"{ "libraries": "libz.so.1" }"#, "binary-check.libraries has to be an array"),
        (r#"{ "forbidden": [""] }"#, "binary-check.forbidden has to be an array of texts that are not empty"),
        (r#"{ "maxbytes": 1 }"#, "binary-check.maxbytes is unknown: there are glibc, maxBytes"),
    ] {
        let error = read(entry).unwrap_err();
        assert!(error.starts_with(expected), "{entry}: {error}");
    }
    assert!(Requirements::read(b"{").is_err());
}
