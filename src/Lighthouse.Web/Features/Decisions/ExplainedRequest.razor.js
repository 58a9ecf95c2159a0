// Pointing at a node of the tree, or going to it with the arrow keys, shows its stretch of the command. Nothing crosses the wire.
const rows = box => [...box.querySelectorAll('[role=treeitem]')];

// The pieces stand in the order of the text: found once, then only those of the node are touched.
function pointer(box) {
  const text = box.querySelector('pre.command');
  let pieces = [], pointed = [], last = null;
  const from = start => {
    let low = 0, high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Number(pieces[middle].dataset.at) < start) low = middle + 1; else high = middle;
    }
    return low;
  };
  return (item, scroll) => {
    if (item === last && !scroll) return;
    last = item;
    for (const piece of pointed) piece.classList.remove('pointed');
    pointed = [];
    if (!item) return;
    if (!pieces[0]?.isConnected) pieces = [...text.querySelectorAll('[data-at]')];
    const end = Number(item.dataset.end);
    for (let at = from(Number(item.dataset.start)); at < pieces.length && Number(pieces[at].dataset.end) <= end; at++) {
      pieces[at].classList.add('pointed');
      pointed.push(pieces[at]);
    }
    if (pointed.length && scroll && text.scrollHeight > text.clientHeight) {
      text.scrollTop += pointed[0].getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
    }
  };
}

function go(box, item) {
  if (!item) return;
  for (const other of rows(box)) other.tabIndex = other === item ? 0 : -1;
  item.focus();
}

export function follow(box) {
  const tree = box?.querySelector('[role=tree]');
  if (!tree) return;
  const point = pointer(box);
  const focused = () => tree.contains(document.activeElement) ? document.activeElement.closest('[role=treeitem]') : null;
  tree.addEventListener('pointerover', event => point(event.target.closest('[role=treeitem]'), false));
  tree.addEventListener('pointerleave', () => point(focused(), false));
  tree.addEventListener('focusin', event => point(event.target.closest('[role=treeitem]'), true));
  tree.addEventListener('focusout', () => point(null, false));
  tree.addEventListener('click', event => go(box, event.target.closest('[role=treeitem]')));
  tree.addEventListener('keydown', event => {
    const all = rows(box);
    const at = all.indexOf(focused());
    const to = {
      ArrowDown: all[at + 1], ArrowUp: all[at - 1], Home: all[0], End: all[all.length - 1],
      ArrowRight: all[at]?.querySelector(':scope > [role=group] > [role=treeitem]'),
      ArrowLeft: all[at]?.parentElement.closest('[role=treeitem]'),
    };
    if (at < 0 || !(event.key in to) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(box, to[event.key]);
  });
}
