//! `hoithi round CONTEST N STEP`: the board's steps with a round, and what stands in their way.

use super::open::with_app;
use super::out::{Ended, Form, refused, say, say_json, step_failure, tell};
use crate::action::approve_round::approve_round;
use crate::action::close_round::{Blocker, By, StepError, close_round};
use crate::action::extend_round::extend_round;
use crate::action::open_round::open_round;
use crate::action::pause_round::pause_round;
use crate::action::publish_round::publish_round;
use crate::action::rank_round::rank_round;
use crate::action::reopen_round::reopen_round;
use crate::action::resume_round::resume_round;
use crate::app::App;
use crate::config::Config;
use crate::domain::catalog::Contest;
use crate::domain::ids::AttemptId;
use crate::domain::prize::Tie;
use crate::domain::round::Round;
use crate::i18n::{Lang, Value, text};
use crate::store::ranking::MadeRanking;
use crate::web::format;
use clap::ValueEnum;
use std::sync::Arc;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// What `round` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The contest, by the name of its folder
    contest: String,
    /// The number of the round
    round: u16,
    /// What to do
    step: Step,
    /// Who does it, as printed in minutes; whoever ranks may not approve
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why; needed to close early, to pause, to extend, to reopen, and for a decision about equals
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// With extend and reopen: the new close, such as 2023-04-11T07:00:00+07:00
    #[arg(long, value_name = "TIME", value_parser = parse_moment)]
    until: Option<OffsetDateTime>,
    /// With rank: the board's order among equal attempts at the border of a prize, best first
    #[arg(long, value_name = "ATTEMPT", num_args = 1..)]
    prefer: Vec<AttemptId>,
    /// For whom to print
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Step {
    /// Open a round that waits for it, now
    Open,
    /// Let nobody start, with a public note; those who have begun go on
    Pause,
    /// Let people start again; the close moves by as long as the pause lasted
    Resume,
    /// End it now, submit what runs as saved, and freeze the counts
    Close,
    /// Make standings and awards
    Rank,
    /// Approve the ranking
    Approve,
    /// Show the results to the public
    Publish,
    /// Move the close to a later moment
    Extend,
    /// Go back to before it was closed
    Reopen,
}

impl Step {
    const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Close => "close",
            Self::Rank => "rank",
            Self::Approve => "approve",
            Self::Publish => "publish",
            Self::Extend => "extend",
            Self::Reopen => "reopen",
        }
    }
}

fn parse_moment(typed: &str) -> Result<OffsetDateTime, &'static str> {
    OffsetDateTime::parse(typed, &Rfc3339).map_err(|_| "a moment is written like 2023-04-11T07:00:00+07:00")
}

pub(super) async fn run(config: &Config, args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    check_usage(args)?;
    with_app(config, lang, async |app| {
        let (contest, round) = find(app, &args.contest, args.round, lang)?;
        match step(app, args, &round).await {
            Ok(made) => {
                report_done(app, args, &contest, &round, made.as_ref(), lang).await?;
                Ok(Ended::Done)
            }
            Err(error) => report_refused(args, &step_failure(error)?, lang),
        }
    })
    .await
}

fn check_usage(args: &Args) -> anyhow::Result<()> {
    let wrong = |words: &str| Err(super::out::usage(words));
    match args.step {
        _ if args.by.trim().is_empty() => wrong("--by is the name of a person"),
        Step::Extend if args.until.is_none() => wrong("extend needs --until"),
        Step::Open
        | Step::Pause
        | Step::Resume
        | Step::Close
        | Step::Rank
        | Step::Approve
        | Step::Publish
            if args.until.is_some() =>
        {
            wrong("--until belongs to extend and reopen")
        }
        Step::Rank => Ok(()),
        _ if !args.prefer.is_empty() => wrong("--prefer belongs to rank"),
        _ => Ok(()),
    }
}

/// The round that is meant, or a sentence that names the contests there are.
pub(super) fn find(app: &App, slug: &str, number: u16, lang: Lang) -> anyhow::Result<(Arc<Contest>, Round)> {
    let catalog = app.catalog();
    let found = catalog
        .find(slug)
        .and_then(|contest| Some((Arc::clone(contest), contest.round(number)?.clone())));
    found.ok_or_else(|| {
        let known: Vec<&str> = catalog
            .contests()
            .iter()
            .map(|contest| contest.definition.slug.as_str())
            .collect();
        let args = [
            ("contest", slug.into()),
            ("round", number.into()),
            ("known", known.join(", ").into()),
        ];
        refused(text(lang, "cli-round-none", &args))
    })
}

async fn step(app: &App, args: &Args, round: &Round) -> Result<Option<MadeRanking>, StepError> {
    let (now, by, reason) = (
        app.clock.now(),
        By { name: args.by.trim() },
        args.reason.as_deref(),
    );
    match (args.step, args.until) {
        (Step::Open, _) => open_round(app, now, by, round, reason).await?,
        (Step::Pause, _) => pause_round(app, now, by, round, reason.unwrap_or_default()).await?,
        (Step::Resume, _) => resume_round(app, now, by, round, reason).await?,
        (Step::Close, _) => close_round(app, now, by, round, reason).await?,
        (Step::Rank, _) => {
            return rank_round(app, now, by, round, reason, &args.prefer)
                .await
                .map(Some);
        }
        (Step::Approve, _) => approve_round(app, now, by, round, reason).await?,
        (Step::Publish, _) => publish_round(app, now, by, round, reason).await?,
        (Step::Extend, Some(until)) => {
            extend_round(app, now, by, round, until, reason.unwrap_or_default()).await?
        }
        // Without a moment the usage was refused before.
        (Step::Extend, None) => {}
        (Step::Reopen, until) => reopen_round(app, now, by, round, until, reason.unwrap_or_default()).await?,
    }
    Ok(None)
}

async fn report_done(
    app: &App,
    args: &Args,
    contest: &Contest,
    round: &Round,
    made: Option<&MadeRanking>,
    lang: Lang,
) -> anyhow::Result<()> {
    let ties = match made {
        Some(made) => open_ties(app, contest, made).await?,
        None => Vec::new(),
    };
    if args.format == Form::Json {
        return say_json(&serde_json::json!({
            "contest": args.contest, "round": args.round, "step": args.step.name(), "done": true,
            "people": made.map(|made| made.people), "awards": made.map(|made| made.outcome.awards.len()),
            "ties": made.map(|_| &ties),
        }));
    }
    let awards = made.map_or(0, |made| made.outcome.awards.len());
    let until = args
        .until
        .map(|until| format::moment(lang, until))
        .unwrap_or_default();
    let words: [(&'static str, Value<'_>); 5] = [
        ("step", args.step.name().into()),
        ("round", round.title.as_str().into()),
        ("people", made.map_or(0, |made| made.people).into()),
        ("awards", awards.into()),
        ("until", until.into()),
    ];
    tell(lang, "cli-round-done", &words)?;
    if !ties.is_empty() {
        tell(lang, "cli-round-ties", &[("ties", ties.len().into())])?;
    }
    ties.iter().try_for_each(|tie| say(&tie.sentence(lang)))
}

/// A tie with what the board needs to decide it.
#[derive(Debug, serde::Serialize)]
pub(super) struct OpenTie {
    prize: String,
    rank: i64,
    places: u16,
    /// The equals, as they stand in the ranking.
    pub(super) attempts: Vec<AttemptId>,
}

impl OpenTie {
    fn sentence(&self, lang: Lang) -> String {
        let attempts: Vec<String> = self.attempts.iter().map(AttemptId::to_string).collect();
        let words: [(&'static str, Value<'_>); 5] = [
            ("prize", self.prize.as_str().into()),
            ("rank", self.rank.into()),
            ("places", self.places.into()),
            ("count", self.attempts.len().into()),
            ("attempts", attempts.join(" ").into()),
        ];
        text(lang, "cli-round-tie", &words)
    }
}

/// The ties that a ranking has left open.
pub(super) async fn open_ties(
    app: &App,
    contest: &Contest,
    made: &MadeRanking,
) -> anyhow::Result<Vec<OpenTie>> {
    let mut open = Vec::with_capacity(made.outcome.ties.len());
    for Tie {
        prize,
        rank,
        places,
        positions,
    } in &made.outcome.ties
    {
        let equals = app.store.load_standings_at(made.id, positions).await?;
        let prize = contest
            .definition
            .prizes
            .get(usize::from(*prize))
            .map(|prize| prize.name.clone());
        open.push(OpenTie {
            prize: prize.unwrap_or_default(),
            rank: *rank,
            places: *places,
            attempts: equals.iter().filter_map(|one| one.attempt).collect(),
        });
    }
    Ok(open)
}

fn report_refused(args: &Args, blockers: &[Blocker], lang: Lang) -> anyhow::Result<Ended> {
    let sentences: Vec<String> = blockers.iter().map(|blocker| sentence(blocker, lang)).collect();
    match args.format {
        Form::Json => say_json(&serde_json::json!({
            "contest": args.contest, "round": args.round, "step": args.step.name(), "done": false, "blockers": sentences,
        }))?,
        Form::Text => {
            eprintln!("{}", text(lang, "cli-round-refused", &[]));
            sentences.iter().for_each(|sentence| eprintln!("- {sentence}"));
        }
    }
    Ok(Ended::Refused)
}

/// A blocker as the board reads it.
pub(super) fn sentence(blocker: &Blocker, lang: Lang) -> String {
    let moment = |key, at| text(lang, key, &[("moment", format::moment(lang, at).into())]);
    match blocker {
        Blocker::NotOpened(at) => moment("blocker-not-opened", *at),
        Blocker::ReasonNeeded(at) => moment("blocker-reason-needed", *at),
        Blocker::BadMoment(at) => moment("blocker-bad-moment", *at),
        Blocker::Running(count, None) => text(lang, "blocker-running", &[("count", (*count).into())]),
        Blocker::Running(count, Some(last)) => {
            let last = format::moment(lang, *last);
            text(
                lang,
                "blocker-running-until",
                &[("count", (*count).into()), ("moment", last.into())],
            )
        }
        Blocker::WrongPhase(phase) => {
            let phase = text(lang, &format!("cli-phase-{}", phase.name()), &[]);
            text(lang, "blocker-wrong-phase", &[("phase", phase.into())])
        }
        Blocker::SamePerson(name) => text(lang, "blocker-same-person", &[("name", name.as_str().into())]),
        Blocker::Ties(count) => text(lang, "blocker-ties", &[("count", (*count).into())]),
        Blocker::ContestTies(count) => text(lang, "blocker-contest-ties", &[("count", (*count).into())]),
        Blocker::Unsettled(count) => text(lang, "blocker-unsettled", &[("count", (*count).into())]),
        Blocker::OpenDecisions(count) => text(lang, "blocker-open-decisions", &[("count", (*count).into())]),
        Blocker::EssaysUnmarked(count) => {
            text(lang, "blocker-essays-unmarked", &[("count", (*count).into())])
        }
        Blocker::EssaysChanged => text(lang, "blocker-essays-changed", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::round::RoundPhase;
    use time::macros::datetime;

    #[test]
    fn every_blocker_is_a_sentence_in_both_languages() {
        let at = datetime!(2023-04-10 00:00 UTC);
        let mut blockers = vec![
            Blocker::NotOpened(at),
            Blocker::ReasonNeeded(at),
            Blocker::BadMoment(at),
            Blocker::Running(3, None),
            Blocker::Running(3, Some(at)),
            Blocker::SamePerson("Hoàng Thị Mai".to_owned()),
            Blocker::Ties(2),
            Blocker::ContestTies(2),
            Blocker::Unsettled(2),
            Blocker::OpenDecisions(2),
            Blocker::EssaysUnmarked(2),
            Blocker::EssaysChanged,
        ];
        blockers.extend(RoundPhase::ALL.map(Blocker::WrongPhase));
        for lang in Lang::ALL {
            for blocker in &blockers {
                let words = sentence(blocker, lang);
                assert!(
                    words.ends_with('.') && !words.contains("blocker-") && !words.contains("cli-"),
                    "{words}"
                );
            }
        }
    }
}
