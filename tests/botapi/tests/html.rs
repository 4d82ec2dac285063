use super::super::html::parse;
use serde_json::json;

#[test]
fn tags_become_entities_counted_in_utf16() {
    let read =
        parse("🙋 <b>王建国</b> &lt;在岗&gt; &amp; <a href=\"https://t.me/x\">链接</a>").unwrap();
    assert_eq!(read.text, "🙋 王建国 <在岗> & 链接");
    assert_eq!(
        read.entities[0],
        json!({ "offset": 3, "length": 3, "type": "bold" })
    );
    assert_eq!(
        read.entities[1],
        json!({ "offset": 14, "length": 2, "type": "text_link", "url": "https://t.me/x" })
    );
}

#[test]
fn an_ampersand_that_names_nothing_stays() {
    assert_eq!(
        parse("张&王 &nbsp; &#22312;&#x5c97;").unwrap().text,
        "张&王 &nbsp; 在岗"
    );
}

#[test]
fn space_around_is_trimmed_and_entities_move() {
    let read = parse("\n <b> 在岗</b>\n").unwrap();
    assert_eq!(read.text, "在岗");
    assert_eq!(
        read.entities,
        [json!({ "offset": 0, "length": 2, "type": "bold" })]
    );
}

#[test]
fn the_servers_complaints_are_the_servers_words() {
    let cases = [
        (
            "在<x>岗</x>",
            "Unsupported start tag \"x\" at byte offset 3",
        ),
        ("a<", "Unsupported start tag \"\" at byte offset 1"),
        (
            "<b>在岗",
            "Can't find end tag corresponding to start tag \"b\"",
        ),
        ("在岗</b>", "Unexpected end tag at byte offset 6"),
        (
            "<b><i>x</b></i>",
            "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\"",
        ),
        ("<a href=\"x>y</a>", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        (
            "<span>x</span>",
            "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0",
        ),
        (
            "<a href>x</a>",
            "Expected equal sign in declaration of an attribute of the tag \"a\" at byte offset 0",
        ),
    ];
    for (html, words) in cases {
        let refusal = parse(html).expect_err(html);
        assert_eq!(
            refusal.words,
            format!("Bad Request: can't parse entities: {words}"),
            "{html}"
        );
    }
}
