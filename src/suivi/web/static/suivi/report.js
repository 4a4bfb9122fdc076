// The reporting page: it saves by itself, keeps what was written while the line is lost, adds rows, and
// sends files in pieces. Without it everything works by the buttons of the form.
(() => {
  "use strict";
  const form = document.getElementById("report");
  if (!form) return;
  const state = document.getElementById("save-state");
  const words = state.dataset;
  const place = `suivi-draft-${form.dataset.account}-${form.dataset.update}`;
  const isFile = (field) => field.type === "file";
  const token = () => form.elements.csrfmiddlewaretoken.value;
  const clock = (at) => at.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const say = (text, kind = "") => { state.textContent = text; state.className = kind; };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  // What is written, as pairs of name and value; files and what only this page needs are left out.
  const isOwn = (name) => ["csrfmiddlewaretoken", "version", "page", "do"].includes(name) || name.startsWith("evidence-new-");
  const written = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !isOwn(name));
  const store = {
    get: () => { try { return JSON.parse(localStorage.getItem(place)); } catch { return null; } },
    set: (value) => { try { localStorage.setItem(place, JSON.stringify(value)); return true; } catch { return false; } },
    drop: () => { try { localStorage.removeItem(place); } catch { /* a browser that keeps nothing */ } },
  };

  // One request at a time; a line that stands still for a minute counts as lost.
  async function send(address, options, seconds = 60) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), seconds * 1000);
    try {
      return await fetch(address, { credentials: "same-origin", signal: stop.signal, ...options });
    } finally {
      clearTimeout(timer);
    }
  }

  // Saving
  let wait = 0, retry = 0, isSaving = false, isBlocked = false;
  let saved = JSON.stringify(written());
  const isChanged = () => JSON.stringify(written()) !== saved;

  // With the version it was written over: put back later, it meets what others saved meanwhile.
  const keep = (more) => store.set({ at: Date.now(), version: Number(form.elements.version.value), fields: written(), ...more });

  function changed() {
    if (isBlocked) return;
    keep();
    say(words.unsaved);
    clearTimeout(wait);
    wait = setTimeout(save, 1500);
  }

  function body(extra = {}) {
    const data = new FormData(form);
    [...form.elements].filter(isFile).forEach((field) => data.delete(field.name));
    for (const [name, value] of Object.entries({ do: "save", ...extra })) data.set(name, value);
    return data;
  }

  async function save(extra) {
    clearTimeout(wait);
    if (isSaving) { wait = setTimeout(save, 500); return null; }
    isSaving = true;
    const before = JSON.stringify(written());
    say(words.saving);
    try {
      const answer = await send(form.action, { method: "POST", body: body(extra), headers: { "X-Saves-Itself": "1" } });
      if (answer.status === 409) { conflict(); return null; }
      if (answer.redirected || answer.status === 403) { say(words.signedOut, "bad"); return null; }
      if (!answer.ok) throw new Error(String(answer.status));
      const said = await answer.json();
      retry = 0;
      form.elements.version.value = said.version;
      if (said.evidence !== undefined) document.getElementById("evidence-rows").outerHTML = said.evidence;
      saved = before;
      if (said.lacks.length) say(`${fill(words.partly, { time: clock(new Date()) })} ${said.lacks.join(" ")}`, "warn");
      else {
        if (!isChanged()) store.drop();
        say(fill(words.saved, { time: clock(new Date()) }), "good");
      }
      if (isChanged()) changed();
      return said;
    } catch {
      retry = Math.min(retry + 1, 5);
      say(words.lost, "warn");
      wait = setTimeout(save, 3000 * 2 ** retry);
      return null;
    } finally {
      isSaving = false;
    }
  }

  function conflict() {
    isBlocked = true;
    say("");
    document.getElementById("meanwhile").hidden = false;
  }

  for (const kind of ["input", "change"])
    form.addEventListener(kind, (event) => { if (!isFile(event.target) && !isOwn(event.target.name)) changed(); });
  window.addEventListener("online", () => { if (isChanged()) save(); });
  form.addEventListener("submit", (event) => {
    clearTimeout(wait);
    if (isChanged()) keep({ isSent: true });
    else store.drop();
  });

  // What was kept in this browser and never reached the server
  let kept = store.get();
  const offer = document.getElementById("kept");
  if (kept && kept.isSent && Number(form.elements.version.value) > kept.version) {
    store.drop(); // it arrived
    kept = null;
  }
  if (kept && JSON.stringify(kept.fields) !== saved && form.dataset.fresh) {
    offer.querySelector("time").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    offer.hidden = false;
    offer.querySelector("[data-restore]").addEventListener("click", () => { restore(kept.fields); form.elements.version.value = kept.version; offer.hidden = true; changed(); });
    offer.querySelector("[data-forget]").addEventListener("click", () => { store.drop(); offer.hidden = true; });
  }

  function restore(fields) {
    const counts = fields.filter(([name]) => name.endsWith("-count"));
    for (const [name, value] of counts) while (Number(form.elements[name].value) < Number(value)) addRow(name.slice(0, -6));
    const byName = new Map();
    for (const [name, value] of fields) byName.set(name, [...(byName.get(name) || []), value]);
    for (const field of form.elements) {
      if (!field.name || isFile(field) || isOwn(field.name)) continue;
      const values = byName.get(field.name) || [];
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
  }

  // Rows
  function addRow(kind) {
    const count = form.elements[`${kind}-count`];
    const copy = document.getElementById(`${kind}-template`).content.cloneNode(true);
    const number = count.value;
    for (const node of copy.querySelectorAll("*"))
      for (const attribute of [...node.attributes])
        if (attribute.value.includes("__n__")) node.setAttribute(attribute.name, attribute.value.replaceAll("__n__", number));
    const key = copy.querySelector("input[name$='-key']");
    if (key) key.value = newKey();
    document.getElementById(`${kind}-rows`).append(copy);
    count.value = Number(number) + 1;
    return document.getElementById(`${kind}-rows`).lastElementChild;
  }

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  for (const button of form.querySelectorAll("button[data-add]"))
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const row = addRow(button.dataset.add);
      const first = row.querySelector("input:not([type=hidden]), textarea, select");
      if (first) first.focus();
    });

  // Files: pictures are made smaller, then all goes up in pieces and goes on where it stopped
  const PIECE = 32 * 1024, SMALL = 400 * 1024, LONGEST_SIDE = 1600;
  const bar = document.getElementById("upload-state");

  async function smaller(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= SMALL || !window.createImageBitmap) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
      if (!made || made.size >= file.size) return file;
      return new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch {
      return file;
    }
  }

  async function upload(file, report) {
    const headers = { "X-CSRFToken": token() };
    const start = new FormData();
    start.set("file_name", file.name);
    start.set("size_bytes", file.size);
    let known = null, failures = 0;
    while (!known || known.received < file.size) {
      try {
        const isStart = !known, asks = failures > 0 && known;
        const answer = isStart
          ? await send(form.dataset.uploads, { method: "POST", body: start, headers })
          : asks
            ? await send(known.address, { headers })
            : await send(`${known.address}?offset=${known.received}`, {
              method: "POST", body: file.slice(known.received, known.received + PIECE),
              headers: { ...headers, "Content-Type": "application/octet-stream" },
            });
        if (answer.status >= 400 && answer.status < 500 && answer.status !== 409) throw Object.assign(new Error(), { refused: (await answer.json().catch(() => ({}))).said || words.lost });
        if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
        known = { ...known, ...(await answer.json()) };
        failures = 0;
        report(known.received / file.size);
      } catch (error) {
        if (error.refused) throw error;
        failures += 1;
        report(known ? known.received / file.size : 0, true);
        await pause(Math.min(30000, 1000 * 2 ** Math.min(failures, 5)));
      }
    }
    return known.key;
  }

  const fileField = form.elements["evidence-new-file"];
  const addButton = form.querySelector("button[value=evidence]");
  if (fileField && addButton) addButton.addEventListener("click", async (event) => {
    const file = fileField.files[0];
    if (!file) return;
    event.preventDefault();
    addButton.disabled = true;
    const ready = await smaller(file);
    const shrunk = ready !== file ? fill(words.shrunk, { from: kilobytes(file.size), to: kilobytes(ready.size) }) + " " : "";
    try {
      form.elements["evidence-new-upload"].value = await upload(ready, (share, isLost) => {
        bar.textContent = shrunk + fill(isLost ? words.uploadWaits : words.uploading, { percent: Math.floor(share * 100) });
      });
      while (isSaving) await pause(200);
      const said = await save({ do: "evidence" });
      if (said && said.refused) bar.textContent = said.refused;
      else if (said) {
        fileField.value = "";
        for (const name of ["title", "link", "consent", "upload"]) form.elements[`evidence-new-${name}`].value = "";
        form.elements["evidence-new-shows_persons"].checked = false;
        bar.textContent = shrunk + words.uploaded;
      } else bar.textContent = words.uploadKept;
    } catch (error) {
      bar.textContent = error.refused || words.lost;
    } finally {
      addButton.disabled = false;
    }
  });

  function kilobytes(bytes) {
    return `${Math.max(1, Math.round(bytes / 1024)).toLocaleString(document.documentElement.lang)} kB`;
  }
})();
