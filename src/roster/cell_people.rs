//! Who a cell names: people, each with a telephone where one is told; what is wrong with them is
//! found.

use super::CellUse;
use super::book::{At, place};
use super::finding::Code;
use super::misread::Misread;
use super::names::Naming;
use super::people::{Person, Phone};
use super::phones::{Dialled, numbers, phone};
use super::plain::quoted;
use super::reader::Reader;

impl Reader<'_, '_> {
    /// The people a cell names, each with a telephone where one is told; what is wrong is found.
    pub(super) fn people(
        &mut self,
        at: At,
        text: &str,
        dialled: Option<(At, &str)>,
    ) -> Vec<Person> {
        let naming = self.wording.naming(text);
        self.people_of(at, text, &naming, dialled)
    }

    /// The same of a cell that names people because a person says so: then any word is a name.
    pub(super) fn people_as_told(
        &mut self,
        at: At,
        text: &str,
        dialled: Option<(At, &str)>,
    ) -> Vec<Person> {
        let naming = self.wording.naming(text).as_told();
        self.people_of(at, text, &naming, dialled)
    }

    pub(super) fn people_of(
        &mut self,
        at: At,
        text: &str,
        naming: &Naming,
        dialled: Option<(At, &str)>,
    ) -> Vec<Person> {
        self.complain(at, text, naming);
        let mut people: Vec<Person> = Vec::with_capacity(naming.people.len());
        for named in &naming.people {
            let own: Vec<_> = named
                .numbers
                .iter()
                .filter_map(|n| self.number(at, n))
                .collect();
            if !named.is_likely && !named.name.is_ascii() {
                self.book.find(
                    Code::P205,
                    at,
                    Misread::DoubtfulName {
                        name: named.name.clone(),
                    },
                );
            }
            people.push(Person {
                name: named.name.clone(),
                phone: own.into_iter().next(),
            });
        }
        if let Some((dialled_at, text)) = dialled {
            let found: Vec<_> = numbers(text)
                .into_iter()
                .map(|n| self.number(dialled_at, n))
                .collect();
            let several = people.len() > 1;
            let free: Vec<_> = people.iter_mut().filter(|p| p.phone.is_none()).collect();
            if several && found.len() != free.len() && found.iter().any(Option::is_some) {
                let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let matter = Misread::UnpairedPhones {
                    people: count(free.len()),
                    numbers: count(found.len()),
                };
                self.book
                    .find_at(Code::P202, Some(place(dialled_at)), matter);
                return people;
            }
            for (person, number) in free.into_iter().zip(found) {
                person.phone = number;
            }
        }
        people
    }

    fn complain(&mut self, at: At, text: &str, naming: &Naming) {
        for text in &naming.unnamed {
            self.book
                .find(Code::P205, at, Misread::NamesNobody { text: text.clone() });
        }
        for name in &naming.away {
            self.book
                .find(Code::P205, at, Misread::Away { name: name.clone() });
        }
        for text in &naming.times {
            let text = text.clone();
            self.book
                .find(Code::F322, at, Misread::BracketedTime { text });
        }
        if !naming.unclear.is_empty() {
            self.book
                .find(Code::F319, at, Misread::Unreadable { text: quoted(text) });
        }
        if naming.nobody {
            self.book.account(at, CellUse::Note, None);
        }
    }

    fn number(&mut self, at: At, text: &str) -> Option<Phone> {
        let text = text.trim();
        if matches!(text, "" | "/" | "-" | "无" | "同上" | "〃" | "--") {
            return None;
        }
        match phone(text) {
            Dialled::Good(phone) => Some(phone),
            Dialled::Mangled(repaired) => {
                self.book.find(
                    Code::F306,
                    at,
                    Misread::Mangled {
                        text: text.to_owned(),
                        repaired: repaired.clone(),
                    },
                );
                repaired
            }
            Dialled::Bad => {
                self.book
                    .find(Code::P201, at, Misread::BadPhone { text: quoted(text) });
                None
            }
        }
    }
}
