//! The newest events of one institution, decoded and ready to be sent.

use std::{collections::VecDeque, sync::Arc};

use elms_protocol::{Event, Profile, Seq, frame::ChainTag, wire};

use crate::engine::Frame;

/// How many events are kept in memory for each institution.
const KEPT: usize = if cfg!(test) { 600 } else { 4_096 };

/// An event with its packet, encoded once for all connections.
#[derive(Debug)]
pub struct Logged {
    /// The event.
    pub event: Event,
    /// The tag of the log at this event.
    pub tag: ChainTag,
    /// Its Engine.IO text frame in the guide's spelling.
    frame: Frame,
}

impl Logged {
    /// An event with the JSON text it is stored as.
    pub(crate) fn new(event: Event, tag: ChainTag, body: &str) -> Self {
        let frame = wire::event_text(&event.channel, body).into();
        Self { event, tag, frame }
    }

    /// The Engine.IO text frame, unless a partner of this spelling wants another.
    pub(crate) fn frame(&self, profile: Profile) -> Option<&Frame> {
        (profile == Profile::Seed).then_some(&self.frame)
    }

    /// The Engine.IO text frame for a partner of another spelling than the guide's.
    pub(crate) fn spelled(&self, profile: Profile) -> Frame {
        let spelled = self.event.spelled(profile);
        match serde_json::to_string(&spelled) {
            Ok(body) => wire::event_text(&spelled.channel, &body).into(),
            Err(_) => self.frame.clone(),
        }
    }
}

/// A bounded run of events without holes that ends at the head of the log.
#[derive(Debug)]
pub(crate) struct Tail {
    /// Everything after this position is here.
    after: Seq,
    events: VecDeque<Arc<Logged>>,
}

impl Tail {
    pub(crate) fn starting_after(after: Seq) -> Self {
        Self {
            after,
            events: VecDeque::new(),
        }
    }

    pub(crate) fn extend(&mut self, events: Vec<Arc<Logged>>) {
        self.events.extend(events);
        while KEPT < self.events.len() {
            if let Some(dropped) = self.events.pop_front() {
                self.after = dropped.event.seq;
            }
        }
    }

    /// The events after `after`, unless they reach further back than this tail.
    pub(crate) fn after(&self, after: Seq, limit: usize) -> Option<Vec<Arc<Logged>>> {
        let skip = after.0.checked_sub(self.after.0)?;
        let skip = usize::try_from(skip).ok()?;
        let rest = self.events.iter().skip(skip).take(limit);
        Some(rest.map(Arc::clone).collect())
    }
}
