// The check of a question file: dropping it, a bar while it is sent, a word while it is read.
// Without this file the same form is sent as any form, and a file can still be dropped on its field.

// The answer brings a form of its own, so the form is looked for whenever it is needed.
const form = () => document.querySelector('[data-check]');
const carries = event => Boolean(form()) && [...event.dataTransfer?.types ?? []].includes('Files');
let inside = 0, busy = false;
const over = on => form().querySelector('.drop').classList.toggle('over', on);

// Everywhere on the page, so that a file that misses the box does not open in place of the page.
addEventListener('dragenter', event => { if (carries(event)) { inside++; over(true); } });
addEventListener('dragleave', event => { if (carries(event) && --inside <= 0) { inside = 0; over(false); } });
addEventListener('dragover', event => { if (carries(event)) event.preventDefault(); });
addEventListener('drop', event => {
  if (!carries(event)) return;
  event.preventDefault();
  inside = 0;
  over(false);
  const file = event.dataTransfer.files[0];
  if (!file || busy) return;
  const one = new DataTransfer();
  one.items.add(file);
  form().querySelector('[type=file]').files = one.files;
  form().requestSubmit();
});
addEventListener('submit', event => {
  if (event.target !== form()) return;
  event.preventDefault();
  if (!busy) send(event.target);
});
ready();

function ready() {
  const hint = form()?.querySelector('.drop-here');
  if (hint) hint.hidden = false;
}

function send(sent) {
  const box = sent.querySelector('.sending'), bar = box.querySelector('progress'), word = box.querySelector('[role=status]');
  const button = sent.querySelector('button.button');
  const say = (text, share) => {
    box.hidden = false;
    word.textContent = text;
    if (share === undefined) bar.removeAttribute('value'); else bar.value = share;
  };
  const fail = text => {
    busy = false;
    bar.hidden = true;
    button.hidden = false;
    say(text);
  };
  busy = true;
  bar.hidden = false;
  button.hidden = true;
  const request = new XMLHttpRequest();
  request.open('POST', sent.action);
  request.upload.onprogress = event => {
    if (event.lengthComputable) say(sent.dataset.sending.replace('{n}', Math.floor(100 * event.loaded / event.total)), event.loaded * 100 / event.total);
  };
  request.upload.onload = () => say(sent.dataset.reading);
  request.onerror = () => fail(sent.dataset.failed);
  request.onload = () => {
    if (request.status === 413) return fail(sent.dataset.tooLarge);
    // Sent elsewhere, as to the log-in: go there. Otherwise the answer takes the place of the page.
    if (request.responseURL !== sent.action) return location.assign(request.responseURL);
    const page = new DOMParser().parseFromString(request.responseText, 'text/html'), main = page.querySelector('main');
    if (request.status >= 500 || !main) return fail(sent.dataset.failed);
    busy = false;
    document.title = page.title;
    document.querySelector('main').replaceWith(document.adoptNode(main));
    ready();
    scrollTo(0, 0);
    (document.getElementById('errors') ?? main).focus();
  };
  say(sent.dataset.sending.replace('{n}', 0), 0);
  request.send(new FormData(sent));
}
