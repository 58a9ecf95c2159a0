// Keyboard: g + letter goes to a page ([data-go]), / focuses the search, ? lists, Ctrl-K opens the palette; any other single key
// presses the visible button that names it ([data-key]), so what a key does is always on the screen.
let awaitingPlace = 0;

const visible = element => element.offsetParent !== null && !element.disabled;
const typing = target => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
const find = selector => [...document.querySelectorAll(selector)].find(visible);
const modalOpen = () => document.querySelector('dialog[open], .mud-dialog');

function open(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector('input')?.select();
}

document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    open('palette');
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target)) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  if (modalOpen()) return;

  if (event.key === '?') { event.preventDefault(); open('shortcuts'); return; }
  if (event.key === '/') {
    const search = find('[data-search]');
    if (search) { event.preventDefault(); search.focus(); search.select?.(); } else { event.preventDefault(); open('palette'); }
    return;
  }
  if (event.timeStamp - awaitingPlace < 1200 && awaitingPlace) {
    awaitingPlace = 0;
    const place = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (place) { event.preventDefault(); place.click(); }
    return;
  }
  if (event.key === 'g') { awaitingPlace = event.timeStamp; return; }

  const button = event.key.length === 1 && find(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) { event.preventDefault(); button.click(); }
});

document.addEventListener('click', event => {
  const opener = event.target.closest?.('[data-opens]');
  if (opener) open(opener.dataset.opens);
  const dialog = event.target.closest?.('dialog.modal');
  if (dialog && (event.target === dialog || event.target.closest('[data-closes]'))) dialog.close();
  const copier = event.target.closest?.('[data-copy], [data-copy-from]');
  if (copier) copy(copier);
  if (event.target.closest?.('[data-skip]')) { event.preventDefault(); document.getElementById('main')?.focus(); }
});

async function copy(button) {
  const text = button.dataset.copy || document.getElementById(button.dataset.copyFrom)?.textContent || '';
  let done = false;
  try { await navigator.clipboard.writeText(text); done = true; } catch { /* not a secure context, or not permitted */ }
  const label = button.querySelector('[data-label]') ?? button;
  const before = label.textContent;
  label.textContent = done ? 'Copied' : 'Select and copy by hand';
  setTimeout(() => { label.textContent = before; }, 1600);
}

export const closeDialog = id => document.getElementById(id)?.close();
export const focusOn = selector => { const element = find(selector); element?.focus({ preventScroll: false }); element?.scrollIntoView?.({ block: 'nearest' }); };
export const setBadge = count => {
  const icon = document.querySelector('link[rel="icon"]');
  if (icon) icon.href = count > 0 ? icon.dataset.busy : icon.dataset.calm;
};
