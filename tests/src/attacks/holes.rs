//! What was found in the original, hole by hole, and how each is held against this product: by a
//! script of this module, or by a test where nothing from outside could tell.

/// A hole of the original.
#[derive(Debug, Clone, Copy)]
pub struct Hole {
    /// Its number in the study of the original.
    pub number: &'static str,
    /// What is open there.
    pub open: &'static str,
    /// What shows that it is not open here.
    pub held: Held,
}

/// What shows that a hole is not open here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A script of this module tries it.
    Tried,
    /// It cannot be tried from outside, for this reason; the test of this name holds it.
    Inside {
        /// Why a script against a URL cannot tell.
        why: &'static str,
        /// The test that can.
        test: &'static str,
    },
}

const fn tried(number: &'static str, open: &'static str) -> Hole {
    Hole {
        number,
        open,
        held: Held::Tried,
    }
}

const fn inside(
    number: &'static str,
    open: &'static str,
    (why, test): (&'static str, &'static str),
) -> Hole {
    Hole {
        number,
        open,
        held: Held::Inside { why, test },
    }
}

/// Every hole that the study of the original names.
#[rustfmt::skip]
pub const HOLES: &[Hole] = &[
    tried("O1", "the socket believes who one says to be"),
    tried("O2", "any socket joins any room, any number of them"),
    tried("O3", "one broken frame ends the server"),
    tried("O4", "anybody registers as an administrator"),
    tried("O5", "tokens are signed with a key that stands in the source"),
    tried("O6", "a refresh token opens what an access token opens"),
    tried("O7", "signing out ends nothing"),
    inside("O8", "the log has reset tokens and addresses", (
        "only who runs the server reads its log",
        "logs_hold_no_address_no_password_and_no_token",
    )),
    tried("O9", "passwords are guessed without end"),
    tried("O10", "the server fetches any address for a stranger"),
    tried("O11", "pages of any site read the answers"),
    tried("O12", "a stranger reads where the database is"),
    tried("O13", "cases of another institution are read and changed by number"),
    tried("O14", "lists are not held to the own institution"),
    tried("O15", "figures count all institutions"),
    inside("O16", "the check of who owns a record is empty", (
        "every route has to be asked for its rights, by every role",
        "what_another_institution_has_and_what_nobody_has_is_answered_alike",
    )),
    tried("O17", "a case is written over and deleted"),
    inside("O18", "the audit log is a line on a screen", (
        "what is kept is seen in the file that is kept",
        "eight_ways_to_tamper_are_named_by_two_verifiers",
    )),
    tried("O19", "batches and timetables of all institutions are listed"),
    tried("O20", "a stranger marks candidates as present"),
    tried("O21", "a stranger reads who a student is"),
    tried("O22", "scripts are handed in by codes that nobody made"),
    inside("O23", "a crash leaves half of a script's submission", (
        "the power has to go at the right moment",
        "no_acknowledged_command_is_missing_after_many_power_cuts",
    )),
    inside("O24", "sealing answers 500 and is done nevertheless", (
        "it takes a sitting with its batch at the right step",
        "a_batch_is_counted_sealed_and_told_about",
    )),
    tried("O25", "a resolution is told only of what was resolved before"),
    tried("O26", "no event is ever sent"),
    inside("O27", "a station that was away misses what happened, for ever", (
        "it is the station that has to ask again",
        "what_was_missed_comes_in_order_then_the_proof_then_life",
    )),
    tried("O28", "cells of a report are formulas"),
    tried("O29", "passwords stand on the way in"),
    tried("O30", "errors tell the inside of the server"),
    inside("O31", "the tests say nothing and pass", (
        "tests are run where the source is",
        "each_test_that_the_table_of_holes_names_is_one",
    )),
];
