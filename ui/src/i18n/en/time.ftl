time-seconds = { $n } s
time-minutes = { $n } min
time-hours = { $hours } h { $minutes }
time-whole-hours = { $n } h
time-days = { $n } d
time-lag = { $seconds } s
time-took = { $seconds } s
