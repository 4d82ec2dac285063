//! What must hold on every page, whatever it shows.

use super::legible::is_legible;
use super::{Browser, Screen};

/// Whatever stands out of the page, by what it is.
const OVERFLOW: &str = "
    const root = document.documentElement;
    const width = root.clientWidth;
    const found = [];
    if (root.scrollWidth > width) found.push('the page is ' + root.scrollWidth + ' wide');
    for (const each of document.body.querySelectorAll('*')) {
        const box = each.getBoundingClientRect();
        if (box.width === 0 || box.height === 0) continue;
        let scrolls = false;
        for (let up = each.parentElement; up; up = up.parentElement) {
            const flow = getComputedStyle(up).overflowX;
            if (flow === 'auto' || flow === 'scroll') scrolls = true;
        }
        if (!scrolls && box.right > width + 1)
            found.push(each.tagName + '.' + each.className + ' ends at ' + box.right);
        if (box.left < -1 && !each.matches('.skip, .skip *'))
            found.push(each.tagName + '.' + each.className + ' begins at ' + box.left);
    }
    return found;
";

/// On every screen the page `browser` is on fits, nothing was complained of, and nothing was asked
/// of any other machine. Keeps a picture of each.
pub async fn is_sound(browser: &Browser, address: &str, name: &str) {
    for screen in Screen::ALL {
        browser.takes(screen).await;
        let found = browser.asks(OVERFLOW).await;
        let width = screen.width();
        assert_eq!(found, serde_json::json!([]), "{name} at {width} px");
        browser.keeps_picture(&format!("{name}-{width}")).await;
    }
    is_legible(browser, name).await;
    let none: Vec<String> = Vec::new();
    assert_eq!(browser.complaints().await, none, "{name}: the console");
    let elsewhere: Vec<String> = browser
        .requests()
        .await
        .into_iter()
        .filter(|url| !url.starts_with(address) && !url.starts_with("data:"))
        .collect();
    assert_eq!(elsewhere, none, "{name}: asked of other machines");
}
