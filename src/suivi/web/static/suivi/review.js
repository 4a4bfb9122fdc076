// Keys of the review page: a approves, r returns, n goes on, ? shows them. They can be switched off.
(() => {
  "use strict";
  const box = document.getElementById("keys");
  if (!box) return;
  const PLACE = "suivi-review-keys";
  const toggle = box.querySelector("input");
  try { toggle.checked = localStorage.getItem(PLACE) !== "off"; } catch { /* a browser that keeps nothing */ }
  box.hidden = false;
  toggle.addEventListener("change", () => {
    try { localStorage.setItem(PLACE, toggle.checked ? "on" : "off"); } catch { /* as above */ }
  });

  const find = (selector) => document.querySelector(selector);
  function approve() {
    const button = find("[data-key=a]");
    if (!button) return;
    const open = [...button.form.querySelectorAll("input[type=checkbox]:not(:checked)")];
    // What is not ticked will not count: the first press leads there, the second approves.
    if (open.length && !button.form.contains(document.activeElement)) { open[0].focus(); return; }
    button.form.requestSubmit(button);
  }
  const acts = {
    a: approve,
    r: () => { const reason = find("[data-key=r]"); if (reason) { reason.focus(); reason.scrollIntoView({ block: "center" }); } },
    n: () => { const next = find("[data-key=n]"); if (next) next.click(); },
    "?": () => { box.querySelector("details").open = !box.querySelector("details").open; },
  };
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("textarea, select, input:not([type=checkbox], [type=radio])");
    if (!toggle.checked || isTyping || event.ctrlKey || event.metaKey || event.altKey || !(event.key in acts)) return;
    event.preventDefault();
    acts[event.key]();
  });
})();
