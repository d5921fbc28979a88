//! The frame of the window: one value, put together in one place.

use elms_protocol::{
    Action, Reach, Role, Timestamp,
    host::{Link, ServerView, StationView, Status, UserView, Works},
    reach,
};

use super::{Owner, line::Line, original};
use crate::{clock::Now, config::broken, desk::Figures, http::Account, profile::ServerKind};

/// A station whose clock is off by more is told so.
const SKEW_MS: i64 = 120_000;

impl Owner {
    /// The frame of the window, as it is now.
    pub(super) async fn status(&self) -> Status {
        let now = self.now();
        let figures = match self.desk() {
            Some(desk) => desk.figures().await,
            None => Figures::none(),
        };
        let account = self.seat.as_ref().map(|seat| seat.desk.card().account);
        let works = self.shared.works();
        Status {
            link: self.link(now),
            server: self.server(),
            user: account.map(user),
            institution: figures.institution,
            station: self.station(),
            last_seq: figures.last,
            older: figures.older,
            reaches_back: figures.reaches_back,
            begins: figures.begins,
            record: figures.record.clone(),
            as_of: self.as_of,
            outbox: figures.outbox,
            clock: self.shared.clock(|clock| clock.view(now)),
            cache_bytes: figures.cache_bytes,
            notifications: works.notifications,
            keystore: self.keystore(works.keystore),
            unread: figures.unread,
            warnings: self.sentences(now, figures.record.trouble),
            locked: self.shared.is_locked(),
        }
    }

    fn link(&self, now: Now) -> Link {
        let since = self.session.since().unwrap_or(now.mono);
        let server_now = self.shared.clock(|clock| clock.server_or_wall(now));
        Link {
            state: self.session.state(now.mono),
            since: Timestamp(server_now.0.saturating_add(since.since(now.mono))),
            attempt: self.session.attempt(),
            retry_in_ms: self.session.retry_in_ms(now.mono),
            reason: self.session.reason().map(str::to_owned),
            behind: self.session.behind(),
            round_trip_ms: self.shared.clock(crate::clock::ServerClock::round_trip),
            tls: self.line.as_ref().and_then(Line::tls).cloned(),
        }
    }

    /// The server in use; the last one, or the one from the settings, before the sign-in.
    fn server(&self) -> Option<ServerView> {
        if let Some(seat) = &self.seat {
            let is_original = self.session.serves_original();
            let limits = is_original.then(|| original::LIMITS.to_owned());
            let url = seat.desk.server.whole();
            return Some(ServerView {
                url,
                demo: seat.desk.card().kind == ServerKind::Demo,
                limits,
            });
        }
        let last = self.shared.profiles.last();
        let demo = last
            .as_ref()
            .is_some_and(|card| card.kind == ServerKind::Demo);
        let configured = self.shared.station().server;
        let url = configured.or(last.map(|card| card.server))?;
        Some(ServerView {
            url,
            demo,
            limits: None,
        })
    }

    fn station(&self) -> StationView {
        let here = self.seat.as_ref().map(|seat| seat.desk.card());
        let card = here.or_else(|| self.shared.profiles.last());
        let key = card.and_then(|card| card.station);
        self.shared.station().view(key)
    }

    fn keystore(&self, known: Works) -> Works {
        let unkept = self.warnings.iter().find(|(about, _)| *about == "keystore");
        match unkept {
            Some((_, sentence)) if known.ok => broken(sentence.clone()),
            Some(_) | None => known,
        }
    }

    fn sentences(&self, now: Now, trouble: Option<String>) -> Vec<String> {
        let skew = self.shared.clock(|clock| clock.offset(now));
        let skewed = (SKEW_MS < skew.saturating_abs()).then(|| {
            let direction = if skew < 0 { "behind" } else { "ahead of" };
            let seconds = skew.saturating_abs() / 1_000;
            format!("The clock of this computer is {seconds} s {direction} the server's.")
        });
        let known = self.warnings.iter().map(|(_, sentence)| sentence.clone());
        let is_original = self.seat.is_some() && self.session.serves_original();
        let limits = is_original.then(|| original::LIMITS.to_owned());
        let first = trouble.into_iter().chain(limits);
        first.chain(skewed).chain(known).collect()
    }
}

fn user(account: Account) -> UserView {
    UserView {
        id: account.user,
        initials: initials(&account.name),
        name: account.name,
        email: account.email,
        reads_only: reads_only(&account.roles),
        must_change_password: account.must_change_password,
        role: account.roles.first().copied().unwrap_or(Role::Student),
    }
}

/// Whoever may not even report that something has happened changes nothing of an exam day.
fn reads_only(roles: &[Role]) -> bool {
    let may_report = |role: &Role| reach(Some(*role), Action::ReportIncident) != Reach::No;
    !roles.iter().any(may_report)
}

/// What may stand before a name and is no part of it.
const TITLES: [&str; 8] = ["Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Rev", "Hon"];

/// The first letters of the first and the last name.
pub(super) fn initials(name: &str) -> String {
    let is_title = |word: &&str| TITLES.contains(&word.trim_end_matches('.'));
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| !is_title(word))
        .collect();
    let ends = [words.first(), words.last().filter(|_| 1 < words.len())];
    let letters = ends
        .into_iter()
        .flatten()
        .filter_map(|word| word.chars().next());
    letters.flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_keeps_only_the_machine_reads_and_whoever_may_report_does_not_only_read() {
        assert!(reads_only(&[Role::SuperAdmin]));
        assert!(!reads_only(&[Role::SuperAdmin, Role::ExamsOfficer]));
        assert!(!reads_only(&[Role::Invigilator]));
    }

    #[test]
    fn initials_are_those_of_the_first_and_the_last_name() {
        assert_eq!(initials("Dr. Esi Adjoa Boateng"), "EB");
        assert_eq!(initials("Mrs Adjoa Mensah-Bonsu"), "AM");
        assert_eq!(initials("kofi"), "K");
        assert_eq!(initials("  "), "");
    }
}
