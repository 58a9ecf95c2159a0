// <lh-time at="ISO"> says "42 s ago" with the exact time on hover; <lh-countdown until="ISO" from="ISO"> draws the ring.
// Both tick here, once a second, so that passing time costs the server nothing.
const zone = () => document.documentElement.dataset.zone === 'utc' ? 'UTC' : undefined;
let skew = 0; // server clock minus browser clock

const exact = date => new Intl.DateTimeFormat('en-GB', {
  day: '2-digit', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone(), timeZoneName: 'short',
}).format(date);
const clock = date => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone() }).format(date);

function relative(date) {
  const seconds = Math.round((Date.now() + skew - date.getTime()) / 1000);
  if (seconds < 2) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} d ago`;
}

class Time extends HTMLElement {
  static observedAttributes = ['at', 'as'];
  connectedCallback() { live.add(this); this.tick(); }
  disconnectedCallback() { live.delete(this); }
  attributeChangedCallback() { this.tick(); }
  tick() {
    const at = this.getAttribute('at');
    if (!at) { this.textContent = ''; return; }
    const date = new Date(at);
    const text = this.getAttribute('as') === 'clock' ? clock(date) : relative(date);
    if (this.textContent !== text) this.textContent = text;
    this.title = exact(date);
  }
}

class Countdown extends HTMLElement {
  static observedAttributes = ['until', 'from'];
  connectedCallback() {
    this.innerHTML = '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><circle class="track" cx="10" cy="10" r="8"/><circle class="left" cx="10" cy="10" r="8" pathLength="100"/></svg><span></span>';
    live.add(this);
    this.tick();
  }
  disconnectedCallback() { live.delete(this); }
  attributeChangedCallback() { if (this.isConnected && this.firstChild) this.tick(); }
  tick() {
    const until = new Date(this.getAttribute('until')).getTime();
    const from = new Date(this.getAttribute('from')).getTime();
    const left = Math.max(0, Math.ceil((until - Date.now() - skew) / 1000));
    const share = until > from ? Math.min(1, left * 1000 / (until - from)) : 0;
    const hours = Math.floor(left / 3600), minutes = Math.floor(left / 60) % 60, seconds = String(left % 60).padStart(2, '0');
    this.lastChild.textContent = left === 0 ? 'time is up' : hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
    this.querySelector('.left')?.setAttribute('stroke-dasharray', `${share * 100} 100`);
    this.toggleAttribute('data-urgent', left < 60);
    this.title = 'Until ' + exact(new Date(until));
  }
}

const live = new Set();
const tickAll = () => { for (const element of live) element.tick(); };
const now = document.querySelector('meta[name="server-time"]')?.content;
if (now) {
  const difference = new Date(now).getTime() - Date.now();
  if (Math.abs(difference) > 5000) skew = difference;
}
customElements.define('lh-time', Time);
customElements.define('lh-countdown', Countdown);
setInterval(tickAll, 1000);
document.addEventListener('lighthouse:taste', tickAll);
