use serde::{Deserialize, Serialize};

use super::Record;

/// The highest number of each kind that was ever given out. People see them and buttons bear
/// them, so none is given twice: not even after an older copy of the database was put back, when
/// what was given in between is to be found nowhere in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Given {
    pub upload: u32,
    pub roster: u32,
    pub version: u32,
    pub round: u32,
    pub check: u32,
    pub leave: u32,
    pub report: u32,
    pub page: u32,
    pub draw: u32,
    pub circular: u32,
}

impl Given {
    /// `record` bears a number.
    pub fn seen(&mut self, record: &Record) {
        let (highest, number) = match record {
            Record::Upload(upload) => (&mut self.upload, upload.id.0),
            Record::Roster(id, _) => (&mut self.roster, id.0),
            Record::Version(version) => (&mut self.version, version.number),
            Record::Round(round) => (&mut self.round, round.id.0),
            Record::Check(check) => (&mut self.check, check.id.0),
            Record::Leave(leave) => (&mut self.leave, leave.id.0),
            Record::DailyReport(report) => (&mut self.report, report.id.0),
            Record::Page(page) => (&mut self.page, page.id.0),
            Record::Draw(draw) => (&mut self.draw, draw.id.0),
            Record::Circular(proceeding) => (&mut self.circular, proceeding.id.0),
            Record::Given(given) => return *self = self.or(*given),
            Record::Account(_)
            | Record::Hearing(_)
            | Record::Bot(_)
            | Record::HeadTold(_)
            | Record::Contact(_)
            | Record::DailyMark(_) => return,
        };
        *highest = number.max(*highest);
    }

    /// Of each kind the higher one.
    #[must_use]
    fn or(self, other: Self) -> Self {
        Self {
            upload: self.upload.max(other.upload),
            roster: self.roster.max(other.roster),
            version: self.version.max(other.version),
            round: self.round.max(other.round),
            check: self.check.max(other.check),
            leave: self.leave.max(other.leave),
            report: self.report.max(other.report),
            page: self.page.max(other.page),
            draw: self.draw.max(other.draw),
            circular: self.circular.max(other.circular),
        }
    }
}
