// One ApexCharts line chart. The page sends rows: Unix milliseconds, then a value for each line; nothing else crosses the wire.
const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const duration = ms => ms == null ? 'not measured' : ms < 0.1 ? `${Number((ms * 1000).toPrecision(3))} µs` : ms < 1000 ? `${Number(ms.toPrecision(3))} ms` : `${Number((ms / 1000).toPrecision(3))} s`;
const percent = ratio => ratio == null ? 'not measured' : `${Number((ratio * 100).toPrecision(3))} %`;
const clock = at => new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: document.documentElement.dataset.zone === 'utc' ? 'UTC' : undefined,
}).format(new Date(at));

const look = unit => ({
  chart: { type: 'line', height: 260, background: 'transparent', foreColor: token('--lh-muted'), fontFamily: 'inherit', toolbar: { show: false }, zoom: { enabled: false }, animations: { enabled: false } },
  theme: { mode: document.documentElement.dataset.theme },
  colors: [token('--lh-series-1'), token('--lh-series-2'), token('--lh-series-3')],
  stroke: { width: 1.8, curve: 'straight', dashArray: [0, 5, 2] },
  grid: { borderColor: token('--lh-line'), strokeDashArray: 0, padding: { left: 8, right: 8 } },
  legend: { position: 'top', horizontalAlign: 'left', fontSize: '12px', showForSingleSeries: true, itemMargin: { horizontal: 10 }, markers: { size: 5 } },
  xaxis: { type: 'datetime', labels: { formatter: (_, at) => clock(at), rotate: 0, datetimeUTC: false, hideOverlappingLabels: true }, axisBorder: { color: token('--lh-line') }, axisTicks: { color: token('--lh-line') }, tooltip: { enabled: false } },
  yaxis: unit === 'percent' ? { min: 0, max: 1, tickAmount: 4, labels: { formatter: percent } } : { min: 0, forceNiceScale: true, labels: { formatter: duration } },
  tooltip: { x: { formatter: at => clock(at) }, y: { formatter: unit === 'percent' ? percent : duration } },
  markers: { size: 0, hover: { size: 3 } },
  noData: { text: 'not measured' },
});

export async function draw(element, unit) {
  while (!window.ApexCharts) await new Promise(go => document.addEventListener('readystatechange', go, { once: true }));
  const chart = new window.ApexCharts(element, { ...look(unit), series: [] });
  await chart.render();
  let last = [];
  let dots = 0;
  const restyle = () => { const { series, ...rest } = look(unit); chart.updateOptions({ ...rest, series: last, markers: { ...rest.markers, size: dots } }, false, false, false); };
  document.addEventListener('lighthouse:taste', restyle);
  return {
    show(names, rows) {
      if (element.offsetParent === null) return;
      last = names.map((name, index) => ({ name, data: rows.map(row => [row[0], row[index + 1]]) }));
      // A value between two gaps has no line: a dot shows it.
      const alone = last.some(line => line.data.some(([, value], index) => value != null && line.data[index - 1]?.[1] == null && line.data[index + 1]?.[1] == null));
      if (dots === (alone ? 3 : 0)) return chart.updateSeries(last, false);
      dots = alone ? 3 : 0;
      return chart.updateOptions({ series: last, markers: { size: dots } }, false, false, false);
    },
    destroy() {
      document.removeEventListener('lighthouse:taste', restyle);
      chart.destroy();
    },
  };
}
