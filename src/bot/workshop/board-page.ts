/**
 * The facilitator's page: learners and steps, who is stuck and on what, and a line to tell everyone.
 * It stands alone, and asks for the board with the token that is typed into it.
 */
export const boardPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Workshop: who is where</title>
<style>
:root { color-scheme: light dark; --line: #8886; --good: #1a7f37; --bad: #b35900 }
[hidden] { display: none !important }
body { margin: 0 auto; max-width: 1800px; padding: 16px; font: 16px/1.5 system-ui, sans-serif }
form { display: flex; gap: 8px; flex-wrap: wrap; align-items: end; margin: 0 0 16px }
label { display: grid }
input, button { font: inherit; padding: 4px 10px }
input[name=text] { min-width: min(420px, 80vw) }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid var(--line); padding: 4px 8px; text-align: start; white-space: nowrap }
td.cell { text-align: center; padding: 4px 2px; min-width: 1.5em }
td[data-state=done] { background: var(--good); color: #fff }
td[data-state=current] { outline: 2px solid currentColor; outline-offset: -2px }
tr[data-stuck=true] th { border-inline-start: 6px solid var(--bad) }
tr[data-away=true] { opacity: .6 }
.what { white-space: normal; min-width: 16em }
thead th.step { writing-mode: vertical-rl; font-weight: 400; padding: 8px 2px }
</style>
<h1>Workshop: who is where</h1>
<form id="enter"><label>Token <input name="token" type="password" autocomplete="off"></label><button>Show</button></form>
<form id="tell" hidden><label>Tell everyone <input name="text" maxlength="2000" required></label><button>Say it</button></form>
<p id="summary" role="status"></p>
<div class="scroll"><table hidden><thead></thead><tbody></tbody></table></div>
<script>
const byId = id => document.getElementById(id);
const base = location.pathname.replace(/\\/$/, '');
let token = sessionStorage.getItem('chatops-token') ?? '';
const headers = () => ({ authorization: 'Bearer ' + token, 'content-type': 'application/json' });
const cell = (row, tag, text, attributes = {}) => {
  const element = row.appendChild(document.createElement(tag));
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
};
function draw(rows) {
  const table = document.querySelector('table');
  table.hidden = rows.length === 0;
  const steps = rows[0]?.steps ?? [];
  const head = document.querySelector('thead');
  head.replaceChildren();
  const top = head.appendChild(document.createElement('tr'));
  cell(top, 'th', 'Learner', { scope: 'col' });
  for (const step of steps) cell(top, 'th', step, { scope: 'col', class: 'step' });
  cell(top, 'th', 'Minutes', { scope: 'col' });
  cell(top, 'th', 'What is missing', { scope: 'col' });
  const body = document.querySelector('tbody');
  body.replaceChildren();
  for (const { name, done, current, stuck, away } of rows) {
    const row = body.appendChild(document.createElement('tr'));
    row.dataset.stuck = stuck;
    row.dataset.away = away;
    cell(row, 'th', name + (stuck ? ' (stuck)' : '') + (away ? ' (away)' : ''), { scope: 'row' });
    for (const step of steps) {
      const state = done[step] !== undefined ? 'done' : current?.step === step ? 'current' : 'open';
      cell(row, 'td', { done: '✓', current: '→', open: '' }[state], { class: 'cell', 'data-state': state, title: step + ': ' + state });
    }
    cell(row, 'td', current ? Math.round((Date.now() - current.since) / 60000) : '');
    cell(row, 'td', current?.unmet ?? (current ? '' : 'all done'), { class: 'what' });
  }
  const stuck = rows.filter(row => row.stuck).length;
  byId('summary').textContent = rows.length + ' learners, ' + stuck + ' stuck';
}
async function load() {
  if (!token) return;
  const answer = await fetch(base + '/board', { headers: headers() }).catch(() => undefined);
  if (answer?.ok) {
    byId('enter').hidden = true;
    byId('tell').hidden = false;
    draw((await answer.json()).learners);
  } else {
    byId('enter').hidden = false;
    byId('summary').textContent = answer?.status === 401 ? 'That is not the token.' : 'The bot does not answer.';
  }
}
byId('enter').addEventListener('submit', event => {
  event.preventDefault();
  token = new FormData(event.target).get('token');
  sessionStorage.setItem('chatops-token', token);
  load();
});
byId('tell').addEventListener('submit', async event => {
  event.preventDefault();
  const text = new FormData(event.target).get('text');
  const answer = await fetch(base + '/broadcast', { method: 'POST', headers: headers(), body: JSON.stringify({ text }) }).catch(() => undefined);
  if (answer?.ok) event.target.reset();
  else byId('summary').textContent = 'That was not said: the bot does not answer.';
});
load();
setInterval(load, 3000);
</script>
</html>
`;
