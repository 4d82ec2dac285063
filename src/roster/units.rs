//! The lists an office keeps beside the rosters: who must send one, and what must be manned.
//! They are our own plain form (`units.csv`, `need.csv`), not a clerk's free one.

/// One line of `units.csv`: a unit that must send a roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitEntry {
    pub unit: String,
    /// 乡镇, 部门…; free words.
    pub kind: Option<String>,
    pub duty_line: Option<String>,
    /// How many officers at once, at least.
    pub min_staff: Option<u32>,
    /// Who sends the unit's roster.
    pub liaison: Option<String>,
}

/// One line of `need.csv`: how many a post of a unit needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedEntry {
    pub unit: String,
    /// The post's name.
    pub post: String,
    pub count: u32,
}

/// Why a list cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListFault {
    /// The header lacks this column.
    NoColumn(&'static str),
    /// The cell in this record (from 1, header included) is not a whole number.
    NotANumber { row: u32, cell: String },
}

/// Reads `unit,kind,duty_line,min_staff,liaison`, in any order; only `unit` must be there.
/// Lines without a unit are blank lines, and those that begin with `#` are comments.
pub fn unit_entries(text: &str) -> Result<Vec<UnitEntry>, ListFault> {
    let table = Table::of(text);
    let unit = table.column("unit")?;
    let kind = table.column("kind").ok();
    let duty_line = table.column("duty_line").ok();
    let min_staff = table.column("min_staff").ok();
    let liaison = table.column("liaison").ok();
    table
        .lines()
        .filter(|line| !line.cell(Some(unit)).is_empty())
        .map(|line| {
            Ok(UnitEntry {
                unit: line.cell(Some(unit)).to_owned(),
                kind: line.filled(kind),
                duty_line: line.filled(duty_line),
                min_staff: match line.cell(min_staff) {
                    "" => None,
                    _ => Some(line.number(min_staff)?),
                },
                liaison: line.filled(liaison),
            })
        })
        .collect()
}

/// Reads `unit,role,required`, where `role` is the post's name.
pub fn need_entries(text: &str) -> Result<Vec<NeedEntry>, ListFault> {
    let table = Table::of(text);
    let unit = table.column("unit")?;
    let role = table.column("role")?;
    let required = table.column("required")?;
    table
        .lines()
        .filter(|line| !line.cell(Some(role)).is_empty())
        .map(|line| {
            Ok(NeedEntry {
                unit: line.cell(Some(unit)).to_owned(),
                post: line.cell(Some(role)).to_owned(),
                count: line.number(Some(required))?,
            })
        })
        .collect()
}

struct Table {
    header: csv::StringRecord,
    records: Vec<csv::StringRecord>,
}

struct Line<'a> {
    row: u32,
    record: &'a csv::StringRecord,
}

impl Table {
    fn of(text: &str) -> Self {
        let mut records = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes())
            .into_records()
            .filter_map(Result::ok);
        Self {
            header: records.next().unwrap_or_default(),
            records: records.collect(),
        }
    }

    fn column(&self, name: &'static str) -> Result<usize, ListFault> {
        self.header
            .iter()
            .position(|cell| cell.eq_ignore_ascii_case(name))
            .ok_or(ListFault::NoColumn(name))
    }

    fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        (2..)
            .zip(&self.records)
            .map(|(row, record)| Line { row, record })
            .filter(|line| !line.cell(Some(0)).starts_with('#'))
    }
}

impl Line<'_> {
    fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|c| self.record.get(c)).unwrap_or_default()
    }

    fn filled(&self, column: Option<usize>) -> Option<String> {
        Some(self.cell(column).to_owned()).filter(|cell| !cell.is_empty())
    }

    fn number(&self, column: Option<usize>) -> Result<u32, ListFault> {
        let cell = self.cell(column);
        cell.parse().map_err(|_| ListFault::NotANumber {
            row: self.row,
            cell: cell.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_units_needs_only_the_units() {
        let entries = unit_entries(
            "\u{feff}unit,min_staff,duty_line\n石桥镇,2,0000-5550301\n柳河镇,,\n,,\n# 大湾乡,1,\n",
        );
        let expected = vec![
            UnitEntry {
                unit: "石桥镇".to_owned(),
                min_staff: Some(2),
                duty_line: Some("0000-5550301".to_owned()),
                ..UnitEntry::default()
            },
            UnitEntry {
                unit: "柳河镇".to_owned(),
                ..UnitEntry::default()
            },
        ];
        assert_eq!(entries, Ok(expected));
    }

    #[test]
    fn a_list_that_cannot_be_used_says_which_cell() {
        assert_eq!(unit_entries("name\nA\n"), Err(ListFault::NoColumn("unit")));
        assert_eq!(
            need_entries("unit,role,required\nA,值班员,two\n"),
            Err(ListFault::NotANumber {
                row: 2,
                cell: "two".to_owned()
            })
        );
    }
}
