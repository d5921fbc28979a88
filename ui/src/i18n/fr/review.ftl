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
review-line-lost = Ligne perdue, vu plus tard
review-line-lost-at = Ligne perdue { $time }, vu plus tard
review-line-back = Ligne revenue
review-line-back-at = Ligne revenue { $time }, { $replayed } rejoués
review-peak = pic { $highest }
review-events-from-to-outages = { $total } événements de { $time } à { $time2 }, { $n } coupures
review-outage-here = Coupure ici
review-replayed-missing = { $replayed } rejoués, { $missing } manquants
review-search-the-record = Chercher dans le registre
review-words-or-hall-gh-sev = Mots, ou hall:GH sev:high by:GH-A in:incident late
review-of-ms = { $total } sur { $held } · { $ms } ms
review-show-what-is-new = Montrer le nouveau
review-replayed-missing-kept-here = { $span }, { $replayed } rejoués, { $missing } manquants, { $kept } gardés ici
review-review = Registre
review-at-this-station = { $n ->
    [one] { $n } coupure à ce poste
   *[other] { $n } coupures à ce poste
}
review-reading-the-record = Lecture du registre.
review-now = maintenant
