//! Whole journeys of the exam hall, with real processes on loopback.

mod asvs;
mod attacks;
mod client_killed;
mod erasure;
mod evidence;
mod fanout;
mod fuzzing;
mod generated;
mod hostile;
mod many_stations;
mod named;
mod node_partner;
mod offline_story;
mod outage;
mod record_check;
mod recovery;
mod server_cli;
mod server_killed;
mod simulation;
mod socketio_js;
mod supply_chain;
mod window;
mod window_lock;
mod window_trouble;
mod workflows;
mod wrong_clock;
