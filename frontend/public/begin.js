/* global document, localStorage, location */
// Runs before the first paint: a chosen theme must not flash in the system's colours.
try {
  const theme = localStorage.getItem('rivulet.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's theme it is.
}
// Chats are shown by scripts that no other page begins with; they need not wait until the others ask for them.
const opened = /^\/(?:(chat)\/[^/]+)?$/.exec(location.pathname);
const [page, messages] = document.querySelector('meta[name="chat-scripts"]').content.split(', ');
for (const scripts of [opened && page, opened?.[1] && messages].filter(Boolean))
  for (const href of scripts.split(' '))
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
