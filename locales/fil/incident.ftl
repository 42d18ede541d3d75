# Ang nababasa ng mga kustomer habang may problema ang isang processor.
incident-trouble = May problema po ngayon ang mga bayad sa { $house }. Wala po kayong kailangang gawin: matatapos ang bayad na pinoproseso pa sa sandaling malaman namin ang kinalabasan nito.
