//! Two clients and a bad network: random saves of the pins, with a phone that changes the list at any moment and answers that are
//! lost, over the real client and the sandbox, held against what a save promises.
//!
//! One moment no client can guard: between the last reading and the writing, for the service knows no conditional write. What the
//! phone does there may be overwritten, and is left out of the promise that it is kept.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lapel::api::ApiError;
use lapel::base::job::{PinsOutcome, PinsReport, PinsSave};
use lapel::domain::pins::{PinList, PinOp};
use lapel::domain::{Id, Token};
use lapel::io::client::{Client, Server, Timeouts};
use lapel::io::notes::Notes;
use lapel::jobs;
use lapel::sandbox::{FaultKind, Options, Sandbox, ScriptedFault, World};
use serde_json::json;

use crate::day;

const GET: &str = "GET /v4/pinned_conversations";
const PUT: &str = "PUT /v4/pinned_conversations";
const POOL: usize = 10;
const CASES: u64 = 200;

/// Numbers for random cases, the same in every run (xorshift by Marsaglia).
#[derive(Clone)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.roll(times) == 0
    }
}

/// What the phone did to a pin last, and whether in the moment that cannot be guarded.
#[derive(Clone, Copy, Debug)]
struct Deed {
    pinned: bool,
    unguarded: bool,
}

/// What the phone did in all.
#[derive(Debug, Default)]
struct Diary {
    deeds: HashMap<String, Deed>,
    /// The list after the last deed, if there was one.
    list: Option<Vec<String>>,
    /// Whether the last deed may have come after the save's last reading.
    late: bool,
}

fn list_of(world: &World) -> Vec<String> {
    world["pins"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

/// One random change of the list, as a phone makes it.
fn phone(dice: &mut Dice, diary: &Arc<Mutex<Diary>>, unguarded: bool, late: bool) -> impl Fn(&mut World) + Send + Sync + 'static {
    let (kind, a, b) = (dice.roll(3), dice.roll(POOL), dice.roll(POOL));
    let diary = Arc::clone(diary);
    move |world| {
        let mut list = list_of(world);
        let id = a.to_string();
        let at = list.iter().position(|other| *other == id);
        let mut diary = diary.lock().unwrap();
        match (kind, at) {
            (0, None) => list.insert(b.min(list.len()), id.clone()),
            (1, Some(at)) => drop(list.remove(at)),
            (_, Some(at)) => {
                let id = list.remove(at);
                list.insert(b.min(list.len()), id);
            }
            _ => {}
        }
        if (kind, at.is_some()) == (0, false) || (kind, at.is_some()) == (1, true) {
            diary.deeds.insert(id, Deed { pinned: kind == 0, unguarded });
        }
        world["pins"] = json!(list);
        diary.list = Some(list);
        diary.late = late;
    }
}

/// What a person could do to a list.
fn play(dice: &mut Dice, list: &mut PinList) {
    for _ in 0..=dice.roll(4) {
        let len = list.ids().len();
        match dice.roll(6) {
            0..=2 => drop(list.move_rows(&[dice.roll(len)], dice.roll(len))),
            3 => drop(list.unpin(&[dice.roll(len)])),
            4 => drop(list.pin(Id::from(dice.roll(POOL) as u64), dice.roll(len + 1))),
            _ => drop(list.undo()),
        }
    }
}

/// Scripts what goes wrong in one save; tells for each write whether it is carried out, and whether its answer is lost.
fn script(dice: &mut Dice, sandbox: &Sandbox, diary: &Arc<Mutex<Diary>>) -> [(bool, bool); 3] {
    for nth in 0..4 {
        if dice.once_in(4) {
            sandbox.fault(ScriptedFault::once(GET, FaultKind::phone_before(phone(dice, diary, false, false))).after(nth));
        }
        if dice.once_in(8) {
            sandbox.fault(ScriptedFault::once(GET, FaultKind::phone_after(phone(dice, diary, true, true))).after(nth));
        }
        if dice.once_in(12) {
            sandbox.fault(ScriptedFault::once(GET, [FaultKind::status(502, ""), FaultKind::ResetBefore][dice.roll(2)].clone()).after(nth));
        }
    }
    [0, 1, 2].map(|nth| {
        if dice.once_in(5) {
            sandbox.fault(ScriptedFault::once(PUT, FaultKind::phone_after(phone(dice, diary, false, false))).after(nth));
        }
        if dice.once_in(8) {
            sandbox.fault(ScriptedFault::once(PUT, FaultKind::phone_before(phone(dice, diary, true, false))).after(nth));
        }
        let (trouble, applied, lost) = match dice.roll(12) {
            0 => (FaultKind::status(500, ""), false, true),
            1 => (FaultKind::ResetBefore, false, true),
            2 => (FaultKind::ApplyThenReset, true, true),
            3 => (FaultKind::ApplyThenStatus(503), true, true),
            4 => (FaultKind::status(400, ""), false, false),
            _ => return (true, false),
        };
        sandbox.fault(ScriptedFault::once(PUT, trouble).after(nth));
        (applied, lost)
    })
}

struct Case<'a> {
    mine: &'a PinList,
    start: Vec<String>,
    diary: Diary,
    /// For each write that was sent: whether it was carried out and whether its answer was lost.
    writes: Vec<(bool, bool)>,
    server: Vec<String>,
}

impl Case<'_> {
    fn check(&self, ended: &Result<PinsReport, ApiError>) {
        let distinct: HashSet<&String> = self.server.iter().collect();
        assert_eq!(distinct.len(), self.server.len(), "nothing is there twice");
        assert!(self.writes.len() <= 3, "three rounds");
        let lost = self.writes.iter().position(|(_, lost)| *lost);
        assert!(lost.is_none_or(|at| at + 1 == self.writes.len()), "nothing is sent after an answer was lost");
        if !self.writes.iter().any(|(applied, _)| *applied) {
            assert_eq!(self.server, *self.diary.list.as_ref().unwrap_or(&self.start), "what was not written changes nothing");
        }
        match ended {
            Ok(report) => self.check_report(report),
            Err(ApiError::Unknown { .. }) => assert!(!self.writes.is_empty(), "nothing sent is not unknown"),
            Err(_) => {}
        }
    }

    fn check_report(&self, report: &PinsReport) {
        let told: Vec<String> = report.server.iter().map(|id| id.as_str().to_owned()).collect();
        if !self.diary.late {
            assert_eq!(told, self.server, "the list told is the server's");
        }
        match &report.end {
            PinsOutcome::Saved => self.check_saved(report, &told),
            PinsOutcome::Conflict => {
                assert!(report.result.conflicts.iter().all(|conflict| !told.contains(&conflict.id.as_str().to_owned())));
                assert!(!report.result.conflicts.is_empty());
            }
            PinsOutcome::Contended => assert_eq!(self.writes.len(), 3),
            PinsOutcome::NotSaved(_) => assert!(self.writes.last().is_some_and(|(_, lost)| *lost)),
        }
    }

    fn check_saved(&self, report: &PinsReport, told: &[String]) {
        let again = self.mine.replay(&report.server);
        assert!(again.conflicts.is_empty() && again.list.ids() == report.server, "the operations are all there");
        let mine = |id: &str| {
            let id = Id::from(id);
            (self.mine.base().contains(&id), self.mine.ids().contains(&id))
        };
        for (id, deed) in self.diary.deeds.iter().filter(|(_, deed)| !deed.unguarded) {
            match (deed.pinned, mine(id)) {
                (true, (true, false)) | (false, (false, true)) => {}
                (true, _) => assert!(told.contains(id), "pinned by the phone, and lost: {id}"),
                (false, _) => assert!(!told.contains(id), "unpinned by the phone, and back: {id}"),
            }
        }
    }
}

#[tokio::test]
async fn a_save_keeps_its_promises_in_every_race() {
    let sandbox = day::sandbox(Options::default()).await;
    let patience = Timeouts { backoff: Duration::ZERO, most_per_second: usize::MAX, ..Timeouts::default() };
    let client = Client::with_patience(Server::parse(&sandbox.url()).unwrap(), Token::parse(sandbox.token()).ok(), patience);
    let mut ends = HashMap::new();
    for seed in 1..=CASES {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for _ in 0..5 {
            dice.roll(2);
        }
        let start: Vec<String> = (0..POOL).filter(|_| !dice.once_in(3)).map(|id| id.to_string()).collect();
        let mut list = PinList::new(start.iter().map(|id| Id::from(id.as_str())));
        play(&mut dice, &mut list);
        sandbox.clear_faults();
        sandbox.edit(|world| world["pins"] = json!(start));
        let diary = Arc::<Mutex<Diary>>::default();
        let plan = script(&mut dice, &sandbox, &diary);
        let seen = sandbox.log().len();
        let save = PinsSave { account: "93645911".into(), list: list.clone() };
        let ended = jobs::pins::save(&client, &Notes::nowhere(day::clock()), &save).await;
        let written = sandbox.log()[seen..].iter().filter(|seen| seen.method == "PUT").count();
        let diary = std::mem::take(&mut *diary.lock().unwrap());
        *ends.entry(ended.as_ref().map_or("error", |report| word(&report.end))).or_insert(0) += 1;
        let told = || format!("seed {seed}: {start:?} {:?} {diary:?} {plan:?}\n{ended:#?}", list.ops().collect::<Vec<&PinOp>>());
        let story = told();
        let case = Case { mine: &list, start, diary, writes: plan[..written.min(3)].to_vec(), server: sandbox.pins() };
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| case.check(&ended)));
        assert!(checked.is_ok(), "{story}");
    }
    for end in ["saved", "conflict", "not saved", "error"] {
        assert!(ends.get(end).is_some_and(|count| *count > 3), "the cases reach too little: {ends:?}");
    }
}

fn word(end: &PinsOutcome) -> &'static str {
    match end {
        PinsOutcome::Saved => "saved",
        PinsOutcome::Conflict => "conflict",
        PinsOutcome::Contended => "contended",
        PinsOutcome::NotSaved(_) => "not saved",
    }
}
