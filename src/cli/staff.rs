//! `hoithi staff`: accounts of those who work on contests. A password is made here and shown once, or read from a file;
//! it is never an argument, because arguments are visible to every user of the machine.

use super::files::read_file;
use super::open::with_app;
use super::out::{Ended, Form, refused, say, say_json, tell, usage};
use crate::action::staff_login::{
    NewPassword, StaffAddError, add_staff, disable_staff, random_password, reset_staff,
};
use crate::app::App;
use crate::config::Config;
use crate::domain::staff::{Role, Staff};
use crate::i18n::{Lang, text};
use crate::store::staff::StaffAccount;
use crate::web::format;
use std::io::Read;
use std::path::PathBuf;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Longest text that is read as a password.
const MAX_TYPED: u64 = 4096;

/// What `staff` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
    /// Who does it, for the log of acts
    #[arg(long, value_name = "NAME", default_value = "hoithi staff", global = true)]
    by: String,
    /// For whom to print
    #[arg(long, value_name = "FORM", default_value = "text", global = true)]
    format: Form,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Make an account
    Add {
        /// Log-in name
        login: String,
        /// Name as printed in minutes
        #[arg(long)]
        name: String,
        /// What the person is appointed for: admin, organiser, board, viewer or marker
        #[arg(long, value_parser = parse_role)]
        role: Role,
        #[command(flatten)]
        password: Password,
    },
    /// Show every account
    List,
    /// Bar an account
    Disable {
        /// Log-in name
        login: String,
    },
    /// Give an account a new password, and let it in again
    Reset {
        /// Log-in name
        login: String,
        #[command(flatten)]
        password: Password,
    },
}

#[derive(Debug, clap::Args)]
struct Password {
    /// Read the password from the first line of a file, or from standard input with -; without it one is made
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// It is for somebody else, who is asked for a password of their own at the first log-in
    #[arg(long)]
    hand_over: bool,
}

fn parse_role(name: &str) -> Result<Role, &'static str> {
    Role::parse(name).ok_or("it is admin, organiser, board, viewer or marker")
}

impl Password {
    /// The password that is given; `None` where one has to be made.
    fn read(&self) -> anyhow::Result<Option<String>> {
        let Some(path) = &self.password_file else {
            return Ok(None);
        };
        let bytes = if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().take(MAX_TYPED).read_to_end(&mut bytes)?;
            bytes
        } else {
            read_file(path)?
        };
        let words = String::from_utf8(bytes).map_err(|_| usage("the password is not UTF-8"))?;
        Ok(Some(words.lines().next().unwrap_or_default().to_owned()))
    }
}

pub(super) async fn run(config: &Config, args: &Args, lang: Lang) -> anyhow::Result<Ended> {
    match &args.what {
        What::Add {
            login,
            name,
            role,
            password,
        } => {
            let given = (password.read()?, password.hand_over);
            with_app(config, lang, async |app| {
                add(app, args, (login, name, *role), given, lang).await
            })
            .await
        }
        What::Reset { login, password } => {
            let given = (password.read()?, password.hand_over);
            with_app(config, lang, async |app| {
                reset(app, args, login, given, lang).await
            })
            .await
        }
        What::Disable { login } => {
            with_app(config, lang, async |app| disable(app, args, login, lang).await).await
        }
        What::List => with_app(config, lang, async |app| list(app, args.format, lang).await).await,
    }
}

async fn add(
    app: &App,
    args: &Args,
    (login, name, role): (&str, &str, Role),
    (given, hand_over): (Option<String>, bool),
    lang: Lang,
) -> anyhow::Result<Ended> {
    let password = given.clone().unwrap_or_else(|| random_password(app));
    let new = new_password(hand_over, &password);
    let added = add_staff(app, app.clock.now(), &args.by, login, name, role, new).await;
    let staff = added.map_err(|error| refusal(error, login, lang))?;
    let shown = given.is_none().then_some(password.as_str());
    if args.format == Form::Json {
        say_json(&serde_json::json!({
            "login": staff.login, "name": staff.name, "role": staff.role, "password": shown,
        }))?;
        return Ok(Ended::Done);
    }
    let words = [
        ("login", staff.login.as_str().into()),
        ("role", staff.role.name().into()),
    ];
    tell(lang, "cli-staff-added", &words)?;
    show_password(shown, lang)
}

async fn reset(
    app: &App,
    args: &Args,
    login: &str,
    (given, hand_over): (Option<String>, bool),
    lang: Lang,
) -> anyhow::Result<Ended> {
    let password = given.clone().unwrap_or_else(|| random_password(app));
    let new = new_password(hand_over, &password);
    let done = reset_staff(app, app.clock.now(), &args.by, login, new).await;
    known(done.map_err(|error| refusal(error, login, lang))?, login, lang)?;
    let shown = given.is_none().then_some(password.as_str());
    if args.format == Form::Json {
        say_json(&serde_json::json!({ "login": login, "password": shown }))?;
        return Ok(Ended::Done);
    }
    tell(lang, "cli-staff-reset", &[("login", login.into())])?;
    show_password(shown, lang)
}

/// Scripts that make accounts go on at once with the password they are told, unless they say whom it is for.
const fn new_password(is_handed_over: bool, password: &str) -> NewPassword<'_> {
    if is_handed_over {
        NewPassword::HandedOver(password)
    } else {
        NewPassword::Chosen(password)
    }
}

fn show_password(password: Option<&str>, lang: Lang) -> anyhow::Result<Ended> {
    if let Some(password) = password {
        tell(lang, "cli-staff-password", &[("password", password.into())])?;
    }
    Ok(Ended::Done)
}

async fn disable(app: &App, args: &Args, login: &str, lang: Lang) -> anyhow::Result<Ended> {
    known(
        disable_staff(app, app.clock.now(), &args.by, login).await?,
        login,
        lang,
    )?;
    match args.format {
        Form::Json => say_json(&serde_json::json!({ "login": login, "disabled": true }))?,
        Form::Text => tell(lang, "cli-staff-disabled", &[("login", login.into())])?,
    }
    Ok(Ended::Done)
}

async fn list(app: &App, form: Form, lang: Lang) -> anyhow::Result<Ended> {
    let accounts = app.store.load_staff().await?;
    match form {
        Form::Json => say_json(&accounts.iter().map(json).collect::<Vec<_>>())?,
        Form::Text => accounts
            .iter()
            .try_for_each(|account| say(&line(account, lang)))?,
    }
    Ok(Ended::Done)
}

fn json(account: &StaffAccount) -> serde_json::Value {
    let Staff {
        login, name, role, ..
    } = &account.staff;
    let moment = |at: Option<OffsetDateTime>| at.and_then(|at| at.format(&Rfc3339).ok());
    serde_json::json!({
        "login": login, "name": name, "role": role, "disabled_at": moment(account.disabled_at),
        "last_login_at": moment(account.last_login_at),
    })
}

fn line(account: &StaffAccount, lang: Lang) -> String {
    let Staff {
        login, name, role, ..
    } = &account.staff;
    let state = if account.disabled_at.is_some() {
        "cli-staff-off"
    } else {
        "cli-staff-active"
    };
    let last = account.last_login_at.map(|at| format::moment(lang, at));
    let last = last.unwrap_or_else(|| text(lang, "cli-staff-never", &[]));
    format!(
        "{login:<20} {:<10} {name} ({}; {last})",
        role.name(),
        text(lang, state, &[])
    )
}

fn known(found: bool, login: &str, lang: Lang) -> anyhow::Result<()> {
    if found {
        Ok(())
    } else {
        Err(refused(text(lang, "cli-staff-none", &[("login", login.into())])))
    }
}

fn refusal(error: StaffAddError, login: &str, lang: Lang) -> anyhow::Error {
    let say = |key| refused(text(lang, key, &[("login", login.into())]));
    match error {
        StaffAddError::BadLogin => say("cli-staff-bad-login"),
        StaffAddError::Name(_) => say("cli-staff-bad-name"),
        StaffAddError::Password(_) => say("cli-staff-bad-password"),
        StaffAddError::Taken => say("cli-staff-taken"),
        StaffAddError::Failed(failure) => failure.into(),
    }
}
