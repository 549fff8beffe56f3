//! `hoithi data expire`: erases personal data whose day has passed, or shows with `--dry-run` what would be erased.
//!
//! The server does the same by itself; this is for installations that are asleep, and for looking first.

use super::open::with_app;
use super::out::{Ended, Form, refused, say_json, tell, usage};
use crate::action::close_round::By;
use crate::action::expire_data::{DataState, Outcome, STEP, data_state, expire_contest};
use crate::app::App;
use crate::config::Config;
use crate::domain::catalog::Contest;
use crate::domain::expiry::{Keeping, Stage};
use crate::domain::participant::local_date;
use crate::i18n::{Lang, text};
use crate::web::format;
use serde_json::{Value, json};
use std::sync::Arc;

/// What `data` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Erase the personal data of contests whose day has passed and where everything is over
    Expire(Expire),
}

#[derive(Debug, clap::Args)]
struct Expire {
    /// Only this contest, by the name of its folder
    #[arg(long, value_name = "CONTEST")]
    contest: Option<String>,
    /// Only show how every contest stands and what would be erased
    #[arg(long)]
    dry_run: bool,
    /// Who gives the command, for the log of acts
    #[arg(long, value_name = "NAME", default_value = "hoithi data")]
    by: String,
    /// For whom to print
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
}

pub(super) async fn run(config: &Config, args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    let What::Expire(args) = &args.what;
    if args.by.trim().is_empty() {
        return Err(usage("--by is the name of a person"));
    }
    with_app(config, lang, async |app| {
        let contests = chosen(app, args.contest.as_deref(), lang)?;
        if args.dry_run {
            show(app, args.format, &contests, lang).await
        } else {
            expire(app, args, &contests, lang).await
        }
    })
    .await
}

fn chosen(app: &App, slug: Option<&str>, lang: Lang) -> anyhow::Result<Vec<Arc<Contest>>> {
    let catalog = app.catalog();
    let Some(slug) = slug else {
        return Ok(catalog.contests().to_vec());
    };
    let found = catalog.find(slug).cloned();
    let none = || refused(text(lang, "cli-data-no-contest", &[("contest", slug.into())]));
    Ok(vec![found.ok_or_else(none)?])
}

/// How every contest stands.
async fn show(app: &App, form: Form, contests: &[Arc<Contest>], lang: Lang) -> anyhow::Result<Ended> {
    let mut objects = Vec::new();
    for contest in contests {
        let state = data_state(app, app.clock.now(), contest).await?;
        let counts = app.store.count_expiring(contest.id).await?;
        match form {
            Form::Json => objects.push(object(contest, &state, counts)),
            Form::Text => line(contest, &state, counts, lang)?,
        }
    }
    if form == Form::Json {
        say_json(&objects)?;
    }
    Ok(Ended::Done)
}

fn line(
    contest: &Contest,
    state: &DataState,
    (people, winners): (i64, i64),
    lang: Lang,
) -> anyhow::Result<()> {
    let slug = &contest.definition.slug;
    if let Some(expiry) = &state.expiry {
        return match expiry.done_at {
            Some(_) => finished(slug, expiry, lang),
            None => going_on(slug, expiry.people, lang),
        };
    }
    let count = |n: i64| format::number(lang, n);
    let Some(keeping) = &state.keeping else {
        let args = [
            ("contest", slug.as_str().into()),
            ("people", count(people).into()),
        ];
        return tell(lang, "cli-data-unsaid", &args);
    };
    let args = [
        ("contest", slug.as_str().into()),
        ("until", format::date(lang, keeping.until).into()),
        ("from", format::date(lang, keeping.from).into()),
        ("people", count(people).into()),
        ("winners", count(winners).into()),
        ("stage", stage(keeping, lang).into()),
    ];
    tell(lang, "cli-data-line", &args)
}

fn stage(keeping: &Keeping, lang: Lang) -> String {
    let key = format!("cli-data-stage-{}", keeping.stage.name());
    if keeping.stage != Stage::Held {
        return text(lang, &key, &[]);
    }
    let waits: Vec<String> = keeping
        .waits
        .iter()
        .map(|wait| {
            let n = [("n", format::number(lang, wait.count()).into())];
            text(lang, &format!("keeping-wait-{}", wait.name()), &n)
        })
        .collect();
    text(lang, &key, &[("waits", waits.join("; ").into())])
}

fn object(contest: &Contest, state: &DataState, (people, winners): (i64, i64)) -> Value {
    let day = |day: time::Date| day.to_string();
    let keeping = state.keeping.as_ref();
    let waits = keeping.into_iter().flat_map(|keeping| &keeping.waits);
    let waits: serde_json::Map<String, Value> = waits
        .map(|wait| (wait.name().to_owned(), json!(wait.count())))
        .collect();
    let expiry = state.expiry.as_ref();
    json!({
        "contest": contest.definition.slug,
        "kept_until": keeping.map(|keeping| day(keeping.until)),
        "erased_from": keeping.map(|keeping| day(keeping.from)),
        "stage": keeping.map(|keeping| keeping.stage.name()),
        "waits": waits,
        "people": people,
        "winners": winners,
        "begun": expiry.is_some(),
        "erased_on": expiry.and_then(|expiry| expiry.done_at).map(|at| day(local_date(at))),
        "erased_people": expiry.map(|expiry| expiry.people),
    })
}

/// Erases what is due, step by step, and tells how it ended.
async fn expire(app: &App, args: &Expire, contests: &[Arc<Contest>], lang: Lang) -> anyhow::Result<Ended> {
    let (mut objects, mut told) = (Vec::new(), 0);
    for contest in contests {
        let outcome = to_the_end(app, &args.by, contest).await?;
        let slug = &contest.definition.slug;
        if outcome == Outcome::NotDue {
            continue;
        }
        if args.format == Form::Json {
            let state = data_state(app, app.clock.now(), contest).await?;
            let counts = app.store.count_expiring(contest.id).await?;
            objects.push(object(contest, &state, counts));
            continue;
        }
        told += 1;
        match &outcome {
            Outcome::Done(expiry) => finished(slug, expiry, lang)?,
            Outcome::Elsewhere => tell(lang, "cli-data-elsewhere", &[("contest", slug.as_str().into())])?,
            Outcome::Partly(people) => going_on(slug, *people, lang)?,
            Outcome::NotDue => {}
        }
    }
    match args.format {
        Form::Json => say_json(&objects)?,
        Form::Text if told == 0 => tell(lang, "cli-data-none", &[])?,
        Form::Text => {}
    }
    Ok(Ended::Done)
}

async fn to_the_end(app: &App, by: &str, contest: &Contest) -> anyhow::Result<Outcome> {
    loop {
        let outcome = expire_contest(app, app.clock.now(), By { name: by }, contest, STEP).await?;
        if !matches!(outcome, Outcome::Partly(_)) {
            return Ok(outcome);
        }
    }
}

fn finished(slug: &str, expiry: &crate::store::expiry::Expiry, lang: Lang) -> anyhow::Result<()> {
    let day = expiry.done_at.map(|at| format::date(lang, local_date(at)));
    let args = [
        ("contest", slug.into()),
        ("day", day.unwrap_or_default().into()),
        ("people", format::number(lang, expiry.people).into()),
        ("texts", format::number(lang, expiry.texts).into()),
    ];
    tell(lang, "cli-data-expired", &args)
}

fn going_on(slug: &str, people: i64, lang: Lang) -> anyhow::Result<()> {
    let args = [
        ("contest", slug.into()),
        ("people", format::number(lang, people).into()),
    ];
    tell(lang, "cli-data-going-on", &args)
}
