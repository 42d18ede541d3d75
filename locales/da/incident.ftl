# Hvad kunder læser, mens en betalingstjeneste har problemer.
incident-trouble = Der er problemer med betalinger gennem { $house } lige nu. Du behøver ikke gøre noget: En betaling, der er i gang, bliver afsluttet, så snart vi ved, hvordan den endte.
