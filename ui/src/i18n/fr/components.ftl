components-nobody-yet = Personne encore
components-close = Fermer
