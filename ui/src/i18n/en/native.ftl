# Said outside of the window: desktop messages, the tray, menus.
native-alarm = { $severity }: { $kind }
native-seat = seat { $seat }
native-folded = { $n ->
    [one] 1 incident in { $place }
   *[other] { $n } incidents in { $place }
}
native-folded-halls = { $n ->
    [one] 1 incident in several halls
   *[other] { $n } incidents in several halls
}
native-loud = { $critical } critical, { $high } high.
native-missed = { $n ->
    [one] 1 event while this station was away
   *[other] { $n } events while this station was away
}
native-missed-none = No incident among them was high or critical.
native-missed-critical = Incidents among them: { $critical } critical.
native-missed-high = Incidents among them: { $high } high.
native-missed-both = Incidents among them: { $critical } critical, { $high } high.
native-report = Report incident
native-open = Open
native-quit = Quit
native-line-live = Live
native-line-catching-up = Catching up
native-line-reconnecting = Reconnecting
native-line-offline = Offline, kept on this station
native-line-auth-required = Sign in again
native-line-signed-out = Nobody is signed in
native-to-send = { $n } to send
native-decide = { $n ->
    [one] 1 needs your decision
   *[other] { $n } need your decision
}
native-critical = { $n } critical not acknowledged
native-menu-file = File
native-menu-go = Go
native-menu-window = Window
native-menu-help = Help
native-wall = Wall display
native-monitor = Monitor
native-incidents = Incidents
native-batches = Batches
native-timetable = Timetable
native-review = Review
native-hall = Hall view
native-notifications = Notifications
native-settings = Settings
native-keys = All keys
native-diagnostics = Diagnostics
native-assigned = A case is yours now
native-assigned-by = Assigned by { $name }.
native-silent = { $station } is silent
native-silent-words = Not heard for 60 s. What is reported there is kept there.
native-asks = { $station } asks to be let in
native-asks-words = Compare its key before you let it in: Settings, Stations.
native-batch-differs = { $code } does not match the register
native-batch-counted = Sealed with { $n } scripts for { $present } present.
native-batch-disputed = { $code } is disputed
native-batch-late = { $code } was not taken over in time
native-batch-way = From { $from } to { $to }.
native-timetable-published = Timetable version { $n } published
native-timetable-changed = The timetable changed
native-trial = Messages arrive here
native-trial-words = This is what a message of the console looks like.
native-acknowledge = Acknowledge
native-folded-news = { $n ->
    [one] { $n } message
   *[other] { $n } messages
}
native-timetable-version = Version { $n }
