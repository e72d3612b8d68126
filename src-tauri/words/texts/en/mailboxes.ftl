# Which mailboxes the app may use, and which must stay refused.

mailboxes-heading = Which mailboxes may the app use?
mailboxes-allowed = Mailboxes the app may use
mailboxes-allowed-hint = Type or paste a list, or drop a file on the box: an export of the admin center, a table, a column of addresses.
mailboxes-refused = A mailbox that must stay refused
mailboxes-refused-hint = Name one the app must never reach, or several. The proof tries it with the app's own key.
mailboxes-continue = Show the plan

mailboxes-found = { $count ->
    [one] 1 mailbox found
   *[other] { $count } mailboxes found
}
mailboxes-some-found = { $all ->
    [one] 1 entry
   *[other] { $all } entries
}: { $found } found, { $undecided ->
    [one] 1 needs you
   *[other] { $undecided } need you
}
mailboxes-use-all = Use all { $count } suggestions
mailboxes-remove-all = Remove all
mailboxes-remove-them = Remove all { $count }

mailboxes-read-from-column = Read from the column "{ $column }", { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}.
mailboxes-read-as-text = Read as text.
mailboxes-set-aside = Set aside: { $list }.
mailboxes-aside-guests = { $count ->
    [one] 1 guest
   *[other] { $count } guests
}
mailboxes-aside-deleted = { $count } deleted
mailboxes-aside-contacts = { $count ->
    [one] 1 contact
   *[other] { $count } contacts
}
mailboxes-aside-groups = { $count ->
    [one] 1 group
   *[other] { $count } groups
}
mailboxes-aside-discovery = { $count ->
    [one] 1 discovery mailbox
   *[other] { $count } discovery mailboxes
}
mailboxes-aside-lines = { $count ->
    [one] 1 line
   *[other] { $count } lines
} without an address
mailboxes-aside-no-address = { $count } without an address

mailboxes-on-the-other-list = It's on the other list as well. A mailbox either works or stays refused; remove it here or there.
mailboxes-group = This is a group, not a mailbox. Use its members, or name the mailboxes themselves.
mailboxes-empty-group = This group has no members. Remove it, or name the mailboxes themselves.
mailboxes-group-mailbox = This is a Microsoft 365 group. Its mail lies in a place that apps reach by other permissions; name a shared mailbox instead.
mailboxes-dynamic-group = This is a dynamic group, whose members change by themselves. Name the mailboxes themselves.
mailboxes-guest = This is a guest of another organisation. Its mailbox isn't here.
mailboxes-contact = This is a contact outside your organisation, not a mailbox.
mailboxes-on-premises = Its mailbox isn't in Exchange Online, so an app in the cloud can't use it.
mailboxes-discovery = This is a mailbox that searches use. It gets no mail.
mailboxes-inactive = This mailbox is inactive: its person is gone, and only a hold keeps it. Name another.
mailboxes-deleted = This mailbox was deleted. Restore it in the Exchange admin center, or name another.
mailboxes-no-mailbox = This person has no mailbox, perhaps for want of a licence. Name a mailbox.
mailboxes-app-id = This id is the app's, not a mailbox's.
mailboxes-unknown-id = No mailbox in your organisation has this id.
mailboxes-not-usable = It isn't a mailbox that an app can use.
mailboxes-group-mailbox-of = This is a Microsoft 365 group of { $members }. Its own mail lies where apps need other permissions: use its members, or name a shared mailbox.
mailboxes-group-of = This is a group of { $members }, not a mailbox. Use its members, or name the mailboxes themselves.
mailboxes-no-such = There's no such mailbox in your organisation. Remove it, or type its address again.
mailboxes-no-address = This isn't an address. An address has a name, an @ and a domain.
mailboxes-malformed-id = This looks like an ID, but a digit is wrong or missing, or a dash. An ID has 32 digits, from 0 to 9 and from a to f, in groups of 8, 4, 4, 4 and 12. Copy it again, or type the address.
mailboxes-plus-address = This is a plus address of { $mailbox }. Name the mailbox itself.
mailboxes-did-you-mean = There's no such mailbox. Did you mean { $mailbox }?

# Exchange's names of the kinds of mailboxes.
mailboxes-kind = { $kind ->
    [SharedMailbox] Shared mailbox
    [RoomMailbox] Room mailbox
    [EquipmentMailbox] Equipment mailbox
    [SchedulingMailbox] Scheduling mailbox
   *[other] User mailbox
}
mailboxes-described = { $kind }, { $name }
mailboxes-named-otherwise = { $mailbox }. You named it { $aliases }
mailboxes-row-found = Found
mailboxes-row-needs-you = Needs you
mailboxes-use = Use { $mailbox }
mailboxes-group-of-groups = This group has groups in it, and a limit by a group doesn't reach who is in those. Use its members one by one, or choose a group that has only mailboxes in it.
mailboxes-group-of-others = Somebody in this group has no mailbox here, so a proof could never be of everybody in it. Use its members one by one, or choose a group that has only mailboxes in it.
mailboxes-could-go-by-group = The limit can go by { $group } itself
    .text = The app then reaches whoever is in the group, also who joins it later: whoever may change its members decides. Groups in it aren't reached. If you use its members instead, the limit names each mailbox and nobody comes in unasked.
mailboxes-go-by-group = Go by the group
mailboxes-by-group = The limit goes by the group { $group }
    .text = { $count ->
        [one] One mailbox is in it now.
       *[other] { $count } mailboxes are in it now.
    } The app reaches whoever is in the group, also who joins it later. If you add a mailbox below or remove one, the limit names each mailbox instead.
mailboxes-leave-group = Name each mailbox instead
mailboxes-use-members = Use its members
mailboxes-remove = Remove
mailboxes-remove-this = Remove { $mailbox }

mailboxes-search-nothing = No mailbox matches { $typed }
mailboxes-search-many = { $all } or more mailboxes match; the first { $shown } are shown
mailboxes-search-found = { $count ->
    [one] 1 mailbox matches
   *[other] { $count } mailboxes match
}
mailboxes-add = Add
mailboxes-add-this = Add { $mailbox }

mailboxes-lacks-allowed = Name at least one mailbox that the app may use
mailboxes-lacks-refused = Name at least one mailbox that must stay refused, so that the limit can be proved
mailboxes-decide-allowed = Decide about the mailboxes that need you: repair or remove them
mailboxes-decide-refused = Decide about the refused mailboxes that need you: repair or remove them

mailboxes-file-too-long = This file is larger than 5 MB. Save the list alone and open that.
mailboxes-file-no-text = This file isn't text. Save it as CSV first: in a spreadsheet, Save as, CSV.
mailboxes-file-no-address = There is no address in this file.

# How far it is.
mailboxes-groups-read = Groups read
mailboxes-looked-up = Looked up
mailboxes-found-access = What { $platform } may use was read from its app
    .text = It has { $access }. What was asked for isn't known on this computer, and somebody may have granted more. Untick what the platform doesn't use.
mailboxes-change-access = Change what it may use

# How many more are picked at random.
mailboxes-drawn = Also try mailboxes picked at random
mailboxes-drawn-one = One
    .text = Of any kind.
mailboxes-drawn-every-kind = One of every kind
    .text = A person's, a shared one, a room and a piece of equipment, as far as there are any.
mailboxes-drawn-statement = As many as make a statement: { $count }
    .text = Where none of them answers, fewer than 5 in 100 of the others that hold anything could, with 95 % certainty. Every kind is among them. The checks take longer.
mailboxes-drawn-none = None
    .text = Only those that you name.
