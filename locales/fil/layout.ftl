# Ang nakapaligid sa bawat pahina. $site ang pangalan ng tindahan, $page ang pamagat ng pahina.
layout-title = { $page } – { $site }
layout-skip = Dumiretso sa pangunahing nilalaman
layout-menu = Pangunahing menu
layout-shop = Bumili ng token
layout-wallet = Wallet ko
layout-tip = Magbigay ng tip
layout-language = Wika
layout-theme = Hitsura
layout-theme-auto = Gaya ng sa device ko
layout-theme-light = Maliwanag
layout-theme-dark = Madilim
layout-test-mode = Test mode po ito: walang totoong perang magagastos dito.
layout-footer = Tungkol sa site na ito
layout-contact = May tanong po ba kayo tungkol sa bayad? Sumulat sa { $mail }.

layout-demo = Maging ibang tao
layout-signed-in = Naka-sign in kayo bilang si { $name }.
layout-sign-out = Mag-sign out
layout-help = Tulong
layout-charge = Ano po ang singil na ito?
layout-support = Tulong sa bayad
layout-write = Sumulat sa amin
layout-cases = Mga request ko
