// Tries a model: what is drawn or dropped becomes a PNG or JPEG, goes to the model's own address, and the greatest classes come back.
"use strict";

(() => {
  const section = document.getElementById("try");
  if (!section) return;
  const find = (what) => section.querySelector(what);
  const status = find("[data-status]");
  const guesses = find("[data-guesses]");
  const seen = find("[data-seen]");
  const labels = section.dataset.labels ? section.dataset.labels.split("\n") : [];
  const height = Number(section.dataset.height);
  const width = Number(section.dataset.width);
  let latest = 0;
  find(".trial").hidden = false;

  // How a hand writes the digits, on a square from 0 to 100; the model sees them as it sees any drawing.
  const arc = (cx, cy, rx, ry, from, to) =>
    Array.from({ length: 25 }, (_, i) => {
      const angle = ((from + ((to - from) * i) / 24) * Math.PI) / 180;
      return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
    });
  const SAMPLES = [
    [arc(50, 50, 26, 40, -100, 260)],
    [[[36, 26], [52, 10], [52, 90]]],
    [[...arc(50, 32, 25, 22, -170, 35), [24, 90], [78, 90]]],
    [[...arc(47, 30, 22, 20, -150, 90), ...arc(47, 70, 26, 21, -90, 150)]],
    [[[60, 10], [22, 62], [80, 62]], [[62, 36], [62, 92]]],
    [[[74, 10], [34, 10], [30, 46], ...arc(48, 66, 27, 24, -115, 150)]],
    [[[64, 10], [40, 38], ...arc(50, 68, 24, 23, -170, 190)]],
    [[[24, 12], [76, 12], [44, 90]], [[34, 50], [70, 50]]],
    [[...arc(50, 29, 20, 19, 90, 450), ...arc(50, 69, 24, 21, -90, 270)]],
    [[...arc(50, 32, 24, 22, 0, -360), [73, 40], [66, 90]]],
  ];

  async function problemOf(answer) {
    const text = await answer.text();
    try {
      const json = JSON.parse(text);
      return json.error || json.detail || json.title;
    } catch {
      return `the server answered ${answer.status}`;
    }
  }

  async function run(image, caption) {
    const mine = ++latest;
    status.classList.remove("fail");
    try {
      const blob = await image();
      const answer = await fetch(section.dataset.infer, {
        method: "POST",
        headers: { "Content-Type": blob.type },
        body: blob,
      });
      if (!answer.ok) throw new Error(await problemOf(answer));
      const outputs = (await answer.json()).outputs;
      if (mine !== latest) return;
      show(blob, caption);
      tell(outputs);
    } catch (problem) {
      if (mine !== latest) return;
      guesses.replaceChildren();
      status.textContent = problem.message;
      status.classList.add("fail");
    }
  }

  function show(blob, caption) {
    const image = seen.querySelector("img");
    if (image.src) URL.revokeObjectURL(image.src);
    image.src = URL.createObjectURL(blob);
    image.alt = caption;
    seen.querySelector("p").textContent = caption;
    seen.hidden = false;
  }

  // The output that looks like classes: as many numbers as there are labels, else the last one with one row.
  function scores(outputs) {
    const rows = outputs.filter((output) => output.shape.length <= 2 && output.data && output.data.length > 1);
    const fitting = rows.filter((output) => labels.length > 0 && output.data.length === labels.length);
    const chosen = (fitting.length > 0 ? fitting : rows).map((output) => output.data);
    return chosen.find(areShares) || chosen[chosen.length - 1];
  }

  function areShares(numbers) {
    const sum = numbers.reduce((a, b) => a + b, 0);
    return numbers.every((number) => number >= 0) && Math.abs(sum - 1) < 0.01;
  }

  function softmax(numbers) {
    const most = Math.max(...numbers);
    const powers = numbers.map((number) => Math.exp(number - most));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  }

  function tell(outputs) {
    const found = scores(outputs);
    if (!found) {
      guesses.replaceChildren();
      status.textContent = "This model answers, but not with classes: " + outputs.map((o) => `${o.name} [${o.shape}]`).join(", ");
      return;
    }
    const shares = areShares(found) ? found : softmax(found);
    const best = shares.map((share, index) => [share, index]).sort((a, b) => b[0] - a[0]).slice(0, 5);
    guesses.replaceChildren(...best.map(([share, index]) => row(name(index), share)));
    status.textContent = `It is ${name(best[0][1])}, says the model, with ${percent(best[0][0])}.`;
  }

  const name = (index) => labels[index] || `class ${index}`;
  const percent = (share) => `${(100 * share).toFixed(1)} %`;

  function row(text, share) {
    const item = document.createElement("li");
    const label = document.createElement("b");
    label.textContent = text;
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    bar.setAttribute("viewBox", "0 0 100 10");
    bar.setAttribute("preserveAspectRatio", "none");
    bar.setAttribute("aria-hidden", "true");
    for (const [style, length] of [["track", 100], ["bar", 100 * share]]) {
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      rect.setAttribute("class", style);
      rect.setAttribute("width", length);
      rect.setAttribute("height", 10);
      bar.append(rect);
    }
    const number = document.createElement("span");
    number.className = "number";
    number.textContent = percent(share);
    item.append(label, bar, number);
    return item;
  }

  // Drawing

  const pad = find("canvas");
  if (pad) {
    const ink = pad.getContext("2d");
    let strokes = [];
    let stroke = null;
    let waiting = 0;

    function paint() {
      ink.clearRect(0, 0, pad.width, pad.height);
      ink.lineWidth = 20;
      ink.lineCap = ink.lineJoin = "round";
      ink.strokeStyle = "#14242b";
      for (const points of strokes) {
        ink.beginPath();
        ink.moveTo(points[0][0], points[0][1]);
        for (const point of points) ink.lineTo(point[0], point[1]);
        ink.stroke();
      }
    }

    async function normalised() {
      const answer = await fetch("/api/v1/drawings", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ height, width, strokes }),
      });
      if (!answer.ok) throw new Error(await problemOf(answer));
      return new Blob([await answer.arrayBuffer()], { type: "image/png" });
    }

    function recognise() {
      clearTimeout(waiting);
      if (strokes.length > 0) {
        waiting = setTimeout(() => run(normalised, `What the model sees: ${width} by ${height}`), 120);
        return;
      }
      latest++;
      guesses.replaceChildren();
      seen.hidden = true;
      status.classList.remove("fail");
      status.textContent = "Draw something, and it is recognised at once.";
    }

    function place(event) {
      const box = pad.getBoundingClientRect();
      return [
        ((event.clientX - box.left) * pad.width) / box.width,
        ((event.clientY - box.top) * pad.height) / box.height,
      ].map((number) => Math.round(number * 10) / 10);
    }

    pad.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      pad.setPointerCapture(event.pointerId);
      stroke = [place(event)];
      strokes.push(stroke);
      paint();
    });
    pad.addEventListener("pointermove", (event) => {
      if (!stroke) return;
      const passed = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
      for (const point of passed.length > 0 ? passed : [event]) stroke.push(place(point));
      paint();
    });
    for (const end of ["pointerup", "pointercancel"]) {
      pad.addEventListener(end, () => {
        if (!stroke) return;
        stroke = null;
        recognise();
      });
    }
    find("[data-clear]").addEventListener("click", () => {
      strokes = [];
      paint();
      recognise();
    });
    find("[data-undo]").addEventListener("click", () => {
      strokes.pop();
      paint();
      recognise();
    });
    section.querySelectorAll("[data-sample]").forEach((button) =>
      button.addEventListener("click", () => {
        const size = pad.width / 100;
        strokes = SAMPLES[Number(button.dataset.sample)].map((points) => points.map(([x, y]) => [x * size, y * size]));
        paint();
        recognise();
      }),
    );
  }

  // Files

  const drop = find("[data-drop]");
  const file = drop.querySelector("input");
  const take = (chosen) => {
    if (!chosen) return;
    if (!["image/png", "image/jpeg"].includes(chosen.type)) {
      status.textContent = "Only JPEG and PNG can be read here.";
      status.classList.add("fail");
      return;
    }
    status.textContent = `Asking about ${chosen.name} …`;
    run(async () => chosen, chosen.name);
  };
  file.addEventListener("change", () => take(file.files[0]));
  for (const over of ["dragenter", "dragover"]) {
    drop.addEventListener(over, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const out of ["dragleave", "drop"]) drop.addEventListener(out, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
})();
