//! Who sends a unit's roster, as the list of units names them: 王芳 13800000011、李明.

use super::UnitEntry;
use super::people::Phone;
use super::phones::{Dialled, phone};
use super::plain::plain;

/// Somebody who speaks for a unit: a name, a number, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Liaison {
    /// Empty where the list has a number alone.
    pub name: String,
    pub phone: Option<Phone>,
}

impl UnitEntry {
    /// The unit's liaisons, in the order of the list. A number that stands alone is that of the
    /// name before it.
    #[must_use]
    pub fn liaisons(&self) -> Vec<Liaison> {
        let text = plain(self.liaison.as_deref().unwrap_or_default());
        let mut found: Vec<Liaison> = Vec::new();
        for part in text.split(['、', ',', ';', '/', '|', '\n']) {
            let digits = part.find(|c: char| c.is_ascii_digit() || c == '+');
            let (name, number) = part.split_at(digits.unwrap_or(part.len()));
            let aside = |c: char| c.is_whitespace() || "():-".contains(c);
            let name = name.trim_matches(aside);
            let phone = match phone(number.trim_end_matches(aside)) {
                Dialled::Good(phone) => Some(phone),
                Dialled::Mangled(phone) => phone,
                Dialled::Bad => None,
            };
            match found.last_mut() {
                Some(last) if name.is_empty() && last.phone.is_none() => last.phone = phone,
                _ if name.is_empty() && phone.is_none() => {}
                _ => found.push(Liaison {
                    name: name.to_owned(),
                    phone,
                }),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(cell: &str) -> Vec<(String, Option<String>)> {
        let entry = UnitEntry {
            liaison: Some(cell.to_owned()),
            ..UnitEntry::default()
        };
        let liaisons = entry.liaisons().into_iter();
        liaisons
            .map(|l| (l.name, l.phone.map(|p| p.digits().to_owned())))
            .collect()
    }

    #[test]
    fn a_name_and_a_number_stand_in_any_of_the_usual_ways() {
        let both = [("王芳".to_owned(), Some("13800000011".to_owned()))];
        for cell in [
            "王芳 13800000011",
            "王芳(13800000011)",
            "王芳（138 0000 0011）",
            "王芳：13800000011",
            "王芳/13800000011",
            "王芳,+86 13800000011",
        ] {
            assert_eq!(named(cell), both, "{cell}");
        }
    }

    #[test]
    fn a_name_alone_and_a_number_alone_will_do() {
        assert_eq!(named("王芳"), [("王芳".to_owned(), None)]);
        let number = Some("13800000011".to_owned());
        assert_eq!(named("13800000011"), [(String::new(), number)]);
        assert_eq!(named(""), []);
    }

    #[test]
    fn a_unit_may_have_two() {
        let found = named("王芳 13800000011、李明 0000-5550101");
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["王芳", "李明"]);
        assert_eq!(found[1].1.as_deref(), Some("00005550101"));
    }
}
