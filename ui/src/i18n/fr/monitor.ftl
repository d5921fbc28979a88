monitor-incidents = Incidents
monitor-it-is-quiet-what-happens = Tout est calme. Ce qui se passe dans les salles apparaît ici.
monitor-as-of = à { $time }
monitor-show-the-incidents-of-all = Montrer les incidents de toutes les salles
monitor-show-the-incidents-of-this = Montrer les incidents de cette salle seulement
monitor-in = Prés.
monitor-abs = Abs.
monitor-out = Sortis
monitor-inv = Surv.
monitor-hall = Salle
monitor-paper = Épreuve
monitor-time = Heure
monitor-state = État
monitor-as-of-2 = À { $time }
monitor-halls = Salles
monitor-of = { $FEW } sur { $n }
monitor-all = toutes les { $n }
monitor-all-halls = Toutes les salles
monitor-the-halls-come-with-the = Les salles arrivent avec la première copie.
monitor-no-sitting-is-planned-the = Aucune épreuve n’est prévue. Le calendrier vient du serveur.
monitor-press-to-report-an-incident = Appuyez sur { $n } pour signaler un incident.
monitor-monitor = Suivi
monitor-opening-the-copy-on-this = Ouverture de la copie sur ce poste
monitor-begins-in = Commence dans
monitor-time-left = Temps restant
monitor-halls-reporting = Salles en ligne
monitor-of-2 = sur { $size }
monitor-session = Séance
monitor-checked-in = Présents
monitor-of-3 = sur { $session }
monitor-absent = Absents
monitor-out-of-hall = Hors salle
monitor-scripts-in = Copies rendues
monitor-of-4 = sur { $present }
monitor-open-incidents = Incidents ouverts
monitor-critical = { $critical ->
    [one] { $critical } critique
   *[other] { $critical } critiques
}
monitor-of-invigilators =
    { $here ->
        [one] { $here } surveillant sur { $n }
       *[other] { $here } surveillants sur { $n }
    }
monitor-min = { $extra } min
monitor-to = { $time } à { $time2 }
monitor-incidents-2 = { $n ->
    [one] { $n } incident
   *[other] { $n } incidents
}
monitor-of-checked-in = { $courseCode }, { $times }, { $present } présents sur { $expected }, { $count }, { $state }
monitor-silent-min = Silence { $now } min
monitor-from = Dès { $time }
monitor-doors-open = Portes ouvertes
monitor-left = reste { $ms }
monitor-time-is-up = Temps écoulé
monitor-paused = Suspendue
monitor-in-2 = { $scriptsCollected }/{ $present } rendues
monitor-counting = Comptage
monitor-closed = Close
monitor-cancelled = Annulée
monitor-postponed = Reportée
monitor-morning-session = Séance du matin
monitor-afternoon-session = Séance de l’après-midi
monitor-evening-session = Séance du soir
monitor-look-back = Revoir
monitor-as-it-was = Tel qu’à { $time }
monitor-moment = Le moment montré
monitor-up-to = jusqu’à l’événement { $seq }
monitor-not-whole = L’ancien registre est encore en route.
monitor-back-to-now = Revenir à maintenant
monitor-read-only = C’est le passé : revenez à maintenant pour agir.
monitor-missed = En votre absence
monitor-missed-line = { $from } – { $to }, { $span } : { $n } événements
monitor-missed-incidents = { $n } dans les incidents
monitor-missed-batches = { $n } dans les lots et la garde
monitor-missed-halls = { $n } dans les salles
monitor-missed-timetable = { $n } dans le calendrier
monitor-missed-show = Montrer dans le Registre
monitor-missed-seen = Vu
monitor-mark-seen = Marquer vus
monitor-day-sums = Totaux du jour
monitor-view = Affichage
monitor-order = Ordre
monitor-order-plan = Comme prévu
monitor-order-need = Les plus urgentes d’abord
monitor-order-name = Par nom
monitor-halls-that-are-on = Salles en cours
monitor-not-remembered = Ce poste ne se souvient pas d’aussi loin. Le serveur, oui.
monitor-replayed-in-order = rejoué, dans l’ordre
monitor-sum-up = Clore la journée
monitor-sum-up-words = Ce qui a été compté à la main. S’il y a un écart avec le registre, les deux sont à revoir.
monitor-counted-registered = Candidats inscrits
monitor-counted-present = Candidats présents
monitor-counted-scripts = Copies sous garde
monitor-counted-missing = Copies manquantes
monitor-day-summed = La journée est close
