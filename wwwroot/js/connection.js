// The words around a lost connection: since when, and a way back. A rejected circuit (the server restarted) reloads by itself.
const modal = document.getElementById('components-reconnect-modal');

modal?.addEventListener('components-reconnect-state-changed', event => {
  const state = event.detail?.state;
  if (state === 'show') {
    const since = modal.querySelector('[data-since]');
    if (since) since.textContent = new Date().toLocaleTimeString('en-GB');
  }
  if (state === 'failed') document.addEventListener('visibilitychange', retryWhenVisible);
  if (state === 'rejected') setTimeout(() => location.reload(), 1500);
});

document.addEventListener('click', event => {
  if (event.target.closest?.('[data-reload]')) location.reload();
});

async function retryWhenVisible() {
  if (document.visibilityState !== 'visible') return;
  document.removeEventListener('visibilitychange', retryWhenVisible);
  try { if (!await Blazor.reconnect()) location.reload(); } catch { location.reload(); }
}
