// The convert page: sends the files, orders the conversion, goes to the job. What goes wrong is told where it went wrong.

import { authorization, refusal, upload } from "./tus.js";

const form = document.querySelector("#convert");
const rows = form.querySelector("#rows");
const chooser = form.querySelector("#files");
const drop = form.querySelector("#drop");
const reference = form.querySelector("#reference");
const publish = form.querySelector("#publish");
const stop = form.querySelector("#stop");
const status = form.querySelector("#status");
const failure = form.querySelector("#failure");
const token = form.querySelector("#token");
const TOKEN = "entrepot.token";

/** Rows hold more than HTML can: the file itself, and the upload that it has become. */
const held = new WeakMap();
let running = null;

token.value = sessionStorage.getItem(TOKEN) || "";
token.addEventListener("change", () => sessionStorage.setItem(TOKEN, token.value.trim()));
rows.querySelectorAll("li").forEach((row) => held.set(row, {}));
rows.addEventListener("click", (event) => {
  if (event.target.closest(".remove") && !running) {
    event.target.closest("li").remove();
    chooser.focus();
    show();
  }
});
chooser.addEventListener("change", () => {
  add(chooser.files);
  chooser.value = "";
});
for (const [zone, take] of [[drop, add], [form.querySelector("#reference-drop"), takeReference]]) {
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (!running) {
      take(event.dataTransfer.files);
    }
  });
}
reference.addEventListener("change", show);
form.querySelector("#no-reference").addEventListener("click", () => {
  reference.value = "";
  form.querySelector("#stored-reference")?.remove();
  reference.focus();
  show();
});
stop.addEventListener("click", () => running?.abort());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!running) {
    convert();
  }
});
window.addEventListener("beforeunload", (event) => {
  if (running) {
    event.preventDefault();
  }
});
show();

function add(files) {
  for (const file of files) {
    const path = file.webkitRelativePath || file.name;
    const same = [...rows.children].find((row) => row.querySelector(".path").value === path);
    const row = document.querySelector("#row").content.firstElementChild.cloneNode(true);
    row.querySelector(".path").value = path;
    row.querySelector(".size").textContent = size(file.size);
    row.classList.toggle("python", path.endsWith(".py"));
    row.querySelector(".remove").setAttribute("aria-label", `Remove ${path}`);
    row.querySelector(".path").setAttribute("aria-label", `Name of ${path}`);
    row.querySelector("progress").setAttribute("aria-label", `How much of ${path} is there`);
    held.set(row, { file });
    same ? same.replaceWith(row) : rows.append(row);
  }
  show();
}

function takeReference(files) {
  const one = new DataTransfer();
  one.items.add(files[0]);
  reference.files = one.files;
  show();
}

/** What can be done follows from what is there. */
function show() {
  const stored = form.querySelector("#stored-reference");
  if (reference.files.length > 0) {
    stored?.remove();
  }
  const proven = reference.files.length > 0 || form.querySelector("#stored-reference") !== null;
  publish.disabled = !proven;
  form.classList.toggle("proven", proven);
}

async function convert() {
  clear();
  if (!complete()) {
    return;
  }
  running = new AbortController();
  form.classList.add("running");
  form.setAttribute("aria-busy", "true");
  try {
    const sources = [];
    for (const row of [...rows.children]) {
      sources.push(await source(row));
    }
    const order = { ...options(), sources };
    const proof = await proofs();
    if (proof.length > 0) {
      order.reference = proof;
    }
    status.textContent = "All files are there. Ordering the conversion …";
    const job = await ask(order);
    running = null;
    location.assign(`/jobs/${job.id}`);
  } catch (error) {
    tell(error);
  } finally {
    running = null;
    form.classList.remove("running");
    form.removeAttribute("aria-busy");
  }
}

/** Whether enough is said to begin; tells what is missing beside its field. */
function complete() {
  if (rows.children.length === 0) {
    complain(chooser, form.querySelector("#files-error"), "Choose the model's files first.");
    return false;
  }
  const expressions = [...rows.querySelectorAll(".python .expression")];
  if (expressions.length > 0 && expressions.every((field) => field.value.trim() === "")) {
    const row = expressions[0].closest("li");
    complain(
      expressions[0],
      row.querySelector(".error"),
      "Python source does not tell what makes the network: give the expression, such as Net() or resnet20(), beside the file that defines it.",
    );
    return false;
  }
  return true;
}

async function source(row) {
  const path = row.querySelector(".path").value.trim();
  const expression = row.querySelector(".expression").value.trim();
  const found = { path, ...(await sent(row, path)) };
  return row.classList.contains("python") && expression ? { ...found, expression } : found;
}

async function proofs() {
  const stored = form.querySelectorAll("#stored-reference [data-sha256]");
  if (stored.length > 0) {
    return [...stored].map((file) => ({ sha256: file.dataset.sha256, path: file.dataset.path }));
  }
  if (reference.files.length === 0) {
    return [];
  }
  const row = form.querySelector("#reference-row");
  const file = reference.files[0];
  if (held.get(row)?.file !== file) {
    held.set(row, { file });
  }
  return [{ path: file.name, ...(await sent(row, file.name)) }];
}

/** The file of a row, on the server: by its digest if it was there already, else by its upload. */
async function sent(row, path) {
  if (row.dataset.sha256) {
    return { sha256: row.dataset.sha256 };
  }
  const { file } = held.get(row);
  const bar = row.querySelector("progress");
  const note = row.querySelector(".note");
  bar.max = file.size || 1;
  row.classList.add("sending");
  status.textContent = `Sending ${path} …`;
  try {
    const id = await upload(file, {
      token: token.value.trim(),
      signal: running.signal,
      progress: (bytes) => {
        bar.value = bytes;
        note.textContent = `${size(bytes)} of ${size(file.size)}`;
      },
      cut: (pause) => {
        note.textContent = `The connection was cut; going on in ${Math.ceil(pause / 1000)} s …`;
      },
    });
    bar.value = bar.max;
    note.textContent = "there";
    return { upload: id };
  } catch (error) {
    error.row = row;
    throw error;
  } finally {
    row.classList.remove("sending");
  }
}

function options() {
  const data = new FormData(form);
  const text = (name) => String(data.get(name) || "").trim();
  const lines = (name, divider) => text(name).split(divider).map((line) => line.trim()).filter(Boolean);
  const order = {
    framework: text("framework"),
    inputs: lines("inputs", "\n"),
    opset: Number(text("opset")),
    external_data: data.has("external_data"),
    allow_missing: data.has("allow_missing"),
    allow_unused: data.has("allow_unused"),
    weights_key: text("weights_key"),
    strip_prefix: text("strip_prefix"),
  };
  if (!publish.disabled && text("model")) {
    order.publish = {
      model: text("model"),
      title: text("title"),
      licence: text("licence"),
      task: text("task"),
      description: text("description"),
      tags: lines("tags", ","),
      labels: lines("labels", "\n"),
    };
  }
  return order;
}

async function ask(order) {
  const response = await fetch("/api/v1/conversions", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...authorization(token.value.trim()) },
    body: JSON.stringify(order),
    signal: running.signal,
  });
  if (!response.ok) {
    throw refusal(response.status, await response.text(), response.headers.get("Retry-After"));
  }
  return response.json();
}

function tell(error) {
  status.textContent = "";
  if (error.name === "AbortError") {
    status.textContent = "Stopped. What was sent is kept for a day; Convert goes on from there.";
    return;
  }
  const where = error.row?.querySelector(".error");
  if (where) {
    where.textContent = `Not sent: ${error.message}. Convert goes on from where it stopped.`;
  }
  if (error.status === 401 || error.status === 403) {
    complain(token, form.querySelector("#token-error"), `${error.message}.`);
    return;
  }
  const reasons = (error.problem?.reasons || []).map((reason) => `${reason.file}: ${reason.what}: ${reason.why}`);
  const wait = error.wait ? [`Try again in ${Math.ceil(error.wait / 1000)} s.`] : [];
  failure.replaceChildren(...[where ? "A file could not be sent." : error.message, ...reasons, ...wait].map((line) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    return paragraph;
  }));
  failure.focus();
}

function complain(field, place, text) {
  place.textContent = text;
  field.setAttribute("aria-invalid", "true");
  field.focus();
}

function clear() {
  failure.replaceChildren();
  form.querySelectorAll(".error").forEach((place) => place.replaceChildren());
  form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
}

function size(bytes) {
  const units = ["B", "kB", "MB", "GB"];
  const step = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  return `${step === 0 ? bytes : (bytes / 1000 ** step).toFixed(1)} ${units[step]}`;
}
