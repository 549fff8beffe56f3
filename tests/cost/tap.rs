//! A tap between the program and a store: passes every byte on and counts what the program asks.
//!
//! It runs on threads of its own with buffers made once, so that counting costs the program no allocation and no turn of
//! its runtime.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

/// Where the store is.
#[derive(Debug, Clone)]
pub enum Upstream {
    /// Host and port.
    Tcp(String, u16),
    /// A socket in the file system.
    Unix(PathBuf),
}

/// How a store is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// Statements are messages `E` (execute) and `Q` (simple query).
    Postgres,
    /// The same through a pool, which asks whether a connection lives when it is given back, at a moment nobody can foresee:
    /// such questions, a lone `S`, are no turn.
    PostgresPool,
    /// Commands are arrays at the outermost level.
    Redis,
}

/// What has passed so far.
#[derive(Debug, Default)]
pub struct Passed {
    /// Statements or commands.
    pub asked: AtomicU64,
    /// Times the program spoke after the store had, on each connection: round trips, if nothing is sent ahead.
    pub turns: AtomicU64,
    /// Bytes, both ways.
    pub bytes: AtomicU64,
}

/// A tap that listens.
#[derive(Debug)]
pub struct Tap {
    /// The port on 127.0.0.1.
    pub port: u16,
    /// What has passed so far.
    pub passed: Arc<Passed>,
}

impl Tap {
    /// Opens a tap before a store.
    pub fn open(upstream: Upstream, speech: Speech) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let passed = Arc::new(Passed::default());
        let counts = Arc::clone(&passed);
        thread::spawn(move || {
            for program in listener.incoming() {
                let program = program.unwrap();
                program.set_nodelay(true).unwrap();
                match &upstream {
                    Upstream::Tcp(host, port) => {
                        let store = TcpStream::connect((host.as_str(), *port)).unwrap();
                        store.set_nodelay(true).unwrap();
                        let both = (store.try_clone().unwrap(), store);
                        join(program, both, speech, &counts, |store| {
                            store.shutdown(Shutdown::Both)
                        });
                    }
                    Upstream::Unix(path) => {
                        let store = UnixStream::connect(path).unwrap();
                        let both = (store.try_clone().unwrap(), store);
                        join(program, both, speech, &counts, |store| {
                            store.shutdown(Shutdown::Both)
                        });
                    }
                }
            }
        });
        Self { port, passed }
    }
}

/// Passes bytes both ways until one side ends.
fn join<S: Read + Write + Send + 'static>(
    program: TcpStream,
    (mut reads, mut writes): (S, S),
    speech: Speech,
    counts: &Arc<Passed>,
    close: fn(&S) -> io::Result<()>,
) {
    let the_program_spoke = Arc::new(AtomicBool::new(false));
    let (mut back, counted, spoke) = (
        program.try_clone().unwrap(),
        Arc::clone(counts),
        Arc::clone(&the_program_spoke),
    );
    thread::spawn(move || {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(read @ 1..) = reads.read(&mut buffer) {
            counted.bytes.fetch_add(read as u64, Ordering::SeqCst);
            spoke.store(false, Ordering::SeqCst);
            if back.write_all(&buffer[..read]).is_err() {
                break;
            }
        }
        let _ = back.shutdown(Shutdown::Both);
    });
    let (mut program, counted) = (program, Arc::clone(counts));
    thread::spawn(move || {
        let mut buffer = vec![0; 64 * 1024];
        let mut listener = Listener::new(speech);
        while let Ok(read @ 1..) = program.read(&mut buffer) {
            counted.bytes.fetch_add(read as u64, Ordering::SeqCst);
            let asked = listener.hear(&buffer[..read]);
            let is_question = speech == Speech::PostgresPool && buffer[..read] == *b"S\0\0\0\x04";
            if !the_program_spoke.swap(true, Ordering::SeqCst) && !is_question {
                counted.turns.fetch_add(1, Ordering::SeqCst);
            }
            counted.asked.fetch_add(asked, Ordering::SeqCst);
            if writes.write_all(&buffer[..read]).is_err() {
                break;
            }
        }
        let _ = close(&writes);
    });
}

/// Counts what is asked in a stream that comes in pieces of any size.
struct Listener {
    speech: Speech,
    /// The head of the message or line that has begun.
    head: Vec<u8>,
    /// Bytes that belong to no head.
    skip: usize,
    /// Arguments of the command that are still to come.
    arguments: usize,
    /// The first message of PostgreSQL has no letter.
    greeted: bool,
}

impl Listener {
    fn new(speech: Speech) -> Self {
        Self {
            speech,
            head: Vec::with_capacity(64),
            skip: 0,
            arguments: 0,
            greeted: false,
        }
    }

    fn hear(&mut self, bytes: &[u8]) -> u64 {
        let (mut rest, mut asked) = (bytes, 0);
        while !rest.is_empty() {
            let passed = self.skip.min(rest.len());
            self.skip -= passed;
            rest = &rest[passed..];
            if let Some((byte, after)) = rest.split_first() {
                rest = after;
                self.head.push(*byte);
                asked += match self.speech {
                    Speech::Postgres | Speech::PostgresPool => self.message(),
                    Speech::Redis => self.line(),
                };
            }
        }
        asked
    }

    /// A letter and a length that counts itself.
    fn message(&mut self) -> u64 {
        let letter = usize::from(self.greeted);
        let Some(length) = self.head.get(letter..letter + 4) else {
            return 0;
        };
        let length = u32::from_be_bytes(length.try_into().unwrap());
        let asked = self.greeted && matches!(self.head[0], b'E' | b'Q');
        self.skip = length as usize - 4;
        self.greeted = true;
        self.head.clear();
        asked.into()
    }

    /// `*3` begins a command of three arguments, `$5` one of five bytes.
    fn line(&mut self) -> u64 {
        if !self.head.ends_with(b"\r\n") {
            return 0;
        }
        let number = std::str::from_utf8(&self.head[1..self.head.len() - 2])
            .unwrap()
            .parse()
            .unwrap();
        let asked = self.head[0] == b'*';
        if asked {
            assert_eq!(self.arguments, 0, "a command within a command");
            self.arguments = number;
        } else {
            self.skip = number + 2;
            self.arguments -= 1;
        }
        self.head.clear();
        asked.into()
    }
}

#[test]
fn what_is_asked_is_counted_however_it_is_cut_into_pieces() {
    let redis: &[u8] = b"*2\r\n$3\r\nGET\r\n$5\r\n*1\r\nx\r\n*1\r\n$4\r\nPING\r\n";
    let postgres: &[u8] = b"\0\0\0\x08\0\x03\0\0P\0\0\0\x05E\
        E\0\0\0\x06EEQ\0\0\0\x04S\0\0\0\x04";
    for (speech, stream) in [(Speech::Redis, redis), (Speech::Postgres, postgres)] {
        for size in 1..=stream.len() {
            let mut listener = Listener::new(speech);
            let asked: u64 = stream.chunks(size).map(|piece| listener.hear(piece)).sum();
            assert_eq!(asked, 2, "{speech:?} in pieces of {size}");
        }
    }
}
