/* global HTMLScriptElement, addEventListener, document, localStorage, location, matchMedia, navigator, performance, window */
// Runs before the first paint: a chosen theme must not flash in the system's colours.
try {
  const theme = localStorage.getItem('rivulet.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
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
// What shows a chat, the way in or the list of chats is in scripts that not every page begins with; they need not wait until
// the others ask for them.
const [chat, messages, signIn, sidebar] = document
  .querySelector('meta[name="page-scripts"]')
  .content.split(', ');
const SHOWN_BY = [
  [/^\/(?:chat\/[^/]+)?$/, chat],
  [/^\/chat\/[^/]+$/, messages],
  [/^\/sign-in$/, signIn],
  // On small screens it is a drawer, which starts closed.
  [matchMedia('(min-width: 1024px)').matches ? /^\/(?!sign-in$)/ : /^$/, sidebar],
];
for (const [page, scripts] of SHOWN_BY)
  for (const href of scripts && page.test(location.pathname) ? scripts.split(' ') : [])
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
