//! What people do in a story, and what goes wrong besides the wire.

use anyhow::Result;

use super::{Chore, Happening, Wire, World};
use crate::simulation::{hall::Hall, office::Down};

impl World {
    pub(super) fn do_chore(&mut self, chore: Chore) -> Result<()> {
        self.note(|| format!("{chore:?}"));
        match chore {
            Chore::Write(hall) => self.write(hall),
            Chore::Cut(hall) => self.cut(hall),
            Chore::Mend(hall) => {
                self.mend(hall);
                Ok(())
            }
            Chore::Kill(hall) => {
                self.kill(hall);
                Ok(())
            }
            Chore::Open(hall) => self.turn(hall, Hall::come),
            Chore::Restart => {
                self.restart();
                Ok(())
            }
            Chore::ComeBack => self.come_back(),
            Chore::BackUp if self.office.is_up() => {
                self.go_down();
                self.office.back_up()?;
                self.office.come_back()
            }
            // Somebody tries again when the server is there.
            Chore::BackUp => {
                self.after(5_000, Happening::Chore(Chore::BackUp));
                Ok(())
            }
            Chore::Restore => {
                self.is_restoring = true;
                self.restart();
                Ok(())
            }
        }
    }

    fn write(&mut self, hall: usize) -> Result<()> {
        self.counted += 1;
        let words = format!("[entry {} of station {hall}]", self.counted);
        self.turn(hall, |hall, turn| {
            // Nobody writes on a console that is closed.
            if hall.standing() == "closed" {
                Ok(())
            } else {
                hall.write_down(words, turn)
            }
        })
    }

    fn cut(&mut self, hall: usize) -> Result<()> {
        self.faults += 1;
        let how = self.chance.pick(&[Wire::Cut, Wire::Silent])?;
        if let Some(wire) = self.wires.get_mut(hall) {
            *wire = how;
        }
        let line = self.halls.get(hall).and_then(|hall| hall.line);
        if let Some(line) = line.filter(|_| how == Wire::Cut) {
            self.office.forget(line);
            self.after(5, Happening::Down(hall, line, Down::Lost));
        }
        let lasts = self.chance.between(500, 40_000);
        self.after(lasts, Happening::Chore(Chore::Mend(hall)));
        Ok(())
    }

    fn mend(&mut self, hall: usize) {
        if let Some(wire) = self.wires.get_mut(hall) {
            *wire = Wire::Whole;
        }
    }

    fn kill(&mut self, hall: usize) {
        self.faults += 1;
        let Some(station) = self.halls.get_mut(hall) else {
            return;
        };
        let line = station.line;
        station.kill();
        // The server hears of it, or does not.
        if let Some(line) = line.filter(|_| self.chance.percent(50)) {
            self.office.forget(line);
        }
        let lasts = self.chance.between(200, 8_000);
        self.after(lasts, Happening::Chore(Chore::Open(hall)));
    }

    fn go_down(&mut self) {
        self.faults += 1;
        for (hall, line) in self.office.close() {
            let ms = self.chance.between(1, 400);
            if self.wire(hall) == Wire::Whole {
                self.after(ms, Happening::Down(hall, line, Down::Lost));
            }
        }
    }

    fn restart(&mut self) {
        self.go_down();
        let lasts = self.chance.between(200, 9_000);
        self.after(lasts, Happening::Chore(Chore::ComeBack));
    }

    fn come_back(&mut self) -> Result<()> {
        if self.office.is_up() {
            return Ok(());
        }
        if std::mem::take(&mut self.is_restoring) && self.office.restore()? {
            return Ok(());
        }
        self.office.come_back()
    }
}
