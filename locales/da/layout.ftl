# Det, der står omkring hver side. $site er butikkens navn, $page er sidens titel.
layout-title = { $page } – { $site }
layout-skip = Gå til hovedindholdet
layout-menu = Hovedmenu
layout-shop = Køb tokens
layout-wallet = Min wallet
layout-tip = Giv drikkepenge
layout-language = Sprog
layout-theme = Udseende
layout-theme-auto = Som på min enhed
layout-theme-light = Lyst
layout-theme-dark = Mørkt
layout-test-mode = Testtilstand: Intet her koster rigtige penge.
layout-footer = Om dette websted
layout-contact = Har du spørgsmål om en betaling? Skriv til { $mail }.

layout-demo = Vær en anden
layout-signed-in = Du er logget ind som { $name }.
layout-sign-out = Log ud
layout-help = Hjælp
layout-charge = Hvad er denne betaling?
layout-support = Hjælp til betalinger
layout-write = Skriv til os
layout-cases = Mine henvendelser
