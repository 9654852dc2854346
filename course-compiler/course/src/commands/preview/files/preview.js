// Loads the page again when the courses were compiled anew. The version names the process and its compilation:
// a page that missed a change, or whose server was started again, is noticed as well.
const shown = document.documentElement.dataset.version;
const events = new EventSource("/events");
events.addEventListener("version", (event) => {
  if (event.data !== shown) {
    events.close();
    location.reload();
  }
});
