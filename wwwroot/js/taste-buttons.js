// Buttons with data-taste="theme|rail|zone" toggle a taste. It stays in the browser; the server never needs to know.
const choices = { theme: ['dark', 'light'], rail: ['wide', 'narrow'], zone: ['local', 'utc'] };

document.addEventListener('click', event => {
  const key = event.target.closest?.('[data-taste]')?.dataset.taste;
  if (!key) return;
  const [first, second] = choices[key];
  const value = document.documentElement.dataset[key] === first ? second : first;
  document.documentElement.dataset[key] = value;
  try { localStorage.setItem('lighthouse.' + key, value); } catch { /* private mode: the choice lasts for this page */ }
  document.dispatchEvent(new CustomEvent('lighthouse:taste', { detail: { key, value } }));
});

document.addEventListener('click', event => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target) || event.target.closest('.sheet')) menu.open = false;
  }
});
