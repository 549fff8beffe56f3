//! Who enters: people registered beforehand through the API, or people that are in the database already, with log-in
//! tokens made here from the server's secret, so that no password has to be hashed for them.
//!
//! Owns getting tokens; a token is all that an entry needs to know of a person.

use crate::dice::Dice;
use crate::journey::{Person, Site, Via};
use crate::wire::{Answer, Line, between};
use anyhow::{Context, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hoithi::domain::ids::{ContestId, ParticipantId};
use hoithi::keys::{Keys, Login};
use std::fmt::Write as _;
use std::path::Path;
use time::OffsetDateTime;

/// Of everybody who is registered here.
const PASSWORD: &str = "mật khẩu thử tải";
/// Most people of a run.
pub(crate) const MAX_PEOPLE: usize = 2_000_000;

/// A circle of people: whoever has entered goes to its end.
#[derive(Debug)]
pub(crate) struct People {
    all: Vec<Person>,
    next: usize,
    dice: Dice,
    made_up: bool,
}

impl People {
    /// People with tokens.
    pub(crate) const fn of(all: Vec<Person>, seed: u64) -> Self {
        Self {
            all,
            next: 0,
            dice: Dice::new(seed),
            made_up: false,
        }
    }

    /// Sessions that the baseline takes as they come.
    pub(crate) const fn made_up(seed: u64) -> Self {
        Self {
            all: Vec::new(),
            next: 0,
            dice: Dice::new(seed),
            made_up: true,
        }
    }

    /// Begins the circle at another place, so that runs after one another take different people.
    pub(crate) const fn skip(&mut self, count: usize) {
        self.next += count;
    }

    /// The next one, with some chance of their own.
    pub(crate) fn next(&mut self) -> (Person, u64) {
        let dice = self.dice.bits();
        if self.made_up {
            let token = format!("{dice:016x}{:016x}", self.dice.bits());
            return (Person { token, contest: 0 }, dice);
        }
        let person = self.all.get(self.next % self.all.len().max(1)).cloned();
        self.next += 1;
        (person.unwrap_or_default(), dice)
    }
}

/// Numbers of people begin here, so that runs with other seeds meet other people.
pub(crate) const fn first_number(seed: u64) -> u64 {
    seed % 90 * 1_000_000
}

/// Makes tokens for the people of a file: `participant contest epoch` in each line.
pub(crate) fn from_file(file: &Path, secret_file: &Path, now: OffsetDateTime) -> anyhow::Result<Vec<Person>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let keys = Keys::new(&secret(secret_file)?);
    let mut dice = Dice::new(0);
    let people: Vec<Person> = text
        .lines()
        .take(MAX_PEOPLE)
        .enumerate()
        .map(|(at, line)| {
            let login = read_login(line).with_context(|| format!("{}: line {}", file.display(), at + 1))?;
            let token = keys.login_token(login, now, dice.bits().to_be_bytes());
            Ok(Person {
                token,
                contest: login.contest.0,
            })
        })
        .collect::<anyhow::Result<_>>()?;
    ensure!(!people.is_empty(), "{} names nobody", file.display());
    Ok(people)
}

fn read_login(line: &str) -> Option<Login> {
    let mut words = line.split_whitespace();
    Some(Login {
        participant: ParticipantId(words.next()?.parse().ok()?),
        contest: ContestId(words.next()?.parse().ok()?),
        epoch: words.next()?.parse().ok()?,
    })
}

fn secret(file: &Path) -> anyhow::Result<[u8; 32]> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let digits = text.trim();
    let mut key = [0; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        let digit = digits
            .get(2 * at..2 * at + 2)
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        *byte = digit.with_context(|| format!("{} is not 64 hexadecimal digits", file.display()))?;
    }
    Ok(key)
}

/// Registers people through the API, a few at a time; each costs the server an Argon2id hash.
pub(crate) async fn register(
    site: &Site,
    unit: &str,
    count: usize,
    seed: u64,
) -> anyhow::Result<Vec<Person>> {
    /// More at a time would only wait: the server hashes two passwords at once.
    const LANES: usize = 4;
    let mut lanes = Vec::new();
    for lane in 0..LANES {
        let (site, unit) = (site.clone(), unit.to_owned());
        lanes.push(tokio::spawn(async move {
            let mut line = Line::new(site.address);
            let mut made = Vec::new();
            for number in (lane..count).step_by(LANES) {
                let number = first_number(seed) + number as u64;
                made.push(register_one(&mut line, &site, &unit, number).await?);
            }
            anyhow::Ok(made)
        }));
    }
    let mut people = Vec::new();
    for lane in lanes {
        people.extend(lane.await??);
    }
    Ok(people)
}

async fn register_one(line: &mut Line, site: &Site, unit: &str, number: u64) -> anyhow::Result<Person> {
    let mut body = String::new();
    write_registration(&mut body, number, unit);
    let mut answer = post(line, site, "participants", &body).await?;
    if answer.status == 409 {
        // Registered by an earlier run with the same seed: the password is known.
        let body = format!(r#"{{"phone":"{}","password":"{PASSWORD}"}}"#, phone(number));
        answer = post(line, site, "login", &body).await?;
    }
    let told = line.body(&answer);
    if !answer.is_good() {
        bail!(
            "registering was answered {}: {}",
            answer.status,
            String::from_utf8_lossy(told)
        );
    }
    read_person(told).context("registering gave no token")
}

async fn post(line: &mut Line, site: &Site, what: &str, body: &str) -> std::io::Result<Answer> {
    let request = format!(
        "POST /api/v1/contests/{}/{what} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        site.contest,
        site.address,
        body.len()
    );
    line.ask(request.as_bytes()).await
}

/// Mobile numbers begin with 03, 05, 07, 08 or 09.
fn phone(number: u64) -> String {
    format!("09{:08}", number % 100_000_000)
}

/// The body that registers a person of this number.
pub(crate) fn write_registration(body: &mut String, number: u64, unit: &str) {
    // Writing into a string cannot fail.
    let _ = write!(
        body,
        r#"{{"full_name":"Nguyễn Thị Thử Tải","birth_date":"1990-06-15","phone":"{}","unit":"{unit}","password":"{PASSWORD}","consent":true}}"#,
        phone(number)
    );
}

/// Reads the log-in that registering and logging in are answered with.
pub(crate) fn read_person(told: &[u8]) -> Option<Person> {
    let token = between(told, "\"token\":\"", b'"')?;
    Some(Person {
        token: token.to_owned(),
        contest: contest_of(token)?,
    })
}

/// The contest that a token says it is for: needed for the name of the cookie.
fn contest_of(token: &str) -> Option<i32> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    Some(i32::from_be_bytes(bytes.get(8..12)?.try_into().ok()?))
}

/// What the command line says of people.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// People in the database, `participant contest epoch` in each line; with --secret-file
    #[arg(long, value_name = "FILE", requires = "secret_file", global = true)]
    people: Option<std::path::PathBuf>,
    /// The server's secret key, of which log-in tokens are made
    #[arg(long, value_name = "FILE", global = true)]
    secret_file: Option<std::path::PathBuf>,
    /// So many people are registered through the API before the run, where no file names people
    #[arg(long, value_name = "N", default_value_t = 200, global = true)]
    register: usize,
    /// Unit for those who are registered
    #[arg(long, value_name = "CODE", default_value = "XA-1", global = true)]
    pub(crate) unit: String,
    /// Begin with this person of the file, so that runs after one another take different people
    #[arg(long, value_name = "N", default_value_t = 0, global = true)]
    skip: usize,
    /// Equal seeds give equal runs
    #[arg(long, default_value_t = 1, global = true)]
    pub(crate) seed: u64,
}

/// The people that the command line asks for.
pub(crate) async fn gather(args: &Args, site: &Site, now: OffsetDateTime) -> anyhow::Result<People> {
    if site.via == Via::Baseline {
        return Ok(People::made_up(
            args.seed.wrapping_add(now.unix_timestamp().unsigned_abs()),
        ));
    }
    let all = match (&args.people, &args.secret_file) {
        (Some(file), Some(secret)) => from_file(file, secret, now)?,
        _ => register(site, &args.unit, args.register.clamp(1, 20_000), args.seed).await?,
    };
    let mut people = People::of(all, args.seed);
    people.skip(args.skip);
    Ok(people)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_person() {
        let login = read_login("42 7 1").unwrap();
        assert_eq!((login.participant.0, login.contest.0, login.epoch), (42, 7, 1));
        assert!(read_login("42 7").is_none() && read_login("a b c").is_none());
    }

    #[test]
    fn a_token_made_here_is_the_one_the_server_reads() {
        let folder = tempfile::tempdir().unwrap();
        let (people, secret) = (folder.path().join("people"), folder.path().join("secret.key"));
        std::fs::write(&people, "42 7 1\n43 7 1\n").unwrap();
        std::fs::write(&secret, format!("{}\n", "0a".repeat(32))).unwrap();
        let now = time::macros::datetime!(2033-06-06 01:00 UTC);
        let made = from_file(&people, &secret, now).unwrap();
        let read = Keys::new(&[0x0a; 32]).read_login(&made[1].token, now).unwrap();
        assert_eq!(read.participant, ParticipantId(43));
        assert_eq!(contest_of(&made[0].token), Some(7));
    }

    #[test]
    fn people_come_round_again() {
        let person = |token: &str| Person {
            token: token.to_owned(),
            contest: 1,
        };
        let mut people = People::of(vec![person("a"), person("b")], 1);
        people.skip(1);
        let tokens: Vec<String> = (0..3).map(|_| people.next().0.token).collect();
        assert_eq!(tokens, ["b", "a", "b"]);
    }
}
