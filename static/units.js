// Unit search while typing: the same radios that the button "find" would bring, without loading the page anew.
// The server answers with a fragment: <p class="count">…</p> and a list of radios. Ranking of hits is the server's.

const box = document.querySelector('[data-search-url]');
const field = box.querySelector('[name=unit_search]');
const results = box.querySelector('#unit-results');
const status = box.querySelector('[role=status]');
let timer = 0, asked = '', running = null;

async function search() {
  const query = field.value.trim();
  if (query.length < 2 || query === asked) return;
  asked = query;
  running?.abort();
  running = new AbortController();
  try {
    const response = await fetch(`${box.dataset.searchUrl}?${new URLSearchParams({ q: query })}`, { headers: { Accept: 'text/html' }, signal: running.signal });
    if (!response.ok) throw new Error(String(response.status));
    const chosen = results.querySelector('input:checked')?.closest('li');
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    results.replaceChildren(...page.body.childNodes);
    keep(chosen);
    status.textContent = results.querySelector('.count')?.textContent ?? '';
  } catch (error) {
    if (error.name !== 'AbortError') asked = ''; // the button still searches, and the next key tries again
  }
}

// What is already chosen stays chosen and visible, also when the new words do not find it.
function keep(chosen) {
  if (!chosen) return;
  const value = chosen.querySelector('input').value;
  const again = [...results.querySelectorAll('input')].find(input => input.value === value);
  if (again) { again.checked = true; return; }
  let list = results.querySelector('ul');
  if (!list) results.append(list = Object.assign(document.createElement('ul'), { className: 'picks' }));
  list.prepend(chosen);
  chosen.querySelector('input').checked = true;
}

field.addEventListener('input', event => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(search, 250);
});
field.addEventListener('compositionend', () => { timer = setTimeout(search, 250); });
field.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.isComposing) return;
  event.preventDefault(); // searching is not sending the form
  asked = '';
  search();
});
