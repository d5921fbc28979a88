//! The wires of a story, and the order in which everything happens.

mod chores;

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;
use elms_client::session::Input;

use super::{
    chance::Chance,
    hall::{Hall, Turn, Up},
    office::{Down, Office, officers},
    time,
};

/// Something that happens at a moment.
#[derive(Debug, Clone)]
enum Happening {
    Up(usize, u64, Up),
    Down(usize, u64, Down),
    Chore(Chore),
}

/// Something that somebody does, or that goes wrong.
#[derive(Debug, Clone, Copy)]
pub(super) enum Chore {
    Write(usize),
    /// A wire goes, and comes back with [`Self::Mend`].
    Cut(usize),
    Mend(usize),
    /// A console is killed and opened again.
    Kill(usize),
    Open(usize),
    /// The server is, too.
    Restart,
    ComeBack,
    BackUp,
    /// It comes back from the backup.
    Restore,
}

/// What a wire does with what it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wire {
    Whole,
    /// Everybody is told that it is gone.
    Cut,
    /// Nobody is told.
    Silent,
}

pub(super) struct World {
    now: i64,
    chance: Chance,
    ahead: BTreeMap<(i64, u64), Happening>,
    counted: u64,
    wires: Vec<Wire>,
    /// When the last thing on a line arrives, each way: a line keeps its order.
    behind: BTreeMap<(u64, bool), i64>,
    is_healed: bool,
    /// The server comes back from its backup.
    is_restoring: bool,
    pub(super) halls: Vec<Hall>,
    pub(super) office: Office,
    pub(super) faults: usize,
    pub(super) lines: Vec<String>,
}

impl World {
    pub(super) fn new(chance: Chance, template: &Path, dir: &Path) -> Result<Self> {
        let office = Office::start(&template.join("data"), &dir.join("server"))?;
        let officers = officers()?;
        let mut halls = Vec::new();
        for (n, code) in ["GH-A", "GH-B", "EO-1"].into_iter().enumerate() {
            let mut me = officers.iter().cycle().nth(n).cloned();
            if let Some(me) = &mut me {
                me.station = Some(code.to_owned());
            }
            halls.extend(me.map(|me| Hall::new(&dir.join(code), me)).transpose()?);
        }
        let mut world = Self {
            now: 0,
            chance,
            ahead: BTreeMap::new(),
            counted: 0,
            wires: vec![Wire::Whole; halls.len()],
            behind: BTreeMap::new(),
            is_healed: false,
            is_restoring: false,
            halls,
            office,
            faults: 0,
            lines: Vec::new(),
        };
        for hall in 0..world.halls.len() {
            world.after(0, Happening::Chore(Chore::Open(hall)));
        }
        Ok(world)
    }

    pub(super) fn now(&self) -> i64 {
        self.now
    }

    /// Somewhen within so many milliseconds.
    pub(super) fn chore(&mut self, within: i64, chore: Chore) {
        let ms = self.chance.between(1_000, within - 1_000);
        self.after(ms, Happening::Chore(chore));
    }

    fn after(&mut self, ms: i64, happening: Happening) {
        self.counted += 1;
        self.ahead.insert((self.now + ms, self.counted), happening);
    }

    /// From now on nothing goes wrong any more, and all are there.
    pub(super) fn heal(&mut self) {
        self.is_healed = true;
        self.wires.fill(Wire::Whole);
    }

    pub(super) fn is_quiet(&self) -> Result<bool> {
        if !self.office.is_up() {
            return Ok(false);
        }
        let head = self.office.head()?;
        for hall in &self.halls {
            if !hall.is_open() || !hall.is_quiet(head)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(super) fn standing(&self) -> String {
        let halls: Vec<String> = self.halls.iter().map(Hall::standing).collect();
        let head = self.office.head().ok();
        format!("{}; the log ends at {head:?}", halls.join("; "))
    }

    /// Lets happen what is due until then.
    pub(super) fn run(&mut self, until: i64) -> Result<()> {
        loop {
            let ahead = self.ahead.first_key_value().map(|((at, _), _)| *at);
            let halls = self.halls.iter().enumerate();
            let due = halls.filter_map(|(n, hall)| Some((hall.due()?, n))).min();
            let next = ahead.into_iter().chain(due.map(|(at, _)| at)).min();
            let Some(next) = next.filter(|next| *next <= until) else {
                self.now = self.now.max(until);
                return Ok(());
            };
            self.now = self.now.max(next);
            if let Some((_, hall)) = due.filter(|(at, _)| ahead.is_none_or(|ahead| *at < ahead)) {
                self.turn(hall, Hall::time)?;
            } else if let Some((_, happening)) = self.ahead.pop_first() {
                self.happen(happening)?;
            }
        }
    }

    fn happen(&mut self, happening: Happening) -> Result<()> {
        match happening {
            Happening::Chore(chore) => self.do_chore(chore),
            Happening::Up(hall, line, up) => self.ask(hall, line, up),
            Happening::Down(hall, line, down) => self.tell(hall, line, down),
        }
    }

    /// Lets a station do something, and sends what it says.
    fn turn(
        &mut self,
        hall: usize,
        act: impl FnOnce(&mut Hall, &mut Turn<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut turn = Turn {
            now: self.now,
            chance: &mut self.chance,
            out: Vec::new(),
        };
        let Some(station) = self.halls.get_mut(hall) else {
            return Ok(());
        };
        act(station, &mut turn)?;
        for up in turn.out {
            self.say(hall, up);
        }
        Ok(())
    }

    /// A station says something.
    fn say(&mut self, hall: usize, up: Up) {
        self.note(|| format!("{hall} says {}", name_of(&up)));
        let wire = self.wire(hall);
        self.counted += 1;
        let fresh = self.counted;
        let Some(station) = self.halls.get_mut(hall) else {
            return;
        };
        let line = match up {
            Up::Close => station.line.take(),
            Up::Copy => Some(*station.copy.insert(fresh)),
            Up::Open(_) => Some(*station.line.insert(fresh)),
            Up::Ping | Up::Command(_) => station.line,
        };
        let Some(line) = line else { return };
        match (wire, &up) {
            // A request of its own: it has an end of its own.
            (_, Up::Copy) => {
                self.after(10_000, Happening::Down(hall, line, Down::NoCopy));
                if wire == Wire::Whole {
                    self.carry(Happening::Up(hall, line, up));
                }
            }
            (Wire::Whole, _) => self.carry(Happening::Up(hall, line, up)),
            (Wire::Cut, Up::Open(_)) => self.after(20, Happening::Down(hall, line, Down::Lost)),
            (Wire::Cut | Wire::Silent, _) => {}
        }
    }

    /// The server says something.
    fn answer(&mut self, hall: usize, line: u64, down: Down) {
        if self.wire(hall) == Wire::Whole {
            self.carry(Happening::Down(hall, line, down));
        }
    }

    /// Over a wire that is whole, more or less.
    fn carry(&mut self, happening: Happening) {
        let (line, is_up) = match &happening {
            Happening::Up(_, line, _) => (*line, true),
            Happening::Down(_, line, _) => (*line, false),
            Happening::Chore(_) => return,
        };
        let usual = self.chance.between(1, 60);
        let late = if self.goes_wrong(3) {
            self.chance.between(100, 14_000)
        } else {
            0
        };
        if self.goes_wrong(2) {
            return;
        }
        let is_out_of_order = self.goes_wrong(2);
        let is_double = self.goes_wrong(3);
        let last = self.behind.get(&(line, is_up)).copied().unwrap_or(0);
        let mut at = self.now + usual + late;
        if !is_out_of_order {
            at = at.max(last);
            self.behind.insert((line, is_up), at);
        }
        if is_double {
            let again = self.chance.between(0, 3_000);
            self.after(at - self.now + again, happening.clone());
        }
        self.after(at - self.now, happening);
    }

    fn goes_wrong(&mut self, percent: i64) -> bool {
        let goes_wrong = self.chance.percent(percent) && !self.is_healed;
        self.faults += usize::from(goes_wrong);
        goes_wrong
    }

    fn wire(&self, hall: usize) -> Wire {
        self.wires.get(hall).copied().unwrap_or(Wire::Cut)
    }

    /// The server hears a station.
    fn ask(&mut self, hall: usize, line: u64, up: Up) -> Result<()> {
        if !self.office.is_up() {
            if matches!(up, Up::Open(_)) {
                self.answer(hall, line, Down::Lost);
            }
            return Ok(());
        }
        match up {
            Up::Open(wanted) => {
                for down in self.office.admit(hall, line, wanted)? {
                    self.answer(hall, line, down);
                }
            }
            Up::Ping if self.office.has(line) => {
                let pong = self.office.pong(line)?;
                self.answer(hall, line, pong);
            }
            Up::Command(request) if self.office.has(line) => {
                let Some(me) = self.halls.get(hall).map(|hall| hall.me.clone()) else {
                    return Ok(());
                };
                let outcome = self.office.apply(&me, *request, time(self.now))?;
                let answer = Down::Answer(Box::new(outcome));
                let is_first = self.chance.percent(50);
                if is_first {
                    self.answer(hall, line, answer.clone());
                }
                for (hall, line, down) in self.office.pump()? {
                    self.answer(hall, line, down);
                }
                if !is_first {
                    self.answer(hall, line, answer);
                }
            }
            Up::Copy => {
                let Some(me) = self.halls.get(hall).map(|hall| hall.me.clone()) else {
                    return Ok(());
                };
                let copy = Down::Copied(Box::new(self.office.snapshot(me)?));
                self.answer(hall, line, copy);
            }
            Up::Close => self.office.forget(line),
            Up::Ping | Up::Command(_) => {}
        }
        Ok(())
    }

    /// A station hears the server; of an old line or an old copy it hears nothing.
    fn tell(&mut self, hall: usize, line: u64, down: Down) -> Result<()> {
        let Some(station) = self.halls.get_mut(hall).filter(|hall| hall.is_open()) else {
            return Ok(());
        };
        let is_copy = matches!(down, Down::Copied(_) | Down::NoCopy);
        let waited_for = if is_copy { station.copy } else { station.line };
        if waited_for != Some(line) {
            return Ok(());
        }
        if is_copy {
            station.copy = None;
        }
        self.note(|| format!("{hall} hears {}", heard(&down)));
        self.turn(hall, |hall, turn| {
            if !is_copy {
                hall.feed(Input::Heard, turn)?;
            }
            hall.hear(down, turn)
        })
    }

    /// A line of the story, to be held against its telling again.
    fn note(&mut self, line: impl FnOnce() -> String) {
        let line = format!("{:>7} {}", self.now, line());
        self.lines.push(line);
    }
}

fn name_of(up: &Up) -> String {
    match up {
        Up::Open(wanted) => format!("open after {:?}", wanted.map(|cursor| cursor.seq)),
        Up::Ping => "ping".to_owned(),
        Up::Command(request) => format!("command {}", request.command_id),
        Up::Copy => "copy".to_owned(),
        Up::Close => "hang up".to_owned(),
    }
}

fn heard(down: &Down) -> String {
    match down {
        Down::Admitted => "admitted".to_owned(),
        Down::Resync(reason) => format!("{reason:?}"),
        Down::Event(event) => format!("{} {}", event.seq, event.event),
        Down::Resumed(resumed) => format!("resumed, {} to {}", resumed.count, resumed.to),
        Down::Pong(high_water, sync) => {
            format!("pong {high_water} {:?}", sync.map(|sync| sync.count))
        }
        Down::Answer(outcome) => format!("answer to {}", outcome.command_id()),
        Down::Copied(copy) => format!("copy at {}", copy.cursor.seq),
        Down::NoCopy => "no copy".to_owned(),
        Down::Lost => "lost".to_owned(),
    }
}
