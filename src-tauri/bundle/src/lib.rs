//! What leaves the wizard: the sealed file, the record and the reminder.
