// Sends one file by tus 1.0 (https://tus.io/protocols/resumable-upload): piece by piece, each with its checksum where the browser can make one. After a
// cut it asks how far the file has come and goes on from there; so it does when the same file is chosen again.

const PLACE = "/api/v1/uploads";
const PIECE = 4 << 20;
const MOST_FAILURES = 8;
const LONGEST_PAUSE = 10_000;
const PASSING = new Set([408, 409, 429, 460, 500, 502, 503, 504]);

/** A request that was answered, and not with what was hoped for. */
export class Refused extends Error {
  constructor(status, problem, wait = 0) {
    super(problem.detail || problem.title || `the server answered ${status}`);
    this.status = status;
    this.problem = problem;
    this.wait = wait;
  }
}

/** What a refusal says; a body that is no problem document is left out. */
export function refusal(status, text, retryAfter) {
  let problem = {};
  try {
    problem = JSON.parse(text);
  } catch {
    // A proxy's page, or nothing.
  }
  return new Refused(status, problem, 1000 * (Number(retryAfter) || 0));
}

/** The header that says who asks, if anybody. */
export function authorization(token) {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/**
 * Sends a file and returns the upload's id.
 *
 * options.token may be empty, options.signal ends it, options.progress(bytes) and options.cut(milliseconds) are told how it goes.
 */
export async function upload(file, options) {
  const key = `entrepot.upload:${file.name}:${file.size}:${file.lastModified}`;
  let place = sessionStorage.getItem(key);
  let offset = place ? await resumed(place, options).catch(gone(key)) : null;
  if (offset === null) {
    place = await create(file, options);
    sessionStorage.setItem(key, place);
    offset = 0;
  }
  options.progress(offset);
  try {
    await sendRest(file, place, offset, options);
  } catch (error) {
    gone(key)(error, true);
    throw error;
  }
  return place.slice(place.lastIndexOf("/") + 1);
}

/** Forgets an upload that the server has forgotten. */
function gone(key) {
  return (error, quietly) => {
    if (error.status === 404 || error.status === 410) {
      sessionStorage.removeItem(key);
      return null;
    }
    if (!quietly) {
      throw error;
    }
    return null;
  };
}

async function sendRest(file, place, start, options) {
  let offset = start;
  let failures = 0;
  while (offset < file.size) {
    try {
      if (failures > 0) {
        offset = await resumed(place, options);
        options.progress(offset);
      }
      if (offset < file.size) {
        offset = await send(file, place, offset, options);
      }
      failures = 0;
    } catch (error) {
      failures += 1;
      const passes = !(error instanceof Refused) || PASSING.has(error.status);
      if (options.signal.aborted || !passes || failures > MOST_FAILURES) {
        throw error;
      }
      const pause = Math.max(error.wait || 0, Math.min(LONGEST_PAUSE, 250 * 2 ** failures));
      options.cut(pause);
      await sleep(pause, options.signal);
    }
  }
}

async function create(file, options) {
  const response = await fetch(PLACE, {
    method: "POST",
    headers: {
      "Tus-Resumable": "1.0.0",
      "Upload-Length": String(file.size),
      "Upload-Metadata": `filename ${base64(new TextEncoder().encode(file.name))}`,
      ...authorization(options.token),
    },
    signal: options.signal,
  });
  if (!response.ok) {
    throw refusal(response.status, await response.text(), response.headers.get("Retry-After"));
  }
  return new URL(response.headers.get("Location"), location.href).pathname;
}

async function resumed(place, options) {
  const response = await fetch(place, {
    method: "HEAD",
    headers: { "Tus-Resumable": "1.0.0", ...authorization(options.token) },
    signal: options.signal,
  });
  if (!response.ok) {
    throw new Refused(response.status, { detail: `the server no longer takes this upload (${response.status})` });
  }
  return Number(response.headers.get("Upload-Offset"));
}

/** Sends the next piece and returns where the file stands then. XMLHttpRequest, because fetch does not tell how much has been sent. */
async function send(file, place, offset, options) {
  const piece = await file.slice(offset, offset + PIECE).arrayBuffer();
  const headers = {
    "Tus-Resumable": "1.0.0",
    "Upload-Offset": String(offset),
    "Content-Type": "application/offset+octet-stream",
    ...authorization(options.token),
  };
  // Browsers have no digests for pages that came over plain HTTP from another machine.
  if (globalThis.crypto?.subtle) {
    const digest = await crypto.subtle.digest("SHA-256", piece);
    headers["Upload-Checksum"] = `sha256 ${base64(new Uint8Array(digest))}`;
  }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open("PATCH", place);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = (event) => options.progress(offset + event.loaded);
    request.onload = () => {
      if (request.status === 204) {
        resolve(Number(request.getResponseHeader("Upload-Offset")));
      } else {
        reject(refusal(request.status, request.responseText, request.getResponseHeader("Retry-After")));
      }
    };
    request.onerror = () => reject(new Error("the connection was cut"));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    request.onloadend = () => options.signal.removeEventListener("abort", stop);
    options.signal.addEventListener("abort", stop);
    request.send(piece);
  });
}

function base64(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("stopped", "AbortError"));
    });
  });
}
