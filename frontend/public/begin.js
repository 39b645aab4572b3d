/* global document, localStorage, location */
// Runs before the first paint: a chosen theme must not flash in the system's colours.
try {
  const theme = localStorage.getItem('rivulet.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's theme it is.
}
// What shows a chat or the way in is in scripts that no other page begins with; they need not wait until the others ask for
// them.
const [chat, messages, signIn] = document.querySelector('meta[name="page-scripts"]').content.split(', ');
const SHOWN_BY = [
  [/^\/(?:chat\/[^/]+)?$/, chat],
  [/^\/chat\/[^/]+$/, messages],
  [/^\/sign-in$/, signIn],
];
for (const [page, scripts] of SHOWN_BY)
  for (const href of scripts && page.test(location.pathname) ? scripts.split(' ') : [])
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
