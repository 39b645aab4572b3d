/* global HTMLScriptElement, addEventListener, document, localStorage, location, matchMedia, navigator, performance, window */
let somebodyWasHere = false;
// Runs before the first paint: a chosen theme must not flash in the system's colours.
try {
  const theme = localStorage.getItem('rivulet.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  somebodyWasHere = localStorage.getItem('rivulet.viewer') !== null;
} catch {
  // Storage is blocked: the system's theme it is.
}
// A page whose scripts do not come would look for ever as if they were on their way.
const [unloaded, again] = navigator.language.startsWith('de')
  ? ['Die Seite konnte nicht geladen werden.', 'Neu laden']
  : ['The page could not be loaded.', 'Reload'];
const sayUnloaded = ({ target }) => {
  if (!(target instanceof HTMLScriptElement)) return;
  const link = Object.assign(document.createElement('a'), { href: location.href, textContent: again });
  const note = Object.assign(document.createElement('p'), { className: 'unarrived', role: 'alert' });
  note.append(unloaded, ' ', link);
  document.querySelector('.arriving')?.replaceWith(note);
};
addEventListener('error', sayUnloaded, true);
// What the page will ask for needs no script to be asked for. `early-answers.ts` takes the answers.
const questions = JSON.parse(document.querySelector('meta[name="first-questions"]').content);
const ask = (operationName, variables) => {
  if (!questions[operationName]) return;
  const body = JSON.stringify({ operationName, variables, query: questions[operationName] });
  const headers = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json,application/json',
  };
  const response = fetch('/graphql', { method: 'POST', headers, body });
  response.catch(() => undefined);
  window.rivuletAsked.push({ operationName, variables, response, at: performance.now() });
};
window.rivuletAsked = [];
ask('Viewer', {});
ask('Models', {});
const [, id] = /^\/chat\/([^/]+)$/.exec(location.pathname) ?? [];
if (id) ask('Chat', { id, last: 50 });
// On small screens the list of chats is a drawer, which starts closed.
const listed = matchMedia('(min-width: 1024px)').matches && location.pathname !== '/sign-in';
if (listed && somebodyWasHere)
  ask('Chats', { first: 30, after: null, search: null, filter: 'UNARCHIVED', withPinned: true });
// What shows a chat, the way in or the list of chats is in scripts that not every page begins with; they need not wait until
// the others ask for them.
const [chat, messages, signIn, list] = document
  .querySelector('meta[name="page-scripts"]')
  .content.split(', ');
const SHOWN_BY = [
  [/^\/(?:chat\/[^/]+)?$/.test(location.pathname), chat],
  [id !== undefined, messages],
  [location.pathname === '/sign-in', signIn],
  [listed, list],
];
for (const [shown, scripts] of SHOWN_BY)
  for (const href of scripts && shown ? scripts.split(' ') : [])
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
