timetable-candidates = candidates
timetable-clash = clash: { $text }
timetable-seats = { $seats } seats
timetable-halls-and-times = Halls and times
timetable-hall = Hall
timetable-chief = Chief
timetable-not-here-yet = not here yet
timetable-on-duty = On duty
timetable-of-here = { $here } of { $n } here
timetable-not-here-yet-2 = Not here yet
timetable-candidates-2 = { $time } – { $time2 }, { $name }, { $expected } candidates
timetable-given-back = Given back
timetable-min = { $addedSec } min
timetable-batch = Batch
timetable-seats-and-candidates = Seats and candidates
timetable-clashes = Clashes
timetable-clashes-on-this-day = Clashes on this day
timetable-changes = Changes
timetable-paper = Paper
timetable-version = Version { $revision }, { $timetableStatus }
timetable-papers = { $n ->
    [one] 1 paper
   *[other] { $n } papers
}
timetable-day-before = Day before
timetable-today = Today
timetable-day-after = Day after
timetable-timetable = Timetable
timetable-nothing-is-planned-yet = Nothing is planned yet
timetable-papers-come-from-the-server = Papers come from the server when a timetable is made.
timetable-days = Days
timetable-here = here
