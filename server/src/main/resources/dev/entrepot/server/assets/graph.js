// Draws a graph beside the list of its nodes. The list has everything; the drawing has what can be drawn in a second or two.
"use strict";

(() => {
  const MOST_DRAWN = 400;
  const place = document.querySelector("[data-graph]");
  if (!place) return;
  const canvas = place.querySelector("[data-canvas]");
  const note = place.querySelector("[data-note]");
  const list = place.querySelector("[data-nodes]");
  const items = [...list.children];
  const filter = document.getElementById("filter");
  const count = place.querySelector("[data-count]");
  let graph = null;
  let drawing = null;
  let chosen = null;

  // The list

  place.querySelector(".filter").hidden = false;

  function narrow() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      item.hidden = !words.every((word) => item.dataset.words.includes(word));
      shown += item.hidden ? 0 : 1;
    }
    count.textContent = words.length === 0 ? "" : `${shown} of ${items.length} nodes`;
  }

  filter.addEventListener("input", narrow);
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    const first = items.find((item) => !item.hidden);
    if (!first) return;
    event.preventDefault();
    first.querySelector("summary").focus();
    if (event.key === "Enter") first.querySelector("details").open = true;
  });
  list.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (!(event.key in steps) || event.target.tagName !== "SUMMARY") return;
    event.preventDefault();
    const shown = items.filter((item) => !item.hidden);
    const next = shown[shown.indexOf(event.target.closest("li")) + steps[event.key]];
    if (next) next.querySelector("summary").focus();
    else if (event.key === "ArrowUp") filter.focus();
  });
  list.addEventListener(
    "toggle",
    (event) => {
      if (event.target.open) choose(Number(event.target.dataset.node));
    },
    true,
  );

  function openInList(id) {
    const details = document.getElementById(`node-${id}`);
    if (!details) return;
    details.closest("li").hidden = false;
    details.open = true;
    const box = details.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) list.scrollTop += box.top - frame.top - 20;
  }

  // The drawing

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const key = (id, end) => (id < 0 ? end : `n${id}`);

  const styles = () => [
    {
      selector: "node",
      style: {
        shape: "round-rectangle",
        width: "data(width)",
        height: 38,
        "background-color": colour("--sheet"),
        "border-width": 1.5,
        "border-color": colour("--harbour"),
        label: "data(label)",
        color: colour("--ink"),
        "font-family": "monospace",
        "font-size": 11,
        "text-wrap": "wrap",
        "text-valign": "center",
        "text-max-width": 220,
      },
    },
    { selector: "node.port", style: { shape: "round-tag", "background-color": colour("--sunk"), "border-color": colour("--amber") } },
    { selector: "node.weighty", style: { "background-color": colour("--sunk") } },
    { selector: "node.chosen", style: { "background-color": colour("--harbour"), color: colour("--harbour-ink") } },
    {
      selector: "edge",
      style: {
        width: 1.2,
        "line-color": colour("--soft"),
        "target-arrow-color": colour("--soft"),
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.8,
        "curve-style": "bezier",
        label: "data(label)",
        "font-size": 8,
        "font-family": "monospace",
        color: colour("--soft"),
        "text-background-color": colour("--sheet"),
        "text-background-opacity": 1,
        "text-background-padding": 1,
        "min-zoomed-font-size": 7,
      },
    },
    {
      selector: "edge.bent",
      style: {
        "curve-style": "round-segments",
        "segment-weights": (edge) => edge.data("weights"),
        "segment-distances": (edge) => edge.data("distances"),
        "edge-distances": "node-position",
      },
    },
  ];

  // The nodes nearest to one, along edges; from the inputs on where none is meant.
  function near(centre) {
    const main = graph.nodes.filter((node) => node.within < 0);
    if (main.length <= MOST_DRAWN) return new Set(main.map((node) => node.id));
    const neighbours = new Map();
    for (const edge of graph.edges) {
      if (edge.from < 0 || edge.to < 0) continue;
      for (const [a, b] of [[edge.from, edge.to], [edge.to, edge.from]]) {
        if (!neighbours.has(a)) neighbours.set(a, []);
        neighbours.get(a).push(b);
      }
    }
    const found = new Set([centre ?? main[0].id]);
    for (const id of found) {
      for (const other of neighbours.get(id) ?? []) if (found.size < MOST_DRAWN / 2) found.add(other);
      if (found.size >= MOST_DRAWN / 2) break;
    }
    return found;
  }

  function elements(ids) {
    const nodes = graph.nodes
      .filter((node) => ids.has(node.id))
      .map((node) => {
        const title = node.layer || node.name;
        const short = title.length > 26 ? `…${title.slice(-25)}` : title;
        const label = short ? `${node.op}\n${short}` : node.op;
        const width = Math.max(70, 7 * Math.max(node.op.length, short.length) + 20);
        return { data: { id: key(node.id), node: node.id, label, width }, classes: node.weights.length > 0 ? "weighty" : "" };
      });
    const edges = [];
    const ports = new Map();
    graph.edges.forEach((edge, index) => {
      const from = edge.from < 0 ? `in:${edge.value}` : key(edge.from);
      const to = edge.to < 0 ? `out:${edge.value}` : key(edge.to);
      if ((edge.from >= 0 && !ids.has(edge.from)) || (edge.to >= 0 && !ids.has(edge.to))) return;
      if (edge.from < 0) ports.set(from, edge);
      if (edge.to < 0) ports.set(to, edge);
      edges.push({ data: { id: `e${index}`, source: from, target: to, label: edge.type } });
    });
    for (const [id, edge] of ports) {
      const width = Math.max(60, 7 * edge.value.length + 24);
      nodes.push({ data: { id, label: edge.value, width }, classes: "port" });
    }
    return { nodes, edges };
  }

  function laidOut({ nodes, edges }) {
    const layout = new dagre.graphlib.Graph({ multigraph: true });
    layout.setGraph({ rankdir: "TB", nodesep: 24, ranksep: 34, ranker: nodes.length > 150 ? "longest-path" : "network-simplex" });
    layout.setDefaultEdgeLabel(() => ({}));
    for (const { data } of nodes) layout.setNode(data.id, { width: data.width, height: 38 });
    for (const { data } of edges) {
      layout.setEdge(data.source, data.target, { width: 5 * data.label.length, height: 10, labelpos: "c" }, data.id);
    }
    dagre.layout(layout);
    for (const node of nodes) {
      const { x, y } = layout.node(node.data.id);
      node.position = { x, y };
    }
    for (const edge of edges) bend(edge, layout);
    return [...nodes, ...edges];
  }

  // The points that an edge goes through, as cytoscape wants them: along the line from node to node, and off it.
  function bend(edge, layout) {
    const { source, target, id } = edge.data;
    const from = layout.node(source);
    const to = layout.node(target);
    const line = { x: to.x - from.x, y: to.y - from.y };
    const length = Math.hypot(line.x, line.y) || 1;
    const points = layout.edge(source, target, id).points.slice(1, -1).map(({ x, y }) => {
      const off = { x: x - from.x, y: y - from.y };
      return [(off.x * line.x + off.y * line.y) / length ** 2, (off.y * line.x - off.x * line.y) / length];
    });
    if (!points.some(([, distance]) => Math.abs(distance) > 4)) return;
    edge.data.weights = points.map(([weight]) => weight);
    edge.data.distances = points.map(([, distance]) => distance);
    edge.classes = "bent";
  }

  function draw(centre) {
    const ids = near(centre);
    const main = graph.nodes.filter((node) => node.within < 0).length;
    note.textContent =
      ids.size < main ? `Drawn: the ${ids.size} nodes nearest to the chosen one, of ${main}. Choose another in the list.` : "";
    if (drawing) drawing.destroy();
    drawing = cytoscape({
      container: canvas,
      elements: laidOut(elements(ids)),
      style: styles(),
      layout: { name: "preset" },
      minZoom: 0.05,
      maxZoom: 3,
      autoungrabify: true,
      boxSelectionEnabled: false,
    });
    drawing.on("tap", "node", (event) => {
      const id = event.target.data("node");
      if (id !== undefined) openInList(id);
    });
    begin();
  }

  // A tall graph fitted whole is too small to read: begin at its top.
  function begin() {
    drawing.fit(undefined, 24);
    if (drawing.zoom() < 0.55) {
      drawing.zoom(0.8);
      const box = drawing.elements().boundingBox();
      drawing.pan({ x: drawing.width() / 2 - ((box.x1 + box.x2) / 2) * 0.8, y: 24 - box.y1 * 0.8 });
    } else if (drawing.zoom() > 1.2) {
      drawing.zoom(1.2);
      drawing.center();
    }
  }

  function choose(id) {
    if (!drawing || chosen === id) return;
    let node = graph.nodes[id];
    while (node && node.within >= 0) node = graph.nodes[node.within];
    if (!node) return;
    chosen = id;
    if (drawing.getElementById(key(node.id)).empty()) draw(node.id);
    drawing.nodes().removeClass("chosen");
    const found = drawing.getElementById(key(node.id));
    found.addClass("chosen");
    const zoom = Math.max(drawing.zoom(), 0.8);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) {
      drawing.zoom(zoom);
      drawing.center(found);
    } else {
      drawing.animate({ zoom, center: { eles: found }, duration: 250 });
    }
  }

  place.querySelectorAll("[data-zoom]").forEach((button) =>
    button.addEventListener("click", () => {
      if (!drawing) return;
      if (button.dataset.zoom === "fit") {
        drawing.fit(undefined, 24);
        return;
      }
      const level = drawing.zoom() * (button.dataset.zoom === "in" ? 1.3 : 1 / 1.3);
      drawing.zoom({ level, renderedPosition: { x: drawing.width() / 2, y: drawing.height() / 2 } });
    }),
  );
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawing && drawing.style(styles()));

  fetch(place.dataset.graph)
    .then((answer) => {
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      return answer.json();
    })
    .then((json) => {
      graph = json;
      place.querySelector(".tools").hidden = false;
      const asked = /^#node-(\d+)$/.exec(location.hash);
      draw(asked ? Number(asked[1]) : undefined);
      if (asked) openInList(Number(asked[1]));
    })
    .catch((problem) => {
      place.querySelector(".tools").hidden = false;
      note.textContent = `The graph cannot be drawn: ${problem.message}. The list has all of it.`;
    });
})();
