// The live board: puts in the pieces that the server sends. Without this file the page loads itself again every half minute.
const board = document.getElementById("board");
const state = board.querySelector(".link-state");
let tries = 0;

function say(word) {
  const text = board.dataset[word];
  if (state.textContent !== text) state.textContent = text;
  state.dataset.now = word;
}

function open() {
  const source = new EventSource(board.dataset.stream);
  source.addEventListener("board", (event) => {
    tries = 0;
    say("live");
    const parts = JSON.parse(event.data);
    for (const [name, html] of Object.entries(parts)) {
      const place = board.querySelector(`[data-part="${name}"]`);
      if (place) place.innerHTML = html;
    }
  });
  source.addEventListener("end", (event) => {
    source.close();
    say(event.data === "login" ? "login" : "lost");
    if (event.data !== "login") again();
  });
  source.onerror = () => {
    say("lost");
    // A break is mended by the browser itself; a refusal is not.
    if (source.readyState === EventSource.CLOSED) again();
  };
}

// Comes back after 2 to 30 seconds, never together with the others; after a while through the page itself, which also
// leads to the log-in.
function again() {
  tries += 1;
  const wait = Math.min(30, 2 ** tries) * (0.5 + Math.random() / 2);
  setTimeout(tries > 6 ? () => location.reload() : open, wait * 1000);
}

open();
