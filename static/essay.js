// The essay saves itself while it is written; how it is meant stands in src/web/citizen/quiz/essay.rs.

const byId = id => document.getElementById(id);
const section = byId('bai-viet'), form = section.closest('form');
const find = selector => section.querySelector(selector);
const box = find('textarea'), loaded = find('[name=le]'), counter = find('.count'), state = find('.own'), former = find('[data-former]');
const words = JSON.parse(byId('essay-words').textContent);
const limit = Number(section.dataset.limit), least = Number(section.dataset.least);
const say = (key, n) => words[key].replace('{n}', n);
const text = (node, value) => { if (node && node.textContent !== value) node.textContent = value; };
const tidy = value => value.replace(/\r\n?/g, '\n').trim().normalize('NFC');
const written = () => tidy(box.value);
const length = () => [...written()].length;
const number = n => n.toLocaleString(document.documentElement.lang);

// What this device has written and the server has not confirmed, with the version it was written over.
const name = `hoithi:${form.dataset.attempt}:essay`;
const attempted = work => { try { return work(); } catch { return null; } };
const kept = () => attempted(() => JSON.parse(localStorage.getItem(name)));
const keep = () => attempted(() => localStorage.setItem(name, JSON.stringify({ text: box.value, over: loaded.value })));
const drop = () => attempted(() => localStorage.removeItem(name));

// What the page brought is saved, unless the page says that it came back unsaved; what was typed before this file came is not.
let safe = 'unsaved' in section.dataset ? null : tidy(box.defaultValue), timer = 0, tries = 0, busy = false, ended = false, trouble = '';
const unsafe = () => written() !== safe;

function schedule(ms) {
  clearTimeout(timer);
  if (!ended) timer = setTimeout(save, ms);
}

const put = value => fetch(section.dataset.save, {
  method: 'PUT', cache: 'no-store', keepalive: value.length < 20_000, signal: AbortSignal.timeout?.(15_000),
  headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'X-Csrf': form.querySelector('[name=csrf]').value },
  body: JSON.stringify({ text: value, token: form.querySelector('[name=token]').value }),
});

async function save() {
  if (busy || ended || section.inert || !unsafe() || length() > limit) return;
  const value = written();
  busy = true;
  paint();
  let status = 0, reply = {}, wait = 0;
  try {
    const response = await put(value);
    [status, wait] = [response.status, 1000 * (Number(response.headers.get('Retry-After')) || 0)];
    reply = await response.json().catch(() => ({}));
  } catch { /* No answer: asked again below. */ }
  busy = false;
  if (status === 200) {
    [safe, loaded.value, tries, trouble] = [value, reply.loaded, 0, ''];
    if (unsafe()) { keep(); schedule(2000); } else drop();
  } else if (status === 409) {
    // The paper is over: handed in elsewhere, or out of time. What was typed stays in the box to be copied.
    ended = true;
    trouble = reply.reason === 'deadline-passed' ? 'late' : 'finished';
  } else if (status === 422) {
    // The text is too long, which the counter tells.
    trouble = 'unsaved';
  } else {
    trouble = status === 401 ? 'login' : 'unsaved';
    tries += 1;
    schedule(Math.max(wait, 1000 * 2 ** Math.min(tries, 4) * (0.75 + Math.random() / 2)));
  }
  paint();
}

function paint() {
  const n = length(), over = n > limit, cell = document.querySelector('#map a[href="#bai-viet"]');
  text(counter, over ? say('over', number(n - limit)) : say(n < least ? 'short' : 'count', number(n)));
  counter.classList.toggle('bad', over);
  text(state, over || trouble ? say(trouble || 'unsaved') : busy ? say('saving') : unsafe() ? '' : n ? say('saved') : '');
  state.classList.toggle('bad', over || trouble !== '');
  if (cell) {
    cell.className = `cell${n ? ' has' : ''}${unsafe() ? ' kept' : ''}`;
    text(cell.querySelector('span'), unsafe() ? '!' : n ? '✓' : '\u00a0');
  }
  text(document.querySelector('[data-slot=essay] b'), n ? say(n < least ? 'short' : 'count', number(n)) : say('none'));
}

function changed() {
  keep();
  paint();
  schedule(2000);
}

// A text of this device goes on where it was written over what the server has; otherwise it is offered and nothing is lost.
function restore() {
  const note = kept();
  if (!note || tidy(note.text) === written()) return void (unsafe() || drop());
  if (note.over === loaded.value && safe !== null) {
    box.value = note.text;
    return schedule(0);
  }
  former.hidden = false;
  former.onclick = () => {
    [box.value, note.text] = [note.text, box.value];
    changed();
    box.focus();
  };
}

box.oninput = changed;
box.onblur = () => schedule(0);
addEventListener('online', () => schedule(0));
addEventListener('pagehide', () => { if (unsafe() && !ended && !section.inert && length() <= limit) put(written()).catch(() => {}); });
document.addEventListener('visibilitychange', () => { if (document.hidden) save(); });
addEventListener('beforeunload', event => { if (unsafe() && !ended && !section.inert) event.preventDefault(); });

restore();
if (unsafe()) schedule(0);
paint();
