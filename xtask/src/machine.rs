//! Makes this machine ready: says what is missing, then installs it or says how.

use std::io::IsTerminal as _;
use std::process::Command;

use crate::needs::{Need, Purpose, has_program, needs};
use crate::stage::{Stop, answer, say, stage};

/// By what right packages can be installed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rights {
    /// This is the administrator.
    Root,
    /// `sudo` works, or can ask for the password at this terminal.
    Sudo,
    /// Neither.
    None,
}

/// What to do about what is missing.
#[derive(Debug, PartialEq, Eq)]
enum Plan {
    /// Nothing is missing.
    Ready,
    /// Run these commands, one after the other.
    Install(Vec<Vec<String>>),
    /// Only the person can go on; the words say how.
    Ask(String),
}

/// Whether this machine has a display that a window can open on.
pub(crate) fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Installs what `purpose` needs and this machine lacks.
///
/// Says what it will install before it does; stops with the exact command when it may not.
pub(crate) fn make_ready(purpose: Purpose) -> Result<(), Stop> {
    if !cfg!(target_os = "linux") {
        return make_ready_elsewhere();
    }
    let missing: Vec<Need> = needs(purpose)
        .into_iter()
        .filter(|need| !need.is_there())
        .collect();
    for need in &missing {
        say(&format!(
            "missing: {} ({})",
            need.packages().join(", "),
            need.why()
        ));
    }
    match plan(&missing, has_program("apt-get"), rights()) {
        Plan::Ready => Ok(()),
        Plan::Ask(words) => Err(Stop(words)),
        Plan::Install(commands) => install(&commands, &missing),
    }
}

fn install(commands: &[Vec<String>], missing: &[Need]) -> Result<(), Stop> {
    say("These packages will be installed now.");
    for words in commands {
        let Some((program, arguments)) = words.split_first() else {
            continue;
        };
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        stage("Install what is missing", &mut command)?;
    }
    match missing.iter().find(|need| !need.is_there()) {
        Some(need) => Err(Stop(format!(
            "{} was installed, but {} is still not found",
            need.packages().join(", "),
            need.why()
        ))),
        None => Ok(()),
    }
}

/// Decides; looks at nothing itself.
fn plan(missing: &[Need], apt: bool, rights: Rights) -> Plan {
    if missing.is_empty() {
        return Plan::Ready;
    }
    let packages: Vec<&str> = missing
        .iter()
        .flat_map(|need| need.packages())
        .copied()
        .collect();
    let packages = packages.join(" ");
    if !apt {
        return Plan::Ask(format!(
            "apt-get is not here; install what these Debian packages bring, then try again:\n    {packages}"
        ));
    }
    let update = "apt-get update".to_owned();
    let install = format!("apt-get install --yes --no-install-recommends {packages}");
    match rights {
        Rights::Root => Plan::Install(vec![words(&update), words(&install)]),
        Rights::Sudo => Plan::Install(vec![
            words(&format!("sudo {update}")),
            words(&format!("sudo {install}")),
        ]),
        Rights::None => Plan::Ask(format!(
            "installing needs an administrator; run this, then try again:\n    sudo {update} && sudo {install}"
        )),
    }
}

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

fn rights() -> Rights {
    if answer("id", &["-u"]).as_deref() == Some("0") {
        return Rights::Root;
    }
    let may_ask = std::io::stdin().is_terminal();
    let sudo = has_program("sudo") && (may_ask || answer("sudo", &["-n", "true"]).is_some());
    if sudo { Rights::Sudo } else { Rights::None }
}

/// macOS and Windows bring the web view and the key store; only Node must be there.
fn make_ready_elsewhere() -> Result<(), Stop> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if has_program(npm) {
        return Ok(());
    }
    Err(Stop::new(if cfg!(windows) {
        "install Node 22 (winget install OpenJS.NodeJS.LTS), the Visual C++ build tools \
         and the WebView2 runtime, then try again"
    } else {
        "install Node 22 (brew install node@22) and the command line tools \
         (xcode-select --install), then try again"
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_that_has_everything_is_left_alone() {
        assert_eq!(plan(&[], true, Rights::None), Plan::Ready);
    }

    #[test]
    fn the_administrator_installs_only_what_is_missing() {
        let Plan::Install(commands) = plan(&[Need::Display, Need::Bus], true, Rights::Root) else {
            panic!("nothing is installed");
        };
        let lines: Vec<String> = commands.iter().map(|words| words.join(" ")).collect();
        assert_eq!(
            lines,
            [
                "apt-get update",
                "apt-get install --yes --no-install-recommends xvfb dbus"
            ]
        );
    }

    #[test]
    fn everybody_else_goes_through_sudo() {
        let Plan::Install(commands) = plan(&[Need::Npm], true, Rights::Sudo) else {
            panic!("nothing is installed");
        };
        assert!(
            commands
                .iter()
                .all(|words| words.first().is_some_and(|word| word == "sudo"))
        );
    }

    #[test]
    fn without_rights_the_exact_command_is_named_and_nothing_is_run() {
        let Plan::Ask(text) = plan(&[Need::WebKit, Need::Npm], true, Rights::None) else {
            panic!("something is run");
        };
        let command =
            "sudo apt-get install --yes --no-install-recommends libwebkit2gtk-4.1-dev nodejs npm";
        assert!(text.contains(command), "{text}");
    }

    #[test]
    fn a_machine_without_apt_is_told_what_to_bring() {
        let Plan::Ask(text) = plan(&[Need::Compiler], false, Rights::Root) else {
            panic!("something is run");
        };
        assert!(text.contains("build-essential"), "{text}");
    }
}
