// Copies an address, or hands it to another programme of the device, where the browser can do so.

export function share(box) {
  const field = box.querySelector("input");
  const state = box.querySelector("[role=status]");
  const copy = box.querySelector("[data-share=copy]");
  const send = box.querySelector("[data-share=send]");
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      state.textContent = box.dataset.copied;
    } catch {
      // Not allowed, or not over https: the address is marked, so that the keys of the device copy it.
      field.focus();
      field.select();
      state.textContent = box.dataset.failed;
    }
  });
  if (!navigator.share || !send) return;
  send.hidden = false;
  // Whoever closes the device's own dialogue wants nothing more.
  send.addEventListener("click", () => navigator.share({ title: send.dataset.title, url: field.value }).catch(() => {}));
}
