//! What a file's form leaves open, asked in the chat, and the answers: for this file at once, for
//! the next one of the same units too.
//!
//! An answer changes nothing by itself: the same bytes are read again with it, and the message
//! tells what came of it.

use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::{Heard, Record, RosterId, Say, Toast, Upload, UploadId, UploadState, Urgency, World};
use crate::journal::Deed;
use crate::roster::{Answers, Finding, Outline, Question, Reading};

/// What is said and asked about the form of one upload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormTalk {
    /// The units the file names before anybody has said a word of it: by them the form is known
    /// again.
    pub units: Vec<String>,
    /// What it is read by.
    pub answers: Answers,
    pub said: Said,
    /// What is still open.
    pub questions: Vec<Question>,
    /// Which of them is being asked.
    pub asking: u32,
    /// Goes up with every reading and every other question: a button of an earlier turn meant
    /// something else.
    pub turn: u32,
    /// All that was found, for the marked copy; at most [`FormTalk::FINDINGS_KEPT`].
    pub findings: Vec<Finding>,
    /// The sheet read, for workbooks.
    pub sheet: Option<String>,
}

/// Where the answers come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Nobody has said anything of this form.
    #[default]
    Nothing,
    /// Of this very file.
    Now,
    /// Of an earlier file of the form.
    LastTime,
}

/// What the message tells and asks of the form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormReport {
    pub outline: Outline,
    pub said: Said,
    /// The one that is asked now, of so many.
    pub question: Option<Question>,
    pub open: u32,
    pub turn: u32,
}

impl FormTalk {
    pub const FINDINGS_KEPT: usize = 200;

    fn question(&self) -> Option<&Question> {
        let asking = self.asking as usize;
        self.questions.get(asking).or(self.questions.first())
    }

    /// What to tell of it beside `reading`.
    pub(super) fn report(&self, reading: &Reading, world: &World) -> FormReport {
        FormReport {
            outline: Outline::of(reading, world.policy.zone),
            said: self.said,
            question: self.question().cloned(),
            open: u32::try_from(self.questions.len()).unwrap_or(u32::MAX),
            turn: self.turn,
        }
    }
}

/// What is to be done with a reading.
pub(super) enum Next {
    /// Something is known of the form: read once more by it.
    Again(FormTalk),
    Tell(FormTalk),
}

/// Takes in a reading of `upload`: what is known of its form from earlier files, or what is open.
pub(super) fn taken_in(world: &World, upload: &Upload, reading: &Reading) -> Next {
    let mut talk = upload.form.clone();
    talk.questions.clone_from(&reading.form.questions);
    talk.sheet.clone_from(&reading.source.sheet);
    talk.turn += 1;
    if matches!(upload.state, UploadState::Fetching { .. }) {
        let units = reading.roster.units();
        talk.units = units.into_iter().map(str::to_owned).collect();
        let known = said_of(world, &talk.units, upload);
        if known.iter().any(|answer| is_open(reading, answer)) {
            talk.answers = known;
            talk.said = Said::LastTime;
            return Next::Again(talk);
        }
    }
    Next::Tell(talk)
}

fn is_open(reading: &Reading, answer: &crate::roster::Answer) -> bool {
    let mut choices = reading.form.questions.iter().flat_map(|q| &q.choices);
    choices.any(|choice| choice.answers_as(answer))
}

/// What was said last of a form with these units. Files that name no unit are told apart by who
/// sends them.
fn said_of(world: &World, units: &[String], upload: &Upload) -> Answers {
    let nameless = units.iter().all(String::is_empty);
    let mut earlier = world.uploads.values().rev().filter(|other| {
        let same_hand = !nameless || other.by == upload.by;
        other.id != upload.id && other.form.units == units && same_hand
    });
    let last = earlier.find(|other| other.form.said != Said::Nothing);
    last.map(|other| other.form.answers.lasting())
        .unwrap_or_default()
}

/// Its sender answers what is asked of an upload.
pub(super) fn answered(
    draft: &mut Draft<'_>,
    heard: &Heard,
    (id, turn, choice): (UploadId, u32, u32),
    query: String,
) {
    let Some(upload) = own(draft, heard, id, turn, &query) else {
        return;
    };
    let question = upload.form.question();
    let answer = question
        .and_then(|q| q.choices.get(choice as usize))
        .cloned();
    let Some(answer) = answer else {
        toast(draft, heard, query, Toast::Outdated);
        return;
    };
    draft.note(Deed::FormTold {
        account: heard.account.0,
        upload: id.0,
        answer: answer.without_numbers(),
    });
    let mut form = upload.form.clone();
    form.answers.tell(answer);
    form.asking = 0;
    form.said = Said::Now;
    read_again(draft, upload, form);
    toast(draft, heard, query, Toast::Done);
}

/// Its sender takes back what was said of the form before, and is asked anew.
pub(super) fn asked_again(draft: &mut Draft<'_>, heard: &Heard, id: UploadId, query: String) {
    let turn = draft.world.uploads.get(&id).map_or(0, |u| u.form.turn);
    let Some(upload) = own(draft, heard, id, turn, &query) else {
        return;
    };
    draft.note(Deed::FormForgotten {
        account: heard.account.0,
        upload: id.0,
    });
    let mut form = upload.form.clone();
    form.answers = Answers::default();
    form.asking = 0;
    form.said = Said::Now;
    read_again(draft, upload, form);
    toast(draft, heard, query, Toast::Done);
}

/// Its sender would rather answer another question first.
pub(super) fn another_question(
    draft: &mut Draft<'_>,
    heard: &Heard,
    (id, turn): (UploadId, u32),
    query: String,
) {
    let Some(mut upload) = own(draft, heard, id, turn, &query) else {
        return;
    };
    let open = u32::try_from(upload.form.questions.len()).unwrap_or(u32::MAX);
    upload.form.asking = (upload.form.asking + 1) % open.max(1);
    // The report is made of a reading, and readings are not kept: the same bytes once more.
    let form = upload.form.clone();
    read_again(draft, upload, form);
    toast(draft, heard, query, Toast::Done);
}

/// The file itself again, each finding at its cell.
pub(super) fn tell_marked(draft: &mut Draft<'_>, heard: &Heard, id: UploadId, query: String) {
    let own = draft.world.uploads.get(&id);
    let Some(upload) = own.filter(|u| u.by == heard.account).cloned() else {
        toast(draft, heard, query, Toast::NotYours);
        return;
    };
    toast(draft, heard, query, Toast::Done);
    let say = Say::MarkedFile {
        upload: id,
        file_name: upload.file_name,
        sheet: upload.form.sheet,
        findings: upload.form.findings,
    };
    draft.say(heard.account, Urgency::Report, say);
}

/// The upload a button is about, if its presser sent it and the button still means what it says;
/// otherwise they are told.
fn own(
    draft: &mut Draft<'_>,
    heard: &Heard,
    id: UploadId,
    turn: u32,
    query: &str,
) -> Option<Upload> {
    let found = draft.world.uploads.get(&id).cloned();
    let Some(upload) = found.filter(|u| u.by == heard.account) else {
        toast(draft, heard, query.to_owned(), Toast::NotYours);
        return None;
    };
    // Nothing read is no end where a word of the clerk's may help.
    let is_shown = matches!(
        upload.state,
        UploadState::Read { .. } | UploadState::Refused
    );
    if !is_shown || upload.form.turn != turn {
        toast(draft, heard, query.to_owned(), Toast::Outdated);
        return None;
    }
    Some(upload)
}

fn read_again(draft: &mut Draft<'_>, upload: Upload, form: FormTalk) {
    let state = again(roster_of(&upload.state), draft.now);
    draft.put(Record::Upload(Upload {
        state,
        form,
        ..upload
    }));
}

/// To be read once more, from the bytes that are kept.
pub(super) fn again(roster: Option<RosterId>, now: crate::time::Moment) -> UploadState {
    UploadState::Again {
        roster,
        tries: 0,
        next: now,
    }
}

/// The roster a reading of the upload was kept as.
pub(super) fn roster_of(state: &UploadState) -> Option<RosterId> {
    match state {
        UploadState::Read { roster } => Some(*roster),
        UploadState::Again { roster, .. } => *roster,
        _ => None,
    }
}

fn toast(draft: &mut Draft<'_>, heard: &Heard, query: String, toast: Toast) {
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}
