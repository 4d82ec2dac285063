//! A paper as a Word document after GB/T 9704: A4, 37/35/28/26 mm, lines of exactly 28.95 pt,
//! the prescribed typefaces by name and none of them embedded, page numbers as "— 1 —".
//!
//! Knows how a paper is laid out and not what it says.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BorderType, Docx, FieldCharType, Footer, HeightRule, InstrPAGE, InstrText,
    LineSpacing, LineSpacingType, PageMargin, Paragraph, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders, Run, RunFonts, SpecialIndentType, Table as DocxTable, TableAlignmentType,
    TableCell, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::prescribed;
use crate::words::Lang;
use crate::words::circular::{Annex, Block, Contents, Paper, RedHead, Table};

/// Why a paper cannot be packed.
#[derive(Debug, thiserror::Error)]
#[error("the document cannot be packed: {0}")]
pub struct Unpacked(String);

/// Twips, of which a point has twenty.
const LINE: i32 = 579;
const PAGE_WIDTH: u32 = 11_906;
const PAGE_HEIGHT: u32 = 16_838;
const MARGINS: PageMargin = PageMargin {
    top: millimetres(37),
    bottom: millimetres(35),
    left: millimetres(28),
    right: millimetres(26),
    header: millimetres(15),
    // The number stands 7 mm under the last line.
    footer: millimetres(25),
    gutter: 0,
};
/// 156 mm between the margins.
const TEXT_WIDTH: i32 = millimetres(156);

/// Half-points: 二号, 三号, 四号, and small enough for a table of many columns.
const TITLE: usize = 44;
const BODY: usize = 32;
const NUMBER: usize = 28;
const CELL: usize = 20;
/// What a red head is at most.
const RED_HEAD: usize = 100;

const RED: &str = "FF0000";

const fn millimetres(count: i32) -> i32 {
    (count * 14_400 + 127) / 254
}

/// The document's bytes.
pub fn packed(paper: &Paper) -> Result<Vec<u8>, Unpacked> {
    let hand = Hand { lang: paper.lang };
    let mut docx = Docx::new()
        .page_size(PAGE_WIDTH, PAGE_HEIGHT)
        .page_margin(MARGINS)
        .default_fonts(hand.fonts(Face::Body))
        .default_size(BODY)
        .footer(hand.footer(AlignmentType::Right))
        .even_footer(hand.footer(AlignmentType::Left));
    if let Some(head) = &paper.head {
        for paragraph in hand.red_head(head) {
            docx = docx.add_paragraph(paragraph);
        }
    }
    docx = docx
        .add_paragraph(hand.title(&paper.title))
        .add_paragraph(hand.empty())
        .add_paragraph(hand.line(&paper.to, Face::Body).align(AlignmentType::Left));
    for block in &paper.blocks {
        docx = docx.add_paragraph(hand.block(block));
    }
    if !paper.enclosed.is_empty() {
        docx = docx.add_paragraph(hand.empty());
    }
    for line in &paper.enclosed {
        docx = docx.add_paragraph(hand.indented(line, Face::Body));
    }
    docx = docx.add_paragraph(hand.empty());
    for paragraph in hand.signed(&paper.signature, &paper.date) {
        docx = docx.add_paragraph(paragraph);
    }
    for annex in &paper.annexes {
        docx = hand.annexed(docx, annex);
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.build()
        .pack(&mut bytes)
        .map_err(|error| Unpacked(error.to_string()))?;
    Ok(bytes.into_inner())
}

/// What a piece of text is.
#[derive(Clone, Copy)]
enum Face {
    Title,
    Body,
    /// 黑体: the first level.
    Section,
    /// 楷体: the second.
    Point,
    Number,
}

/// How a language is set.
struct Hand {
    lang: Lang,
}

impl Hand {
    fn fonts(&self, face: Face) -> RunFonts {
        let chinese = match face {
            Face::Title => prescribed::TITLE,
            Face::Body => prescribed::BODY,
            Face::Section => prescribed::SECTION,
            Face::Point => prescribed::POINT,
            Face::Number => prescribed::NUMBER,
        };
        let latin = match self.lang {
            // Numbers in a Chinese line keep to its typeface.
            Lang::Zh => chinese,
            Lang::En => prescribed::LATIN,
        };
        RunFonts::new()
            .ascii(latin)
            .hi_ansi(latin)
            .east_asia(chinese)
    }

    fn run(&self, text: &str, face: Face) -> Run {
        let size = match face {
            Face::Title => TITLE,
            Face::Number => NUMBER,
            _ => BODY,
        };
        let run = Run::new().add_text(text).fonts(self.fonts(face)).size(size);
        match (self.lang, face) {
            // Without those typefaces weight tells the levels apart.
            (Lang::En, Face::Title | Face::Section) => run.bold(),
            (Lang::En, Face::Point) => run.italic(),
            _ => run,
        }
    }

    fn line(&self, text: &str, face: Face) -> Paragraph {
        paragraph().add_run(self.run(text, face))
    }

    fn empty(&self) -> Paragraph {
        self.line("", Face::Body)
    }

    /// Two characters in.
    fn indented(&self, text: &str, face: Face) -> Paragraph {
        first_line_in(self.line(text, face))
    }

    fn title(&self, title: &str) -> Paragraph {
        self.line(title, Face::Title)
            .align(AlignmentType::Center)
            .line_spacing(exactly(LINE * 5 / 4))
    }

    fn block(&self, block: &Block) -> Paragraph {
        match block {
            Block::Section(head) => self.indented(head, Face::Section).keep_next(true),
            Block::Point { head, text } => self
                .indented(head, Face::Point)
                .add_run(self.run(text, Face::Body))
                .align(AlignmentType::Both),
            Block::Text(text) => self.indented(text, Face::Body).align(AlignmentType::Both),
        }
    }

    /// On one line however long the name is, with the number and the red rule under it.
    fn red_head(&self, head: &RedHead) -> Vec<Paragraph> {
        // Half a character of so many half-points is five times as many twips wide.
        let fitting = twips(TEXT_WIDTH) / half_widths(&head.name).max(1) / 5;
        let size = fitting.clamp(BODY, RED_HEAD);
        let name = Run::new()
            .add_text(head.name.as_str())
            .fonts(self.fonts(Face::Title))
            .size(size)
            .color(RED);
        let rule = ParagraphBorder::new(ParagraphBorderPosition::Bottom)
            .val(BorderType::Single)
            .size(12)
            .space(4)
            .color(RED);
        let ruled = self
            .line(&head.number, Face::Body)
            .align(AlignmentType::Center)
            .set_borders(ParagraphBorders::with_empty().set(rule));
        vec![
            Paragraph::new()
                .add_run(name)
                .align(AlignmentType::Center)
                .line_spacing(LineSpacing::new().before(0).after(0)),
            self.empty(),
            ruled,
            self.empty(),
        ]
    }

    /// The date four characters from the right, the name centred on it.
    fn signed(&self, signature: &str, date: &str) -> Vec<Paragraph> {
        // Half a character of 16 pt.
        const HALF: i32 = 160;
        let wide = |text: &str| i32::try_from(half_widths(text)).unwrap_or(0) * HALF;
        let (name, day) = (wide(signature), wide(date));
        let date_in = 8 * HALF;
        let name_in = (date_in + (day - name) / 2).max(0);
        let right = |text: &str, inset: i32| {
            self.line(text, Face::Body)
                .align(AlignmentType::Right)
                .indent(None, None, Some(inset), None)
        };
        // Where the name is longer than its place, both move left together.
        let moved = (name_in - (date_in + (day - name) / 2)).max(0);
        vec![
            right(signature, name_in).keep_next(true),
            right(date, date_in + moved),
        ]
    }

    fn annexed(&self, mut docx: Docx, annex: &Annex) -> Docx {
        let label = self
            .line(&annex.label, Face::Section)
            .page_break_before(true);
        docx = docx
            .add_paragraph(label)
            .add_paragraph(self.empty())
            .add_paragraph(self.title(&annex.title))
            .add_paragraph(self.empty());
        match &annex.contents {
            Contents::Table(table) => docx.add_table(self.table(table)),
            Contents::Text(lines) => lines.iter().fold(docx, |docx, line| {
                let paragraph = self.indented(line, Face::Body);
                docx.add_paragraph(paragraph.align(AlignmentType::Both))
            }),
        }
    }

    fn table(&self, table: &Table) -> DocxTable {
        let widths = widths(table.header.len());
        let rows = std::iter::once(&table.header)
            .chain(&table.rows)
            .chain(&table.total);
        let rows = rows.map(|cells| {
            let cells = cells.iter().zip(&widths);
            let cells = cells.map(|(text, width)| self.cell(text, *width)).collect();
            TableRow::new(cells)
                .cant_split()
                .row_height(397.0)
                .height_rule(HeightRule::AtLeast)
        });
        DocxTable::new(rows.collect())
            .set_grid(widths.clone())
            .layout(TableLayoutType::Fixed)
            .align(TableAlignmentType::Center)
            .width(widths.iter().sum(), WidthType::Dxa)
    }

    fn cell(&self, text: &str, width: usize) -> TableCell {
        let run = Run::new()
            .add_text(text)
            .fonts(self.fonts(Face::Body))
            .size(CELL);
        TableCell::new()
            .width(width, WidthType::Dxa)
            .vertical_align(VAlignType::Center)
            .add_paragraph(
                Paragraph::new()
                    .add_run(run)
                    .align(AlignmentType::Center)
                    .line_spacing(exactly(280)),
            )
    }

    /// `— 1 —`, one character in from the outer edge.
    fn footer(&self, side: AlignmentType) -> Footer {
        let number = |run: Run| run.fonts(self.fonts(Face::Number)).size(NUMBER);
        let page = Run::new()
            .add_field_char(FieldCharType::Begin, false)
            .add_instr_text(InstrText::PAGE(InstrPAGE::new()))
            .add_field_char(FieldCharType::Separate, false)
            .add_text("1")
            .add_field_char(FieldCharType::End, false);
        Footer::new().add_paragraph(
            Paragraph::new()
                .add_run(number(Run::new().add_text("— ")))
                .add_run(number(page))
                .add_run(number(Run::new().add_text(" —")))
                .indent(Some(280), None, Some(280), None)
                .align(side),
        )
    }
}

fn paragraph() -> Paragraph {
    Paragraph::new()
        .line_spacing(exactly(LINE))
        .snap_to_grid(false)
}

fn exactly(twips: i32) -> LineSpacing {
    LineSpacing::new()
        .line(twips)
        .line_rule(LineSpacingType::Exact)
        .before(0)
        .after(0)
}

fn first_line_in(paragraph: Paragraph) -> Paragraph {
    // Two characters of 16 pt, also where the reader cannot count in characters.
    let twips = SpecialIndentType::FirstLine(640);
    paragraph
        .indent(Some(0), Some(twips), None, None)
        .first_line_chars(200)
}

/// The first column has room for a unit's name.
fn widths(columns: usize) -> Vec<usize> {
    let all = twips(TEXT_WIDTH);
    let first = all / 5;
    let others = columns.saturating_sub(1).max(1);
    let each = (all - first) / others;
    (0..columns)
        .map(|column| if column == 0 { first } else { each })
        .collect()
}

fn twips(width: i32) -> usize {
    usize::try_from(width).unwrap_or(0)
}

/// Chinese characters are two wide.
fn half_widths(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width_cjk(text)
}
