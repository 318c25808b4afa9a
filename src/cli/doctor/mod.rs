//! `lapel doctor`: is everything in place for Lapel to work here? The report can be shown to strangers: no token, no name, address
//! or number of the account, and the home folder as `~`.

mod files;
mod report;
mod wire;

use std::io::IsTerminal;
use std::time::Instant;

use serde_json::{Value as Json, json};

use self::report::{Report, ReportSection};
use super::args::{DoctorArgs, features};
use super::context::Context;
use super::exit::Failure;
use super::output;
use crate::api::{ApiError, Call, ListHost, Reply};
use crate::domain::SafeText;
use crate::io::client::AuthForm;
use crate::io::file::shown;
use crate::io::token_store::{FoundToken, TokenError};
use crate::runtime::capabilities::Capabilities;
use crate::widgets::picture::Colours;

/// Looks at everything and prints what it saw.
pub(super) async fn run(context: &Context, options: &DoctorArgs) -> Result<(), Failure> {
    let report = look(context).await;
    let clean = |text: &str| clean(context, text);
    let answers = if options.report { Some(wire::look(context).await) } else { None };
    if let Some(answers) = answers.as_ref().filter(|_| !context.global.json) {
        output::line(format!("# What `lapel doctor` says\n\n```text\n{}\n```\n", clean(&report.text())))?;
        output::line(format!("# What the service's answers look like\n\n```text\n{}\n```", clean(answers).trim_end()))?;
    } else if context.global.json {
        let mut json = report.json();
        if let Some(answers) = answers {
            json["answers"] = answers.lines().collect();
        }
        output::json(&cleaned(json, &clean))?;
    } else {
        output::line(clean(&report.text()))?;
    }
    report.failure().map_or(Ok(()), |failure| Err(Failure { text: clean(&failure.text), ..failure }))
}

/// Looks at everything and says what it saw, for people.
pub async fn text(context: &Context) -> String {
    clean(context, &look(context).await.text())
}

fn clean(context: &Context, text: &str) -> String {
    without_home(&context.masker.mask(text))
}

async fn look(context: &Context) -> Report {
    let found = if context.sandbox.is_some() { Ok(None) } else { context.tokens.find() };
    let visit = ServerCheck::make(context, &found).await;
    let mut report = Report::default();
    report.add(lapel());
    report.add(terminal());
    report.add(settings(context));
    report.add(files::look(&context.paths));
    report.add(visit.server(context));
    report.add(visit.token(context, &found));
    report
}

fn cleaned(value: Json, clean: &impl Fn(&str) -> String) -> Json {
    match value {
        Json::String(text) => clean(&text).into(),
        Json::Array(items) => items.into_iter().map(|item| cleaned(item, clean)).collect(),
        Json::Object(rows) => Json::Object(rows.into_iter().map(|(key, value)| (key, cleaned(value, clean))).collect()),
        other => other,
    }
}

/// People's names stand in the paths of their homes.
fn without_home(text: &str) -> String {
    match std::env::var("HOME").ok().filter(|home| home.len() > 1 && home.starts_with('/')) {
        Some(home) => text.replace(home.trim_end_matches('/'), "~"),
        None => text.to_owned(),
    }
}

fn lapel() -> ReportSection {
    let mut section = ReportSection::new("lapel");
    let version = env!("CARGO_PKG_VERSION");
    section.fine("version", version, version);
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    section.fine("system", system.as_str(), system.as_str());
    if let Some(commit) = option_env!("LAPEL_COMMIT") {
        section.fine("commit", commit, commit);
    }
    let with = features();
    section.fine("built_with", json!(with), if with.is_empty() { "nothing optional".to_owned() } else { with.join(", ") });
    section
}

fn terminal() -> ReportSection {
    let mut section = ReportSection::new("terminal");
    let known = Capabilities::from_env();
    match (std::io::stdin().is_terminal() && std::io::stdout().is_terminal(), crossterm::terminal::size()) {
        (true, Ok((columns, rows))) if columns < 40 || rows < 10 => {
            let text = format!("{columns}x{rows}");
            section.advise("size", json!([columns, rows]), text, "the editor needs 40x10; make the window larger");
        }
        (true, Ok((columns, rows))) => section.fine("size", json!([columns, rows]), format!("{columns}x{rows}")),
        _ => section.fine("size", Json::Null, "this is no terminal: commands work, the editor does not open"),
    }
    match known.term.as_deref() {
        Some("dumb") => section.advise("type", "dumb", "dumb", "TERM=dumb: the editor is questions and answers, a line each"),
        Some(term) => section.fine("type", term, SafeText::line(term).as_str()),
        None => section.advise("type", Json::Null, "unknown", "TERM is not set"),
    }
    let colours = match known.colours {
        None => "none",
        Some(Colours::Sixteen) => "16",
        Some(Colours::Palette) => "256",
        Some(Colours::True) => "all",
    };
    let why = if known.no_color { " (NO_COLOR is set)" } else { "" };
    section.fine("colours", colours, format!("{colours}{why}"));
    let locale = known.locale.as_deref().map(SafeText::line);
    let locale = locale.as_ref().map_or("no locale is set", SafeText::as_str);
    if known.utf8 || known.colours.is_none() {
        section.fine("utf8", known.utf8, format!("{} ({locale})", if known.utf8 { "yes" } else { "no" }));
    } else {
        section.advise("utf8", false, format!("no ({locale})"), "signs and frames are drawn in ASCII; LANG=C.UTF-8 would change that");
    }
    match known.multiplexer {
        Some("tmux") => section.fine("inside", "tmux", "tmux: what is copied goes to its buffer"),
        Some(other) => {
            section.fine("inside", other, format!("{other}: what is copied goes to its buffer; pictures may not pass through it"));
        }
        None => section.fine("inside", Json::Null, "no multiplexer"),
    }
    section.fine("ssh", known.ssh, if known.ssh { "yes: what is copied goes to your own computer's clipboard" } else { "no" });
    section
}

fn settings(context: &Context) -> ReportSection {
    let mut section = ReportSection::new("settings");
    let config = &context.config;
    let path = shown(&config.path);
    section.fine(
        "file",
        path.as_str(),
        if config.exists { path.to_string() } else { format!("{path} (there is none: the defaults hold)") },
    );
    let complaints: Vec<String> = config.complaints().iter().map(ToString::to_string).collect();
    match &complaints[..] {
        [] => section.fine("mistakes", json!([]), "none"),
        all => section.advise("mistakes", json!(all), all.len().to_string(), all.join("\n               ")),
    }
    section
}

/// A call to the server, and what came of it.
struct ServerCheck {
    /// How the token travelled; none if there was none to send.
    form: Option<AuthForm>,
    answer: Result<Reply, ApiError>,
    milliseconds: u64,
}

impl ServerCheck {
    /// Asks who is signed in; without a token, for something everybody may have.
    async fn make(context: &Context, found: &Result<Option<FoundToken>, TokenError>) -> Self {
        let token = match found {
            Ok(Some(found)) => Some(found.token.clone()),
            _ if context.sandbox.is_some() => context.token().ok().flatten(),
            _ => None,
        };
        if let Some(token) = &token {
            context.masker.set(token.clone());
        }
        let signed_in = token.is_some();
        let client = context.client_with(token);
        let started = Instant::now();
        let answer = client.call(if signed_in { &Call::Me } else { &Call::Majors(ListHost::Document) }).await;
        Self { form: signed_in.then(|| client.token_form()), answer, milliseconds: started.elapsed().as_millis() as u64 }
    }

    /// An answer, even if it is no.
    fn reached(&self) -> bool {
        matches!(self.answer, Ok(_) | Err(ApiError::SignedOut | ApiError::Busy { .. } | ApiError::Forbidden { .. } | ApiError::Unattested))
    }

    fn server(&self, context: &Context) -> ReportSection {
        let mut section = ReportSection::new("server");
        section.fine("address", context.server.label(), context.server.label());
        match &self.answer {
            Err(error) if !self.reached() => section.fail("reached", false, "no", Failure::from(error.clone())),
            _ => section.fine("reached", true, format!("yes, in {} ms", self.milliseconds)),
        }
        section
    }

    fn token(&self, context: &Context, found: &Result<Option<FoundToken>, TokenError>) -> ReportSection {
        let mut section = ReportSection::new("token");
        match found {
            _ if context.sandbox.is_some() => section.fine("place", "sandbox", "the sandbox of this run"),
            Ok(Some(found)) => section.fine("place", found.place.to_string(), found.place.to_string()),
            Ok(None) => section.fail("place", Json::Null, "there is none", Failure::from(ApiError::SignedOut)),
            Err(error) => section.fail("place", Json::Null, "cannot be used", Failure::signed_out(error.to_string())),
        }
        match (&self.answer, self.form) {
            (Ok(_), Some(AuthForm::Header)) => section.fine("taken", "header", "yes, in the header X-Access-Token"),
            (Ok(_), Some(AuthForm::Query)) => section.fine("taken", "query", "yes, but only as part of the address"),
            (Err(error), Some(_)) if self.reached() => section.fail("taken", Json::Null, "no", Failure::from(error.clone())),
            _ => section.fine("taken", Json::Null, "not tried"),
        }
        let command = context.config.reading.token_command.is_some();
        section.fine("command", command, if command { "token_command is set" } else { "token_command is not set" });
        let keyring = context.tokens.has_keyring();
        let text = if keyring {
            "answers"
        } else if cfg!(feature = "keyring") {
            "none answers: `lapel login` offers a private file"
        } else {
            "left out of this build"
        };
        section.fine("keyring", keyring, text);
        section
    }
}
