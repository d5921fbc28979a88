batches-choose-a-person = Choisir une personne
batches-kept-on-this-station = { $title } : gardé sur ce poste
batches-cancel = Annuler
batches-batch = Lot
batches-batch-2 = Lot { $batchQRCode }
batches-of-scripts = sur { $present } copies
batches-last = dernière { $time }
batches-script = copie { $n }
batches-of-scripts-are-in = { $isIn } copies sur { $wanted } sont rentrées
batches-not-sent-yet = Pas encore envoyé
batches-refuse = Refuser
batches-dispute = Contester
batches-held-by = chez { $holder }
batches-offered-to = proposé à { $name }
batches-ends = fin { $time }
batches-paper = Épreuve
batches-custody = Garde
batches-scripts = Copies
batches-held-by-2 = Détenu par
batches-next = Suite
batches-today = { $count } aujourd’hui
batches-batches = Lots
batches-view = Affichage
batches-list = Liste
batches-stages = Étapes
batches-no-batches-yet-they-are = Aucun lot pour l’instant. Ils sont créés à la publication du calendrier.
batches-handover-disputed = Remise contestée
batches-short = { $n ->
    [one] { $n } copie manque
   *[other] { $n } copies manquent
}
batches-too-many = { $n ->
    [one] { $n } copie de trop
   *[other] { $n } copies de trop
}
batches-open-collection = Ouvrir la collecte
batches-count-scripts-in = Compter les copies
batches-declare-a-count = Déclarer un compte
batches-seal-the-batch = Sceller le lot
batches-open-the-seal = Ouvrir le scellé
batches-offer-a-handover = Proposer une remise
batches-accept-the-handover = Accepter la remise
batches-refuse-the-handover = Refuser la remise
batches-dispute-the-handover = Contester la remise
batches-receive-the-batch = Recevoir le lot
batches-return-to-registry = Retour à la scolarité
batches-begin-grading = Commencer la correction
batches-grading-is-done = La correction est finie
batches-archive = Archiver
batches-field-count = Copies comptées
batches-field-seal = Numéro du scellé
batches-field-witness = Témoin
batches-field-reason = Motif
batches-field-receiver = Destinataire
batches-field-lecturer = Correcteur
batches-do-declare = Déclarer le compte
batches-do-seal = Sceller
batches-do-offer = Proposer la remise
batches-do-accept = Accepter la remise
batches-group-look = À regarder
batches-group-halls = Dans les salles
batches-group-sealed = Scellés
batches-group-transit = En transport
batches-group-lecturers = Chez les correcteurs
batches-group-registry = De retour à la scolarité
batches-paper-custody = Exporter
