// The list of questions that are still open, above the button for having read a lesson. An answer that was saved without
// leaving the page takes its question off the list.

export function openQuestions(list) {
  for (const item of list.querySelectorAll("[data-open]")) {
    document.getElementById(item.dataset.open)?.addEventListener("saved", () => {
      item.remove();
      if (!list.querySelector("[data-open]")) list.textContent = list.dataset.done;
    });
  }
}
