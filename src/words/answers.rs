//! The words people answer a check with: what their text means, where it means an answer at all.

use unicode_normalization::UnicodeNormalization;

use crate::decide::Answer;
use crate::spotcheck::CheckId;

use super::Lang;

const HERE: &[&str] = &[
    "在岗",
    "我在岗",
    "在岗的",
    "在的",
    "在",
    "到",
    "已在岗",
    "在岗带班",
    "我在岗带班",
    "畅通",
    "手机畅通",
    "畅通在县内",
    "在县内",
    "我在岗补答",
    "畅通补答",
    "here",
    "imhere",
    "iamhere",
    "reachable",
    "reachableinthecounty",
];

/// The answer `text` is: one of the words in use, or the check's number with or without 第…号.
#[must_use]
pub fn answer(text: &str) -> Option<Answer> {
    let plain: String = text
        .nfkc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if HERE.contains(&plain.as_str()) {
        return Some(Answer::Here);
    }
    let digits = plain.trim_start_matches('第').trim_end_matches('号');
    let digits = digits.strip_prefix("no").unwrap_or(digits);
    let is_number = (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number {
        return None;
    }
    digits.parse().ok().map(|n| Answer::Number(CheckId(n)))
}

/// The word a ping suggests.
#[must_use]
pub fn here(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "在岗",
        Lang::En => "here",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_and_numbers_people_send_are_answers() {
        let here = [
            "在岗",
            " 在岗。",
            "我在岗！",
            "Here",
            "I'm here",
            "✅ 我在岗",
            "畅通",
        ];
        for text in here {
            assert_eq!(answer(text), Some(Answer::Here), "{text}");
        }
        for text in [
            "0417",
            "417",
            "第0417号",
            "第 0417 号",
            "０４１７",
            "No. 0417",
        ] {
            assert_eq!(answer(text), Some(Answer::Number(CheckId(417))), "{text}");
        }
    }

    #[test]
    fn what_is_no_answer_is_not_taken_for_one() {
        for text in ["不在岗", "我不在", "", "在哪里", "13800000001", "there"] {
            assert_eq!(answer(text), None, "{text}");
        }
    }
}
