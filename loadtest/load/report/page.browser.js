/** Draws the plots of a report's page; runs in the browser, beside uPlot. */
(() => {
  const report = JSON.parse(document.getElementById("report").textContent);
  const PLOT_HEIGHT_PX = 210;
  /** Okabe and Ito's: told apart by everybody. */
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const [BLUE, ORANGE, GREEN, PINK] = [isDark ? "#56b4e9" : "#0072b2", "#e69f00", "#009e73", "#cc79a7"];
  const ofServer = (name) => (row) => row.server?.[name];

  /** A line for each: its name, its colour, what it reads of a row, and what that is multiplied with. */
  const SERIES = [
    ["Clients", "connected", [["clients", BLUE, (row) => row.connected]]],
    [
      "Ticks",
      "ms, of one room",
      [
        ["tick p99", ORANGE, ofServer("tickP99")],
        ["tick p50", BLUE, ofServer("tickP50")],
      ],
    ],
    [
      "Patches",
      "ms, of one room",
      [
        ["patch p99", ORANGE, ofServer("patchP99")],
        ["patch p50", BLUE, ofServer("patchP50")],
      ],
    ],
    [
      "Ticks held",
      "% of those due",
      [["held", GREEN, ofServer("ticksHeld"), 100]],
      { floor: 90, ceiling: 100 },
    ],
    ["Server's CPU", "% of one core", [["CPU", BLUE, ofServer("cpu"), 100]]],
    [
      "Server's event loop and garbage",
      "ms",
      [
        ["loop late, p99", ORANGE, ofServer("loopP99")],
        ["GC in this second", PINK, ofServer("gcMs")],
      ],
    ],
    [
      "Server's memory",
      "MB",
      [
        ["RSS", BLUE, ofServer("rssMb")],
        ["heap used", ORANGE, ofServer("heapMb")],
      ],
    ],
    ["Queued on the server", "kB", [["queued", PINK, ofServer("queuedKb")]]],
    [
      "Command to acknowledgement",
      "ms",
      [
        ["p99", ORANGE, (row) => row.ackP99],
        ["p50", BLUE, (row) => row.ackP50],
      ],
    ],
    [
      "Between two patches",
      "ms, at a client",
      [
        ["p99", ORANGE, (row) => row.patchGapP99],
        ["p50", BLUE, (row) => row.patchGapP50],
      ],
    ],
    ["Down", "kB/s a client", [["down", BLUE, (row) => row.bytesPerClient, 0.001]]],
    ["Joins", "ms, p95 of this second's", [["join p95", BLUE, (row) => row.joinP95]], { dots: true }],
    [
      "The generator itself",
      "% busy, and ms late",
      [
        ["busiest thread, %", BLUE, (row) => row.generatorBusy, 100],
        ["late p99, ms", ORANGE, (row) => row.generatorLateP99],
      ],
    ],
  ];

  const DISTRIBUTIONS = [
    ["tick", "Server: a room's tick"],
    ["patch", "Server: a room's patch"],
    ["ack", "Command to acknowledgement"],
    ["patchGap", "Between two patches"],
    ["join", "Join, until the first state"],
    ["return", "Return after a drop"],
    ["answer", "Chat, until it is answered"],
    ["loop", "Server: event loop late by"],
    ["gc", "Server: pauses for garbage"],
  ];

  const drawn = [];
  const colour = (name) => {
    // light-dark() is resolved where a colour is used, not in the variable.
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = `var(${name})`;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  const round = (value) =>
    value == null
      ? "–"
      : Number.isInteger(value)
        ? value.toLocaleString("en")
        : value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);

  function panel(parent, title, unit) {
    const box = document.createElement("div");
    box.className = "plot";
    const heading = document.createElement("h3");
    heading.append(`${title} `, Object.assign(document.createElement("small"), { textContent: unit }));
    box.append(heading);
    document.getElementById(parent).append(box);
    return box;
  }

  const widthOf = (box) => box.clientWidth - 28;
  const axis = (more) => ({
    stroke: colour("--faint"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line"), width: 1 },
    ...more,
  });

  /** `shown`: the moment, or the bar, that the legend tells of until somebody points at another. */
  function draw(box, options, data, shown) {
    const showOne = (plot) => plot.setLegend({ idx: shown }, false);
    const hooks = { ready: [showOne] };
    const plot = new uPlot({ width: widthOf(box), height: PLOT_HEIGHT_PX, hooks, ...options }, data, box);
    plot.over.addEventListener("mouseleave", () => showOne(plot));
    drawn.push([box, plot]);
  }

  for (const [title, unit, lines, { floor = 0, ceiling, dots = false } = {}] of SERIES) {
    const columns = lines.map(([, , read, factor = 1]) =>
      report.rows.map((row) => {
        const value = read(row);
        return value == null ? null : value * factor;
      }),
    );
    if (columns.every((column) => column.every((value) => value === null))) continue;
    const seconds = report.rows.map(({ sec }) => sec);
    draw(
      panel("series", title, unit),
      {
        cursor: { sync: { key: "time" } },
        scales: {
          x: { time: false },
          y: {
            range: (_plot, low, high) => [
              Math.min(floor, low ?? floor),
              ceiling ?? Math.max((high ?? 0) * 1.08, floor + 1),
            ],
          },
        },
        axes: [axis({ values: (_plot, ticks) => ticks.map((sec) => `${sec} s`) }), axis({ size: 54 })],
        series: [
          { label: "at", value: (_plot, sec) => (sec == null ? "–" : `${sec.toFixed(0)} s`) },
          ...lines.map(([label, stroke]) => ({
            label,
            stroke,
            width: 2,
            fill: lines.length === 1 && !dots ? `${stroke}22` : undefined,
            points: { show: dots, size: 5, fill: stroke },
            spanGaps: dots,
            value: (_plot, value) => round(value),
          })),
        ],
      },
      [seconds, ...columns],
      seconds.length - 1,
    );
  }

  for (const [name, title] of DISTRIBUTIONS) {
    const bars = report.distributions[name] ?? [];
    const total = bars.reduce((sum, { count }) => sum + count, 0);
    if (total === 0) continue;
    const shares = bars.map(({ count }) => (100 * count) / total);
    const edge = (bar) => (bar ? Number(bar.fromMs.toPrecision(3)).toString() : "");
    draw(
      panel("distributions", title, `% of ${total.toLocaleString("en")}, by ms`),
      {
        cursor: { drag: { x: false, y: false } },
        scales: {
          x: { time: false, range: [-0.6, Math.max(bars.length - 0.4, 1)] },
          y: { range: (_p, _l, high) => [0, high * 1.08] },
        },
        axes: [
          axis({
            grid: { show: false },
            values: (_plot, ticks) =>
              ticks.map((index) => (Number.isInteger(index) ? edge(bars[index]) : "")),
          }),
          axis({ size: 54, values: (_plot, ticks) => ticks.map((share) => `${share} %`) }),
        ],
        series: [
          {
            label: "ms",
            value: (_plot, index) =>
              index == null ? "–" : `${edge(bars[index])} to ${Number(bars[index].toMs.toPrecision(3))}`,
          },
          {
            label: "share",
            stroke: BLUE,
            fill: `${BLUE}99`,
            paths: uPlot.paths.bars({ size: [0.9, 60] }),
            points: { show: false },
            value: (_plot, share) => (share == null ? "–" : `${share.toFixed(2)} %`),
          },
        ],
      },
      [bars.map((_bar, index) => index), shares],
      shares.indexOf(Math.max(...shares)),
    );
  }

  new ResizeObserver(() => {
    for (const [box, plot] of drawn) plot.setSize({ width: widthOf(box), height: PLOT_HEIGHT_PX });
  }).observe(document.body);
})();
