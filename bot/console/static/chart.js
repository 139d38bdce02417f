// Draws the table of figures that stands on the page; without scripts the table is what there is.
"use strict";
(() => {
  const table = document.getElementById("points");
  const place = document.getElementById("chart");
  if (!table || !place || typeof uPlot !== "function") return;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const language = document.documentElement.lang;
  const rows = [...table.tBodies[0].rows].reverse();
  const days = rows.map((row) => Date.parse(row.dataset.day + "T00:00:00Z") / 1000);
  const heads = [...table.tHead.rows[0].cells];
  const colours = [colour("--blue-900"), colour("--green-800")];
  const series = [{ label: heads[0].textContent }];
  const data = [days];
  heads.forEach((head, column) => {
    if (!head.dataset.series) return;
    data.push(rows.map((row) => (row.cells[column].dataset.value ? Number(row.cells[column].dataset.value) : null)));
    series.push({ label: head.textContent, stroke: colours[series.length - 1], width: 3, points: { show: days.length < 16 } });
  });
  const goal = Number(table.dataset.goal);
  if (goal) {
    data.push(days.map(() => goal));
    series.push({ label: table.dataset.goalName, stroke: colour("--red-900"), width: 2, dash: [8, 6], points: { show: false } });
  }
  const told = (seconds, options) => new Date(seconds * 1000).toLocaleDateString(language, { timeZone: "UTC", ...options });
  series[0].value = (_plot, seconds) => (seconds == null ? "" : told(seconds, { dateStyle: "medium" }));
  const long = days[days.length - 1] - days[0] > 200 * 86400;
  const axis = { stroke: colour("--gray-900"), font: "14px sans-serif", grid: { stroke: colour("--gray-200"), width: 1 } };
  const size = () => ({ width: place.clientWidth, height: Math.max(240, Math.min(380, place.clientWidth * 0.5)) });
  const plot = new uPlot(
    {
      ...size(),
      series,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
      axes: [
        { ...axis, values: (_plot, ticks) => ticks.map((one) => told(one, long ? { year: "2-digit", month: "short" } : { month: "numeric", day: "numeric" })) },
        { ...axis, size: 64, values: (_plot, ticks) => ticks.map((one) => one.toLocaleString(language)) },
      ],
    },
    data,
    place,
  );
  addEventListener("resize", () => plot.setSize(size()));
})();
