//! Starts other programs so that nothing of them is left behind, whatever happens.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::workspace::Outcome;

/// A program with everything it started. All of it is ended when this value goes.
pub struct Group {
    child: Child,
    name: String,
}

impl Group {
    /// Starts a program in a process group of its own.
    pub fn start(mut command: Command) -> Outcome<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        own_group(&mut command);
        let child = command
            .spawn()
            .map_err(|error| format!("{name} could not be started: {error}"))?;
        Ok(Self { child, name })
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Writes to its standard input, which has to be piped, and ends the input.
    pub fn tell(&mut self, words: &[u8]) -> Outcome {
        let input = self.child.stdin.take();
        let mut input = input.ok_or_else(|| format!("{} has no input", self.name))?;
        input
            .write_all(words)
            .map_err(|error| format!("{}: {error}", self.name))
    }

    /// The first line it says on its standard output, which has to be piped.
    pub fn first_line(&mut self, within: Duration) -> Outcome<String> {
        let output = self
            .child
            .stdout
            .take()
            .ok_or_else(|| format!("{} has no output", self.name))?;
        let (said, heard) = mpsc::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let mut output = BufReader::new(output);
            if output.read_line(&mut line).is_ok() {
                let _ = said.send(line.trim().to_owned());
            }
            // Goes on reading, because a full pipe would stop the program.
            let _ = std::io::copy(&mut output, &mut std::io::sink());
        });
        match heard.recv_timeout(within) {
            Ok(line) if !line.is_empty() => Ok(line),
            _ => Err(format!("{} did not say that it is ready", self.name)),
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        end_group(&mut self.child);
    }
}

/// A command whose program ends when we do, also if we are killed and can clean up nothing.
pub fn bound_to_us(program: impl AsRef<OsStr>) -> Command {
    if cfg!(target_os = "linux") {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "TERM", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// What a program did.
pub struct Finished {
    /// Whether it ended with success.
    pub success: bool,
    /// All its lines, in the order in which they came.
    pub lines: Vec<String>,
}

/// Runs a program to its end and gives each line of it to `heard`. It gets no input, and is ended with everything it
/// started when it takes longer than `limit`.
pub fn watch(mut command: Command, limit: Duration, mut heard: impl FnMut(&str)) -> Outcome<Finished> {
    let name = command.get_program().to_string_lossy().into_owned();
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut group = Group::start(command)?;
    let (said, hear) = mpsc::channel();
    for pipe in [
        group
            .child
            .stdout
            .take()
            .map(|pipe| Box::new(pipe) as Box<dyn Read + Send>),
        group
            .child
            .stderr
            .take()
            .map(|pipe| Box::new(pipe) as Box<dyn Read + Send>),
    ] {
        let said = said.clone();
        std::thread::spawn(move || {
            for line in pipe
                .into_iter()
                .flat_map(|pipe| BufReader::new(pipe).split(b'\n'))
            {
                let Ok(line) = line else { break };
                let line = String::from_utf8_lossy(&line).trim_end().to_owned();
                if said.send(line).is_err() {
                    break;
                }
            }
        });
    }
    drop(said);
    let end = Instant::now() + limit;
    let mut lines = Vec::new();
    loop {
        // A program that leaves a child behind with our pipe open is over all the same, so its end is looked for too.
        match hear.recv_timeout(Duration::from_millis(200)) {
            Ok(line) => {
                heard(&line);
                lines.push(line);
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                if matches!(group.child.try_wait(), Ok(Some(_))) {
                    break;
                }
            }
        }
        if Instant::now() > end {
            return Err(format!(
                "{name} took longer than {} minutes and was ended",
                limit.as_secs() / 60
            ));
        }
    }
    let status = group.child.wait().map_err(|error| format!("{name}: {error}"))?;
    Ok(Finished {
        success: status.success(),
        lines,
    })
}

/// Runs a program to its end, and shows what it said only where it failed.
pub fn finish(command: Command, limit: Duration) -> Outcome {
    let words = std::iter::once(command.get_program()).chain(command.get_args().take(2));
    let name = words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ");
    let finished = watch(command, limit, |_| {})?;
    if finished.success {
        return Ok(());
    }
    finished.lines.iter().for_each(|line| println!("{line}"));
    Err(format!("{name} failed"))
}

/// Runs a program in the reader's terminal.
pub fn show(mut command: Command) -> Outcome {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .map_err(|error| format!("{name} could not be started: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{name} ended with {status}"))
    }
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_command: &mut Command) {}

#[cfg(unix)]
fn end_group(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let tell = |signal| group.is_some_and(|group| kill_process_group(group, signal).is_ok());
    // Once the last of the group is gone, nobody can be told any more.
    let end = Instant::now() + Duration::from_secs(2);
    tell(Signal::TERM);
    while Instant::now() < end {
        let _ = child.try_wait();
        if group.is_none_or(|group| rustix::process::test_kill_process_group(group).is_err()) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    tell(Signal::KILL);
    let _ = child.wait();
}

#[cfg(not(unix))]
fn end_group(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn lines_of_both_outputs_are_heard() {
        let finished = watch(
            shell("echo one; echo two >&2; exit 3"),
            Duration::from_secs(10),
            |_| {},
        )
        .unwrap();
        let mut lines = finished.lines;
        lines.sort();
        assert_eq!(lines, ["one", "two"]);
        assert!(!finished.success);
    }

    #[test]
    fn what_takes_too_long_is_ended_with_its_children() {
        let started = Instant::now();
        let outcome = watch(shell("sleep 600 & sleep 600"), Duration::from_millis(300), |_| {});
        assert!(outcome.is_err());
        assert!(started.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn a_child_left_behind_does_not_hold_us() {
        let finished = watch(shell("sleep 600 & echo done"), Duration::from_secs(60), |_| {}).unwrap();
        assert!(finished.success);
        assert_eq!(finished.lines, ["done"]);
    }
}
