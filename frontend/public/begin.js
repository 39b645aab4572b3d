/* global document, localStorage */
// Runs before the first paint: a chosen theme must not flash in the system's colours.
try {
  const theme = localStorage.getItem('rivulet.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's theme it is.
}
