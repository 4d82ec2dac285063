//! What must hold of every page for whoever sees badly, has no mouse, or is made ill by movement.

use serde_json::{Value, json};

use super::Browser;

/// Every visible text whose contrast with what lies under it is too low: 4.5 to 1, and 3 to 1 for
/// large letters (24 px, or 18.66 px and bold).
const FAINT: &str = r"
    const parsed = (colour) => {
        const found = colour.match(/rgba?\(([^)]+)\)/);
        if (!found) return null;
        const [r, g, b, a = 1] = found[1].split(/[ ,/]+/).filter(Boolean).map(Number);
        return { r, g, b, a };
    };
    const over = (top, under) => ({
        r: top.r * top.a + under.r * (1 - top.a),
        g: top.g * top.a + under.g * (1 - top.a),
        b: top.b * top.a + under.b * (1 - top.a),
        a: 1,
    });
    const part = (value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    const light = ({ r, g, b }) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    const contrast = (one, other) => {
        const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
        return (bright + 0.05) / (dark + 0.05);
    };
    const ground = (element) => {
        const layers = [];
        for (let up = element; up; up = up.parentElement) {
            const colour = parsed(getComputedStyle(up).backgroundColor);
            if (colour && colour.a > 0) layers.push(colour);
        }
        return layers.reverse().reduce((under, top) => over(top, under), { r: 255, g: 255, b: 255, a: 1 });
    };
    // A drawing's letters lie on a halo of their own, or on the shapes drawn before them.
    const drawnGround = (text, box, style) => {
        if (style.paintOrder.startsWith('stroke') && parseFloat(style.strokeWidth) >= 2)
            return [parsed(style.stroke)];
        const frame = text.closest('svg');
        const shapes = [...text.ownerSVGElement.closest('section, main, body').querySelectorAll('svg rect')];
        const under = shapes.filter((shape) => {
            const other = shape.getBoundingClientRect();
            const overlaps = other.left < box.right && other.right > box.left && other.top < box.bottom && other.bottom > box.top;
            return overlaps && (shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING);
        });
        const fills = under.map((shape) => parsed(getComputedStyle(shape).fill)).filter((fill) => fill && fill.a > 0);
        return fills.length ? fills : [ground(frame)];
    };
    const isShown = (element) => {
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
        for (let up = element; up; up = up.parentElement)
            if (getComputedStyle(up).clipPath === 'inset(50%)') return false;
        return true;
    };
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const words = walker.currentNode.data.trim();
        const element = walker.currentNode.parentElement;
        if (!words || !isShown(element) || element.matches('script, style, option')) continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        const box = range.getBoundingClientRect();
        if (box.width < 1 || box.right < 0) continue;
        const style = getComputedStyle(element);
        const isDrawn = element instanceof SVGElement;
        const grounds = isDrawn ? drawnGround(element, box, style) : [ground(element)];
        const ink = parsed(isDrawn ? style.fill : style.color);
        const size = parseFloat(style.fontSize);
        const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        for (const each of grounds) {
            const ratio = contrast(over(ink, each), each);
            if (ratio < (isLarge ? 3 : 4.5))
                found.push(words.slice(0, 20) + ' has ' + ratio.toFixed(2) + ' to 1');
        }
    }
    for (const field of document.querySelectorAll('input, select, textarea')) {
        if (field.type === 'hidden' || !isShown(field)) continue;
        const ratio = contrast(parsed(getComputedStyle(field).color), ground(field));
        if (ratio < 4.5) found.push('the field ' + field.name + ' has ' + ratio.toFixed(2) + ' to 1');
    }
    return found;
";

/// How many controls the page has that somebody can see; they are numbered for [`HELD`], and from
/// now on news replaces none of them.
const CONTROLS: &str = r#"
    for (const part of document.querySelectorAll('[data-part]')) part.removeAttribute('data-part');
    const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, audio[controls], [tabindex="0"]');
    const controls = [...all].filter((each) => each.type !== 'hidden' && !each.disabled
        && each.checkVisibility({ visibilityProperty: true }));
    controls.forEach((each, number) => { each.dataset.number = number; });
    document.activeElement.blur();
    window.scrollTo(0, 0);
    return controls.map((each) => each.tagName + ' ' + (each.innerText || each.name || '').slice(0, 20));
"#;

/// Which control the keyboard is on now, and whether that can be seen.
const HELD: &str = r"
    const held = document.activeElement;
    if (!held || held === document.body) return null;
    const style = getComputedStyle(held);
    const isSeen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return [Number(held.dataset.number ?? -1), isSeen];
";

/// What moves although its reader has asked that nothing does.
const MOVING: &str = r"
    const moving = document.getAnimations().length ? ['an animation runs'] : [];
    for (const each of document.querySelectorAll('*')) {
        const style = getComputedStyle(each);
        if (style.transitionDuration.split(',').some((part) => parseFloat(part) > 0.01))
            moving.push(each.tagName + '.' + each.className);
    }
    if (getComputedStyle(document.documentElement).scrollBehavior === 'smooth') moving.push('scrolling');
    return moving;
";

/// In which manner a page is shown.
#[derive(Clone, Copy, Debug)]
enum Manner {
    Light,
    Dark,
    Paper,
}

/// Every text can be read by daylight, at night and on paper; nothing moves for whoever wants it
/// still.
pub async fn is_legible(browser: &Browser, name: &str) {
    for manner in [Manner::Dark, Manner::Paper, Manner::Light] {
        let (medium, scheme) = match manner {
            Manner::Light => ("screen", "light"),
            Manner::Dark => ("screen", "dark"),
            Manner::Paper => ("print", "light"),
        };
        browser
            .emulates(
                medium,
                &[
                    ("prefers-color-scheme", scheme),
                    ("prefers-reduced-motion", "reduce"),
                ],
            )
            .await;
        let faint = browser.asks(FAINT).await;
        assert_eq!(faint, json!([]), "{name}, {manner:?}: too faint");
        let moving = browser.asks(MOVING).await;
        assert_eq!(moving, json!([]), "{name}, {manner:?}: moves");
    }
    browser.emulates("", &[]).await;
}

/// Every control can be reached by the tabulator alone, and where it is can be seen.
pub async fn works_by_keyboard(browser: &Browser, name: &str) {
    let controls = browser.asks(CONTROLS).await;
    let controls = controls.as_array().cloned().unwrap_or_default();
    let mut missing: Vec<bool> = vec![true; controls.len()];
    // A calendar or a player holds the keyboard for some steps of its own.
    for _ in 0..controls.len() * 3 + 20 {
        browser.presses_tab().await;
        let held = browser.asks(HELD).await;
        let Some(number) = held[0].as_u64() else {
            continue;
        };
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        assert_eq!(
            held[1],
            Value::Bool(true),
            "{name}: no focus seen on {}",
            controls[at]
        );
        missing[at] = false;
        if !missing.contains(&true) {
            return;
        }
    }
    let out: Vec<&Value> = controls
        .iter()
        .zip(&missing)
        .filter_map(|(control, is_missing)| is_missing.then_some(control))
        .collect();
    panic!("{name}: the keyboard never reaches {out:?}");
}

/// The measures see what they are for.
#[tokio::test]
async fn a_faint_text_a_control_out_of_reach_and_a_moving_part_are_seen() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let page = "data:text/html,<body style='background:white'>\
        <p style='color:rgb(150,150,150)'>faint</p><p style='color:rgb(110,110,110)'>plain</p>\
        <p style='color:rgb(140,140,140);font-size:30px'>large</p>\
        <svg width='90' height='30'><rect width='90' height='30' fill='black'/>\
        <text y='20' fill='rgb(60,60,60)'>drawn</text></svg>\
        <button tabindex='-1'>never</button><button style='transition:all 2s'>moves</button>";
    browser.goes(page).await;
    let faint = browser.asks(FAINT).await;
    let faint: Vec<&str> = faint
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(faint.len(), 2, "{faint:?}");
    assert!(faint[0].starts_with("faint has 2.9"), "{faint:?}");
    assert!(faint[1].starts_with("drawn has"), "{faint:?}");
    assert_eq!(browser.asks(MOVING).await, json!(["BUTTON."]));
    browser.asks(CONTROLS).await;
    let mut held = Vec::new();
    for _ in 0..4 {
        browser.presses_tab().await;
        held.push(browser.asks(HELD).await[0].as_u64());
    }
    assert!(
        held.contains(&Some(1)) && !held.contains(&Some(0)),
        "{held:?}"
    );
}
