//! Keeps secrets that are in memory out of files and out of the reach of other programs.

/// Switches crash files off and keeps other programs of the same user from reading our memory.
///
/// Called first of all, before anything could crash. A failure is no reason to refuse to work: the wizard's promise
/// doesn't rest on this, it is one more wall.
pub fn apply() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        let _ = setrlimit(Resource::Core, none);
    }
    // Also hides /proc/PID/environ and /proc/PID/mem from the same user. Programs that we start (the browser, the
    // web view's own processes) are not touched: the mark doesn't outlive their start.
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn nothing_of_the_memory_gets_out() {
        super::apply();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    }
}
