review-event = Event
review-happened = Happened
review-the-server = the server
review-written-on = Written on { $stationCode }
review-server-took-it = Server took it
review-seen-here = Seen here
review-event-2 = Event { $seq }
review-replayed = Replayed
review-console = Console
review-clock-of-the-station = Clock of the station
review-open-incident = Open incident
review-copy = Copy
review-what = What
review-station-by = Station, by
review-number = Number
review-nothing-in-the-record-matches = Nothing in the record matches.
review-events = Events
review-line-lost = Connection lost at this station. What follows was seen later.
review-line-lost-for = Connection lost at this station. What follows was seen up to { $span } late.
review-line-back = Back.
review-line-back-with = Back. { $replayed } replayed{ $missing ->
    [0] {""}
   *[other] , { $missing } missing
}{ $kept ->
    [0] .
    [one] , 1 report made here was sent.
   *[other] , { $kept } reports made here were sent.
}
review-gap-events = { $n ->
    [one] 1 event
   *[other] { $n } events
}
review-events-from-to-outages = { $total } events from { $time } to { $time2 }, { $n } outages
review-outage-here = Outage here
review-replayed-missing = { $replayed } replayed, { $missing } missing
review-search-the-record = Search the record
review-words-or-hall-gh-sev = Words, or hall:GH sev:high by:GH-A in:incident late
review-of-ms = { $total } of { $held } · { $ms } ms
review-show-what-is-new = Show what is new
review-replayed-missing-kept-here = { $span }, { $replayed } replayed, { $missing } missing, { $kept } kept here
review-review = Review
review-reading-the-record = Reading the record.
review-now = now
review-export = Export CSV
review-export-lines = JSON Lines
review-moment = Moment of the record
review-up-to-here = Up to here
review-from-here = From here
review-board-then = Board as it was then
review-filters = Filters
review-without = Without { $name } { $values }
review-token-hall = hall
review-token-sev = severity
review-token-by = station
review-token-in = about
review-token-outage = outage
review-token-late = seen late
review-channel-script-submission = Scripts
review-channel-batch-update = Batches
review-channel-exam-timetable = Timetable
review-channel-incident = Incidents
review-channel-notification = Notifications
review-channel-exam-logistics = Sessions and halls
review-channel-exam-checkin = Candidates
review-channel-custody = Custody
review-channel-station = Stations
review-recorded-as = in the record: { $text }
review-per-bar = events per { $length }, peak { $highest }
review-memory-begins = This station remembers from { $day }, { $time } on; open and unread cases from before, too. The server has the rest.
review-outages = Outages
review-no-outages = No outages here
review-seen-at = Seen here, { $code }
