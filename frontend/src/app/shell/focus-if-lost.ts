/** Gives an element the focus, unless somebody has gone elsewhere meanwhile: what they type there would be lost. */
export function focusIfLost(element: HTMLElement | null | undefined): void {
  if (element && focusIsLost(element.ownerDocument)) element.focus();
}

/** What had the focus has gone, or cannot be reached any more. */
function focusIsLost({ activeElement, body }: Document): boolean {
  return activeElement === null || activeElement === body || activeElement.closest('[inert]') !== null;
}
