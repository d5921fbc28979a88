//! Events about stations. What is said of an unknown station makes it known.

use crate::{
    Enrolment, Event, Key, Kind, Named, Record, Silence, Station, StationEnrolled, StationNews,
    StationStanding, View,
};

/// It is heard: a silence that lasted ends.
pub(crate) fn online(view: &dyn View, event: &Event, payload: &StationNews) -> Vec<Record> {
    change(view, payload, |station| {
        station.online = true;
        station.since = Some(event.timestamp);
        if let Some(silence) = station.outages.last_mut() {
            silence.to = silence.to.or(Some(event.timestamp));
        }
        if payload.clock_offset_ms != 0 {
            station.clock_offset_ms = payload.clock_offset_ms;
        }
    })
}

/// It is no longer heard: a silence begins, unless one lasts already.
pub(crate) fn offline(view: &dyn View, event: &Event, payload: &StationNews) -> Vec<Record> {
    let at = payload.last_seen.unwrap_or(event.timestamp);
    change(view, payload, |station| {
        station.online = false;
        station.since = Some(at);
        let lasts = station
            .outages
            .last()
            .is_some_and(|silence| silence.to.is_none());
        if !lasts {
            station.outages.push(Silence { from: at, to: None });
        }
    })
}

/// It was signed out on purpose: no outage.
pub(crate) fn signed_out(view: &dyn View, event: &Event, payload: &StationNews) -> Vec<Record> {
    change(view, payload, |station| {
        station.online = false;
        station.since = Some(event.timestamp);
    })
}

/// Its clock is off.
pub(crate) fn clock_skew(view: &dyn View, payload: &StationNews) -> Vec<Record> {
    change(view, payload, |station| {
        station.clock_offset_ms = payload.clock_offset_ms;
    })
}

/// Something else was noticed about it.
pub(crate) fn noticed(view: &dyn View, payload: &StationNews) -> Vec<Record> {
    change(view, payload, |_| {})
}

/// Its key stands so from now on, whatever was known of it.
pub(crate) fn stands(
    event: &Event,
    payload: &StationEnrolled,
    standing: StationStanding,
) -> Vec<Record> {
    let by = payload.by_id.zip(payload.by.clone());
    vec![Record::Enrolment(Enrolment {
        fingerprint: payload.fingerprint.clone(),
        code: payload.station.clone(),
        standing,
        by: by.map(|(id, name)| Named { id, name }),
        since: event.happened_at(),
    })]
}

fn change(
    view: &dyn View,
    payload: &StationNews,
    change: impl FnOnce(&mut Station),
) -> Vec<Record> {
    let mut station = match view.record(&Key::new(Kind::Station, &payload.station)) {
        Some(Record::Station(station)) => station,
        Some(_) | None => unknown(&payload.station),
    };
    change(&mut station);
    vec![Record::Station(station)]
}

fn unknown(code: &str) -> Station {
    Station {
        code: code.to_owned(),
        label: code.to_owned(),
        venue_id: None,
        online: false,
        since: None,
        clock_offset_ms: 0,
        outages: Vec::new(),
    }
}
