//! What a roster file's form was read as, what is asked of it, and the file back with its marks.

use super::{Contents, MarkedCopy, Text, Tongue, clipped, escaped, safe};
use crate::decide::{FormReport, Press, Said, Say, UploadId};
use crate::words::{choices, marked, outline, questions};

/// A label has room for a line of the phone.
const LABEL_SHOWN: usize = 40;

/// A question quotes a cell or a row, and must leave room for the rest.
const LINE_SHOWN: usize = 160;

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let Say::MarkedFile {
        upload,
        file_name,
        sheet,
        findings,
    } = say
    else {
        return None;
    };
    let file = safe(file_name);
    let caption = t.pick(
        format!("《{file}》，要改的地方已标出；把鼠标放在标色的格子上看说明。改好再发给我。"),
        format!("{file} with what to mend marked; hover over a coloured cell for why. Mend it and send it again."),
    );
    let contents = Contents::Marked(MarkedCopy {
        upload: *upload,
        sheet: sheet.clone(),
        remarks: marked::remarks(findings, t.zone, t.lang),
    });
    Some(Text::new(caption).enclosing(marked::file_name(file_name, t.lang), contents))
}

/// "So I read it", in lines.
pub(super) fn so_read(t: &Tongue, form: &FormReport) -> Vec<String> {
    let mut lines: Vec<String> = outline::lines(&form.outline, t.lang)
        .iter()
        .map(|line| line_of(line))
        .collect();
    let told = outline::told(&form.outline, t.lang);
    if form.said == Said::LastTime && !told.is_empty() {
        lines.push(t.pick("和上次一样读：", "As you said last time:"));
    }
    lines.extend(told.iter().map(|line| format!("✍️ {}", line_of(line))));
    lines
}

/// The one question that is asked now, and how many more there are.
pub(super) fn question(t: &Tongue, form: &FormReport) -> Option<String> {
    let question = form.question.as_ref()?;
    let asked = line_of(&questions::question(question, t.lang));
    let line = format!("❓ <b>{asked}</b>");
    let more = form.open.saturating_sub(1);
    Some(match more {
        0 => line,
        _ => t.pick(
            format!("{line}（另有 {more} 问）"),
            format!("{line} ({more} more to ask)"),
        ),
    })
}

/// A row for each choice, and the ways around them.
pub(super) fn buttons(
    t: &Tongue,
    mut text: Text,
    upload: UploadId,
    form: &FormReport,
    has_marks: Marks,
) -> Text {
    let turn = form.turn;
    if let Some(question) = &form.question {
        for (choice, answer) in (0..).zip(&question.choices) {
            let label = choices::choice(question, answer, t.lang);
            let press = Press::Choose {
                upload,
                turn,
                choice,
            };
            text = text.row([(clipped(&label, LABEL_SHOWN), press)]);
        }
    }
    let mut around = Vec::new();
    if form.open > 1 {
        let label = t.pick("先问下一个", "Ask another first");
        around.push((label, Press::AnotherQuestion { upload, turn }));
    }
    if form.said == Said::LastTime && !form.outline.told.is_empty() {
        let label = t.pick("重新问我", "Ask me again");
        around.push((label, Press::AskAgain(upload)));
    }
    if has_marks == Marks::Some {
        let label = t.pick("下载标红的表", "Get marked-up file");
        around.push((label, Press::Marked(upload)));
    }
    text.row(around)
}

/// Whether there is anything to mark in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    None,
    Some,
}

fn line_of(text: &str) -> String {
    escaped(&clipped(text, LINE_SHOWN))
}
