# Times of day, days, and spans.

moments-clock = { $hour }:{ $minute }
moments-seconds = { $hour }:{ $minute }:{ $second }
moments-date = { $day } { $month } { $year }
moments-short-date = { $day } { $month } { $year }
moments-day-and-time = { $day } at { $time }
# For the middle of a sentence: a time of today.
# Wherever the reader is.
moments-universal = { $day }, { $time } UTC
moments-at = at { $time }
# For the middle of a sentence: a time of another day.
moments-on = on { $day } at { $time }

moments-january = January
moments-february = February
moments-march = March
moments-april = April
moments-may = May
moments-june = June
moments-july = July
moments-august = August
moments-september = September
moments-october = October
moments-november = November
moments-december = December

moments-jan = Jan
moments-feb = Feb
moments-mar = Mar
moments-apr = Apr
moments-short-may = May
moments-jun = Jun
moments-jul = Jul
moments-aug = Aug
moments-sep = Sep
moments-oct = Oct
moments-nov = Nov
moments-dec = Dec

moments-span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
moments-span-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
moments-span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
moments-span-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
