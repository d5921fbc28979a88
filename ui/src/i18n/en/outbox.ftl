outbox-sent = Sent
outbox-kept-on-this-station-sent = Kept on this station, sent once, in order
outbox-nothing-was-written-on-this = Nothing was written on this station yet.
outbox-will-be-sent-again = Will be sent again
outbox-send-again = Send again
outbox-withdrawn = Withdrawn
outbox-withdraw = Withdraw
