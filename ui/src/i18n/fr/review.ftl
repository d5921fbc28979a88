review-event = Événement
review-happened = Survenu
review-the-server = le serveur
review-written-on = Écrit sur { $stationCode }
review-server-took-it = Pris par le serveur
review-seen-here = Vu ici
review-event-2 = Événement { $seq }
review-replayed = Rejoué
review-console = Console
review-clock-of-the-station = Horloge du poste
review-open-incident = Ouvrir l’incident
review-copy = Copier
review-what = Quoi
review-station-by = Poste, par
review-number = Numéro
review-nothing-in-the-record-matches = Rien dans le registre ne correspond.
review-events = Événements
review-line-lost = Connexion perdue sur ce poste. La suite a été vue plus tard.
review-line-lost-for = Connexion perdue sur ce poste. La suite a été vue jusqu’à { $span } plus tard.
review-line-back = De retour.
review-line-back-with = De retour. { $replayed } rejoués{ $missing ->
    [0] {""}
   *[other] , { $missing } manquants
}{ $kept ->
    [0] .
    [one] , 1 rapport fait ici a été envoyé.
   *[other] , { $kept } rapports faits ici ont été envoyés.
}
review-gap-events = { $n ->
    [one] { $n } événement
   *[other] { $n } événements
}
review-events-from-to-outages = { $total } événements de { $time } à { $time2 }, { $n } coupures
review-outage-here = Coupure ici
review-replayed-missing = { $replayed } rejoués, { $missing } manquants
review-search-the-record = Chercher dans le registre
review-words-or-hall-gh-sev = Mots, ou hall:GH sev:high by:GH-A in:incident late
review-of-ms = { $total } sur { $held } · { $ms } ms
review-show-what-is-new = Montrer le nouveau
review-replayed-missing-kept-here = { $span }, { $replayed } rejoués, { $missing } manquants, { $kept } gardés ici
review-review = Registre
review-reading-the-record = Lecture du registre.
review-now = maintenant
review-export = Exporter en CSV
review-export-lines = JSON Lines
review-moment = Moment du registre
review-up-to-here = Jusqu’ici
review-from-here = À partir d’ici
review-board-then = Tableau à ce moment
review-filters = Filtres
review-without = Sans { $name } { $values }
review-token-hall = salle
review-token-sev = gravité
review-token-by = poste
review-token-in = sujet
review-token-outage = coupure
review-token-late = vu tard
review-channel-script-submission = Copies
review-channel-batch-update = Lots
review-channel-exam-timetable = Calendrier
review-channel-incident = Incidents
review-channel-notification = Notifications
review-channel-exam-logistics = Séances et salles
review-channel-exam-checkin = Candidats
review-channel-custody = Garde
review-channel-station = Postes
review-recorded-as = dans le registre : { $text }
review-per-bar = événements par { $length }, pic { $highest }
review-memory-begins = Ce poste se souvient à partir du { $day }, { $time }, et des dossiers ouverts ou non lus d’avant. Le serveur a le reste.
review-outages = Coupures
review-no-outages = Aucune coupure ici
review-seen-at = Vu ici, { $code }
