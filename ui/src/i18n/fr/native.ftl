native-alarm = { $severity } : { $kind }
native-seat = place { $seat }
native-folded = { $n ->
    [one] { $n } incident, { $place }
   *[other] { $n } incidents, { $place }
}
native-folded-halls = { $n ->
    [one] { $n } incident dans plusieurs salles
   *[other] { $n } incidents dans plusieurs salles
}
native-loud = { $critical } critiques, { $high } graves.
native-missed = { $n ->
    [one] { $n } événement en l’absence de ce poste
   *[other] { $n } événements en l’absence de ce poste
}
native-missed-none = Aucun incident parmi eux n’était grave ou critique.
native-missed-critical = Incidents parmi eux : { $critical } critiques.
native-missed-high = Incidents parmi eux : { $high } graves.
native-missed-both = Incidents parmi eux : { $critical } critiques, { $high } graves.
native-report = Signaler un incident
native-open = Ouvrir
native-quit = Quitter
native-line-live = En direct
native-line-catching-up = Rattrapage
native-line-reconnecting = Reconnexion
native-line-offline = Hors ligne, gardé sur ce poste
native-line-auth-required = Se reconnecter
native-line-signed-out = Personne n’est connecté
native-to-send = { $n } à envoyer
native-decide = { $n ->
    [one] { $n } attend votre décision
   *[other] { $n } attendent votre décision
}
native-critical = { $n } critiques sans prise en compte
native-menu-file = Fichier
native-menu-go = Aller
native-menu-window = Fenêtre
native-menu-help = Aide
native-wall = Affichage mural
native-monitor = Suivi
native-incidents = Incidents
native-batches = Lots
native-timetable = Calendrier
native-review = Relecture
native-hall = Salle
native-notifications = Notifications
native-settings = Réglages
native-keys = Toutes les touches
native-diagnostics = Diagnostic
native-assigned = Un incident vous est confié
native-assigned-by = Confié par { $name }.
native-silent = { $station } est muet
native-silent-words = Plus rien depuis 60 s. Ce qui est signalé là-bas y est gardé.
native-asks = { $station } demande à être admis
native-asks-words = Comparez sa clé avant de l’admettre : Réglages, Postes.
native-batch-differs = { $code } ne correspond pas au registre
native-batch-counted = Scellé avec { $n } copies pour { $present } présents.
native-batch-disputed = { $code } est contesté
native-batch-late = { $code } n’a pas été repris à temps
native-batch-way = De { $from } à { $to }.
native-timetable-published = Calendrier version { $n } publié
native-timetable-changed = Le calendrier a changé
native-trial = Les messages arrivent ici
native-trial-words = Voici à quoi ressemble un message de la console.
native-acknowledge = Accuser réception
native-folded-news = { $n ->
    [one] { $n } message
   *[other] { $n } messages
}
native-timetable-version = Version { $n }
