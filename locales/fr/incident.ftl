# Ce que lisent les clients quand une société de paiement a des difficultés.
incident-trouble = Les paiements par { $house } rencontrent des difficultés en ce moment. Vous n’avez rien à faire : un paiement en cours est réglé dès que nous en connaissons l’issue.
