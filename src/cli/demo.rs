//! `hoithi demo`: what a newcomer finds after `bin/run`: a contest that is open, two weeks of it finished and published
//! with a made-up crowd, a second contest, and one account for each appointment.
//!
//! Owns what the demonstration consists of; each part is looked for before it is made, so that a run that was stopped
//! goes on where it was. The file of accounts is written last and tells that everything is there.

use super::load::{load, read_good};
use super::open::with_app;
use super::out::{Ended, progress, refused, say, tell};
use super::round::{find, open_ties, sentence};
use super::simulate::fill;
use crate::action::approve_round::approve_round;
use crate::action::close_round::{By, StepError, close_round};
use crate::action::load_contest::Calendar;
use crate::action::publish_round::publish_round;
use crate::action::rank_round::rank_round;
use crate::action::simulate::Plan;
use crate::action::staff_login::{NewPassword, StaffAddError, add_staff, random_password, reset_staff};
use crate::app::App;
use crate::config::Config;
use crate::domain::catalog::Contest;
use crate::domain::ids::AttemptId;
use crate::domain::round::{Round, RoundStage};
use crate::domain::staff::Role;
use crate::i18n::{Lang, Value, text};
use anyhow::{Context, bail};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use time::{Duration, OffsetDateTime};

/// What `demo` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the sample contests
    #[arg(long, default_value = "quizzes")]
    quizzes: PathBuf,
}

/// The contest that is shown: its folder, the round that is open, and the crowds of its rounds.
const MAIN: &str = "lang-son-90-nam";
const OPEN_ROUND: u16 = 3;
/// The other contest, with its only round open.
const OTHER: &str = "lang-son-195-nam";
/// Entrants by round.
const CROWDS: [(u16, u32); 3] = [(1, 3_000), (2, 3_100), (OPEN_ROUND, 400)];
/// People of the open round who are in the middle of an attempt.
const RUNNING: u32 = 12;
/// Equal on every machine, so that everybody sees the same contest.
const SEED: u64 = 1933;
/// Who ranks, and who approves.
const ORGANISER: &str = "Hoàng Thị Mai";
const BOARD: &str = "Nông Văn Thắng";
/// One account for each appointment.
const ACCOUNTS: [(&str, &str, Role); 4] = [
    ("admin", "Lý Minh Đức", Role::Admin),
    ("organiser", ORGANISER, Role::Organiser),
    ("board", BOARD, Role::Board),
    ("viewer", "Vi Thị Lan", Role::Viewer),
];
/// Borders of prizes that can be tied, with room: rank again after each decision.
const DECISIONS: usize = 20;

pub(super) async fn run(config: &Config, args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    let data = config.data_dir()?;
    let file = data.join("demo-accounts.txt");
    if !file.exists() {
        with_app(config, lang, async |app| {
            set_up(app, &args.quizzes, &file, lang).await
        })
        .await?;
    }
    let accounts = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let address = |path: &str| config.public_url.page(path);
    tell(lang, "cli-demo-done", &[])?;
    tell(lang, "cli-demo-site", &[("address", address("/").into())])?;
    tell(
        lang,
        "cli-demo-console",
        &[("address", address("/quan-tri").into())],
    )?;
    tell(
        lang,
        "cli-demo-accounts",
        &[("file", file.to_string_lossy().as_ref().into())],
    )?;
    say(&accounts)?;
    Ok(Ended::Done)
}

async fn set_up(app: &App, quizzes: &Path, accounts: &Path, lang: Lang) -> anyhow::Result<()> {
    load_once(app, &quizzes.join(MAIN), Calendar::OpenNow(OPEN_ROUND), lang).await?;
    load_once(app, &quizzes.join(OTHER), Calendar::OpenNow(1), lang).await?;
    for (number, entrants) in CROWDS {
        fill_once(app, number, entrants, lang).await?;
    }
    for number in 1..OPEN_ROUND {
        finish(app, number, lang).await?;
    }
    let lines = make_accounts(app).await?;
    keep_private(accounts, &lines)
}

async fn load_once(app: &App, folder: &Path, calendar: Calendar, lang: Lang) -> anyhow::Result<()> {
    let contest = read_good(folder, lang)?;
    let slug = contest.definition.slug.clone();
    if app.catalog().find(&slug).is_some() {
        return Ok(());
    }
    progress(&text(lang, "cli-demo-loading", &[("contest", slug.into())]));
    load(app, contest, "hoithi demo", calendar, lang).await?;
    Ok(())
}

async fn fill_once(app: &App, number: u16, entrants: u32, lang: Lang) -> anyhow::Result<()> {
    let (contest, round) = find(app, MAIN, number, lang)?;
    let counts = app.store.load_round_counts(contest.id).await?;
    let is_filled = counts
        .iter()
        .any(|(id, starts, _)| *id == round.id && *starts > 0);
    if round.stage != RoundStage::Scheduled || is_filled {
        return Ok(());
    }
    let words: [(&'static str, Value<'_>); 3] = [
        ("contest", MAIN.into()),
        ("round", round.title.as_str().into()),
        ("entrants", entrants.into()),
    ];
    progress(&text(lang, "cli-demo-crowd", &words));
    let running = if number == OPEN_ROUND { RUNNING } else { 0 };
    fill(
        app,
        &contest,
        &round,
        &Plan {
            running,
            ..Plan::new(entrants, SEED)
        },
        lang,
    )
    .await?;
    Ok(())
}

/// Takes a round that is over to its publication, at moments soon after its close, as a board would.
async fn finish(app: &App, number: u16, lang: Lang) -> anyhow::Result<()> {
    let (contest, round) = find(app, MAIN, number, lang)?;
    let words = [("contest", MAIN.into()), ("round", round.title.as_str().into())];
    if round.stage != RoundStage::Published {
        progress(&text(lang, "cli-demo-results", &words));
    }
    let after = |minutes| round.closes_at + Duration::minutes(minutes);
    let (organiser, board) = (By { name: ORGANISER }, By { name: BOARD });
    let blocked = |error| step_refusal(error, lang);
    if round.stage == RoundStage::Scheduled {
        close_round(app, after(10), organiser, &round, None)
            .await
            .map_err(blocked)?;
    }
    if round.stage < RoundStage::Ranked {
        rank(app, after(25), organiser, &contest, &round, lang).await?;
    }
    if round.stage < RoundStage::Approved {
        approve_round(app, after(70), board, &round, None)
            .await
            .map_err(blocked)?;
    }
    if round.stage < RoundStage::Published {
        publish_round(app, after(95), board, &round, None)
            .await
            .map_err(blocked)?;
    }
    Ok(())
}

/// Ranks, and settles each tie at the border of a prize in favour of who stands first, until none is left.
async fn rank(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    round: &Round,
    lang: Lang,
) -> anyhow::Result<()> {
    let reason = text(Lang::Vi, "cli-demo-tie", &[]);
    let mut prefer: Vec<AttemptId> = Vec::new();
    for _ in 0..DECISIONS {
        let made = rank_round(
            app,
            now,
            by,
            round,
            Some(&reason).filter(|_| !prefer.is_empty()).map(String::as_str),
            &prefer,
        );
        let made = made.await.map_err(|error| step_refusal(error, lang))?;
        let Some(tie) = open_ties(app, contest, &made).await?.into_iter().next() else {
            return Ok(());
        };
        prefer = tie.attempts;
    }
    bail!("the ties of {} could not be settled", round.title)
}

fn step_refusal(error: StepError, lang: Lang) -> anyhow::Error {
    match error {
        StepError::Blocked(blockers) => refused(
            blockers
                .iter()
                .map(|blocker| sentence(blocker, lang))
                .collect::<Vec<_>>()
                .join(" "),
        ),
        StepError::Failed(failure) => failure.into(),
    }
}

/// Makes the accounts, or gives new passwords to those that a stopped run has left.
async fn make_accounts(app: &App) -> anyhow::Result<String> {
    let (now, by) = (app.clock.now(), "hoithi demo");
    let mut lines = String::new();
    for (login, name, role) in ACCOUNTS {
        let password = random_password(app);
        // Nobody hands these over: the file is the newcomer's own, and looking around begins at once.
        let own = NewPassword::Chosen(&password);
        match add_staff(app, now, by, login, name, role, own).await {
            Ok(_) => {}
            Err(StaffAddError::Taken) => {
                let reset = reset_staff(app, now, by, login, own).await;
                reset.map_err(|error| anyhow::anyhow!("account {login}: {error:?}"))?;
            }
            Err(StaffAddError::Failed(failure)) => return Err(failure.into()),
            Err(error) => bail!("account {login}: {error:?}"),
        }
        lines.push_str(&format!("{login:<10} {password}  {name} ({})\n", role.name()));
    }
    Ok(lines)
}

/// Writes a file that only its owner can read, whole or not at all.
fn keep_private(path: &Path, words: &str) -> anyhow::Result<()> {
    let part = path.with_extension("part");
    let write = || -> std::io::Result<()> {
        // One left by a stopped run may have other rights than the ones asked for here.
        if part.exists() {
            fs::remove_file(&part)?;
        }
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&part)?;
        file.write_all(words.as_bytes())?;
        file.sync_all()?;
        fs::rename(&part, path)
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}
