// The quiz form with patience; how it is meant stands in src/web/citizen/quiz/messages.rs.

const byId = id => document.getElementById(id);
const form = byId('quiz');
const { attempt, save, state, result, login } = form.dataset;
const words = JSON.parse(byId('messages').textContent);
const find = (selector, root = form) => root.querySelector(selector);
const all = (selector, root = form) => [...root.querySelectorAll(selector)];
const say = (key, values) => (words[key] ?? '').replace(/\{(\w+)\}/g, (_, name) => values[name]);
const part = id => byId(id).content.firstElementChild.cloneNode(true);
const make = (tag, values) => Object.assign(document.createElement(tag), values);
const line = (tag, textContent) => make(tag, { textContent });
const text = (node, value) => { if (node.textContent !== value) node.textContent = value; };
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const sleep = ms => new Promise(done => setTimeout(done, ms));
const backoff = turn => 1000 * 2 ** Math.min(turn, 3) * (0.75 + Math.random() / 2);

// Kept here until the server confirms, one entry per question: two tabs never mix. It may fail: the page still holds all.
const attempted = work => { try { return work(); } catch { return null; } };
const nameOnDisk = id => `hoithi:${attempt}:${id}`;
const kept = id => attempted(() => JSON.parse(localStorage.getItem(nameOnDisk(id))));
const keep = (id, value) => attempted(() => localStorage.setItem(nameOnDisk(id), JSON.stringify(value)));
const drop = id => attempted(() => localStorage.removeItem(nameOnDisk(id)));
const sweep = test => attempted(() => {
  for (const name of Object.keys(localStorage)) {
    const [ours, owner] = name.split(':');
    if (ours === 'hoithi' && test(owner)) localStorage.removeItem(name);
  }
});

// One item per question, `p` the prediction; safe when `saved`, the revision confirmed, equals `revision`.
const items = all('.question:not(.essay)').map((section, index) => {
  const input = find('[name=prediction]', section);
  const boxes = all('[name^=q]', section);
  const id = input ? 'p' : boxes[0].name.slice(1);
  const counter = find(`[name=r${id}]`);
  const revision = Number(counter.value) || 0;
  return { id, index, section, input, boxes, counter, revision, saved: revision, marked: false,
    name: say(input ? 'prediction' : 'question', { n: id }), cell: find(`#map a[href="#${section.id}"]`) };
});
const questions = items.filter(item => !item.input);
const prediction = items.find(item => item.input);
const unsafe = () => items.filter(item => item.revision > item.saved);
const blank = () => questions.filter(item => !read(item).length);
const names = list => list.map(item => item.name).join(', ');

function read({ input, boxes }) {
  if (!input) return boxes.filter(box => box.checked).map(box => box.value);
  const digits = input.value.replace(/[\s.,]/g, '');
  return /^\d{1,12}$/.test(digits) && digits <= 1e9 ? Number(digits) : null;
}

function write(item, value, revision) {
  if (item.input) item.input.value = value ?? '';
  for (const box of item.boxes) box.checked = value.includes(box.value);
  stamp(item, revision);
}

function stamp(item, revision) {
  item.revision = item.counter.value = revision;
}

function claim(item, above) {
  stamp(item, Math.max(item.revision, above) + 1);
  keep(item.id, { value: read(item), revision: item.revision });
}

function confirmed(item, revision) {
  item.saved = Math.max(item.saved, revision);
  if (item.saved >= item.revision) drop(item.id);
}

function adopt(item, value, revision) {
  const news = !same(read(item), value);
  write(item, value, revision);
  confirmed(item, revision);
  return news;
}

function changed(item) {
  claim(item, item.saved);
  if (!trouble && !ending) tell('');
  paint();
  schedule(300);
}

const opened = performance.getEntriesByType('navigation')[0];
let deadline = Number(form.dataset.deadline);
let offset = Number(form.dataset.now) - (Date.now() - performance.now() + (opened?.responseStart ?? 0));
let shortest = Infinity;
let drift = Date.now() - performance.now();
const remaining = () => deadline - Date.now() - offset;

function learn({ now_ms, remaining_ms }, way) {
  if (!now_ms) return;
  const before = remaining();
  if (way <= shortest) [shortest, offset] = [way, now_ms + way / 2 - Date.now()];
  if (Math.abs(now_ms + remaining_ms - deadline) > 500) deadline = now_ms + remaining_ms;
  if (remaining() - before > 1500) tell('clock-moved');
}

// Status 0: no answer within 10 s. `wait`: the pause asked for, ms.
async function call(method, url, body, type) {
  const from = performance.now();
  const headers = { Accept: 'application/json', 'X-Csrf': find('[name=csrf]').value, ...(type && { 'Content-Type': type }) };
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), 10_000);
  try {
    const response = await fetch(url, { method, body, headers, cache: 'no-store', signal: stop.signal, keepalive: method === 'PUT' });
    const reply = await response.json().catch(() => ({}));
    learn(reply, performance.now() - from);
    return { status: response.status, reply, wait: 1000 * (Number(response.headers.get('Retry-After')) || 0) };
  } catch {
    return { status: 0, reply: {}, wait: 0 };
  } finally {
    clearTimeout(limit);
  }
}

let timer = 0, tries = 0, trouble = '', recovering = '', sending = null, sentAt = 0, ending = false, left = false;

function schedule(ms) {
  clearTimeout(timer);
  if (!ending) timer = setTimeout(flush, ms);
}

const put = batch => call('PUT', save, JSON.stringify({
  responses: batch.filter(item => !item.input).map(item => ({ question: Number(item.id), options: read(item), revision: item.revision })),
  ...(batch.includes(prediction) && { prediction: { value: read(prediction), revision: prediction.revision } }),
  token: find('[name=token]').value,
}), 'application/json');

async function flush() {
  const batch = unsafe();
  if (sending || ending || !batch.length) return;
  sending = new Map(batch.map(item => [item, item.revision]));
  sentAt = Date.now();
  setTimeout(paint, 400);
  const answer = await put(batch);
  const sent = sending;
  sending = null;
  if (answer.status === 200) received(answer.reply, sent);
  else refused(answer);
  paint();
}

const asItem = ({ value, revision }) => ({ question: 'p', options: value, revision });

function received({ saved = [], stale = [], prediction: held }, sent) {
  const item = ({ question }) => items.find(one => one.id === String(question));
  for (const one of saved) confirmed(item(one), one.revision);
  if (held) stale.push(asItem(held));
  else if (sent.has(prediction)) confirmed(prediction, sent.get(prediction));
  // Another device's answer is shown, unless the reader has chosen again meanwhile.
  const news = stale.filter(one => (item(one).revision === sent.get(item(one)) ? adopt(item(one), one.options, one.revision) : claim(item(one), one.revision)));
  recovering ||= trouble;
  [tries, trouble] = [0, ''];
  if (unsafe().length) schedule(300);
  else if (recovering) {
    if (!ending) tell('back', { n: questions.length - blank().length }, 'ok');
    recovering = '';
  }
  if (news.length) tell('other-device', { names: names(news.map(item)) });
}

function refused({ status, reply, wait }) {
  if (ending) return;
  if (status === 409) return void (reply.reason === 'deadline-passed' ? submit(true) : leave(reply.location));
  const pause = Math.max(wait * (1 + Math.random() / 4), status === 401 ? 15_000 : backoff(tries));
  tries += 1;
  trouble = status === 401 ? 'login' : status === 429 || status === 503 ? 'busy'
    : status === 0 && (tries > 1 || !navigator.onLine) ? 'offline' : 'retrying';
  schedule(pause);
  tell(trouble, { n: unsafe().length, s: Math.ceil(pause / 1000), names: names(unsafe()) }, 'warn');
}

async function reread() {
  const { status, reply } = await call('GET', state);
  if (status !== 200 || left) return;
  if (reply.finished) return leave(reply.location);
  if (ending) return;
  const held = [...reply.responses ?? [], asItem(reply.prediction ?? {})];
  const news = items.filter(item => {
    const one = held.find(({ question }) => item.id === String(question));
    if (!one?.revision) return false;
    if (item.revision === one.revision && same(read(item), one.options)) confirmed(item, one.revision);
    return item.revision === item.saved && one.revision > item.saved && adopt(item, one.options, one.revision);
  });
  if (news.length) tell('other-device', { names: names(news) });
  paint();
}

function leave(where) {
  left = ending = true;
  sweep(owner => owner === attempt);
  location.assign(where ?? result);
}

// A lost answer is asked for again, never called a failure.
async function submit(timeIsUp) {
  if (ending) return;
  ending = true;
  clearTimeout(timer);
  const data = new URLSearchParams(new FormData(form));
  data.set('then', 'submit');
  for (const screen of screens) screen.inert = true;
  tell(timeIsUp ? 'time-up' : 'submitting');
  if (timeIsUp) {
    text(alarm, say('time-up'));
    await sleep(Math.random() * 1500);
  }
  for (let turn = 0; !left; turn += 1) {
    const { status, reply, wait } = await call('POST', form.action, data);
    if (reply.location || status === 409) return leave(reply.location);
    if (status >= 200 && status < 500 && ![401, 408, 429].includes(status)) return plainly();
    tell('checking', {}, 'warn');
    await sleep(Math.max(wait, backoff(turn)));
    await reread();
  }
}

function plainly() {
  left = true;
  form.append(make('input', { type: 'hidden', name: 'then', value: 'submit' }));
  form.submit();
}

const bar = part('quiz-bar'), foot = part('quiz-foot'), sheet = part('quiz-map'), review = part('quiz-review');
const clock = find('[role=timer]', bar), indicator = find('.saved', bar), status = find('[role=status]', bar), alarm = find('[role=alert]', bar);
const hider = find('[data-do=hide]', bar), next = find('[data-do=next]', foot);
const map = byId('map'), panel = find('.sheet-body', sheet), side = make('div', { className: 'map-side' }), note = make('div', { hidden: true });
const screens = [...all('.question'), review], last = screens.length - 1;
const heading = screen => find('legend, h1', screen);
let current = 0, onePage = kept('one-page') === true, clockHidden = false, told = '';

function build() {
  for (const item of items) {
    const tools = item.section.appendChild(part(item.input ? 'quiz-own' : 'quiz-tools'));
    item.own = find('.own', tools);
    if (item.input) continue;
    const mark = find('input', tools);
    mark.checked = item.marked;
    mark.onchange = () => { item.marked = mark.checked; keep('marks', items.filter(one => one.marked).map(one => one.id)); paint(); };
    item.clear = find('button', tools);
    item.clear.onclick = () => { for (const box of item.boxes) box.checked = false; changed(item); item.boxes[0].focus(); };
  }
  form.prepend(bar);
  bar.after(note);
  screens[last - 1].after(review, foot, side);
  form.append(sheet);
  find('[data-slot=counts]', sheet).after(map);
  screens.forEach(screen => { heading(screen).tabIndex = -1; });
  form.autocomplete = 'off';
  form.classList.add('ready');
}

function place() {
  const wide = getComputedStyle(side).display !== 'none';
  if (wide) sheet.close();
  (wide ? side : sheet).append(panel);
}

function show(index, focus) {
  current = index;
  const screen = screens[index], reviewing = screen === review;
  screens.forEach((one, at) => { one.hidden = onePage && !reviewing ? one === review : at !== index; });
  if (reviewing) paintReview();
  foot.hidden = reviewing;
  document.title = find('.number, h1', screen).textContent;
  paint();
  if (onePage && !reviewing) screen.scrollIntoView(); else scrollTo(0, 0);
  if (focus) heading(screen).focus({ preventScroll: true });
}

const at = hash => screens.findIndex(screen => `#${screen.id}` === hash);

function go(index) {
  if (sheet.open) sheet.close();
  if (at(location.hash) === index) show(index, true);
  else location.hash = screens[index].id;
}

const doing = {
  prev: () => go(current - 1),
  next: () => go(onePage ? last : current + 1),
  map: () => sheet.showModal(),
  unsaved: () => (side.contains(map) ? find('a', map).focus() : sheet.showModal()),
  close: () => sheet.close(),
  review: () => go(last),
  back: () => go(blank()[0]?.index ?? 0),
  hide: () => { clockHidden = !clockHidden; tick(); },
  left: () => text(status, say('left', { time: spoken(remaining()), n: blank().length })),
  'one-page': () => { onePage = !onePage; keep('one-page', onePage); go(Math.min(current, last - 1)); },
};

function tell(key, values, kind = 'info') {
  const message = say(key, values);
  note.hidden = !message;
  note.className = `say-now notice ${kind}`;
  text(note, message);
  if (key !== told) text(status, message);
  told = key;
  if (key === 'login') note.append(' ', make('a', { href: login, target: '_blank', textContent: say('login-link') }));
}

function paint() {
  const waiting = unsafe(), slow = sending && Date.now() - sentAt > 390, bad = trouble && waiting.length;
  const safe = questions.filter(item => item.saved === item.revision && read(item).length).length;
  indicator.className = `saved ${bad ? 'bad' : slow ? 'wait' : ''}`;
  text(indicator, say(bad ? 'unsaved' : slow ? 'saving' : 'saved', { n: bad ? waiting.length : safe, total: questions.length }));
  for (const item of items) paintItem(item, slow);
  text(find('[data-do=map] b', foot), current < questions.length ? `${current + 1}/${questions.length}` : screens[current].querySelector('.number')?.textContent ?? '–');
  find('[data-do=prev]', foot).classList.toggle('gone', onePage || !current);
  text(next, say(onePage || current >= last - 1 ? 'to-review' : 'next'));
  for (const spot of all('[data-slot=counts]')) text(spot, say('map-count', { a: questions.length - blank().length, b: blank().length, c: waiting.length }));
  for (const spot of all('[data-do=one-page]')) text(spot, say(onePage ? 'one-by-one' : 'one-page'));
}

function paintItem(item, slow) {
  const { cell, own, input, marked } = item, value = read(item);
  const answered = input ? value !== null : value.length > 0, safe = item.saved === item.revision;
  const answer = input ? String(value) : value.join(' ');
  text(own, safe ? (answered ? say('own-saved') : '') : trouble ? say('own-unsaved') : slow && sending.has(item) ? say('own-saving') : '');
  own.classList.toggle('bad', !safe && trouble !== '');
  if (item.clear) item.clear.hidden = !answered;
  cell.className = `cell${answered ? ' has' : ''}${safe ? '' : ' kept'}${marked ? ' flag' : ''}`;
  text(find('b', cell), `${input ? say('prediction-short') : item.id} ${answered ? (input ? '' : answer.replaceAll(' ', '')) : '–'}`);
  text(find('span', cell), safe ? (answered ? '✓' : '\u00a0') : '!');
  cell.ariaCurrent = item.index === current ? 'true' : null;
  cell.ariaLabel = [item.name, say(answered ? 'cell-answer' : 'cell-blank', { x: answer }),
    safe ? answered && say('cell-saved') : say('cell-unsaved'), marked && say('cell-flag')].filter(Boolean).join(', ');
}

function paintReview() {
  const slot = name => find(`[data-slot=${name}]`, review);
  const entry = (...parts) => { const made = make('li'); made.append(...parts); return made; };
  const links = (list, key) => list.map(item => entry(make('a', { href: `#${item.section.id}`, textContent: say(key, item) })));
  const empty = blank(), marked = items.filter(item => item.marked);
  slot('blank').className = `notice ${empty.length ? 'warn' : 'ok'}`;
  text(find('p', slot('blank')), say(empty.length ? 'blank-left' : 'all-answered', { n: empty.length || questions.length }));
  find('ul', slot('blank')).replaceChildren(...links(empty, 'answer-go'));
  slot('marked').hidden = !marked.length;
  find('ul', slot('marked')).replaceChildren(...links(marked, 'marked-go'));
  slot('warning').hidden = !empty.length;
  if (prediction) {
    const value = read(prediction);
    text(find('b', slot('prediction')), value === null ? say('no-answer') : say('prediction-value', { n: value.toLocaleString(document.documentElement.lang) }));
  }
  slot('answers').replaceChildren(...questions.map(item => {
    const chosen = item.boxes.filter(box => box.checked).map(box => box.closest('label').textContent.trim().replace(/\s+/g, ' '));
    return entry(line('small', item.name), line('p', find('.text', item.section).textContent), line('b', chosen.join('; ') || say('no-answer')));
  }));
}

const spoken = ms => (ms > 59_000 ? say('minutes', { n: Math.round(ms / 60_000) }) : say('seconds', { n: Math.ceil(ms / 1000) }));
let before = 0;

function announce(seconds) {
  const lost = seconds <= 60 && trouble && unsafe().length;
  const ends = new Date(deadline).toLocaleTimeString('vi', { timeZone: 'Asia/Ho_Chi_Minh', hour12: false });
  const key = lost ? 'left-offline' : seconds <= 60 ? 'left-last' : 'left';
  const values = { time: spoken(seconds * 1000), n: lost || blank().length, clock: ends };
  if (lost) tell(key, values, 'warn');
  text(status, say(key, values));
}

function tick() {
  const jump = Date.now() - performance.now() - drift;
  if (Math.abs(jump) > 1500) {
    drift += jump;
    shortest = Infinity;
    reread();
  }
  const seconds = Math.max(0, Math.ceil(remaining() / 1000)), late = seconds <= 300;
  clockHidden &&= !late;
  bar.classList.toggle('late', late);
  bar.classList.toggle('last', seconds <= 60);
  clock.hidden = clockHidden;
  hider.hidden = late;
  text(hider, say(clockHidden ? 'show' : 'hide'));
  text(clock, [Math.floor(seconds / 60), seconds % 60].map(part => String(part).padStart(2, '0')).join(':'));
  if ([600, 300, 60, 30].some(limit => seconds <= limit && before > limit)) announce(seconds);
  before = seconds;
  if (!seconds) submit(true);
}

// What was chosen before this file came, then what this device still owes.
function restore() {
  for (const item of items) {
    const note = kept(item.id), value = read(item);
    const early = item.input ? item.input.value !== item.input.defaultValue : item.boxes.some(box => box.checked !== box.defaultChecked);
    if (early && !same(value, note?.value)) claim(item, note?.revision ?? 0);
    else if (note?.revision > item.saved) write(item, note.value, note.revision);
    else if (note) drop(item.id);
  }
  const marked = kept('marks') ?? [];
  for (const item of items) item.marked = marked.includes(item.id);
  keep('until', deadline);
  sweep(owner => owner !== attempt && Number(localStorage.getItem(`hoithi:${owner}:until`)) < Date.now() - 86_400_000);
}

function wake() {
  if (ending) return;
  schedule(0);
  reread();
}

function listen() {
  for (const item of items) {
    if (item.input) item.input.oninput = () => changed(item);
    for (const box of item.boxes) box.onchange = () => changed(item);
  }
  form.addEventListener('submit', event => {
    if (event.submitter?.name === 'lang') return void (left = true);
    event.preventDefault();
    const then = event.submitter?.value;
    if (then === 'submit') submit(false); else if (then === 'review') doing.review(); else schedule(0);
  });
  form.addEventListener('click', event => {
    const act = event.target.closest('[data-do]')?.dataset.do, link = event.target.closest('a[href^="#"]');
    if (act in doing) doing[act]();
    else if (link && at(link.hash) >= 0) { event.preventDefault(); go(at(link.hash)); }
  });
  addEventListener('hashchange', () => show(Math.max(at(location.hash), 0), true));
  addEventListener('resize', place);
  addEventListener('online', () => schedule(0));
  addEventListener('pageshow', event => { if (event.persisted) wake(); });
  addEventListener('pagehide', () => { if (!ending && unsafe().length) put(unsafe()); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) wake(); });
  addEventListener('beforeunload', event => { if (!left && unsafe().length) event.preventDefault(); });
}

restore();
build();
listen();
place();
show(Math.max(at(location.hash), 0), false);
tick();
setInterval(tick, 250);
schedule(0);
if (opened?.type === 'back_forward') reread();
