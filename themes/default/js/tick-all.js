// One box that ticks all rows of a page of a list, or none; it shows when only some are ticked.

export function tickAll(cell) {
  const boxes = [...cell.closest("table").querySelectorAll("tbody .list__tick input")];
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", cell.dataset.label);
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", show));
  show();
  cell.append(all);
}
