//! `lapel pins`: the pinned conversations, in order.
//!
//! Every change goes through the same job as the editor's: what other devices did meanwhile is kept.

mod change;
mod history;
mod names;
mod print;

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::args::PinsCommand;
use super::context::Context;
use super::exit::Failure;
use crate::base::kept::{kept_chats, kept_groups, kept_pins, known_pins};
use crate::domain::Account;
use crate::domain::Id;
use crate::domain::pins::{CachedPin, Directory, PinList, typed_id};
use crate::io::cache::{Cache, remember_account};
use crate::io::client::Client;
use crate::io::paths::Identity;
use crate::jobs::read;

/// The pins and all that is known about them.
pub(super) struct PinsContext<'a> {
    context: &'a Context,
    client: Client,
    account: Account,
    /// The list as read, with what is to be done to it.
    pub(super) list: PinList,
    /// Read only when names or states are wanted.
    directory: Option<Directory>,
}

/// Lists or changes the pins.
pub(super) async fn run(context: &Context, command: Option<&PinsCommand>) -> Result<(), Failure> {
    let command = command.unwrap_or(&PinsCommand::List);
    let mut pins = if wants_names(command) { PinsContext::read_with_names(context).await? } else { PinsContext::read(context).await? };
    match command {
        PinsCommand::List => return pins.print().await,
        PinsCommand::History => return pins.history().await,
        PinsCommand::Prune => return pins.prune().await,
        PinsCommand::Restore { number } => return pins.restore(*number).await,
        PinsCommand::Move { id, position } => pins.place(std::slice::from_ref(id), position.saturating_sub(1)).await?,
        PinsCommand::Top { ids } => pins.place(ids, 0).await?,
        PinsCommand::Bottom { ids } => pins.place(ids, usize::MAX).await?,
        PinsCommand::Add { ids } => pins.add(ids).await?,
        PinsCommand::Remove { ids } => pins.remove(ids).await?,
    }
    pins.save().await
}

/// Whether names are wanted for certain: to be shown, or to find what is meant.
fn wants_names(command: &PinsCommand) -> bool {
    match command {
        PinsCommand::List | PinsCommand::Prune => true,
        PinsCommand::History | PinsCommand::Restore { .. } => false,
        PinsCommand::Move { id, .. } => typed_id(id).is_none(),
        PinsCommand::Top { ids } | PinsCommand::Bottom { ids } | PinsCommand::Add { ids } | PinsCommand::Remove { ids } => {
            ids.iter().any(|id| typed_id(id).is_none())
        }
    }
}

impl<'a> PinsContext<'a> {
    /// Reads the list.
    pub(super) async fn read(context: &'a Context) -> Result<Self, Failure> {
        let client = context.client()?;
        let (account, list) = tokio::join!(context.account(&client), read::pins(&client));
        let (account, list) = (account?, PinList::new(list?));
        Ok(Self { context, client, account, list, directory: None })
    }

    /// Reads the list and all that is known about the conversations, side by side.
    pub(super) async fn read_with_names(context: &'a Context) -> Result<Self, Failure> {
        let client = context.client()?;
        let (account, list, listings) = tokio::join!(context.account(&client), read::pins(&client), Box::pin(names::listings(&client)));
        let (account, list) = (account?, PinList::new(list?));
        let mut pins = Self { context, client, account, list, directory: None };
        pins.learn(listings).await;
        Ok(pins)
    }

    /// All that is known about the conversations, read at the first call.
    pub(super) async fn directory(&mut self) -> &Directory {
        if let Some(directory) = self.directory.take() {
            return self.directory.insert(directory);
        }
        let listings = Box::pin(names::listings(&self.client)).await;
        self.learn(listings).await
    }

    /// Takes listings, and reads the topics if there may be one among the pins.
    async fn learn(&mut self, listings: Directory) -> &Directory {
        let topics = Box::pin(names::topics(&self.client, self.list.ids(), &listings)).await;
        let directory = Directory { me: Some(self.account.id.clone()), known: self.remembered(), topics, ..listings };
        self.remember(&directory);
        self.directory.insert(directory)
    }

    fn cache(&self) -> Cache {
        Cache::new(&self.context.paths, Identity::new(&self.context.label, self.account.id.clone()))
    }

    /// Keeps names for completions and for the editor's next start; of what could not be read, those of before.
    fn remember(&self, directory: &Directory) {
        if self.context.global.dry_run || self.context.sandbox.is_some() {
            return;
        }
        let mut values = self.cache().load().map(|(values, _)| values).filter(Json::is_object).unwrap_or_else(|| json!({}));
        let base = self.list.base();
        values["pins"] = json!({"pinned_conversation_ids": base});
        values["known"] = kept_pins(base, directory);
        if directory.groups.complete {
            values["groups"] = kept_groups(&directory.groups);
        }
        if directory.chats.complete {
            values["chats"] = kept_chats(&directory.chats);
        }
        let kept = self.cache().save(&values).and_then(|()| match self.context.token() {
            Ok(Some(token)) => remember_account(&self.context.paths, &self.context.label, &token, &self.account.id),
            _ => Ok(()),
        });
        if let Err(error) = kept {
            tracing::warn!(%error, "the names of conversations are not kept");
        }
    }

    /// What earlier runs remember of the pins: groups that are gone.
    fn remembered(&self) -> HashMap<Id, CachedPin> {
        self.cache().load().map(|(values, _)| known_pins(&values)).unwrap_or_default()
    }

    /// The name of a conversation, else its id.
    pub(super) fn name(&self, id: &Id) -> crate::domain::SafeText {
        let row = self.directory.as_ref().and_then(|directory| directory.resolve(std::slice::from_ref(id)).pop());
        row.and_then(|row| row.name).map_or_else(|| id.shown(), |name| name.line())
    }
}
