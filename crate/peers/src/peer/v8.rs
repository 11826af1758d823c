//! V8's BigInt, in a Node.js process of its own that keeps its compiled code from run to run.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use super::{Run, peak_memory};

/// A running Node.js.
pub struct V8 {
    process: Child,
    requests: ChildStdin,
    replies: BufReader<ChildStdout>,
}

impl V8 {
    /// Starts the script.
    pub fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src/peer/v8.mjs");
        let mut process = Command::new("node")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node is on the path");
        let requests = process.stdin.take().expect("a pipe");
        let replies = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut v8 = Self { process, requests, replies };
        v8.run(100);
        v8
    }

    /// The first `n` digits, timed inside.
    pub fn run(&mut self, n: usize) -> Run {
        let process = self.process.id().to_string();
        let before = peak_memory(&process);
        writeln!(self.requests, "{n}").expect("node reads");
        let mut times = String::new();
        self.replies.read_line(&mut times).expect("node answers");
        let mut times =
            times.split_whitespace().map(|time| Duration::from_secs_f64(time.parse().expect("a time")));
        let (time, processor) = (times.next().expect("a time"), times.next().expect("a time"));
        let mut digits = vec![0; n];
        self.replies.read_exact(&mut digits).expect("node sends the digits");
        Run { time, processor, digits, peak: peak_memory(&process) - before }
    }
}

impl Drop for V8 {
    fn drop(&mut self) {
        self.process.kill().expect("the process is ours");
        self.process.wait().expect("it ends");
    }
}
