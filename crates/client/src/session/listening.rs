//! What is heard on an open connection: events and the proof that none is missing.

use elms_protocol::{
    Seq,
    frame::{Cursor, Resumed, Sync},
};

use super::{At, Effect, PING_MS, Session, Stage, Worth};

/// How long a disk that refuses is left alone.
const UNWRITTEN_MS: i64 = 10_000;

impl Session {
    pub(super) fn heard(&mut self, at: At) -> Vec<Effect> {
        self.line.heard = at.now;
        Vec::new()
    }

    pub(super) fn ping(&mut self, at: At) -> Effect {
        self.line.ping_at = at.now.plus(PING_MS);
        Effect::Ping
    }

    /// Counts an event; one that was delivered twice counts once.
    pub(super) fn event(&mut self, seq: Seq, at: At) -> Vec<Effect> {
        self.line.heard = at.now;
        if self.line.last < seq {
            self.line.last = seq;
            self.line.counted = self.line.counted.saturating_add(1);
        }
        self.line.high_water = self.line.high_water.max(seq);
        Vec::new()
    }

    pub(super) fn resumed(&mut self, resumed: Resumed, at: At) -> Vec<Effect> {
        self.line.heard = at.now;
        // What has overtaken it is counted too: by this count nobody can tell whether all is there. The
        // next one tells.
        if self.stage != Stage::Catching || resumed.cursor.seq < self.line.last {
            return Vec::new();
        }
        if resumed.count != self.line.counted {
            return self.miscounted(at);
        }
        self.confirm(resumed.cursor);
        let mut effects = vec![Effect::Confirm(resumed.cursor)];
        effects.extend(self.now_live(resumed.count, at));
        effects
    }

    /// All that was missed is there.
    pub(super) fn now_live(&mut self, replayed: i64, at: At) -> Vec<Effect> {
        let mut effects = vec![Effect::CaughtUp { replayed }];
        // An outage may have begun before the console was closed and opened again.
        if self.is_outage || !self.was_live {
            effects.push(Effect::OutageOver { replayed });
        }
        self.stage = Stage::Live;
        self.was_live = true;
        self.is_outage = false;
        self.passes.worth = Worth::Good;
        self.attempt = 0;
        self.reason = None;
        self.down_since = None;
        effects.extend(self.look(at));
        effects
    }

    pub(super) fn sync(&mut self, sync: Sync, at: At) -> Vec<Effect> {
        self.line.heard = at.now;
        self.checked(sync, at)
    }

    pub(super) fn pong(&mut self, high_water: Seq, sync: Option<Sync>, at: At) -> Vec<Effect> {
        self.line.heard = at.now;
        self.line.high_water = self.line.high_water.max(high_water);
        sync.map_or_else(Vec::new, |sync| self.checked(sync, at))
    }

    /// A right count moves the confirmed cursor; a wrong one starts again from it.
    fn checked(&mut self, sync: Sync, at: At) -> Vec<Effect> {
        if !self.is_open() || self.is_old(sync.cursor) {
            return Vec::new();
        }
        if sync.count != self.line.counted {
            return self.miscounted(at);
        }
        self.confirm(sync.cursor);
        let mut effects = vec![Effect::Confirm(sync.cursor)];
        if self.stage == Stage::Catching {
            // It is only said once the replay is complete: its end was lost on the way.
            effects.extend(self.now_live(sync.count, at));
        }
        effects
    }

    /// A frame that was delivered twice says what is known already.
    fn is_old(&self, cursor: Cursor) -> bool {
        let known = self.cursor.is_some_and(|own| cursor.seq < own.seq);
        known || cursor.seq < self.line.last
    }

    /// Goes back to what is on the disk, and gives the disk time.
    pub(super) fn unwritten(
        &mut self,
        cursor: Option<Cursor>,
        reason: String,
        at: At,
    ) -> Vec<Effect> {
        self.cursor = cursor;
        self.lost(reason, UNWRITTEN_MS, at)
    }

    fn miscounted(&mut self, at: At) -> Vec<Effect> {
        self.drop_line("Something was lost on the way and is fetched again.", at)
    }

    fn confirm(&mut self, cursor: Cursor) {
        self.cursor = Some(cursor);
        self.line.last = self.line.last.max(cursor.seq);
    }
}
