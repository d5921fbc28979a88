timetable-candidates = candidats
timetable-clash = conflit : { $text }
timetable-seats = { $seats } places
timetable-halls-and-times = Salles et heures
timetable-hall = Salle
timetable-chief = Chef
timetable-not-here-yet = pas encore là
timetable-on-duty = De service
timetable-of-here = { $here } sur { $n } présents
timetable-not-here-yet-2 = Pas encore là
timetable-candidates-2 = { $time } – { $time2 }, { $name }, { $expected } candidats
timetable-given-back = Temps rendu
timetable-min = { $addedSec } min
timetable-batch = Lot
timetable-seats-and-candidates = Places et candidats
timetable-clashes = Conflits
timetable-clashes-on-this-day = Conflits ce jour
timetable-changes = Changements
timetable-paper = Épreuve
timetable-version = Version { $revision }, { $timetableStatus }
timetable-papers = { $n ->
    [one] { $n } épreuve
   *[other] { $n } épreuves
}
timetable-day-before = Jour précédent
timetable-today = Aujourd’hui
timetable-day-after = Jour suivant
timetable-timetable = Calendrier
timetable-nothing-is-planned-yet = Rien n’est encore prévu
timetable-papers-come-from-the-server = Les épreuves viennent du serveur quand un calendrier est fait.
timetable-days = Jours
timetable-here = présent
