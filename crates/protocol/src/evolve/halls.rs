//! Events about sittings, timetables, notifications and stations.

use crate::{
    Counted, Event, Fact, HallLog, Invigilator, InvigilatorMoved, InvigilatorRole, Notification,
    NotificationNew, Phase, PhaseChanged, Record, Silence, Sitting, SittingId, Station,
    StationNews, StudentCheckedIn, TimetableStatus, TimetableUpdated, View,
};

pub(crate) fn evolve(view: &dyn View, event: &Event, fact: &Fact) -> Vec<Record> {
    match fact {
        Fact::SessionStarted(p) | Fact::SessionEnded(p) | Fact::SessionStatusChanged(p) => {
            sitting(view, event, p.exam_entry_id, |sitting| phase(sitting, event, p))
        }
        Fact::TimeExtended(p) => sitting(view, event, p.exam_entry_id, |sitting| {
            if p.student_ids.is_empty() {
                sitting.added_sec = sitting.added_sec.saturating_add(p.added_sec);
            }
        }),
        Fact::HallLog(p) => {
            sitting(view, event, p.exam_entry_id, |sitting| hall_log(sitting, p))
        }
        Fact::CheckinStatsUpdated(p) => sitting(view, event, p.exam_entry_id, |sitting| {
            sitting.present = p.stats.checked_in;
            let counted = Counted { at: event.happened_at(), n: p.stats.checked_in };
            sitting.check_ins.push(counted);
        }),
        Fact::InvigilatorCheckedIn(p) => sitting(view, event, p.exam_entry_id, |sitting| {
            checked_in(sitting, event, p);
        }),
        Fact::InvigilatorReassigned(p) => {
            sitting(view, event, p.exam_entry_id, |sitting| reassigned(sitting, p))
        }
        Fact::StudentCheckedIn(p) => student(view, p),
        Fact::TimetablePublished(p) => timetable(view, p.timetable_id, |timetable| {
            timetable.status = TimetableStatus::Published;
            timetable.revision = p.revision;
        }),
        Fact::TimetableUpdated(p) => timetable_updated(view, event, p),
        Fact::NotificationNew(p) => vec![Record::Notification(notification(p))],
        Fact::NotificationRead(p) => read(view, p.id, p.user_id),
        Fact::StationOnline(p) | Fact::StationOffline(p) | Fact::StationSignedOut(p) => {
            vec![Record::Station(station(view, event, fact, p))]
        }
        Fact::StationClockSkew(p) | Fact::StationUserSwitched(p) => {
            vec![Record::Station(station(view, event, fact, p))]
        }
        _ => Vec::new(),
    }
}

fn sitting(
    view: &dyn View,
    event: &Event,
    id: SittingId,
    change: impl FnOnce(&mut Sitting),
) -> Vec<Record> {
    let Some(mut sitting) = view.sitting(id) else {
        return Vec::new();
    };
    change(&mut sitting);
    sitting.seq = event.seq;
    vec![Record::Sitting(sitting)]
}

fn phase(sitting: &mut Sitting, event: &Event, payload: &PhaseChanged) {
    let at = event.happened_at();
    match payload.new_phase {
        Phase::Writing if sitting.started_at.is_none() => sitting.started_at = Some(at),
        Phase::Paused => sitting.paused_at = Some(at),
        Phase::Collecting if sitting.stopped_at.is_none() => sitting.stopped_at = Some(at),
        Phase::Setup
        | Phase::Admitting
        | Phase::Writing
        | Phase::Collecting
        | Phase::Reconciling
        | Phase::Closed
        | Phase::Cancelled
        | Phase::Postponed => {}
    }
    if payload.old_phase == Phase::Paused {
        sitting.paused_at = None;
        let seconds = payload.paused_sec.unwrap_or_default();
        sitting.paused_sec = sitting.paused_sec.saturating_add(seconds);
    }
    sitting.phase = payload.new_phase;
}

fn hall_log(sitting: &mut Sitting, payload: &HallLog) {
    let Some(seat) = &payload.seat else {
        return;
    };
    match payload.action.as_str() {
        "TEMPORARY_ABSENCE_OUT" if !sitting.out.contains(seat) => sitting.out.push(seat.clone()),
        "TEMPORARY_ABSENCE_IN" => sitting.out.retain(|out| out != seat),
        _ => {}
    }
}

fn checked_in(sitting: &mut Sitting, event: &Event, payload: &InvigilatorMoved) {
    let at = event.happened_at();
    for person in &mut sitting.invigilators {
        if person.user_id == payload.invigilator_id && person.checked_in_at.is_none() {
            person.checked_in_at = Some(at);
        }
    }
}

fn reassigned(sitting: &mut Sitting, payload: &InvigilatorMoved) {
    sitting.invigilators.retain(|person| Some(person.user_id) != payload.instead_of);
    if payload.chief {
        for person in &mut sitting.invigilators {
            if person.role == InvigilatorRole::ChiefInvigilator {
                person.role = InvigilatorRole::Invigilator;
            }
        }
    }
    let role = if payload.chief {
        InvigilatorRole::ChiefInvigilator
    } else {
        InvigilatorRole::ReliefInvigilator
    };
    let known = sitting.invigilators.iter_mut();
    let known = known.into_iter().find(|person| person.user_id == payload.invigilator_id);
    match known {
        Some(person) => person.role = role,
        None => sitting.invigilators.push(Invigilator {
            user_id: payload.invigilator_id,
            name: payload.invigilator_name.clone(),
            role,
            checked_in_at: None,
        }),
    }
}

fn student(view: &dyn View, payload: &StudentCheckedIn) -> Vec<Record> {
    let Some(mut candidate) = view.candidate(payload.exam_entry_id, payload.student_id) else {
        return Vec::new();
    };
    candidate.attendance = payload.attendance;
    candidate.minutes_late = payload.minutes_late;
    vec![Record::Candidate(candidate)]
}

fn timetable(
    view: &dyn View,
    id: crate::TimetableId,
    change: impl FnOnce(&mut crate::Timetable),
) -> Vec<Record> {
    let Some(mut timetable) = view.timetable(id) else {
        return Vec::new();
    };
    change(&mut timetable);
    vec![Record::Timetable(timetable)]
}

fn timetable_updated(view: &dyn View, event: &Event, payload: &TimetableUpdated) -> Vec<Record> {
    let mut records = timetable(view, payload.timetable_id, |timetable| {
        timetable.status = payload.status.unwrap_or(timetable.status);
        timetable.revision = payload.revision;
    });
    if let Some(id) = payload.exam_entry_id {
        records.extend(sitting(view, event, id, |sitting| {
            sitting.venue_id = payload.venue_id.unwrap_or(sitting.venue_id);
            if let Some(room) = &payload.room {
                sitting.room.clone_from(room);
            }
        }));
    }
    records
}

fn notification(payload: &NotificationNew) -> Notification {
    Notification {
        id: payload.id,
        user_ids: payload.user_ids.clone(),
        notification_type: payload.notification_type.clone(),
        title: payload.title.clone(),
        message: payload.message.clone(),
        priority: payload.priority.clone(),
        incident: payload.incident_ref,
        created_at: payload.created_at,
        read_by: Vec::new(),
    }
}

fn read(view: &dyn View, id: crate::NotificationId, user: crate::UserId) -> Vec<Record> {
    let Some(mut notification) = view.notification(id) else {
        return Vec::new();
    };
    if !notification.read_by.contains(&user) {
        notification.read_by.push(user);
    }
    vec![Record::Notification(notification)]
}

fn station(view: &dyn View, event: &Event, fact: &Fact, payload: &StationNews) -> Station {
    let key = crate::Key::new(crate::Kind::Station, &payload.station);
    let mut station = match view.record(&key) {
        Some(Record::Station(station)) => station,
        _ => Station {
            code: payload.station.clone(),
            label: payload.station.clone(),
            venue_id: None,
            online: false,
            since: None,
            clock_offset_ms: 0,
            outages: Vec::new(),
        },
    };
    let at = payload.last_seen.unwrap_or(event.timestamp);
    match fact {
        Fact::StationOnline(_) => {
            station.online = true;
            station.since = Some(event.timestamp);
            if let Some(silence) = station.outages.last_mut() {
                silence.to = silence.to.or(Some(event.timestamp));
            }
            if payload.clock_offset_ms != 0 {
                station.clock_offset_ms = payload.clock_offset_ms;
            }
        }
        Fact::StationOffline(_) => {
            station.online = false;
            station.since = Some(at);
            station.outages.push(Silence { from: at, to: None });
        }
        Fact::StationSignedOut(_) => {
            station.online = false;
            station.since = Some(event.timestamp);
        }
        Fact::StationClockSkew(_) => station.clock_offset_ms = payload.clock_offset_ms,
        _ => {}
    }
    station
}
