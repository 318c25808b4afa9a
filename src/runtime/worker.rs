//! The background worker: owns the HTTP client, runs jobs, and sends what came of them back as messages.
//!
//! Reads run side by side, a few at a time, and can be given up. Writes run one after another, in order, and once started they are
//! never given up. A worker serves one session: what it has under way never goes on with the token of another account.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::AbortHandle;

use crate::api::{ApiError, Notice, WaitReason};
use crate::base::msg::Progress;
use crate::base::{Job, JobOutcome, Msg, Ticket};
use crate::domain::{SafeText, Token};
use crate::io::client::Client;
use crate::io::notes::Notes;
use crate::jobs::{self, read};

/// Reads under way at once: all that a start asks for, so that everything is there after one way to the service and back.
const READS: usize = 10;

/// Hands jobs to the background. Dropping it gives up the reads; a write under way ends with the runtime it runs on.
#[derive(Debug)]
pub struct Worker {
    client: Client,
    /// For signing in, which may be elsewhere than in the demo at hand.
    home: Client,
    /// Jobs that wait for the token, while it is being looked for.
    waiting: Option<Vec<(Ticket, Job)>>,
    out: mpsc::UnboundedSender<Msg>,
    permits: Arc<Semaphore>,
    reads: HashMap<Ticket, AbortHandle>,
    writes: mpsc::UnboundedSender<(Ticket, Job, Notes)>,
    notes: Notes,
}

impl Worker {
    /// A worker that calls through `client`, signs in through `home`, keeps in `notes` what only this computer knows, and answers into
    /// `out`. Must be made inside a tokio runtime.
    pub fn new(client: Client, home: Client, notes: Notes, out: mpsc::UnboundedSender<Msg>) -> Self {
        let (writes, queue) = mpsc::unbounded_channel();
        tokio::spawn(write_in_order(client.clone(), queue, out.clone()));
        Self { client, home, waiting: None, out, permits: Arc::new(Semaphore::new(READS)), reads: HashMap::new(), writes, notes }
    }

    /// Lets jobs wait until [`Worker::use_token`].
    pub fn wait_for_token(&mut self) {
        self.waiting.get_or_insert_default();
    }

    /// Uses this token from now on, and runs what waited for it.
    pub fn use_token(&mut self, token: Option<Token>) {
        self.client.set_token(token);
        for (ticket, job) in self.waiting.take().unwrap_or_default() {
            self.start(ticket, job);
        }
    }

    /// Runs a job; its end arrives as [`Msg::Done`].
    pub fn start(&mut self, ticket: Ticket, job: Job) {
        if let (Some(waiting), false) = (&mut self.waiting, matches!(job, Job::SignIn(_))) {
            waiting.push((ticket, job));
            return;
        }
        if job.is_write() {
            // The queue ends only with the program.
            let _ = self.writes.send((ticket, job, self.notes.clone()));
            return;
        }
        self.reads.retain(|_, read| !read.is_finished());
        // A token that is refused must not take the place of one that works.
        let client = if let Job::SignIn(token) = &job { self.home.with_token(Some(token.clone())) } else { self.client.clone() };
        let (notes, out, permits) = (self.notes.clone(), self.out.clone(), Arc::clone(&self.permits));
        let read = tokio::spawn(async move {
            let _permit = permits.acquire_owned().await;
            run(&client, &notes, ticket, job, &out).await
        });
        self.reads.insert(ticket, read.abort_handle());
        let out = self.out.clone();
        tokio::spawn(async move { finish(ticket, read, &out).await });
    }

    /// Gives a read up; a write goes on, only its answer no longer matters.
    pub fn cancel(&mut self, ticket: Ticket) {
        if let Some(waiting) = &mut self.waiting {
            waiting.retain(|(other, _)| *other != ticket);
        }
        if let Some(read) = self.reads.remove(&ticket) {
            read.abort();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.reads.values().for_each(AbortHandle::abort);
    }
}

async fn write_in_order(client: Client, mut queue: mpsc::UnboundedReceiver<(Ticket, Job, Notes)>, out: mpsc::UnboundedSender<Msg>) {
    while let Some((ticket, job, notes)) = queue.recv().await {
        let (client, told) = (client.clone(), out.clone());
        let write = tokio::spawn(async move { run(&client, &notes, ticket, job, &told).await });
        finish(ticket, write, &out).await;
    }
}

type WorkerEnded = Result<JobOutcome, ApiError>;

async fn run(client: &Client, notes: &Notes, ticket: Ticket, job: Job, out: &mpsc::UnboundedSender<Msg>) -> WorkerEnded {
    let progress = out.clone();
    let client = client.listening(move |notice| {
        let news = match notice {
            // A second try is nobody's business until the last one has failed.
            Notice::Waiting { why: WaitReason::Retrying, .. } => return,
            Notice::Waiting { seconds, why } => Progress::Waiting { seconds, why },
            Notice::Uploading { sent, total } => Progress::Sent { bytes: sent, total },
        };
        let _ = progress.send(Msg::Progress(ticket, news));
    });
    let ended = outcome(&client, notes, job).await;
    if let Ok(JobOutcome::Account(account)) = &ended
        && let Some(text) = jobs::interrupted(notes, account).await
    {
        let _ = out.send(Msg::Interrupted(ticket, SafeText::line(text)));
    }
    ended
}

/// What comes of a job, as part of a message. Only here do jobs lose their types.
async fn outcome(client: &Client, notes: &Notes, job: Job) -> WorkerEnded {
    Ok(match job {
        Job::Me | Job::SignIn(_) => JobOutcome::Account(Box::new(read::account(client, notes).await?)),
        Job::Schools => JobOutcome::Schools(read::schools(client).await?),
        Job::Majors => JobOutcome::Majors(read::majors(client).await?),
        Job::Interests => JobOutcome::Interests(read::interests(client).await?),
        Job::Pins => JobOutcome::Pins(read::pins(client).await?),
        Job::Groups => JobOutcome::Groups(read::groups(client).await?),
        Job::Topics(groups) => JobOutcome::Topics(read::topics(client, &groups).await?),
        Job::FormerGroups => JobOutcome::FormerGroups(read::former_groups(client).await?),
        Job::MembershipStates => JobOutcome::MembershipStates(read::membership_states(client).await?),
        Job::Chats => JobOutcome::Chats(read::chats(client).await?),
        Job::History(account) => JobOutcome::History(jobs::history::read(notes, &account).await),
        Job::Picture(address) => {
            let picture = jobs::picture::thumbnail(client, &address).await?;
            JobOutcome::Picture(address, picture)
        }
        Job::LookAt(path) => {
            let looked = jobs::upload::look(&path).await?;
            JobOutcome::Looked(path, looked)
        }
        Job::Upload(path) => JobOutcome::Uploaded(jobs::upload::file(client, &path).await?),
        Job::SaveProfile(save) => JobOutcome::Saved(jobs::profile::save(client, notes, &save).await?),
        Job::SaveCampus(save) => JobOutcome::Saved(jobs::campus::save(client, notes, &save).await?),
        Job::SavePins(save) => {
            let report = jobs::pins::save(client, notes, &save).await?;
            JobOutcome::PinsSaved(save.list, Box::new(report))
        }
        Job::Share(change) => JobOutcome::Share(change, jobs::share::change(client, notes, change).await?),
        Job::Sms(change) => JobOutcome::Sms(change.clone(), Box::new(jobs::sms::change(client, notes, change).await?)),
        Job::AskSettings => JobOutcome::Settings(Box::new(jobs::settings::ask(client, notes).await?)),
    })
}

async fn finish(ticket: Ticket, task: impl Future<Output = Result<WorkerEnded, tokio::task::JoinError>>, out: &mpsc::UnboundedSender<Msg>) {
    let ended = match task.await {
        Ok(ended) => ended,
        Err(fault) if fault.is_cancelled() => return,
        Err(_) => Err(ApiError::Garbled { reason: SafeText::line("a fault in Lapel itself; the log has the details") }),
    };
    let _ = out.send(Msg::Done(ticket, ended));
}
