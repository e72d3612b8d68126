# Wie mehrere verbunden werden und wie eine Zahl allein steht.

lists-comma = { $before }, { $next }
lists-and = { $before } und { $next }
lists-or = { $before } oder { $next }
lists-semicolon = { $before }; { $next }
lists-sentence = { $before } { $next }
lists-number = { $number }
