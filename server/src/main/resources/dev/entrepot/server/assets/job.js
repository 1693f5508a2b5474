// The page of a job: follows its events, and shows the page anew when something has happened.

import { authorization, refusal } from "./tus.js";

const ENDS = ["succeeded", "failed", "cancelled"];
const KINDS = ["queued", "started", "progress", "retried", ...ENDS];
const TOKEN = "entrepot.token";
const live = () => document.querySelector("#live");
const address = `/api/v1/jobs/${live().dataset.job}`;
let timer = null;

if (live().dataset.over === "false") {
  follow();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#cancel")) {
    cancel();
  } else if (event.target.closest("#copy")) {
    copy(event.target.closest("#copy"));
  }
});

function follow() {
  const events = new EventSource(`${address}/events`);
  for (const kind of KINDS) {
    events.addEventListener(kind, (event) => {
      if (ENDS.includes(kind)) {
        events.close();
      }
      if (Number(event.lastEventId) > Number(live().dataset.last)) {
        refresh();
      }
    });
  }
}

/** Several events in a moment are one change of the page. */
function refresh() {
  timer ??= setTimeout(() => {
    timer = null;
    htmx.trigger("#live", "refresh");
  }, 150);
}

async function cancel() {
  const field = document.querySelector("#token");
  const token = field.value.trim() || sessionStorage.getItem(TOKEN) || "";
  const error = document.querySelector("#cancel-error");
  try {
    const response = await fetch(`${address}/cancel`, { method: "POST", headers: authorization(token) });
    if (!response.ok) {
      throw refusal(response.status, await response.text());
    }
    if (token) {
      sessionStorage.setItem(TOKEN, token);
    }
    document.querySelector("#token-box").hidden = true;
    refresh();
  } catch (refused) {
    error.textContent = `Not cancelled: ${refused.message}`;
    if (refused.status === 401 || refused.status === 403) {
      document.querySelector("#token-box").hidden = false;
      field.focus();
    }
  }
}

async function copy(button) {
  const text = document.querySelector("#reasons-text");
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = "Copied";
  } catch {
    // Without HTTPS a page may not write there; the text is marked, to be copied by hand.
    text.closest("details").open = true;
    getSelection().selectAllChildren(text);
    text.focus();
    button.textContent = "Marked: press Ctrl+C";
  }
}
