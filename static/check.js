// The check of a question file: dropping it, a bar while it is sent, a word while it is read.
// Without this file the same form is sent as any form, and a file can still be dropped on its field.

const form = document.querySelector('[data-check]');
if (form) prepare();

function prepare() {
  const field = form.querySelector('[type=file]'), zone = form.querySelector('.drop');
  form.querySelector('.drop-here').hidden = false;
  let inside = 0;
  const carries = event => [...event.dataTransfer?.types ?? []].includes('Files');
  // Everywhere on the page, so that a file that misses the box does not open in place of the page.
  addEventListener('dragenter', event => { if (carries(event)) { inside++; zone.classList.add('over'); } });
  addEventListener('dragleave', event => { if (carries(event) && --inside <= 0) { inside = 0; zone.classList.remove('over'); } });
  addEventListener('dragover', event => { if (carries(event)) event.preventDefault(); });
  addEventListener('drop', event => {
    if (!carries(event)) return;
    event.preventDefault();
    inside = 0;
    zone.classList.remove('over');
    const file = event.dataTransfer.files[0];
    if (!file) return;
    const one = new DataTransfer();
    one.items.add(file);
    field.files = one.files;
    form.requestSubmit();
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    send();
  });
}

function send() {
  const box = form.querySelector('.sending'), bar = box.querySelector('progress'), word = box.querySelector('[role=status]');
  const button = form.querySelector('button.button');
  if (form.dataset.busy) return;
  const say = (text, share) => {
    box.hidden = false;
    word.textContent = text;
    if (share === undefined) bar.removeAttribute('value'); else bar.value = share;
  };
  const fail = text => {
    delete form.dataset.busy;
    bar.hidden = true;
    say(text);
    button.hidden = false;
  };
  form.dataset.busy = '1';
  bar.hidden = false;
  button.hidden = true;
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.upload.onprogress = event => {
    const share = event.lengthComputable ? Math.floor(100 * event.loaded / event.total) : undefined;
    say(form.dataset.sending.replace('{n}', share ?? ''), share);
  };
  request.upload.onload = () => say(form.dataset.reading);
  request.onerror = () => fail(form.dataset.failed);
  request.onload = () => {
    if (request.status === 413) return fail(form.dataset.tooLarge);
    if (request.status >= 500 || !request.responseText) return fail(form.dataset.failed);
    // Sent elsewhere, as to the log-in: go there. Otherwise the answer is the page.
    if (request.responseURL !== form.action) { location.assign(request.responseURL); return; }
    document.open();
    document.write(request.responseText);
    document.close();
    scrollTo(0, 0);
  };
  say(form.dataset.sending.replace('{n}', 0), 0);
  request.send(new FormData(form));
}
