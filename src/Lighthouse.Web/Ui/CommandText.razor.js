// What decided must not be out of sight in a long command: only the box scrolls, never the page.
export function reveal(pre) {
  const mark = pre?.querySelector('.decides');
  if (mark) pre.scrollTop += mark.getBoundingClientRect().top - pre.getBoundingClientRect().top - pre.clientHeight / 3;
}
