//! `hoithi load DIR`: a contest folder into the database, all or nothing.

use super::check::{show, under, verdict};
use super::files::{find_media, read_tree};
use super::open::with_app;
use super::out::{Ended, Form, refused, say, say_json};
use crate::action::load_contest::{
    Calendar, LoadError, LoadOutcome, Loaded, Source, SourceSet, load_contest,
};
use crate::app::App;
use crate::bank::{LoadedContest, read_contest_with, render_faults};
use crate::config::Config;
use crate::i18n::{Lang, text};
use std::path::{Path, PathBuf};

/// What `load` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The contest folder
    dir: PathBuf,
    /// Move the calendar by whole days so that round N is open now
    #[arg(long, value_name = "N=now", value_parser = parse_shift)]
    shift_round: Option<u16>,
    /// Who loads, for the log of acts
    #[arg(long, value_name = "NAME", default_value = "hoithi load")]
    by: String,
    /// For whom to print
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
}

fn parse_shift(typed: &str) -> Result<u16, String> {
    let number = typed.strip_suffix("=now").and_then(|number| number.parse().ok());
    number
        .filter(|number| *number > 0)
        .ok_or_else(|| text(Lang::En, "cli-shift-form", &[("value", typed.into())]))
}

pub(super) async fn run(config: &Config, args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    let reading = read_contest_with(&read_tree(&args.dir)?, &|path| {
        find_media(&[args.dir.as_path()], path)
    });
    let faults = under(&args.dir, reading.faults);
    let Some(contest) = reading.loaded else {
        show(&faults, reading.questions, args.format, lang)?;
        return Ok(verdict(&faults));
    };
    if !faults.is_empty() {
        eprint!("{}", render_faults(&faults, reading.questions, lang));
    }
    let calendar = args.shift_round.map_or(Calendar::Keep, Calendar::OpenNow);
    let slug = contest.definition.slug.clone();
    let outcome = with_app(config, lang, async |app| {
        load(app, contest, &args.by, calendar, lang).await
    })
    .await?;
    match args.format {
        Form::Text => say(&sentences(&slug, &outcome, lang)),
        Form::Json => say_json(&json(&slug, &outcome)),
    }?;
    Ok(Ended::Done)
}

/// Reads a contest folder that has no errors.
pub(super) fn read_good(dir: &Path, lang: Lang) -> anyhow::Result<LoadedContest> {
    let reading = read_contest_with(&read_tree(dir)?, &|path| find_media(&[dir], path));
    reading.loaded.ok_or_else(|| {
        refused(render_faults(
            &under(dir, reading.faults),
            reading.questions,
            lang,
        ))
    })
}

/// Stores a contest that was read; refusals come back as errors with their sentence.
pub(super) async fn load(
    app: &App,
    contest: LoadedContest,
    by: &str,
    calendar: Calendar,
    lang: Lang,
) -> anyhow::Result<LoadOutcome> {
    let sets = contest.sets.into_iter().map(|set| SourceSet {
        version: set.version,
        set: set.set,
        key: set.key,
    });
    let source = Source {
        definition: contest.definition,
        units: contest.units,
        listed: contest.listed,
        sets: sets.collect(),
        media: contest.media,
    };
    let refusal = |key, round: u16| refused(text(lang, key, &[("round", round.into())]));
    load_contest(app, app.clock.now(), by, &source, calendar)
        .await
        .map_err(|error| match error {
            LoadError::NoSuchRound(round) => refusal("cli-load-no-round", round),
            LoadError::AlreadyOpen(round) => refusal("cli-load-already-open", round),
            LoadError::Overtaken => refused(text(lang, "cli-load-overtaken", &[])),
            LoadError::Expired => refused(text(lang, "cli-load-expired", &[])),
            LoadError::Failed(failure) => failure.into(),
        })
}

fn sentences(slug: &str, outcome: &LoadOutcome, lang: Lang) -> String {
    let contest = [("contest", slug.into())];
    let LoadOutcome::Loaded(loaded) = outcome else {
        return text(lang, "cli-load-unchanged", &contest);
    };
    let mut lines = vec![text(lang, "cli-load-done", &contest)];
    let mut list = |key, name, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(text(lang, key, &[(name, items.join(", ").into())]));
        }
    };
    list(
        "cli-load-new-sets",
        "sets",
        loaded.new_sets.iter().map(|set| set.0.clone()).collect(),
    );
    list(
        "cli-load-kept-rounds",
        "rounds",
        loaded.kept_rounds.iter().map(u16::to_string).collect(),
    );
    list("cli-load-kept-units", "units", loaded.kept_units.clone());
    if loaded.listed > 0 {
        lines.push(text(lang, "cli-load-listed", &[("n", loaded.listed.into())]));
    }
    if loaded.shift_seconds != 0 {
        lines.push(text(
            lang,
            "cli-load-shift",
            &[("days", (loaded.shift_seconds / 86_400).into())],
        ));
    }
    lines.join("\n")
}

fn json(slug: &str, outcome: &LoadOutcome) -> serde_json::Value {
    let (state, loaded) = match outcome {
        LoadOutcome::Unchanged => ("unchanged", &Loaded::default()),
        LoadOutcome::Loaded(loaded) => ("loaded", loaded),
    };
    serde_json::json!({
        "contest": slug, "outcome": state, "new_sets": loaded.new_sets, "kept_rounds": loaded.kept_rounds,
        "kept_units": loaded.kept_units, "shift_seconds": loaded.shift_seconds,
    })
}
