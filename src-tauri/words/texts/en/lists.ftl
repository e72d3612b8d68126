# How several are joined, and how a number stands alone.

lists-comma = { $before }, { $next }
lists-and = { $before } and { $next }
lists-or = { $before } or { $next }
lists-semicolon = { $before }; { $next }
lists-sentence = { $before } { $next }
lists-number = { $number }
