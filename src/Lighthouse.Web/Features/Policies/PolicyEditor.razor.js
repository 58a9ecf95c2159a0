// A plain text area with line numbers beside it and marks beneath it. The text lives in the browser; the server hears when typing pauses and
// then reads it. Tab leaves the field as everywhere.
const Pause = 600;
const parts = box => ({ area: box.querySelector('textarea'), gutter: box.querySelector('.gutter'), under: box.querySelector('.under') });

function draw(box) {
  const { area, gutter, under } = parts(box);
  const lines = area.value.split('\n');
  const marks = box.marks ?? [];
  const bad = new Set(marks.filter(mark => mark.bad).map(mark => mark.line));
  const warned = new Set(marks.map(mark => mark.line));
  gutter.replaceChildren(...lines.map((_, index) => {
    const number = document.createElement('span');
    number.textContent = index + 1;
    if (warned.has(index + 1)) number.className = bad.has(index + 1) ? 'bad' : 'warned';
    return number;
  }));
  under.replaceChildren();
  if (marks.length) {
    const starts = [0];
    for (const line of lines) starts.push(starts[starts.length - 1] + line.length + 1);
    let at = 0;
    for (const mark of [...marks].sort((a, b) => a.line - b.line || a.column - b.column)) {
      const from = Math.min(area.value.length, starts[Math.min(mark.line, lines.length) - 1] + mark.column - 1);
      const to = Math.min(area.value.length, from + Math.max(1, mark.length));
      if (from < at) continue;
      const place = document.createElement('mark');
      place.className = mark.bad ? 'bad' : 'warned';
      place.textContent = area.value.slice(from, to) || ' ';
      under.append(area.value.slice(at, from), place);
      at = to;
    }
    under.append(area.value.slice(at), '\n');
  }
  follow(box);
}

function follow(box) {
  const { area, gutter, under } = parts(box);
  gutter.scrollTop = area.scrollTop;
  under.style.transform = `translate(${-area.scrollLeft}px, ${-area.scrollTop}px)`;
}

export function attach(box, page, text) {
  const { area } = parts(box);
  let timer = 0;
  const tell = () => { clearTimeout(timer); timer = 0; page.invokeMethodAsync('PausedAsync'); };
  area.addEventListener('input', () => {
    // What was found is about the text before.
    box.marks = [];
    draw(box);
    clearTimeout(timer);
    timer = setTimeout(tell, Pause);
  });
  area.addEventListener('blur', () => { if (timer) tell(); });
  area.addEventListener('scroll', () => follow(box), { passive: true });
  area.addEventListener('keydown', event => {
    const control = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (control && event.key === 'Enter') { event.preventDefault(); page.invokeMethodAsync('AskedToCheckAsync'); }
    else if (control && event.key.toLowerCase() === 's') { event.preventDefault(); page.invokeMethodAsync('AskedToSaveAsync'); }
    else if (event.key === 'Enter' && !control && !event.isComposing) {
      const line = area.value.slice(area.value.lastIndexOf('\n', area.selectionStart - 1) + 1, area.selectionStart);
      const indent = /^[ \t]*/.exec(line)[0];
      // Through the browser's own editing, so that it can be undone.
      if (indent && document.execCommand('insertText', false, '\n' + indent)) event.preventDefault();
    }
  });
  draw(box);
  // Somebody was quicker than this module.
  if (area.value !== text) tell();
}

export function show(box, text) {
  const { area } = parts(box);
  area.value = text;
  area.scrollTop = 0;
  box.marks = [];
  draw(box);
}

export const read = box => new TextEncoder().encode(parts(box).area.value + '\n');

export function mark(box, places) {
  box.marks = places;
  draw(box);
}

export function go(box, line, column, length) {
  const { area } = parts(box);
  const lines = area.value.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(from, from + length);
  const height = parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, (line - 4) * height);
  area.scrollIntoView({ block: 'nearest' });
}
