setup-title = Installer ce poste
setup-messages = Messages et son
setup-hear = Écouter l’alarme
setup-code = Code
setup-label = Nom
setup-code-what = Majuscules, chiffres et tirets, comme EC1-01. Code et nom valent au prochain démarrage de la console.
setup-continue = Continuer vers la connexion
setup-skip = Pas maintenant
