use super::{Meaning, meaning};
use crate::roster::Code;

#[expect(clippy::too_many_lines, reason = "every rule once, in order")]
pub(super) fn meaning_of(code: Code) -> Meaning {
    match code {
        Code::G001 => meaning(
            "For some of the period there is no duty officer.",
            "Somebody has to be there day and night; leaders and standby do not man the officers' post.",
        ),
        Code::G002 => meaning(
            "For some of the period there is no duty leader.",
            "When something happens somebody has to decide; an officer cannot lead for the leader.",
        ),
        Code::G003 => meaning(
            "A few minutes (15 at most) between two shifts have nobody.",
            "Mostly a slip of the pen, but the handover has to be manned too; it stands instead of G001 and G002.",
        ),
        Code::G004 => meaning(
            "Between the period's start and the first handover (12 h at most) nobody is rostered.",
            "That time belongs to the shift of the day before and is no gap, only a reminder. An early end is a gap.",
        ),
        Code::G005 => meaning(
            "Fewer people than the post needs, or nobody on standby.",
            "Too few cannot cope when something happens. The need comes from --need or from min_staff of units.csv, else it is one.",
        ),
        Code::G006 => meaning(
            "A unit on the list has sent no roster.",
            "Nothing can be said about it: its whole period is unknown.",
        ),
        Code::C101 => meaning(
            "One person in two places at once: two units, two posts, or overlapping shifts of one post.",
            "They can be in one place only, so the other has nobody. A mere shared name, with no number to tell, is a warning.",
        ),
        Code::C102 => meaning(
            "Two people on one post at once, in two rows.",
            "Two may be meant, or two versions of the roster were mixed.",
        ),
        Code::C103 => meaning(
            "The same shift is listed twice.",
            "Mostly a row pasted once too often; the person counts once.",
        ),
        Code::C104 => meaning(
            "Shift after shift without a break, up to the limit (24 h) or beyond.",
            "People tire, and nobody answers at night. One duty day rostered as a whole is fine.",
        ),
        Code::C105 => meaning(
            "The leader of a shift is its officer too.",
            "Leading means checking on duty; whoever checks on themselves checks nobody.",
        ),
        Code::C106 => meaning(
            "Too little rest between two shifts of one person.",
            "Who comes straight from a night makes mistakes. Asked only with --min-rest.",
        ),
        Code::C107 => meaning(
            "More people than needed.",
            "Asked only with --need; overlaps at a handover show up too.",
        ),
        Code::P201 => meaning(
            "Not a telephone number, even without its blanks and dashes.",
            "Spot checks and emergencies depend on it; a number that does not ring is none.",
        ),
        Code::P202 => meaning(
            "One number stands beside two names.",
            "One of them is mostly wrong, and a spot check finds the wrong person.",
        ),
        Code::P203 => meaning(
            "One name in a unit has two numbers.",
            "Nobody knows which to ring; or these are two people.",
        ),
        Code::P204 => meaning(
            "A unit gives no duty line.",
            "When no mobile answers, the duty room's own line is the last resort.",
        ),
        Code::P205 => meaning(
            "Where a name should stand there is none: to be decided, all staff, a title alone.",
            "Without a person nobody is responsible; the shift counts as empty.",
        ),
        Code::F301 => meaning(
            "The file is not UTF-8 and was read in a guessed encoding.",
            "A wrong guess reads wrong characters; glance at the names.",
        ),
        Code::F302 => meaning(
            "A column was recognised by a near spelling or by what it holds.",
            "If that is wrong, so is everything read from it; please confirm.",
        ),
        Code::F303 => meaning(
            "There is no such date.",
            "A wrong date cannot be read, and its day cannot be judged.",
        ),
        Code::F304 => meaning(
            "Start and end are full dates, and the end is no later than the start.",
            "Nobody can tell which day was meant; the shift does not count.",
        ),
        Code::F305 => meaning(
            "Empty cells were read as merged with the one above.",
            "Only where the whole column behaves so; check for cells that are empty on purpose.",
        ),
        Code::F306 => meaning(
            "A spreadsheet turned a number into 1.38E+10 or 13800000001.0.",
            "Its last digits may be lost; make the column text and write the numbers again.",
        ),
        Code::F307 => meaning(
            "The unit is not on the list of units.",
            "Mostly another spelling: it counts as another unit, and the real one as missing.",
        ),
        Code::F308 => meaning(
            "The file says no hours; the handover was assumed.",
            "Assumed hours may not be the real ones, nor then the gaps. Set them with --handover.",
        ),
        Code::F309 => meaning(
            "A column nobody can name.",
            "It was not used; if it holds names or times, give it a header.",
        ),
        Code::F310 => meaning(
            "Not a clock time, such as 25:00.",
            "The hour cannot be read; the shift does not count.",
        ),
        Code::F311 => meaning(
            "The file is empty.",
            "Mostly a failed export, or the wrong file.",
        ),
        Code::F312 => meaning(
            "The file is no table: a picture, an archive or something else.",
            "Another extension does not change what it is; save it as CSV or xlsx.",
        ),
        Code::F313 => meaning(
            "The file is too large.",
            "No roster is that large; mostly it carries tens of thousands of empty rows.",
        ),
        Code::F314 => meaning(
            "The text cannot be decoded.",
            "The encoding is unknown or the file damaged; save it as CSV in UTF-8.",
        ),
        Code::F315 => meaning(
            "A quote is never closed.",
            "From there on everything becomes one cell, and nobody knows how many rows there are.",
        ),
        Code::F316 => meaning(
            "The file holds zero bytes.",
            "Mostly it is damaged, or no text at all.",
        ),
        Code::F317 => meaning(
            "Not one date in the whole file.",
            "Nobody can tell which days these shifts are for.",
        ),
        Code::F318 => meaning(
            "Not one shift could be read.",
            "Every row has a problem, or this is no roster.",
        ),
        Code::F319 => meaning(
            "A row that looks like duty and could not be read.",
            "Unreadable is not uncovered: the hole beside it is not called a gap.",
        ),
        Code::F320 => meaning(
            "The file gives no year; it was taken from elsewhere.",
            "With a wrong year, weekdays and holidays are wrong too.",
        ),
        Code::F321 => meaning(
            "Rows are wider than the header; some columns have no name.",
            "Whose duty they are is a guess; give them headers.",
        ),
        Code::F322 => meaning(
            "A doubtful time: start and end are the same, or far too long beside its neighbours.",
            "It may be no hours or 24; it is left out until somebody says.",
        ),
        Code::F323 => meaning(
            "One shift longer than believable: 24 h, or 28 h with both dates written out.",
            "Mostly one digit of a date is wrong; it is left out.",
        ),
        Code::F324 => meaning(
            "A date that can be read in two ways: is 03/10 March or October?",
            "The period settles it, or somebody has to.",
        ),
        Code::F325 => meaning(
            "More than one sheet looks like a roster; only the one with most shifts was read.",
            "Not one shift of the others counts; saved as files of their own, all are read.",
        ),
        Code::F326 => meaning(
            "This was read as a person answered: what a column is, when the handover is, whether an end is the next day, which row is left out.",
            "What rests on somebody's word must show, so that it can be taken back; a file that says it itself needs no word.",
        ),
        Code::F327 => meaning(
            "The spreadsheet does not show this: shifts in a hidden row or column, which were read, or a text under a merged cell, which was not.",
            "Whoever looks at the sheet does not see what the program reads; shown again or deleted, it leaves no doubt.",
        ),
        Code::H401 => meaning(
            "A shift is outside the period.",
            "It was read and is not counted; told in case the month is wrong.",
        ),
        Code::H402 => meaning(
            "The period is unknown: none given, and no announced holiday fits the dates.",
            "The State Council announces holidays year by year; a year not announced is never guessed. Give --from and --to.",
        ),
        Code::H403 => meaning(
            "The date and its weekday do not agree.",
            "One of them is wrong, and the shift may be on another day.",
        ),
        Code::R501 => meaning(
            "Somebody on duty within 24 h has no chat account bound.",
            "Spot checks cannot reach them.",
        ),
        Code::R502 => meaning(
            "The last message could not be delivered.",
            "They may have blocked the bot or changed accounts; telephone them.",
        ),
        Code::X901 => meaning(
            "An entry to ignore something hits nothing.",
            "The problem is gone; left standing, it would hide the next one.",
        ),
        Code::X902 => meaning(
            "A remark asks to ignore a rule and gives no reason, or names what is no rule.",
            "Without a reason it does not count: nobody would know later why it was let stand.",
        ),
    }
}
