//! `elms-server user`: accounts from the command line, with or without a running server.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use clap::{Args, Subcommand};
use elms_protocol::{DepartmentId, FacultyId, InstitutionId, Role, UserId};
use elms_server::{
    accounts::{Account, Accounts, address, staff_number},
    auth::{hash_password, may_be_chosen, new_set_up_code},
    clock::Clock,
};

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Add an account. The password is read from `ELMS_PASSWORD`, else from standard input.
    Add(New),
    /// Say what number the staff card of an account has; without one, that it has none.
    Card {
        #[command(flatten)]
        whose: Whose,
        /// As the reader types it.
        #[arg(long, value_name = "CARD", value_parser = card)]
        staff_number: Option<String>,
    },
    /// Set a password, from `ELMS_PASSWORD` or standard input, and end the account's sign-ins.
    Password {
        #[command(flatten)]
        whose: Whose,
    },
    /// Disable an account; it loses everything within 5 s.
    Disable {
        #[command(flatten)]
        whose: Whose,
    },
    /// Take the second factor of an account away, for somebody who has neither their telephone nor a
    /// recovery code, and end the account's sign-ins. Make sure first who asks.
    ResetSecondFactor {
        #[command(flatten)]
        whose: Whose,
    },
    /// Make a code with which somebody whose role needs a second factor may set one up at their next
    /// sign-in; good for 14 days. Hand it over as you would a password.
    SetUpCode {
        #[command(flatten)]
        whose: Whose,
    },
    /// Let a disabled account sign in again.
    Enable {
        #[command(flatten)]
        whose: Whose,
    },
    /// List accounts: number, address, role, institution, state.
    List {
        /// The server's data directory.
        #[arg(long, value_name = "DIR", env = "ELMS_DATA")]
        data: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct New {
    #[command(flatten)]
    whose: Whose,
    /// Title and name as shown.
    #[arg(long)]
    name: String,
    /// Like `EXAMS_OFFICER`.
    #[arg(long)]
    role: String,
    /// The number of the institution; only a `SUPER_ADMIN` has none.
    #[arg(long, value_name = "NUMBER")]
    institution: Option<i64>,
    /// Limits the account to a faculty.
    #[arg(long, value_name = "NUMBER")]
    faculty: Option<i64>,
    /// Limits the account to a department.
    #[arg(long, value_name = "NUMBER")]
    department: Option<i64>,
    /// What the staff card says; it may be typed instead of the address.
    #[arg(long, value_name = "CARD", value_parser = card)]
    staff_number: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Whose {
    /// The server's data directory.
    #[arg(long, value_name = "DIR", env = "ELMS_DATA")]
    data: PathBuf,
    /// The address to sign in with.
    #[arg(long)]
    email: String,
}

impl Whose {
    fn accounts(&self) -> Result<Accounts> {
        open(&self.data)
    }
}

impl New {
    fn add(self) -> Result<()> {
        let Self {
            whose,
            name,
            role,
            institution,
            faculty,
            department,
            staff_number,
        } = self;
        let account = Account {
            id: UserId(0),
            email: address(&whose.email)
                .with_context(|| format!("`{}` is no address", whose.email))?,
            name: name.trim().to_owned(),
            role: self::role(&role, institution)?,
            institution: institution.map(InstitutionId),
            faculty: faculty.map(FacultyId),
            department: department.map(DepartmentId),
            active: true,
            demo: false,
            first_password: false,
            staff_number,
        };
        std::fs::create_dir_all(&whose.data)?;
        let hash = hash_password(&password(&[&account.name, &account.email])?)?;
        let id = whose.accounts()?.add(&account, &hash)?;
        say(&format!("added account {id}"))
    }
}

fn open(data: &Path) -> Result<Accounts> {
    ensure!(data.is_dir(), "{} is no data directory", data.display());
    Ok(Accounts::open(data)?)
}

pub(crate) fn look_after(what: User) -> Result<()> {
    let now = Clock::real_now();
    match what {
        User::Add(new) => new.add(),
        User::Password { whose } => {
            let accounts = whose.accounts()?;
            let found = accounts.by_email(&whose.email)?;
            let name = found.map_or_else(String::new, |(account, _)| account.name);
            let hash = hash_password(&password(&[&name, &whose.email])?)?;
            accounts.set_password(&whose.email, &hash, None, now)?;
            say("password set, sign-ins ended")
        }
        User::Card {
            whose,
            staff_number,
        } => {
            let number = staff_number.as_deref();
            whose.accounts()?.set_staff_number(&whose.email, number)?;
            say(&number.map_or_else(|| "no card".to_owned(), |number| format!("card {number}")))
        }
        User::Disable { whose } => {
            whose.accounts()?.disable(&whose.email, now)?;
            say("disabled, sign-ins ended")
        }
        User::ResetSecondFactor { whose } => {
            let had = whose.accounts()?.reset_factor(&whose.email, now)?;
            let none = "there was no second factor, sign-ins ended";
            say(if had {
                "second factor taken away, sign-ins ended"
            } else {
                none
            })
        }
        User::SetUpCode { whose } => {
            let accounts = whose.accounts()?;
            say(&new_set_up_code(&accounts, &whose.email, now)?)
        }
        User::Enable { whose } => {
            whose.accounts()?.enable(&whose.email)?;
            say("enabled")
        }
        User::List { data } => list(&open(&data)?),
    }
}

fn card(text: &str) -> Result<String> {
    let what = "a staff number has up to 32 letters, digits, and - / . _";
    staff_number(text).context(what)
}

fn role(text: &str, institution: Option<i64>) -> Result<Role> {
    let known = || {
        Role::ALL
            .iter()
            .map(|role| role.text())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let role = Role::from_text(text)
        .with_context(|| format!("`{text}` is no role; there are {}", known()))?;
    let placed = institution.is_some() || role == Role::SuperAdmin;
    ensure!(placed, "say where the person works: --institution NUMBER");
    Ok(role)
}

fn list(accounts: &Accounts) -> Result<()> {
    for account in accounts.list()? {
        let role = account.role.text();
        let institution = account
            .institution
            .map_or_else(|| "-".to_owned(), |id| id.to_string());
        let state = if account.active { "active" } else { "disabled" };
        let demo = if account.demo { ", demo" } else { "" };
        let (id, email) = (account.id, account.email);
        say(&format!(
            "{id}\t{email}\t{role}\t{institution}\t{state}{demo}"
        ))?;
    }
    Ok(())
}

pub(crate) fn say(line: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// The password of the person of whom `about` is known, never from an argument: those are seen by
/// everybody on the machine.
fn password(about: &[&str]) -> Result<String> {
    let password = match std::env::var("ELMS_PASSWORD").ok() {
        Some(password) => password,
        None => line()?,
    };
    may_be_chosen(&password, about)?;
    Ok(password)
}

fn line() -> Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
