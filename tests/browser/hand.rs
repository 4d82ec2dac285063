//! What a hand does on a page: presses, writes, and drags a file onto it from outside.

use serde_json::{Value, json};

use super::Browser;

/// Where the middle of an element is on the screen, once it is on it.
const MIDDLE: &str = "element.scrollIntoView({ block: 'center' });
    const box = element.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];";

impl Browser {
    /// Moves the keyboard on to the next control.
    pub async fn presses_tab(&self) {
        for kind in ["rawKeyDown", "keyUp"] {
            let key =
                json!({"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9});
            self.tells("Input.dispatchKeyEvent", key).await;
        }
    }

    /// Presses the button that says `label`, once it is there.
    pub async fn presses(&self, label: &str) {
        self.clicks("button", label).await;
    }

    /// Goes where the link that says `label` leads.
    pub async fn follows(&self, label: &str) {
        self.clicks("a", label).await;
    }

    async fn clicks(&self, kind: &str, label: &str) {
        let place = format!("//{kind}[contains(normalize-space(.), '{label}')]");
        self.presses_at(&place).await;
    }

    /// A page that is drawn anew takes its button along: then the new one is pressed.
    async fn presses_at(&self, place: &str) {
        loop {
            let element = self.finds("xpath", place).await;
            let path = format!("element/{element}/click");
            match self.try_post(&path, &json!({})).await {
                Ok(_) => return,
                Err(error) if error.contains("stale element") => {}
                Err(error) => panic!("{place}: {error}"),
            }
        }
    }

    /// Writes into the field of that name; of a file field, `words` is the file's path.
    pub async fn writes(&self, field: &str, words: &str) {
        let element = self
            .finds("css selector", &format!("[name='{field}']"))
            .await;
        let text = json!({ "text": words });
        self.post(&format!("element/{element}/value"), &text).await;
    }

    /// Waits for the button that says `label`, and leaves it alone.
    pub async fn offers(&self, label: &str) {
        let place = format!("//button[contains(normalize-space(.), '{label}')]");
        self.finds("xpath", &place).await;
    }

    /// Presses the button that says `label` and nothing else.
    pub async fn presses_whole(&self, label: &str) {
        let place = format!("//button[normalize-space(.)='{label}']");
        self.presses_at(&place).await;
    }

    /// Holds the file at `path` over what `selector` finds, as one dragged out of a folder.
    pub async fn drags_over(&self, path: &str, selector: &str) {
        self.drag("dragEnter", path, selector).await;
        self.drag("dragOver", path, selector).await;
    }

    /// Lets it fall there.
    pub async fn lets_fall(&self, path: &str, selector: &str) {
        self.drag("drop", path, selector).await;
    }

    async fn drag(&self, kind: &str, path: &str, selector: &str) {
        let script = format!("const element = document.querySelector('{selector}'); {MIDDLE}");
        let at: Value = self.asks(&script).await;
        let held = json!({"items": [], "files": [path], "dragOperationsMask": 1});
        let event = json!({"type": kind, "x": at[0], "y": at[1], "data": held});
        self.tells("Input.dispatchDragEvent", event).await;
    }
}
