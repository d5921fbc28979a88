time-seconds = { $n } ث
time-minutes = { $n } د
time-hours = { $hours } س { $minutes }
time-whole-hours = { $n } س
time-days = { $n } ي
time-lag = { $seconds } ث
time-took = { $seconds } ث
