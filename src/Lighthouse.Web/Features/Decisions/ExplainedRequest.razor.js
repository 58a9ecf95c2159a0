// Pointing at a node of the tree, or going to it with the arrow keys, shows its stretch of the command. Nothing crosses the wire.
const rows = box => [...box.querySelectorAll('[role=treeitem]')];

function point(box, item, scroll) {
  const text = box.querySelector('pre.command');
  const [start, end] = item ? [Number(item.dataset.start), Number(item.dataset.end)] : [0, 0];
  let first = null;
  for (const piece of text.querySelectorAll('[data-at]')) {
    const inside = Number(piece.dataset.at) >= start && Number(piece.dataset.end) <= end;
    piece.classList.toggle('pointed', inside);
    first ??= inside ? piece : null;
  }
  if (first && scroll && text.scrollHeight > text.clientHeight) {
    text.scrollTop += first.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  }
}

function go(box, item) {
  if (!item) return;
  for (const other of rows(box)) other.tabIndex = other === item ? 0 : -1;
  item.focus();
}

export function follow(box) {
  const tree = box?.querySelector('[role=tree]');
  if (!tree) return;
  const focused = () => tree.contains(document.activeElement) ? document.activeElement.closest('[role=treeitem]') : null;
  tree.addEventListener('pointerover', event => point(box, event.target.closest('[role=treeitem]'), false));
  tree.addEventListener('pointerleave', () => point(box, focused(), false));
  tree.addEventListener('focusin', event => point(box, event.target.closest('[role=treeitem]'), true));
  tree.addEventListener('focusout', () => point(box, null, false));
  tree.addEventListener('click', event => go(box, event.target.closest('[role=treeitem]')));
  tree.addEventListener('keydown', event => {
    const all = rows(box);
    const at = all.indexOf(focused());
    const to = {
      ArrowDown: all[at + 1], ArrowUp: all[at - 1], Home: all[0], End: all[all.length - 1],
      ArrowRight: all[at]?.parentElement.querySelector(':scope > [role=group] [role=treeitem]'),
      ArrowLeft: all[at]?.parentElement.parentElement.closest('li')?.querySelector('[role=treeitem]'),
    };
    if (at < 0 || !(event.key in to) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(box, to[event.key]);
  });
}
