//! Links from elsewhere: `elms://incident/…` opens the case in the window.

use uuid::Uuid;

/// The route of the first argument that is a link of this console; none when no argument is one.
pub(crate) fn route_of(arguments: &[String]) -> Option<String> {
    arguments.iter().find_map(|argument| route(argument))
}

/// Nothing of a link goes into the window but a name that was read.
fn route(link: &str) -> Option<String> {
    let (what, name) = link.strip_prefix("elms://")?.split_once('/')?;
    let name = name.trim_end_matches('/');
    match what {
        "incident" => Some(format!("#/incidents/{}", Uuid::parse_str(name).ok()?)),
        "hall" => Some(format!("#/hall/{}", name.parse::<u32>().ok()?)),
        "batch" => {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let named = !name.is_empty() && name.chars().all(plain);
            named.then(|| format!("#/batches/{name}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_what_it_names() {
        let case = "01990000-0000-7000-8000-000000000417";
        let arguments = ["elms-console".to_owned(), format!("elms://incident/{case}")];
        assert_eq!(route_of(&arguments), Some(format!("#/incidents/{case}")));
        assert_eq!(route("elms://hall/2/").as_deref(), Some("#/hall/2"));
        assert_eq!(
            route("elms://batch/BATCH-CHE104-2026").as_deref(),
            Some("#/batches/BATCH-CHE104-2026")
        );
    }

    #[test]
    fn what_is_no_name_opens_nothing() {
        for link in [
            "https://incident/1",
            "elms://incident/417",
            "elms://hall/2?wall=on",
            "elms://batch/a/../b",
            "elms://batch/",
            "elms://settings/1",
            "elms:incident",
        ] {
            assert_eq!(route(link), None, "{link}");
        }
    }
}
