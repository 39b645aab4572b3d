/** The `info` of a navigation by whoever places the focus; the page that opens leaves it alone. */
export const KEEPS_FOCUS = 'keeps focus';
