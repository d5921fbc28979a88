batches-choose-a-person = Choose a person
batches-kept-on-this-station = { $title }: kept on this station
batches-cancel = Cancel
batches-batch = Batch
batches-batch-2 = Batch { $batchQRCode }
batches-of-scripts = of { $present } scripts
batches-last = last { $time }
batches-script = script { $n }
batches-of-scripts-are-in = { $isIn } of { $wanted } scripts are in
batches-not-sent-yet = Not sent yet
batches-refuse = Refuse
batches-dispute = Dispute
batches-held-by = held by { $holder }
batches-offered-to = offered to { $name }
batches-ends = ends { $time }
batches-paper = Paper
batches-custody = Custody
batches-scripts = Scripts
batches-held-by-2 = Held by
batches-next = Next
batches-today = { $count } today
batches-batches = Batches
batches-view = View
batches-list = List
batches-stages = Stages
batches-no-batches-yet-they-are = No batches yet. They are made when the timetable is published.
batches-handover-disputed = Handover disputed
batches-short = { $n ->
    [one] 1 script short
   *[other] { $n } scripts short
}
batches-too-many = { $n ->
    [one] 1 script too many
   *[other] { $n } scripts too many
}
batches-open-collection = Open collection
batches-count-scripts-in = Count scripts in
batches-declare-a-count = Declare a count
batches-seal-the-batch = Seal the batch
batches-open-the-seal = Open the seal
batches-offer-a-handover = Offer a handover
batches-accept-the-handover = Accept the handover
batches-refuse-the-handover = Refuse the handover
batches-dispute-the-handover = Dispute the handover
batches-receive-the-batch = Receive the batch
batches-return-to-registry = Return to registry
batches-begin-grading = Begin grading
batches-grading-is-done = Grading is done
batches-archive = Archive
batches-field-count = Scripts counted
batches-field-seal = Number on the seal
batches-field-witness = Witness
batches-field-reason = Reason
batches-field-receiver = Receiver
batches-field-lecturer = Lecturer
batches-do-declare = Declare count
batches-do-seal = Seal batch
batches-do-offer = Offer handover
batches-do-accept = Accept handover
batches-group-look = Look at these
batches-group-halls = In the halls
batches-group-sealed = Sealed
batches-group-transit = In transit
batches-group-lecturers = With lecturers
batches-group-registry = Back at the registry
batches-paper-custody = Export
