# Ce que lisent les clients quand une société de paiement a des difficultés.
incident-trouble = Les paiements par { $house } rencontrent des difficultés en ce moment. Vous n’avez rien à faire : un paiement en cours sera mené à son terme dès que nous en connaîtrons l’issue.
