outbox-sent = Envoyés
outbox-kept-on-this-station-sent = Gardé sur ce poste, envoyé une fois, dans l’ordre
outbox-nothing-was-written-on-this = Rien n’a encore été écrit sur ce poste.
outbox-will-be-sent-again = Sera renvoyé
outbox-send-again = Renvoyer
outbox-withdrawn = Retiré
outbox-withdraw = Retirer
