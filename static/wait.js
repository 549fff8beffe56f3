// Long work of staff: a word at once, then how long it has taken and how much of a file has come. Without this file the same forms are
// sent as any form, and the browser shows what it shows.

// data-wait: what is being done. data-come, data-done, data-failed: of forms whose answer is a file. data-units: "{n} s|{mb} MB".
addEventListener('submit', event => {
  const form = event.target;
  if (!form.matches?.('[data-wait]') || event.defaultPrevented) return;
  if (form.dataset.busy) return event.preventDefault();
  const work = begin(form);
  if (!form.dataset.come) return;
  event.preventDefault();
  fetchFile(form, event.submitter, work).catch(work.failed);
});
// A page that comes back from the cache has nothing under way.
addEventListener('pageshow', event => {
  if (event.persisted) for (const form of document.querySelectorAll('[data-busy]')) settle(form);
});

function settle(form) {
  clearInterval(form.dataset.busy);
  delete form.dataset.busy;
  form.querySelector('.sending').hidden = true;
}

function begin(form) {
  const box = form.querySelector('.sending'), bar = box.querySelector('progress'), word = box.querySelector('[role=status]'), count = box.querySelector('.count');
  const since = performance.now(), [seconds, megabytes] = form.dataset.units.split('|');
  let bytes = 0;
  const say = text => { if (word.textContent !== text) word.textContent = text; };
  const tick = () => {
    const parts = [seconds.replace('{n}', Math.floor((performance.now() - since) / 1000))];
    if (bytes) parts.push(megabytes.replace('{mb}', (bytes / 1e6).toFixed(1)));
    count.textContent = parts.join(' · ');
  };
  box.hidden = bar.hidden = false;
  say(form.dataset.wait);
  tick();
  form.dataset.busy = setInterval(tick, 500);
  const end = text => {
    tick();
    settle(form);
    box.hidden = false;
    bar.hidden = true;
    say(text);
  };
  return { come: more => { bytes += more; say(form.dataset.come); }, done: () => end(form.dataset.done), failed: () => end(form.dataset.failed) };
}

async function fetchFile(form, button, work) {
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.append(button.name, button.value);
  const answer = await fetch(form.action, { method: 'POST', body });
  const file = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '');
  if (answer.ok && file) return save(file[1], answer, work);
  // No file but a page: elsewhere, or this one with what is to be mended.
  if (answer.redirected) return location.assign(answer.url);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html'), main = page.querySelector('main');
  if (answer.status >= 500 || !main) throw new Error('no page');
  settle(form);
  document.title = page.title;
  document.querySelector('main').replaceWith(document.adoptNode(main));
  scrollTo(0, 0);
  (document.getElementById('errors') ?? main).focus();
}

// A file that breaks off is not kept: half a list looks like a whole one.
async function save(name, answer, work) {
  const parts = [], reader = answer.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    work.come(part.value.length);
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(parts, { type: answer.headers.get('content-type') }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return work.done();
}
