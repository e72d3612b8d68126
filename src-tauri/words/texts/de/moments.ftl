# Uhrzeiten, Tage und Zeiträume.

moments-clock = { $hour }:{ $minute }
moments-seconds = { $hour }:{ $minute }:{ $second }
moments-date = { $day }. { $month } { $year }
moments-short-date = { $day }. { $month } { $year }
moments-day-and-time = { $day }, { $time }
# Wo auch immer der Leser ist.
moments-universal = { $day }, { $time } UTC
# In der Mitte eines Satzes: eine Uhrzeit von heute.
moments-at = um { $time } Uhr
# In der Mitte eines Satzes: eine Uhrzeit eines anderen Tages.
moments-on = am { $day } um { $time } Uhr

moments-january = Januar
moments-february = Februar
moments-march = März
moments-april = April
moments-may = Mai
moments-june = Juni
moments-july = Juli
moments-august = August
moments-september = September
moments-october = Oktober
moments-november = November
moments-december = Dezember

moments-jan = Jan.
moments-feb = Feb.
moments-mar = März
moments-apr = Apr.
moments-short-may = Mai
moments-jun = Juni
moments-jul = Juli
moments-aug = Aug.
moments-sep = Sept.
moments-oct = Okt.
moments-nov = Nov.
moments-dec = Dez.

moments-span-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
moments-span-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
moments-span-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
moments-span-seconds = { $count ->
    [one] { $count } Sekunde
   *[other] { $count } Sekunden
}
