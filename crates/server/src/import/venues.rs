//! Buildings and halls.

use elms_protocol::{Kind, Record, Venue, VenueId, View as _};

use super::{
    Plan, Sheet, Table,
    plan::{Names, rows},
    sheet::Row,
};

/// The most seats of a venue.
const MOST_SEATS: i64 = 100_000;

pub(super) fn add(plan: &mut Plan<'_>, sheet: &Sheet) {
    let mut names = Names::by("code");
    for row in rows(sheet) {
        let Some(venue) = read(plan, row) else {
            continue;
        };
        if plan.take(names.first(row, &venue.code)).is_some() {
            plan.put(Table::Venues, Record::Venue(venue));
        }
    }
}

fn read(plan: &mut Plan<'_>, row: Row<'_>) -> Option<Venue> {
    let (code, name) = (plan.take(row.text("code")), plan.take(row.text("name")));
    let location = plan.take(row.line("location"));
    let capacity = plan.take(row.some_number("capacity", 1, MOST_SEATS));
    let phone = plan.take(row.phone("phone"));
    let code = code?;
    let before = with_code(plan, &code);
    // A file from before there were telephones takes none away.
    let known = before.as_ref().and_then(|venue| venue.phone.clone());
    let phone = if row.has("phone") { phone? } else { known };
    let id = before.map(|venue| venue.id);
    Some(Venue {
        id: id.unwrap_or_else(|| VenueId(plan.next_id(Kind::Venue))),
        code,
        name: name?,
        location: location?,
        capacity: capacity?,
        phone,
    })
}

/// The venue with this code; case does not count.
pub(super) fn with_code(plan: &Plan<'_>, code: &str) -> Option<Venue> {
    let mut venues = plan.after.list(Kind::Venue).into_iter();
    venues.find_map(|record| {
        let Record::Venue(venue) = record else {
            return None;
        };
        venue.code.eq_ignore_ascii_case(code).then_some(venue)
    })
}
