notifications-mark-read = Marquer lu
notifications-notifications = Notifications
notifications-unread = { $n ->
    [one] { $n } non lue
   *[other] { $n } non lues
}
notifications-mark-all-read = Tout marquer lu
notifications-nothing-was-sent-to-you = Rien ne vous a encore été envoyé.
notifications-unread-2 = Non lues
notifications-earlier = Plus tôt
notifications-in-app = Ici
notifications-desktop = Bureau
notifications-tray = Icône
notifications-critical-incident = Incident critique
notifications-high-incident = Incident grave
notifications-medium-and-low = Moyen et faible
notifications-written-to-you = Écrit à vous
notifications-while-you-were-away = En votre absence
notifications-script-by-script = Copie par copie
notifications-what-reaches-you = Ce qui vous parvient
notifications-what-reaches-you-and-how = Ce qui vous parvient, et comment
notifications-when = Quand
notifications-more-than-three-in-ten = Plus de trois en dix secondes deviennent un seul message. Après une coupure, il y a un seul résumé, quoi qu’on ait manqué. Les textes du bureau ne nomment aucun candidat.
notifications-nothing-answers = rien ne répond
notifications-desktop-messages-do-not-arrive = Les messages du bureau n’arrivent pas : { $reason }
notifications-yes = oui
notifications-no = non
notifications-sound = Son
notifications-two-low-tones = Deux sons graves pour un incident critique, toutes les 30 s jusqu’à sa prise en compte
notifications-try-it = Écouter
notifications-critical-always = Un incident critique vous parvient toujours sur le bureau ; personne ne peut le couper.
