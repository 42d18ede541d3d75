# Ce qui entoure chaque page. $site est le nom de la boutique, $page le titre de la page.
layout-title = { $page } – { $site }
layout-skip = Aller au contenu principal
layout-menu = Menu principal
layout-shop = Acheter des jetons
layout-wallet = Mon portefeuille
layout-tip = Envoyer un pourboire
layout-language = Langue
layout-theme = Apparence
layout-theme-auto = Comme sur mon appareil
layout-theme-light = Claire
layout-theme-dark = Sombre
layout-test-mode = Mode test : rien ici ne coûte de l’argent réel.
layout-footer = À propos de ce site
layout-contact = Une question sur un paiement ? Écrivez à { $mail }.

layout-demo = Changer de personne
layout-signed-in = Vous êtes connecté en tant que { $name }.
layout-sign-out = Se déconnecter
layout-help = Aide
layout-charge = Quel est ce débit ?
layout-support = Aide sur les paiements
layout-write = Nous écrire
layout-cases = Mes demandes
