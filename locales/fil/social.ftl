# Pag-uugnay ng messenger sa account.
social-title = Iugnay ang messenger
social-lead = Sumusulat po ba kayo sa amin sa messenger? Iugnay ito sa account ninyo para malaman naming kayo nga iyon.
social-why = Hangga't hindi pa, hindi po kami nagsasalita roon tungkol sa mga bayad ninyo: madalas ay nakikita ng iba ang ganoong usapan sa telepono.
social-make = Ipakita ang code
social-again = Ipakita ang panibagong code
social-send = Ipadala po sa amin ang mensaheng ito
social-good-for = Ipadala ito sa usapan natin sa loob ng 15 minuto. Isang beses lang po itong gagana.
social-where = Maipapadala po ninyo ito sa { $names }.
social-never = Hindi po kami humihingi ng password o numero ng card, saanmang messenger.
