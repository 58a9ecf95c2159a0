// Runs before the first paint, so that a stored taste never flashes: theme, rail and time zone live in local storage.
(() => {
  const root = document.documentElement;
  const read = key => { try { return localStorage.getItem('lighthouse.' + key); } catch { return null; } };
  root.dataset.theme = read('theme') === 'light' ? 'light' : 'dark';
  root.dataset.rail = read('rail') === 'narrow' ? 'narrow' : 'wide';
  root.dataset.zone = read('zone') === 'utc' ? 'utc' : 'local';
})();
