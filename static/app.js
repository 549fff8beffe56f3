// Small comforts of every page: display settings at once, showing a password, the countdown sentence, guardian lines.
// Each of them works without this file, more slowly or in full view.

const root = document.documentElement;
const all = selector => document.querySelectorAll(selector);

// Size and colours change at once and the cookie is set behind the page; a change of language loads the page anew.
function display(event) {
  const button = event.target.closest('.display-sheet button');
  if (!button || button.name === 'lang') return;
  event.preventDefault();
  const { name, value } = button;
  if (value === 'auto') delete root.dataset[name]; else root.dataset[name] = value;
  for (const other of all(`.display-sheet button[name="${name}"]`)) other.setAttribute('aria-pressed', other.value === value);
  fetch('/hien-thi', { method: 'POST', body: new URLSearchParams({ [name]: value, back: location.pathname }), redirect: 'manual' }).catch(() => null);
  dispatchEvent(new Event('resize'));
}
addEventListener('click', display);
addEventListener('keydown', event => {
  const open = document.querySelector('.display[open]');
  if (event.key === 'Escape' && open) { open.open = false; open.firstElementChild.focus(); }
});

for (const button of all('[data-show]')) {
  const field = document.getElementById(button.dataset.show), off = button.textContent;
  button.hidden = false;
  button.onclick = () => {
    const shown = field.type === 'text';
    field.type = shown ? 'password' : 'text';
    button.textContent = shown ? off : button.dataset.on;
  };
}

for (const button of all('[data-print]')) {
  button.hidden = false;
  button.onclick = () => print();
}

// data-words: three forms with {d} {h} {m}, parted by |, for days left, hours left, minutes left.
function count(spot) {
  const { countdown, now, words } = spot.dataset;
  const left = countdown - now - performance.now();
  const m = Math.floor(left / 60_000), d = Math.floor(m / 1440);
  const form = words.split('|')[d ? 0 : m > 59 ? 1 : 2];
  if (left > 0) spot.textContent = form.replace('{d}', d).replace('{h}', Math.floor(m / 60) % 24).replace('{m}', m % 60);
}
const countdowns = all('[data-countdown]');
const tick = () => countdowns.forEach(count);
if (countdowns.length) { tick(); setInterval(tick, 20_000); }

// The guardian lines leave once the birth date says that nobody needs them; something typed there keeps them.
for (const box of all('[data-guardian]')) {
  const part = name => Number(document.querySelector(`[name=birth_${name}]`)?.value);
  const decide = () => {
    const [year, month, day] = box.dataset.on.split('-').map(Number);
    const full = part('year') > 1900 && part('month') && part('day');
    const age = year - part('year') - (month * 100 + day < part('month') * 100 + part('day') ? 1 : 0);
    box.hidden = Boolean(full) && age >= Number(box.dataset.guardian) && !box.querySelector('input').value;
  };
  document.querySelector('#birth_date')?.addEventListener('input', decide);
  decide();
}

// A whole date pasted into the day box is spread over the three.
document.querySelector('[name=birth_day]')?.addEventListener('paste', event => {
  const parts = event.clipboardData.getData('text').match(/^\s*(\d{1,2})[\/.\s-]+(\d{1,2})[\/.\s-]+(\d{4})\s*$/);
  if (!parts) return;
  event.preventDefault();
  ['day', 'month', 'year'].forEach((name, at) => { document.querySelector(`[name=birth_${name}]`).value = parts[at + 1]; });
});

document.getElementById('errors')?.focus();
