//! What the clock of an institution has to do: cases that nobody has noticed in time, offers that
//! nobody has accepted.

use uuid::Uuid;

use crate::{
    Command, CommandId, CommandRequest, CustodyState, EscalateIncident, ExpireOffer, Incident,
    Kind, Policy, Record, Times, Timestamp, Transfer, View,
};

/// What there is to do, and when to look again.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// What [`crate::Actor::system`] has to ask for now, the longest overdue first. The same need
    /// has the same command id, so that asking twice has the effect of asking once.
    pub requests: Vec<CommandRequest>,
    /// The next instant at which something falls due, if nothing else happens before.
    pub next: Option<Timestamp>,
}

/// What the clock has to do at `now`, by the records as they are.
///
/// Everything is read from the records, so that a restart neither loses nor doubles anything.
pub fn due(view: &dyn View, now: Timestamp) -> Due {
    let institution = view.institution();
    let policy = institution.map(|found| found.policy).unwrap_or_default();
    let mut needs: Vec<(Timestamp, CommandId, Command)> = Vec::new();
    for record in view.list(Kind::Incident) {
        if let Record::Incident(incident) = record {
            needs.extend(to_escalate(&incident));
        }
    }
    for record in view.list(Kind::Transfer) {
        if let Record::Transfer(transfer) = record {
            needs.extend(to_expire(&transfer, &policy));
        }
    }
    needs.sort_by_key(|(at, id, _)| (*at, id.0));
    let next = needs.iter().map(|(at, _, _)| *at).find(|at| now < *at);
    let overdue = needs.into_iter().take_while(|(at, _, _)| *at <= now);
    let requests = overdue.map(|(_, command_id, command)| CommandRequest {
        command_id,
        times: Times::at(now),
        command,
    });
    Due {
        requests: requests.collect(),
        next,
    }
}

fn to_escalate(incident: &Incident) -> Option<(Timestamp, CommandId, Command)> {
    let at = incident.calls_at()?;
    let level = incident.escalation_level;
    let escalate = EscalateIncident {
        incident: incident.reference,
        note: None,
        expected_level: Some(level),
    };
    // Taking an acknowledgement back gives a new deadline, and so a new id.
    let id = Uuid::new_v5(
        &incident.reference.0,
        format!("escalate {level} {}", at.0).as_bytes(),
    );
    Some((at, CommandId(id), escalate.into()))
}

fn to_expire(transfer: &Transfer, policy: &Policy) -> Option<(Timestamp, CommandId, Command)> {
    let at = (transfer.state == CustodyState::Offered).then(|| transfer.lapses_at(policy))?;
    let id = CommandId(Uuid::new_v5(&transfer.reference.0, b"expire"));
    let transfer = transfer.reference;
    Some((at, id, ExpireOffer { transfer }.into()))
}

#[cfg(test)]
mod tests;
