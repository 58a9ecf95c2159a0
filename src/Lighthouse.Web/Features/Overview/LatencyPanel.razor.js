// One ApexCharts line chart. The page sends points; nothing else crosses the wire.
const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const duration = ms => ms == null ? 'not measured' : ms < 0.1 ? `${Number((ms * 1000).toPrecision(3))} µs` : ms < 1000 ? `${Number(ms.toPrecision(3))} ms` : `${Number((ms / 1000).toPrecision(3))} s`;
const clock = at => new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: document.documentElement.dataset.zone === 'utc' ? 'UTC' : undefined,
}).format(new Date(at));

const look = () => ({
  chart: { type: 'line', height: 260, background: 'transparent', foreColor: token('--lh-muted'), fontFamily: 'inherit', toolbar: { show: false }, zoom: { enabled: false }, animations: { enabled: false } },
  theme: { mode: document.documentElement.dataset.theme },
  colors: [token('--lh-series-1'), token('--lh-series-2'), token('--lh-series-3')],
  stroke: { width: 1.8, curve: 'straight', dashArray: [0, 5, 2] },
  grid: { borderColor: token('--lh-line'), strokeDashArray: 0, padding: { left: 8, right: 8 } },
  legend: { position: 'top', horizontalAlign: 'left', fontSize: '12px', itemMargin: { horizontal: 10 }, markers: { size: 5 } },
  xaxis: { type: 'datetime', labels: { formatter: (_, at) => clock(at), rotate: 0, datetimeUTC: false, hideOverlappingLabels: true }, axisBorder: { color: token('--lh-line') }, axisTicks: { color: token('--lh-line') }, tooltip: { enabled: false } },
  yaxis: { min: 0, forceNiceScale: true, labels: { formatter: duration } },
  tooltip: { x: { formatter: at => clock(at) }, y: { formatter: duration } },
  markers: { size: 0, hover: { size: 3 } },
  noData: { text: 'not measured' },
});

export async function draw(element) {
  while (!window.ApexCharts) await new Promise(go => document.addEventListener('readystatechange', go, { once: true }));
  const chart = new window.ApexCharts(element, { ...look(), series: [] });
  await chart.render();
  let last = [];
  const restyle = () => { const { series, ...rest } = look(); chart.updateOptions({ ...rest, series: last }, false, false, false); };
  document.addEventListener('lighthouse:taste', restyle);
  return {
    show(points) {
      if (element.offsetParent === null) return;
      const line = (name, index) => ({ name, data: points.map(point => [point[0], point[index]]) });
      last = [line('P50', 1), line('P95', 2), line('P99', 3)];
      return chart.updateSeries(last, false);
    },
    destroy() {
      document.removeEventListener('lighthouse:taste', restyle);
      chart.destroy();
    },
  };
}
