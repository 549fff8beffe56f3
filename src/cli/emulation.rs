//! `hoithi emulation clusters|awards FILE`: checks and loads the clusters of a year or lines of the register of awards.

use super::files::read_file;
use super::open::with_app;
use super::out::{Ended, refused, say, tell, usage};
use crate::action::close_round::By;
use crate::action::load_clusters::{LoadClustersError, load_clusters};
use crate::action::register_awards::{RegisterError, add_awards};
use crate::app::App;
use crate::bank::{ListFault, read_awards, read_clusters};
use crate::config::Config;
use crate::domain::participant::local_date;
use crate::i18n::{Lang, text};
use std::path::PathBuf;

/// What `emulation` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What the file holds: clusters with their members, or awards
    #[arg(value_enum)]
    what: What,
    /// CSV file; the console has templates to fill in
    file: PathBuf,
    /// Who loads it, for the log of acts
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Only look for faults
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// Clusters and blocks with members, head and deputies
    Clusters,
    /// Awards of collectives and persons
    Awards,
}

pub(super) async fn run(config: &Config, args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    if args.by.trim().is_empty() {
        return Err(usage("--by is the name of a person"));
    }
    let bytes = read_file(&args.file)?;
    with_app(config, lang, async |app| match args.what {
        What::Clusters => clusters(app, args, &bytes, lang).await,
        What::Awards => awards(app, args, &bytes, lang).await,
    })
    .await
}

async fn clusters(app: &App, args: &Args, bytes: &[u8], lang: Lang) -> anyhow::Result<Ended> {
    let catalog = app.catalog();
    let known = |code: &str| {
        let found = catalog
            .contests()
            .iter()
            .find_map(|contest| contest.unit_by_code(code));
        found.map(|unit| unit.definition.name.clone())
    };
    let clusters = match read_clusters(bytes, &known) {
        Ok(clusters) => clusters,
        Err(faults) => return told(&faults, lang),
    };
    if args.check {
        let units: usize = clusters.iter().map(|cluster| cluster.members.len()).sum();
        return good(units, lang);
    }
    let by = By { name: &args.by };
    match load_clusters(app, app.clock.now(), by, &clusters).await {
        Ok(ids) => {
            tell(
                lang,
                "cli-emulation-clusters",
                &[("n", ids.len().to_string().into())],
            )?;
            Ok(Ended::Done)
        }
        Err(LoadClustersError::Elsewhere(unit, cluster)) => {
            let args = [("a", unit.into()), ("b", cluster.into())];
            Err(refused(text(lang, "emulation-elsewhere", &args)))
        }
        Err(LoadClustersError::Failed(failure)) => Err(failure.into()),
    }
}

async fn awards(app: &App, args: &Args, bytes: &[u8], lang: Lang) -> anyhow::Result<Ended> {
    let now = app.clock.now();
    let awards = match read_awards(bytes, local_date(now)) {
        Ok(awards) => awards,
        Err(faults) => return told(&faults, lang),
    };
    if args.check {
        return good(awards.len(), lang);
    }
    match add_awards(app, now, By { name: &args.by }, &awards).await {
        Ok(()) => {
            tell(
                lang,
                "cli-emulation-awards",
                &[("n", awards.len().to_string().into())],
            )?;
            Ok(Ended::Done)
        }
        Err(RegisterError::Known(at)) => {
            let name = awards.get(at).map(|award| award.name.clone()).unwrap_or_default();
            Err(refused(text(
                lang,
                "emulation-award-known",
                &[("n", name.into())],
            )))
        }
        Err(RegisterError::Reason | RegisterError::Gone) => Err(usage("nothing to strike out")),
        Err(RegisterError::Failed(failure)) => Err(failure.into()),
    }
}

fn good(rows: usize, lang: Lang) -> anyhow::Result<Ended> {
    tell(lang, "cli-emulation-good", &[("n", rows.to_string().into())])?;
    Ok(Ended::Done)
}

/// Every fault on a line of its own.
fn told(faults: &[ListFault], lang: Lang) -> anyhow::Result<Ended> {
    faults.iter().try_for_each(|fault| say(&fault.say(lang)))?;
    Ok(Ended::Refused)
}
