// Asks for the page again when something has changed. Everything works without it.
"use strict";
(() => {
  const main = document.querySelector("main[data-stream]");

  const isBusy = (part) =>
    part.contains(document.activeElement) || part.querySelector("details[open]");

  async function refresh() {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-part]")) {
      const newer = page.getElementById(part.id);
      if (newer && newer.outerHTML !== part.outerHTML && !isBusy(part)) part.replaceWith(newer);
    }
  }

  let waiting = null;
  const soon = (after) => {
    waiting ??= setTimeout(() => {
      waiting = null;
      refresh().catch(() => {});
    }, after);
  };

  if (main && window.EventSource) {
    const live = document.querySelector(".live");
    const listen = () => {
      const news = new EventSource(main.dataset.stream);
      news.addEventListener("open", () => { if (live) live.hidden = false; });
      news.addEventListener("error", () => {
        if (live) live.hidden = true;
        // A browser tries again by itself, but not once it was refused.
        if (news.readyState === EventSource.CLOSED) setTimeout(listen, 5_000);
      });
      news.addEventListener("changed", () => soon(500));
    };
    listen();
    setInterval(() => soon(0), 60_000);
  }

  document.addEventListener("click", (event) => {
    const summary = event.target.closest("details.copy > summary");
    if (!summary) return;
    const details = summary.parentElement;
    const text = details.querySelector("textarea");
    const done = () => { summary.textContent = details.dataset.done; };
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text.value).then(done, () => {});
    }
  });

  for (const drop of document.querySelectorAll("form.drop")) {
    const input = drop.querySelector("input[type=file]");
    drop.addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      if (event.dataTransfer.files.length === 0) return;
      input.files = event.dataTransfer.files;
      drop.requestSubmit();
    });
  }
})();
