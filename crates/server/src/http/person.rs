//! An account as clients of the original want it.

use serde_json::{Value, json};

use crate::accounts::Account;

/// The account, without what opens it.
pub(super) fn person(account: &Account) -> Value {
    let (title, first, last) = parts(&account.name);
    json!({
        "id": account.id,
        "email": account.email,
        "staffNo": account.staff_number,
        "name": account.name,
        "title": title,
        "firstName": first,
        "lastName": last,
        "role": account.role,
        "status": if account.active { "ACTIVE" } else { "INACTIVE" },
        "institutionId": account.institution,
        "facultyId": account.faculty,
        "departmentId": account.department,
        "emailVerified": true,
        "mustChangePassword": account.first_password,
        "roleProfiles": [],
    })
}

/// Title, first and last name, as old clients want them; together they are the name again.
fn parts(name: &str) -> (Option<&str>, &str, &str) {
    let titled = name.split_once(' ').filter(|(title, _)| is_title(title));
    let (title, rest) = titled.map_or((None, name), |(title, rest)| (Some(title), rest));
    let (first, last) = rest.split_once(' ').unwrap_or((rest, ""));
    (title, first, last)
}

fn is_title(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    [
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Mx",
        "Dr",
        "Prof",
        "Professor",
        "Rev",
        "Sir",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_parts_is_the_name_again() {
        assert_eq!(parts("Dr. Esi Bentil"), (Some("Dr."), "Esi", "Bentil"));
        assert_eq!(
            parts("Naa Adjeley Lamptey"),
            (None, "Naa", "Adjeley Lamptey")
        );
        assert_eq!(parts("Console"), (None, "Console", ""));
        for name in ["Dr. Esi Bentil", "Naa Adjeley Lamptey"] {
            let (title, first, last) = parts(name);
            let words: Vec<&str> = title.into_iter().chain([first, last]).collect();
            assert_eq!(words.join(" "), name);
        }
    }
}
