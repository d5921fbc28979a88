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
review-line-lost = Line lost, seen later
review-line-lost-at = Line lost { $time }, seen later
review-line-back = Line back
review-line-back-at = Line back { $time }, { $replayed } replayed
review-peak = peak { $highest }
review-events-from-to-outages = { $total } events from { $time } to { $time2 }, { $n } outages
review-outage-here = Outage here
review-replayed-missing = { $replayed } replayed, { $missing } missing
review-search-the-record = Search the record
review-words-or-hall-gh-sev = Words, or hall:GH sev:high by:GH-A in:incident late
review-of-ms = { $total } of { $held } · { $ms } ms
review-show-what-is-new = Show what is new
review-replayed-missing-kept-here = { $span }, { $replayed } replayed, { $missing } missing, { $kept } kept here
review-review = Review
review-at-this-station = { $n ->
    [one] 1 outage at this station
   *[other] { $n } outages at this station
}
review-reading-the-record = Reading the record.
review-now = now
