//! Telephone numbers as clerks and spreadsheets write them, cleaned to digits.

use super::people::Phone;
use super::plain::plain;

/// What a text that should be a number turns out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dialled {
    Good(Phone),
    /// A spreadsheet made it a quantity; `Some` where no digit was lost.
    Mangled(Option<Phone>),
    Bad,
}

/// One number.
pub(super) fn phone(text: &str) -> Dialled {
    let text = plain(text);
    let text = text
        .trim_start_matches(['\'', '"', '='])
        .trim_end_matches(['\'', '"']);
    if let Some(mangled) = mangled(text) {
        return mangled;
    }
    let (international, rest) = match text.strip_prefix('+').or_else(|| {
        text.strip_prefix("00")
            .filter(|r| r.starts_with("86") && r.len() > 11)
    }) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut digits = String::with_capacity(rest.len());
    for c in rest.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '(' | ')' | '.' | '*' | '#' | '/' => {}
            '转' => break,
            _ => return Dialled::Bad,
        }
    }
    let national = digits
        .strip_prefix("86")
        .filter(|r| r.len() == 11 && r.starts_with('1'))
        .unwrap_or(&digits);
    if believable(national) || international && (8..=15).contains(&digits.len()) {
        return Phone::new(national).map_or(Dialled::Bad, Dialled::Good);
    }
    Dialled::Bad
}

/// A number with its area, as a desk has it and no pocket.
pub(super) fn is_landline(text: &str) -> bool {
    matches!(phone(text), Dialled::Good(_)) && text.starts_with('0') && text.contains('-')
        || text.len() >= 10 && text.starts_with('0') && !text.starts_with("00")
}

/// Eleven digits of a mobile, a landline with or without its area, a short number; numbers
/// beginning with 000 belong to nobody and are for samples.
fn believable(digits: &str) -> bool {
    let second = digits.as_bytes().get(1).copied().unwrap_or(b'0');
    match digits.len() {
        3..=8 => true,
        _ if digits.starts_with("000") => digits.len() <= 13,
        10 => digits.starts_with('0') || digits.starts_with("400") || digits.starts_with("800"),
        11 => digits.starts_with('0') || digits.starts_with('1') && second >= b'3',
        12 => digits.starts_with('0'),
        _ => false,
    }
}

/// 13800000001.0 and 1.3800000001E+10 still hold every digit; 1.38E+10 does not.
fn mangled(text: &str) -> Option<Dialled> {
    if let Some(whole) = text.strip_suffix(".0").or_else(|| text.strip_suffix(".00"))
        && whole.len() >= 7
        && whole.bytes().all(|b| b.is_ascii_digit())
    {
        return Some(Dialled::Mangled(Phone::new(whole)));
    }
    let at = text.find(['e', 'E'])?;
    let (mantissa, exponent) = (&text[..at], text[at + 1..].trim_start_matches('+'));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: usize = exponent.parse().ok().filter(|e| *e < 20)?;
    if whole.is_empty()
        || !whole
            .bytes()
            .chain(fraction.bytes())
            .all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let kept = fraction.len() >= exponent.saturating_sub(1);
    let mut digits = [whole, fraction].concat();
    while digits.len() < whole.len() + exponent {
        digits.push('0');
    }
    let sound = kept && digits.len() == whole.len() + exponent;
    Some(Dialled::Mangled(if sound {
        Phone::new(&digits)
    } else {
        None
    }))
}

/// The numbers of one cell, as written.
pub(super) fn numbers(cell: &str) -> Vec<&str> {
    let lines = cell.split(['/', '、', '，', ',', ';', '；', '\n', '\r', '|', '\t', '\\']);
    let mut found = Vec::new();
    for part in lines.map(str::trim).filter(|p| !p.is_empty()) {
        let pieces: Vec<&str> = part.split_whitespace().collect();
        let long = |p: &&str| p.bytes().filter(u8::is_ascii_digit).count() >= 7;
        if pieces.len() > 1 && pieces.iter().all(long) {
            found.extend(pieces);
        } else {
            found.push(part);
        }
    }
    found
}

/// Whether a cell holds nothing but numbers to dial.
pub(super) fn only_phones(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < 7
        || text
            .chars()
            .any(|c| !(c.is_ascii_digit() || c.is_whitespace() || "+-()/、，,;.Ee'".contains(c)))
    {
        return false;
    }
    numbers(text).iter().all(|n| {
        let long = n.bytes().filter(u8::is_ascii_digit).count() >= 7;
        long && !(n.starts_with("0.") || n.contains('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Option<String> {
        match phone(text) {
            Dialled::Good(phone) => Some(phone.digits().to_owned()),
            _ => None,
        }
    }

    #[test]
    fn numbers_are_cleaned_to_their_digits() {
        for (text, wanted) in [
            ("13800000001", "13800000001"),
            ("138 0000 0001", "13800000001"),
            ("+86-138-0000-0001", "13800000001"),
            ("１３８００００００００", "13800000000"),
            ("0000-5550101", "00005550101"),
            ("00012345671", "00012345671"),
            ("5550101", "5550101"),
            ("010-0000-5551", "01000005551"),
        ] {
            assert_eq!(digits(text).unwrap_or_default(), wanted, "{text}");
        }
    }

    #[test]
    fn what_a_spreadsheet_spoilt_is_repaired_only_where_no_digit_is_lost() {
        let whole = Phone::new("13800000001");
        assert_eq!(phone("13800000001.0"), Dialled::Mangled(whole.clone()));
        assert_eq!(phone("1.3800000001E+10"), Dialled::Mangled(whole));
        assert_eq!(phone("1.38E+10"), Dialled::Mangled(None));
    }

    #[test]
    fn a_digit_too_few_is_no_number() {
        assert_eq!(phone("1380000070"), Dialled::Bad);
        assert_eq!(phone("138000000011"), Dialled::Bad);
        assert_eq!(phone("见通讯录"), Dialled::Bad);
    }

    #[test]
    fn several_numbers_stand_in_one_cell() {
        assert_eq!(
            numbers("13800000100/13800000101"),
            ["13800000100", "13800000101"]
        );
        assert_eq!(
            numbers("13800000100 13800000101"),
            ["13800000100", "13800000101"]
        );
        assert_eq!(numbers("138 0000 0100"), ["138 0000 0100"]);
    }
}
