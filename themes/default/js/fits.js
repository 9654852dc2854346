// Where a table fits into its frame, the frame does not scroll, so that the head of the table stays in sight.

export function fits(frame) {
  const table = frame.querySelector("table");
  const measure = () => frame.classList.toggle("list__frame--fits", table.offsetWidth <= frame.clientWidth);
  new ResizeObserver(measure).observe(frame);
}
