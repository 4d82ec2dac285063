//! What a reading of the queue and the fate of messages mean: inputs for `decide`, and what the
//! store is to note. Nothing here keeps anything.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::keeper::{Lies, Reading, Rest, Sent, Wanted};
use crate::decide::{
    Change, Heard, Input, Key, Pinged, Say, Slot, UploadId, UploadState, World, decide,
};
use crate::spotcheck::Unreached;
use crate::store::{Arrival, Fate, RawUpdate, Settled};
use crate::telegram::{self, SendError};
use crate::time::{Moment, TimeDelta};

/// When a dry reading of the queue will first close one of the world's checks.
pub(crate) fn reading_due(world: &World) -> Option<Moment> {
    world.checks.reading_due()
}

/// The files to be fetched but for those of `under_way`, and when.
pub(crate) fn fetching<'a>(
    world: &'a World,
    under_way: &'a BTreeSet<UploadId>,
) -> impl Iterator<Item = (Moment, Wanted)> + 'a {
    world.uploads.values().filter_map(move |upload| {
        let (next, lies) = match upload.state {
            UploadState::Fetching { next, .. } if upload.file.is_empty() => (next, Lies::Here),
            UploadState::Fetching { next, .. } => (next, Lies::WithTelegram),
            UploadState::Again { next, .. } => (next, Lies::Here),
            _ => return None,
        };
        let wanted = Wanted {
            upload: upload.id,
            file: upload.file.clone(),
            lies,
            answers: upload.form.answers.clone(),
        };
        (!under_way.contains(&upload.id)).then_some((next, wanted))
    })
}

/// All that one reading of the queue says, `unseen` being its updates that were not read before.
pub(crate) fn news_in<'a>(
    reading: &Reading,
    unseen: impl IntoIterator<Item = &'a RawUpdate>,
    key: &Key,
    now: Moment,
    chance: &mut impl FnMut() -> [u8; 32],
) -> Vec<Input> {
    let unseen = unseen.into_iter();
    let heard = unseen.filter_map(|update| understood(update, key, now, chance()));
    let (began, dated) = (reading.began, reading.dated);
    // What is late may only be what came after something that was lost.
    let mut inputs = vec![Input::QueueOpened { began, dated }];
    inputs.extend(heard);
    match (reading.rest, newest(&inputs)) {
        (Rest::Dry, _) => inputs.push(Input::QueueRead { began }),
        (Rest::More | Rest::Pushed, Some(dated)) => {
            inputs.push(Input::QueueFull { began, dated });
        }
        (Rest::More | Rest::Pushed, None) | (Rest::PushedAhead | Rest::Brought, _) => {}
    }
    inputs
}

/// What an update says somebody did; none where it concerns nobody. One that breaks the reading
/// of it is kept raw like every other, and must not come back for ever.
fn understood(update: &RawUpdate, key: &Key, now: Moment, chance: [u8; 32]) -> Option<Input> {
    let heard = catch_unwind(|| telegram::heard(&update.raw, key, now, chance));
    match heard {
        Ok(Ok(heard)) => Some(Input::Heard(heard)),
        Ok(Err(reason)) => {
            tracing::debug!(update = update.id, ?reason, "kept, not read");
            None
        }
        Err(_) => {
            tracing::error!(
                update = update.id,
                "an update broke its reading; it is kept"
            );
            None
        }
    }
}

/// The updates that were said by nobody known, once all of `inputs` is decided: who binds their
/// account with one is no stranger.
pub(super) fn strangers(world: &World, inputs: &[Input]) -> BTreeSet<i64> {
    let heard = inputs.iter().filter_map(|input| match input {
        Input::Heard(heard) => Some(heard),
        _ => None,
    });
    heard
        .filter(|heard| world.is_stranger(heard.account))
        .map(|heard| heard.update)
        .collect()
}

/// The latest of Telegram's dates among what was said.
fn newest(inputs: &[Input]) -> Option<Moment> {
    let dates = inputs.iter().map(|input| match input {
        Input::Heard(heard) => heard.dated,
        _ => None,
    });
    dates.flatten().max()
}

/// One input must not bring the others down: what panics is kept raw and changes nothing.
pub(crate) fn decided(world: &World, input: &Input, now: Moment) -> Change {
    catch_unwind(AssertUnwindSafe(|| decide(world, input, now))).unwrap_or_else(|_| {
        let update = match input {
            Input::Heard(Heard { update, .. }) => Some(*update),
            _ => None,
        };
        tracing::error!(
            ?update,
            "a decision broke off; the input is kept and changes nothing"
        );
        Change::default()
    })
}

/// What the store is to note of a message that was sent.
pub(crate) fn settled(sent: &Sent) -> Settled {
    let fate = match &sent.result {
        Ok(receipt) => Fate::Sent {
            message: receipt.message,
        },
        Err(SendError::Later { after, fate }) => Fate::Later {
            at: sent.at + TimeDelta::from_std(*after).unwrap_or(TimeDelta::MAX),
            arrival: match fate {
                telegram::Fate::NotSent => Arrival::Missed,
                telegram::Fate::Unknown => Arrival::Unknown,
            },
        },
        Err(SendError::Moved { to }) => Fate::Moved { to: *to },
        Err(SendError::Gone(reason)) => Fate::Dead {
            why: format!("{reason:?}"),
        },
        Err(SendError::Broken(words)) => {
            tracing::error!(words, "Telegram refuses a message of ours");
            Fate::Dead { why: words.clone() }
        }
    };
    Settled {
        notice: sent.due.id,
        fate,
    }
}

/// What the fate of messages means for those they were for and about.
pub(crate) fn news_of(sent: &[Sent]) -> Vec<Input> {
    sent.iter()
        .flat_map(|sent| pinged(sent).into_iter().chain(undelivered(sent)))
        .collect()
}

/// Who is not reached by any message.
fn undelivered(sent: &Sent) -> Option<Input> {
    let Err(SendError::Gone(reason)) = &sent.result else {
        return None;
    };
    Some(Input::Undelivered {
        account: sent.due.notice.to,
        reason: *reason,
    })
}

/// What the fate of a ping means for its check. A reminder or an edit changes nothing there.
fn pinged(sent: &Sent) -> Option<Input> {
    let asked = match (&sent.due.notice.say, sent.due.notice.slot) {
        (Say::Ping(ping), Some(Slot::Ping(_))) => (ping.check, None),
        (Say::Escalation { check, .. }, Some(Slot::Rung(_, rung))) => (*check, Some(rung)),
        _ => return None,
    };
    let result = match &sent.result {
        Ok(receipt) => Pinged::Delivered {
            dated: receipt.dated.unwrap_or(sent.at),
            confirmed: sent.at,
        },
        Err(SendError::Gone(reason)) => Pinged::Refused(*reason),
        Err(SendError::Broken(_)) => Pinged::Refused(Unreached::Refused),
        Err(SendError::Later { .. } | SendError::Moved { .. }) => return None,
    };
    Some(match asked {
        (check, None) => Input::Pinged { check, result },
        (check, Some(rung)) => Input::RungTold {
            check,
            rung,
            result,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reading_brings_is_weighed_after_what_it_may_lack() {
        let text = serde_json::json!({"update_id": 9, "message": {
            "message_id": 4,
            "date": 1_790_000_000,
            "chat": {"id": 7, "type": "private", "first_name": "甲"},
            "from": {"id": 7, "is_bot": false, "first_name": "甲"},
            "text": "在岗",
        }});
        let update = RawUpdate {
            id: 9,
            raw: text.to_string(),
        };
        let began = Moment::from_timestamp(1_790_000_010, 0).unwrap();
        let reading = Reading {
            updates: vec![update.clone()],
            began,
            dated: None,
            rest: Rest::Dry,
        };
        let key = Key::new([7; 32]);
        let inputs = news_in(&reading, [&update], &key, began, &mut || [0; 32]);
        assert!(
            matches!(
                inputs[..],
                [
                    Input::QueueOpened { .. },
                    Input::Heard(_),
                    Input::QueueRead { .. }
                ]
            ),
            "{inputs:?}"
        );
    }
}
